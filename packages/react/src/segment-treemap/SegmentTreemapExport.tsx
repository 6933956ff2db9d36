'use client'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { segmentColumns } from '../segment-table/segmentColumns.ts'
import type { SegmentColumnId } from '../segment-table/segmentColumns.ts'
import { useSegmentTableWords } from '../segment-table/useSegmentTableWords.ts'
import { useSegmentTreemapModel } from './SegmentTreemapContext.ts'

/** What the name of a tile says. */
const COLUMNS: readonly SegmentColumnId[] = ['customers', 'shareOfCustomers', 'revenue', 'shareOfRevenue', 'meanRevenue', 'meanRecencyDays']

/** The export menu of the treemap: its tiles from the largest down, then what has no area; its picture; what it was asked with. */
export function SegmentTreemapExport({ onExport }: Pick<ExportMenuProps, 'onExport'>): ReactElement {
  const { result, picture, status, group, measure, shade, selection } = useSegmentTreemapModel()
  const tools = useSegmentTableWords()
  return (
    <ExportMenu
      name={group === 'segments' ? 'segments-treemap' : 'value-tiers-treemap'}
      disabled={status !== 'ready'}
      table={async () => {
        const { segmentExport } = await import('../segment-table/segmentExport.ts')
        if (result === null || picture === null) return { columns: [], rows: [] }
        const rows = [...picture.tiles.map(({ segment }) => segment), ...picture.undrawn]
        return segmentExport(result, segmentColumns(tools, COLUMNS, group, rows, result), rows, null)
      }}
      spec={result === null ? null : { ...result.spec, group, measure, shade, selection: result.selection, picked: selection }}
      picture={(root) => [...root.querySelectorAll<SVGSVGElement>('.crm-tiles:not([data-loading])')].find((one) => one.getClientRects().length > 0) ?? null}
      onExport={onExport}
    />
  )
}
