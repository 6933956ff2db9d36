import { InvalidInputError, type CrmErrorCode, type InvalidInputCode } from '../errors/index.ts'
import { columnKindOf } from '../shared/columns.ts'
import { lengthOf } from '../shared/readColumns.ts'
import { isNumericId } from '../shared/text.ts'
import type { Column, DataField, DataSetName, FieldType, Steps } from './contract.ts'
import type { MemoryRow } from './memory.types.ts'

const STEP_ROWS = 16_384

/**
 * The distinct texts of a field. Ids that name the same things in several sets share one pool, so that reading them
 * together needs no hashing.
 */
export interface TextPool {
  texts: string[]
  /** Made on first need: columns that were passed in never need it unless rows are added. */
  codeOf: Map<string, number> | null
  /** Somebody else holds `texts`, as a dictionary: it is copied before it grows. */
  isShared: boolean
}

export function emptyPool(): TextPool {
  return { texts: [], codeOf: new Map(), isShared: false }
}

/** Makes in slices what {@link codeFor} would else make at once: the index of texts that were passed in. */
function* indexPool(pool: TextPool): Steps<void> {
  if (pool.codeOf !== null) return
  const codeOf = new Map<string, number>()
  for (let code = 0; code < pool.texts.length; code++) {
    if (code % STEP_ROWS === STEP_ROWS - 1) yield
    codeOf.set(pool.texts[code] as string, code)
  }
  pool.codeOf = codeOf
}

/** Code of a text, new or known. */
export function codeFor(text: string, pool: TextPool): number {
  pool.codeOf ??= new Map(pool.texts.map((known, code) => [known, code]))
  let code = pool.codeOf.get(text)
  if (code === undefined) {
    if (pool.isShared) {
      pool.texts = pool.texts.slice()
      pool.isShared = false
    }
    code = pool.texts.push(text) - 1
    pool.codeOf.set(text, code)
  }
  return code
}

/** One field of many rows as a column, every value checked. `first` is the index of the first row for error messages. */
export function* columnFromRows(set: DataSetName, field: DataField, rows: readonly MemoryRow[], pool: TextPool, first: number): Steps<Column> {
  const { name, type } = field
  const n = rows.length
  const kind = columnKindOf(type)
  const codes = new Int32Array(kind === 'text' ? n : 0)
  const values = kind === 'boolean' ? new Uint8Array(n) : new Float64Array(kind === 'text' ? 0 : n)
  let validity: Uint8Array | undefined
  if (kind === 'text') yield* indexPool(pool)
  for (let i = 0; i < n; i++) {
    if (i % STEP_ROWS === STEP_ROWS - 1) yield
    const row = rows[i] as MemoryRow
    // Own members only: `__proto__` and `constructor` are names like any other.
    const raw: unknown = Object.hasOwn(row, name) ? row[name] : null
    if (raw === null || raw === undefined) {
      if (!field.nullable) throw invalid(missingCode(type), set, name, first + i, 'is missing', adviceFor(type))
      if (kind === 'text') codes[i] = -1
      else {
        validity ??= new Uint8Array(n).fill(1)
        validity[i] = 0
      }
      continue
    }
    if (kind === 'text') {
      const text = type.kind === 'id' ? readId(raw) : raw
      if (typeof text !== 'string') throw invalid('FIELD_TYPE', set, name, first + i, `is no ${type.kind}`)
      if (type.kind === 'id' && type.numericId === true && !isNumericId(text)) throw invalid('ID_NOT_NUMERIC', set, name, first + i, 'is no whole number in plain decimal digits')
      codes[i] = codeFor(text, pool)
    } else if (kind === 'boolean') {
      if (typeof raw !== 'boolean') throw invalid('FIELD_TYPE', set, name, first + i, 'is neither true nor false')
      values[i] = raw ? 1 : 0
    } else {
      const value = type.kind === 'instant' ? readInstant(raw) : type.kind === 'date' ? readDate(raw) : readNumber(raw)
      const code = numberFault(type, value)
      if (code !== null) throw invalid(code, set, name, first + i, typeof raw === 'string' && code === 'VALUE_NOT_FINITE' ? 'is a text, not a number' : NUMBER_FAULTS[code], adviceFor(type))
      values[i] = value + 0 // -0 is read as 0
    }
  }
  if (kind === 'text') return { kind, codes, dictionary: pool.texts }
  return (validity === undefined ? { kind, values } : { kind, values, validity }) as Column
}

/**
 * A column that was passed in, checked. Taken over as it is where it already has the contract's form; a copy where a
 * NULL place or a -0 holds something else than 0, or where its dictionary must be merged into a shared pool.
 */
export function* adoptColumn(set: DataSetName, field: DataField, column: Column, rows: number, pool: TextPool, first: number): Steps<Column> {
  const { name, type } = field
  if (column.kind !== columnKindOf(type) || (column.kind !== 'text' && column.validity !== undefined && column.validity.length !== column.values.length)) {
    throw invalid('FIELD_TYPE', set, name, first, `comes in a column of kind ${column.kind}, or with a validity of another length`)
  }
  if (lengthOf(column) !== rows) {
    throw new InvalidInputError('LENGTH_MISMATCH', `The column "${name}" of ${set} has another length than the others. Its values would belong to other rows. Pass columns of one length.`, {
      set,
      field: name,
    })
  }
  if (column.kind === 'text') return yield* adoptText(set, field, column, pool, first)
  const { values, validity } = column
  let own: Float64Array | Uint8Array | null = null
  for (let i = 0; i < rows; i++) {
    if (i % STEP_ROWS === STEP_ROWS - 1) yield
    const isNone = validity !== undefined && validity[i] === 0
    const value = values[i] as number
    if (isNone) {
      if (!field.nullable) throw invalid(missingCode(type), set, name, first + i, 'is missing', adviceFor(type))
      if (!Object.is(value, 0)) (own ??= values.slice())[i] = 0
      continue
    }
    if (column.kind === 'boolean') {
      if (value > 1) throw invalid('FIELD_TYPE', set, name, first + i, 'is neither 0 nor 1')
      continue
    }
    const code = numberFault(type, value)
    if (code !== null) throw invalid(code, set, name, first + i, NUMBER_FAULTS[code], adviceFor(type))
    if (value === 0 && Object.is(value, -0)) (own ??= values.slice())[i] = 0
  }
  return own === null ? column : ({ ...column, values: own } as Column)
}

function* adoptText(set: DataSetName, field: DataField, column: Extract<Column, { kind: 'text' }>, pool: TextPool, first: number): Steps<Column> {
  const { codes, dictionary } = column
  const isNumeric = field.type.kind === 'id' && field.type.numericId === true
  for (let i = 0; i < codes.length; i++) {
    if (i % STEP_ROWS === STEP_ROWS - 1) yield
    const code = codes[i] as number
    if (code < 0 ? !field.nullable : code >= dictionary.length) throw invalid(missingCode(field.type), set, field.name, first + i, 'is missing')
  }
  for (let code = 0; isNumeric && code < dictionary.length; code++) {
    if (code % STEP_ROWS === STEP_ROWS - 1) yield
    if (!isNumericId(dictionary[code] as string)) throw invalid('ID_NOT_NUMERIC', set, field.name, first + codes.indexOf(code), 'is no whole number in plain decimal digits')
  }
  if (pool.texts === dictionary) return column
  if (pool.texts.length === 0 && (yield* areDistinct(dictionary))) {
    Object.assign(pool, { texts: dictionary as string[], codeOf: null, isShared: true })
    return column
  }
  yield* indexPool(pool)
  const table = new Int32Array(dictionary.length)
  for (let entry = 0; entry < table.length; entry++) {
    if (entry % STEP_ROWS === STEP_ROWS - 1) yield
    table[entry] = codeFor(dictionary[entry] as string, pool)
  }
  return { kind: 'text', codes: codes.map((code) => (code < 0 ? -1 : (table[code] as number))), dictionary: pool.texts }
}

function* areDistinct(texts: readonly string[]): Steps<boolean> {
  const seen = new Set<string>()
  for (let i = 0; i < texts.length; i++) {
    if (i % STEP_ROWS === STEP_ROWS - 1) yield
    seen.add(texts[i] as string)
  }
  return seen.size === texts.length
}

function readId(raw: unknown): unknown {
  return Number.isSafeInteger(raw) || typeof raw === 'bigint' ? String(raw) : raw
}

function readNumber(raw: unknown): number {
  return typeof raw === 'number' ? raw : NaN
}

/** Finer time is floored. A text needs its zone: without one it would mean another instant on every machine. */
function readInstant(raw: unknown): number {
  if (typeof raw === 'number') return Math.floor(raw)
  if (raw instanceof Date) return raw.getTime()
  return typeof raw === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(raw) ? Date.parse(raw) : NaN
}

function readDate(raw: unknown): number {
  if (typeof raw === 'number') return raw
  const parts = typeof raw === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(raw) : null
  if (parts === null) return NaN
  const date = new Date(0)
  date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  // 31 February rolls over into March: no such day.
  return date.getUTCDate() === Number(parts[3]) ? date.getTime() / 86_400_000 : NaN
}

const NUMBER_FAULTS = {
  VALUE_NOT_FINITE: 'is no finite number',
  NOT_INTEGER: 'is no whole number up to 2^53 - 1',
  DATE_INVALID: 'is no date or instant (a date is YYYY-MM-DD, an instant a Date, milliseconds or an ISO text with its zone)',
} as const

function numberFault(type: FieldType, value: number): keyof typeof NUMBER_FAULTS | null {
  if (type.kind === 'instant') return Number.isInteger(value) && Math.abs(value) <= 8.64e15 ? null : 'DATE_INVALID'
  if (type.kind === 'date') return Number.isInteger(value) && Math.abs(value) <= 1e8 ? null : 'DATE_INVALID'
  if (!Number.isFinite(value)) return 'VALUE_NOT_FINITE'
  return type.kind === 'number' || Number.isSafeInteger(value) ? null : 'NOT_INTEGER'
}

function missingCode(type: FieldType): InvalidInputCode {
  if (type.kind === 'id') return 'ID_MISSING'
  if (type.kind === 'instant' || type.kind === 'date') return 'DATE_INVALID'
  return columnKindOf(type) === 'float64' ? 'VALUE_NOT_FINITE' : 'FIELD_TYPE'
}

/** The commonest slip: money as decimals. */
function adviceFor(type: FieldType): string {
  return type.kind === 'money' ? `Amounts are whole units of 10^-${type.scale}: pass toMinorUnits('12.50', ${type.scale})` : 'Correct the row'
}

function invalid(code: Extract<CrmErrorCode, InvalidInputCode>, set: DataSetName, field: string, index: number, fault: string, advice = 'Correct the row'): InvalidInputError {
  return new InvalidInputError(code, `"${field}" in row ${index} of ${set} ${fault}. Every figure that it enters would be wrong. ${advice}.`, { set, field, index })
}
