import type { Column, DataField, DataSetName, FieldType } from './contract.ts'

/**
 * A row as the application has it. Ids: text or whole numbers. Money: integer units (see `toMinorUnits`). `at`: a
 * `Date`, epoch milliseconds or an ISO text with zone (instant), or `'YYYY-MM-DD'` (date). `null` or no member: NULL.
 */
export type MemoryRow = Readonly<Record<string, unknown>>

/** What to say about one field where the values do not say it themselves. */
export interface FieldOverride {
  readonly kind?: FieldType['kind']
  readonly numericId?: true
  /** Of a money field; default that of the adapter. */
  readonly currency?: string
  readonly scale?: number
  readonly nullable?: boolean
  readonly sensitivity?: NonNullable<DataField['sensitivity']>
  readonly varies?: true
}

/** A data set as rows, or as columns of equal length that are taken over without a copy and must not be written later. */
export type MemorySet =
  | readonly MemoryRow[]
  | { readonly rows: readonly MemoryRow[]; readonly fields?: readonly DataField[] | Readonly<Record<string, FieldOverride>> }
  | { readonly columns: Readonly<Record<string, Column>>; readonly fields?: Readonly<Record<string, FieldOverride>> }
  /** Columns in the order of `fields`. */
  | { readonly columns: readonly Column[]; readonly fields: readonly DataField[] }

/** What names one row of a set: its key, or the parts of it where there are two (`ratings`: customerId, productId). */
export type RowKey = string | readonly [string, string]

export interface MemoryAdapterOptions {
  /** Default `memory`. */
  readonly name?: string
  /** Two adapters with the same key show the same data. Part of every cache key. Default `memory`. */
  readonly scopeKey?: string
  /** IANA zone in which the shop counts its days. */
  readonly timeZone: string
  /** ISO 4217. Needed unless every money field declares its own, or the rows of `transactions` have a `currency`. */
  readonly currency?: string
  /** Decimals of the money fields. Default 2. */
  readonly scale?: number
  readonly data: { readonly [Name in DataSetName]?: MemorySet }
  /** Epoch milliseconds, for deadlines. Default `Date.now`. */
  readonly now?: () => number
}
