import { rfmBorders } from '@crm/core/rfm'
import type { RfmSpread } from '@crm/core/rfm'
import type { ScoreBounds } from '../rfm-grid/scoreRanges.ts'
import { scatterAxis } from './scatterAxis.ts'
import type { ScatterAxis } from './scatterAxis.ts'

/** Bins wanted across and up: squares of about 22 px in a picture of 760 x 400, and at most 60 x 33 elements with all cut points. */
export const BINS_WANTED = { x: 34, y: 18 } as const

/** How much longer the upper half of the values must be than the lower half for borders at growing distances. */
const SKEWED = 2.5

/**
 * The axis of one measure: round borders over the values that occur, at growing distances where most values are small.
 *
 * @param shown values of the customers in view
 * @param whole values of all customers, for the cut points of the spec: zooming in moves none
 */
export function axisOfSpread(shown: RfmSpread, whole: RfmSpread, count: number, view: ScoreBounds): ScatterAxis {
  const { field, percentiles } = shown
  const [least, most] = [percentiles[0] ?? 0, percentiles[100] ?? 0]
  const inside = (value: number): boolean => value >= least && value < most
  const [low, median, high] = [percentiles[1] ?? 0, percentiles[50] ?? 0, percentiles[99] ?? 0]
  const spacing = high - median > SKEWED * (median - low) ? 'growing' : 'even'
  const borders = percentiles.length === 0 ? [] : rfmBorders({ ...shown, cuts: whole.cuts.filter(inside) }, { count, spacing }).filter(inside)
  return scatterAxis(field, borders, least, most, whole.cuts, view)
}
