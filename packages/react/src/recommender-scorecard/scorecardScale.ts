import type { Estimate } from '@crm/core/recommend'
import { roundStep } from '../rfm-distribution/barScale.ts'

/** Places on an axis as shares of its length. */
export interface ScorecardScale {
  /** 0..1 for what is on the axis. */
  readonly position: (value: number) => number
  /** Round values to write, ascending, 0 among them. */
  readonly ticks: readonly number[]
  /** Decimals that tell one tick from the next. */
  readonly digits: number
}

/** More than the longest line, so that its end is seen as one. */
const ROOM = 1.04

/**
 * An axis for figures with intervals: 0 is always on it, its ticks are round.
 *
 * @param count most steps between ticks
 */
export function scorecardScale(estimates: readonly Estimate[], count: number): ScorecardScale {
  const ends = estimates.flatMap(({ value, low, high }) => [value, low, high]).filter(Number.isFinite)
  const least = Math.min(0, ...ends) * ROOM
  const most = Math.max(0, ...ends) * ROOM
  // Hits of nobody, or of next to nobody, stand on an axis of a thousandth.
  const length = Math.max(most - least, 0.001)
  const step = roundStep(length, count)
  const first = Math.ceil(least / step)
  // A product, not a sum: 3 * 0.05 is closer to 0.15 than three additions are.
  const ticks = Array.from({ length: Math.floor((least + length) / step) - first + 1 }, (_, at) => (first + at) * step)
  // 0.05 has a logarithm of -1.3: two decimals. The small addition is for 0.001, whose logarithm is not quite -3.
  return { position: (value) => (value - least) / length, ticks, digits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) }
}
