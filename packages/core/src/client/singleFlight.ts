import type { RunProgress } from './client.types.ts'

/** Someone who waits for shared work. */
export interface Waiter {
  readonly signal: AbortSignal
  /** Epoch milliseconds, `Infinity` without a deadline. A function, because work shared by several may gain time. */
  readonly deadlineAt: () => number
  /** Told how far the work is. Work shared by several tells them all. */
  readonly onProgress?: ((progress: RunProgress) => void) | undefined
}

/** Work in progress, shared by key. Results and rejections are not kept: what has settled is gone. */
export interface Flights {
  /**
   * Joins the work under `key`, or starts it. Rejects at once with the waiter's own `signal.reason`; the work itself is
   * aborted when its last waiter has left.
   */
  join<Result>(key: string, start: (flight: Waiter) => Promise<Result>, waiter: Waiter): Promise<Result>
  /** Ends the work under `key`, or all work, and rejects who waits for it. */
  abort(reason: unknown, key?: string): void
}

interface Flight {
  readonly controller: AbortController
  readonly waiters: Map<Waiter, (reason: unknown) => void>
  result: Promise<unknown>
}

export function createFlights(): Flights {
  const flights = new Map<string, Flight>()

  const end = (key: string, flight: Flight): void => {
    // Another flight may have taken the key since this one was left by everybody.
    if (flights.get(key) === flight) flights.delete(key)
  }

  const abort = (key: string, flight: Flight, reason: unknown): void => {
    end(key, flight)
    flight.controller.abort(reason)
  }

  return {
    join: <Result>(key: string, start: (flight: Waiter) => Promise<Result>, waiter: Waiter) =>
      new Promise<Result>((resolve, reject) => {
        waiter.signal.throwIfAborted()
        const running = flights.get(key)
        const flight: Flight = running ?? { controller: new AbortController(), waiters: new Map(), result: Promise.resolve() }

        const leave = (): void => {
          waiter.signal.removeEventListener('abort', onAbort)
          flight.waiters.delete(waiter)
        }
        const fail = (reason: unknown): void => {
          leave()
          reject(reason)
        }
        const onAbort = (): void => {
          const { reason } = waiter.signal
          fail(reason)
          if (flight.waiters.size === 0) abort(key, flight, reason)
        }

        waiter.signal.addEventListener('abort', onAbort)
        flight.waiters.set(waiter, fail)
        if (running === undefined) {
          flights.set(key, flight)
          const deadlineAt = (): number => Math.max(...[...flight.waiters.keys()].map((each) => each.deadlineAt()))
          const onProgress = (progress: RunProgress): void => {
            for (const each of [...flight.waiters.keys()]) each.onProgress?.(progress)
          }
          const begin = async (): Promise<Result> => start({ signal: flight.controller.signal, deadlineAt, onProgress })
          flight.result = begin()
          flight.result.then(
            () => end(key, flight),
            () => end(key, flight),
          )
        }
        flight.result.then((result) => {
          leave()
          resolve(result as Result)
        }, fail)
      }),

    abort(reason, only) {
      for (const [key, flight] of [...flights]) {
        if (only !== undefined && key !== only) continue
        for (const fail of [...flight.waiters.values()]) fail(reason)
        abort(key, flight, reason)
      }
    },
  }
}
