import type { RfmGridResult, RfmGroup } from '@crm/core/rfm'
import type { SegmentNameOf } from '../provider/useSegmentNames.ts'

/** What customers are put into: the segments of the map, or value tiers. */
export type SegmentGrouping = 'segments' | 'tiers'

/** Figures of a group of customers, as they are compared. */
export interface SegmentFigures {
  readonly customers: number
  /** 0..1; null when there are no customers at all. */
  readonly shareOfCustomers: number | null
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
  /** null when the total revenue is 0 or less. */
  readonly shareOfRevenue: number | null
  /** 10^-scale currency units with a fraction; null without customers, as are the other means. */
  readonly meanRevenue: number | null
  /** Share of revenue / share of customers: 2.9 = each brings 2.9 times what the average customer does. */
  readonly timesAverage: number | null
  readonly ordersPerCustomer: number | null
  readonly meanRecencyDays: number | null
}

/** One segment or value tier. */
export interface SegmentRow extends SegmentFigures {
  readonly id: string
  /** In the language of the provider. */
  readonly name: string
}

/** Segments or tiers of a grid with their shares and means, in the order of the map. */
export function segmentRows(result: RfmGridResult, group: SegmentGrouping, segmentName: SegmentNameOf): readonly SegmentRow[] {
  return result[group].map((one) => Object.freeze({ id: one.id, name: segmentName(one), ...figuresOf(one) }))
}

/** All customers of a grid, as if they were one group. */
export function segmentTotal({ totals }: RfmGridResult): SegmentFigures {
  return figuresOf({ ...totals, shareOfCustomers: totals.customers > 0 ? 1 : null, shareOfRevenue: totals.revenue > 0 ? 1 : null })
}

function figuresOf(group: Omit<RfmGroup, 'id' | 'name'>): SegmentFigures {
  const { customers, shareOfCustomers, revenue, shareOfRevenue } = group
  const mean = (sum: number): number | null => (customers === 0 ? null : sum / customers)
  return {
    customers,
    shareOfCustomers,
    revenue,
    shareOfRevenue,
    meanRevenue: mean(revenue),
    timesAverage: customers === 0 || shareOfCustomers === null || shareOfRevenue === null ? null : shareOfRevenue / shareOfCustomers,
    ordersPerCustomer: mean(group.orders),
    meanRecencyDays: mean(group.recencyDays),
  }
}
