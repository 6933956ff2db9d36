'use client'
import type { CrmMessages } from '../messages/index.ts'
import { neighbourListMessages } from '../messages/neighbourList.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'

export function useNeighbourListWords(): Wording<CrmMessages['neighbourList']> {
  return useWords('neighbourList', neighbourListMessages)
}
