'use client'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { useNeighbourListModel } from './NeighbourListContext.ts'
import { neighbourExport } from './neighbourExport.ts'
import { useNeighbourListWords } from './useNeighbourListWords.ts'

/** The export menu of the list: its rows with the full figures, and what was asked. */
export function NeighbourListExport({ onExport }: Pick<ExportMenuProps, 'onExport'>): ReactElement {
  const { status, rows, request, measure, selection } = useNeighbourListModel()
  const { words } = useNeighbourListWords()
  return (
    <ExportMenu
      name={request.over === 'products' ? 'similar-products' : 'similar-customers'}
      disabled={status !== 'ready'}
      table={() => neighbourExport(words, request.over, rows)}
      spec={{ ...request, similarity: { ...request.similarity, measure }, picked: selection }}
      onExport={onExport}
    />
  )
}
