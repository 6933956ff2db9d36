import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodeResult, type Batch, type CallContext, type DataAdapter, type ScanRequest, type SummaryRequest } from '@crm/core/adapter'
import { AdapterError, InvalidInputError, isCrmError } from '@crm/core/errors'

const BODY_LIMIT_BYTES = 1024 * 1024

/**
 * Puts an adapter behind four addresses: GET `manifest` and `schema`, POST `scan` and `summarise` with the request as
 * JSON. Answers are whole JSON documents, which suits a demo; streams and cursors over HTTP are a package of their own.
 */
export function createAdapterEndpoint(base: string, adapter: DataAdapter): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (!path.startsWith(`${base}/`)) return false
    const gone = new AbortController()
    response.once('close', () => gone.abort(new Error('The browser closed the connection.')))
    const context: CallContext = { signal: gone.signal, requestId: crypto.randomUUID() }
    try {
      send(response, 200, encodeResult(await answer(path.slice(base.length + 1), request, adapter, context)))
    } catch (error) {
      if (gone.signal.aborted) return true
      const known = isCrmError(error) ? error : new AdapterError('INTERNAL')
      send(response, known instanceof InvalidInputError ? 400 : 500, known.toJSON())
    }
    return true
  }
}

async function answer(call: string, request: IncomingMessage, adapter: DataAdapter, context: CallContext): Promise<unknown> {
  if (request.method === 'GET' && call === 'manifest') return adapter.manifest
  if (request.method === 'GET' && call === 'schema') return adapter.schema(context)
  if (request.method !== 'POST' || (call !== 'scan' && call !== 'summarise')) {
    throw new InvalidInputError('REQUEST_INVALID', 'There is no such call. The endpoint offers manifest, schema, scan and summarise. Ask for one of these.')
  }
  const body = await readJson(request)
  const batches = call === 'scan' ? adapter.scan(body as ScanRequest, context) : (adapter.summarise?.(body as SummaryRequest, context) ?? null)
  return batches === null ? null : collect(batches)
}

async function collect(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = []
  for await (const batch of batches) all.push(batch)
  return all
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > BODY_LIMIT_BYTES) {
      throw new InvalidInputError('REQUEST_INVALID', 'The request is larger than 1 MiB. Larger bodies are refused unread. Send a shorter list.', { bytes })
    }
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
  } catch {
    throw new InvalidInputError('REQUEST_INVALID', 'The request is not JSON. It cannot be read. Send the request as a JSON object.')
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
