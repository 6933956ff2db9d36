'use client'
import type { ReactElement } from 'react'
import { CrmButton } from '../shared/StateView.tsx'
import { useImportWizardParts } from './importWizardContext.ts'
import { useImportWords } from './useImportWords.ts'

/** The buttons below a step: back, leave, on. */
export function ImportWizardActions(): ReactElement | null {
  const { model } = useImportWizardParts()
  const { words, text } = useImportWords()
  const { step, task, trial, result, reachable } = model
  const isDone = step === 'import' && result !== null
  const back = step !== 'choose' && !isDone && task !== 'import'
  const next =
    // Text that was changed after it was read is to be read first.
    step === 'choose' && reachable !== 'choose' && task === null && (typeof model.source !== 'string' || model.source === model.text || model.text === '')
      ? words.next
      : step === 'map'
        ? words.next
        : step === 'check' && trial !== null && trial.report.accepted > 0
          ? text(words.importRows, { count: trial.report.accepted })
          : null
  if (!back && next === null && model.cancel === null && !isDone) return null
  return (
    <footer className="crm-import-actions">
      {back ? <CrmButton onClick={model.back}>{words.back}</CrmButton> : null}
      {isDone ? <CrmButton onClick={model.restart}>{words.restart}</CrmButton> : null}
      <span className="crm-import-gap" />
      {model.cancel === null ? null : <CrmButton onClick={model.cancel}>{isDone ? words.close : words.cancel}</CrmButton>}
      {next === null ? null : (
        <CrmButton data-primary onClick={(event) => void model.next(event)}>
          {next}
        </CrmButton>
      )}
    </footer>
  )
}
