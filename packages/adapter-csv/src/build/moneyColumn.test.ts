import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runToEnd } from '../testing/steps.ts'
import { MoneyColumn } from './moneyColumn.ts'

const MAX = BigInt(Number.MAX_SAFE_INTEGER)

describe('MoneyColumn', () => {
  test('keeps every amount and both sums exactly, in any order of decimals', () => {
    const amount = fc.tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 12 }))
    fc.assert(
      fc.property(fc.array(fc.oneof(amount, fc.tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 4 }))), { maxLength: 40 }), (given) => {
        const column = new MoneyColumn(Infinity)
        const kept: (readonly [bigint, number])[] = []
        for (const [digits, decimals] of given) {
          // The slow version: does everything fit at the scale that would be needed?
          const before = column.scale
          const scale = Math.max(before, decimals)
          const units = ([value, places]: readonly [bigint, number]): bigint => value * 10n ** BigInt(scale - places)
          const fits = [...kept, [BigInt(digits), decimals] as const].every((entry) => units(entry) <= MAX && units(entry) >= -MAX)
          expect(column.fits(digits, decimals)).toBe(fits)
          if (!fits) continue
          expect(column.push(digits, decimals)).toBe(decimals > before)
          kept.push([BigInt(digits), decimals])
        }
        const units = kept.map(([value, places]) => value * 10n ** BigInt(column.scale - places))
        expect(column.sums()).toEqual({
          net: Number(units.reduce((sum, value) => sum + value, 0n)),
          gross: Number(units.filter((value) => value > 0n).reduce((sum, value) => sum + value, 0n)),
        })
        expect([...runToEnd(column.finish())].map(BigInt)).toEqual(units)
      }),
      { numRuns: 500 },
    )
  })
})
