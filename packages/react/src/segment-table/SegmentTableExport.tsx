'use client'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { useSegmentTableModel } from './SegmentTableContext.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

/** The export menu of the table: its rows and totals, the picture where it is the view, and what it was asked with. */
export function SegmentTableExport({ onExport }: Pick<ExportMenuProps, 'onExport'>): ReactElement {
  const { result, columns, rows, total, status, group, sort, selection, view } = useSegmentTableModel()
  const { words } = useSegmentTableWords()
  return (
    <ExportMenu
      name={group === 'segments' ? 'segments' : 'value-tiers'}
      disabled={status !== 'ready'}
      table={async () => {
        const { segmentExport } = await import('./segmentExport.ts')
        return result === null || total === null ? { columns: [], rows: [] } : segmentExport(result, columns, rows, { name: words.total, figures: total })
      }}
      spec={result === null ? null : { ...result.spec, group, sort, selection: result.selection, picked: selection }}
      picture={view !== 'picture' ? undefined : (root) => root.querySelector<SVGSVGElement>('.crm-segments-bars > svg')}
      onExport={onExport}
    />
  )
}
