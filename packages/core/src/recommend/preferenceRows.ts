import { compareText, isNumericId } from '../shared/text.ts'
import type { PreferenceRow, Preferences, SparseRows } from './recommend.types.ts'

const NOBODY: PreferenceRow = Object.freeze({ customer: -1, codes: new Int32Array(0), weights: new Float64Array(0), at: null })

/**
 * The row of a customer in the data: a view, not a copy. A code outside of the data gives an empty row.
 *
 * @example rowOf(preferences, codeOfId(preferences.customers, 'ann')).codes
 */
export function rowOf(preferences: Preferences, customer: number): PreferenceRow {
  return viewOf(preferences.byCustomer, customer)
}

/** The row of a product: codes are customers, and `customer` is the code of the product. For comparing products. */
export function rowOfProduct(preferences: Preferences, product: number): PreferenceRow {
  return viewOf(preferences.byProduct, product)
}

/** The row of a customer or of a product, whoever is compared. */
export function rowOver(preferences: Preferences, over: 'customers' | 'products', code: number): PreferenceRow {
  return over === 'customers' ? rowOf(preferences, code) : rowOfProduct(preferences, code)
}

/** Place of a code in `start .. end` of codes that ascend there, by halving; -1 for none. */
export function placeOfCode(codes: Int32Array, code: number, start: number, end: number): number {
  let low = start
  let high = end - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = codes[middle] as number
    if (found === code) return middle
    if (found < code) low = middle + 1
    else high = middle - 1
  }
  return -1
}

function viewOf({ offsets, codes, weights, at }: SparseRows, row: number): PreferenceRow {
  if (!(row >= 0 && row < offsets.length - 1)) return NOBODY
  const start = offsets[row] as number
  const end = offsets[row + 1] as number
  return { customer: row, codes: codes.subarray(start, end), weights: weights.subarray(start, end), at: at === null ? null : at.subarray(start, end) }
}

/** What {@link rowOfBasket} made of a basket. */
export interface BasketRow {
  readonly row: PreferenceRow
  /** Ids that nobody in the data has, each counted once. */
  readonly unknown: number
}

/**
 * The row of somebody who is not in the data: weight 1 for each product, no times.
 *
 * @example rowOfBasket(preferences, ['tea', 'no such thing']) // { row: { customer: -1, codes: [1], ... }, unknown: 1 }
 */
export function rowOfBasket(preferences: Preferences, productIds: readonly string[]): BasketRow {
  const known = new Set<number>()
  const unknown = new Set<string>()
  for (const id of productIds) {
    const code = codeOfId(preferences.products, id)
    if (code < 0) unknown.add(id)
    else known.add(code)
  }
  const codes = Int32Array.from(known).sort()
  return { row: { customer: -1, codes, weights: new Float64Array(codes.length).fill(1), at: null }, unknown: unknown.size }
}

/**
 * Code of an id, -1 for none: by halving, no index is kept.
 *
 * The list ascends by text or by number. Only an equal id is a hit, so that a search in the order that is not the list's
 * can miss but not lie, and the other one finds it.
 */
export function codeOfId(ids: readonly string[], id: string): number {
  const byText = searchIds(ids, (other) => compareText(other, id))
  if (byText >= 0 || !isNumericId(id)) return byText
  const number = Number(id)
  return searchIds(ids, (other) => (other === id ? 0 : Number(other) - number || 1))
}

function searchIds(ids: readonly string[], compare: (id: string) => number): number {
  let low = 0
  let high = ids.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const order = compare(ids[middle] as string)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}
