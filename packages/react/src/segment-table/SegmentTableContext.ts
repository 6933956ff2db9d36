'use client'
import { createContext } from 'react'
import type { Context } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { SegmentTableModel } from './useSegmentTable.ts'

export const SegmentTableContext: Context<SegmentTableModel | null> = createContext<SegmentTableModel | null>(null)

/** The model of the nearest `SegmentTableRoot`, for parts of your own. */
export function useSegmentTableModel(): SegmentTableModel {
  return useInside(SegmentTableContext, 'SegmentTableRoot', 'model={useSegmentTable(…)}')
}
