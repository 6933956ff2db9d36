import type { Preferences, SparseRows } from '../recommend.types.ts'
import type { RatingBaseline } from './ratings.types.ts'

/**
 * The same preferences with what a baseline leaves of each rating: what `pearsonBaseline` compares.
 *
 * All but the weights is shared with the input. A residual has no scale.
 */
export function residualPreferences(preferences: Preferences, baseline: RatingBaseline): Preferences {
  const residuals = (rows: SparseRows, own: Float64Array, others: Float64Array): SparseRows => {
    const weights = new Float64Array(rows.weights.length)
    for (let row = 0; row < own.length; row++) {
      for (let i = rows.offsets[row]!; i < rows.offsets[row + 1]!; i++) weights[i] = rows.weights[i]! - (baseline.globalMean + (own[row]! + others[rows.codes[i]!]!)) // bracketed: the same bits from both sides
    }
    return Object.freeze({ ...rows, weights })
  }
  return Object.freeze({
    ...preferences,
    byCustomer: residuals(preferences.byCustomer, baseline.customers, baseline.products),
    byProduct: residuals(preferences.byProduct, baseline.products, baseline.customers),
    scale: null,
  })
}
