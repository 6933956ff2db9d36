import type { RfmField } from './whatIf.types.ts'
import type { RfmPivotAxis, SegmentRule } from './rfm.types.ts'

/** What a customer is explained from. */
export interface RfmCustomer {
  readonly recencyDays: number
  readonly orders: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
}

/** A border beside a value: what score lies beyond it, and how far it is. */
export interface RfmStep {
  readonly score: number
  /** The first value that has the score, in the unit of the field: a whole number of days, orders or money units. */
  readonly value: number
  /** Always positive: days less or more, orders, money units. */
  readonly distance: number
}

export interface RfmAxisReason {
  readonly field: RfmField
  readonly value: number
  readonly score: number
  readonly bins: number
  /** `above < value <= upTo`, the range that has this score; null = open. */
  readonly above: number | null
  readonly upTo: number | null
  /** The next higher score that some value has, and the next lower; null at the ends. */
  readonly better: RfmStep | null
  readonly worse: RfmStep | null
}

/** One step on one axis, the other measures as they are, that would change the segment. It may cross several scores. */
export interface RfmSegmentChange {
  readonly axis: 'r' | 'f' | 'm'
  readonly direction: 'better' | 'worse'
  readonly to: { readonly id: string; readonly name: string }
  readonly step: RfmStep
}

/** Why a customer is in a segment. */
export interface RfmExplanation {
  readonly kind: 'rfm-explanation'
  readonly version: 1
  readonly currency: string
  readonly scale: number
  readonly scores: { readonly r: number; readonly f: number; readonly m: number; readonly fm: number }
  readonly bins: { readonly r: number; readonly f: number; readonly m: number }
  readonly segment: { readonly id: string; readonly name: string }
  readonly tier: { readonly id: string; readonly name: string }
  /** R + F + M, or the weighted composite. */
  readonly composite: number
  /** The rule that matched first, on the scale of its map; null = none did (`otherwise`). */
  readonly rule: SegmentRule | null
  /** Axes that the rule looks at, in the order r, f, m, fm; a range over the whole scale looks at nothing. */
  readonly decisive: readonly ('r' | RfmPivotAxis)[]
  readonly axes: { readonly r: RfmAxisReason; readonly f: RfmAxisReason; readonly m: RfmAxisReason }
  /**
   * The nearest step on each axis in each direction that leads to another segment, better before worse; within a
   * direction those that cross fewest scores first, then in the order r, f, m. Days, orders and money have no order.
   */
  readonly changes: readonly RfmSegmentChange[]
}
