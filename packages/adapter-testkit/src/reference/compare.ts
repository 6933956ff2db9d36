import type { FieldType, Order } from '@crm/core/adapter'
import type { Cell } from '../testkit.types.ts'

/** Code point order; a lone surrogate counts as its own code. */
export function compareCodePoints(a: string, b: string): number {
  let i = 0
  while (i < a.length && i < b.length) {
    const x = a.codePointAt(i) as number
    const y = b.codePointAt(i) as number
    if (x !== y) return x - y
    i += x > 0xffff ? 2 : 1
  }
  return a.length - b.length
}

/** Order of two values of a field; never NULL. */
export function compareValues(type: FieldType, a: Cell, b: Cell): number {
  if (type.kind === 'id' && type.numericId === true) return Number(a) - Number(b)
  if (typeof a === 'string') return compareCodePoints(a, b as string)
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0
}

/** Order of two cells under an `Order`. */
export function compareCells(type: FieldType, a: Cell, b: Cell, order: Pick<Order, 'direction' | 'nulls'>): number {
  if (a === null || b === null) {
    if (a === b) return 0
    return (a === null) === (order.nulls === 'first') ? -1 : 1
  }
  const difference = compareValues(type, a, b)
  return order.direction === 'ascending' ? difference : -difference
}
