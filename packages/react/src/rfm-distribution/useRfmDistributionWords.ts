'use client'
import type { CrmMessages } from '../messages/index.ts'
import { rfmDistributionMessages } from '../messages/rfmDistribution.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'

/** What the words of the distributions are made with. */
export type WordTools = Wording<CrmMessages['rfmDistribution']>

export function useRfmDistributionWords(): WordTools {
  return useWords('rfmDistribution', rfmDistributionMessages)
}
