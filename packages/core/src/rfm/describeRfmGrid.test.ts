import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeRfmGrid } from './describeRfmGrid.ts'
import { fmOf, pivotRfmGrid } from './pivotRfmGrid.ts'
import type { CustomerTotals, RfmGridResult, RfmSpecOptions } from './rfm.types.ts'
import { rfmCode } from './rfmCode.ts'
import { scoreRfm } from './scoreRfm.ts'
import { segmentRfm } from './segmentRfm.ts'

const base = { asOf: Date.UTC(2024, 0, 31), timeZone: 'UTC' }

function totalsOf(rows: readonly { readonly recencyDays: number; readonly orders: number; readonly revenue: number }[]): CustomerTotals {
  const column = (value: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, value)
  return {
    kind: 'customer-totals',
    version: 1,
    count: rows.length,
    customerIds: rows.map((_, i) => String(i)),
    firstDay: column(() => 0),
    lastDay: column((row) => 19_753 - row.recencyDays),
    recencyDays: column((row) => row.recencyDays),
    orders: column((row) => row.orders),
    revenue: column((row) => row.revenue),
    returnedRevenue: column(() => 0),
    lines: column((row) => row.orders),
    currency: 'EUR',
    scale: 2,
    warnings: [],
  }
}

const rowsArbitrary = fc.array(fc.record({ recencyDays: fc.integer({ min: 0, max: 40 }), orders: fc.integer({ min: 0, max: 6 }), revenue: fc.integer({ min: -900, max: 9000 }) }), { maxLength: 80 })
const specArbitrary: fc.Arbitrary<RfmSpecOptions> = fc.record({
  asOf: fc.constant(base.asOf),
  timeZone: fc.constant('UTC'),
  monetary: fc.constantFrom('sum', 'mean'),
  frequency: fc.constantFrom('all', 'repeat'),
  scoring: fc.oneof(
    fc.record({ method: fc.constant('quantile' as const), bins: fc.record({ r: fc.integer({ min: 2, max: 10 }), f: fc.integer({ min: 2, max: 10 }), m: fc.integer({ min: 2, max: 10 }) }) }),
    fc.constant({ method: 'thresholds' as const, recencyDays: [7, 20, 30], frequency: [1, 3], monetary: [0, 1000, 2000, 8000] }),
  ),
  composite: fc.constantFrom({ method: 'sum' as const }, { method: 'weighted' as const, weights: { r: 0.35, f: 0.4, m: 0.25 } }),
})
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0)

describe('describeRfmGrid', () => {
  it('sums to the same totals over cells, segments, tiers and customers', () => {
    fc.assert(
      fc.property(rowsArbitrary, specArbitrary, (rows, spec) => {
        const grid = describeRfmGrid(totalsOf(rows), spec)
        const buyers = rows.filter((row) => row.orders > 0)
        for (const [measure, value] of [['customers', () => 1], ['orders', (row) => row.orders], ['revenue', (row) => row.revenue], ['recencyDays', (row) => row.recencyDays]] satisfies [keyof RfmGridResult['totals'], (row: (typeof rows)[number]) => number][]) {
          const expected = sum(buyers.map(value))
          expect(grid.totals[measure]).toBe(expected)
          expect(sum(grid.cells[measure])).toBe(expected)
          expect(sum(grid.segments.map((group) => group[measure]))).toBe(expected)
          expect(sum(grid.tiers.map((group) => group[measure]))).toBe(expected)
        }
      }),
    )
  })

  it('counts in every cell, segment and tier the customers that scoreRfm and segmentRfm put there', () => {
    fc.assert(
      fc.property(rowsArbitrary, specArbitrary, (rows, spec) => {
        const totals = totalsOf(rows)
        const grid = describeRfmGrid(totals, spec)
        const scores = scoreRfm(totals, spec)
        const named = segmentRfm(scores, spec)
        const counts = new Map<string, number>()
        const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
        for (let row = 0; row < rows.length; row++) {
          if (scores.r[row] === 0) continue
          count(`${rfmCode(scores, row)}: ${named.composite[row]}`)
          count(named.segments[named.segment[row]!]!.id)
          count(named.tiers[named.tier[row]!]!.id)
        }
        const { cells } = grid
        const found = new Map<string, number>()
        for (let i = 0; i < cells.count; i++) found.set(`${rfmCode({ bins: scores.bins, ...cells }, i)}: ${cells.composite[i]}`, cells.customers[i]!)
        for (const { id, customers } of [...grid.segments, ...grid.tiers]) if (customers > 0) found.set(id, customers)
        expect(new Map([...found].sort())).toEqual(new Map([...counts].sort()))
      }),
    )
  })

  it('keeps cells in ascending order of scores', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const { cells } = describeRfmGrid(totalsOf(rows), base)
        const keys = Array.from(cells.r, (r, i) => r * 100 + cells.f[i]! * 10 + cells.m[i]!)
        expect(keys).toEqual([...keys].sort((a, b) => a - b))
      }),
    )
  })

  it('gives shares of 0 to 1, and none where there is nothing to share', () => {
    const grid = describeRfmGrid(totalsOf([{ recencyDays: 1, orders: 1, revenue: 300 }, { recencyDays: 40, orders: 1, revenue: 100 }]), base)
    expect(grid.segments.map((group) => group.shareOfCustomers).filter((share) => share! > 0)).toEqual([0.5, 0.5])
    expect(grid.segments.map((group) => group.shareOfRevenue).filter((share) => share! > 0).sort()).toEqual([0.25, 0.75])
    const refunded = describeRfmGrid(totalsOf([{ recencyDays: 1, orders: 1, revenue: -300 }]), base)
    expect(refunded.segments.map((group) => group.shareOfRevenue)).toEqual(Array(11).fill(null))
    const nobody = describeRfmGrid(totalsOf([]), base)
    expect([nobody.cells.count, nobody.totals.customers, nobody.warnings]).toEqual([0, 0, []])
    expect(nobody.tiers.map((group) => group.shareOfCustomers)).toEqual([null, null, null, null])
  })

  it('rounds a sum beyond 2^53 once and says so', () => {
    const big = Number.MAX_SAFE_INTEGER
    const rows = Array.from({ length: 5 }, () => ({ recencyDays: 1, orders: 1, revenue: big }))
    const grid = describeRfmGrid(totalsOf(rows), base)
    expect(grid.totals.revenue).toBe(Number(5n * BigInt(big)))
    // The cell, its segment, its tier and the total.
    expect(grid.warnings).toContainEqual({ code: 'SUM_ROUNDED', count: 4 })
    const balanced = describeRfmGrid(totalsOf([...rows, ...rows.map((row) => ({ ...row, revenue: -big }))]), { ...base, scoring: { method: 'quantile', bins: 2 } })
    expect(balanced.totals.revenue).toBe(0)
  })

  it('carries the warnings of the totals', () => {
    const totals = { ...totalsOf([{ recencyDays: 1, orders: 1, revenue: 1 }]), warnings: [{ code: 'LINES_AFTER_AS_OF', count: 3 }] as const }
    expect(describeRfmGrid(totals, base).warnings).toEqual([{ code: 'LINES_AFTER_AS_OF', count: 3 }, { code: 'SCORES_NOT_REACHED', count: 12 }])
  })
})

describe('pivotRfmGrid', () => {
  it('loses nobody whichever axis stands against recency', () => {
    fc.assert(
      fc.property(rowsArbitrary, specArbitrary, fc.constantFrom('f' as const, 'm' as const, 'fm' as const), (rows, spec, y) => {
        const grid = describeRfmGrid(totalsOf(rows), spec)
        const pivot = pivotRfmGrid(grid, { y })
        expect(pivot.cells).toHaveLength(pivot.rBins * pivot.yBins)
        pivot.cells.forEach((cell, i) => expect((cell.y - 1) * pivot.rBins + cell.r - 1).toBe(i))
        for (const measure of ['customers', 'orders', 'revenue'] as const) expect(sum(pivot.cells.map((cell) => cell[measure]))).toBe(grid.totals[measure])
        for (const cell of pivot.cells) expect(cell.meanRevenue).toBe(cell.customers > 0 ? cell.revenue / cell.customers : null)
      }),
    )
  })

  it('rounds a half of (F + M) / 2 up', () => {
    // Two customers: R, F, M of 5 by quintiles of two values are 5 / 1, 1 / 3, 1 / 3.
    const grid = describeRfmGrid(totalsOf([{ recencyDays: 1, orders: 1, revenue: 900 }, { recencyDays: 1, orders: 2, revenue: 100 }]), { ...base, scoring: { method: 'thresholds', recencyDays: [9], frequency: [1], monetary: [500] } })
    expect(Array.from(grid.cells.f, (f, i) => [f, grid.cells.m[i]])).toEqual([[1, 2], [2, 1]])
    expect(pivotRfmGrid(grid, { y: 'fm' }).cells.map((cell) => cell.customers)).toEqual([0, 0, 0, 2])
  })

  it('reads F and M of different scales on the finer one', () => {
    expect(fmOf({ r: 5, f: 5, m: 10 }, 1, 1)).toBe(2)
    expect(fmOf({ r: 5, f: 10, m: 2 }, 3, 2)).toBe(7)
    expect(fmOf({ r: 5, f: 5, m: 5 }, 2, 5)).toBe(4)
  })

  it('says how many customers of a cell are in its segment, all of them where the map looks at R and FM', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const grid = describeRfmGrid(totalsOf(rows), base)
        for (const cell of pivotRfmGrid(grid, { y: 'fm' }).cells) expect(cell.customersInSegment).toBe(cell.customers)
        for (const cell of pivotRfmGrid(grid, { y: 'f' }).cells) {
          const inside = Array.from(grid.cells.customers).filter((_, i) => grid.cells.r[i] === cell.r && grid.cells.f[i] === cell.y && grid.cells.segment[i] === cell.segment)
          expect(cell.customersInSegment).toBe(sum(inside))
        }
      }),
    )
  })

  it('names the segment of most customers of a cell', () => {
    const row = { recencyDays: 1, orders: 1, revenue: 100 }
    const grid = describeRfmGrid(totalsOf([row, row, { ...row, revenue: 900 }]), { ...base, scoring: { method: 'thresholds', recencyDays: [9], frequency: [1], monetary: [500] } })
    const cell = pivotRfmGrid(grid).cells[1]!
    expect([cell.customers, grid.segments[cell.segment!]!.id, pivotRfmGrid(grid).cells[0]!.segment]).toEqual([3, 'potentialLoyalists', null])
  })
})
