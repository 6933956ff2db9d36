'use client'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useSourceName } from './ImportWizardHead.tsx'
import { useImportWizardParts } from './importWizardContext.ts'
import { progressText, reportValues } from './importWords.ts'
import { useImportWords } from './useImportWords.ts'

/** Rows between two announcements of a file whose size is not known. */
const ROWS_SPOKEN = 250_000

/** Reads out how far the work is, at each quarter, and what came of it. Errors announce themselves. */
export function ImportWizardAnnouncer(): ReactElement {
  const { model } = useImportWizardParts()
  const wording = useImportWords()
  const name = useSourceName()
  const { words, text } = wording
  const { step, task, progress, trial, result, missing, isMissingShown } = model
  const quarter = progress === null ? 0 : progress.share === null ? Math.floor(progress.rows / ROWS_SPOKEN) : Math.floor(progress.share * 4)
  const now =
    task === 'check' || task === 'import'
      ? quarter === 0
        ? text(task === 'check' ? words.checking : words.importing, { name })
        : progressText(wording, progress)
      : step === 'import' && result !== null
        ? text(words.imported, { ...reportValues(wording, result.report), name })
        : step === 'check' && trial !== null && trial.report.accepted > 0
          ? text(words.willImport, reportValues(wording, trial.report))
          : step === 'map' && isMissingShown
            ? text(words.missingTitle, { count: missing.length })
            : ''
  const key = task === null ? now : `${task} ${quarter}`
  const [said, setSaid] = useState({ key: '', text: '' })
  useEffect(() => {
    setSaid((before) => (before.key === key ? before : { key, text: now }))
  }, [key, now])
  return (
    // Present from the start, because a live region that appears with its text is not heard.
    <div className="crm-visually-hidden" aria-live="polite">
      {said.text}
    </div>
  )
}
