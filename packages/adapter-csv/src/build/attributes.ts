import type { Column, FieldType, ImportAttribute, ImportPlan, Scalar, Steps } from '@crm/core/adapter'
import { createDecimalReader } from '../values/readDecimal.ts'
import { createMomentReader, dayOfLocal } from '../values/readMoment.ts'
import { CodeBlocks, NumberBlocks } from './blocks.ts'
import { TextCodes } from './textCodes.ts'

type Kind = ImportAttribute['kind']

/** What a value of an attribute is while it is kept: a number, a day, 0 or 1, or the code of a text. NaN: none. */
export interface ValueReader {
  readonly kind: Kind
  readonly texts: TextCodes
  /** NaN for a blank value and for one that is not of the kind; then `isUnreadable` tells which. */
  read(text: string): number
  isUnreadable: boolean
}

export function createValueReader(kind: Kind, plan: Pick<ImportPlan, 'decimal' | 'dates'>): ValueReader {
  const decimal = createDecimalReader(plan.decimal, null)
  const moment = createMomentReader(plan.dates)
  const texts = new TextCodes()
  const parse = (text: string): number => {
    switch (kind) {
      case 'text': return texts.add(text)
      case 'boolean': return /^(true|yes|y|1|是)$/i.test(text.trim()) ? 1 : /^(false|no|n|0|否)$/i.test(text.trim()) ? 0 : NaN
      case 'date': return moment.read(text) && moment.kind !== 'instant' ? dayOfLocal(moment.ms) : NaN
      default: return decimal.read(text) && (kind === 'number' || decimal.decimals === 0) ? decimal.digits / 10 ** decimal.decimals : NaN
    }
  }
  const reader: ValueReader = {
    kind,
    texts,
    isUnreadable: false,
    read(text) {
      reader.isUnreadable = false
      if (isBlank(text)) return NaN
      const value = parse(text)
      reader.isUnreadable = Number.isNaN(value)
      return value
    },
  }
  return reader
}

/** A growing column of values, NaN where there is none. */
export class ValueColumn {
  readonly reader: ValueReader
  private readonly values = new NumberBlocks()

  constructor(reader: ValueReader) {
    this.reader = reader
  }

  push(value: number): void {
    this.values.push(value)
  }

  get(index: number): Scalar | null {
    return scalarOf(this.values.get(index), this.reader)
  }

  *finish(): Steps<Column> {
    return yield* columnOf(yield* this.values.finish(), this.reader)
  }
}

/** One value per customer or product: the last that is not empty, by time, then by line. */
export class EntityValues {
  readonly reader: ValueReader
  /** Customers or products with several values. */
  variesCount = 0
  private readonly values = new NumberBlocks()
  private readonly times = new NumberBlocks()
  private readonly varies = new CodeBlocks()

  constructor(reader: ValueReader) {
    this.reader = reader
  }

  /** Codes come in order of first appearance: a new one is the next. */
  set(entity: number, value: number, time: number): void {
    while (this.values.length <= entity) {
      this.values.push(NaN)
      this.times.push(-Infinity)
      this.varies.push(0)
    }
    if (Number.isNaN(value)) return
    const known = this.values.get(entity)
    if (!Number.isNaN(known) && known !== value && this.varies.get(entity) === 0) {
      this.varies.set(entity, 1)
      this.variesCount++
    }
    if (time < this.times.get(entity)) return
    this.values.set(entity, value)
    this.times.set(entity, time)
  }

  /** The times counted days; now they count milliseconds. */
  rekey(instantOf: (day: number) => number): void {
    for (let i = 0; i < this.times.length; i++) if (this.times.get(i) !== -Infinity) this.times.set(i, instantOf(this.times.get(i)))
  }

  bytes(): number {
    return this.values.length * 20 + this.reader.texts.bytes
  }

  *finish(): Steps<Column> {
    return yield* columnOf(yield* this.values.finish(), this.reader)
  }
}

export function isBlank(text: string): boolean {
  const unit = text.charCodeAt(0)
  return !(unit > 32 && unit < 0x80) && text.trim() === ''
}

export function scalarOf(value: number, { kind, texts }: ValueReader): Scalar | null {
  if (Number.isNaN(value)) return null
  if (kind === 'text') return texts.texts[value] as string
  return kind === 'boolean' ? value === 1 : value
}

export function typeOfKind(kind: Kind): FieldType {
  return { kind }
}

const STEP = 65_536

function* columnOf(values: Float64Array, { kind, texts }: ValueReader): Steps<Column> {
  const rows = values.length
  if (kind === 'text') {
    const codes = new Int32Array(rows)
    for (let i = 0; i < rows; i++) {
      if (i % STEP === STEP - 1) yield
      codes[i] = Number.isNaN(values[i]) ? -1 : (values[i] as number)
    }
    return { kind: 'text', codes, dictionary: texts.texts }
  }
  let validity: Uint8Array | undefined
  for (let i = 0; i < rows; i++) {
    if (i % STEP === STEP - 1) yield
    if (!Number.isNaN(values[i])) continue
    validity ??= new Uint8Array(rows).fill(1)
    validity[i] = 0
    values[i] = 0
  }
  if (kind === 'boolean') return validity === undefined ? { kind: 'boolean', values: Uint8Array.from(values) } : { kind: 'boolean', values: Uint8Array.from(values), validity }
  return validity === undefined ? { kind: 'float64', values } : { kind: 'float64', values, validity }
}
