import type { ImportColumn, ImportDoubt, ImportDraft, ImportPlan, ImportProgress, ImportReport } from '@crm/core/adapter'
import type { Formatters } from '../provider/format.ts'
import { columnAt } from './importPlan.ts'
import type { ImportWording } from './useImportWords.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** 48,713,000 -> 48.7 MB, in the locale. */
export function sizeText(bytes: number, locale: string): string {
  let value = bytes
  let at = 0
  while (value >= 999.5 && at < UNITS.length - 1) {
    value /= 1000
    at += 1
  }
  const style = { style: 'unit', unit: UNITS[at]!, unitDisplay: 'short', maximumFractionDigits: value < 100 && at > 0 ? 1 : 0 } as const
  return new Intl.NumberFormat(locale, style).format(value)
}

/** Columns as a person tells them apart: one without a name by its number, and one of several with the same name too. */
export function columnNames({ words, text }: ImportWording, columns: readonly ImportColumn[]): ReadonlyMap<number, string> {
  const counts = new Map<string, number>()
  for (const { name } of columns) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(
    columns.map(({ index, name }) => {
      const number = index + 1
      // What an importer calls a column without a name.
      if (name === `Column ${number}`) return [index, text(words.columnNumber, { number })]
      return [index, counts.get(name) === 1 ? name : text(words.columnSame, { name, number })]
    }),
  )
}

/** How far a file is read, with the share where its size is known. */
export function progressText({ words, format, text }: ImportWording, progress: ImportProgress | null): string {
  const rows = text(words.rows, { count: progress?.rows ?? 0 })
  if (progress?.phase === 'building') return text(words.progressBuilding, { rows })
  if (progress === null || progress.share === null) return text(words.progressRead, { rows })
  // Never "100%" while there is work to do.
  const share = new Intl.NumberFormat(format.locale, { style: 'percent' }).format(Math.floor(progress.share * 100) / 100)
  return text(words.progressShare, { share, rows })
}

/** What a report comes to, for the sentences about it. */
export function reportValues({ words, format, text }: ImportWording, report: ImportReport): { count: number; customers: string; orders: string; net: string } {
  return {
    count: report.accepted,
    customers: text(words.customers, { count: report.customers }),
    orders: text(words.orders, { count: report.orders }),
    net: format.money(report.net, report),
  }
}

/** First and last day of the rows; null when there is none. */
export function periodText({ words, text }: ImportWording, inZone: Formatters, { from, to, atKind }: ImportReport): string | null {
  if (from === null || to === null) return null
  const write = atKind === 'date' ? inZone.day : (at: number) => inZone.date(at)
  return write(from) === write(to) ? write(from) : text(words.period, { from: write(from), to: write(to) })
}

/** What to look at where a setting is not certain, with a value of the file where one shows it. */
export function doubtText({ words, text }: ImportWording, doubt: ImportDoubt, { columns }: ImportDraft, { roles }: ImportPlan): string {
  if (doubt !== 'dates' && doubt !== 'decimal') return words.doubts[doubt]
  const column = columnAt(columns, doubt === 'dates' ? roles.at : (roles.amount ?? roles.unitPrice))
  const samples = column?.samples ?? []
  // The value that shows the doubt best: a figure with a sign in it, a date that the two orders read differently.
  const example = samples.find((sample) => (doubt === 'decimal' ? /[.,]/.test(sample) : !/^\s*(\d+)\D+\1\D/.test(sample)))
  if (example === undefined) return doubt === 'dates' ? words.doubts.datesPlain : words.doubts.decimalPlain
  return text(words.doubts[doubt], { example })
}
