import type { Steps } from '@crm/core/adapter'

/** How long work shares its thread. */
export interface Breaks {
  /** Lets the event loop have a turn when it is time; `before` is called then. Rejects with `signal.reason` after an abort. */
  pause(before: () => void): Promise<void>
  /** Gives the event loop its turn, between two steps that each take their time. */
  rest(): Promise<void>
  /** Runs sliced work with breaks. */
  run<Result>(steps: Steps<Result>): Promise<Result>
}

/** Milliseconds of work between two turns of the event loop: below one frame. */
const PAGE_SLICE_MS = 8
/** In a worker nobody waits but those who want to see progress. */
const WORKER_SLICE_MS = 50

/**
 * @param where on a page every break gives the event loop a turn; in a worker, which is ended from outside, it only tells
 * progress
 */
export function createBreaks(signal: AbortSignal, where: 'page' | 'worker'): Breaks {
  const sliceMs = where === 'page' ? PAGE_SLICE_MS : WORKER_SLICE_MS
  let until = Date.now() + sliceMs
  const breathe = async (): Promise<void> => {
    if (where === 'page') await new Promise<void>((resolve) => setTimeout(resolve, 0))
    signal.throwIfAborted()
    until = Date.now() + sliceMs
  }
  return {
    async pause(before) {
      if (Date.now() < until) return
      before()
      await breathe()
    },
    rest: breathe,
    async run(steps) {
      for (;;) {
        const step = steps.next()
        if (step.done) return step.value
        if (Date.now() >= until) await breathe()
      }
    },
  }
}
