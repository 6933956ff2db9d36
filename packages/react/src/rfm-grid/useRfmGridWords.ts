'use client'
import type { CrmMessages } from '../messages/index.ts'
import { rfmGridMessages } from '../messages/rfmGrid.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'

/** What the words of the grid are made with. */
export type WordTools = Wording<CrmMessages['rfmGrid']>

export function useRfmGridWords(): WordTools {
  return useWords('rfmGrid', rfmGridMessages)
}
