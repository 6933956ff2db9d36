import { compactText, sliceRows, takeRows } from '../shared/columns.ts'
import { canonicalJson, decodeCursor, encodeCursor, fingerprintOf } from '../shared/cursor.ts'
import { evaluateInSlices } from '../shared/expr.ts'
import { localProvenance } from '../shared/localProvenance.ts'
import { MAX_BATCH_ROWS } from '../shared/pageOfCustomers.ts'
import { shareSteps } from '../shared/shareSteps.ts'
import { checkCursorValues, positionAfter, sortRows, sortValues, type SortKey } from '../shared/sortRows.ts'
import type { Batch, Column, FieldType, ScanRequest, Steps } from './contract.ts'
import { KNOWN_SETS } from './memoryFields.ts'
import type { StoredSet } from './memoryStore.ts'

/** Batches one by one: whoever reads decides when the next is made. `null` = still working on it. */
export type ScanSteps = Generator<Batch | null, void, undefined>

/** A checked scan of one state. */
export function scanSet(request: ScanRequest, set: StoredSet, version: string): ScanSteps {
  const isBulk = request.order === undefined && request.limit === undefined && request.after === undefined
  return isBulk ? bulkRead(request, set, version) : readPage(request, set, version)
}

function* bulkRead({ select, where }: ScanRequest, set: StoredSet, version: string): ScanSteps {
  yield* quietly(set.ready(select))
  const columns = select.map((field) => set.column(field))
  const end = { next: null, provenance: localProvenance(version) }
  const passes = where === undefined ? null : yield* quietly(evaluateInSlices(where, set.column, set.types, set.rows))
  const total = passes === null ? set.rows : countOnes(passes)
  let sent = 0
  for (let start = 0; sent < total || sent === 0; ) {
    let batch: Batch
    if (passes === null) {
      const stop = Math.min(set.rows, start + MAX_BATCH_ROWS)
      batch = { rows: stop - start, columns: columns.map((column) => sliceRows(column, start, stop)) }
      start = stop
    } else {
      const index = new Int32Array(Math.min(MAX_BATCH_ROWS, total - sent))
      let n = 0
      while (n < index.length) {
        if (passes[start] === 1) index[n++] = start
        start++
      }
      batch = { rows: n, columns: columns.map((column) => takeRows(column, index)) }
    }
    sent += batch.rows
    yield sent < total ? batch : { ...batch, end }
    if (sent >= total) return
  }
}

function* readPage(request: ScanRequest, set: StoredSet, version: string): ScanSteps {
  yield* quietly(set.ready(KNOWN_SETS[set.name].key))
  const keys = sortKeys(request, set)
  const fingerprint = fingerprintOf(request)
  let after: ReturnType<typeof decodeCursor> | null = null
  if (request.after !== undefined) {
    after = decodeCursor(request.after, fingerprint)
    checkCursorValues(after, keys)
  }
  const rows = yield* quietly(sortedRows(request, set, keys))
  let start = after === null ? 0 : positionAfter(rows, keys, after)
  const stop = Math.min(rows.length, start + (request.limit ?? Infinity))
  const next = stop < rows.length ? encodeCursor(sortValues(rows[stop - 1] as number, keys), fingerprint) : null
  const columns = request.select.map((field) => set.column(field))
  do {
    const index = rows.subarray(start, Math.min(stop, start + MAX_BATCH_ROWS))
    start += index.length
    const batch = { rows: index.length, columns: columns.map((column: Column) => compactText(takeRows(column, index))) }
    yield start < stop ? batch : { ...batch, end: { next, provenance: localProvenance(version) } }
  } while (start < stop)
}

function sortKeys({ order = [] }: ScanRequest, set: StoredSet): SortKey[] {
  const keys: SortKey[] = order.map((one) => ({ ...one, column: set.column(one.field), type: set.types.get(one.field) as FieldType }))
  for (const field of KNOWN_SETS[set.name].key) {
    if (order.some((one) => one.field === field)) continue
    keys.push({ column: set.column(field), type: set.types.get(field) as FieldType, direction: 'ascending', nulls: 'last' })
  }
  return keys
}

/** Sorted rows of the last requests, so that the next page costs its own rows only. */
const remembered = new WeakMap<StoredSet, { key: string; rows: () => Steps<Int32Array> }[]>()
const REMEMBERED_ORDERS = 4

function sortedRows({ where, order }: ScanRequest, set: StoredSet, keys: readonly SortKey[]): Steps<Int32Array> {
  const key = canonicalJson([where, order])
  const entries = remembered.get(set) ?? []
  const entry = entries.find((one) => one.key === key) ?? { key, rows: shareSteps(() => sortMatching(where, set, keys)) }
  remembered.set(set, [entry, ...entries.filter((one) => one !== entry)].slice(0, REMEMBERED_ORDERS))
  return entry.rows()
}

function* sortMatching(where: ScanRequest['where'], set: StoredSet, keys: readonly SortKey[]): Steps<Int32Array> {
  const passes = where === undefined ? null : yield* evaluateInSlices(where, set.column, set.types, set.rows)
  const rows = new Int32Array(passes === null ? set.rows : countOnes(passes))
  let n = 0
  for (let row = 0; n < rows.length; row++) if (passes === null || passes[row] === 1) rows[n++] = row
  yield
  yield* sortRows(rows, keys)
  return rows
}

/** Steps of a whole as steps of a stream of batches. */
export function* quietly<Result>(steps: Steps<Result>): Generator<null, Result, undefined> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    yield null
  }
}

function countOnes(passes: Uint8Array): number {
  let n = 0
  for (let row = 0; row < passes.length; row++) n += passes[row] as number
  return n
}
