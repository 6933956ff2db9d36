import type { DataField, DataSchema, DataSetName, FieldType, Scalar } from '@crm/core/adapter'
import type { ColumnReader, Dialect } from './dialect.ts'
import { sql, type ParamKind, type Sql } from './sql.ts'

/** A mapping that was checked against the live catalog: the only source of names in statements. */
export interface SqlModel {
  readonly dialect: Dialect
  readonly schema: DataSchema
  readonly sets: ReadonlyMap<DataSetName, ModelSet>
}

export interface ModelSet {
  readonly name: DataSetName
  /** Quoted and qualified; statements alias it `s`. */
  readonly table: Sql
  /** The rows this adapter may see; null for all. */
  readonly scope: Sql | null
  readonly fields: ReadonlyMap<string, ModelField>
}

export interface ModelField {
  readonly field: DataField
  readonly reader: ColumnReader
  /** Money with its currency in a column: true where it is the declared one. */
  readonly sameCurrency?: Sql
}

/** A value in a statement, with what is needed to compare, order and read it. */
export interface Value {
  readonly type: FieldType
  readonly carrier: ParamKind
  readonly value: Sql
}

export const KEYS: Readonly<Record<DataSetName, readonly string[]>> = {
  customers: ['customerId'],
  transactions: ['lineId'],
  interactions: ['interactionId'],
  products: ['productId'],
  ratings: ['customerId', 'productId'],
}

/**
 * The stored value as the contract reads it. A stored value that its type does not allow arrives as the least 64-bit
 * integer, which no safe integer is: the reader refuses it by name, and no engine text is needed.
 */
export function readValue({ field, reader, sameCurrency }: ModelField): Value {
  const { strict, canBreak, column, carrier } = reader
  const value = canBreak && carrier === 'integer' ? sql`(CASE WHEN ${column} IS NOT NULL THEN coalesce(${strict}, -9223372036854775807 - 1) END)` : strict
  return { type: field.type, carrier, value: sameCurrency === undefined ? value : sql`(CASE WHEN ${column} IS NULL OR ${sameCurrency} THEN ${value} ELSE -9223372036854775807 END)` }
}

/** What {@link readValue} yields for money in another currency. */
export const OTHER_CURRENCY: bigint = -9223372036854775807n

/** What to order by: an id that promises to be numeric goes by number. */
export function sortValue({ type, carrier, value }: Value, dialect: Dialect): Sql {
  return isNumericId(type) && carrier === 'text' ? dialect.castInteger(value) : value
}

/** A value in the list of results. */
export function sendValue({ carrier, value }: Pick<Value, 'carrier' | 'value'>, dialect: Dialect): Sql {
  return carrier === 'text' ? dialect.sendText(value) : value
}

export function isNumericId(type: FieldType): boolean {
  return type.kind === 'id' && type.numericId === true
}

export function scopeOf({ scope }: ModelSet): Sql {
  return scope === null ? sql`` : sql` WHERE ${scope}`
}

export type CursorValue = Scalar | null
