import type { AdapterManifest, Batch, CallContext, DataAdapter, DataChange, DataSchema, ScanRequest, SummaryRequest } from '../../adapter/contract.ts'
import { CUSTOMERS, LINES, REVENUE, shopSchema } from './shop.ts'

export interface ScriptedCall {
  readonly kind: 'schema' | 'summarise' | 'customers' | 'transactions'
  readonly request: ScanRequest | SummaryRequest | null
  readonly context: CallContext
}

/** What to do at a call: throw, answer with batches, or wait for as long as it likes. `nth` counts calls of this kind from 1. */
export type Script = (call: ScriptedCall, nth: number) => AsyncIterable<Batch> | Iterable<Batch> | Promise<unknown> | null | undefined

export interface ScriptedAdapter extends DataAdapter {
  readonly calls: readonly ScriptedCall[]
  /** Most calls that were open at the same time. */
  readonly mostOpen: number
  readonly open: number
  announce(change: DataChange): void
  /** Ends the stream of changes with an error. */
  breakChanges(error: unknown): void
  readonly followers: number
}

export interface ScriptedOptions {
  readonly manifest?: Partial<AdapterManifest>
  readonly schema?: DataSchema
  readonly script?: Script
}

/** A small shop behind an adapter that fails as told. */
export function createScriptedAdapter({ manifest, schema = shopSchema({ customers: 3, transactions: 4 }), script = () => undefined }: ScriptedOptions = {}): ScriptedAdapter {
  const calls: ScriptedCall[] = []
  const followers = new Set<{ push: (change: DataChange) => void; fail: (error: unknown) => void }>()
  let open = 0
  let mostOpen = 0

  const begin = (call: ScriptedCall): ReturnType<Script> => {
    calls.push(call)
    return script(call, calls.filter(({ kind }) => kind === call.kind).length)
  }
  async function* stream(call: ScriptedCall, usual: readonly Batch[]): AsyncGenerator<Batch> {
    mostOpen = Math.max(mostOpen, ++open)
    try {
      const answer = await begin(call)
      yield* (answer as AsyncIterable<Batch> | undefined) ?? usual
    } finally {
      open--
    }
  }

  return {
    manifest: Object.freeze<AdapterManifest>({
      contract: 1,
      name: 'Scripted',
      scopeKey: 'tenant-1',
      summaries: ['bins'],
      snapshot: 'none',
      cancel: 'client',
      maxConcurrency: 4,
      runs: 'elsewhere',
      ...manifest,
    }),
    async schema(context) {
      mostOpen = Math.max(mostOpen, ++open)
      try {
        await begin({ kind: 'schema', request: null, context })
        return schema
      } finally {
        open--
      }
    },
    scan: (request, context) => stream({ kind: request.set as 'customers', request, context }, request.set === 'customers' ? CUSTOMERS : LINES),
    summarise(request, context) {
      return stream({ kind: 'summarise', request, context }, REVENUE)
    },
    async *changes(signal) {
      const queue: DataChange[] = []
      let failure: { error: unknown } | null = null
      let wake = (): void => {}
      const follower = {
        push(change: DataChange) {
          queue.push(change)
          wake()
        },
        fail(error: unknown) {
          failure = { error }
          wake()
        },
      }
      followers.add(follower)
      const onAbort = (): void => wake()
      signal.addEventListener('abort', onAbort)
      try {
        for (;;) {
          while (queue.length > 0) yield queue.shift() as DataChange
          if (failure !== null) throw (failure as { error: unknown }).error
          signal.throwIfAborted()
          await new Promise<void>((resolve) => (wake = resolve))
        }
      } finally {
        followers.delete(follower)
        signal.removeEventListener('abort', onAbort)
      }
    },
    async close() {},
    calls,
    get mostOpen() {
      return mostOpen
    },
    get open() {
      return open
    },
    announce(change) {
      for (const { push } of followers) push(change)
    },
    breakChanges(error) {
      for (const { fail } of followers) fail(error)
    },
    get followers() {
      return followers.size
    },
  }
}

/** Never answers, and hears an abort as a good adapter does. */
export function hang({ context: { signal } }: ScriptedCall): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
