import type { Column, FieldType } from '@crm/core/adapter'
import { DataContractError } from '@crm/core/errors'
import { OTHER_CURRENCY } from '../compiler/model.ts'
import type { ParamKind } from '../compiler/sql.ts'
import type { DuckdbVector } from './driver.ts'
import { AsciiTexts, InlineTexts, wordsOf } from './inlineTexts.ts'

/** What a result column is, to check it while it is read. */
export interface ColumnShape {
  readonly name: string
  readonly type: FieldType
  readonly carrier: ParamKind
  readonly nullable: boolean
}

/** Collects one column over the chunks of a batch. */
export interface ColumnBuilder {
  append(vector: DuckdbVector, from: number, to: number): void
  /** The column so far; the builder starts anew. */
  take(): Column
}

const FIRST_CAPACITY = 2048
const NUMERIC_ID = /^(?:0|-?[1-9][0-9]{0,14})$/
/** Two 32-bit halves of a 64-bit integer stand in this order on every machine that Node runs on, but for s390x. */
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

export function createColumnBuilder(shape: ColumnShape): ColumnBuilder {
  if (shape.carrier === 'text') return new TextBuilder(shape)
  return new NumberBuilder(shape)
}

class NumberBuilder implements ColumnBuilder {
  readonly #shape: ColumnShape
  #values: Float64Array | Uint8Array
  #validity: Uint8Array | undefined
  #rows = 0

  constructor(shape: ColumnShape) {
    this.#shape = shape
    this.#values = this.#allocate(FIRST_CAPACITY)
  }

  append(vector: DuckdbVector, from: number, to: number): void {
    const start = this.#grow(to - from)
    const { carrier } = this.#shape
    const isNull = nullsOf(vector)
    if (isNull !== null) for (let row = from; row < to; row++) if (isNull(row)) this.#setNull(start + row - from)
    if (carrier === 'double') this.#readDoubles(vector, from, to, start)
    else if (carrier === 'integer') this.#readIntegers(vector, from, to, start)
    else for (let row = from; row < to; row++) this.#values[start + row - from] = vector.getItem(row) === true ? 1 : 0
  }

  take(): Column {
    const values = this.#values.slice(0, this.#rows)
    const validity = this.#validity?.slice(0, this.#rows)
    this.#rows = 0
    this.#validity = undefined
    const kind = this.#shape.carrier === 'boolean' ? 'boolean' : 'float64'
    return (validity === undefined ? { kind, values } : { kind, values, validity }) as Column
  }

  #readDoubles(vector: DuckdbVector, from: number, to: number, start: number): void {
    const values = this.#values
    const items = itemsOf(vector, Float64Array)
    const mustBeWhole = this.#shape.type.kind !== 'number'
    for (let row = from; row < to; row++) {
      const at = start + row - from
      if (this.#isNullAt(at)) continue
      const value = (items === null ? vector.getItem(row) : items[row]) as number
      if (!(mustBeWhole ? Number.isSafeInteger(value) : Number.isFinite(value))) throw invalid(this.#shape)
      values[at] = value + 0 // -0 is read as 0
    }
  }

  #readIntegers(vector: DuckdbVector, from: number, to: number, start: number): void {
    const values = this.#values
    const items = IS_LITTLE_ENDIAN ? itemsOf(vector, BigInt64Array) : null
    // By halves: a BigInt per value would be an object per value.
    const halves = items === null ? null : new Int32Array(items.buffer, items.byteOffset, items.length * 2)
    for (let row = from; row < to; row++) {
      const at = start + row - from
      if (this.#isNullAt(at)) continue
      if (halves === null) {
        const value = BigInt(vector.getItem(row) as number | bigint)
        if (value === OTHER_CURRENCY) throw currencyMixed(this.#shape)
        if (value > 9007199254740991n || value < -9007199254740991n) throw invalid(this.#shape)
        values[at] = Number(value)
        continue
      }
      const high = halves[2 * row + 1] as number
      const low = (halves[2 * row] as number) >>> 0
      const value = high * 4_294_967_296 + low
      if (high < -2_097_152 || high > 2_097_151 || !Number.isSafeInteger(value)) {
        throw high === -2_147_483_648 && low === 1 ? currencyMixed(this.#shape) : invalid(this.#shape)
      }
      values[at] = value
    }
  }

  #isNullAt(at: number): boolean {
    return this.#validity !== undefined && this.#validity[at] === 0
  }

  #setNull(at: number): void {
    if (!this.#shape.nullable) throw missing(this.#shape)
    this.#validity ??= new Uint8Array(this.#values.length).fill(1)
    this.#validity[at] = 0
    this.#values[at] = 0
  }

  #grow(rows: number): number {
    const start = this.#rows
    this.#rows += rows
    if (this.#rows > this.#values.length) {
      const wider = this.#allocate(Math.max(this.#rows, 2 * this.#values.length))
      wider.set(this.#values)
      this.#values = wider
      if (this.#validity !== undefined) {
        const validity = new Uint8Array(wider.length).fill(1)
        validity.set(this.#validity)
        this.#validity = validity
      }
    }
    return start
  }

  #allocate(rows: number): Float64Array | Uint8Array {
    return this.#shape.carrier === 'boolean' ? new Uint8Array(rows) : new Float64Array(rows)
  }
}

class TextBuilder implements ColumnBuilder {
  readonly #shape: ColumnShape
  #codes: Int32Array = new Int32Array(FIRST_CAPACITY)
  #rows = 0
  #dictionary: string[] = []
  #codeOf = new Map<string, number>()
  #inline = new InlineTexts()
  readonly #ascii = new AsciiTexts()

  constructor(shape: ColumnShape) {
    this.#shape = shape
  }

  append(vector: DuckdbVector, from: number, to: number): void {
    const start = this.#rows
    this.#rows += to - from
    if (this.#rows > this.#codes.length) {
      const wider = new Int32Array(Math.max(this.#rows, 2 * this.#codes.length))
      wider.set(this.#codes)
      this.#codes = wider
    }
    const { nullable } = this.#shape
    const isNull = nullsOf(vector)
    const words = IS_LITTLE_ENDIAN ? wordsOf(vector) : null
    for (let row = from; row < to; row++) {
      if (isNull?.(row)) {
        if (!nullable) throw missing(this.#shape)
        this.#codes[start + row - from] = -1
        continue
      }
      let code = words === null ? -2 : this.#inline.find(words, row)
      if (code === -1) {
        // New, and short: no long text can equal it, so the map of the long ones is not asked.
        code = this.#dictionary.push('') - 1
        this.#inline.add(words as Int32Array, row, code)
        if (!this.#ascii.put(words as Int32Array, row, code)) this.#dictionary[code] = this.#checked(vector.getItem(row) as string)
      } else if (code === -2) {
        const value = vector.getItem(row) as string
        code = this.#codeOf.get(value) ?? -1
        if (code < 0) {
          code = this.#dictionary.push(this.#checked(value)) - 1
          this.#codeOf.set(value, code)
        }
      }
      this.#codes[start + row - from] = code
    }
    this.#ascii.take((code, value) => (this.#dictionary[code] = this.#checked(value)))
  }

  take(): Column {
    const column: Column = { kind: 'text', codes: this.#codes.slice(0, this.#rows), dictionary: this.#dictionary }
    this.#rows = 0
    this.#dictionary = []
    this.#codeOf = new Map()
    this.#inline = new InlineTexts()
    return column
  }

  #checked(value: string): string {
    const { type } = this.#shape
    if (type.kind === 'id' && type.numericId === true && !NUMERIC_ID.test(value)) throw invalid(this.#shape)
    return value
  }
}

/** The typed array inside a vector of node-api, where it is found; `getItem` serves any other. */
function itemsOf<Items extends Float64Array | BigInt64Array>(vector: DuckdbVector, kind: new (length: number) => Items): Items | null {
  const { items } = vector as { items?: unknown }
  return items instanceof kind ? items : null
}

/** Which rows are NULL; null when none is. */
function nullsOf(vector: DuckdbVector): ((row: number) => boolean) | null {
  const { validity } = vector as { validity?: { data?: unknown; offset?: unknown } }
  if (validity !== undefined && validity.offset === 0 && IS_LITTLE_ENDIAN) {
    const { data } = validity
    if (data === null) return null
    if (data instanceof BigUint64Array) {
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      return (row) => (((bytes[row >>> 3] as number) >>> (row & 7)) & 1) === 0
    }
  }
  return (row) => vector.getItem(row) === null
}

/** The only row with a value in a column that is otherwise NULL, or -1. */
export function soleValueRow(vector: DuckdbVector, rows: number): number {
  const isNull = nullsOf(vector)
  for (let row = rows - 1; row >= 0; row--) if (isNull === null || !isNull(row)) return row
  return -1
}

function invalid({ name, type }: ColumnShape): DataContractError {
  return new DataContractError(
    'DATA_INVALID',
    `A stored value of "${name}" is not what its type "${type.kind}" allows. Rounding or guessing would change the figures. Correct the data, or map the field with a type and scale that fit.`,
    { field: name, kind: type.kind },
  )
}

function missing({ name }: ColumnShape): DataContractError {
  return new DataContractError(
    'DATA_INVALID',
    `A row has no value for "${name}", which is declared to have one. Keys and totals need it. Correct the data, or declare the field nullable if the contract allows it.`,
    { field: name },
  )
}

function currencyMixed({ name }: ColumnShape): DataContractError {
  return new DataContractError('CURRENCY_MIXED', `Rows of "${name}" are in another currency than the field declares. Amounts of two currencies cannot be added. Convert them, or leave the other rows out.`, {
    field: name,
  })
}
