'use client'
import { useMemo } from 'react'
import { recommendationListMessages } from '../messages/recommendationList.ts'
import { useWords } from '../provider/useWords.ts'
import { useCommonWords } from '../shared/useCommonWords.ts'
import type { OfferTools } from './offers.ts'

export function useRecommendationListWords(): OfferTools {
  const own = useWords('recommendationList', recommendationListMessages)
  const { listSeparator } = useCommonWords().words
  return useMemo(() => ({ ...own, listSeparator }), [own, listSeparator])
}
