import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundToSum } from './roundToSum.ts'

const value = fc.double({ min: 1e-12, max: 1e6, noNaN: true })
const add = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0)

describe('roundToSum', () => {
  it('gives values that add up to the sum to the bit, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (raw, keys) => {
        const sum = add(raw)
        const { values, sum: kept } = roundToSum(raw, sum)
        expect(kept).toBe(sum)
        expect(add([...values])).toBe(sum)
        expect(add([...values].sort((a, b) => b - a))).toBe(sum)
        expect(add(Array.from(values, (_, i) => i).sort((a, b) => keys[a]! - keys[b]!).map((i) => values[i]!))).toBe(sum)
      }),
      { numRuns: 500 },
    )
  })

  it('moves nothing by more than rounding', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (raw) => {
        const sum = add(raw)
        const { values } = roundToSum(raw, sum)
        for (const [i, one] of raw.entries()) expect(Math.abs(values[i]! - one)).toBeLessThanOrEqual(sum * 2 ** -52 * (raw.length + 1))
      }),
    )
  })

  it('rounds the sum too where values cancel each other, and only then', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(value, value.map((one) => -one)), { minLength: 1, maxLength: 40 }), (raw) => {
        const sum = add(raw)
        const { values, sum: kept } = roundToSum(raw, sum)
        const size = add(raw.map(Math.abs))
        expect(add([...values].sort((a, b) => b - a))).toBe(kept)
        expect(Math.abs(kept - sum)).toBeLessThanOrEqual(size * 2 ** -50)
        const most = Math.max(add(raw.filter((one) => one > 0)), -add(raw.filter((one) => one < 0)))
        const isCancelled = sum === 0 || most * 1.01 >= 2 ** (Math.floor(Math.log2(Math.abs(sum))) + 1)
        expect(isCancelled || kept === sum).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('makes 0 of nothing', () => {
    expect(roundToSum([], 0)).toEqual({ values: new Float64Array(0), sum: 0 })
    expect(roundToSum([0, 0], 0)).toEqual({ values: new Float64Array(2), sum: 0 })
    expect(roundToSum([1, -1], 0)).toEqual({ values: Float64Array.of(1, -1), sum: 0 })
  })
})
