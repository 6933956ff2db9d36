import { InvalidInputError } from '../errors/index.ts'
import { runToEnd } from '../shared/steps.ts'
import { compareText } from '../shared/text.ts'
import type { PreferenceEntry } from './createPreferences.ts'
import { codeOfId, placeOfCode } from './preferenceRows.ts'
import type { Preferences, SparseRows } from './recommend.types.ts'
import { transpose } from './sparseRows.ts'

/** What changes: a pair added takes the place of the one there was. */
export interface PreferenceChanges {
  /** `weight` left out: 1. */
  readonly add?: readonly (Omit<PreferenceEntry, 'weight'> & { readonly weight?: number })[]
  readonly remove?: readonly { readonly customerId: string; readonly productId: string }[]
}

/** What a pair becomes; null = it goes. */
type Change = { readonly weight: number; readonly at: number } | null

/**
 * Preferences with pairs added, replaced and taken out: equal to those made of all pairs at once, for the price of a copy.
 * A customer or product without pairs is gone, and comes back with its next one. Places in the input are not kept.
 *
 * @param isLenient pairs to remove may be missing. Default false
 * @throws InvalidInputError `KEY_UNKNOWN` for a pair to remove that is not there, `KEY_DUPLICATE` for one named twice,
 *   `ID_MISSING`, `VALUE_NOT_FINITE`
 * @example updatePreferences(preferences, { add: [{ customerId: 'ann', productId: 'tea', at: Date.now() }] })
 */
export function updatePreferences(preferences: Preferences, { add = [], remove = [] }: PreferenceChanges, isLenient = false): Preferences {
  const changes = new Map<string, Map<string, Change>>()
  const note = (customerId: string, productId: string, change: Change): void => {
    if (typeof customerId !== 'string' || customerId === '' || typeof productId !== 'string' || productId === '') {
      throw new InvalidInputError('ID_MISSING', 'A pair to add or remove has no customer or no product. Nothing was changed. Name both by their ids.')
    }
    const own = changes.get(customerId) ?? new Map<string, Change>()
    if (own.has(productId)) throw new InvalidInputError('KEY_DUPLICATE', 'A pair to add or remove is named twice. It can have one value only. Nothing was changed; name every customer and product once.')
    changes.set(customerId, own.set(productId, change))
  }
  for (const { customerId, productId, weight = 1, at } of add) {
    if (!Number.isFinite(weight) || !(at === undefined || at === null || Number.isFinite(at))) {
      throw new InvalidInputError('VALUE_NOT_FINITE', 'A pair to add has a weight or time that is no finite number. Every score would be lost in it. Nothing was changed; pass numbers, and null for a time that is not known.')
    }
    note(customerId, productId, { weight, at: at ?? NaN })
  }
  for (const { customerId, productId } of remove) note(customerId, productId, null)

  const { byCustomer, byProduct } = preferences
  const customerCounts = new Map<string, number>()
  const productCounts = new Map<string, number>()
  let size = byCustomer.codes.length
  for (const [customerId, own] of changes) {
    const customer = codeOfId(preferences.customers, customerId)
    let length = lengthOfRow(byCustomer, customer)
    for (const [productId, change] of own) {
      const product = codeOfId(preferences.products, productId)
      const isThere = customer >= 0 && product >= 0 && placeOfCode(byCustomer.codes, product, byCustomer.offsets[customer] as number, byCustomer.offsets[customer + 1] as number) >= 0
      if (change === null && !isThere) {
        if (!isLenient) throw new InvalidInputError('KEY_UNKNOWN', 'A pair to remove is not there. Nothing was changed. Check its customer and product, and what was removed before.')
        own.delete(productId)
        continue
      }
      const grown = (change === null ? 0 : 1) - (isThere ? 1 : 0)
      length += grown
      size += grown
      productCounts.set(productId, (productCounts.get(productId) ?? lengthOfRow(byProduct, product)) + grown)
    }
    customerCounts.set(customerId, length)
  }
  const customers = renumber(preferences.customers, customerCounts, preferences.byNumber?.customers)
  const products = renumber(preferences.products, productCounts, preferences.byNumber?.products)
  const rows = mergeRows(preferences, changes, customers, products, size)
  return Object.freeze({ ...preferences, customers: customers.ids, products: products.ids, byCustomer: Object.freeze(rows), byProduct: Object.freeze(runToEnd(transpose(rows, products.ids.length))) })
}

interface Renumbered {
  readonly ids: readonly string[]
  /** New code of an old one, -1 where it is gone; null while all stay as they were. */
  readonly codes: Int32Array | null
  /** Old code of a new one, -1 where it is new. */
  readonly before: (code: number) => number
}

/** The list with what came and without what went, ascending as it was. */
function renumber(ids: readonly string[], counts: ReadonlyMap<string, number>, byNumber: boolean | undefined): Renumbered {
  const came: string[] = []
  const gone = new Set<string>()
  for (const [id, count] of counts) {
    const isThere = codeOfId(ids, id) >= 0
    if (isThere && count === 0) gone.add(id)
    if (!isThere && count > 0) came.push(id)
  }
  if (came.length === 0 && gone.size === 0) return { ids, codes: null, before: (code) => code }
  const compare = byNumber === true ? (a: string, b: string) => Number(a) - Number(b) : compareText
  came.sort(compare)
  const merged: string[] = []
  const codes = new Int32Array(ids.length).fill(-1)
  const before: number[] = []
  let next = 0
  for (let old = 0; old <= ids.length; old++) {
    const id = ids[old]
    while (next < came.length && (id === undefined || compare(came[next] as string, id) < 0)) {
      merged.push(came[next++] as string)
      before.push(-1)
    }
    if (id === undefined || gone.has(id)) continue
    codes[old] = merged.push(id) - 1
    before.push(old)
  }
  return { ids: Object.freeze(merged), codes, before: (code) => before[code] as number }
}

function mergeRows({ byCustomer }: Preferences, changes: ReadonlyMap<string, ReadonlyMap<string, Change>>, customers: Renumbered, products: Renumbered, size: number): SparseRows {
  const count = customers.ids.length
  const offsets = new Int32Array(count + 1)
  const codes = new Int32Array(size)
  const weights = new Float64Array(size)
  const at = new Float64Array(size)
  let filled = 0
  let hasTimes = false
  const put = (code: number, weight: number, time: number): void => {
    codes[filled] = code
    weights[filled] = weight
    at[filled++] = time
  }
  const changed = new Set(Array.from(changes.keys(), (id) => codeOfId(customers.ids, id)))
  for (let customer = 0; customer < count; customer++) {
    offsets[customer] = filled
    const old = customers.before(customer)
    const start = old < 0 ? 0 : (byCustomer.offsets[old] as number)
    const end = old < 0 ? 0 : (byCustomer.offsets[old + 1] as number)
    const own = changed.has(customer) ? [...(changes.get(customers.ids[customer] as string) as ReadonlyMap<string, Change>)] : []
    const news = own.map(([id, change]) => ({ code: codeOfId(products.ids, id), change })).filter(({ code }) => code >= 0)
    news.sort((a, b) => a.code - b.code)
    let next = 0
    for (let i = start; i < end; i++) {
      const code = products.codes === null ? (byCustomer.codes[i] as number) : (products.codes[byCustomer.codes[i] as number] as number)
      if (code < 0) continue // its last customer let it go
      while (next < news.length && news[next]!.code < code) next = putNew(news, next)
      if (next < news.length && news[next]!.code === code) next = putNew(news, next)
      else put(code, byCustomer.weights[i] as number, byCustomer.at === null ? NaN : (byCustomer.at[i] as number))
    }
    while (next < news.length) next = putNew(news, next)
  }
  offsets[count] = filled
  for (let i = 0; i < filled && !hasTimes; i++) hasTimes = !Number.isNaN(at[i])
  return { offsets, codes, weights, at: hasTimes ? at : null, sequence: null }

  function putNew(news: readonly { readonly code: number; readonly change: Change }[], next: number): number {
    const { code, change } = news[next]!
    if (change !== null) put(code, change.weight, change.at)
    return next + 1
  }
}

function lengthOfRow({ offsets }: SparseRows, row: number): number {
  return row < 0 ? 0 : (offsets[row + 1] as number) - (offsets[row] as number)
}
