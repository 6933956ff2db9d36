import { InvalidInputError } from '../errors/index.ts'
import { isWhole } from './cells.ts'
import { effectiveCut } from './measureBins.ts'
import type { RfmSpread } from './whatIf.types.ts'

export interface RfmBordersOptions {
  /** Bars wanted, 2..60. Default 40. Fewer where the values are few, never more than 60. */
  readonly count?: number
  /**
   * `even`: bars of one width, the default. `growing`: widths grow with the value, for measures where most customers
   * are small and few are large.
   */
  readonly spacing?: 'even' | 'growing'
}

const MOST_BARS = 60

/** Widths below a year that people count days in: days, weeks, months, quarters. */
const DAY_STEPS = [1, 2, 7, 14, 30, 60, 90, 180]

/** Ways to cut a decade at growing distances, from rough to fine. */
const DECADES = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8]]

/**
 * Round upper bounds for the bars of a histogram: days in days, weeks or months, whole orders, money in steps of 1, 2
 * or 5.
 *
 * They run from the first to the ninety-ninth percentile, so a few large customers do not press all others into one
 * bar; what lies beyond is in the first and the last bar, which are open. The cuts of the spec are always among them.
 *
 * @param spread of `rfmSpreadOperation`
 * @returns frozen, ascending, without repeats; only the cuts of the spec when nobody bought
 * @throws InvalidInputError `OPTION_INVALID` for a count out of range
 * @example rfmBorders(spread) // [7, 14, 21, 28, 30, 35, ...]
 */
export function rfmBorders(spread: RfmSpread, options: RfmBordersOptions = {}): readonly number[] {
  const { count = 40, spacing = 'even' } = options
  if (!isWhole(count, 2, MOST_BARS)) {
    throw new InvalidInputError('OPTION_INVALID', `\`count\` must be a whole number of 2 to ${MOST_BARS}, got ${count}. More bars cannot be told apart. Choose such a number.`)
  }
  const { field, percentiles, cuts } = spread
  const own = cuts.map((cut) => effectiveCut(field, cut))
  if (percentiles.length === 0) return ascending(own)
  // Forty bars for two amounts of money would be thirty-eight empty ones. Days and orders have few values of their own.
  const isMoney = field === 'revenue' || field === 'meanOrderValue'
  const wanted = isMoney ? Math.min(count, Math.max(5, new Set(percentiles).size)) : count
  const ways = (spacing === 'even' ? evenWays : growingWays)(spread)
  // The cuts of the spec come on top, so the number of bars is known only when both are joined.
  const fitting = ways.map((borders) => ({ bars: borders.length + 1, borders: ascending([...borders, ...own]) })).filter(({ borders }) => borders.length < MOST_BARS)
  const farFrom = (bars: number): number => Math.abs(Math.log(bars / wanted))
  const best = fitting.reduce<(typeof fitting)[number] | null>((found, one) => (found === null || farFrom(one.bars) < farFrom(found.bars) ? one : found), null)
  return best?.borders ?? ascending(own)
}

function evenWays(spread: RfmSpread): number[][] {
  const { percentiles } = spread
  const [low, high] = [percentiles[1]!, percentiles[99]!]
  return stepsOf(spread, Math.max(high - low, high)).flatMap((step) => {
    const first = firstBorder(spread, low, step)
    const count = Math.max(1, Math.ceil(high / step) - first + 1)
    // Counted before they are made: the step of a penny up to a fortune would be a list of billions.
    // Multiples, not sums: a step is added once.
    return count < MOST_BARS ? [Array.from({ length: count }, (_, i) => (first + i) * step + 0)] : []
  })
}

/** The number of steps up to the first border. */
function firstBorder({ field, percentiles }: RfmSpread, low: number, step: number): number {
  const first = Math.ceil(low / step)
  // Today is a day of the first week, not a bar of its own; whoever gave all back is apart from who left a little.
  if (field === 'recencyDays' && step > 1) return Math.max(1, first)
  return percentiles[0]! <= 0 ? Math.min(first, 0) : first
}

/** Widths worth trying for a range, ascending: 1-2-5 of days beyond the calendar's own, of orders, of the least unit of money. */
function stepsOf({ field }: RfmSpread, range: number): readonly number[] {
  const isDays = field === 'recencyDays'
  const steps: number[] = isDays ? [...DAY_STEPS] : []
  for (let decade = isDays ? 365 : 1; decade <= Math.max(365, 10 * range); decade *= 10) steps.push(decade, 2 * decade, 5 * decade)
  return steps
}

function growingWays({ field, percentiles }: RfmSpread): number[][] {
  const [least, low, high] = [percentiles[0]!, percentiles[1]!, percentiles[99]!]
  const top = Math.max(1, high)
  const bottom = Math.max(1, low)
  return DECADES.map((mantissas) => {
    const borders: number[] = least <= 0 && field !== 'orders' ? [0] : []
    for (let decade = 10 ** Math.floor(Math.log10(bottom)); borders.length === 0 || borders.at(-1)! < top; decade *= 10) {
      for (const mantissa of mantissas) {
        const border = mantissa * decade
        const before = borders.at(-1) ?? -Infinity
        if (Number.isInteger(border) && border >= bottom && border > before && before < top) borders.push(border)
      }
    }
    return borders
  })
}

function ascending(values: readonly number[]): readonly number[] {
  return Object.freeze([...new Set(values)].sort((a, b) => a - b))
}
