'use client'
import type { ImportDraft } from '@crm/core/adapter'
import { useMemo } from 'react'
import { importWizardMessages } from '../messages/importWizard.ts'
import type { CrmMessages } from '../messages/index.ts'
import { createFormatters } from '../provider/format.ts'
import type { Formatters } from '../provider/format.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'
import { columnNames } from './importWords.ts'

export type ImportWording = Wording<CrmMessages['importWizard']>

/** The words of the import. */
export function useImportWords(): ImportWording {
  return useWords('importWizard', importWizardMessages)
}

/** How a person tells the columns of a file apart, by their numbers. */
export function useColumnNames(draft: ImportDraft | null): ReadonlyMap<number, string> {
  const wording = useImportWords()
  return useMemo(() => columnNames(wording, draft?.columns ?? []), [wording, draft])
}

/** Writers of the provider's locale in the zone of the file, which the page does not know before it is imported. */
export function useFileFormat(format: Formatters, timeZone: string): Formatters {
  return useMemo(() => createFormatters(format.locale, { timeZone }), [format.locale, timeZone])
}
