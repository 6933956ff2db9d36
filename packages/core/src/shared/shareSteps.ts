import type { Steps } from '../adapter/contract.ts'

/**
 * Sliced work that several callers want: whoever has a turn drives it on, and each gets the result. A caller that
 * aborts just stops driving, so nobody's abort takes the work from the others.
 */
export function shareSteps<Result>(start: () => Steps<Result>): () => Steps<Result> {
  let running: Steps<Result> | null = null
  let done: { readonly value: Result } | null = null
  return function* () {
    while (done === null) {
      running ??= start()
      try {
        const step = running.next()
        if (step.done) {
          done = { value: step.value }
          running = null
        }
      } catch (error) {
        running = null // the next caller starts afresh: a failure is never kept
        throw error
      }
      if (done === null) yield
    }
    return done.value
  }
}
