'use client'
import { useMemo } from 'react'
import type { CrmMessages } from '../messages/index.ts'
import { segmentReasonMessages } from '../messages/segmentReason.ts'
import { useSegmentNames } from '../provider/useSegmentNames.ts'
import type { SegmentNameOf } from '../provider/useSegmentNames.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'
import { useRfmGridWords } from '../rfm-grid/useRfmGridWords.ts'
import type { WordTools } from '../rfm-grid/useRfmGridWords.ts'
import { useCommonWords } from '../shared/useCommonWords.ts'

/** What the words of an explanation are made with: its own, those of ranges and scores, and the names of segments. */
export interface ReasonWords extends Wording<CrmMessages['segmentReason']> {
  readonly grid: WordTools
  readonly segmentName: SegmentNameOf
  readonly listSeparator: string
}

export function useSegmentReasonWords(): ReasonWords {
  const own = useWords('segmentReason', segmentReasonMessages)
  const grid = useRfmGridWords()
  const segmentName = useSegmentNames()
  const { listSeparator } = useCommonWords().words
  return useMemo(() => ({ ...own, grid, segmentName, listSeparator }), [own, grid, segmentName, listSeparator])
}
