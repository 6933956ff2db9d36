'use client'
import type { ReactElement, ReactNode } from 'react'
import { errorMessages } from '../messages/common.ts'
import { useWords } from '../provider/useWords.ts'
import { Icon } from '../shared/Icon.tsx'
import { CrmButton } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { canRetry, codeOf } from '../shared/widgetState.ts'
import { useSourceName } from './ImportWizardHead.tsx'
import { useImportWizardParts } from './importWizardContext.ts'
import { failureText, suggestedEncoding } from './failureText.ts'
import { useImportWords } from './useImportWords.ts'

/** What went wrong with the file, at which line, and the next step. Announced at once; nothing that was entered goes. */
export function ImportWizardFailure(): ReactElement | null {
  const { model } = useImportWizardParts()
  const wording = useImportWords()
  const { words: errors } = useWords('errors', errorMessages)
  const { words: common } = useCommonWords()
  const { words, text } = wording
  const name = useSourceName()
  const { failure, draft, plan } = model
  if (model.isHeaderOnly && model.task === null && draft !== null) {
    const names = draft.columns.slice(0, 6).map(({ name }) => name).join(' · ')
    return (
      <FailureBox title={words.headerOnlyTitle} action={<CrmButton onClick={() => model.setReading({ header: false })}>{words.headerOnlyUse}</CrmButton>}>
        {text(words.headerOnlyText, { names: draft.columns.length > 6 ? `${names} …` : names })}
      </FailureBox>
    )
  }
  if (failure === null) return null
  const { error } = failure
  const encoding = suggestedEncoding(error)
  const mend =
    encoding !== null && plan !== null ? (
      <CrmButton onClick={() => model.setReading({ encoding })}>{text(words.mendEncoding, { encoding })}</CrmButton>
    ) : codeOf(error) === 'DATA_INVALID' && plan !== null ? (
      <CrmButton onClick={(event) => model.setPlan({ ...plan, rejects: 'skip' }, 'option', event)}>{words.mendRejects}</CrmButton>
    ) : canRetry(error) ? (
      <CrmButton onClick={model.retry}>{words.retry}</CrmButton>
    ) : model.step !== 'choose' && (codeOf(error) === 'FILE_MALFORMED' || codeOf(error) === 'RESOURCE_EXHAUSTED') ? (
      <CrmButton onClick={(event) => model.goTo('choose', 'back', event)}>{words.chooseOther}</CrmButton>
    ) : null
  return (
    <FailureBox title={text(words.failureTitles[failure.during], { name })} action={mend}>
      {failureText(wording, errors, error)}
      {codeOf(error) === null ? null : <span className="crm-state-note"> {text(common.errorCode, { code: codeOf(error) ?? '' })}</span>}
    </FailureBox>
  )
}

interface FailureBoxProps {
  readonly title: string
  readonly action: ReactNode
  readonly children: ReactNode
}

function FailureBox({ title, action, children }: FailureBoxProps): ReactElement {
  return (
    <div className="crm-banner crm-import-failure" data-kind="error" role="alert">
      <Icon className="crm-banner-icon" path="M8 5.5v3.2m0 2v.1M8 2 1.8 13h12.4z" />
      <div className="crm-banner-text">
        <p className="crm-import-strong">{title}</p>
        <p>{children}</p>
      </div>
      {action}
    </div>
  )
}
