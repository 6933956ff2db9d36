import type { ExportColumn, ExportRow, ExportTable } from '@crm/core/export'
import type { RfmField } from '@crm/core/rfm'
import type { CrmMessages } from '../messages/index.ts'
import type { RfmScatterView } from './rfmScatterModel.ts'
import type { RfmScatterPoints } from './scatterPoints.ts'
import { axisTitleOf } from './useRfmScatterWords.ts'
import type { ScatterWords } from './useRfmScatterWords.ts'

/**
 * What the picture shows: the squares that hold customers, from the top, each with its ranges in words and every number
 * of it; or, where single customers are drawn, these, in the order of the horizontal axis.
 */
export function scatterExport(tools: ScatterWords, columnWords: CrmMessages['exportMenu'], view: RfmScatterView, points: RfmScatterPoints | null): ExportTable {
  return points === null ? squares(tools, columnWords, view) : customers(tools, view, points)
}

function squares(tools: ScatterWords, columnWords: CrmMessages['exportMenu'], view: RfmScatterView): ExportTable {
  const { words } = tools
  const { density } = view
  const columns: ExportColumn[] = [
    { name: axisTitleOf(tools, view.x.field, density), type: { kind: 'text' } },
    { name: axisTitleOf(tools, view.y.field, density), type: { kind: 'text' } },
    { name: words.measureCustomers, type: { kind: 'integer' } },
    { name: words.measureRevenue, type: moneyOf(view) },
    { name: columnWords.shareOfCustomers, type: { kind: 'number' } },
    { name: columnWords.shareOfRevenue, type: { kind: 'number' } },
  ]
  const { customers: all, revenue: total } = density.totals
  const rows = view.bins.flat().filter((bin) => bin.customers > 0).map(({ place, customers, revenue }): ExportRow => {
    const [column, row] = [view.columns[place.column]!, view.rows[place.row]!]
    return [column.rangeText, row.rangeText, customers, revenue, customers / all, total > 0 ? revenue / total : null]
  })
  return { columns, rows, rowCount: rows.length }
}

function customers(tools: ScatterWords, view: RfmScatterView, { list }: RfmScatterPoints): ExportTable {
  const { density } = view
  const hasNames = list.some(({ title, customerId }) => title !== customerId)
  const measure = (field: RfmField): ExportColumn => {
    const isMoney = field === 'revenue' || field === 'meanOrderValue'
    return { name: isMoney ? (field === 'revenue' ? tools.words.revenue : tools.words.mean) : axisTitleOf(tools, field, density), type: isMoney ? moneyOf(view) : { kind: 'integer' } }
  }
  const columns: ExportColumn[] = [
    { name: tools.words.customerId, type: { kind: 'id' } },
    ...(hasNames ? [{ name: tools.words.customerName, type: { kind: 'text' } } as const] : []),
    measure('recencyDays'),
    measure('orders'),
    measure('revenue'),
    measure('meanOrderValue'),
  ]
  const rows = list.map(({ customerId, title, recencyDays, orders, revenue, meanOrderValue }): ExportRow => [
    customerId,
    ...(hasNames ? [title === customerId ? null : title] : []),
    recencyDays,
    orders,
    revenue,
    meanOrderValue,
  ])
  return { columns, rows, rowCount: rows.length }
}

function moneyOf({ density: { currency, scale } }: RfmScatterView): { readonly kind: 'money'; readonly currency: string; readonly scale: number } {
  return { kind: 'money', currency, scale }
}
