'use client'
import { segmentTreemapMessages } from '../messages/segmentTreemap.ts'
import { useWords } from '../provider/useWords.ts'
import type { SegmentTreemapWords } from './segmentTreemapModel.ts'

export function useSegmentTreemapWords(): SegmentTreemapWords {
  return useWords('segmentTreemap', segmentTreemapMessages)
}
