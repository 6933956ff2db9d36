import type { DataSchema, DataSetName, ResidentTable, ResidentTables, Steps, WarningCount, ZoneOffsets } from '../adapter/contract.ts'
import { DataContractError } from '../errors/index.ts'
import type { WarningCode } from '../errors/index.ts'
import { fieldsOfSet } from '../shared/measures.ts'
import { STEP_ROWS } from '../shared/radix.ts'
import { resolveZone } from '../shared/resolveZone.ts'
import { DAY_MS, dayOf, entryIndex, offsetMsOf } from '../shared/zone.ts'
import { preferencesInSteps } from './createPreferences.ts'
import { checkPreferenceSpec, missingSet } from './preferenceReads.ts'
import type { Preferences, PreferenceSpec } from './recommend.types.ts'

/**
 * Preferences out of whole tables.
 *
 * Purchases are lines with an amount above 0 up to `asOf`, not before `since`; `at` is the last of them, for data by day
 * the beginning of the day in the zone of the shop. Ratings have no window. Under `both` a rating of at least `likedFrom`
 * counts as one order more, and one below takes the pair out. 5,000,000 lines: about a second, in slices.
 *
 * @param tables with at least what `preferenceReads` names of `transactions` and `ratings`
 * @returns for ratings `scale` is the lowest and highest that occur
 * @throws InvalidInputError `SPEC_INVALID`, `ID_NOT_NUMERIC`; UnsupportedError `SET_MISSING`; DataContractError `DATA_INVALID` for a
 *   line without time, order or amount, or a rating without a number
 */
export function* preferencesFromTables(tables: ResidentTables, spec: PreferenceSpec): Steps<Preferences> {
  checkPreferenceSpec(spec)
  const { from, weight = 'binary' } = spec
  const { schema } = tables
  const pairs = createPairs()
  const zone = resolveZone(schema.timeZone, Math.min(spec.since ?? 0, spec.asOf), spec.asOf)
  const tally = new Map<WarningCode, number>()
  if (from !== 'ratings') yield* addPurchases(tableOf(tables, 'transactions'), schema, spec, zone, pairs, tally)
  const rated = from === 'transactions' ? null : yield* addRatings(tableOf(tables, 'ratings'), schema, spec, zone, pairs)
  const needsOrders = from === 'both' || (from === 'transactions' && weight !== 'binary')
  const fields = fieldsOfSet(schema, from === 'ratings' ? 'ratings' : 'transactions')
  const byNumber = (name: string): boolean => (fields?.get(name) as { numericId?: true } | undefined)?.numericId === true
  const { customer, product, value, at, customerIds, productIds } = yield* joinPieces(pairs)
  const order = !needsOrders ? undefined : value instanceof Int32Array ? value : new Int32Array(value)
  return yield* preferencesInSteps({
    customerIds,
    productIds,
    customer,
    product,
    ...(value instanceof Float64Array && from === 'ratings' ? { weight: value } : {}),
    ...(at === null ? {} : { at }),
    ...(order === undefined ? {} : { order }),
    customersByNumber: byNumber('customerId'),
    productsByNumber: byNumber('productId'),
    rule: from === 'ratings' ? 'last' : needsOrders ? 'orders' : 'one',
    finish: from === 'ratings' ? 'asIs' : weight === 'logCount' ? 'log' : weight === 'binary' ? 'one' : 'asIs',
    keepSequence: false,
    scale: rated,
    warnings: [...tally].filter(([, count]) => count > 0).map(([code, count]): WarningCount => Object.freeze({ code, count })),
    countMerged: from === 'ratings',
  })
}

/** What one table adds: a run of pairs with codes of its own dictionaries. */
interface Piece {
  readonly customerIds: readonly string[]
  readonly productIds: readonly string[]
  readonly customer: Int32Array
  readonly product: Int32Array
  /** Code of the order, or the rating. */
  readonly value: Float64Array | Int32Array
  readonly at: Float64Array | null
}

/** Order code of a rating below `likedFrom`: the pair is taken out. */
const DISLIKED = -1

interface Pairs {
  readonly pieces: Piece[]
  orders: number
}

function createPairs(): Pairs {
  return { pieces: [], orders: 0 }
}

function* addPurchases(table: ResidentTable, schema: DataSchema, spec: PreferenceSpec, zone: ZoneOffsets, pairs: Pairs, tally: Map<WarningCode, number>): Steps<void> {
  const customer = textOf(table, 'customerId')
  const product = textOf(table, 'productId')
  const orders = spec.from === 'both' || (spec.weight ?? 'binary') !== 'binary' ? textOf(table, 'orderId') : null
  const at = numbersOf(table, 'at')
  const amount = numbersOf(table, 'amount')
  const isDate = fieldsOfSet(schema, 'transactions')?.get('at')?.kind === 'date'
  const high = isDate ? dayOf(spec.asOf, zone) : spec.asOf
  const low = spec.since === undefined ? -Infinity : isDate ? dayOf(spec.since, zone) : spec.since
  const work: PurchaseWork = {
    customer: customer.codes,
    product: product.codes,
    orders: orders?.codes ?? null,
    at,
    amount,
    low,
    high,
    kept: { customer: new Int32Array(table.rows), product: new Int32Array(table.rows), order: orders === null ? null : new Int32Array(table.rows), at: new Float64Array(table.rows) },
    count: 0,
    withoutCustomer: 0,
    withoutProduct: 0,
    after: 0,
    before: 0,
  }
  for (let start = 0; start < table.rows; start += STEP_ROWS) {
    keepPurchases(work, start, Math.min(table.rows, start + STEP_ROWS))
    yield
  }
  const { kept, count } = work
  const times = kept.at.subarray(0, count)
  if (isDate) yield* daysToMs(times, zone)
  // In order of code, as every list of warnings.
  tally.set('LINES_AFTER_AS_OF', work.after)
  tally.set('LINES_BEFORE_FROM', work.before)
  tally.set('LINES_WITHOUT_CUSTOMER', work.withoutCustomer)
  tally.set('LINES_WITHOUT_PRODUCT', work.withoutProduct)
  pairs.orders = orders?.dictionary.length ?? 0
  pairs.pieces.push({
    customerIds: customer.dictionary,
    productIds: product.dictionary,
    customer: kept.customer.subarray(0, count),
    product: kept.product.subarray(0, count),
    value: kept.order?.subarray(0, count) ?? new Int32Array(0),
    at: times,
  })
}

interface PurchaseWork {
  readonly customer: Int32Array
  readonly product: Int32Array
  readonly orders: Int32Array | null
  readonly at: Float64Array
  readonly amount: Float64Array
  readonly low: number
  readonly high: number
  readonly kept: { readonly customer: Int32Array; readonly product: Int32Array; readonly order: Int32Array | null; readonly at: Float64Array }
  count: number
  withoutCustomer: number
  withoutProduct: number
  after: number
  before: number
}

function keepPurchases(work: PurchaseWork, start: number, end: number): void {
  const { customer, product, orders, at, amount, low, high, kept } = work
  let count = work.count
  for (let i = start; i < end; i++) {
    const who = customer[i] as number
    if (who < 0) {
      work.withoutCustomer++
      continue
    }
    const time = at[i] as number
    if (time > high) {
      work.after++
      continue
    }
    if (time < low) {
      work.before++
      continue
    }
    if (!((amount[i] as number) > 0)) continue
    const what = product[i] as number
    if (what < 0) {
      work.withoutProduct++
      continue
    }
    kept.customer[count] = who
    kept.product[count] = what
    kept.at[count] = time
    if (kept.order !== null) {
      const order = (orders as Int32Array)[i] as number
      if (order < 0) throw invalidRow('transactions', i, 'has no order')
      kept.order[count] = order
    }
    count++
  }
  work.count = count
}

function* addRatings(table: ResidentTable, schema: DataSchema, spec: PreferenceSpec, zone: ZoneOffsets, pairs: Pairs): Steps<Preferences['scale']> {
  const customer = textOf(table, 'customerId')
  const product = textOf(table, 'productId')
  const rating = numbersOf(table, 'rating')
  const column = table.columns[table.select.indexOf('at')]
  const { rows } = table
  const isBoth = spec.from === 'both'
  const value = isBoth ? new Int32Array(rows) : new Float64Array(rows)
  let lowest = Infinity
  let highest = -Infinity
  for (let i = 0; i < rows; i++) {
    if (i % STEP_ROWS === STEP_ROWS - 1) yield
    const given = rating[i] as number
    if (!Number.isFinite(given)) throw invalidRow('ratings', i, 'has no finite rating')
    if ((customer.codes[i] as number) < 0 || (product.codes[i] as number) < 0) throw invalidRow('ratings', i, 'has no customer or no product')
    if (given < lowest) lowest = given
    if (given > highest) highest = given
    value[i] = isBoth ? (given < (spec.likedFrom as number) ? DISLIKED : pairs.orders + i) : given
  }
  let at: Float64Array | null = null
  if (column?.kind === 'float64') {
    at = column.values.slice()
    if (fieldsOfSet(schema, 'ratings')?.get('at')?.kind === 'date') yield* daysToMs(at, zone)
    if (column.validity !== undefined) for (let i = 0; i < rows; i++) if (column.validity[i] === 0) at[i] = NaN
  }
  pairs.pieces.push({ customerIds: customer.dictionary, productIds: product.dictionary, customer: customer.codes, product: product.codes, value, at })
  return isBoth || rows === 0 ? null : { lowest, highest }
}

type Joined = Piece

/** One run out of the pieces; ids that differ only by dictionary become one. */
function* joinPieces({ pieces }: Pairs): Steps<Joined> {
  if (pieces.length === 1) return pieces[0] as Piece
  let rows = 0
  for (const { customer } of pieces) rows += customer.length
  const customer = new Int32Array(rows)
  const product = new Int32Array(rows)
  const value = new Float64Array(rows)
  const at = pieces.some((piece) => piece.at !== null) ? new Float64Array(rows).fill(NaN) : null
  const customers = new Map<string, number>()
  const products = new Map<string, number>()
  let start = 0
  for (const piece of pieces) {
    yield* renumber(piece.customer, piece.customerIds, customers, customer.subarray(start))
    yield* renumber(piece.product, piece.productIds, products, product.subarray(start))
    value.set(piece.value, start)
    if (piece.at !== null) at?.set(piece.at, start)
    start += piece.customer.length
  }
  return { customerIds: [...customers.keys()], productIds: [...products.keys()], customer, product, value, at }
}

function* renumber(codes: Int32Array, ids: readonly string[], known: Map<string, number>, target: Int32Array): Steps<void> {
  const table = new Int32Array(ids.length)
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as string
    let code = known.get(id)
    if (code === undefined) known.set(id, (code = known.size))
    table[i] = code
    if (i % 16_384 === 16_383) yield
  }
  for (let i = 0; i < codes.length; i++) {
    target[i] = table[codes[i] as number] as number
    if (i % STEP_ROWS === STEP_ROWS - 1) yield
  }
}

/** Days become the instants at which they began, in place; lines of one day tend to follow each other. */
function* daysToMs(days: Float64Array, zone: ZoneOffsets): Steps<void> {
  let before = NaN
  let ms = NaN
  for (let i = 0; i < days.length; i++) {
    const day = days[i] as number
    if (day !== before) {
      before = day
      ms = day * DAY_MS - offsetMsOf(zone[entryIndex(zone, day * DAY_MS)] as ZoneOffsets[number])
    }
    days[i] = ms
    if (i % STEP_ROWS === STEP_ROWS - 1) yield
  }
}

function tableOf(tables: ResidentTables, set: DataSetName): ResidentTable {
  const table = tables.sets.find((one) => one.set === set)
  if (table === undefined) throw missingSet(set, 'This adapter holds no')
  return table
}

function columnOf(table: ResidentTable, name: string): ResidentTable['columns'][number] {
  const column = table.columns[table.select.indexOf(name)]
  if (column === undefined) throw missingSet(table.set, `The field "${name}" is not in`)
  return column
}

function textOf(table: ResidentTable, name: string): { readonly codes: Int32Array; readonly dictionary: readonly string[] } {
  const column = columnOf(table, name)
  if (column.kind !== 'text') throw wrongKind(table.set, name)
  return column
}

/** Numbers without a NULL among them. */
function numbersOf(table: ResidentTable, name: string): Float64Array {
  const column = columnOf(table, name)
  if (column.kind !== 'float64') throw wrongKind(table.set, name)
  const gap = column.validity?.indexOf(0) ?? -1
  if (gap >= 0) throw invalidRow(table.set, gap, `has no ${name}`)
  return column.values
}

function wrongKind(set: DataSetName, name: string): DataContractError {
  return new DataContractError('PROTOCOL', `The column "${name}" of ${set} is of another kind than its field. It cannot be read. Report it to the author of the adapter.`, { set, field: name })
}

function invalidRow(set: DataSetName, index: number, what: string): DataContractError {
  return new DataContractError('DATA_INVALID', `Row ${index} of ${set} ${what}. What it counts for is not known. Fill it in, or leave the row out.`, { set, index })
}
