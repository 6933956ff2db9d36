import type { WarningCount } from '../adapter/contract.ts'
import { EXACT_BASE, valueOfParts } from '../shared/exactSum.ts'
import { strangeBins } from '../shared/readBins.ts'
import type { BinsAnswer } from '../shared/readBins.ts'
import { cellOf, isWhole } from './cells.ts'
import type { CustomerTotals, RfmAxis, RfmBins, RfmScores } from './rfm.types.ts'

/** What a grid is made of, whoever counted: a sum per cell, in the order of `cellOf`; revenue in two exact parts. */
export interface GridSums {
  readonly cuts: readonly (readonly number[])[]
  /** Under `nested`, by axis. */
  readonly within?: readonly RfmAxis['within'][]
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
  // Scores not reached are counted again by who describes the grid.
  const counts = [...totals.warnings, ...scores.warnings.filter(({ code }) => code === 'TIES_SPLIT')]
  const sums = emptySums(bins, [axes.r.cuts, axes.f.cuts, axes.m.cuts], counts)
  const { customers, orders, recencyDays, revenueHigh, revenueLow } = sums
  const { revenue, orders: ordersOf, recencyDays: daysOf } = totals
  for (let row = 0; row < r.length; row++) {
    if (r[row] === 0) continue
    const cell = cellOf(bins, r[row]!, f[row]!, m[row]!)
    customers[cell]! += 1
    orders[cell]! += ordersOf[row]!
    recencyDays[cell]! += daysOf[row]!
    const value = revenue[row]!
    // Most values are small: a division is the dearest thing in this loop.
    const high = value >= 0 && value < EXACT_BASE ? 0 : Math.floor(value / EXACT_BASE)
    revenueHigh[cell]! += high
    revenueLow[cell]! += value - high * EXACT_BASE
  }
  return { ...sums, within: [axes.r.within, axes.f.within, axes.m.within] }
}

/**
 * Puts bins of {@link GRID_MEASURES} over three axes into cells. Recency is reversed here.
 *
 * @throws DataContractError `PROTOCOL` for a bin that the request did not make
 */
export function gridSumsOfBins({ rows, cuts, counts }: BinsAnswer, bins: RfmBins): GridSums {
  const sums = emptySums(bins, cuts, counts)
  for (const [a, b, c, customers, revenueHigh, revenueLow, ordersHigh, ordersLow, daysHigh, daysLow] of rows as readonly Row[]) {
    const [r, f, m] = [bins.r - a, b + 1, c + 1]
    if (!(isWhole(r, 1, bins.r) && isWhole(f, 1, bins.f) && isWhole(m, 1, bins.m))) throw strangeBins()
    const cell = cellOf(bins, r, f, m)
    sums.customers[cell]! += customers
    sums.orders[cell]! += valueOfParts(ordersHigh, ordersLow)
    sums.recencyDays[cell]! += valueOfParts(daysHigh, daysLow)
    sums.revenueHigh[cell]! += revenueHigh
    sums.revenueLow[cell]! += revenueLow
  }
  return sums
}

type Row = readonly [number, number, number, number, number, number, number, number, number, number]

/** Zeros to add up in. */
export function emptySums(bins: RfmBins, cuts: readonly (readonly number[])[], counts: readonly WarningCount[]): GridSums {
  const column = (): Float64Array => new Float64Array(bins.r * bins.f * bins.m)
  return { cuts, counts, customers: column(), orders: column(), recencyDays: column(), revenueHigh: column(), revenueLow: column() }
}
