import type { Steps, WarningCount } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import type { InvalidInputCode } from '../errors/index.ts'
import { STEP_ROWS } from '../shared/radix.ts'
import { textRanks } from '../shared/sortTexts.ts'
import { runToEnd } from '../shared/steps.ts'
import { isNumericId } from '../shared/text.ts'
import type { DuplicatesRule, Preferences, RatingScale } from './recommend.types.ts'
import { customerRows, transpose } from './sparseRows.ts'
import type { MergeRule } from './sparseRows.ts'

/** Preferences in plain columns of one length, in any order. */
export interface PreferenceColumns {
  /** Id of every customer code. Ids that no entry uses are left out of the result. */
  readonly customerIds: readonly string[]
  readonly productIds: readonly string[]
  readonly customer: Int32Array
  readonly product: Int32Array
  /** Left out: 1 each. */
  readonly weight?: Float64Array
  /** Epoch milliseconds, NaN = not known. */
  readonly at?: Float64Array
}

/** A rating, or a purchase and how much it counts. */
export interface PreferenceEntry {
  readonly customerId: string
  readonly productId: string
  readonly weight: number
  /** Epoch milliseconds. */
  readonly at?: number | null
}

export interface PreferencesOptions {
  /** Default `last` for ratings (when there is a `scale`), else `sum`. */
  readonly duplicates?: DuplicatesRule
  /** Order ids by number instead of by text; every id is a canonical decimal integer. Default false. */
  readonly numericIds?: boolean | { readonly customers?: boolean; readonly products?: boolean }
  /** Keep the place of each entry in the input. Default false. */
  readonly keepSequence?: boolean
  /** The scale that the weights are ratings on. Default null: they are no ratings. */
  readonly scale?: RatingScale | null
}

/**
 * Puts ratings or purchases into sparse rows, by customer and by product.
 *
 * Ids are numbered in ascending order and the entries of a row ascend, so that equal data give equal preferences whatever
 * their order (save `duplicates: 'last'` without times). The input is not changed.
 *
 * @param entries rows, or columns of equal length
 * @returns frozen; 40 bytes an entry, 56 with times. `DUPLICATES_MERGED` in `warnings` counts what was merged
 * @throws InvalidInputError `LENGTH_MISMATCH`, `ID_MISSING`, `VALUE_NOT_FINITE`, `ID_NOT_NUMERIC`, `OPTION_INVALID`, and
 *   `KEY_DUPLICATE` under `duplicates: 'error'`; with the index of the entry
 * @example
 * const preferences = createPreferences([
 *   { customerId: 'ann', productId: 'tea', weight: 2 },
 *   { customerId: 'bob', productId: 'tea', weight: 1 },
 * ])
 * preferences.byProduct.weights // [2, 1]
 */
export function createPreferences(entries: readonly PreferenceEntry[] | PreferenceColumns, options: PreferencesOptions = {}): Preferences {
  const { duplicates, numericIds = false, keepSequence = false, scale = null } = options
  if (scale !== null && !(Number.isFinite(scale.lowest) && Number.isFinite(scale.highest) && scale.lowest <= scale.highest)) {
    throw new InvalidInputError('OPTION_INVALID', '`scale` does not reach from a lower to a higher number. Predictions are clipped to it. Pass for example { lowest: 1, highest: 5 }.')
  }
  if (duplicates !== undefined && !RULES.includes(duplicates)) {
    throw new InvalidInputError('OPTION_INVALID', `\`duplicates\` is none of ${RULES.join(', ')}. A pair that repeats needs one of these rules. Name one.`)
  }
  const columns = isColumns(entries) ? entries : columnsOf(entries)
  checkColumns(columns)
  const { customers = false, products = false } = typeof numericIds === 'boolean' ? { customers: numericIds, products: numericIds } : numericIds
  const rule = duplicates ?? (scale === null ? 'sum' : 'last')
  // Lists of their own: ranks are remembered by list, and a caller may change his.
  const ids = { customerIds: columns.customerIds.slice(), productIds: columns.productIds.slice() }
  return runToEnd(preferencesInSteps({ ...columns, ...ids, customersByNumber: customers, productsByNumber: products, rule, finish: 'asIs', keepSequence, scale, warnings: [], countMerged: true }))
}

/** What {@link createPreferences} and `preferencesFromTables` work on: checked, and every code within its list. */
export interface CheckedEntries {
  readonly customerIds: readonly string[]
  readonly productIds: readonly string[]
  readonly customer: Int32Array
  readonly product: Int32Array
  readonly weight?: Float64Array
  readonly at?: Float64Array
  readonly order?: Int32Array
  readonly customersByNumber: boolean
  readonly productsByNumber: boolean
  readonly rule: MergeRule
  /** What the merged weight becomes: itself, ln(1 + it), or 1. */
  readonly finish: 'asIs' | 'log' | 'one'
  readonly keepSequence: boolean
  readonly scale: RatingScale | null
  readonly warnings: readonly WarningCount[]
  readonly countMerged: boolean
}

/** The work of {@link createPreferences}, in slices. */
export function* preferencesInSteps(entries: CheckedEntries): Steps<Preferences> {
  const customers = yield* numberIds(entries.customerIds, entries.customer, entries.customersByNumber)
  const products = yield* numberIds(entries.productIds, entries.product, entries.productsByNumber)
  const { rows: byCustomer, merged } = yield* customerRows(
    {
      customers: customers.ids.length,
      products: products.ids.length,
      customer: customers.codes,
      product: products.codes,
      weight: entries.weight ?? null,
      at: entries.at ?? null,
      ...(entries.order === undefined ? {} : { order: entries.order }),
    },
    entries.rule,
    entries.keepSequence,
  )
  if (entries.finish !== 'asIs') yield* finishWeights(byCustomer.weights, entries.finish)
  const byProduct = yield* transpose(byCustomer, products.ids.length)
  const warnings: WarningCount[] = [...entries.warnings]
  if (entries.countMerged && merged > 0) warnings.push(Object.freeze({ code: 'DUPLICATES_MERGED', count: merged }))
  return Object.freeze({
    kind: 'preferences',
    version: 1,
    customers: customers.ids,
    products: products.ids,
    ...(entries.customersByNumber || entries.productsByNumber ? { byNumber: Object.freeze({ customers: entries.customersByNumber, products: entries.productsByNumber }) } : {}),
    byCustomer: Object.freeze(byCustomer),
    byProduct: Object.freeze(byProduct),
    scale: entries.scale === null ? null : Object.freeze({ lowest: entries.scale.lowest, highest: entries.scale.highest }),
    warnings: Object.freeze(warnings),
  })
}

function* finishWeights(weights: Float64Array, how: 'log' | 'one'): Steps<void> {
  for (let i = 0; i < weights.length; i++) {
    weights[i] = how === 'one' ? 1 : Math.log1p(weights[i] as number)
    if (i % STEP_ROWS === STEP_ROWS - 1) yield
  }
}

/** Ids that occur, ascending, and the entries renumbered to them. */
function* numberIds(ids: readonly string[], codes: Int32Array, byNumber: boolean): Steps<{ ids: readonly string[]; codes: Int32Array }> {
  const ranks = yield* textRanks(ids, byNumber)
  const occurs = new Uint8Array(ids.length)
  for (let start = 0; start < codes.length; start += STEP_ROWS) {
    const end = Math.min(codes.length, start + STEP_ROWS)
    for (let i = start; i < end; i++) occurs[codes[i] as number] = 1
    yield
  }
  // Equal ids have one rank.
  const idOfRank = new Int32Array(ids.length).fill(-1)
  for (let id = 0; id < ids.length; id++) if (occurs[id] === 1) idOfRank[ranks[id] as number] = id
  const used: string[] = []
  const newCode = new Int32Array(ids.length)
  for (let rank = 0; rank < idOfRank.length; rank++) {
    if (rank % STEP_ROWS === STEP_ROWS - 1) yield
    const id = idOfRank[rank] as number
    if (id >= 0) newCode[rank] = used.push(ids[id] as string) - 1
  }
  if (byNumber) for (const id of used) if (!isNumericId(id)) throw notNumeric()
  const table = ranks.map((rank) => newCode[rank] as number)
  const renumbered = new Int32Array(codes.length)
  for (let start = 0; start < codes.length; start += STEP_ROWS) {
    const end = Math.min(codes.length, start + STEP_ROWS)
    for (let i = start; i < end; i++) renumbered[i] = table[codes[i] as number] as number
    yield
  }
  return { ids: Object.freeze(used), codes: renumbered }
}

const RULES: readonly DuplicatesRule[] = ['sum', 'last', 'mean', 'max', 'error']

function isColumns(entries: readonly PreferenceEntry[] | PreferenceColumns): entries is PreferenceColumns {
  return !Array.isArray(entries)
}

function columnsOf(rows: readonly PreferenceEntry[]): PreferenceColumns {
  const n = rows.length
  const customerCodes = new Map<string, number>()
  const productCodes = new Map<string, number>()
  const customer = new Int32Array(n)
  const product = new Int32Array(n)
  const weight = new Float64Array(n)
  const at = new Float64Array(n).fill(NaN)
  let hasTimes = false
  for (let i = 0; i < n; i++) {
    const row = rows[i] as PreferenceEntry
    customer[i] = codeOf(customerCodes, row.customerId)
    product[i] = codeOf(productCodes, row.productId)
    weight[i] = row.weight
    if (row.at === undefined || row.at === null) continue
    if (!Number.isFinite(row.at)) throw badEntry('VALUE_NOT_FINITE', i, 'has a time that is no finite number')
    at[i] = row.at
    hasTimes = true
  }
  return { customerIds: [...customerCodes.keys()], productIds: [...productCodes.keys()], customer, product, weight, ...(hasTimes ? { at } : {}) }
}

function codeOf(codes: Map<string, number>, id: string): number {
  if (typeof id !== 'string' || id === '') return -1
  const known = codes.get(id)
  if (known !== undefined) return known
  codes.set(id, codes.size)
  return codes.size - 1
}

function checkColumns({ customerIds, productIds, customer, product, weight, at }: PreferenceColumns): void {
  const n = customer.length
  if (product.length !== n || (weight !== undefined && weight.length !== n) || (at !== undefined && at.length !== n)) {
    throw new InvalidInputError(
      'LENGTH_MISMATCH',
      `The columns of the preferences differ in length (customer ${n}, product ${product.length}, weight ${weight?.length ?? n}, at ${at?.length ?? n}). An entry would take its weight from another. Pass columns of one length.`,
    )
  }
  // Looked up as bytes: 5,000,000 lookups of texts take 150 ms.
  const isCustomer = Uint8Array.from(customerIds, (id) => (id ? 1 : 0))
  const isProduct = Uint8Array.from(productIds, (id) => (id ? 1 : 0))
  for (let i = 0; i < n; i++) {
    if (isCustomer[customer[i] as number] !== 1) throw badEntry('ID_MISSING', i, 'has no customer')
    if (isProduct[product[i] as number] !== 1) throw badEntry('ID_MISSING', i, 'has no product')
    if (weight !== undefined && !Number.isFinite(weight[i] as number)) throw badEntry('VALUE_NOT_FINITE', i, 'has a weight that is no finite number')
    if (at !== undefined && Math.abs(at[i] as number) === Infinity) throw badEntry('VALUE_NOT_FINITE', i, 'has an infinite time')
  }
}

function badEntry(code: InvalidInputCode, index: number, what: string): InvalidInputError {
  return new InvalidInputError(code, `Entry ${index} ${what}. Every similarity with it would be wrong. Correct the entry, or leave it out.`, { index })
}

function notNumeric(): InvalidInputError {
  return new InvalidInputError('ID_NOT_NUMERIC', '`numericIds` is promised, and an id is no canonical decimal integer. Ids would be ordered by chance. Leave `numericIds` out, or correct the ids.')
}
