import type { Selection, WarningCount } from '../adapter/contract.ts'
import type { RfmAxis, RfmGroup, RfmSpec, RfmSpecOptions } from './rfm.types.ts'

/** A measure that RFM looks at. */
export type RfmField = RfmAxis['field']

export interface RfmSpreadRequest {
  readonly spec: RfmSpecOptions
  readonly selection?: Selection
  readonly field: RfmField
}

/** How one measure is spread over the customers with a purchase: what borders of a histogram are made of. */
export interface RfmSpread {
  readonly kind: 'rfm-spread'
  readonly version: 1
  readonly spec: RfmSpec
  readonly field: RfmField
  readonly currency: string
  readonly scale: number
  readonly customers: number
  /**
   * 101 values that occur, at 0, 1, 2 .. 99, 100 percent, in the unit of `field`; empty without customers. The ends are
   * the least and the greatest value of all but a ten thousandth of the customers; below 10,000 customers, simply those.
   */
  readonly percentiles: readonly number[]
  /** Cut points of the spec on this measure, ascending; empty where the spec does not cut it by itself. */
  readonly cuts: readonly number[]
  readonly warnings: readonly WarningCount[]
}

/** Ascending upper bounds per axis, in the unit of its field: bin i holds `borders[i - 1] < value <= borders[i]`; the last bin is open. */
export interface RfmBorders {
  readonly r: readonly number[]
  readonly f: readonly number[]
  readonly m: readonly number[]
}

export interface RfmCubeRequest {
  readonly spec: RfmSpecOptions
  readonly selection?: Selection
  readonly borders: RfmBorders
}

/**
 * Customers counted in many small bins over recency, frequency and monetary value: from it every choice of cut points
 * among the borders is described without asking again.
 */
export interface RfmCube {
  readonly kind: 'rfm-cube'
  readonly version: 1
  readonly spec: RfmSpec
  readonly selection: Selection | null
  readonly currency: string
  readonly scale: number
  readonly borders: RfmBorders
  /** Number of bins that hold customers; columns of this length, ascending by r, f, m. */
  readonly count: number
  /** Bins from 0 in order of the values; not scores: bin 0 of `r` is the most recent. */
  readonly r: Uint16Array
  readonly f: Uint16Array
  readonly m: Uint16Array
  readonly customers: Float64Array
  readonly orders: Float64Array
  /** Sum over the customers, days. */
  readonly recencyDays: Float64Array
  /** Exact parts: `high * 2^26 + low`, 10^-scale currency units. */
  readonly revenueHigh: Float64Array
  readonly revenueLow: Float64Array
  readonly totals: { readonly customers: number; readonly orders: number; readonly revenue: number; readonly recencyDays: number }
  readonly warnings: readonly WarningCount[]
}

/** One bar: `above < value <= upTo`; null = open. */
export interface RfmHistogramBar {
  readonly above: number | null
  readonly upTo: number | null
  readonly customers: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
}

/** Who would go where when one rule replaces another. */
export interface RfmComparison {
  readonly kind: 'rfm-comparison'
  readonly version: 1
  readonly currency: string
  readonly scale: number
  readonly before: readonly RfmGroup[]
  readonly after: readonly RfmGroup[]
  /** Only flows with customers; `from` and `to` are indexes into `before` and `after`. */
  readonly flows: readonly { readonly from: number; readonly to: number; readonly customers: number; readonly revenue: number }[]
  /** Customers whose segment id differs. */
  readonly moved: number
}

export interface RfmDensityRequest {
  readonly spec: RfmSpecOptions
  readonly selection?: Selection
  readonly x: { readonly field: RfmField; readonly borders: readonly number[] }
  readonly y: { readonly field: RfmField; readonly borders: readonly number[] }
}

/** Customers counted over two measures: the bin of column x, row y stands at `y * (x.borders.length + 1) + x`. */
export interface RfmDensity {
  readonly kind: 'rfm-density'
  readonly version: 1
  readonly spec: RfmSpec
  readonly selection: Selection | null
  readonly currency: string
  readonly scale: number
  readonly x: { readonly field: RfmField; readonly borders: readonly number[] }
  readonly y: { readonly field: RfmField; readonly borders: readonly number[] }
  readonly customers: Float64Array
  /** Integer, 10^-scale currency units. */
  readonly revenue: Float64Array
  readonly totals: { readonly customers: number; readonly revenue: number }
  readonly warnings: readonly WarningCount[]
}
