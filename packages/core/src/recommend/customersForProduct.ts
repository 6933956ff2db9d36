import type { Steps } from '../adapter/contract.ts'
import { confidenceOf } from './confidenceOf.ts'
import { isWithin } from './decay.ts'
import { explainScore } from './explainScore.ts'
import { oneByOne } from './hybridScorer.ts'
import { codeOfId, rowOf } from './preferenceRows.ts'
import type { CustomerList, CustomersForProductRequest, PreferenceRow, Preferences, ReasonPrivacy, RecommendFilters } from './recommend.types.ts'
import { createScoreSheet } from './scoreSheet.ts'
import type { Scorer, ScoreSheet } from './scorer.types.ts'
import { topOf } from './selectProducts.ts'

/** How many, whether those who have it too, and how much reasons show. */
export type CustomersForQuery = Pick<CustomersForProductRequest, 'limit' | 'bought' | 'explain'>

/** Customers whose purchases are looked through between two yields. */
const STEP_CUSTOMERS = 1024

export interface CustomersForTask {
  readonly id: string
  readonly productId: string
  readonly limit: number
  readonly bought: NonNullable<RecommendFilters['bought']>
  readonly privacy: ReasonPrivacy
  readonly listed: number
  readonly preferences: Preferences
  readonly scorer: Scorer
  /** Work space. */
  readonly sheet: ScoreSheet
  readonly asOf: number
  readonly boughtBy: (customerId: string, row: PreferenceRow) => readonly PreferenceRow[]
  readonly names: readonly (string | null)[]
  readonly nameOf: (customerId: string) => string | null
}

/**
 * The customers with the highest scores for one product: the scores of their own lists, found in slices.
 *
 * Equal scores: more support first, then the lower id. Nobody who has the product is lost before the choice: `bought` is looked
 * at first, so that the list is full whenever it could be.
 */
export function* customersForProduct(task: CustomersForTask): Steps<CustomerList> {
  const { id, productId, limit, bought, preferences, scorer, sheet, asOf } = task
  const product = codeOfId(preferences.products, productId)
  const count = preferences.customers.length
  const customers = createScoreSheet(count)
  if (product >= 0) yield* scorer.scoreCustomers === undefined ? oneByOne(preferences, scorer, product, sheet, customers) : scorer.scoreCustomers(product, customers)
  const { scores, support } = customers
  const candidates = new Int32Array(customers.count)
  let found = 0
  let owners = 0
  for (let i = 0; i < customers.count; i++) {
    if (i % STEP_CUSTOMERS === STEP_CUSTOMERS - 1) yield
    const customer = customers.touched[i] as number
    if (!((scores[customer] as number) > 0)) continue
    const isOwner = bought !== 'include' && task.boughtBy(preferences.customers[customer] as string, rowOf(preferences, customer)).some((row) => hasIt(row, product, bought, asOf))
    if (isOwner) owners++
    else candidates[found++] = customer
  }
  yield
  const numbers = new Map<number, number>()
  const items: CustomerList['items'][number][] = []
  for (const customer of topOf(candidates.subarray(0, found), limit, { scores, support })) {
    const row = rowOf(preferences, customer)
    const parts = scorer.explain(row, product)
    const { reason, score } = explainScore({ ...task, ...preferences, parts, score: scores[customer] as number, support: support[customer] as number, numbers })
    const customerId = preferences.customers[customer] as string
    items.push(Object.freeze({ customerId, rank: items.length + 1, score, support: support[customer] as number, confidence: confidenceOf(parts, row), reason, name: task.nameOf(customerId) }))
    yield
  }
  const removed = [
    { filter: 'bought' as const, count: owners },
    { filter: 'noSignal' as const, count: count - found - owners },
  ].filter((one) => one.count > 0)
  const shortfall = items.length === limit ? null : Object.freeze({ asked: limit, found: items.length, removed: Object.freeze(removed.map((one) => Object.freeze(one))) })
  return Object.freeze({ kind: 'customers-for-product', version: 1, id, productId, items: Object.freeze(items), coldStart: product >= 0 ? null : 'unknownProduct', shortfall, warnings: preferences.warnings })
}

function hasIt({ codes, at }: PreferenceRow, product: number, bought: Exclude<RecommendFilters['bought'], 'include' | undefined>, asOf: number): boolean {
  const place = codes.indexOf(product) // of a history, codes need not ascend
  return place >= 0 && (bought === 'exclude' || isWithin(at === null ? NaN : (at[place] as number), asOf, bought.notWithinDays))
}
