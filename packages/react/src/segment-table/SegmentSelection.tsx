'use client'
import type { ReactElement } from 'react'
import { SelectionLine } from '../shared/SelectionLine.tsx'
import type { SelectionPartProps } from '../shared/SelectionLine.tsx'
import type { SegmentsModel } from './useSegments.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

export interface SegmentSelectionProps extends SelectionPartProps {
  readonly model: SegmentsModel
}

/** The selection in words, with its figures and a button that clears it. Announced when it changes. */
export function SegmentSelection({ model, ...theirs }: SegmentSelectionProps): ReactElement {
  const { selection, chosen, result, group, canSelect, clearSelection } = model
  const { words } = useSegmentTableWords()
  return (
    <SelectionLine
      selection={selection}
      nothing={!canSelect ? words.notSelectable : group === 'segments' ? words.nothingSelected : words.nothingSelectedTier}
      figures={result === null || chosen === null ? null : { ...chosen, shareOfCustomers: chosen.shareOfCustomers ?? 0, money: result }}
      words={words}
      onClear={clearSelection}
      theirs={theirs}
    />
  )
}
