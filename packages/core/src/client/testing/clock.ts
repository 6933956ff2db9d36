/** A clock in the hand of a test: time passes when `advance` says so. */
export interface TestClock {
  now(): number
  random(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** Lets time pass and wakes who is due, in order. */
  advance(ms: number): Promise<void>
  /** Waits that were asked for so far, ms. */
  readonly waits: readonly number[]
  /** Who sleeps now. */
  readonly sleeping: number
}

export function createTestClock(random = 0.5): TestClock {
  let time = Date.UTC(2026, 0, 1)
  const waits: number[] = []
  const sleepers = new Set<{ at: number; wake: () => void }>()
  return {
    now: () => time,
    random: () => random,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        waits.push(ms)
        const end = (): void => {
          sleepers.delete(sleeper)
          signal.removeEventListener('abort', onAbort)
        }
        const onAbort = (): void => {
          end()
          reject(signal.reason)
        }
        const sleeper = {
          at: time + ms,
          wake: () => {
            end()
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal.addEventListener('abort', onAbort)
      }),
    async advance(ms) {
      const until = time + ms
      for (;;) {
        await turn()
        const due = [...sleepers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        time = due.at
        due.wake()
      }
      time = until
      await turn()
    },
    waits,
    get sleeping() {
      return sleepers.size
    },
  }
}

/** Lets everything run that is ready to run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

/** Waits for something that takes a few turns of the event loop. */
export async function until(claim: () => boolean): Promise<void> {
  for (let turns = 0; !claim(); turns++) {
    if (turns > 2_000) throw new Error(`Still not so after 2,000 turns: ${claim}`)
    await turn()
  }
}
