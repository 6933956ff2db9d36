import type { Steps } from '../adapter/contract.ts'

/** Runs sliced work straight through: in a worker, in a script, in a test. */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** How sliced work shares its thread. */
export interface Pace {
  readonly signal: AbortSignal
  /** Milliseconds of work between two breaths of the event loop. Default 12, below one frame. */
  readonly sliceMs?: number
  /** Monotonic or wall clock in milliseconds. Default `Date.now`. */
  readonly now?: () => number
  /** Resolves after the event loop had a turn. Default a zero timeout. */
  readonly breathe?: () => Promise<void>
  /** Told between two slices how much of the work is done, 0..1, where the work says so. */
  readonly onProgress?: ((fraction: number) => void) | undefined
}

/** Runs sliced work with breaks, so that a page stays responsive and an abort is heard. Rejects with `signal.reason`. */
export async function runPaced<Result>(steps: Steps<Result>, pace: Pace): Promise<Result> {
  const { signal, sliceMs = 12, now = Date.now, breathe = nextTurn, onProgress } = pace
  signal.throwIfAborted()
  let until = now() + sliceMs
  let fraction: number | undefined
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    fraction = step.value ?? fraction
    if (now() >= until) {
      if (fraction !== undefined) onProgress?.(fraction)
      await breathe()
      signal.throwIfAborted()
      until = now() + sliceMs
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
