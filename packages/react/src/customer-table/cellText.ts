import type { Scalar } from '@crm/core/adapter'
import type { CrmMessages } from '../messages/index.ts'
import type { Formatters } from '../provider/format.ts'
import type { Text } from '../provider/useText.ts'
import type { ResolvedColumn } from './customerColumns.ts'
import { valueOf } from './customerRows.ts'
import type { CustomerRow } from './customerRows.ts'

/** What stands in a cell. */
export interface CellText {
  /** null = the customer has no value here. */
  readonly text: string | null
  /** Small print beside it: the id under a name, the days since a date. */
  readonly detail: string | null
}

/** The words of one cell, or null while its field is on the way. */
export function cellText(
  row: CustomerRow,
  column: ResolvedColumn,
  { format, text, words }: { readonly format: Formatters; readonly text: Text; readonly words: CrmMessages['customerTable'] },
): CellText | null {
  if (column.isRowHeader) {
    const name = valueOf(row, 'name')
    const shown = column.fields.includes('name') && typeof name === 'string' && name !== ''
    return shown ? { text: name, detail: row.customerId } : { text: row.customerId, detail: null }
  }
  const value = valueOf(row, column.fields[0] ?? '')
  if (value === undefined) return null
  if (column.format !== null) return { text: column.format(value, format), detail: null }
  if (value === null) return { text: null, detail: null }
  if (column.id === 'lastDay') return { text: writeValue(value, column, format, words), detail: daysAgo(valueOf(row, 'recencyDays'), text, words, format) }
  return { text: writeValue(value, column, format, words), detail: null }
}

function writeValue(value: Scalar, { type }: ResolvedColumn, format: Formatters, words: CrmMessages['customerTable']): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  // The unit stands in the heading.
  if (type.kind === 'money' && typeof value === 'number') return format.amount(value, type)
  return type.kind === 'instant' && typeof value === 'number' ? format.date(value) : format.value(value, type)
}

function daysAgo(days: Scalar | null | undefined, text: Text, words: CrmMessages['customerTable'], format: Formatters): string | null {
  if (typeof days !== 'number') return null
  return days === 0 ? words.today : text(words.daysAgo, { count: days, countText: format.number(days) })
}
