import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Rank } from '../adapter/contract.ts'
import { binsBatches } from './binsBatches.ts'
import { normaliseParts, valueOfParts } from './exactSum.ts'
import { mergeSort, radixSort } from './radix.ts'
import { binOf, cutsAtRanks, rankPosition } from './ranks.ts'
import { createBinner, selectCuts } from './selectCuts.ts'
import { runToEnd } from './steps.ts'
import { residentShop } from './testing/residentShop.ts'

const FIFTHS: Rank[] = [1, 2, 3, 4].map((of) => ({ of, in: 5 }))

test('a rank is the least position that at least this share of the values does not exceed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 2, max: 1000 }).chain((parts) => fc.tuple(fc.integer({ min: 1, max: parts - 1 }), fc.constant(parts))), (n, [of, parts]) => {
      const position = rankPosition(n, { of, in: parts })
      expect(position * parts).toBeGreaterThanOrEqual(n * of)
      expect((position - 1) * parts).toBeLessThan(n * of)
      expect(position).toBeGreaterThanOrEqual(1)
      expect(position).toBeLessThanOrEqual(n)
    }),
  )
})

test('a value equal to a cut lies below it, equal values share a bin, equal cuts leave a bin empty', () => {
  expect([9, 10, 10.5, 20, 21].map((value) => binOf(value, [10, 10, 20]))).toEqual([0, 0, 2, 2, 3])
})

describe('selectCuts', () => {
  const spread = fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  )
  test('finds in any values what sorting finds', () => {
    fc.assert(
      fc.property(fc.array(spread, { minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 9_000 }), (some, n) => {
        const values = Float64Array.from({ length: n }, (_, i) => some[(i * 31) % some.length] as number)
        expect(runToEnd(selectCuts(values, FIFTHS))).toEqual(cutsAtRanks(values.slice().sort(), FIFTHS))
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    ['small whole numbers', (i: number) => (i * 7919) % 1000],
    ['money of many sizes, refunds too', (i: number) => Math.round(Math.exp((i * 7919) % 30) * (i % 9 === 0 ? -1 : 1))],
    ['equal values', () => 42],
    ['fractions', (i: number) => ((i * 7919) % 100_003) / 7],
  ])('finds in 100,000 %s what sorting finds, and leaves them as they are', (_, value) => {
    const values = Float64Array.from({ length: 100_000 }, (__, i) => value(i))
    const before = values.slice()
    expect(runToEnd(selectCuts(values.subarray(1), FIFTHS))).toEqual(cutsAtRanks(values.slice(1).sort(), FIFTHS))
    expect(values).toEqual(before)
  })

  test('createBinner gives the bins that comparing with each cut gives', () => {
    fc.assert(
      fc.property(fc.array(spread, { maxLength: 60 }), fc.array(spread, { maxLength: 12 }), (values, some) => {
        const cuts = [...some].sort((a, b) => a - b)
        // Neighbours of the cuts too: they share a bucket with them.
        const all = Float64Array.from([...values, ...cuts, ...cuts.flatMap((cut) => [cut + 1, cut - 1, cut * (1 + 1e-12)])], (value) => value + 0)
        const bins = new Int32Array(all.length)
        createBinner(cuts)(all, bins, 0, all.length)
        expect([...bins]).toEqual(Array.from(all, (value) => cuts.filter((cut) => cut < value).length))
      }),
      { numRuns: 300 },
    )
  })

  test('finds nothing in nothing', () => {
    expect(runToEnd(selectCuts(new Float64Array(0), FIFTHS))).toEqual([])
  })
})

describe('exact sums', () => {
  const safe = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
  test('of bins equal those of big integers, far beyond 2^53', () => {
    fc.assert(
      fc.property(fc.array(safe, { maxLength: 60 }), (values) => {
        const shop = residentShop([], values.map((amount, i) => ({ customerId: `c${i}`, orderId: `o${i}`, at: 0, amount })))
        const request = { kind: 'bins', totals: { asOf: 1, zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' }, axes: [], sums: ['revenue'] } as const
        const [high, low] = runToEnd(binsBatches(request, shop))[0]!.columns.slice(1).map((column) => (column as { values: Float64Array }).values[0]!) as [number, number]
        const exact = values.reduce((sum, value) => sum + BigInt(value), 0n)
        expect(BigInt(high) * 2n ** 26n + BigInt(low)).toBe(exact)
        expect(low >= 0 && low < 2 ** 26 && !Object.is(high, -0) && !Object.is(low, -0)).toBe(true)
        expect(valueOfParts(high, low)).toBe(Number(exact)) // rounded once, to nearest
      }),
    )
  })

  test('have one form, however much was added to the low part', () => {
    expect(normaliseParts(0, -1)).toEqual({ high: -1, low: 2 ** 26 - 1 })
    expect(normaliseParts(3, 5 * 2 ** 26 + 7)).toEqual({ high: 8, low: 7 })
  })
})

describe('sorting', () => {
  const key = fc.oneof(fc.double({ noNaN: true }).map((value) => value + 0), fc.integer({ min: -3, max: 3 }), fc.constantFrom(Infinity, -Infinity))
  test('radixSort and mergeSort are stable and agree with the host', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), (keys) => {
        const expected = keys.map((_, i) => i).sort((a, b) => ((keys[a] as number) < (keys[b] as number) ? -1 : (keys[a] as number) > (keys[b] as number) ? 1 : a - b))
        const byRadix = Int32Array.from(keys.keys())
        runToEnd(radixSort(byRadix, Float64Array.from(keys)))
        expect([...byRadix]).toEqual(expected)
        const byMerge = Int32Array.from(keys.keys())
        runToEnd(mergeSort(byMerge, (a, b) => ((keys[a] as number) === (keys[b] as number) ? 0 : (keys[a] as number) < (keys[b] as number) ? -1 : 1)))
        expect([...byMerge]).toEqual(expected)
      }),
    )
  })
})
