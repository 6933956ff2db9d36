import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../shared/random.ts'
import { bootstrapMean, comparePaired } from './bootstrap.ts'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Normal numbers by the sum of twelve. */
function normals(count: number, seed: number): number[] {
  const { unit } = createRandom(seed)
  return Array.from({ length: count }, () => Array.from({ length: 12 }, unit).reduce((sum, x) => sum + x, -6))
}

describe('bootstrapMean', () => {
  test('equals drawing with repeats, averaging and sorting', () => {
    const values = normals(40, 3)
    const random = createRandom(5)
    const samples = Array.from({ length: 1000 }, () => mean(values.map(() => values[random.below(40)]!))).sort((a, b) => a - b)
    const { value, low, high } = bootstrapMean(values, { seed: 5 })
    expect(value).toBeCloseTo(mean(values), 12)
    // 25 of 1,000 samples lie below the interval and 25 above.
    expect(low).toBeCloseTo(samples[25]!, 12)
    expect(high).toBeCloseTo(samples[974]!, 12)
  })

  test('of many normal numbers comes to the mean plus and minus 1.96 standard errors', () => {
    const values = normals(2000, 11)
    const { value, low, high } = bootstrapMean(values, { samples: 5000 })
    const error = Math.sqrt(mean(values.map((x) => (x - value) ** 2)) / 2000)
    expect((high - value) / error).toBeCloseTo(1.96, 0)
    expect((value - low) / error).toBeCloseTo(1.96, 0)
    expect((high - low) / error).toBeGreaterThan(3.7)
    expect((high - low) / error).toBeLessThan(4.15)
  })

  test('holds the true mean in about 95 of 100 experiments', () => {
    let held = 0
    for (let seed = 0; seed < 400; seed++) {
      const { low, high } = bootstrapMean(normals(60, seed + 1000), { seed, samples: 400 })
      if (low <= 0 && high >= 0) held++
    }
    expect(held).toBeGreaterThan(360)
    expect(held).toBeLessThan(396)
  })

  test('the same seed gives the same interval, whatever the machine does meanwhile', () => {
    const values = normals(30, 1)
    expect(bootstrapMean(values, { seed: 4 })).toEqual(bootstrapMean(values, { seed: 4 }))
    expect(bootstrapMean(values, { seed: 4 })).not.toEqual(bootstrapMean(values, { seed: 5 }))
  })

  test('a wider level never gives a narrower interval, and every interval holds its value', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }), fc.integer(), (values, seed) => {
        const narrow = bootstrapMean(values, { seed, samples: 50, level: 0.5 })
        const wide = bootstrapMean(values, { seed, samples: 50, level: 0.9 })
        expect(wide.low).toBeLessThanOrEqual(narrow.low)
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high)
        expect(narrow.low).toBeLessThanOrEqual(narrow.value)
        expect(narrow.high).toBeGreaterThanOrEqual(narrow.value)
      }),
    )
  })

  test('one customer, equal customers, none: an interval without width', () => {
    expect(bootstrapMean([3])).toEqual({ value: 3, low: 3, high: 3 })
    expect(bootstrapMean([2, 2, 2])).toEqual({ value: 2, low: 2, high: 2 })
    expect(bootstrapMean([])).toEqual({ value: 0, low: 0, high: 0 })
  })

  test('refuses what is no figure and what is no option', () => {
    expect(() => bootstrapMean([1, NaN])).toThrow(expect.objectContaining({ code: 'VALUE_NOT_FINITE', details: { index: 1 } }))
    for (const options of [{ samples: 0 }, { samples: 1.5 }, { level: 1 }, { seed: NaN }]) {
      expect(() => bootstrapMean([1], options), JSON.stringify(options)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    }
  })
})

describe('comparePaired', () => {
  test('sees a small gain of every customer that two single intervals would hide', () => {
    const b = normals(200, 1)
    const a = b.map((x, i) => x + 0.1 + 0.01 * (i % 3))
    const { difference, shareAbove } = comparePaired(a, b)
    expect(difference.value).toBeCloseTo(0.11, 2)
    expect(difference.low).toBeGreaterThan(0.1)
    expect(shareAbove).toBe(1)
    expect(bootstrapMean(a).low).toBeLessThan(bootstrapMean(b).high)
  })

  test('turned round it says the opposite', () => {
    const [a, b] = [normals(50, 1), normals(50, 2)]
    const there = comparePaired(a, b)
    const back = comparePaired(b, a)
    expect(back.difference.value).toBeCloseTo(-there.difference.value, 12)
    expect(back.difference.low).toBeCloseTo(-there.difference.high, 12)
    expect(back.shareAbove).toBeCloseTo(1 - there.shareAbove, 12)
  })

  test('equal strategies: no difference, a share of one half', () => {
    expect(comparePaired([1, 0, 1], [1, 0, 1])).toEqual({ difference: { value: 0, low: 0, high: 0 }, shareAbove: 0.5 })
  })

  test('refuses figures of different customers', () => {
    expect(() => comparePaired([1, 2], [1])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
  })
})
