'use client'
import type { ReactElement } from 'react'
import { NoPicture } from '../shared/NoPicture.tsx'
import type { SegmentsModel } from './useSegments.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

export interface SegmentsStateProps {
  readonly model: SegmentsModel
  /** Of the picture that stands here otherwise, for its height. */
  readonly rows: number
  readonly onClearFilter: (() => void) | undefined
}

/** Why there are no segments, and what to do: nobody bought, nobody matches, an error, no access. */
export function SegmentsState({ model, rows, onClearFilter }: SegmentsStateProps): ReactElement {
  const { words } = useSegmentTableWords()
  return <NoPicture model={model} asked={model.result} words={words} onClearFilter={onClearFilter} rows={Math.max(2, Math.min(rows, 10))} />
}
