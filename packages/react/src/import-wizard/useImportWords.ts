'use client'
import { useMemo } from 'react'
import { importWizardMessages } from '../messages/importWizard.ts'
import type { CrmMessages } from '../messages/index.ts'
import { createFormatters } from '../provider/format.ts'
import type { Formatters } from '../provider/format.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'

export type ImportWording = Wording<CrmMessages['importWizard']>

/** The words of the import. */
export function useImportWords(): ImportWording {
  return useWords('importWizard', importWizardMessages)
}

/** Writers of the provider's locale in the zone of the file, which the page does not know before it is imported. */
export function useFileFormat(format: Formatters, timeZone: string): Formatters {
  return useMemo(() => createFormatters(format.locale, { timeZone }), [format.locale, timeZone])
}
