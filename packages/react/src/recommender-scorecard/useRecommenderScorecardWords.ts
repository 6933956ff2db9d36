'use client'
import type { CrmMessages } from '../messages/index.ts'
import { recommenderScorecardMessages } from '../messages/recommenderScorecard.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'

export type ScorecardWords = Wording<CrmMessages['recommenderScorecard']>

export function useRecommenderScorecardWords(): ScorecardWords {
  return useWords('recommenderScorecard', recommenderScorecardMessages)
}
