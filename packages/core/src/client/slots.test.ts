import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { createSlots } from './slots.ts'
import { turn } from './testing/clock.ts'

const gate = (): { open: () => void; opened: Promise<void> } => {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open, opened }
}

describe('createSlots', () => {
  it('lets no more than the limit run, first come, first served', async () => {
    const withSlot = createSlots(2)
    const { signal } = new AbortController()
    const gates = Array.from({ length: 5 }, gate)
    const started: number[] = []
    const all = gates.map(({ opened }, i) => withSlot(signal, async () => (started.push(i), await opened)))
    await turn()
    expect(started).toEqual([0, 1])
    gates[1]?.open()
    await turn()
    expect(started).toEqual([0, 1, 2])
    for (const { open } of gates) open()
    await Promise.all(all)
    expect(started).toEqual([0, 1, 2, 3, 4])
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('rejects a waiting call at once when it is aborted, and gives its turn to the next', async () => {
    const withSlot = createSlots(1)
    const [first, other, controller] = [gate(), new AbortController(), new AbortController()]
    const started: string[] = []
    const running = withSlot(other.signal, () => first.opened)
    const aborted = withSlot(controller.signal, async () => started.push('aborted'))
    const next = withSlot(other.signal, async () => started.push('next'))
    controller.abort('changed my mind')
    await expect(aborted).rejects.toBe('changed my mind')
    first.open()
    await Promise.all([running, next])
    expect(started).toEqual(['next'])
  })

  it('gives the slot on when the work throws', async () => {
    const withSlot = createSlots(1)
    const { signal } = new AbortController()
    const failing = withSlot(signal, async () => {
      throw new Error('broken')
    })
    const next = withSlot(signal, async () => 'next')
    await expect(failing).rejects.toThrow('broken')
    await expect(next).resolves.toBe('next')
  })

  it('gives the slot on when its new owner is aborted between hand-over and start', async () => {
    const withSlot = createSlots(1)
    const [first, controller] = [gate(), new AbortController()]
    const { signal } = controller
    const remove = signal.removeEventListener.bind(signal)
    // The hand-over takes the listener off: from here on the queue cannot hear the abort.
    vi.spyOn(signal, 'removeEventListener').mockImplementation((...listener: Parameters<typeof remove>) => {
      remove(...listener)
      controller.abort('just then')
    })
    const running = withSlot(new AbortController().signal, () => first.opened)
    const handed = withSlot(signal, async () => 'never')
    first.open()
    await running
    await expect(handed).rejects.toBe('just then')
    await expect(withSlot(new AbortController().signal, async () => 'free')).resolves.toBe('free')
  })

  it.each([0, -1, NaN])('lets one run when an adapter claims %s', async (limit) => {
    await expect(createSlots(limit)(new AbortController().signal, async () => 'done')).resolves.toBe('done')
  })
})
