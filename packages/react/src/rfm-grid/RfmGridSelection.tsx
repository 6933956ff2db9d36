'use client'
import type { ReactElement } from 'react'
import { SelectionLine, sumSelected } from '../shared/SelectionLine.tsx'
import type { SelectionPartProps } from '../shared/SelectionLine.tsx'
import { useRfmGridModel } from './RfmGridContext.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** The selection in words, with its figures and a button that clears it. Announced when it changes. */
export function RfmGridSelection(theirs: SelectionPartProps): ReactElement {
  const { canSelect, selection, selectedCells, result, clearSelection } = useRfmGridModel()
  const { words } = useRfmGridWords()
  return (
    <SelectionLine
      selection={selection}
      nothing={canSelect ? words.nothingSelected : words.notSelectable}
      figures={result === null ? null : sumSelected(selectedCells, result.totals, result)}
      words={words}
      onClear={() => clearSelection()}
      theirs={theirs}
    />
  )
}
