'use client'
import { createContext } from 'react'
import type { Context } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { RfmScatterModel } from './useRfmScatter.ts'

export const RfmScatterContext: Context<RfmScatterModel | null> = createContext<RfmScatterModel | null>(null)

/** The model of the nearest `RfmScatterRoot`, for parts of your own. */
export function useRfmScatterModel(): RfmScatterModel {
  return useInside(RfmScatterContext, 'RfmScatterRoot', 'model={useRfmScatter(…)}')
}
