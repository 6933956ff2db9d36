import type { DataField, FieldType, ResidentTable, ResidentTables } from '../../adapter/contract.ts'
import { columnFromValues } from '../../shared/testing/columnFromValues.ts'

/** A purchase line. */
export interface Purchase {
  readonly customerId: string | null
  readonly productId: string | null
  readonly orderId: string
  /** Epoch milliseconds, or days since 1970 for data by day. */
  readonly at: number
  /** Default 100. */
  readonly amount?: number
}

export interface Rating {
  readonly customerId: string
  readonly productId: string
  readonly rating: number
  readonly at: number | null
}

/** Whole sets as an operation finds them. */
export function purchaseTables(
  purchases: readonly Purchase[],
  { atKind = 'instant', timeZone = 'UTC', ratings }: { readonly atKind?: 'instant' | 'date'; readonly timeZone?: string; readonly ratings?: readonly Rating[] } = {},
): ResidentTables {
  const sets = [
    tableOf('transactions', { customerId: id, productId: id, orderId: id, at: { kind: atKind }, amount: { kind: 'money', currency: 'EUR', scale: 2 } }, purchases.map((one) => [one.customerId, one.productId, one.orderId, one.at, one.amount ?? 100])),
    ...(ratings === undefined ? [] : [tableOf('ratings', { customerId: id, productId: id, rating: { kind: 'number' }, at: { kind: 'instant' } }, ratings.map((one) => [one.customerId, one.productId, one.rating, one.at]))]),
  ]
  return {
    schema: { timeZone, sets: sets.map(({ table, fields }) => ({ name: table.set, estimatedRows: table.rows, fields })) },
    sets: sets.map(({ table }) => table),
  }
}

const id = { kind: 'id' } as const

function tableOf(set: 'transactions' | 'ratings', types: Readonly<Record<string, FieldType>>, rows: readonly (readonly (string | number | null)[])[]): { readonly table: ResidentTable; readonly fields: readonly DataField[] } {
  const names = Object.keys(types)
  return {
    table: { set, select: names, rows: rows.length, columns: names.map((name, i) => columnFromValues(types[name] as FieldType, rows.map((row) => row[i] as string | number | null))) },
    fields: names.map((name) => ({ name, type: types[name] as FieldType, nullable: true })),
  }
}
