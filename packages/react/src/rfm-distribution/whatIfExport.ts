import type { ExportColumn, ExportRow, ExportTable } from '@crm/core/export'
import type { RfmComparison } from '@crm/core/rfm'
import type { SegmentNameOf } from '../provider/useSegmentNames.ts'
import { isSameMap } from './comparedMaps.ts'
import type { WordTools } from './useRfmDistributionWords.ts'

/**
 * The segments before and after, in the order of their map. Under two maps: every flow from one to the other, those who
 * keep their segment too, so that the rows add up to all customers.
 */
export function whatIfExport({ words }: WordTools, segmentName: SegmentNameOf, comparison: RfmComparison): ExportTable {
  const { before, after, flows, currency, scale } = comparison
  const text = (name: string): ExportColumn => ({ name, type: { kind: 'text' } })
  const count = (name: string): ExportColumn => ({ name, type: { kind: 'integer' } })
  const money = (name: string): ExportColumn => ({ name, type: { kind: 'money', currency, scale } })
  if (isSameMap(comparison)) {
    const rows = after.map((group, index): ExportRow => [segmentName(group), before[index]!.customers, group.customers, before[index]!.revenue, group.revenue])
    return { columns: [text(words.segment), count(words.customersBefore), count(words.customersAfter), money(words.revenueBefore), money(words.revenueAfter)], rows, rowCount: rows.length }
  }
  const rows = flows
    .toSorted((a, b) => b.customers - a.customers || b.revenue - a.revenue)
    .map(({ from, to, customers, revenue }): ExportRow => [segmentName(before[from]!), segmentName(after[to]!), customers, revenue])
  return { columns: [text(words.flowFrom), text(words.flowTo), count(words.measureCustomers), money(words.measureRevenue)], rows, rowCount: rows.length }
}
