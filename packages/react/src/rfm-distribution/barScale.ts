import type { RfmField } from '@crm/core/rfm'

/** Space before the open last bar, in bars: it belongs to no even scale. */
const GAP = 0.5

/** Where values stand on an axis of bars of equal width. All places are shares of the width, 0..1. */
export interface BarScale {
  /** Upper bounds of all bars but the last, which is open. */
  readonly borders: readonly number[]
  readonly barCount: number
  readonly position: (value: number) => number
  readonly value: (position: number) => number
  /** Left and right edge of a bar. */
  readonly edges: (bar: number) => readonly [start: number, end: number]
}

/**
 * An axis on which every bar is equally wide and values run evenly inside it. Even bars make it linear, growing ones
 * roughly logarithmic. What lies beyond the last border stands apart.
 *
 * @param borders ascending, at least one
 * @param least,most smallest and largest value, which end the two open bars
 */
export function createBarScale(borders: readonly number[], least: number, most: number): BarScale {
  const barCount = borders.length + 1
  const width = barCount + GAP
  const first = borders[0] ?? 0
  const last = borders.at(-1) ?? 0
  const lowest = Math.min(least, first - (borders.length > 1 ? borders[1]! - first : 1))
  const highest = Math.max(most, last + 1)
  const ends = [lowest, ...borders, highest]
  const startOf = (bar: number): number => (bar === barCount - 1 ? bar + GAP : bar)
  return {
    borders,
    barCount,
    edges: (bar) => [startOf(bar) / width, (startOf(bar) + 1) / width],
    position(value) {
      // A border ends the bar below it.
      let bar = borders.findIndex((border) => value <= border)
      if (bar < 0) bar = barCount - 1
      const [from, to] = [ends[bar]!, ends[bar + 1]!]
      return (startOf(bar) + Math.min(Math.max((value - from) / (to - from), 0), 1)) / width
    },
    value(position) {
      const place = Math.min(Math.max(position, 0), 1) * width
      if (place >= barCount - 1) return last + Math.max(0, place - (barCount - 1 + GAP)) * (highest - last)
      const bar = Math.floor(place)
      return ends[bar]! + (place - bar) * (ends[bar + 1]! - ends[bar]!)
    },
  }
}

/** Widths that people count days in. */
const DAYS = [1, 7, 14, 30, 90, 180, 365, 730, 1825, 3650]

/** The smallest round step of which at most `count` fit into a length. */
export function roundStep(length: number, count: number, isDays = false): number {
  const fits = (step: number): boolean => length / step <= count
  const days = isDays ? DAYS.find(fits) : undefined
  if (days !== undefined) return days
  const decade = 10 ** Math.floor(Math.log10(length / count))
  return [1, 2, 5].map((mantissa) => mantissa * decade).find(fits) ?? 10 * decade
}

/** Least distance of two labels on the axis, share of the width: 40 px where a telephone is narrowest. */
const LABEL_ROOM = 0.13
/** The label of the open bar ends at the edge, so more of it stands before its bar. */
const LAST_LABEL_ROOM = 0.16

/** Round values to write under the axis, ascending, far enough from each other and from the label of the open bar. */
export function axisTicks(scale: BarScale, unit: number, field: RfmField): readonly { readonly value: number; readonly position: number }[] {
  const { borders, edges, barCount } = scale
  const [first, last] = [borders[0], borders.at(-1)]
  if (first === undefined || last === undefined) return []
  // Bars of single whole numbers are named in their middle, all others at their edges.
  const isWhole = field === 'recencyDays' || field === 'orders'
  const isSingle = isWhole && borders.every((border, i) => i === 0 || border === borders[i - 1]! + 1)
  const place = (value: number): number => scale.position(isSingle ? value - 0.5 : value)
  const candidates = isEven(borders) ? multiples(first, last, unit, field) : byRoundness(borders, unit)
  const ticks: { value: number; position: number }[] = []
  for (const value of candidates) {
    const position = place(value)
    if (position > (value === 0 ? -1 : 0) && position < edges(barCount - 1)[0] - LAST_LABEL_ROOM && ticks.every((tick) => Math.abs(tick.position - position) >= LABEL_ROOM)) ticks.push({ value, position })
  }
  return ticks.sort((a, b) => a.position - b.position)
}

function multiples(first: number, last: number, unit: number, field: RfmField): number[] {
  const low = Math.min(first, 0)
  const step = Math.max(roundStep((last - low) / unit, 7, field === 'recencyDays'), unit === 1 ? 1 : 0) * unit
  const from = Math.ceil(low / step)
  const ticks = Array.from({ length: Math.max(0, Math.floor(last / step) - from + 1) }, (_, i) => (from + i) * step)
  return field === 'orders' ? [1, ...ticks.filter((tick) => tick > 0)] : ticks
}

/** 1, 10, 100 before 5, 50, 500 before 2, 20, 200 before all others. */
function byRoundness(borders: readonly number[], unit: number): number[] {
  const rank = (value: number): number => {
    if (value === 0) return -1
    const mantissa = Number((Math.abs(value / unit)).toExponential().split('e')[0])
    const place = [1, 5, 2].indexOf(mantissa)
    return place < 0 ? 3 : place
  }
  return borders.toSorted((a, b) => rank(a) - rank(b) || a - b)
}

/** Bars of one width? Cut points that were put among them are no bars. */
function isEven(borders: readonly number[]): boolean {
  const step = borders.length > 1 ? borders[1]! - borders[0]! : 0
  return borders.every((border, i) => i === 0 || Math.abs(border - borders[i - 1]! - step) <= 1e-9 * Math.abs(border))
}
