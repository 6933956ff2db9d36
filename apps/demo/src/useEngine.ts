import { useCallback, useEffect, useState } from 'react'
import type { DataAdapter } from '@crm/core/adapter'
import { createClient, type CrmClient } from '@crm/core/client'
import { connectEndpointAdapter } from './endpointAdapter.ts'
import { startWorker } from './startWorker.ts'
import type { Engine, Source } from './viewState.ts'

/** What the page brings along. */
export type SampleSource = Exclude<Source, 'file'>

type Opener = 'superstore' | 'duckdb' | 'shop'

const openers: Record<Opener, (signal: AbortSignal) => Promise<DataAdapter>> = {
  // Who looks at the database needs neither the sample nor its parser.
  superstore: async (signal) => (await import('./loadSuperstore.ts')).loadSuperstore(signal),
  duckdb: (signal) => connectEndpointAdapter('/api/duckdb', signal),
  shop: async (signal) => (await import('./loadShop.ts')).loadShop(signal),
}

/** Kept for the life of the page: flicking the switch back and forth opens nothing twice. */
const opened = new Map<Opener, Promise<CrmClient>>()

function openClient(engine: Opener): Promise<CrmClient> {
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

/** The client of a sample and an engine. The made-up shop lives in memory only. */
export function useEngine(source: SampleSource, asked: Engine): EngineState {
  const engine: Opener = source === 'superstore' && asked === 'duckdb' ? 'duckdb' : source
  const [client, setClient] = useState<{ readonly engine: Opener; readonly client: CrmClient } | null>(null)
  const [failure, setFailure] = useState<{ readonly engine: Opener; readonly error: Error } | null>(null)
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
