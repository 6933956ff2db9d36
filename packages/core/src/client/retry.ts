import { isCrmError } from '../errors/index.ts'
import type { AdapterError } from '../errors/index.ts'
import type { Waiter } from './singleFlight.ts'

/** How the client waits: everything that a test wants to hold in its hand. */
export interface Clock {
  readonly now: () => number
  readonly random: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface RetryRule extends Clock {
  readonly tries: number
  readonly baseMs: number
  readonly maxMs: number
}

/** A source may ask for this much patience; one that asks for more is reported instead, `retryAfterMs` included. */
const LONGEST_WAIT_MS = 60_000

/** The longest a timer can be set for; beyond it, it would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Makes a call again while that can help: only what is marked retryable, at most `tries` times, and only when the wait ends
 * before the deadline. Rejects with the last error; on abort at once with `signal.reason`.
 *
 * @see Brooker (2015), Exponential Backoff And Jitter: full jitter, the wait is uniform between 0 and the bound
 */
export async function retrying<Result>(attempt: () => Promise<Result>, waiter: Waiter, rule: RetryRule): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt()
    } catch (error) {
      waiter.signal.throwIfAborted()
      if (tried >= rule.tries || !isRetryable(error)) throw error
      const waitMs = error.retryAfterMs ?? backOffMs(tried, rule)
      if (waitMs > LONGEST_WAIT_MS || rule.now() + waitMs >= waiter.deadlineAt()) throw error
      await rule.sleep(waitMs, waiter.signal)
    }
  }
}

/** A random wait before try `tried + 1`, ms. */
export function backOffMs(tried: number, { baseMs, maxMs, random }: RetryRule): number {
  return random() * Math.min(maxMs, baseMs * 2 ** (tried - 1))
}

export function isRetryable(error: unknown): error is AdapterError {
  // By shape, not by class: an adapter may bring its own copy of the package.
  return isCrmError(error) && (error as Partial<AdapterError>).retryable === true
}

/** The default `sleep`. Leaves no timer and no listener behind. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const wake = (): void => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(wake, Math.min(ms, LONGEST_TIMER_MS))
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
