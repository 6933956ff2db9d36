import type { Expr, Order } from '@crm/core/adapter'

/** What the table is sorted by. Customers without a value come last, both ways. */
export interface CustomerSort {
  /** A measure or an attribute of `customers`. */
  readonly field: string
  readonly direction: 'ascending' | 'descending'
}

/** The order asked of the adapter: the sort, then the customer, so that no two rows are equal. */
export function orderOf(sort: CustomerSort): Order[] {
  const first: Order = { field: sort.field, direction: sort.direction, nulls: 'last' }
  return sort.field === 'customerId' ? [first] : [first, { field: 'customerId', direction: 'ascending', nulls: 'last' }]
}

/** The same order from its other end. Exact only when the order names the key itself, which {@link orderOf} does. */
export function reverseOrder(order: readonly Order[]): Order[] {
  return order.map(({ field, direction, nulls }) => ({
    field,
    direction: direction === 'ascending' ? 'descending' : 'ascending',
    nulls: nulls === 'first' ? 'last' : 'first',
  }))
}

/** Customers whose id, or one of whose texts, contains what was typed; capital letters A-Z do not matter. */
export function searchFilter(search: string, fields: readonly string[]): Expr | undefined {
  const value = search.trim()
  if (value === '') return undefined
  const of = fields.map((field): Expr => ({ op: 'contains', field, value, fold: 'ascii' }))
  return of.length === 1 ? of[0] : { op: 'or', of }
}

/** Both hold, where both are there. */
export function bothHold(a: Expr | undefined, b: Expr | undefined): Expr | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return { op: 'and', of: [a, b] }
}
