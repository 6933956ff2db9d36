import type { Batch, Column, DataSchema, FieldType, ResidentColumns, Steps } from '../adapter/contract.ts'
import { DataContractError } from '../errors/index.ts'
import { clusterTransactions } from './cluster.ts'
import { columnKindOf, nullColumn } from './columns.ts'
import { concatColumns, isNull } from './readColumns.ts'
import { createCoder, createInterner } from './interner.ts'
import { fieldsOfSet } from './measures.ts'
import { STEP_ROWS } from './radix.ts'
import { BYTES_AN_ID } from './residentBytes.ts'

/** Collects batches of `customers` and `transactions` and clusters them. Customers first, then lines. */
export interface ResidentBuilder {
  /** What to select from `customers`, in this order; empty when there is no such set. */
  readonly customerFields: readonly string[]
  /** What to select from `transactions`, in this order. */
  readonly lineFields: readonly string[]
  addCustomers(batch: Batch): void
  addLines(batch: Batch): void
  /** Once, after the last batch. The builder is empty afterwards. */
  finish(): Steps<ResidentColumns>
  /** Bytes held now, estimated. */
  bytes(): number
}

const LINE_FIELDS = ['customerId', 'orderId', 'at', 'amount'] as const

/**
 * @throws DataContractError `DATA_INVALID` when a customer id repeats, or a line lacks its order, time or amount
 * @throws DataContractError `PROTOCOL` when a batch has other columns than selected
 */
export function createResidentBuilder(schema: DataSchema): ResidentBuilder {
  const customerTypes = fieldsOfSet(schema, 'customers')
  const customerFields = customerTypes === null ? [] : ['customerId', ...[...customerTypes.keys()].filter((name) => name !== 'customerId')]
  const attributes = customerFields.slice(1)
  const pieces: Column[][] = attributes.map(() => [])
  const ids = createInterner()
  const orders = createCoder()
  const customerCodes: Int32Array[] = []
  const orderCodes: Int32Array[] = []
  const ats: Float64Array[] = []
  const amounts: Float64Array[] = []
  let customerRows = 0
  let lineRows = 0

  return {
    customerFields,
    lineFields: LINE_FIELDS,
    addCustomers(batch) {
      expectColumns(batch, ['text', ...attributes.map((name) => columnKindOf(customerTypes?.get(name) as FieldType))], 'customers')
      const codes = ids.add(batch.columns[0] as TextColumn)
      for (let row = 0; row < codes.length; row++) {
        // Ids get codes in order of appearance: another code than the row number is a repeat (or a NULL).
        if (codes[row] !== customerRows + row) throw invalidCustomer(customerRows + row)
      }
      attributes.forEach((_, i) => (pieces[i] as Column[]).push(batch.columns[i + 1] as Column))
      customerRows += batch.rows
    },
    addLines(batch) {
      expectColumns(batch, ['text', 'text', 'float64', 'float64'], 'transactions')
      const [customer, order, at, amount] = batch.columns as [TextColumn, TextColumn, NumberColumn, NumberColumn]
      for (const column of [order, at, amount]) {
        if (column.kind === 'float64' && column.validity === undefined) continue
        for (let row = 0; row < batch.rows; row++) if (isNull(column, row)) throw invalidLine(lineRows + row)
      }
      customerCodes.push(ids.add(customer))
      orderCodes.push(orders.add(order))
      ats.push(at.values)
      amounts.push(amount.values)
      lineRows += batch.rows
    },
    *finish() {
      const customer = yield* join(customerCodes, new Int32Array(lineRows))
      const order = yield* join(orderCodes, new Int32Array(lineRows))
      const at = yield* join(ats, new Float64Array(lineRows))
      const amount = yield* join(amounts, new Float64Array(lineRows))
      const names = ids.texts()
      const count = names.length
      const atKind = fieldsOfSet(schema, 'transactions')?.get('at')?.kind === 'date' ? 'date' : 'instant'
      const lines = yield* clusterTransactions({ customers: count, customer, order, at, atKind, amount })
      const fields = new Map<string, Column>()
      const codes = new Int32Array(count)
      for (let c = 0; c < count; c++) codes[c] = c
      fields.set('customerId', { kind: 'text', codes, dictionary: names })
      for (let i = 0; i < attributes.length; i++) {
        const name = attributes[i] as string
        const kind = columnKindOf(customerTypes?.get(name) as FieldType)
        const parts = pieces[i] as Column[]
        if (count > customerRows || parts.length === 0) parts.push(nullColumn(kind, count - customerRows))
        fields.set(name, concatColumns(kind, parts))
        yield
      }
      const { offsets, linesWithoutCustomer } = lines
      return { schema, count, ids: names, fields, offsets, at: lines.at, atKind, order: lines.order, amount: lines.amount, linesWithoutCustomer }
    },
    bytes: () => lineRows * 28 + ids.size() * BYTES_AN_ID + customerRows * 12 * attributes.length + orders.mapSize() * BYTES_AN_ID,
  }
}

type TextColumn = Extract<Column, { kind: 'text' }>
type NumberColumn = Extract<Column, { kind: 'float64' }>

/** One array out of the pieces, which are let go as they are copied. */
function* join<Values extends Int32Array | Float64Array>(pieces: Values[], target: Values): Steps<Values> {
  if (pieces.length === 1) return pieces.pop() as Values
  let at = 0
  let sinceYield = 0
  for (const piece of pieces.splice(0)) {
    target.set(piece, at)
    at += piece.length
    sinceYield += piece.length
    if (sinceYield >= 4 * STEP_ROWS) {
      sinceYield = 0
      yield
    }
  }
  return target
}

/** @throws DataContractError `PROTOCOL` when a batch has other columns than selected */
export function expectColumns(batch: Batch, kinds: readonly string[], set: string): void {
  const fits = batch.columns.length === kinds.length && batch.columns.every((column, i) => column.kind === kinds[i] && lengthFits(column, batch.rows))
  if (!fits) {
    throw new DataContractError('PROTOCOL', `A batch of ${set} does not hold the columns that were selected. It cannot be read. Report it to the author of the adapter.`, { set })
  }
}

function lengthFits(column: Column, rows: number): boolean {
  return (column.kind === 'text' ? column.codes : column.values).length === rows
}

function invalidCustomer(row: number): DataContractError {
  return new DataContractError('DATA_INVALID', `Row ${row} of customers has no id, or one that came before. A customer would be counted twice. Make customerId unique.`, {
    set: 'customers',
    index: row,
  })
}

function invalidLine(row: number): DataContractError {
  return new DataContractError('DATA_INVALID', `Line ${row} of transactions lacks orderId, at or amount. Totals need all three. Fill them in, or leave the line out.`, {
    set: 'transactions',
    index: row,
  })
}
