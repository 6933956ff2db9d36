import type { Steps } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { canonicalJson, hash } from '../shared/cursor.ts'
import { runToEnd } from '../shared/steps.ts'
import { checkExplain, checkFilters, checkLimit } from './checkFilters.ts'
import { confidenceOf } from './confidenceOf.ts'
import { directoryOfRows } from './customerDirectory.ts'
import type { CustomerDirectory, CustomerFacts } from './customerDirectory.ts'
import { customersForProduct } from './customersForProduct.ts'
import type { CustomersForQuery } from './customersForProduct.ts'
import { explainScore } from './explainScore.ts'
import { fingerprintPreferences } from './fingerprintPreferences.ts'
import { defaultStrategy, fitStrategy } from './fitStrategy.ts'
import { invalidRequest } from './invalidRequest.ts'
import { popularityScorer } from './popularityScorer.ts'
import { codeOfId, rowOf, rowOfBasket } from './preferenceRows.ts'
import { productCosines } from './productCosines.ts'
import { alignFacts } from './productFacts.ts'
import type { Catalogue, ProductFacts } from './productFacts.ts'
import type { ColdStart, CustomerList, PreferenceRow, Preferences, Recommendation, RecommendationList, RecommendRequest, RecommendStrategy, Shortfall } from './recommend.types.ts'
import { createScoreSheet } from './scoreSheet.ts'
import type { Scorer, ScoreSheet } from './scorer.types.ts'
import { selectProducts } from './selectProducts.ts'
import type { Selected, Stage } from './selectProducts.ts'
import { updatePreferences } from './updatePreferences.ts'
import type { PreferenceChanges } from './updatePreferences.ts'

export interface RecommenderOptions {
  /** Epoch milliseconds: the present from which half-lives and windows count. */
  readonly asOf: number
  /** Default {@link defaultStrategy}. */
  readonly strategy?: RecommendStrategy
  /** What filters and items need besides preferences. Default nothing. */
  readonly products?: readonly ProductFacts[]
  /** Names and segments. Default nothing. */
  readonly customers?: readonly CustomerFacts[] | CustomerDirectory
  /** What `segment` of customers means: the name of the attribute. Default `segment`. */
  readonly segmentField?: string
  /** Of prices. Default plain integers. */
  readonly money?: { readonly currency: string; readonly scale: number }
  /**
   * All that customers ever had, weighted by orders, where preferences hold less: purchases before a window, products rated
   * low. What is in it is never new to a customer. Default the preferences.
   */
  readonly history?: Preferences
  /**
   * Similar products are found for those that a question needs, instead of all before the first one: with an answer in
   * milliseconds, and a fit or two when everything has been asked. Lists are the same. Default false.
   */
  readonly onDemand?: boolean
}

/** For whom: a customer, an anonymous basket, or what goes with a product. */
export type RankQuery = RecommendRequest['for'] & Pick<RecommendRequest, 'limit' | 'filters' | 'fill'>

/** {@link RankQuery}, and how much reasons say. */
export type RecommendQuery = RankQuery & Pick<RecommendRequest, 'explain'>

/** A place in a list. */
export interface RankedProduct {
  readonly productId: string
  /** As in {@link Recommendation}, before rounding makes the reasons of one add up. */
  readonly score: number
  readonly support: number
  readonly source: Recommendation['source']
}

/** Answers questions about preferences it knows. Not for two threads at once. */
export interface Recommender {
  readonly preferences: Preferences
  /**
   * What to offer: exactly `limit`, or fewer and why. Somebody the data do not know needs no new fit.
   *
   * @throws InvalidInputError `LIMIT_RANGE`, `OPTION_INVALID`, `REQUEST_INVALID`
   */
  recommend(query: RecommendQuery): RecommendationList
  /** {@link Recommender.recommend} in slices. */
  recommendInSteps(query: RecommendQuery): Steps<RecommendationList>
  /**
   * What {@link Recommender.recommend} lists, in its order, without reasons, confidence, names and prices: a fraction of the time, for
   * lists of everybody.
   *
   * @throws InvalidInputError as {@link Recommender.recommend}
   */
  rank(query: RankQuery): readonly RankedProduct[]
  /**
   * Whom to call about a product: the customers for whom {@link Recommender.recommend} scores it highest, with the same scores.
   *
   * @throws InvalidInputError `LIMIT_RANGE`, `OPTION_INVALID`, `REQUEST_INVALID`
   */
  customersFor(productId: string, query?: CustomersForQuery): CustomerList
  /** {@link Recommender.customersFor} in slices. */
  customersForInSteps(productId: string, query?: CustomersForQuery): Steps<CustomerList>
  /**
   * A recommender for changed preferences, equal in every list, score and reason to one made from scratch. This one stays as it is.
   *
   * @throws InvalidInputError as {@link updatePreferences}
   */
  update(changes: PreferenceChanges): Recommender
}

/**
 * Makes a recommender: for a customer what to offer next and why, for a product whom to call.
 *
 * @throws InvalidInputError `OPTION_INVALID`, `WEIGHTS_INVALID` for the strategy, `DATE_INVALID` for `asOf`
 * @example
 * const recommender = createRecommender(preferences, { asOf: Date.UTC(2026, 4, 31) })
 * recommender.recommend({ customerId: 'ann', limit: 5 }).items[0] // { productId: 'tea', score: 0.83, reason: { support: 7, of: 20, ... }, ... }
 * recommender.recommend({ basket: ['milk', 'honey'] })            // nobody we know: no new fit
 */
export function createRecommender(preferences: Preferences, options: RecommenderOptions): Recommender {
  return runToEnd(createRecommenderInSteps(preferences, options))
}

/** {@link createRecommender} in slices, for a page or a worker: a fit over millions of purchases takes seconds. */
export function* createRecommenderInSteps(preferences: Preferences, options: RecommenderOptions): Steps<Recommender> {
  const { asOf, strategy = defaultStrategy, history, onDemand = false } = options
  if (!(Number.isFinite(asOf) && Math.abs(asOf) <= 8.64e15)) {
    throw new InvalidInputError('DATE_INVALID', '`asOf` is no instant. Half-lives and windows count from it. Pass epoch milliseconds.')
  }
  const scorer = yield* fitStrategy(preferences, strategy, { asOf, onDemand, ...(history === undefined ? {} : { history }) })
  return recommenderOf({ preferences, options, scorer })
}

/** What a recommender is made of. */
export interface RecommenderParts {
  readonly preferences: Preferences
  readonly options: RecommenderOptions
  readonly scorer: Scorer
}

function recommenderOf({ preferences, options, scorer }: RecommenderParts): Recommender {
  const { asOf, strategy = defaultStrategy, products: facts = [], customers = [], segmentField = 'segment', history = preferences, money = { currency: '', scale: 0 } } = options
  const catalogue = alignFacts(preferences.products, facts)
  const directory: CustomerDirectory = 'find' in customers && typeof customers.find === 'function' && !Array.isArray(customers) ? (customers as CustomerDirectory) : directoryOfRows(customers as readonly CustomerFacts[])
  // Work space of questions: more than one while answers in slices take turns.
  const sheets: ScoreSheet[] = []
  const cosines = once(() => productCosines(preferences))
  /** By segment; null: among all. */
  const popularIn = new Map<string | null, Scorer>()
  let fingerprint: string | null = null
  const historyCodes = once(() => Int32Array.from(history.products, (id) => codeOfId(preferences.products, id)))

  /** What a customer has, for the filter: the row, and that of the history in codes of the preferences. */
  const boughtBy = (customerId: string, row: PreferenceRow): readonly PreferenceRow[] => {
    if (history === preferences) return [row]
    const own = rowOf(history, codeOfId(history.customers, customerId))
    return [row, { ...own, codes: own.codes.map((code) => historyCodes()[code] as number) }]
  }

  /** @param segment null: among all */
  function* popularAmong(segment: string | null): Steps<Scorer> {
    let found = popularIn.get(segment)
    if (found === undefined) {
      const among = segment === null ? undefined : new Uint8Array(preferences.customers.length)
      if (among !== undefined) {
        for (let customer = 0; customer < among.length; customer++) {
          among[customer] = directory.find(preferences.customers[customer] as string)?.segment === segment ? 1 : 0
          if (customer % STEP_LOOKUPS === STEP_LOOKUPS - 1) yield
        }
      }
      found = yield* popularityScorer(preferences, { kind: 'popularity' }, { asOf, ...(among === undefined ? {} : { among }) })
      if (popularIn.size >= 64) popularIn.clear()
      popularIn.set(segment, found)
    }
    return found
  }

  /** Same question, same data, same id: data are all that an answer is made of. */
  function* fingerprintOf(): Steps<string> {
    if (fingerprint !== null) return fingerprint
    const parts = [canonicalJson([asOf, strategy, segmentField]), yield* fingerprintPreferences(preferences)]
    if (history !== preferences) parts.push(yield* fingerprintPreferences(history))
    for (let start = 0; start < facts.length; start += STEP_LOOKUPS) {
      parts.push(hash(canonicalJson(facts.slice(start, start + STEP_LOOKUPS))))
      yield
    }
    return (fingerprint = hash(parts.join(' ')))
  }

  /** What is in the list, before anything is said about it. */
  function* choose(query: RankQuery): Steps<Choice> {
    const { limit = 5, filters = {}, fill = 'popularity' } = query
    checkLimit(limit)
    checkFilters(filters)
    if (fill !== 'popularity' && fill !== 'none') throw invalidRequest('`fill` is neither popularity nor none')
    const target = targetOf(query, preferences, directory, boughtBy)
    const segment = target.coldStart === null ? null : target.segment
    const stages: ChoiceStage[] = []
    const addStage = (one: Scorer): void => {
      stages.push({
        source: one.source,
        scorer: one,
        *score(to) {
          if (one.prepare !== undefined) yield* one.prepare(target.row)
          one.score(target.row, to)
        },
      })
    }
    if (target.coldStart === null) addStage(scorer)
    if (fill === 'popularity' && segment !== null) addStage(yield* popularAmong(segment))
    if (fill === 'popularity') addStage(yield* popularAmong(null))
    const sheet = sheets.pop() ?? createScoreSheet(preferences.products.length)
    const choice = yield* selectProducts({ stages, limit, filters, asOf, bought: target.bought, products: preferences.products, catalogue, cosines, sheet })
    sheets.push(sheet)
    return { target, segment, ...choice, asked: { limit, filters, fill } }
  }

  const recommender: Recommender = {
    preferences,
    recommend: (query) => runToEnd(recommender.recommendInSteps(query)),
    rank: (query) =>
      Object.freeze(runToEnd(choose(query)).selected.map(({ product, score, support, stage }) => Object.freeze({ productId: preferences.products[product] as string, score, support, source: stage.source }))),
    *recommendInSteps(query) {
      const { privacy, listed } = checkExplain(query.explain)
      const { target, segment, selected, shortfall, asked } = yield* choose(query)
      const numbers = new Map<number, number>()
      const items: Recommendation[] = []
      for (const { product, score, support, stage } of selected) {
        const parts = stage.scorer.explain(target.row, product)
        const explained = explainScore({ parts, score, support, privacy, listed, ...preferences, names: catalogue.names, numbers })
        items.push(
          Object.freeze({
            productId: preferences.products[product] as string,
            rank: items.length + 1,
            score: explained.score,
            source: stage.source,
            support,
            confidence: confidenceOf(parts, target.row),
            reason: explained.reason,
            ...shownFacts(catalogue, product),
          }),
        )
        yield
      }
      const isSegmentShown = items.some(({ source }) => source === 'segment')
      return Object.freeze({
        kind: 'recommendations',
        version: 1,
        id: hash((yield* fingerprintOf()) + canonicalJson({ ...query, ...asked, explain: { privacy, listed } })),
        items: Object.freeze(items),
        shortfall,
        coldStart: target.coldStart,
        segment: isSegmentShown ? Object.freeze({ field: segmentField, value: segment as string }) : null,
        money: Object.freeze({ currency: money.currency, scale: money.scale }),
        customers: preferences.customers.length,
        products: preferences.products.length + catalogue.unsold,
        preferences: preferences.byCustomer.codes.length,
        warnings: preferences.warnings,
      })
    },
    customersFor: (productId, query) => runToEnd(recommender.customersForInSteps(productId, query)),
    *customersForInSteps(productId, query = {}) {
      if (typeof productId !== 'string') throw invalidRequest('`productId` is no text')
      const { limit = 5, bought = 'exclude' } = query
      const { privacy, listed } = checkExplain(query.explain)
      checkLimit(limit)
      checkFilters({ bought })
      const id = hash((yield* fingerprintOf()) + canonicalJson({ productId, limit, bought, explain: { privacy, listed } }))
      return yield* customersForProduct({ id, productId, limit, bought, privacy, listed, preferences, scorer, sheet: createScoreSheet(preferences.products.length), asOf, boughtBy, names: catalogue.names, nameOf: (customerId) => directory.find(customerId)?.name ?? null })
    },
    update(changes) {
      const next = updatePreferences(preferences, changes)
      // A pair may have been in the preferences alone.
      const before = history === preferences ? {} : { history: updatePreferences(history, changes, true) }
      return createRecommender(next, { ...options, ...before, onDemand: true })
    },
  }
  return Object.freeze(recommender)
}

/** Customers looked up, or facts written down, between two yields. */
const STEP_LOOKUPS = 2048

interface ChoiceStage extends Stage<Recommendation['source']> {
  readonly scorer: Scorer
}

interface Choice {
  readonly target: Target
  /** Whose favourites may fill the list; null: nobody's in particular. */
  readonly segment: string | null
  readonly selected: readonly Selected<ChoiceStage>[]
  readonly shortfall: Shortfall | null
  readonly asked: Required<Pick<RankQuery, 'limit' | 'filters' | 'fill'>>
}

interface Target {
  readonly row: PreferenceRow
  readonly bought: readonly PreferenceRow[]
  readonly coldStart: ColdStart | null
  readonly segment: string | null
}

function targetOf(query: RankQuery, preferences: Preferences, directory: CustomerDirectory, boughtBy: (customerId: string, row: PreferenceRow) => readonly PreferenceRow[]): Target {
  const { customerId, basket, productId } = query as { readonly [Name in 'customerId' | 'basket' | 'productId']?: unknown }
  if ([customerId, basket, productId].filter((one) => one !== undefined).length !== 1) throw invalidRequest('it must name one of `customerId`, `basket` and `productId`')
  if (customerId !== undefined) {
    if (typeof customerId !== 'string') throw invalidRequest('`customerId` is no text')
    const row = rowOf(preferences, codeOfId(preferences.customers, customerId))
    const known = directory.find(customerId)
    const bought = boughtBy(customerId, row)
    const coldStart = row.customer >= 0 ? null : known === null && bought.every(({ codes }) => codes.length === 0) ? 'unknownCustomer' : 'noPreferences'
    return { row, bought, coldStart, segment: known?.segment ?? null }
  }
  const ids = basket ?? [productId]
  if (!(Array.isArray(ids) && ids.every((id) => typeof id === 'string'))) throw invalidRequest('`basket` is no list of texts, or `productId` no text')
  const { row: ones } = rowOfBasket(preferences, ids)
  // Among ratings, what lies in a basket is liked.
  const row = preferences.scale === null ? ones : { ...ones, weights: ones.weights.map(() => (preferences.scale as { highest: number }).highest) }
  return { row, bought: [row], coldStart: row.codes.length > 0 ? null : basket === undefined ? 'unknownProduct' : 'unknownBasket', segment: null }
}

function shownFacts({ names, category, categoryNames, price, quantity }: Catalogue, product: number): Pick<Recommendation, 'name' | 'category' | 'price' | 'suggestedQuantity' | 'estimatedValue'> {
  const orNull = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)
  const [cost, pieces] = [orNull(price[product]), orNull(quantity[product])]
  return {
    name: names[product] ?? null,
    category: categoryNames[category[product] as number] ?? null,
    price: cost,
    suggestedQuantity: pieces,
    estimatedValue: cost === null || pieces === null ? null : Math.round(cost * pieces),
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => (made ??= { value: make() }).value
}
