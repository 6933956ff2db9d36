import { decodeResult, type AdapterManifest, type Batch, type CallContext, type DataAdapter, type DataSchema } from '@crm/core/adapter'
import { AdapterError, errorFromJSON } from '@crm/core/errors'

/** An adapter behind the demo server's JSON endpoint: every call goes to the database there, answers come as columns. */
export async function connectEndpointAdapter(base: string, signal: AbortSignal): Promise<DataAdapter> {
  const manifest = (await ask(base, 'manifest', signal)) as AdapterManifest
  const closing = new AbortController()
  const within = (context: CallContext): AbortSignal => AbortSignal.any([context.signal, closing.signal])

  async function* batches(call: 'scan' | 'summarise', request: unknown, context: CallContext): AsyncGenerator<Batch> {
    yield* (await ask(base, call, within(context), request)) as Batch[]
  }

  return {
    manifest: Object.freeze(manifest),
    schema: async (context) => (await ask(base, 'schema', within(context))) as DataSchema,
    scan: (request, context) => batches('scan', request, context),
    summarise: (request, context) => (manifest.summaries.includes(request.kind) ? batches('summarise', request, context) : null),
    close: async () => closing.abort(new AdapterError('ADAPTER_CLOSED')),
  }
}

async function ask(base: string, call: string, signal: AbortSignal, request?: unknown): Promise<unknown> {
  let response: Response
  let body: unknown
  try {
    response = await fetch(`${base}/${call}`, {
      signal,
      ...(request === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) }),
    })
    body = await response.json()
  } catch (cause) {
    signal.throwIfAborted()
    throw new AdapterError('UNAVAILABLE', { cause })
  }
  if (!response.ok) throw errorFromJSON(body)
  return decodeResult(body)
}
