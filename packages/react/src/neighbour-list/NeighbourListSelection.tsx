'use client'
import type { ReactElement } from 'react'
import { SelectionLine } from '../shared/SelectionLine.tsx'
import type { SelectionPartProps } from '../shared/SelectionLine.tsx'
import { useNeighbourListModel } from './NeighbourListContext.ts'
import { useNeighbourListWords } from './useNeighbourListWords.ts'

/** Never asked for: the selection is counted by its name. */
const UNCOUNTED = { selectionSummary: '', customers: '' }

/** The selection in words, with buttons that take all and clear. Nothing where nothing can be selected. */
export function NeighbourListSelection(theirs: SelectionPartProps): ReactElement | null {
  const { rows, selection, canSelect, areAllSelected, selectAll, clearSelection } = useNeighbourListModel()
  const { words, text } = useNeighbourListWords()
  if (!canSelect) return null
  return (
    <SelectionLine
      selection={selection}
      nothing={words.nothingSelected}
      figures={null}
      words={UNCOUNTED}
      actions={
        areAllSelected ? null : (
          <button type="button" className="crm-button" data-quiet="true" onClick={selectAll}>
            {text(words.selectAll, { count: rows.length })}
          </button>
        )
      }
      onClear={clearSelection}
      theirs={theirs}
    />
  )
}
