import type { Steps } from '../../adapter/contract.ts'

/** Work that is a part of a larger one: what it says of its progress is mapped to `from..to` of the whole. */
export function* part<Result>(steps: Steps<Result>, from: number, to: number): Steps<Result> {
  yield from
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    yield step.value === undefined ? undefined : from + (to - from) * step.value
  }
}
