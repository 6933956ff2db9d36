import type { Selection, WarningCount } from '../adapter/contract.ts'

/** How many scores each axis has, 2..10. */
export interface RfmBins {
  readonly r: number
  readonly f: number
  readonly m: number
}

/**
 * How values become scores 1..bins. More recent, more often, more money score higher.
 *
 * - `quantile`: cut points are values at ranks i/bins of the customers scored; equal values stay together.
 * - `percentiles`: cut points are values at the percents given, ascending between 0 and 100 with at most two decimals;
 *   n percents make n + 1 scores. Ties as in `quantile`. `recencyDays: [20]` cuts off the fifth that bought last.
 * - `thresholds`: cut points as given, ascending; a value on a cut belongs to the side below it. `recencyDays` in days,
 *   `frequency` in orders, `monetary` in 10^-scale currency units. n cut points make n + 1 scores.
 * - `nested`: as `quantile`, but F is cut within each R score and M within each R and F score, so every score holds
 *   about as many customers. Two customers who differ in R may have the same F score for different numbers of orders.
 *
 * For comparison with other tools:
 * - `r-rfm`: the cut points of R's `rfm` 0.3.0: type-7 quantiles + 1, a value on a cut belongs to the side above it.
 *   Needs `frequency: 'all'` and `monetary: 'sum'`.
 * - `pymc-marketing`: `rfm_segments` of pymc-marketing: type-7 quartiles, equal ones dropped, scores counted from 1
 *   upward, so that ties cost the highest scores. With `order: 'day'` and `monetary: 'mean'` it is that tool's answer.
 * - `ntile`: SQL's `NTILE(bins)` by value, then by customer id: equal shares, for which equal customers are split.
 *
 * `nested`, `r-rfm`, `pymc-marketing` and `ntile` need the totals of every customer: for `rfmGridFromTotalsOperation`,
 * not for `rfmGridOperation`.
 */
export type RfmScoring =
  | { readonly method: 'quantile' | 'nested' | 'r-rfm' | 'ntile'; readonly bins: number | RfmBins }
  | { readonly method: 'pymc-marketing' }
  | ({ readonly method: 'thresholds' } & RfmCutLists)
  | ({ readonly method: 'percentiles' } & RfmCutLists)

/** Where each axis is cut, ascending. */
interface RfmCutLists {
  readonly recencyDays: readonly number[]
  readonly frequency: readonly number[]
  readonly monetary: readonly number[]
}

/** `sum` = R + F + M. `weighted` = 3 * weighted mean, so equal weights equal the sum. */
export type RfmComposite =
  | { readonly method: 'sum' }
  | { readonly method: 'weighted'; readonly weights: { readonly r: number; readonly f: number; readonly m: number } }

/** Lowest and highest score, both included. */
export type ScoreRange = readonly [lowest: number, highest: number]

/** Which scores make a segment. An axis left out does not matter. */
export interface SegmentRule {
  readonly id: string
  /** English name; widgets translate by `id`. */
  readonly name?: string
  readonly r?: ScoreRange
  readonly f?: ScoreRange
  readonly m?: ScoreRange
  /** (F + M) / 2, a half rounded up. */
  readonly fm?: ScoreRange
  /** Cells by name: `334`, or `10-3-4` on a scale of ten. Ranges beside them narrow further. */
  readonly codes?: readonly string[]
}

/** Segments as data. The first rule that matches names the customer. */
export interface SegmentMap {
  readonly id: string
  /** Scores per axis that the ranges are written for; a score of k bins reads as ceil(score * bins / k). */
  readonly bins: number
  readonly segments: readonly SegmentRule[]
  /** Who matches no rule. Needed unless the rules cover every cell. */
  readonly otherwise?: { readonly id: string; readonly name?: string }
}

/** A rule that names nobody, and the earlier rules that take its cells; none where no cell fits it at all. */
export interface UnreachableSegment {
  readonly id: string
  readonly shadowedBy: readonly string[]
}

/** Two rules that fit the same cells. */
export interface SegmentOverlap {
  readonly earlier: string
  readonly later: string
  /** Cells that both fit. */
  readonly cells: number
  /** Does the earlier one get all of them? Else a rule before both takes some. */
  readonly earlierWins: boolean
}

/** What a segment map does not say aloud, found by looking at every cell. */
export interface SegmentMapLint {
  readonly kind: 'segment-map-lint'
  readonly version: 1
  readonly map: string
  /** bins^3. */
  readonly cells: number
  /** Cells that a rule names. */
  readonly covered: number
  /** Codes of the others, ascending, on the scale of the map: `215`, or `2-1-5` on a scale of ten. */
  readonly uncovered: readonly string[]
  /** In the order of the map. */
  readonly unreachable: readonly UnreachableSegment[]
  /** In the order of the map. */
  readonly overlaps: readonly SegmentOverlap[]
}

/** A value tier holds composites `>= from` that no tier above it holds. */
export interface ValueTier {
  readonly id: string
  readonly name?: string
  /** Points on the scale of the sum, 3 .. r + f + m bins. */
  readonly from: number
}

/** From the highest tier to the lowest, whose `from` is at most 3. */
export type ValueTiers = readonly ValueTier[]

/** Everything that decides an RFM analysis, as plain JSON. Made by `createRfmSpec`. */
export interface RfmSpec {
  /** Reference instant, epoch milliseconds. Later lines are left out and counted. */
  readonly asOf: number
  /** IANA zone in which days are counted. */
  readonly timeZone: string
  /** Epoch milliseconds; earlier lines are left out and counted. */
  readonly from?: number
  /** What one order is. Default `orderId`. */
  readonly order: 'orderId' | 'day' | 'line'
  /** Returns lower the revenue (`net`, default) or are left out and counted (`drop`). */
  readonly returns: 'net' | 'drop'
  /** F counts all orders (default) or those after the first. */
  readonly frequency: 'all' | 'repeat'
  /** M is the revenue (default) or the revenue per order. */
  readonly monetary: 'sum' | 'mean'
  readonly scoring: RfmScoring
  readonly composite: RfmComposite
  readonly segments: SegmentMap
  readonly tiers: ValueTiers
}

/** What `createRfmSpec` needs; the rest has defaults. A finished {@link RfmSpec} is one too. */
export type RfmSpecOptions = Pick<RfmSpec, 'asOf' | 'timeZone'> & Partial<RfmSpec>

/** Totals of n customers, as columns of equal length. Days are whole days since 1970-01-01 in the zone of the spec. */
export interface CustomerTotals {
  readonly kind: 'customer-totals'
  readonly version: 1
  readonly count: number
  readonly customerIds: readonly string[]
  /** Meaningless (0) where `orders` is 0; so are `lastDay` and `recencyDays`. */
  readonly firstDay: Int32Array | Float64Array
  readonly lastDay: Int32Array | Float64Array
  /** Days from the last purchase to `asOf`. */
  readonly recencyDays: Int32Array | Float64Array
  readonly orders: Int32Array | Float64Array
  /** Integer, 10^-scale currency units; negative where returns exceed purchases. */
  readonly revenue: Float64Array
  readonly returnedRevenue: Float64Array
  readonly lines: Int32Array | Float64Array
  readonly currency: string
  readonly scale: number
  readonly warnings: readonly WarningCount[]
}

/** The three measures of n customers: what scoring needs of {@link CustomerTotals}. */
export type RfmMeasures = Pick<CustomerTotals, 'recencyDays' | 'orders' | 'revenue'> & {
  /** Decimals in `revenue`. Default 0. */
  readonly scale?: number
  /** Needed by `ntile` only, which splits equal customers by it. */
  readonly customerIds?: readonly string[]
}

export interface RfmAxis {
  readonly field: 'recencyDays' | 'orders' | 'revenue' | 'meanOrderValue'
  readonly bins: number
  /** Scores that some customer has, or can have under `thresholds`. */
  readonly effectiveBins: number
  /** Why `effectiveBins` is less than `bins`: equal values share a cut point, or there are fewer customers than bins. */
  readonly reason: 'ties' | 'fewCustomers' | null
  /**
   * bins - 1 upper bounds, ascending, in the unit of `field`. Empty when nobody is scored, under `ntile`, and where
   * `within` cuts.
   *
   * Scores that `pymc-marketing` gives nobody lie beyond cut points that no value passes, ±(2^53 - 1).
   */
  readonly cuts: readonly number[]
  /**
   * Under `nested`, F and M: cut points for each score of the axes before. F of R score r: `within[r - 1]`; M of R score
   * r and F score f: `within[(r - 1) * f.bins + f - 1]`. Empty where nobody has these scores.
   */
  readonly within?: readonly (readonly number[])[]
}

export interface RfmAxes {
  readonly r: RfmAxis
  readonly f: RfmAxis
  readonly m: RfmAxis
}

/** Scores of n customers in input order, 1..bins; 0 on all three axes = no purchase. */
export interface RfmScores {
  readonly kind: 'rfm-scores'
  readonly version: 1
  readonly bins: RfmBins
  readonly r: Uint8Array
  readonly f: Uint8Array
  readonly m: Uint8Array
  /** r + f + m. */
  readonly sum: Uint8Array
  readonly axes: RfmAxes
  readonly warnings: readonly WarningCount[]
}

/** A named group of customers and what they brought. */
export interface RfmGroup {
  readonly id: string
  readonly name: string
  readonly customers: number
  readonly orders: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
  /** Sum over the customers, days. */
  readonly recencyDays: number
  /** 0..1; null when there are no customers. */
  readonly shareOfCustomers: number | null
  /** null when the total revenue is 0 or less. */
  readonly shareOfRevenue: number | null
}

export interface RfmTierGroup extends RfmGroup {
  /** Points of the composite, included. */
  readonly from: number
}

/** Segment and tier of n customers in input order. -1 = no purchase. */
export interface RfmSegments {
  readonly kind: 'rfm-segments'
  readonly version: 1
  readonly segments: readonly { readonly id: string; readonly name: string }[]
  readonly tiers: readonly { readonly id: string; readonly name: string; readonly from: number }[]
  /** Index into `segments`. */
  readonly segment: Int8Array
  /** Index into `tiers`. */
  readonly tier: Int8Array
  /** NaN-free: 0 where there is no purchase. */
  readonly composite: Float64Array
}

/** The cells that hold customers, as columns of equal length `count`, ascending by r, f, m. */
export interface RfmCells {
  readonly count: number
  readonly r: Uint8Array
  readonly f: Uint8Array
  readonly m: Uint8Array
  readonly customers: Float64Array
  readonly orders: Float64Array
  /** Integer, 10^-scale currency units. */
  readonly revenue: Float64Array
  /** Sum over the customers of the cell, days. */
  readonly recencyDays: Float64Array
  /** Index into `segments`. */
  readonly segment: Uint8Array
  /** Index into `tiers`. */
  readonly tier: Uint8Array
  readonly composite: Float64Array
}

export interface RfmGridResult {
  readonly kind: 'rfm-grid'
  readonly version: 1
  readonly spec: RfmSpec
  /** Whom the grid was asked for; null = all customers. */
  readonly selection: Selection | null
  readonly currency: string
  readonly scale: number
  readonly axes: RfmAxes
  readonly cells: RfmCells
  /** Customers with a purchase. */
  readonly totals: { readonly customers: number; readonly orders: number; readonly revenue: number; readonly recencyDays: number }
  /** In the order of the map; `otherwise` last. Segments without customers are listed too. */
  readonly segments: readonly RfmGroup[]
  readonly tiers: readonly RfmTierGroup[]
  readonly warnings: readonly WarningCount[]
}

export interface RfmGridRequest {
  readonly spec: RfmSpecOptions
  /** Narrows the customers before cut points are taken. */
  readonly selection?: Selection
}

export interface RfmScoresRequest {
  readonly spec: RfmSpecOptions
  readonly selection?: Selection
}

/** Totals, scores and segment of every customer asked for. */
export interface RfmScoreTable {
  readonly kind: 'rfm-score-table'
  readonly version: 1
  readonly spec: RfmSpec
  readonly totals: CustomerTotals
  readonly scores: RfmScores
  readonly segments: RfmSegments
  readonly warnings: readonly WarningCount[]
}

/** Which axis stands against recency. `fm` = (F + M) / 2, a half rounded up. */
export type RfmPivotAxis = 'f' | 'm' | 'fm'

export interface RfmPivotCell {
  readonly r: number
  readonly y: number
  readonly customers: number
  readonly orders: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
  /** Revenue per customer, 10^-scale currency units; null without customers. */
  readonly meanRevenue: number | null
  /** Index into `segments` of the segment that most customers of the cell have; null without customers. */
  readonly segment: number | null
  /** How many of the customers of the cell are in that segment: all of them where the map looks at no further score. */
  readonly customersInSegment: number
}

/** A dense table: the cell of scores r, y stands at `(y - 1) * rBins + (r - 1)`. */
export interface RfmPivot {
  readonly kind: 'rfm-pivot'
  readonly version: 1
  readonly y: RfmPivotAxis
  readonly rBins: number
  readonly yBins: number
  readonly cells: readonly RfmPivotCell[]
}

/** Scores wanted, one score or a range; an axis left out does not matter. */
export interface RfmCellPick {
  readonly r?: number | ScoreRange
  readonly f?: number | ScoreRange
  readonly m?: number | ScoreRange
  readonly fm?: number | ScoreRange
}

/** What a user points at in the grid. */
export type RfmPick = RfmCellPick | { readonly cells: readonly RfmCellPick[] } | { readonly segment: string } | { readonly tier: string }
