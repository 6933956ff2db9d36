'use client'
import type { DataField, ImportFinding, ImportReport, ImportTrial, Scalar } from '@crm/core/adapter'
import { useId } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { saveFile } from '../shared/saveFile.ts'
import { CrmButton } from '../shared/StateView.tsx'
import { ImportWizardFailure } from './ImportWizardFailure.tsx'
import { ImportWizardFigures } from './ImportWizardFigures.tsx'
import { useSourceName } from './ImportWizardHead.tsx'
import { SavedNote } from './ImportWizardMap.tsx'
import { ImportWizardProgress } from './ImportWizardProgress.tsx'
import { useImportWizardParts } from './importWizardContext.ts'
import { reportValues } from './importWords.ts'
import { useFileFormat, useImportWords } from './useImportWords.ts'

const DOWNLOAD = 'M8 2.5v7.5m-3-3 3 3 3-3M3 13h10'

/** Characters: enough to know the row by. */
const EXAMPLE_LENGTH = 32

/** Third step: the whole file is read once, and said is what would come of it. */
export function ImportWizardCheck(): ReactElement {
  const { model } = useImportWizardParts()
  const { words, text } = useImportWords()
  const name = useSourceName()
  const { trial } = model
  return (
    <div className="crm-import-check">
      <SavedNote />
      <ImportWizardFailure />
      {model.stopped === 'check' ? (
        <p className="crm-banner" role="status">
          <span className="crm-banner-text">{words.checkStopped}</span>
          <CrmButton onClick={model.retry}>{words.checkAgain}</CrmButton>
        </p>
      ) : null}
      {model.task === 'check' ? <ImportWizardProgress label={text(words.checking, { name })} /> : null}
      {trial === null ? null : (
        <>
          <Verdict report={trial.report} />
          <ImportWizardFigures report={trial.report} />
          <Findings report={trial.report} />
          <Preview trial={trial} />
        </>
      )}
    </div>
  )
}

/** What will happen, in one or two sentences. */
function Verdict({ report }: { readonly report: ImportReport }): ReactElement {
  const wording = useImportWords()
  const { words, text } = wording
  if (report.accepted === 0) {
    return (
      <p className="crm-banner" data-kind="error" role="alert">
        {words.willNothing}
      </p>
    )
  }
  return (
    <p className="crm-import-verdict">
      <strong className="crm-import-strong">{text(words.willImport, reportValues(wording, report))}</strong> {report.rejected > 0 ? text(words.willLeaveOut, { count: report.rejected }) : words.allRead}
    </p>
  )
}

function Findings({ report }: { readonly report: ImportReport }): ReactElement | null {
  const { words, format, text } = useImportWords()
  const name = useSourceName()
  const id = useId()
  const { varies, rejectedCsv } = report
  // What is lost comes first.
  const findings = report.findings.toSorted((a, b) => Number(b.isRejected) - Number(a.isRejected) || b.rows - a.rows)
  if (findings.length === 0 && varies.length === 0) return null
  const example = ({ line, value }: ImportFinding['examples'][number]): string =>
    text(value === '' ? words.exampleEmpty : words.example, { line: format.number(line), value: value.length > EXAMPLE_LENGTH ? `${value.slice(0, EXAMPLE_LENGTH)}…` : value })
  return (
    <div className="crm-import-section">
      <div className="crm-import-section-head">
        <p className="crm-import-strong" id={id}>{words.findingsTitle}</p>
        {rejectedCsv === null ? null : (
          <CrmButton onClick={() => saveFile(new Blob([rejectedCsv], { type: 'text/csv;charset=utf-8' }), text(words.downloadName, { name: name.replace(/\.[a-z]{2,4}$/i, '') }))}>
            <Icon path={DOWNLOAD} />
            {words.download}
          </CrmButton>
        )}
      </div>
      {findings.length === 0 ? null : (
        <ScrollingTable label={id}>
          <thead>
            <tr>
              <th scope="col">{words.findingHead.finding}</th>
              <th scope="col" data-align="end">{words.findingHead.rows}</th>
              <th scope="col">{words.findingHead.effect}</th>
              <th scope="col">{words.findingHead.examples}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) => (
              <tr key={finding.code} data-rejected={finding.isRejected || undefined}>
                <th scope="row">{Object.hasOwn(words.findings, finding.code) ? words.findings[finding.code] : finding.code}</th>
                <td data-align="end">{format.number(finding.rows)}</td>
                <td>{effectOf(words.effects, finding)}</td>
                <td className="crm-import-hint">
                  <bdi>{finding.examples.slice(0, 3).map(example).join(' · ')}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollingTable>
      )}
      {varies.length === 0 ? null : (
        <div className="crm-from">
          <ul>
            {varies.map(({ name: attribute, of, ids }) => (
              <li key={`${of} ${attribute}`}>{text(words.varies, { count: ids, name: attribute, of: text(words.variesOf[of], { count: ids }) })}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** A table that scrolls inside itself, by keyboard too. */
function ScrollingTable({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard, and not every browser sees to that
    <div className="crm-import-scroll" role="region" aria-labelledby={label} tabIndex={0}>
      <table className="crm-import-table">{children}</table>
    </div>
  )
}

function effectOf(effects: Readonly<Record<string, string>>, { code, isRejected }: ImportFinding): string {
  if (isRejected) return effects['leftOut']!
  return Object.hasOwn(effects, code) ? effects[code]! : effects['kept']!
}

/** The first rows with the values that were understood. */
function Preview({ trial }: { readonly trial: ImportTrial }): ReactElement | null {
  const { model } = useImportWizardParts()
  const { words, format } = useImportWords()
  const inZone = useFileFormat(format, model.plan?.timeZone ?? 'UTC')
  const id = useId()
  const { fields, preview } = trial
  if (preview.length === 0) return null
  const heading = ({ name, type }: DataField): string => {
    const word = Object.hasOwn(words.roles, name) ? words.roles[name as keyof typeof words.roles] : name
    return type.kind === 'money' ? `${word} (${inZone.currencySign(type.currency)})` : word
  }
  const write = (value: Scalar | null, { type }: DataField): string => (type.kind === 'money' && typeof value === 'number' ? inZone.amount(value, type) : inZone.value(value, type))
  return (
    <div className="crm-import-section">
      <p className="crm-import-strong" id={id}>{words.previewTitle}</p>
      <ScrollingTable label={id}>
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field.name} scope="col" data-align={isNumber(field) ? 'end' : undefined}>{heading(field)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.map((row, at) => (
            <tr key={at}>
              {fields.map((field, column) => (
                <td key={field.name} data-align={isNumber(field) ? 'end' : undefined}>
                  <bdi>{write(row[column] ?? null, field)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </div>
  )
}

const isNumber = ({ type }: DataField): boolean => type.kind === 'money' || type.kind === 'number' || type.kind === 'integer'
