import type { Selection, WarningCount } from '../adapter/contract.ts'
import { valueOfParts } from '../shared/exactSum.ts'
import { segmentNames } from './assignSegments.ts'
import { forEachCell } from './cells.ts'
import { binsOf } from './createRfmSpec.ts'
import { describeAxes, unreachedScores } from './describeAxes.ts'
import { describeCells } from './describeCells.ts'
import type { GridSums } from './gridSums.ts'
import type { RfmGridResult, RfmGroup, RfmSpec } from './rfm.types.ts'

/** The only place where sums become meaning, for both ways of counting. */
export function finishRfmGrid(sums: GridSums, spec: RfmSpec, selection: Selection | null, money: { readonly currency: string; readonly scale: number }): RfmGridResult {
  const bins = binsOf(spec.scoring)
  const meaning = describeCells(spec, bins)
  const used: { readonly r: number; readonly f: number; readonly m: number; readonly cell: number }[] = []
  forEachCell(bins, (r, f, m, cell) => {
    if (sums.customers[cell]! > 0) used.push({ r, f, m, cell })
  })
  let rounded = 0
  /** Adds up cells; revenue stays in two exact parts until the end. */
  const add = (cells: readonly number[]): RfmGridResult['totals'] => {
    let [customers, orders, recencyDays, high, low] = [0, 0, 0, 0, 0]
    for (const cell of cells) {
      customers += sums.customers[cell]!
      orders += sums.orders[cell]!
      recencyDays += sums.recencyDays[cell]!
      high += sums.revenueHigh[cell]!
      low += sums.revenueLow[cell]!
    }
    const revenue = valueOfParts(high, low)
    if (Math.abs(revenue) > Number.MAX_SAFE_INTEGER) rounded++
    return { customers, orders, revenue, recencyDays }
  }
  const cellSums = used.map(({ cell }) => add([cell]))
  const column = (name: keyof RfmGridResult['totals']): Float64Array => Float64Array.from(cellSums, (cell) => cell[name])
  const totals = Object.freeze(add(used.map(({ cell }) => cell)))
  const group = <Name extends { readonly id: string; readonly name: string }>(named: Name, index: number, groupOfCell: Uint8Array): Name & RfmGroup => {
    const part = add(used.filter(({ cell }) => groupOfCell[cell] === index).map(({ cell }) => cell))
    return Object.freeze({
      ...named,
      ...part,
      shareOfCustomers: totals.customers > 0 ? part.customers / totals.customers : null,
      shareOfRevenue: totals.revenue > 0 ? part.revenue / totals.revenue : null,
    })
  }
  const segments = segmentNames(spec.segments).map((named, index) => group(named, index, meaning.segment))
  const tiers = spec.tiers.map(({ id, name = id, from }, index) => group({ id, name, from }, index, meaning.tier))
  const [r, f, m] = (['r', 'f', 'm'] as const).map((axis) => Uint8Array.from(used, (one) => one[axis])) as [Uint8Array, Uint8Array, Uint8Array]
  const axes = describeAxes(spec, bins, sums.cuts, [r, f, m], totals.customers, sums.within)
  const warnings: WarningCount[] = [...sums.counts, ...unreachedScores(axes, totals.customers)]
  if (rounded > 0) warnings.push({ code: 'SUM_ROUNDED', count: rounded })
  return Object.freeze({
    kind: 'rfm-grid',
    version: 1,
    spec,
    selection,
    currency: money.currency,
    scale: money.scale,
    axes,
    cells: Object.freeze({
      count: used.length,
      r,
      f,
      m,
      customers: column('customers'),
      orders: column('orders'),
      revenue: column('revenue'),
      recencyDays: column('recencyDays'),
      segment: Uint8Array.from(used, ({ cell }) => meaning.segment[cell]!),
      tier: Uint8Array.from(used, ({ cell }) => meaning.tier[cell]!),
      composite: Float64Array.from(used, ({ cell }) => meaning.composite[cell]!),
    }),
    totals,
    segments: Object.freeze(segments),
    tiers: Object.freeze(tiers),
    warnings: Object.freeze(warnings),
  })
}
