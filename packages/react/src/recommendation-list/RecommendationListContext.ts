'use client'
import { createContext } from 'react'
import type { Context } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { RecommendationsModel } from './useRecommendations.ts'

export const RecommendationListContext: Context<RecommendationsModel | null> = createContext<RecommendationsModel | null>(null)

/** The model of the nearest `RecommendationListRoot`, for parts of your own. */
export function useRecommendationListModel(): RecommendationsModel {
  return useInside(RecommendationListContext, 'RecommendationListRoot', 'model={useRecommendations(…)}')
}
