import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createFlights } from './singleFlight.ts'
import type { Waiter } from './singleFlight.ts'
import { turn } from './testing/clock.ts'

const waiterOf = (controller: AbortController, deadlineAt = Infinity): Waiter => ({ signal: controller.signal, deadlineAt: () => deadlineAt })

/** Work that ends when told, and remembers how it was asked. */
function createWork() {
  const flights: Waiter[] = []
  let settle: { resolve: (value: string) => void; reject: (reason: unknown) => void } = { resolve: () => {}, reject: () => {} }
  const start = vi.fn<(flight: Waiter) => Promise<string>>((flight) => {
    flights.push(flight)
    return new Promise<string>((resolve, reject) => (settle = { resolve, reject }))
  })
  return { start, flights, resolve: (value: string) => settle.resolve(value), reject: (reason: unknown) => settle.reject(reason) }
}

describe('createFlights', () => {
  it('runs equal work once and gives everybody the same answer', async () => {
    const flights = createFlights()
    const work = createWork()
    const answers = Array.from({ length: 84 }, () => flights.join('a', work.start, waiterOf(new AbortController())))
    work.resolve('answer')
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['answer']))
    expect(work.start).toHaveBeenCalledTimes(1)
  })

  it('keeps work of different keys apart', async () => {
    const flights = createFlights()
    const start = vi.fn<() => Promise<string>>(async () => 'done')
    await Promise.all([flights.join('a', start, waiterOf(new AbortController())), flights.join('b', start, waiterOf(new AbortController()))])
    expect(start).toHaveBeenCalledTimes(2)
  })

  it('lets one of two leave at once and the other have the answer', async () => {
    const flights = createFlights()
    const work = createWork()
    const [leaver, stayer] = [new AbortController(), new AbortController()]
    const left = flights.join('a', work.start, waiterOf(leaver))
    const stayed = flights.join('a', work.start, waiterOf(stayer))
    leaver.abort('unmounted')
    await expect(left).rejects.toBe('unmounted')
    expect(work.flights[0]?.signal.aborted).toBe(false)
    work.resolve('answer')
    await expect(stayed).resolves.toBe('answer')
  })

  it('aborts the work when the last has left, with the reason of the last', async () => {
    const flights = createFlights()
    const work = createWork()
    const [first, last] = [new AbortController(), new AbortController()]
    const both = [flights.join('a', work.start, waiterOf(first)), flights.join('a', work.start, waiterOf(last))].map((each) => each.catch((reason: unknown) => reason))
    first.abort('first')
    last.abort('last')
    expect(await Promise.all(both)).toEqual(['first', 'last'])
    expect(work.flights[0]?.signal.reason).toBe('last')
    work.reject('too late to be heard') // must not become an unhandled rejection
    await turn()
  })

  it('starts anew for who comes after everybody left, although the old work still runs', async () => {
    const flights = createFlights()
    const [old, fresh] = [createWork(), createWork()]
    const controller = new AbortController()
    const left = flights.join('a', old.start, waiterOf(controller))
    controller.abort('unmounted')
    await expect(left).rejects.toBe('unmounted')
    const answer = flights.join('a', fresh.start, waiterOf(new AbortController()))
    old.resolve('old')
    await turn()
    const third = flights.join('a', createWork().start, waiterOf(new AbortController()))
    fresh.resolve('fresh')
    expect(await Promise.all([answer, third])).toEqual(['fresh', 'fresh'])
  })

  it('keeps neither a rejection nor a result', async () => {
    const flights = createFlights()
    const start = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('once')).mockResolvedValueOnce('first').mockResolvedValueOnce('second')
    const join = (): Promise<unknown> => flights.join('a', start, waiterOf(new AbortController()))
    await expect(join()).rejects.toThrow('once')
    await expect(join()).resolves.toBe('first')
    await expect(join()).resolves.toBe('second')
  })

  it('takes a throw of the start as a rejection', async () => {
    const flights = createFlights()
    const start = (): Promise<never> => {
      throw new Error('at once')
    }
    await expect(flights.join('a', start, waiterOf(new AbortController()))).rejects.toThrow('at once')
    await expect(flights.join('a', async () => 'fine', waiterOf(new AbortController()))).resolves.toBe('fine')
  })

  it('does not start for who has already left', async () => {
    const work = createWork()
    const controller = new AbortController()
    controller.abort('before')
    await expect(createFlights().join('a', work.start, waiterOf(controller))).rejects.toBe('before')
    expect(work.start).not.toHaveBeenCalled()
  })

  it('has as much time as the most patient of those who wait', async () => {
    const flights = createFlights()
    const work = createWork()
    const patient = new AbortController()
    void flights.join('a', work.start, waiterOf(new AbortController(), 100))
    const left = flights.join('a', work.start, waiterOf(patient, 500))
    expect(work.flights[0]?.deadlineAt()).toBe(500)
    patient.abort('left')
    await expect(left).rejects.toBe('left')
    expect(work.flights[0]?.deadlineAt()).toBe(100)
    work.resolve('done')
  })

  it('leaves no listener on any signal', async () => {
    const flights = createFlights()
    const [stayer, leaver] = [new AbortController(), new AbortController()]
    const work = createWork()
    const answer = flights.join('a', work.start, waiterOf(stayer))
    const left = flights.join('a', work.start, waiterOf(leaver))
    leaver.abort()
    await expect(left).rejects.toMatchObject({ name: 'AbortError' })
    work.resolve('answer')
    await answer
    for (const { signal } of [stayer, leaver]) expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('abort rejects everybody and aborts the work, of one key or of all', async () => {
    const flights = createFlights()
    const work = createWork()
    const answers = [1, 2].map(() => flights.join('a', work.start, waiterOf(new AbortController())).catch((reason: unknown) => reason))
    const other = createWork()
    const last = flights.join('b', other.start, waiterOf(new AbortController())).catch((reason: unknown) => reason)
    flights.abort('died', 'a')
    expect(await Promise.all(answers)).toEqual(['died', 'died'])
    expect(work.flights[0]?.signal.reason).toBe('died')
    expect(other.flights[0]?.signal.aborted).toBe(false)
    flights.abort('closed')
    expect(await last).toBe('closed')
    expect(other.flights[0]?.signal.reason).toBe('closed')
  })

  it('under any schedule: work never runs twice at a time, and is aborted exactly when nobody waits for it', async () => {
    const visit = fc.record({ leaves: fc.boolean(), works: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(visit, { minLength: 1, maxLength: 12 }), async (s, visits) => {
        const flights = createFlights()
        const works: { signal: AbortSignal; isOver: boolean }[] = []
        const active = (): number => works.filter(({ isOver, signal }) => !isOver && !signal.aborted).length

        const outcomes = visits.map(async ({ leaves, works: succeeds }, visitor) => {
          await s.schedule(Promise.resolve(), `visitor ${visitor} comes`)
          const controller = new AbortController()
          const before = { active: active(), works: works.length }
          const answer = flights.join(
            'key',
            async ({ signal }) => {
              const number = works.length
              const work = { signal, isOver: false }
              works.push(work)
              await s.schedule(Promise.resolve(), `work ${number} ends`)
              work.isOver = true
              if (!succeeds) throw `work ${number} failed`
              return `work ${number} done`
            },
            waiterOf(controller),
          )
          expect(works.length - before.works).toBeLessThanOrEqual(1 - before.active)
          expect(active()).toBeLessThanOrEqual(1)
          const mine = works.length - 1
          if (leaves) void s.schedule(Promise.resolve(), `visitor ${visitor} leaves`).then(() => controller.abort(`${visitor} left`))
          const said = await answer.catch((reason: unknown) => reason)
          expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
          return { said, mine, left: leaves ? `${visitor} left` : undefined }
        })
        await s.waitIdle()

        const ends = await Promise.all(outcomes)
        for (const { said, mine, left } of ends) expect([left, `work ${mine} done`, `work ${mine} failed`]).toContain(said)
        works.forEach(({ signal }, number) => {
          const everybodyLeft = ends.filter(({ mine }) => mine === number).every(({ said, left }) => said === left)
          expect(signal.aborted).toBe(everybodyLeft)
        })
      }),
      { numRuns: 500 },
    )
  })
})
