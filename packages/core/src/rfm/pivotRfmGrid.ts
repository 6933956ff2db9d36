import { meanScore, rescaleScore } from './cells.ts'
import type { RfmBins, RfmGridResult, RfmPivot, RfmPivotAxis, RfmPivotCell } from './rfm.types.ts'

/**
 * The grid as a table of recency against one other axis: R x F, R x M or R x FM.
 *
 * @param options `y`: which axis stands against recency, default `f`
 * @returns frozen, dense; cell (r, y) at `(y - 1) * rBins + (r - 1)`, empty cells with `customers: 0`
 * @example pivotRfmGrid(grid, { y: 'fm' }).cells[0] // { r: 1, y: 1, customers: 12, ... }
 */
export function pivotRfmGrid(grid: RfmGridResult, options: { readonly y?: RfmPivotAxis } = {}): RfmPivot {
  const { y = 'f' } = options
  const { cells, axes, segments } = grid
  const bins = { r: axes.r.bins, f: axes.f.bins, m: axes.m.bins }
  const yBins = y === 'fm' ? fmBins(bins) : bins[y]
  const members: number[][] = Array.from({ length: bins.r * yBins }, () => [])
  for (let i = 0; i < cells.count; i++) {
    const row = y === 'fm' ? fmOf(bins, cells.f[i]!, cells.m[i]!) : cells[y][i]!
    members[(row - 1) * bins.r + cells.r[i]! - 1]!.push(i)
  }
  return Object.freeze({
    kind: 'rfm-pivot',
    version: 1,
    y,
    rBins: bins.r,
    yBins,
    cells: Object.freeze(
      members.map((inside, index): RfmPivotCell => {
        let [customers, orders, revenue] = [0, 0, 0]
        const bySegment = segments.map(() => 0)
        for (const i of inside) {
          customers += cells.customers[i]!
          orders += cells.orders[i]!
          revenue += cells.revenue[i]!
          bySegment[cells.segment[i]!]! += cells.customers[i]!
        }
        const inSegment = Math.max(...bySegment)
        return Object.freeze({
          r: (index % bins.r) + 1,
          y: Math.floor(index / bins.r) + 1,
          customers,
          orders,
          revenue,
          meanRevenue: customers > 0 ? revenue / customers : null,
          segment: customers > 0 ? bySegment.indexOf(inSegment) : null,
          customersInSegment: inSegment,
        })
      }),
    ),
  })
}

/** Where F and M have different scales, both are read on the finer one. */
export function fmBins(bins: RfmBins): number {
  return Math.max(bins.f, bins.m)
}

export function fmOf(bins: RfmBins, f: number, m: number): number {
  const scale = fmBins(bins)
  return meanScore(rescaleScore(f, bins.f, scale), rescaleScore(m, bins.m, scale))
}
