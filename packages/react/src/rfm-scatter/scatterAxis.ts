import type { RfmField } from '@crm/core/rfm'
import type { ScoreBounds } from '../rfm-grid/scoreRanges.ts'

/**
 * One axis of the picture: its bins, all drawn equally wide.
 *
 * Days, orders and money are skewed: on a straight scale nine customers of ten stand in one corner. The bins follow how
 * the values are spread instead, each border is labelled with its true value, and a value inside a bin stands in
 * proportion between the borders.
 */
export interface ScatterAxis {
  readonly field: RfmField
  /** Ascending, one more than bins: bin `i` holds `edges[i] < value <= edges[i + 1]`. The outer two only close the picture. */
  readonly edges: readonly number[]
  readonly bins: number
  /** Cut points of the spec inside the picture. */
  readonly cuts: readonly number[]
  /** All of them, those below and above the picture too: they decide which score a value has. */
  readonly allCuts: readonly number[]
  /** Bounds of the view where it shows a part of the customers; open where it shows all. */
  readonly view: ScoreBounds
}

/**
 * @param borders what the customers were counted between
 * @param least   lowest value that occurs, unit of `field`
 * @param most    highest value that occurs
 */
export function scatterAxis(
  field: RfmField,
  borders: readonly number[],
  least: number,
  most: number,
  cuts: readonly number[],
  view: ScoreBounds = {},
): ScatterAxis {
  // A whole number is drawn in the step that ends at it: one order between 0 and 1.
  const start = isWholeNumber(field) ? least - 1 : least
  const low = Math.min(start, borders[0] ?? start)
  const high = Math.max(most, borders.at(-1) ?? most)
  const edges = Object.freeze([low, ...borders, high])
  // Between two whole numbers a cut can lie anywhere and mean the same: it is drawn on the border.
  const allCuts = Object.freeze(field === 'meanOrderValue' ? [...cuts] : cuts.map(Math.floor))
  return Object.freeze({
    field,
    edges,
    bins: borders.length + 1,
    cuts: Object.freeze([...new Set(allCuts)].filter((cut) => cut > low && cut < high)),
    allCuts,
    view,
  })
}

export function isWholeNumber(field: RfmField): boolean {
  return field === 'recencyDays' || field === 'orders'
}

/** Fewer days are better, so recency runs backwards: better is on the right and above, as in the grid of scores. */
export function isReversed(axis: ScatterAxis): boolean {
  return axis.field === 'recencyDays'
}

/** Bin of a value, from 0 in order of the values: `edges[i] < value <= edges[i + 1]`, open at both ends. */
export function binOf({ edges, bins }: ScatterAxis, value: number): number {
  let [low, high] = [0, bins - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= edges[middle + 1]!) high = middle
    else low = middle + 1
  }
  return low
}

/** Where a value stands, 0..1 from the worse end of the axis to the better one. */
export function positionOf(axis: ScatterAxis, value: number): number {
  const bin = binOf(axis, value)
  const [from, to] = [axis.edges[bin]!, axis.edges[bin + 1]!]
  const inside = to > from ? Math.min(Math.max((value - from) / (to - from), 0), 1) : 0.5
  const position = (bin + inside) / axis.bins
  return isReversed(axis) ? 1 - position : position
}

/** Place of a bin in the picture, from 0 at the worse end; its own inverse. */
export function placeOfBin(axis: ScatterAxis, bin: number): number {
  return isReversed(axis) ? axis.bins - 1 - bin : bin
}

/** Values between the first and the last of these bins, as a range of customers. A side without customers beyond it is open. */
export function boundsOfBins({ edges, bins, view }: ScatterAxis, first: number, last: number): ScoreBounds {
  const above = first === 0 ? view.above : edges[first]
  const upTo = last === bins - 1 ? view.upTo : edges[last + 1]
  return { ...(above === undefined ? {} : { above }), ...(upTo === undefined ? {} : { upTo }) }
}

/** Score of the values in a bin; null where the spec does not cut this measure or cuts inside the bin. */
export function scoreOfBin(axis: ScatterAxis, bin: number): number | null {
  const { edges, allCuts, field, bins } = axis
  if (allCuts.length === 0) return null
  const isInside = (cut: number): boolean => (bin === 0 || cut > edges[bin]!) && (bin === bins - 1 || cut < edges[bin + 1]!) && cut > edges[0]! && cut < edges[bins]!
  if (allCuts.some(isInside)) return null
  return scoreOf(field, allCuts, edges[bin + 1]!)
}

function scoreOf(field: RfmField, cuts: readonly number[], value: number): number {
  const below = cuts.filter((cut) => cut < value).length
  return field === 'recencyDays' ? cuts.length + 1 - below : below + 1
}

export interface ScatterBand {
  readonly score: number
  /** 0..1, from the worse end. */
  readonly from: number
  readonly to: number
}

/** The stretches of an axis that get one score. */
export function bandsOf(axis: ScatterAxis): ScatterBand[] {
  if (axis.allCuts.length === 0) return []
  const marks = [...new Set([axis.edges[0]!, ...axis.cuts, axis.edges[axis.bins]!])]
  return marks.slice(1).map((upTo, i) => {
    const ends = [positionOf(axis, marks[i]!), positionOf(axis, upTo)]
    if (i === 0) ends[0] = isReversed(axis) ? 1 : 0
    return { score: scoreOf(axis.field, axis.allCuts, upTo), from: Math.min(...ends), to: Math.max(...ends) }
  })
}
