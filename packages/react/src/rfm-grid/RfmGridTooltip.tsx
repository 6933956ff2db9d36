'use client'
import type { RfmGridResult } from '@crm/core/rfm'
import type { ReactElement } from 'react'
import { Tooltip } from '../shared/Tooltip.tsx'
import { useRfmGridModel } from './RfmGridContext.ts'
import type { RfmGridCellData, RfmGridTable } from './rfmGridModel.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** The cell under the mouse or the keyboard focus in full: segment, scores, customers, revenue, mean. */
export function RfmGridTooltip(): ReactElement | null {
  const { pointed, table, result } = useRfmGridModel()
  return pointed === null || table === null || result === null ? null : <CellTooltip pointed={pointed} table={table} result={result} />
}

interface CellTooltipProps {
  readonly pointed: RfmGridCellData
  readonly table: RfmGridTable
  readonly result: RfmGridResult
}

function CellTooltip({ pointed, table, result }: CellTooltipProps): ReactElement {
  const { words, format, text } = useRfmGridWords()
  const { row, column } = pointed.place
  const share = (value: number | null): string => (value === null ? '' : text(words.tooltipShare, { share: format.percent(value) }))
  return (
    <Tooltip
      mark={`[data-place="${row},${column}"] > .crm-cell-ground`}
      pointed={pointed}
      titles={[pointed.segment === null ? words.nobody : pointed.segmentFullText]}
      lines={[table.columns[column]?.name, table.rows[row]?.heading.name]}
      facts={[
        { name: words.tooltipCustomers, value: format.number(pointed.customers), share: share(pointed.shareOfCustomers) },
        { name: words.tooltipRevenue, value: format.money(pointed.revenue, result), share: share(pointed.shareOfRevenue) },
        ...(pointed.meanRevenue === null ? [] : [{ name: words.tooltipMean, value: format.money(pointed.meanRevenue, result), share: '' }]),
      ]}
    />
  )
}
