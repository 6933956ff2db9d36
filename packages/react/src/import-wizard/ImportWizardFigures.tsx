'use client'
import type { ImportReport } from '@crm/core/adapter'
import type { ReactElement } from 'react'
import { useImportWizardParts } from './importWizardContext.ts'
import { periodText } from './importWords.ts'
import { useFileFormat, useImportWords } from './useImportWords.ts'

/** The figures of a report. */
export function ImportWizardFigures({ report }: { readonly report: ImportReport }): ReactElement {
  const { model } = useImportWizardParts()
  const wording = useImportWords()
  const { words, format } = wording
  const inZone = useFileFormat(format, model.plan?.timeZone ?? 'UTC')
  const period = periodText(wording, inZone, report)
  const figures: readonly (readonly [string, string])[] = [
    [words.figures.rows, format.number(report.rows)],
    [words.figures.accepted, format.number(report.accepted)],
    [words.figures.rejected, format.number(report.rejected)],
    [words.figures.customers, format.number(report.customers)],
    [words.figures.orders, format.number(report.orders)],
    ...(report.products > 0 ? [[words.figures.products, format.number(report.products)] as const] : []),
    [words.figures.net, format.money(report.net, report)],
    ...(period === null ? [] : [[words.figures.period, period] as const]),
  ]
  return (
    <dl className="crm-import-figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt className="crm-import-hint">{name}</dt>
          <dd className="crm-title">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
