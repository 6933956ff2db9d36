'use client'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import { useRfmScatterWords } from './useRfmScatterWords.ts'

/** The export menu of the picture: its squares or its customers as a table, the picture, and what it was asked with. */
export function RfmScatterExport({ onExport }: Pick<ExportMenuProps, 'onExport'>): ReactElement {
  const { view, points, status, x, y, measure, selection } = useRfmScatterModel()
  const tools = useRfmScatterWords()
  return (
    <ExportMenu
      name="rfm-scatter"
      disabled={status !== 'ready'}
      table={async ({ words }) => {
        const { scatterExport } = await import('./scatterExport.ts')
        return view === null ? { columns: [], rows: [] } : scatterExport(tools, words, view, points)
      }}
      spec={view === null ? null : { ...view.density.spec, x, y, measure, selection: view.density.selection, picked: selection }}
      picture={(root) => root.querySelector<SVGSVGElement>('.crm-scatter:not([data-loading])')}
      onExport={onExport}
    />
  )
}
