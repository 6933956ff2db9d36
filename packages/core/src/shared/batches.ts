import type { Batch, Column, StreamEnd, WarningCount } from '../adapter/contract.ts'
import { DataContractError } from '../errors/index.ts'
import { concatColumns, lengthOf } from './readColumns.ts'
import { SUMMABLE_MEASURES } from './measures.ts'

/** A whole answer as single columns. */
export interface CollectedBatches {
  readonly rows: number
  readonly columns: readonly Column[]
  readonly end: StreamEnd
}

/** A `totals` answer, decoded. Days mean nothing where `orders` is 0. */
export interface TotalsAnswer {
  readonly count: number
  readonly customerId: Extract<Column, { kind: 'text' }>
  readonly firstDay: Float64Array
  readonly lastDay: Float64Array
  readonly recencyDays: Float64Array
  readonly orders: Float64Array
  readonly revenue: Float64Array
  readonly returnedRevenue: Float64Array
  readonly lines: Float64Array
  readonly counts: readonly WarningCount[]
  readonly end: StreamEnd
}

/**
 * Joins the batches of one answer.
 *
 * @throws DataContractError `PROTOCOL` when the end is missing or early, or columns differ between batches or in length
 */
export function collectBatches(batches: readonly Batch[]): CollectedBatches {
  const last = batches[batches.length - 1]
  if (last?.end === undefined) throw protocol('its last batch carries no end')
  const kinds = last.columns.map((column) => column.kind)
  let rows = 0
  for (const batch of batches) {
    if (batch !== last && batch.end !== undefined) throw protocol('a batch came after the end')
    if (batch.columns.length !== kinds.length || batch.columns.some((column, i) => column.kind !== kinds[i])) throw protocol('its batches have different columns')
    if (batch.columns.some((column) => !isSound(column, batch.rows))) throw protocol('a column has another length than its batch')
    rows += batch.rows
  }
  const columns = kinds.map((kind, i) =>
    concatColumns(
      kind,
      batches.map((batch) => batch.columns[i] as Column),
    ),
  )
  return { rows, columns, end: last.end }
}

/** Decodes a `totals` answer. @throws DataContractError `PROTOCOL` */
export function readTotals(batches: readonly Batch[]): TotalsAnswer {
  const { rows, columns, end } = collectBatches(batches)
  const [customerId, ...measures] = columns
  if (columns.length !== 1 + SUMMABLE_MEASURES.length || customerId?.kind !== 'text') throw protocol('its columns are not those of totals')
  const [firstDay, lastDay, recencyDays, orders, revenue, returnedRevenue, lines] = measures.map((column, i) =>
    numbersOf(column, SUMMABLE_MEASURES[i] as string, i < 3),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
  return { count: rows, customerId, firstDay, lastDay, recencyDays, orders, revenue, returnedRevenue, lines, counts: end.counts ?? [], end }
}

function numbersOf(column: Column, what: string, mayBeNull = false): Float64Array {
  if (column.kind !== 'float64') throw protocol(`${what} is no column of numbers`)
  if (!mayBeNull && column.validity?.includes(0) === true) throw protocol(`${what} is NULL somewhere`)
  return column.values
}

function isSound(column: Column, rows: number): boolean {
  if (lengthOf(column) !== rows) return false
  return column.kind === 'text' || column.validity === undefined || column.validity.length === rows
}

export function protocol(what: string): DataContractError {
  return new DataContractError('PROTOCOL', `The adapter's answer breaks the contract: ${what}. Nothing of it was used. Report it to the author of the adapter.`)
}
