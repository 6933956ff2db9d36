'use client'
import { createContext } from 'react'
import type { Context } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { RfmGridModel } from './useRfmGrid.ts'

export const RfmGridContext: Context<RfmGridModel | null> = createContext<RfmGridModel | null>(null)

/** The model of the nearest `RfmGridRoot`, for parts of your own. */
export function useRfmGridModel(): RfmGridModel {
  return useInside(RfmGridContext, 'RfmGridRoot', 'model={useRfmGrid(…)}')
}
