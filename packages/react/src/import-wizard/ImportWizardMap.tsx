'use client'
import type { ImportColumn, ImportRole } from '@crm/core/adapter'
import { useEffect, useId, useMemo, useRef } from 'react'
import type { ReactElement } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { CrmButton } from '../shared/StateView.tsx'
import { ImportWizardAttributes } from './ImportWizardAttributes.tsx'
import { ImportWizardFailure } from './ImportWizardFailure.tsx'
import { ImportWizardOptions } from './ImportWizardOptions.tsx'
import { Samples } from './Samples.tsx'
import { FURTHER_ROLES, NEEDED_ROLES, columnAt } from './importPlan.ts'
import type { NeededRole } from './importPlan.ts'
import { useImportWizardParts } from './importWizardContext.ts'
import { useColumnNames, useImportWords } from './useImportWords.ts'

const CHECK = 'm3.5 8.5 3 3 6-7'
/** A list of more is no list; empty columns go first. */
const OFFERED = 500

/** Second step: a column for every meaning, the other columns as attributes, and how the file is read. */
export function ImportWizardMap(): ReactElement | null {
  const { model } = useImportWizardParts()
  const { words, text } = useImportWords()
  const names = useColumnNames(model.draft)
  const offered = useMemo(() => offeredColumns(model.draft?.columns ?? []), [model.draft])
  if (model.draft === null || model.plan === null) return null
  const { columns } = model.draft
  return (
    <div className="crm-import-map" data-busy={model.task === 'open' || undefined}>
      <ImportWizardFailure />
      <SavedNote />
      <div role="table" aria-label={words.mapLabel} className="crm-import-roles">
        <div role="row" className="crm-import-role crm-import-role-head">
          <span role="columnheader">{words.mapHead.role}</span>
          <span role="columnheader">{words.mapHead.column}</span>
          <span role="columnheader">{words.mapHead.samples}</span>
        </div>
        {NEEDED_ROLES.map((role) => (
          <RoleRow key={role} role={role} columns={offered} names={names} />
        ))}
        <div role="row" className="crm-import-role-head crm-import-group">
          <span role="rowheader">{words.groupFurther}</span>
        </div>
        {FURTHER_ROLES.map((role) => (
          <RoleRow key={role} role={role} columns={offered} names={names} />
        ))}
      </div>
      {offered.length < columns.length ? <p className="crm-subtitle">{text(words.columnsLimited, { count: columns.length, shown: offered.length })}</p> : null}
      <ImportWizardOptions />
      <ImportWizardAttributes columns={offered} />
    </div>
  )
}

function offeredColumns(columns: readonly ImportColumn[]): readonly ImportColumn[] {
  return columns.length <= OFFERED ? columns : columns.filter(({ samples }) => samples.length > 0).slice(0, OFFERED)
}

/** What became of a saved plan. */
export function SavedNote(): ReactElement | null {
  const { model } = useImportWizardParts()
  const { words } = useImportWords()
  if (model.saved === 'none') return null
  return (
    <p className="crm-banner" data-kind={model.saved === 'misfit' ? 'partial' : undefined} role="status">
      <span className="crm-banner-text">{model.saved === 'fits' ? words.savedFits : words.savedMisfit}</span>
      {model.saved === 'fits' && model.step === 'check' ? <CrmButton quiet onClick={(event) => model.goTo('map', 'back', event)}>{words.savedLook}</CrmButton> : null}
    </p>
  )
}

interface RoleRowProps {
  readonly role: ImportRole
  readonly columns: readonly ImportColumn[]
  /** How each column is called here, by its number. */
  readonly names: ReadonlyMap<number, string>
}

function RoleRow({ role, columns, names }: RoleRowProps): ReactElement {
  const { model } = useImportWizardParts()
  const { words } = useImportWords()
  const id = useId()
  const select = useRef<HTMLSelectElement | null>(null)
  const { plan, draft, missing, isMissingShown } = model
  const chosen = plan?.roles[role]
  const column = columnAt(draft?.columns ?? [], chosen)
  const isMissing = missing.includes(role as NeededRole)
  const isFirstMissing = isMissingShown && missing[0] === role
  const mark = isMissing && isMissingShown ? 'missing' : column !== null ? 'chosen' : isMissing ? 'needed' : undefined
  useEffect(() => {
    // Somebody wanted to go on: this is where the way on is.
    if (isFirstMissing) select.current?.focus()
  }, [isFirstMissing])
  return (
    <div role="row" className="crm-import-role" data-mark={mark}>
      <div role="rowheader" className="crm-import-meaning">
        <label htmlFor={id}>
          <span className="crm-import-strong">{words.roles[role]}</span>
          {isMissing ? (
            <>
              {' '}
              <span className="crm-import-needed">{words.needed}</span>
            </>
          ) : null}
        </label>
        <span className="crm-import-hint" id={`${id}hint`}>{words.roleHints[role]}</span>
      </div>
      <div role="cell">
        <span className="crm-import-select">
          <select
            id={id}
            ref={select}
            className="crm-import-field"
            value={chosen ?? ''}
            aria-invalid={mark === 'missing' || undefined}
            aria-describedby={mark === 'missing' ? `${id}error ${id}hint` : `${id}hint ${id}samples`}
            onChange={(event) => model.setRole(role, event.target.value === '' ? null : Number(event.target.value), event)}
          >
            <option value="">{isMissing ? words.chooseColumn : words.noColumn}</option>
            {column !== null && !columns.includes(column) ? <option value={column.index}>{names.get(column.index)}</option> : null}
            {columns.map(({ index }) => (
              <option key={index} value={index}>{names.get(index)}</option>
            ))}
          </select>
          {column === null ? null : <Icon className="crm-import-tick" path={CHECK} />}
        </span>
        {mark === 'missing' ? <span className="crm-import-error" id={`${id}error`}>{words.missing[role as NeededRole]}</span> : null}
      </div>
      <div role="cell" className="crm-import-samples" id={`${id}samples`}>
        {column === null ? null : <Samples column={column} />}
      </div>
    </div>
  )
}
