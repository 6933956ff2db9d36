import { describe, expect, it, vi } from 'vitest'
import type { Batch, Column } from '../adapter/contract.ts'
import { columnsOfSummary, readStream } from './readStream.ts'
import { batch, numbers, text } from './testing/shop.ts'

async function* streamOf(...batches: unknown[]): AsyncGenerator<Batch> {
  for (const each of batches) yield each as Batch
}
const read = (stream: AsyncIterable<Batch>, signal = new AbortController().signal, take: (each: Batch) => unknown = () => {}) => readStream(stream, 2, signal, take)

const ONE = batch([text('a'), numbers(1)])
const LAST = batch([text('b', null), numbers(2, 3)], { next: 'cursor' })

describe('readStream', () => {
  it('hands over every batch in order and returns the end', async () => {
    const taken: number[] = []
    const end = await read(streamOf(ONE, ONE, LAST), undefined, ({ rows }) => taken.push(rows))
    expect(taken).toEqual([1, 1, 2])
    expect(end.next).toBe('cursor')
  })

  it('asks for no batch before the one at hand is taken', async () => {
    let given = 0
    let isTaken = true
    async function* slow(): AsyncGenerator<Batch> {
      for (const each of [ONE, ONE, LAST]) {
        expect(isTaken).toBe(true)
        given++
        isTaken = false
        yield each
      }
    }
    await read(slow(), undefined, async () => {
      await Promise.resolve()
      isTaken = true
    })
    expect(given).toBe(3)
  })

  const float = (values: number, validity: number): Column => ({ kind: 'float64', values: new Float64Array(values), validity: new Uint8Array(validity) })
  it.each<[string, unknown[]]>([
    ['no batch at all', []],
    ['a stream without an end', [ONE, ONE]],
    ['rows after the end', [LAST, ONE]],
    ['a second end', [LAST, LAST]],
    ['too few columns', [batch([text('a')], {})]],
    ['too many columns', [batch([text('a'), numbers(1), numbers(1)], {})]],
    ['an empty end without columns', [ONE, { rows: 0, columns: [], end: LAST.end }]],
    ['a column shorter than the rows', [{ ...LAST, columns: [text('a', 'b'), numbers(1)] }]],
    ['codes longer than the rows', [{ ...LAST, columns: [text('a', 'b', 'c'), numbers(1, 2)] }]],
    ['validity of another length', [{ ...LAST, columns: [text('a', 'b'), float(2, 1)] }]],
    ['rows that are no number', [{ ...LAST, rows: '2' }]],
  ])('takes %s for no answer', async (_, batches) => {
    await expect(read(streamOf(...batches))).rejects.toMatchObject({ name: 'DataContractError', code: 'PROTOCOL' })
  })

  it('stops the stream when a batch is refused, when taking fails, and on abort', async () => {
    for (const how of ['refused', 'failing', 'aborted'] as const) {
      const controller = new AbortController()
      const closed = vi.fn<() => void>()
      async function* endless(): AsyncGenerator<Batch> {
        try {
          yield ONE
          if (how === 'aborted') controller.abort('aborted')
          for (;;) yield how === 'refused' ? ({ ...ONE, rows: 7 } as Batch) : ONE
        } finally {
          closed()
        }
      }
      let taken = 0
      const take = (): void => {
        if (how === 'failing' && ++taken === 3) throw new Error('full')
      }
      const error: unknown = await read(endless(), controller.signal, take).catch((reason: unknown) => reason)
      expect(error).toEqual({ refused: expect.objectContaining({ code: 'PROTOCOL' }), failing: new Error('full'), aborted: 'aborted' }[how])
      expect(closed).toHaveBeenCalledTimes(1)
    }
  })
})

describe('columnsOfSummary', () => {
  const totals = { asOf: 0, zone: [], order: 'line', returns: 'net' } as const
  it('counts the columns that the contract promises', () => {
    expect(columnsOfSummary({ kind: 'totals', totals })).toBe(8)
    expect(columnsOfSummary({ kind: 'bins', totals, axes: [], sums: [] })).toBe(1)
    expect(columnsOfSummary({ kind: 'bins', totals, axes: [{ field: 'orders', cut: 'values' }], sums: ['revenue', 'orders'] })).toBe(6)
    expect(columnsOfSummary({ kind: 'members', totals, select: ['customerId', 'revenue'], ranges: [], order: [], limit: 1 })).toBe(2)
  })
})
