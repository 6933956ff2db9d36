'use client'
import type { ReactElement } from 'react'
import { SelectionLine, sumSelected } from '../shared/SelectionLine.tsx'
import type { SelectionPartProps } from '../shared/SelectionLine.tsx'
import { CrmButton } from '../shared/StateView.tsx'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import { useRfmScatterWords } from './useRfmScatterWords.ts'

/** The selection in words with its figures, and the buttons that clear it, zoom to it and show all again. */
export function RfmScatterSelection(theirs: SelectionPartProps): ReactElement {
  const { selection, selected, view, points, clearSelection, zoom, zoomIn, zoomOut } = useRfmScatterModel()
  const { words, text, grid } = useRfmScatterWords()
  return (
    <SelectionLine
      selection={selection}
      nothing={zoom !== null ? text(words.zoomed, { label: zoom.label }) : points === null ? words.nothingSelected : words.nothingSelectedPoints}
      figures={view === null || !selected.isExact ? null : sumSelected(selected.bins, view.density.totals, view.density)}
      words={{ selectionSummary: grid.words.selectionSummary, customers: words.customers }}
      actions={
        <>
          {zoomIn === null ? null : (
            <CrmButton quiet onClick={zoomIn}>
              {words.zoomIn}
            </CrmButton>
          )}
          {zoom === null ? null : (
            <CrmButton quiet onClick={zoomOut}>
              {words.zoomOut}
            </CrmButton>
          )}
        </>
      }
      onClear={() => clearSelection()}
      theirs={theirs}
    />
  )
}
