'use client'
import type { ReactElement, ReactNode } from 'react'
import { CrmButton } from '../shared/StateView.tsx'
import { ImportWizardFailure } from './ImportWizardFailure.tsx'
import { ImportWizardFigures } from './ImportWizardFigures.tsx'
import { useSourceName } from './ImportWizardHead.tsx'
import { ImportWizardProgress } from './ImportWizardProgress.tsx'
import { useImportWizardParts } from './importWizardContext.ts'
import { reportValues } from './importWords.ts'
import { useImportWords } from './useImportWords.ts'

/** Last step: the file is taken over, and what came of it. */
export function ImportWizardRun({ done }: { readonly done?: ReactNode }): ReactElement {
  const { model } = useImportWizardParts()
  const wording = useImportWords()
  const { words, text } = wording
  const name = useSourceName()
  const { result, trial, task, failure } = model
  if (result !== null) {
    return (
      <div className="crm-import-check">
        <p className="crm-import-verdict">{text(words.imported, { ...reportValues(wording, result.report), name })}</p>
        <ImportWizardFigures report={result.report} />
        {done ? <div className="crm-import-buttons">{done}</div> : null}
      </div>
    )
  }
  return (
    <div className="crm-import-check">
      <ImportWizardFailure />
      {task === 'import' ? (
        <ImportWizardProgress label={text(words.importing, { name })} />
      ) : model.stopped === 'import' ? (
        <p className="crm-banner" role="status">
          <span className="crm-banner-text">{words.importStopped}</span>
          <CrmButton onClick={model.retry}>{words.importAgain}</CrmButton>
        </p>
      ) : failure === null && trial !== null ? (
        <p className="crm-banner">
          <span className="crm-banner-text">{text(words.readyText, { count: trial.report.accepted })}</span>
          <CrmButton data-primary onClick={model.retry}>{text(words.importRows, { count: trial.report.accepted })}</CrmButton>
        </p>
      ) : null}
    </div>
  )
}
