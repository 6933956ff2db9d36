import type { Column } from '@crm/core/adapter'
import { makeDemoShop, type DemoShop, type DemoShopEffects } from '../src/index.ts'

export const DAY_MS = 86_400_000

/** A purchase or return line, as an analyst would read it from the table: codes are those of the dictionaries. */
export interface Line {
  /** -1 = without a customer. */
  readonly customer: number
  readonly order: number
  readonly product: string
  readonly at: number
  readonly amount: number
}

export const noEffects: DemoShopEffects = { affinities: false, refill: false, churn: false, campaign: false, season: false, drift: false }

const shops = new Map<string, DemoShop>()

/** The shop of full size with some effects switched off, made once. */
export function fullShop(without: readonly (keyof DemoShopEffects)[] = []): DemoShop {
  const key = without.join()
  let shop = shops.get(key)
  if (shop === undefined) shops.set(key, (shop = makeDemoShop({ effects: Object.fromEntries(without.map((name) => [name, false])) })))
  return shop
}

export function rowsOf({ columns }: { readonly columns: Readonly<Record<string, Column>> }): number {
  const [column] = Object.values(columns)
  return column === undefined ? 0 : column.kind === 'text' ? column.codes.length : column.values.length
}

/** Value of a field in a row, null where there is none. */
export function valueOf({ columns }: { readonly columns: Readonly<Record<string, Column>> }, field: string, row: number): string | number | null {
  const column = columns[field]
  if (column === undefined) throw new Error(`no field ${field}`)
  if (column.kind === 'text') return column.dictionary[column.codes[row] as number] ?? null
  return column.validity?.[row] === 0 ? null : (column.values[row] as number)
}

export function linesOf({ data: { transactions } }: DemoShop): Line[] {
  const codesOf = (field: string): Int32Array => (transactions.columns[field] as Extract<Column, { kind: 'text' }>).codes
  const [customer, order] = [codesOf('customerId'), codesOf('orderId')]
  return Array.from({ length: rowsOf(transactions) }, (_, row) => ({
    customer: customer[row] as number,
    order: order[row] as number,
    product: valueOf(transactions, 'productId', row) as string,
    at: valueOf(transactions, 'at', row) as number,
    amount: valueOf(transactions, 'amount', row) as number,
  }))
}

/** Purchase lines of known customers, by customer code, in order of time. */
export function purchasesByCustomer(shop: DemoShop): Line[][] {
  const { codes, dictionary } = shop.data.customers.columns['customerId'] as Extract<Column, { kind: 'text' }>
  if (codes.some((code, row) => code !== row)) throw new Error('customers are expected in the order of their codes')
  const lists: Line[][] = dictionary.map(() => [])
  for (const line of linesOf(shop)) if (line.customer >= 0 && line.amount > 0) lists[line.customer]?.push(line)
  return lists
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number
}

export function countDistinct<T>(values: readonly T[]): number {
  return new Set(values).size
}
