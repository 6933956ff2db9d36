/** Runs `work` when a slot is free. While it waits, an abort rejects with `signal.reason`. */
export type WithSlot = <Result>(signal: AbortSignal, work: () => Promise<Result>) => Promise<Result>

/**
 * At most `limit` pieces of work at a time, first come, first served.
 *
 * A slot is free again when the work has settled, not when its caller lost interest: the limit is a promise about what
 * the data source feels.
 */
export function createSlots(limit: number): WithSlot {
  let free = limit >= 1 ? limit : 1
  const queue: (() => void)[] = []

  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }
      const onAbort = (): void => {
        queue.splice(queue.indexOf(go), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      queue.push(go)
    })

  return async (signal, work) => {
    signal.throwIfAborted()
    if (free > 0) free--
    else await turn(signal)
    try {
      signal.throwIfAborted() // aborted between the hand-over and this line
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
