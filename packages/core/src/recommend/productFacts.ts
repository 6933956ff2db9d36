import type { Column, DataSchema, ResidentTable, ResidentTables, Steps } from '../adapter/contract.ts'
import { fieldsOfSet } from '../shared/measures.ts'
import { moneyOf } from '../shared/moneyOf.ts'
import { STEP_ROWS } from '../shared/radix.ts'
import { valueAt } from '../shared/readColumns.ts'
import { resolveZone } from '../shared/resolveZone.ts'
import { dayOf } from '../shared/zone.ts'
import { codeOfId } from './preferenceRows.ts'

/** What is known of a product besides who has it: to filter by and to show. */
export interface ProductFacts {
  readonly productId: string
  readonly name?: string | null
  readonly category?: string | null
  /** Whole units of the money. */
  readonly price?: number | null
  /** null or left out counts as available. */
  readonly available?: boolean | null
  /** What one order usually takes of it. */
  readonly suggestedQuantity?: number | null
}

/** Facts by product code, for filters that look at every candidate. */
export interface Catalogue {
  readonly names: readonly (string | null)[]
  /** Place in `categoryNames`, -1 for none. */
  readonly category: Int32Array
  readonly categoryNames: readonly string[]
  /** NaN where not known. */
  readonly price: Float64Array
  readonly isAvailable: Uint8Array
  /** NaN where not known. */
  readonly quantity: Float64Array
  /** Products with facts that nobody has. */
  readonly unsold: number
}

/** Puts facts beside the products of preferences. */
export function alignFacts(products: readonly string[], facts: readonly ProductFacts[]): Catalogue {
  const count = products.length
  const names: (string | null)[] = Array.from<null>({ length: count }).fill(null)
  const category = new Int32Array(count).fill(-1)
  const price = new Float64Array(count).fill(NaN)
  const quantity = new Float64Array(count).fill(NaN)
  const isAvailable = new Uint8Array(count).fill(1)
  const categories = new Map<string, number>()
  let unsold = 0
  for (const fact of facts) {
    const code = codeOfId(products, fact.productId)
    if (code < 0) {
      unsold++
      continue
    }
    names[code] = fact.name ?? null
    if (fact.category !== undefined && fact.category !== null) {
      if (!categories.has(fact.category)) categories.set(fact.category, categories.size)
      category[code] = categories.get(fact.category) as number
    }
    price[code] = fact.price ?? NaN
    quantity[code] = fact.suggestedQuantity ?? NaN
    if (fact.available === false) isAvailable[code] = 0
  }
  return { names, category, categoryNames: [...categories.keys()], price, isAvailable, quantity, unsold }
}

/** Currency and scale of prices: those of the price field, else those of amounts. */
export function moneyOfPrices(schema: DataSchema): { readonly currency: string; readonly scale: number } {
  const type = fieldsOfSet(schema, 'products')?.get('price')
  return type?.kind === 'money' ? { currency: type.currency, scale: type.scale } : moneyOf(schema)
}

/**
 * Facts from whole tables: what the set `products` says, and from purchase lines up to `asOf` the median quantity of an order
 * and, where no price is given, the median price of a piece. A median is a value that occurs, the lower of two in the middle.
 */
export function* productFacts(tables: ResidentTables, asOf: number): Steps<ProductFacts[]> {
  const facts = new Map<string, ProductFacts>()
  const products = tables.sets.find(({ set }) => set === 'products')
  if (products !== undefined) {
    const [id, name, category, price, available] = ['productId', 'name', 'category', 'price', 'available'].map((field) => columnOf(products, field))
    const at = (column: Column | undefined, row: number) => (column === undefined ? null : valueAt(column, row))
    for (let row = 0; row < products.rows; row++) {
      if (row % 8192 === 8191) yield
      const productId = String(at(id, row))
      facts.set(productId, {
        productId,
        name: at(name, row) as string | null,
        category: at(category, row) as string | null,
        price: at(price, row) as number | null,
        available: at(available, row) as boolean | null,
      })
    }
  }
  const lines = tables.sets.find(({ set }) => set === 'transactions')
  if (lines !== undefined) yield* addMedians(lines, tables.schema, asOf, facts)
  return [...facts.values()]
}

function* addMedians(lines: ResidentTable, schema: DataSchema, asOf: number, facts: Map<string, ProductFacts>): Steps<void> {
  const [product, order, at, amount, quantity] = ['productId', 'orderId', 'at', 'amount', 'quantity'].map((field) => columnOf(lines, field))
  if (product?.kind !== 'text' || order?.kind !== 'text' || at?.kind !== 'float64' || amount?.kind !== 'float64' || quantity?.kind !== 'float64') return
  const isDate = fieldsOfSet(schema, 'transactions')?.get('at')?.kind === 'date'
  const last = isDate ? dayOf(asOf, resolveZone(schema.timeZone, Math.min(0, asOf), asOf)) : asOf
  const counts = new Int32Array(product.dictionary.length + 1)
  const isUsed = (row: number): boolean => (product.codes[row] as number) >= 0 && (amount.values[row] as number) > 0 && (quantity.values[row] as number) > 0 && (at.values[row] as number) <= last
  for (let row = 0; row < lines.rows; row++) {
    if (row % STEP_ROWS === STEP_ROWS - 1) yield
    if (isUsed(row)) counts[(product.codes[row] as number) + 1]!++
  }
  for (let code = 1; code < counts.length; code++) counts[code]! += counts[code - 1] as number
  const rows = new Int32Array(counts.at(-1) as number)
  const places = counts.slice()
  for (let row = 0; row < lines.rows; row++) {
    if (row % STEP_ROWS === STEP_ROWS - 1) yield
    if (isUsed(row)) rows[places[product.codes[row] as number]!++] = row
  }
  // Prices may have another number of decimals than amounts.
  const unit = 10 ** (moneyOfPrices(schema).scale - moneyOf(schema).scale)
  let sinceYield = 0
  for (let code = 0; code < product.dictionary.length; code++) {
    const own = rows.subarray(counts[code], counts[code + 1])
    if (own.length === 0) continue
    const productId = product.dictionary[code] as string
    const known = facts.get(productId)
    const suggestedQuantity = lowerMedian(perOrder(own, order.codes, quantity.values))
    const price = known?.price ?? Math.round(lowerMedian(Float64Array.from(own, (row) => (amount.values[row] as number) / (quantity.values[row] as number))) * unit)
    facts.set(productId, { ...known, productId, suggestedQuantity, price })
    if ((sinceYield += own.length) >= 8192) {
      sinceYield = 0
      yield
    }
  }
}

/** Quantities of one product added up by order. */
function perOrder(rows: Int32Array, orders: Int32Array, quantity: Float64Array): Float64Array {
  const size = rows.length
  // Order and place in one whole number, so that sorting needs no comparator.
  const keys = Float64Array.from(rows, (row, i) => (orders[row] as number) * size + i).sort()
  const sums = new Float64Array(size)
  let count = 0
  let before = NaN
  for (const key of keys) {
    const order = Math.floor(key / size)
    if (order !== before) count++
    before = order
    sums[count - 1]! += quantity[rows[key - order * size] as number] as number
  }
  return sums.subarray(0, count)
}

function lowerMedian(values: Float64Array): number {
  return values.sort()[(values.length - 1) >> 1] as number
}

function columnOf({ select, columns }: ResidentTable, field: string): Column | undefined {
  return columns[select.indexOf(field)]
}
