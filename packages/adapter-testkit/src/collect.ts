import type { Batch, Column, FieldType } from '@crm/core/adapter'
import { columnKind } from './data/columns.ts'
import { CheckFailure, show } from './failure.ts'
import type { Answer } from './reference/table.ts'
import type { Cell } from './testkit.types.ts'

/** Columns that a request must be answered with. `type` is missing for counts and parts of sums. */
export interface ExpectedColumn {
  readonly name: string
  readonly type: FieldType
  readonly nullable: boolean
}

/** More batches than any answer over the data of the kit can need. */
const MANY_BATCHES = 100_000

/**
 * Reads a stream to its end and checks on the way that it is one: right columns in every batch, lengths that agree,
 * NULL places that hold 0, values that their type allows, one end, on the last batch, with provenance.
 */
export async function collect(asked: unknown, stream: AsyncIterable<Batch>, columns: readonly ExpectedColumn[], settle: <T>(work: Promise<T>, what: string) => Promise<T>, kind: 'scan' | 'totals' | 'bins' | 'members' | 'pairs'): Promise<Answer> {
  const fail = (found: string): never => {
    throw new CheckFailure(asked, found, 'streams')
  }
  const rows: Cell[][] = []
  const iterator = stream[Symbol.asyncIterator]()
  let end: NonNullable<Batch['end']> | null = null
  let batches = 0
  for (;;) {
    const step = await settle(Promise.resolve(iterator.next()), `batch ${batches}`)
    if (step.done === true) break
    if (end !== null) fail(`Batch ${batches} came after the batch that carried "end"`)
    const batch = step.value
    checkBatch(batch, batches, columns, fail)
    for (let row = 0; row < batch.rows; row++) rows.push(batch.columns.map((column) => cellAt(column, row)))
    end = batch.end ?? null
    if (++batches > MANY_BATCHES) fail(`The stream did not end after ${MANY_BATCHES} batches`)
  }
  if (end === null) return fail('The stream ended without a batch that carries "end"')
  const after = await settle(Promise.resolve(iterator.next()), 'the step after the end')
  if (after.done !== true) fail('The stream went on after it was done')
  checkEnd(end, kind, fail)
  return {
    names: columns.map(({ name }) => name),
    kinds: columns.map(({ type }) => columnKind(type)),
    rows,
    ...(end.cuts === undefined ? {} : { cuts: end.cuts }),
    ...(kind === 'scan' ? {} : { counts: end.counts ?? [] }),
    next: end.next,
    provenance: end.provenance,
    batches,
  }
}

function checkBatch(batch: Batch, index: number, expected: readonly ExpectedColumn[], fail: (found: string) => never): void {
  if (!Number.isInteger(batch.rows) || batch.rows < 0) fail(`Batch ${index} says it has ${show(batch.rows)} rows`)
  if (batch.columns.length !== expected.length) fail(`Batch ${index}: expected ${expected.length} columns, got ${batch.columns.length}`)
  batch.columns.forEach((column, c) => {
    const { name, type, nullable } = expected[c] as ExpectedColumn
    const where = `batch ${index}, column ${c} "${name}"`
    if (column.kind !== columnKind(type)) fail(`In ${where}: expected kind ${columnKind(type)}, got ${show(column.kind)}`)
    const right = column.kind === 'text' ? column.codes instanceof Int32Array : column.kind === 'boolean' ? column.values instanceof Uint8Array : column.values instanceof Float64Array
    if (!right) fail(`In ${where}: the values are no ${column.kind === 'text' ? 'Int32Array' : column.kind === 'boolean' ? 'Uint8Array' : 'Float64Array'}`)
    const length = column.kind === 'text' ? column.codes.length : column.values.length
    if (length !== batch.rows) fail(`In ${where}: expected ${batch.rows} values, got ${length}`)
    if (column.kind !== 'text' && column.validity !== undefined) {
      if (!(column.validity instanceof Uint8Array) || column.validity.length !== batch.rows) fail(`In ${where}: "validity" is no Uint8Array of ${batch.rows} bytes`)
    }
    for (let row = 0; row < batch.rows; row++) {
      const wrong = wrongValue(column, row, type, nullable)
      if (wrong !== null) fail(`In ${where}, row ${row}: ${wrong}`)
    }
  })
}

/** What is wrong with one value, or null. */
function wrongValue(column: Column, row: number, type: FieldType, nullable: boolean): string | null {
  if (column.kind === 'text') {
    const code = column.codes[row] as number
    if (code < -1 || code >= column.dictionary.length) return `code ${code} points outside a dictionary of ${column.dictionary.length}`
    if (code === -1 && !nullable) return 'NULL in a field that is not nullable'
    if (code >= 0 && typeof column.dictionary[code] !== 'string') return `the dictionary holds ${show(column.dictionary[code])}`
    return null
  }
  const value = column.values[row] as number
  const valid = column.validity?.[row] ?? 1
  if (valid !== 0 && valid !== 1) return `validity is ${valid}, neither 0 nor 1`
  if (valid === 0) {
    if (!nullable) return 'NULL in a field that is not nullable'
    return Object.is(value, 0) ? null : `expected 0 at a NULL place, got ${show(value)}`
  }
  if (column.kind === 'boolean') return value > 1 ? `a boolean is 0 or 1, got ${value}` : null
  if (!Number.isFinite(value)) return `got ${show(value)}, which no field holds`
  if (Object.is(value, -0)) return 'got -0, which is read as 0'
  if (type.kind !== 'number' && !Number.isSafeInteger(value)) return `expected a safe integer, got ${show(value)}`
  return null
}

function cellAt(column: Column, row: number): Cell {
  if (column.kind === 'text') return (column.codes[row] as number) < 0 ? null : (column.dictionary[column.codes[row] as number] as string)
  if (column.validity !== undefined && column.validity[row] === 0) return null
  return column.kind === 'boolean' ? column.values[row] === 1 : (column.values[row] as number)
}

function checkEnd(end: NonNullable<Batch['end']>, kind: string, fail: (found: string) => never): void {
  if (end.next !== null && typeof end.next !== 'string') fail(`"end.next" is ${show(end.next)}, neither a cursor nor null`)
  const { provenance } = end
  if (provenance === undefined || provenance === null) return fail('"end" carries no provenance')
  if (provenance.computedBy !== 'backend' && provenance.computedBy !== 'local') fail(`"provenance.computedBy" is ${show(provenance.computedBy)}`)
  if (typeof provenance.engine !== 'string' || provenance.engine === '') fail('"provenance.engine" names no engine')
  if (provenance.exactness !== 'exact') fail(`Over a complete small data set the answer is exact, but "provenance.exactness" is ${show(provenance.exactness)}`)
  if (provenance.completeness?.kind !== 'complete') fail(`Nothing is missing, but "provenance.completeness" is ${show(provenance.completeness?.kind)}`)
  if (provenance.snapshot !== null && typeof provenance.snapshot !== 'string') fail(`"provenance.snapshot" is ${show(provenance.snapshot)}`)
  if (kind === 'bins' && end.cuts === undefined) fail('The end of "bins" carries no "cuts"')
}
