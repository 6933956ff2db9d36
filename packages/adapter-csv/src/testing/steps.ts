import type { Steps } from '@crm/core/adapter'

/** Runs sliced work straight through. */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
