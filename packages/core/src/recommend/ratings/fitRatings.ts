import type { Steps } from '../../adapter/contract.ts'
import { InvalidInputError } from '../../errors/index.ts'
import { runToEnd } from '../../shared/steps.ts'
import { codeOfId } from '../preferenceRows.ts'
import type { Preferences, SparseRows } from '../recommend.types.ts'
import { completeRatingSpec } from './checkRatingSpec.ts'
import type { CompleteRatingSpec } from './checkRatingSpec.ts'
import { fitBaseline, globalMeanOf } from './fitBaseline.ts'
import { neighbourVotes } from './neighbourVotes.ts'
import { codesOfIds, groupByRow } from './pairsByRow.ts'
import { rowMeans } from './ratingMeans.ts'
import type { RatingBaseline, RatingContribution, RatingFallback, RatingGap, RatingPrediction, RatingPredictions, RatingSpec } from './ratings.types.ts'
import { slopeOneVotes } from './slopeOneVotes.ts'
import { createVotes, sumOfVotes } from './votes.ts'
import type { VotingMethod } from './votes.ts'

/** What `RatingPredictions.fallbacks` points into. */
export const RATING_FALLBACKS: readonly RatingFallback[] = Object.freeze(['globalMean', 'customerMean', 'productMean', 'baseline'])

/** Predicts ratings from preferences that it knows. It keeps work space: not for two threads at once. */
export interface RatingModel {
  readonly preferences: Preferences
  /** Every member filled in. */
  readonly spec: RatingSpec
  /** null where nothing asks for it. */
  readonly baseline: RatingBaseline | null
  /** One prediction that explains itself. Unknown ids are no error: see `reason`. */
  predict(customerId: string, productId: string): RatingPrediction
  /**
   * Many at once, without explanations: the same figures, bit for bit.
   *
   * @param customerIds and `productIds` of equal length: pair i is customer i and product i
   * @throws InvalidInputError `LENGTH_MISMATCH`
   */
  predictMany(customerIds: readonly string[], productIds: readonly string[]): RatingPredictions
  /** The same in slices; yields how much is done. */
  predictManyInSteps(customerIds: readonly string[], productIds: readonly string[]): Steps<RatingPredictions>
}

/**
 * Makes a way of predicting ratings ready: what a customer would give a product. To rank products, recommend instead:
 * the highest predicted ratings belong to products that hardly anybody rated.
 *
 * @param preferences ratings, with their `scale`; for `ties: 'sequence'` with their `sequence`
 * @param spec plain JSON, or one of `ratingPresets`
 * @throws InvalidInputError `OPTION_INVALID`; `WEIGHTS_INVALID` for weights below 0 under a similarity by `tfIdf` or `bm25`
 * @see Herlocker et al. (1999), Sarwar et al. (2001), Lemire and Maclachlan (2005); docs/definitions.md
 * @example
 * const model = fitRatings(preferences, { method: 'neighbours', over: 'customers', centring: 'mean' })
 * model.predict('ann', 'tea') // { rating: 4.2, neighbours: 12, contributions: [...], fallback: null, ... }
 */
export function fitRatings(preferences: Preferences, spec: RatingSpec): RatingModel {
  return runToEnd(fitRatingsInSteps(preferences, spec))
}

/** {@link fitRatings} in slices. */
export function* fitRatingsInSteps(preferences: Preferences, spec: RatingSpec): Steps<RatingModel> {
  const complete = completeRatingSpec(spec, preferences)
  const globalMean = globalMeanOf(preferences)
  const baseline = needsBaseline(complete) ? yield* fitBaseline(preferences, complete.baseline) : null
  const customerMeans = rowMeans(preferences.byCustomer)
  const productMeans = rowMeans(preferences.byProduct)
  yield
  const method: VotingMethod | null =
    complete.method === 'baseline'
      ? null
      : complete.method === 'slopeOne'
        ? slopeOneVotes(preferences, customerMeans, complete.own)
        : yield* neighbourVotes(preferences, complete, { globalMean, means: complete.over === 'customers' ? customerMeans : productMeans, baseline })
  const votes = createVotes(method?.most ?? 0)
  const { scale } = preferences

  // Of the pair looked at last.
  let raw = 0
  let fallback: RatingFallback | null = null
  let reason: RatingGap | null = null

  /** Sets the three above and `votes`. */
  function look(customer: number, product: number): void {
    const hasCustomer = hasEntries(preferences.byCustomer, customer)
    const hasProduct = hasEntries(preferences.byProduct, product)
    fallback = null
    reason = null
    votes.count = 0
    if (!hasCustomer || !hasProduct) {
      reason = hasCustomer ? 'unknownProduct' : 'unknownCustomer'
      standIn(complete.unknown, hasCustomer ? customer : -1, hasProduct ? product : -1)
    } else if (method === null || complete.method === 'baseline') {
      votes.start = raw = baselineOf(customer, product)
    } else {
      method.vote(customer, product, votes)
      if (votes.count >= complete.minNeighbours) {
        raw = sumOfVotes(votes)
      } else {
        reason = 'tooFewNeighbours'
        standIn(complete.tooFew, customer, product)
      }
    }
  }

  /** -1 = not known. */
  function standIn(wanted: RatingFallback, customer: number, product: number): void {
    fallback = (wanted === 'customerMean' && customer < 0) || (wanted === 'productMean' && product < 0) ? 'globalMean' : wanted
    if (fallback === 'customerMean') raw = customerMeans[customer]!
    else if (fallback === 'productMean') raw = productMeans[product]!
    else if (fallback === 'baseline') raw = baselineOf(customer, product)
    else raw = globalMean
    votes.start = raw
  }

  function baselineOf(customer: number, product: number): number {
    return baseline!.globalMean + (baseline!.customers[customer] ?? 0) + (baseline!.products[product] ?? 0)
  }

  function clipped(rating: number): number {
    return complete.clip && scale !== null ? Math.min(scale.highest, Math.max(scale.lowest, rating)) : rating
  }

  function predict(customerId: string, productId: string): RatingPrediction {
    look(codeOfId(preferences.customers, customerId), codeOfId(preferences.products, productId))
    const contributions: RatingContribution[] = []
    if (method !== null && reason === null) {
      const ids = method.kind === 'customer' ? preferences.customers : preferences.products
      for (let i = 0; i < votes.count; i++) {
        contributions.push(
          Object.freeze({
            kind: method.kind,
            id: ids[votes.codes[i]!]!,
            similarity: method.hasSimilarities ? votes.similarities[i]! : null,
            rating: votes.ratings[i]!,
            share: Math.abs(votes.shares[i]!),
            value: votes.values[i]!,
          }),
        )
      }
    }
    return Object.freeze({
      customerId,
      productId,
      rating: clipped(raw),
      raw,
      start: votes.start,
      neighbours: votes.count,
      contributions: Object.freeze(contributions),
      isImpossible: fallback !== null,
      fallback,
      reason,
    })
  }

  function* predictManyInSteps(customerIds: readonly string[], productIds: readonly string[]): Steps<RatingPredictions> {
    const count = customerIds.length
    if (productIds.length !== count) {
      throw new InvalidInputError('LENGTH_MISMATCH', `There are ${count} customers and ${productIds.length} products. Pair i is customer i and product i. Pass lists of one length.`)
    }
    const customers = codesOfIds(preferences.customers, customerIds)
    const products = codesOfIds(preferences.products, productIds)
    yield
    const ratings = new Float64Array(count)
    const raws = new Float64Array(count)
    const neighbours = new Int32Array(count)
    const fallbacks = new Int8Array(count)
    const rows = method?.rowOf === 'product' ? products : customers
    const size = method?.rowOf === 'product' ? preferences.products.length : preferences.customers.length
    let row = -1
    let done = 0
    for (const pair of groupByRow(rows, size)) {
      // Another row may cost a comparison with all others.
      if (rows[pair] !== row || done % 1000 === 0) {
        row = rows[pair]!
        yield done / count
      }
      look(customers[pair]!, products[pair]!)
      ratings[pair] = clipped(raw)
      raws[pair] = raw
      neighbours[pair] = votes.count
      fallbacks[pair] = fallback === null ? -1 : RATING_FALLBACKS.indexOf(fallback)
      done++
    }
    return Object.freeze({ count, ratings, raw: raws, neighbours, fallbacks })
  }

  return Object.freeze({
    preferences,
    spec: Object.freeze(complete) as RatingSpec,
    baseline,
    predict,
    predictMany: (customerIds: readonly string[], productIds: readonly string[]) => runToEnd(predictManyInSteps(customerIds, productIds)),
    predictManyInSteps,
  })
}

function needsBaseline(spec: CompleteRatingSpec): spec is Exclude<CompleteRatingSpec, { method: 'slopeOne' }> {
  if (spec.method === 'slopeOne') return false
  return spec.method === 'baseline' || spec.centring === 'baseline' || spec.tooFew === 'baseline' || spec.unknown === 'baseline' || spec.similarity.measure === 'pearsonBaseline'
}

function hasEntries({ offsets }: SparseRows, row: number): boolean {
  return row >= 0 && offsets[row + 1]! > offsets[row]!
}
