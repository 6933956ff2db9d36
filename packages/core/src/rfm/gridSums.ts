import type { Column, WarningCount } from '../adapter/contract.ts'
import { DataContractError } from '../errors/index.ts'
import type { BinsAnswer } from '../shared/batches.ts'
import { valueAt } from '../shared/columns.ts'
import { EXACT_BASE, valueOfParts } from '../shared/exactSum.ts'
import { cellOf } from './cells.ts'
import type { CustomerTotals, RfmBins, RfmScores } from './rfm.types.ts'

/** What a grid is made of, whoever counted: a sum per cell, in the order of `cellOf`; revenue in two exact parts. */
export interface GridSums {
  readonly cuts: readonly (readonly number[])[]
  readonly customers: Float64Array
  readonly orders: Float64Array
  readonly recencyDays: Float64Array
  readonly revenueHigh: Float64Array
  readonly revenueLow: Float64Array
  readonly counts: readonly WarningCount[]
}

/** Measures summed in every bin, in this order. */
export const GRID_MEASURES = ['revenue', 'orders', 'recencyDays'] as const

/** Counts cells over customers in memory. */
export function gridSumsOfTotals(totals: CustomerTotals, scores: RfmScores): GridSums {
  const { bins, r, f, m, axes } = scores
  const sums = emptySums(bins, [axes.r.cuts, axes.f.cuts, axes.m.cuts], totals.warnings)
  for (let row = 0; row < r.length; row++) {
    if (r[row] === 0) continue
    const cell = cellOf(bins, r[row]!, f[row]!, m[row]!)
    const high = Math.floor(totals.revenue[row]! / EXACT_BASE)
    sums.customers[cell]! += 1
    sums.orders[cell]! += totals.orders[row]!
    sums.recencyDays[cell]! += totals.recencyDays[row]!
    sums.revenueHigh[cell]! += high
    sums.revenueLow[cell]! += totals.revenue[row]! - high * EXACT_BASE
  }
  return sums
}

/**
 * Puts the bins of a backend into cells. Recency is reversed here.
 *
 * @throws DataContractError `PROTOCOL` for a bin that the request did not make
 */
export function gridSumsOfBins({ axes, customers, sums, cuts, counts }: BinsAnswer, bins: RfmBins): GridSums {
  const grid = emptySums(bins, cuts, counts)
  const [byR, byF, byM] = axes
  const [revenue, orders, recencyDays] = sums
  for (let row = 0; row < customers.length; row++) {
    const r = bins.r - binAt(byR, row)
    const f = binAt(byF, row) + 1
    const m = binAt(byM, row) + 1
    // A wrong number of axes or sums ends here too: undefined has no value.
    if (!(r >= 1 && r <= bins.r && f >= 1 && f <= bins.f && m >= 1 && m <= bins.m && sums.length === GRID_MEASURES.length)) {
      throw new DataContractError('PROTOCOL', 'The data source answered bins nobody asked for. Its figures have no place. Check the adapter with the test kit.')
    }
    const cell = cellOf(bins, r, f, m)
    grid.customers[cell]! += customers[row]!
    grid.orders[cell]! += valueOfParts(orders![row]!.high, orders![row]!.low)
    grid.recencyDays[cell]! += valueOfParts(recencyDays![row]!.high, recencyDays![row]!.low)
    grid.revenueHigh[cell]! += revenue![row]!.high
    grid.revenueLow[cell]! += revenue![row]!.low
  }
  return grid
}

/** NaN where there is no bin: no column, NULL, or no whole number. */
function binAt(axis: Column | undefined, row: number): number {
  const bin = axis ? valueAt(axis, row) : null
  return Number.isInteger(bin) ? (bin as number) : NaN
}

function emptySums(bins: RfmBins, cuts: readonly (readonly number[])[], counts: readonly WarningCount[]): GridSums {
  const column = (): Float64Array => new Float64Array(bins.r * bins.f * bins.m)
  return { cuts, counts, customers: column(), orders: column(), recencyDays: column(), revenueHigh: column(), revenueLow: column() }
}
