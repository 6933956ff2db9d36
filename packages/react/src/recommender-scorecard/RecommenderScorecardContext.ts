'use client'
import { createContext } from 'react'
import type { Context } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { RecommenderScorecardModel } from './useRecommenderScorecard.ts'

export const RecommenderScorecardContext: Context<RecommenderScorecardModel | null> = createContext<RecommenderScorecardModel | null>(null)

/** The model of the nearest `RecommenderScorecardRoot`, for parts of your own. */
export function useRecommenderScorecardModel(): RecommenderScorecardModel {
  return useInside(RecommenderScorecardContext, 'RecommenderScorecardRoot', 'model={useRecommenderScorecard(…)}')
}
