'use client'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { useRfmGridModel } from './RfmGridContext.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** The export menu of the grid: its cells as a table, its picture, and what it was asked with. */
export function RfmGridExport({ onExport }: Pick<ExportMenuProps, 'onExport'>): ReactElement {
  const { result, table, y, status, selection } = useRfmGridModel()
  const tools = useRfmGridWords()
  return (
    <ExportMenu
      name="rfm-grid"
      disabled={status !== 'ready'}
      table={async ({ words }) => {
        const { gridExport } = await import('./gridExport.ts')
        return result === null || table === null ? { columns: [], rows: [] } : gridExport(tools, words, result, table, y)
      }}
      spec={result === null ? null : { ...result.spec, y, selection: result.selection, picked: selection }}
      picture={(root) => root.querySelector<SVGSVGElement>('.crm-heat:not([data-loading])')}
      onExport={onExport}
    />
  )
}
