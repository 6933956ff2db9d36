'use client'
import { createContext } from 'react'
import type { Context } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { SegmentTreemapModel } from './useSegmentTreemap.ts'

export const SegmentTreemapContext: Context<SegmentTreemapModel | null> = createContext<SegmentTreemapModel | null>(null)

/** The model of the nearest `SegmentTreemapRoot`, for parts of your own. */
export function useSegmentTreemapModel(): SegmentTreemapModel {
  return useInside(SegmentTreemapContext, 'SegmentTreemapRoot', 'model={useSegmentTreemap(…)}')
}
