'use client'
import { createElement } from 'react'
import type { ReactElement } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { useImportWizardParts } from './importWizardContext.ts'
import { IMPORT_STEPS } from './useImportWizard.ts'
import { useImportWords } from './useImportWords.ts'

const CHECK = 'm3.5 8.5 3 3 6-7'

export interface ImportWizardHeadProps {
  /** Default: the word of the messages. */
  readonly title?: string | undefined
  /** 2..5, to fit the headings of the page; the steps have the level below. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | undefined
}

/** Title and list of steps. */
export function ImportWizardHead({ title, headingLevel = 3 }: ImportWizardHeadProps): ReactElement {
  const { ids } = useImportWizardParts()
  const { words } = useImportWords()
  return (
    <header className="crm-import-head">
      {createElement(`h${headingLevel}`, { className: 'crm-title', id: ids.title }, title ?? words.title)}
      <ImportWizardSteps />
    </header>
  )
}

/** The steps. Those that can be reached are buttons; the one that is shown is marked. */
export function ImportWizardSteps(): ReactElement {
  const { model } = useImportWizardParts()
  const { words } = useImportWords()
  const current = IMPORT_STEPS.indexOf(model.step)
  const reach = IMPORT_STEPS.indexOf(model.reachable)
  const isAllDone = model.step === 'import' && model.result !== null
  return (
    <nav aria-label={words.stepsLabel}>
      <ol className="crm-import-steps">
        {IMPORT_STEPS.map((step, at) => {
          const isCurrent = at === current
          const isDone = at < current || isAllDone
          const label = words.steps[step]
          const content = (
            <>
              <span className="crm-import-number">{isDone ? <Icon path={CHECK} /> : at + 1}</span>
              <span className="crm-import-label">{label}</span>
              {isDone ? <span className="crm-visually-hidden">{words.stepDone}</span> : null}
            </>
          )
          return (
            <li key={step} data-done={isDone || undefined} data-current={isCurrent || undefined}>
              {!isCurrent && at <= reach && model.task !== 'import' ? (
                <button type="button" className="crm-import-step" onClick={(event) => model.goTo(step, 'list', event)}>
                  {content}
                </button>
              ) : (
                <span className="crm-import-step" aria-current={isCurrent ? 'step' : undefined}>
                  {content}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

export interface ImportWizardHeadingProps {
  /** Default 4. */
  readonly level?: 3 | 4 | 5 | 6 | undefined
}

/** Heading of the step, which takes the focus when the step comes, and a sentence below it. */
export function ImportWizardHeading({ level = 4 }: ImportWizardHeadingProps): ReactElement {
  const { model, ids, heading } = useImportWizardParts()
  const { words, text } = useImportWords()
  const { step, task, result } = model
  const name = useSourceName()
  const title = step === 'import' ? (result !== null ? words.headings.imported : task === 'import' ? words.headings.importing : words.headings.import) : words.headings[step]
  const hasEnded = model.stopped === step || (model.failure !== null && step !== 'choose' && step !== 'map')
  const lead = hasEnded ? words.leads.ended : step === 'check' && model.trial === null ? words.leads.checking : words.leads[step]
  return (
    <div className="crm-import-heading">
      {createElement(`h${level}`, { className: 'crm-import-question', id: ids.heading, ref: heading, tabIndex: -1 }, title)}
      {result !== null && step === 'import' ? null : <p className="crm-subtitle">{text(lead, { name })}</p>}
    </div>
  )
}

/** Name of the file, or what stands for pasted text. */
export function useSourceName(): string {
  const { model } = useImportWizardParts()
  const { words } = useImportWords()
  return model.fileName ?? words.pastedName
}
