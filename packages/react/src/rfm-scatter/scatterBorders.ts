import { rfmBorders } from '@crm/core/rfm'
import type { RfmSpread } from '@crm/core/rfm'
import type { ScoreBounds } from '../rfm-grid/scoreRanges.ts'
import { scatterAxis } from './scatterAxis.ts'
import type { ScatterAxis } from './scatterAxis.ts'

/** Most bins across and up: squares of about 22 px in a picture of 760 x 400, 612 elements. */
export const MOST_BINS = { x: 34, y: 18 } as const

/** Customers that an average square should hold: with fewer, most squares hold one or none and say nothing. */
const CUSTOMERS_IN_A_BIN = 3

/** How much longer the upper half of the values must be than the lower half for borders at growing distances. */
const SKEWED = 2.5

/**
 * The axis of one measure: round borders over the values that occur, at growing distances where most values are small.
 *
 * @param shown values of the customers in view
 * @param whole values of all customers, for the cut points of the spec: zooming in moves none
 */
export function axisOfSpread(shown: RfmSpread, whole: RfmSpread, most: number, view: ScoreBounds): ScatterAxis {
  const { field, percentiles, customers } = shown
  const [least, greatest] = [percentiles[0] ?? 0, percentiles[100] ?? 0]
  const inside = (value: number): boolean => value >= least && value < greatest
  const cuts = whole.cuts.filter(inside)
  const [low, median, high] = [percentiles[1] ?? 0, percentiles[50] ?? 0, percentiles[99] ?? 0]
  // Days pass evenly; a border every month is what people expect of them, and the long tail of the past is short in days.
  const spacing = field !== 'recencyDays' && high - median > SKEWED * (median - low) ? 'growing' : 'even'
  const share = Math.min(1, Math.sqrt(customers / CUSTOMERS_IN_A_BIN / (MOST_BINS.x * MOST_BINS.y)))
  const count = Math.max(6, Math.round(most * share))
  const borders = percentiles.length === 0 ? [] : withoutSlivers(rfmBorders({ ...shown, cuts }, { count, spacing }).filter(inside), cuts)
  return scatterAxis(field, borders, least, greatest, whole.cuts, view)
}

/**
 * Leaves out round borders that lie close to a cut point: the bin between them would be drawn as wide as its neighbours
 * and look deserted.
 */
function withoutSlivers(borders: readonly number[], cuts: readonly number[]): number[] {
  // A cut between two whole numbers is the border at the lower one.
  const isCut = (border: number): boolean => cuts.includes(border) || cuts.some((cut) => Math.floor(cut) === border)
  const round = borders.filter((border) => !isCut(border))
  return borders.filter((border) => {
    const at = round.indexOf(border)
    if (at < 0) return true
    const step = Math.min(border - (round[at - 1] ?? -Infinity), (round[at + 1] ?? Infinity) - border)
    return !borders.some((cut) => isCut(cut) && Math.abs(cut - border) < step / 2)
  })
}
