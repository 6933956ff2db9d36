'use client'
import { commonMessages } from '../messages/common.ts'
import type { CrmMessages } from '../messages/index.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'

/** The words that every widget shares. */
export function useCommonWords(): Wording<CrmMessages['common']> {
  return useWords('common', commonMessages)
}
