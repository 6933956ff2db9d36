import type { Batch, Column, MembersRequest, Order, Range, ResidentColumns, Steps, StreamEnd, TotalsRequest } from '../adapter/contract.ts'
import { canonicalJson, decodeCursor, encodeCursor, fingerprintOf } from './cursor.ts'
import { customersInScope, type CustomerColumns } from './customerColumns.ts'
import { compactText, takeRows } from './columns.ts'
import { checkCursorValues, positionAfter, sortRows, sortValues, type SortKey } from './sortRows.ts'

export const MAX_BATCH_ROWS = 65_536

/** What {@link pageOfCustomers} needs beside the request. */
interface Page {
  readonly request: TotalsRequest | MembersRequest
  readonly columns: ResidentColumns
  readonly source: CustomerColumns
  readonly ranges: readonly Range[]
  readonly order: readonly Order[]
  readonly picked: readonly Column[]
  readonly end: Omit<StreamEnd, 'next'>
}

/** Sorted customers of the last requests, so that the next page costs its own rows only. */
const remembered = new WeakMap<ResidentColumns, { key: string; rows: Int32Array }[]>()
const REMEMBERED_ORDERS = 4

/** Customers in scope, sorted, from the cursor on, in batches of at most 65,536 rows. */
export function* pageOfCustomers({ request, columns, source, ranges, order, picked, end }: Page): Steps<readonly Batch[]> {
  const keys: SortKey[] = order.map((one) => ({ ...one, column: source.column(one.field), type: source.types.get(one.field) as SortKey['type'] }))
  // `customerId` as asked makes what follows it moot; else it breaks the ties.
  if (!order.some((one) => one.field === 'customerId')) {
    keys.push({ column: source.column('customerId'), type: source.types.get('customerId') as SortKey['type'], direction: 'ascending', nulls: 'last' })
  }
  const fingerprint = fingerprintOf(request)
  let after: ReturnType<typeof decodeCursor> | null = null
  if (request.after !== undefined) {
    after = decodeCursor(request.after, fingerprint)
    checkCursorValues(after, keys)
  }
  const rows = yield* sortedCustomers(request, columns, source, ranges, order, keys)
  const start = after === null ? 0 : positionAfter(rows, keys, after)
  const stop = Math.min(rows.length, start + (request.limit ?? Infinity))
  const next = stop < rows.length ? encodeCursor(sortValues(rows[stop - 1] as number, keys), fingerprint) : null
  const batches: Batch[] = []
  let from = start
  do {
    const index = rows.subarray(from, Math.min(stop, from + MAX_BATCH_ROWS))
    from += index.length
    const taken = picked.map((column) => compactText(takeRows(column, index)))
    batches.push(from < stop ? { rows: index.length, columns: taken } : { rows: index.length, columns: taken, end: { next, ...end } })
    yield
  } while (from < stop)
  return batches
}

function* sortedCustomers(
  request: TotalsRequest | MembersRequest,
  columns: ResidentColumns,
  source: CustomerColumns,
  ranges: readonly Range[],
  order: readonly Order[],
  keys: readonly SortKey[],
): Steps<Int32Array> {
  const key = canonicalJson([request.totals, request.where, ranges, order])
  const entries = remembered.get(columns) ?? []
  const found = entries.find((entry) => entry.key === key)
  if (found !== undefined) return found.rows
  const scope = yield* customersInScope(source, columns.count, request.where, ranges)
  yield
  let n = 0
  const all = new Int32Array(columns.count)
  for (let c = 0; c < columns.count; c++) if (scope === null || scope[c] === 1) all[n++] = c
  const rows = n === all.length ? all : all.slice(0, n)
  yield* sortRows(rows, keys)
  remembered.set(columns, [{ key, rows }, ...(remembered.get(columns) ?? [])].slice(0, REMEMBERED_ORDERS))
  return rows
}
