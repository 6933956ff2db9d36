import type { CallContext } from './contract.ts'

export interface CallContextOptions {
  readonly signal?: AbortSignal
  /** Milliseconds from now. Default none. */
  readonly deadlineMs?: number
  /** What a log shows. Default `call`. */
  readonly requestId?: string
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number
}

/**
 * A context for calling an adapter by hand: in a script, in a test, in a server route.
 *
 * @example for await (const batch of adapter.scan(request, createCallContext())) console.log(batch.rows)
 */
export function createCallContext({ signal = new AbortController().signal, deadlineMs, requestId = 'call', now = Date.now }: CallContextOptions = {}): CallContext {
  return Object.freeze({ signal, requestId, ...(deadlineMs === undefined ? {} : { deadlineAt: now() + deadlineMs }) })
}
