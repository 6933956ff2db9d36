import { useCallback, useEffect, useState } from 'react'
import type { DataAdapter } from '@crm/core/adapter'
import { createClient, type CrmClient } from '@crm/core/client'
import { connectEndpointAdapter } from './endpointAdapter.ts'
import { startWorker } from './startWorker.ts'
import type { Engine } from './viewState.ts'

const openers: Record<Engine, (signal: AbortSignal) => Promise<DataAdapter>> = {
  // Who looks at the database needs neither the sample nor its parser.
  memory: async (signal) => (await import('./loadSuperstore.ts')).loadSuperstore(signal),
  duckdb: (signal) => connectEndpointAdapter('/api/duckdb', signal),
}

/** Kept for the life of the page: flicking the switch back and forth opens nothing twice. */
const opened = new Map<Engine, Promise<CrmClient>>()

function openClient(engine: Engine): Promise<CrmClient> {
  let client = opened.get(engine)
  if (client === undefined) {
    client = openers[engine](new AbortController().signal).then((adapter) =>
      createClient(adapter, { worker: startWorker }),
    )
    // A failure is not kept: the next try opens it anew.
    client.catch(() => opened.delete(engine))
    opened.set(engine, client)
  }
  return client
}

export interface EngineState {
  /** Of the engine asked for, or of the one before while that opens. */
  readonly client: CrmClient | null
  readonly isOpening: boolean
  readonly error: Error | null
  readonly retry: () => void
}

/** The client of an engine. */
export function useEngine(engine: Engine): EngineState {
  const [client, setClient] = useState<{ readonly engine: Engine; readonly client: CrmClient } | null>(null)
  const [failure, setFailure] = useState<{ readonly engine: Engine; readonly error: Error } | null>(null)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let isCurrent = true
    openClient(engine).then(
      (next) => {
        if (isCurrent) setClient({ engine, client: next })
      },
      (error: unknown) => {
        if (isCurrent) setFailure({ engine, error: error instanceof Error ? error : new Error(String(error)) })
      },
    )
    return () => {
      isCurrent = false
    }
  }, [engine, attempt])
  const retry = useCallback(() => {
    setFailure(null)
    setAttempt((count) => count + 1)
  }, [])
  const error = failure?.engine === engine ? failure.error : null
  return { client: client?.client ?? null, isOpening: client?.engine !== engine && error === null, error, retry }
}
