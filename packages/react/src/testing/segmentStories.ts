import type { DataAdapter } from '@crm/core/adapter'
import type { SegmentMap } from '@crm/core/rfm'
import { STORY_AS_OF, storyAdapter, storyRows } from './storyData.ts'

const DAY_MS = 86_400_000

/** One segment for everybody. */
export const ONE_SEGMENT: SegmentMap = { id: 'one', bins: 5, segments: [{ id: 'everyone', name: 'Everyone who has bought' }] }

/** Names as a host may give them: long, without a space, in several scripts. */
export const LONG_NAMES: SegmentMap = {
  id: 'long-names',
  bins: 5,
  segments: [
    { id: 'long-best', name: 'Customers who bought within the last few weeks, often, and for more than almost everybody else', r: [4, 5], fm: [4, 5] },
    { id: 'long-word', name: 'Stammkundinnen-und-Stammkundenwiedergewinnungsprogrammteilnehmende', r: [1, 3], fm: [4, 5] },
    { id: 'long-han', name: '最近半年内没有再次购买但曾经多次购买的老客户', r: [1, 2], fm: [2, 3] },
    { id: 'short', name: 'VIP', r: [5, 5] },
    { id: 'never', name: 'A segment that nobody can be in, as the ones above it take everybody', r: [5, 5], f: [1, 1] },
  ],
  otherwise: { id: 'rest', name: 'Rest' },
}

/**
 * Refunds outrun sales for customers who came long ago: their segments have a revenue below zero.
 *
 * @param share of what those customers paid that is paid back to them: 1.2 leaves the shop above zero, 9 does not
 */
export function refundingAdapter(share: number): DataAdapter {
  const { customers, transactions } = storyRows()
  const refunds = transactions.flatMap((line, index) => {
    const { at, amount, customerId, orderId } = line as unknown as { at: number; amount: number; customerId: string; orderId: string }
    const last = LAST_AT.get(customerId) ?? Math.max(...transactions.filter((one) => one['customerId'] === customerId).map((one) => Number(one['at'])))
    LAST_AT.set(customerId, last)
    return last < STORY_AS_OF - 200 * DAY_MS ? [{ lineId: `refund-${index}`, customerId, orderId, at, amount: -Math.round(amount * share) }] : []
  })
  return storyAdapter({ customers, transactions: [...transactions, ...refunds] }, `refunding-${share}`)
}

const LAST_AT = new Map<string, number>()
