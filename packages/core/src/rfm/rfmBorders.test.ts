import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRfmSpec } from './createRfmSpec.ts'
import { rfmBorders } from './rfmBorders.ts'
import type { RfmField, RfmSpread } from './whatIf.types.ts'

const spec = createRfmSpec({ asOf: 0, timeZone: 'UTC' })

/** The spread of values in hand; cuts at the quintiles, as the default spec cuts. */
function spreadOf(field: RfmField, values: readonly number[], cuts?: readonly number[]): RfmSpread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.max(1, Math.ceil(sorted.length * share)) - 1]!
  const percentiles = sorted.length === 0 ? [] : Array.from({ length: 101 }, (_, i) => at(i / 100))
  const own = cuts ?? (sorted.length === 0 ? [] : [0.2, 0.4, 0.6, 0.8].map(at))
  return { kind: 'rfm-spread', version: 1, spec, field, currency: 'EUR', scale: 2, customers: values.length, percentiles, cuts: own, warnings: [] }
}

const upTo = (count: number, valueOf: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => valueOf(i))

describe('rfmBorders', () => {
  it('counts days in days, weeks, months and years as the range asks for', () => {
    const days = (last: number): readonly number[] => rfmBorders(spreadOf('recencyDays', upTo(1000, (i) => Math.floor((i * last) / 999)), []))
    expect(days(30)).toEqual(upTo(30, (i) => i))
    expect(days(300).slice(0, 4)).toEqual([7, 14, 21, 28])
    expect(days(1000).slice(0, 4)).toEqual([30, 60, 90, 120])
    expect(days(15_000).slice(0, 3)).toEqual([365, 730, 1095])
    // Today belongs to the first week.
    expect(rfmBorders(spreadOf('recencyDays', upTo(1000, (i) => Math.max(0, i - 50)), [])).slice(0, 2)).toEqual([30, 60])
  })

  it('gives every number of orders a bar while there are few', () => {
    expect(rfmBorders(spreadOf('orders', upTo(500, (i) => 1 + (i % 12))))).toEqual(upTo(12, (i) => i + 1))
  })

  it('cuts money in steps of 1, 2 or 5, from the first to the ninety-ninth percentile', () => {
    const values = upTo(1000, (i) => 100 + i * 37)
    const borders = rfmBorders(spreadOf('revenue', [...values, 9e9], []))
    expect([borders[0], borders[1], borders.at(-1)]).toEqual([1000, 2000, 37_000])
    expect(rfmBorders(spreadOf('meanOrderValue', values.map((value) => value / 3), [])).slice(0, 2)).toEqual([500, 1000])
  })

  it('sets those apart who gave all back, and more where many did', () => {
    expect(rfmBorders(spreadOf('revenue', [-500, ...upTo(999, (i) => 500 + i)], []))[0]).toBe(0)
    const borders = rfmBorders(spreadOf('revenue', upTo(1000, (i) => -20_000 + i * 40), []))
    expect(borders).toContain(0)
    expect(borders[0]).toBe(-19_000)
  })

  it('makes no list of billions where everybody spends about as much and one gave all back', () => {
    for (const least of [-5, 0]) {
      const borders = rfmBorders(spreadOf('revenue', [least, ...upTo(999, (i) => 4e11 + i)], []))
      expect([borders[0], borders.at(-1)! >= 4e11, borders.length < 60]).toEqual([0, true, true])
    }
  })

  it('has few bars for few values, and one border for one value', () => {
    for (const field of ['recencyDays', 'orders', 'revenue', 'meanOrderValue'] as const) expect(rfmBorders(spreadOf(field, [7, 7, 7]))).toEqual([7])
    expect(rfmBorders(spreadOf('revenue', [100, 200], []))).toEqual([100, 150, 200])
    expect(rfmBorders(spreadOf('recencyDays', [0], []))).toEqual([0])
  })

  it('keeps only the cuts of the spec where nobody bought', () => {
    expect(rfmBorders(spreadOf('revenue', []))).toEqual([])
    expect(rfmBorders(spreadOf('orders', [], [1, 1.1, 4]))).toEqual([1, 4])
  })

  it('grows with the value on request, so that small values are told apart beside large ones', () => {
    const values = upTo(1000, (i) => Math.round(100 * 1.012 ** i))
    const borders = rfmBorders(spreadOf('revenue', values, []), { spacing: 'growing' })
    const shares = borders.map((border, i) => values.filter((value) => value <= border && value > (borders[i - 1] ?? -Infinity)).length / 1000)
    expect(Math.max(...shares)).toBeLessThan(0.05)
    expect(borders.slice(0, 10)).toEqual([150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000])
    expect(rfmBorders(spreadOf('recencyDays', upTo(800, (i) => i), []), { spacing: 'growing' }).slice(0, 6)).toEqual([0, 8, 10, 15, 20, 25])
  })

  it('ascends without repeats, holds every cut and makes at most 60 bars', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: -(2 ** 40), max: 2 ** 50 }), fc.integer({ min: -50, max: 400 })), { maxLength: 40 })
    fc.assert(
      fc.property(values, fc.constantFrom('recencyDays' as const, 'orders' as const, 'revenue' as const, 'meanOrderValue' as const), fc.constantFrom('even' as const, 'growing' as const), fc.option(fc.integer({ min: 2, max: 60 }), { nil: undefined }), (raw, field, spacing, count) => {
        const shaped = raw.map((value) => (field === 'recencyDays' ? Math.abs(value) % 40_000 : field === 'orders' ? 1 + (Math.abs(value) % 5000) : field === 'revenue' ? value : value / 7))
        const spread = spreadOf(field, shaped)
        const borders = rfmBorders(spread, { spacing, ...(count === undefined ? {} : { count }) })
        expect(borders.length).toBeLessThan(60)
        borders.forEach((border, i) => expect(Number.isFinite(border) && !Object.is(border, -0) && (i === 0 || border > borders[i - 1]!)).toBe(true))
        for (const cut of spread.cuts) expect(borders).toContain(cut + 0)
        expect(borders.every(Number.isInteger) || field === 'meanOrderValue').toBe(true)
        expect(borders.at(-1) ?? 0).toBeGreaterThanOrEqual(spread.percentiles[99] ?? 0)
      }),
      { numRuns: 500 },
    )
  })

  it('refuses a number of bars out of range', () => {
    for (const count of [1, 61, 2.5, NaN]) expect(() => rfmBorders(spreadOf('orders', [1]), { count })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
