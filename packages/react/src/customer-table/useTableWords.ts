'use client'
import { customerTableMessages } from '../messages/customerTable.ts'
import type { CrmMessages } from '../messages/index.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'

/** What the words of the table are made with. */
export type TableWords = Wording<CrmMessages['customerTable']>

export function useTableWords(): TableWords {
  return useWords('customerTable', customerTableMessages)
}
