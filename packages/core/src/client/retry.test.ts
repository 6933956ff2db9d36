import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { AdapterError, InvalidInputError } from '../errors/index.ts'
import { retrying, sleep } from './retry.ts'
import type { RetryRule } from './retry.ts'
import { createTestClock, turn } from './testing/clock.ts'
import type { TestClock } from './testing/clock.ts'

const ruleOf = (clock: TestClock, rule: Partial<RetryRule> = {}): RetryRule => ({ tries: 3, baseMs: 100, maxMs: 1_000, ...clock, ...rule })
const waiting = (deadlineAt = Infinity, controller = new AbortController()) => ({ signal: controller.signal, deadlineAt: () => deadlineAt })
const failing = (...errors: unknown[]) => {
  const attempt = vi.fn<() => Promise<string>>(async () => {
    if (attempt.mock.calls.length <= errors.length) throw errors[attempt.mock.calls.length - 1]
    return 'answer'
  })
  return attempt
}
const unavailable = (retryAfterMs?: number) => new AdapterError('UNAVAILABLE', retryAfterMs === undefined ? {} : { retryAfterMs })

describe('retrying', () => {
  it('calls again after what is retryable, waiting a random time below a bound that doubles', async () => {
    const clock = createTestClock(0.5)
    const attempt = failing(unavailable(), new AdapterError('OVERLOADED'))
    const answer = retrying(attempt, waiting(), ruleOf(clock))
    await clock.advance(10_000)
    await expect(answer).resolves.toBe('answer')
    expect(clock.waits).toEqual([50, 100])
  })

  it('keeps every wait below the upper bound', async () => {
    const clock = createTestClock(0.999)
    const answer = retrying(failing(...Array.from({ length: 9 }, () => unavailable())), waiting(), ruleOf(clock, { tries: 10 }))
    await clock.advance(100_000)
    await answer
    expect(Math.max(...clock.waits)).toBe(999)
  })

  it('makes at most three calls and rejects with the last error', async () => {
    const clock = createTestClock()
    const errors = [1, 2, 3, 4].map(() => unavailable())
    const attempt = failing(...errors)
    const answer = retrying(attempt, waiting(), ruleOf(clock)).catch((error: unknown) => error)
    await clock.advance(10_000)
    expect(await answer).toBe(errors[2])
    expect(attempt).toHaveBeenCalledTimes(3)
  })

  it.each([new AdapterError('FORBIDDEN'), new InvalidInputError('FIELD_UNKNOWN', 'No.'), new TypeError('a bug')])('does not call again after %s', async (error) => {
    const attempt = failing(error)
    await expect(retrying(attempt, waiting(), ruleOf(createTestClock()))).rejects.toBe(error)
    expect(attempt).toHaveBeenCalledTimes(1)
  })

  it('does not call again after an error that the adapter marks as final', async () => {
    const attempt = failing(new AdapterError('UNAVAILABLE', { retryable: false }))
    await expect(retrying(attempt, waiting(), ruleOf(createTestClock()))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(attempt).toHaveBeenCalledTimes(1)
  })

  it('knows a retryable error of another copy of the package', async () => {
    const clock = createTestClock()
    const foreign = Object.assign(new Error('gone'), { code: 'UNAVAILABLE', details: {}, retryable: true, toJSON: () => ({}) })
    const answer = retrying(failing(foreign), waiting(), ruleOf(clock))
    await clock.advance(1_000)
    await expect(answer).resolves.toBe('answer')
  })

  it('waits as long as the source asks, even beyond its own bound', async () => {
    const clock = createTestClock()
    const answer = retrying(failing(unavailable(30_000)), waiting(), ruleOf(clock))
    await clock.advance(29_999)
    expect(clock.sleeping).toBe(1)
    await clock.advance(1)
    await expect(answer).resolves.toBe('answer')
  })

  it('does not sit through a wait of more than a minute', async () => {
    const error = unavailable(60_001)
    await expect(retrying(failing(error), waiting(), ruleOf(createTestClock()))).rejects.toBe(error)
  })

  it('gives up at once when the wait would pass the deadline', async () => {
    const clock = createTestClock()
    const error = unavailable(500)
    await expect(retrying(failing(error), waiting(clock.now() + 500), ruleOf(clock))).rejects.toBe(error)
    expect(clock.waits).toEqual([])
  })

  it('rejects at once when aborted in a wait, and leaves no timer', async () => {
    const clock = createTestClock()
    const controller = new AbortController()
    const attempt = failing(unavailable())
    const answer = retrying(attempt, waiting(Infinity, controller), ruleOf(clock))
    await turn()
    expect(clock.sleeping).toBe(1)
    controller.abort('left the page')
    await expect(answer).rejects.toBe('left the page')
    expect(clock.sleeping).toBe(0)
    expect(attempt).toHaveBeenCalledTimes(1)
  })

  it('rejects with the reason of the abort, not with what the call made of it', async () => {
    const controller = new AbortController()
    const answer = retrying(
      async () => {
        controller.abort('left the page')
        throw new Error('socket closed')
      },
      waiting(Infinity, controller),
      ruleOf(createTestClock()),
    )
    await expect(answer).rejects.toBe('left the page')
  })
})

describe('sleep', () => {
  it('leaves no timer and no listener, woken or aborted', async () => {
    vi.useFakeTimers()
    try {
      const controller = new AbortController()
      const { signal } = controller
      const slept = sleep(1_000, signal)
      vi.advanceTimersByTime(1_000)
      await slept
      const aborted = sleep(1_000, signal)
      controller.abort('enough')
      await expect(aborted).rejects.toBe('enough')
      await expect(sleep(1_000, signal)).rejects.toBe('enough')
      expect(vi.getTimerCount()).toBe(0)
      expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('does not wake at once from a sleep longer than a timer can be', async () => {
    vi.useFakeTimers()
    try {
      let isAwake = false
      const controller = new AbortController()
      const slept = sleep(Infinity, controller.signal).then(
        () => (isAwake = true),
        () => {},
      )
      await vi.advanceTimersByTimeAsync(86_400_000)
      expect(isAwake).toBe(false)
      controller.abort()
      await slept
    } finally {
      vi.useRealTimers()
    }
  })
})
