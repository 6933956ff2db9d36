'use client'
import { createContext } from 'react'
import type { Context } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { RfmDistributionModel } from './useRfmDistribution.ts'

export const RfmDistributionContext: Context<RfmDistributionModel | null> = createContext<RfmDistributionModel | null>(null)

/** The model of the nearest `RfmDistributionRoot`, for parts of your own. */
export function useRfmDistributionModel(): RfmDistributionModel {
  return useInside(RfmDistributionContext, 'RfmDistributionRoot', 'model={useRfmDistribution(…)}')
}
