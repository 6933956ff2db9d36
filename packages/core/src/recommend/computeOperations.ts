import type { ResidentTables, Steps } from '../adapter/contract.ts'
import { canonicalJson } from '../shared/cursor.ts'
import { unknownField } from '../shared/expr.ts'
import { checkNeighbours } from './checkNeighbours.ts'
import { checkStrategy } from './checkStrategy.ts'
import { createComparer } from './createComparer.ts'
import type { Comparer } from './createComparer.ts'
import { createRecommenderInSteps } from './createRecommender.ts'
import type { Recommender } from './createRecommender.ts'
import { directoryOfTable } from './customerDirectory.ts'
import { backTest } from './evaluation/backTest.ts'
import { defaultStrategy } from './fitStrategy.ts'
import { keptFit, preferencesFor } from './keptFits.ts'
import { codeOfId, rowOver } from './preferenceRows.ts'
import { moneyOfPrices, productFacts } from './productFacts.ts'
import type {
  BackTestRequest,
  BackTestResult,
  CustomerList,
  CustomersForProductRequest,
  NeighbourList,
  NeighboursRequest,
  Preferences,
  PreferenceSpec,
  RecommendationList,
  RecommendRequest,
  RecommendStrategy,
} from './recommend.types.ts'
import { createScoreSheet } from './scoreSheet.ts'
import type { ComparedNeighbours } from './similarOperation.ts'
import { sidesOf } from './termWeights.ts'

// What the operations of this topic do where the whole sets are: imported by them on demand, so that a page whose worker
// computes downloads none of it.

export function* computeList(request: RecommendRequest, tables: ResidentTables): Steps<RecommendationList> {
  const recommender = yield* recommenderFor(tables, request, request.segmentField)
  const { limit, filters, explain, fill } = request
  return yield* recommender.recommendInSteps({ ...request.for, ...given({ limit, filters, explain, fill }) })
}

export function* computeCustomersForProduct(request: CustomersForProductRequest, tables: ResidentTables): Steps<CustomerList> {
  const recommender = yield* recommenderFor(tables, request)
  const { limit, bought, explain } = request
  return yield* recommender.customersForInSteps(request.productId, given({ limit, bought, explain }))
}

export function computeBackTest(request: BackTestRequest, tables: ResidentTables): Steps<BackTestResult> {
  return backTest(tables, request)
}

export function* computeSimilar(request: NeighboursRequest, tables: ResidentTables): Steps<ComparedNeighbours> {
  const similarity = checkNeighbours(request)
  const { over, id } = request
  const { timeZone: _, ...spec } = request.preferences
  const preferences = yield* preferencesFor(tables, spec)
  const comparer = yield* keptFit(tables, canonicalJson(['comparer', spec, over, similarity]), () => createComparer(preferences, over, similarity))
  return { kind: 'compared', items: compareAll(preferences, comparer, over, id), warnings: preferences.warnings }
}

function compareAll(preferences: Preferences, comparer: Comparer, over: NeighboursRequest['over'], id: string): NeighbourList['items'] {
  const ids = preferences[over]
  const code = codeOfId(ids, id)
  if (code < 0) return []
  const [{ offsets }] = sidesOf(preferences, over)
  const sheet = createScoreSheet(comparer.count)
  comparer.compare(rowOver(preferences, over, code), sheet)
  return Array.from(sheet.touched.subarray(0, sheet.count), (other) => ({
    id: ids[other] as string,
    similarity: sheet.scores[other] as number,
    common: sheet.support[other] as number,
    partners: (offsets[other + 1] as number) - (offsets[other] as number),
  }))
}

function recommenderFor(tables: ResidentTables, { preferences: spec, strategy = defaultStrategy }: Pick<RecommendRequest, 'preferences' | 'strategy'>, segmentField?: string): Steps<Recommender> {
  checkStrategy(strategy)
  const customers = tables.sets.find(({ set }) => set === 'customers')
  if (segmentField !== undefined && customers?.select.includes(segmentField) !== true) throw unknownField(segmentField)
  return keptFit(tables, canonicalJson(['recommender', spec, strategy, segmentField ?? null]), function* () {
    const preferences = yield* preferencesFor(tables, spec)
    const history = yield* historyFor(tables, spec, strategy)
    const products = yield* productFacts(tables, spec.asOf)
    return yield* createRecommenderInSteps(preferences, {
      asOf: spec.asOf,
      // A page asks about one customer, and waits.
      onDemand: true,
      strategy,
      products,
      money: moneyOfPrices(tables.schema),
      ...(customers === undefined ? {} : { customers: directoryOfTable(customers, segmentField) }),
      ...(segmentField === undefined ? {} : { segmentField }),
      ...(history === undefined ? {} : { history }),
    })
  })
}

/** All a customer ever had, where the preferences say less of it than `bought` and buying again need. */
function* historyFor(tables: ResidentTables, spec: PreferenceSpec, strategy: RecommendStrategy): Steps<Preferences | undefined> {
  const kinds = strategy.kind === 'hybrid' ? strategy.parts.map((part) => part.strategy.kind) : [strategy.kind]
  const needsOrders = spec.from === 'transactions' && spec.weight !== 'count' && kinds.includes('buyAgain')
  if (spec.from === 'ratings' || !(spec.since !== undefined || spec.from === 'both' || needsOrders)) return undefined
  // Rated low is known too: with every rating liked, whatever was bought or rated is in the history.
  return yield* preferencesFor(tables, { from: spec.from, asOf: spec.asOf, weight: 'count', ...(spec.from === 'both' ? { likedFrom: -Number.MAX_VALUE } : {}) })
}

/** Without members that are undefined. */
function given<Members extends object>(members: Members): { [Key in keyof Members]?: Exclude<Members[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [Key in keyof Members]?: Exclude<Members[Key], undefined> }
}
