import type { ExportColumn, ExportRow, ExportTable } from '@crm/core/export'
import type { RfmGridResult, RfmPivotAxis } from '@crm/core/rfm'
import type { CrmMessages } from '../messages/index.ts'
import type { RfmGridTable } from './rfmGridModel.ts'
import { axisTitle } from './rfmGridWords.ts'
import type { WordTools } from './useRfmGridWords.ts'

/**
 * The cells of the grid as they are drawn, one to a row: from the highest score down, from the longest ago to the most
 * recent, with their ranges in words and every number behind them.
 */
export function gridExport(tools: WordTools, columnWords: CrmMessages['exportMenu'], result: RfmGridResult, table: RfmGridTable, y: RfmPivotAxis): ExportTable {
  const { words, text } = tools
  const money = { kind: 'money', currency: result.currency, scale: result.scale } as const
  const score = (message: string): string => text(message, { score: '' }).trim()
  const columns: ExportColumn[] = [
    { name: score({ f: words.scoreF, m: words.scoreM, fm: words.scoreFm }[y]), type: { kind: 'integer' } },
    { name: axisTitle(tools, result, y), type: { kind: 'text' } },
    { name: score(words.scoreR), type: { kind: 'integer' } },
    { name: axisTitle(tools, result, 'r'), type: { kind: 'text' } },
    { name: columnWords.segment, type: { kind: 'text' } },
    { name: words.tooltipCustomers, type: { kind: 'integer' } },
    { name: words.tooltipRevenue, type: money },
    { name: words.tooltipMean, type: money },
    { name: columnWords.shareOfCustomers, type: { kind: 'number' } },
    { name: columnWords.shareOfRevenue, type: { kind: 'number' } },
  ]
  const rows = table.rows.flatMap(({ heading, cells }) =>
    cells.map((cell, column): ExportRow => {
      const head = table.columns[column]!
      return [heading.score, heading.rangeText, head.score, head.rangeText, cell.segmentText || null, cell.customers, cell.revenue, cell.meanRevenue, cell.shareOfCustomers, cell.shareOfRevenue]
    }),
  )
  return { columns, rows, rowCount: rows.length }
}
