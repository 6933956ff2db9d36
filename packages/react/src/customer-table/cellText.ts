import type { Scalar } from '@crm/core/adapter'
import type { ResolvedColumn } from './customerColumns.ts'
import { valueOf } from './customerRows.ts'
import type { CustomerRow } from './customerRows.ts'
import type { TableWords } from './useTableWords.ts'

/** What stands in a cell. */
export interface CellText {
  /** null = the customer has no value here. */
  readonly text: string | null
  /** Small print beside it: the id under a name, the days since a date. */
  readonly detail: string | null
}

/** The words of one cell, or null while its field is on the way. */
export function cellText(row: CustomerRow, column: ResolvedColumn, wording: TableWords): CellText | null {
  if (column.isRowHeader) {
    const name = valueOf(row, 'name')
    const shown = column.fields.includes('name') && typeof name === 'string' && name !== ''
    return shown ? { text: name, detail: row.customerId } : { text: row.customerId, detail: null }
  }
  const value = valueOf(row, column.fields[0] ?? '')
  if (value === undefined) return null
  if (column.format !== null) return { text: column.format(value, wording.format), detail: null }
  if (value === null) return { text: null, detail: null }
  return { text: writeValue(value, column, wording), detail: column.id === 'lastDay' ? daysAgo(valueOf(row, 'recencyDays'), wording) : null }
}

function writeValue(value: Scalar, { type }: ResolvedColumn, { format, words }: TableWords): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  // The unit stands in the heading.
  if (type.kind === 'money' && typeof value === 'number') return format.amount(value, type)
  return type.kind === 'instant' && typeof value === 'number' ? format.date(value) : format.value(value, type)
}

function daysAgo(days: Scalar | null | undefined, { text, words }: TableWords): string | null {
  if (typeof days !== 'number') return null
  return days === 0 ? words.today : text(words.daysAgo, { count: days })
}
