import type { Steps } from '../../adapter/contract.ts'
import type { Preferences, SparseRows } from '../recommend.types.ts'
import { checkBaselineSpec } from './checkRatingSpec.ts'
import type { BaselineSpec, RatingBaseline, SgdBaseline } from './ratings.types.ts'

/** Ratings worked on between two breaths. */
const STEP_RATINGS = 200_000

/**
 * Finds how much above the mean each customer rates and each product is rated.
 *
 * @param preferences ratings; with `order: 'sequence'` they need their `sequence`
 * @param spec default ALS: 10 epochs, regularisation 15 for customers and 10 for products
 * @returns plain data by code; without ratings the mean is the middle of the scale, or 0
 * @throws InvalidInputError `OPTION_INVALID`
 * @see Koren (2010), "Factor in the neighbors", section 2.1; defaults and order of updates as in Surprise 1.1.4
 * @example runToEnd(fitBaseline(preferences)).products[0] // 0.27: the first product is rated above the mean
 */
export function* fitBaseline(preferences: Preferences, spec: BaselineSpec = { method: 'als' }): Steps<RatingBaseline> {
  checkBaselineSpec(spec, preferences)
  const globalMean = globalMeanOf(preferences)
  const customers = new Float64Array(preferences.customers.length)
  const products = new Float64Array(preferences.products.length)
  if (spec.method === 'als') {
    const { epochs = 10, customerRegularisation = 15, productRegularisation = 10 } = spec
    for (let epoch = 0; epoch < epochs; epoch++) {
      yield* solve(preferences.byProduct, globalMean, customers, productRegularisation, products)
      yield* solve(preferences.byCustomer, globalMean, products, customerRegularisation, customers)
    }
  } else yield* descend(preferences, globalMean, spec, customers, products)
  return Object.freeze({ kind: 'rating-baseline', version: 1, globalMean, customers, products })
}

/** Mean of all ratings; of none the middle of the scale, or 0. */
export function globalMeanOf({ byCustomer: { weights }, scale }: Preferences): number {
  if (weights.length === 0) return scale === null ? 0 : (scale.lowest + scale.highest) / 2
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i]!
  return sum / weights.length
}

/** Least squares of one side while the other stands still: each row on its own. */
function* solve({ offsets, codes, weights }: SparseRows, globalMean: number, others: Float64Array, regularisation: number, out: Float64Array): Steps<void> {
  let next = STEP_RATINGS
  for (let row = 0; row < out.length; row++) {
    const [start, end] = [offsets[row]!, offsets[row + 1]!]
    if (start === end) continue
    let sum = 0
    for (let i = start; i < end; i++) sum += weights[i]! - globalMean - others[codes[i]!]!
    out[row] = sum / (regularisation + end - start)
    if (end >= next) {
      next = end + STEP_RATINGS
      yield
    }
  }
}

function* descend(preferences: Preferences, globalMean: number, spec: SgdBaseline, customers: Float64Array, products: Float64Array): Steps<void> {
  const { epochs = 20, learningRate = 0.005, regularisation = 0.02, order = 'code' } = spec
  const { offsets, codes, weights } = preferences.byCustomer
  const path = order === 'code' ? null : pathBySequence(preferences.byCustomer)
  const rowOf = new Int32Array(codes.length)
  for (let row = 0; row < customers.length; row++) rowOf.fill(row, offsets[row], offsets[row + 1])
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let step = 0; step < codes.length; step++) {
      const i = path === null ? step : path[step]!
      const [u, p] = [rowOf[i]!, codes[i]!]
      const [ofCustomer, ofProduct] = [customers[u]!, products[p]!]
      const error = weights[i]! - (globalMean + ofCustomer + ofProduct)
      customers[u] = ofCustomer + learningRate * (error - regularisation * ofCustomer)
      products[p] = ofProduct + learningRate * (error - regularisation * ofProduct)
      if (step % STEP_RATINGS === STEP_RATINGS - 1) yield
    }
    yield
  }
}

/** Entries customer by customer, in order of their first rating, each in order of rating: the order of Surprise. */
function pathBySequence({ offsets, codes, sequence }: SparseRows): Int32Array {
  const rows = offsets.length - 1
  const first = new Float64Array(rows).fill(Infinity)
  for (let row = 0; row < rows; row++) for (let i = offsets[row]!; i < offsets[row + 1]!; i++) first[row] = Math.min(first[row]!, sequence![i]!)
  const path = new Int32Array(codes.length)
  let end = 0
  for (const row of Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) => first[a]! - first[b]! || a - b)) {
    const start = end
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) path[end++] = i
    path.subarray(start, end).sort((a, b) => sequence![a]! - sequence![b]!)
  }
  return path
}
