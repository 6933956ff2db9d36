'use client'
import { segmentTableMessages } from '../messages/segmentTable.ts'
import { useWords } from '../provider/useWords.ts'
import type { SegmentTableWords } from './segmentColumns.ts'

export function useSegmentTableWords(): SegmentTableWords {
  return useWords('segmentTable', segmentTableMessages)
}
