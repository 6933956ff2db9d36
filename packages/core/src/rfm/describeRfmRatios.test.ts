import { describe, expect, it } from 'vitest'
import type { Column } from '../adapter/contract.ts'
import { describeRfmRatios } from './describeRfmRatios.ts'

const f64 = (...values: number[]) => Float64Array.from(values)
const values = (column: Column) => (column.kind === 'float64' ? Array.from(column.values, (value, i) => (column.validity?.[i] === 0 ? null : value)) : [])

describe('describeRfmRatios', () => {
  it('gives the example of its source: 30 days ago, 5 purchases, 1000 in all, over 365 days', () => {
    const totals = { recencyDays: f64(30), orders: f64(5), revenue: f64(1000) }
    for (const [revenue, scale] of [[1000, 0], [100_000, 2]] as const) {
      const { recency, frequency, monetary } = describeRfmRatios({ ...totals, revenue: f64(revenue), scale }, { observationDays: 365 })
      expect([values(recency)[0]!.toFixed(3), values(frequency)[0]!.toFixed(3), values(monetary)[0]!.toFixed(2)]).toEqual(['0.082', '0.014', '6.91'])
    }
  })

  it('has no recency without a purchase and no logarithm of a total of -1 or less', () => {
    const totals = { recencyDays: f64(0, 9, 9, 9), orders: f64(0, 1, 1, 1), revenue: f64(0, -99, -100, -101), scale: 2 }
    const { recency, frequency, monetary } = describeRfmRatios(totals, { observationDays: 90 })
    expect(values(recency)).toEqual([null, 0.1, 0.1, 0.1])
    expect(values(frequency)[0]).toBe(0)
    expect(values(monetary)).toEqual([0, Math.log(-0.99 + 1), null, null])
  })

  it('refuses a period without days', () => {
    for (const observationDays of [0, -1, NaN, Infinity]) {
      expect(() => describeRfmRatios({ recencyDays: f64(), orders: f64(), revenue: f64() }, { observationDays })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    }
  })

  it('refuses what is not finite, and columns of different length', () => {
    const good = { recencyDays: f64(1, 2), orders: f64(1, 1), revenue: f64(5, 5) }
    for (const field of ['recencyDays', 'orders', 'revenue'] as const) {
      for (const bad of [NaN, Infinity, -Infinity]) {
        expect(() => describeRfmRatios({ ...good, [field]: f64(1, bad) }, { observationDays: 1 })).toThrow(expect.objectContaining({ code: 'VALUE_NOT_FINITE', details: { row: 1 } }))
      }
      expect(() => describeRfmRatios({ ...good, [field]: f64(1) }, { observationDays: 1 })).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
    }
  })
})
