import type { Operation, ResidentTables, Steps } from '../adapter/contract.ts'
import { UnsupportedError } from '../errors/index.ts'
import { canonicalJson } from '../shared/cursor.ts'
import { checkStrategy } from './checkStrategy.ts'
import { createRecommenderInSteps } from './createRecommender.ts'
import type { Recommender } from './createRecommender.ts'
import { directoryOfTable } from './customerDirectory.ts'
import { backTest } from './evaluation/backTest.ts'
import { defaultStrategy } from './fitStrategy.ts'
import { keptFit, preferencesFor } from './keptFits.ts'
import { preferenceReads } from './preferencesFromTables.ts'
import { productNamesOperation } from './productNamesOperation.ts'
import { moneyOfPrices, productFacts } from './productFacts.ts'
import type { BackTestRequest, BackTestResult, CustomerList, CustomersForProductRequest, Preferences, PreferenceSpec, RecommendationList, RecommendRequest, RecommendStrategy } from './recommend.types.ts'
import { similarOperation } from './similarOperation.ts'

/**
 * What to offer a customer, with a basket, or beside a product: ranked, filtered, explained.
 *
 * Reads the whole sets once; what is fitted to them is kept, so that the next question costs microseconds.
 *
 * @throws InvalidInputError `LIMIT_RANGE`, `OPTION_INVALID`, `WEIGHTS_INVALID`, `SPEC_INVALID`, `REQUEST_INVALID`; UnsupportedError `SET_MISSING`
 * @example
 * const { data: list } = await client.run(recommendOperation, { for: { customerId: 'ann' }, preferences: { from: 'transactions', asOf }, limit: 5 })
 */
export const recommendOperation: Operation<RecommendRequest, RecommendationList, RecommendationList> = {
  name: 'recommend/list',
  request: () => null,
  tables: {
    reads: ({ preferences }, schema) => preferenceReads(preferences, schema),
    *compute(request, tables) {
      const recommender = yield* recommenderFor(tables, request, request.segmentField)
      const { limit, filters, explain, fill } = request
      return recommender.recommend({ ...request.for, ...given({ limit, filters, explain, fill }) })
    },
  },
  read: neverPushedDown,
  finish: (list) => list,
}

/**
 * Whom to call about a product: the same scores as {@link recommendOperation}, looked at from the other side.
 *
 * @throws as {@link recommendOperation}
 * @example const { data: list } = await client.run(customersForProductOperation, { productId: 'tea', preferences: { from: 'transactions', asOf } })
 */
export const customersForProductOperation: Operation<CustomersForProductRequest, CustomerList, CustomerList> = {
  name: 'recommend/customersForProduct',
  request: () => null,
  tables: {
    reads: ({ preferences }, schema) => preferenceReads(preferences, schema),
    *compute(request, tables) {
      const recommender = yield* recommenderFor(tables, request)
      const { limit, bought, explain } = request
      return yield* recommender.customersForInSteps(request.productId, given({ limit, bought, explain }))
    },
  },
  read: neverPushedDown,
  finish: (list) => list,
}

/**
 * Would it have worked? Strategies fitted to what was known before the last weeks, judged by what was bought in them, beside
 * popularity: a picture of what recommendations are worth for these data, and whether they are worth anything.
 *
 * @throws InvalidInputError `OPTION_INVALID`, `WEIGHTS_INVALID`, `SPEC_INVALID`, `KEY_DUPLICATE`; UnsupportedError `SET_MISSING`
 * @example
 * const { data } = await client.run(backTestOperation, { preferences: { from: 'transactions', asOf }, testDays: 90 })
 * data.verdict // 'noSignal': recommend what is popular, and say so
 */
export const backTestOperation: Operation<BackTestRequest, BackTestResult, BackTestResult> = {
  name: 'recommend/backTest',
  request: () => null,
  tables: {
    reads: ({ preferences }, schema) => preferenceReads(preferences, schema),
    compute: (request, tables) => backTest(tables, request),
  },
  read: neverPushedDown,
  finish: (result) => result,
}

/** What a worker offers under `recommend/`. */
export const recommendOperations: readonly [
  typeof recommendOperation,
  typeof customersForProductOperation,
  typeof similarOperation,
  typeof backTestOperation,
  typeof productNamesOperation,
] = [recommendOperation, customersForProductOperation, similarOperation, backTestOperation, productNamesOperation]

function recommenderFor(tables: ResidentTables, { preferences: spec, strategy = defaultStrategy }: Pick<RecommendRequest, 'preferences' | 'strategy'>, segmentField?: string): Steps<Recommender> {
  checkStrategy(strategy)
  return keptFit(tables, canonicalJson(['recommender', spec, strategy, segmentField ?? null]), function* () {
    const preferences = yield* preferencesFor(tables, spec)
    const history = yield* historyFor(tables, spec, strategy)
    const products = yield* productFacts(tables, spec.asOf)
    const customers = tables.sets.find(({ set }) => set === 'customers')
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

function neverPushedDown(): never {
  throw new UnsupportedError('SUMMARY_UNSUPPORTED', 'Recommendations are computed where the whole sets are. No summary of a backend says them. Run the operation by a client, which reads the sets.')
}

