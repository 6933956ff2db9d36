import { createMemoryAdapter, type CallContext, type DataAdapter, type DataSchema, type MemoryRow } from '@crm/core/adapter'
import { AdapterError, isCrmError, type AdapterErrorCode } from '@crm/core/errors'

type Send = (url: string, init: { signal: AbortSignal }) => Promise<Response>
const CODES: Record<number, AdapterErrorCode> = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 429: 'RATE_LIMITED' }
const CLAIMS = { summaries: Object.freeze([]), snapshot: 'monotonic', cancel: 'client', maxConcurrency: 8, runs: 'here' } as const

/** An API with `GET /schema` and `GET /{set}`, the rows as JSON. `send` is the application's own `fetch`, signed in. */
export function createRestAdapter(url: string, send: Send = fetch): DataAdapter {
  const life = new AbortController()
  let loading: Promise<DataAdapter> | undefined

  async function get<Body>(path: string): Promise<Body> {
    const response = await send(`${url}/${path}`, { signal: life.signal })
    if (!response.ok) throw new AdapterError(CODES[response.status] ?? 'INTERNAL')
    return (await response.json()) as Body
  }
  async function load(): Promise<DataAdapter> {
    const { timeZone, sets } = await get<DataSchema>('schema')
    const read = sets.map(async ({ name, fields }) => [name, { fields, rows: await get<MemoryRow[]>(name) }] as const)
    return createMemoryAdapter({ timeZone, data: Object.fromEntries(await Promise.all(read)) })
  }
  /** All calls share one load, and each can be aborted on its own. A load that failed is not kept. */
  function ready({ signal }: CallContext): Promise<DataAdapter> {
    const stop = AbortSignal.any([signal, life.signal])
    stop.throwIfAborted()
    loading ??= load().catch((cause: unknown) => {
      loading = undefined
      throw isCrmError(cause) ? cause : new AdapterError('UNAVAILABLE', { cause })
    })
    const stopped = new Promise<never>((_, reject) => stop.addEventListener('abort', () => reject(stop.reason)))
    return Promise.race([loading, stopped])
  }

  return {
    manifest: Object.freeze({ contract: 1, name: 'REST API', scopeKey: url, ...CLAIMS }),
    schema: async (context) => (await ready(context)).schema(context),
    async *scan(request, context) {
      yield* (await ready(context)).scan(request, context)
    },
    async close() {
      life.abort(new AdapterError('ADAPTER_CLOSED'))
      await loading?.then((memory) => memory.close(), () => {})
    },
  }
}
