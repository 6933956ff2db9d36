import type { RfmComparison } from '@crm/core/rfm'

/** Do both sides of a comparison name the same segments? Then they stand in one table, else side by side. */
export function isSameMap({ before, after }: RfmComparison): boolean {
  return before.length === after.length && before.every(({ id }, index) => after[index]!.id === id)
}

/** Who changes segment, the most customers first. */
export function movingFlows({ before, after, flows }: RfmComparison): RfmComparison['flows'] {
  return flows.filter(({ from, to }) => before[from]!.id !== after[to]!.id).toSorted((a, b) => b.customers - a.customers || b.revenue - a.revenue)
}
