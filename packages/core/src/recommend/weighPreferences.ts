import { InvalidInputError } from '../errors/index.ts'
import { runToEnd } from '../shared/steps.ts'
import { decayed } from './decay.ts'
import type { Bm25, Preferences, SparseRows } from './recommend.types.ts'
import { lengthNorm, mapEntries, rowSums, sidesOf, termWeights, weighTerm } from './termWeights.ts'

/** What becomes of the weights. */
export type Weighting =
  /** 1 each. */
  | 'binary'
  /** ln(1 + weight). */
  | 'logCount'
  /** sqrt(weight) by how rare the partner is. */
  | 'tfIdf'
  /** Saturated by weight, and by how rare the partner is. */
  | Bm25
  /** Halved every so many days before `asOf` (epoch milliseconds); an entry without a time stays as it is. */
  | { readonly method: 'halfLife'; readonly days: number; readonly asOf: number }

/**
 * The same preferences with other weights.
 *
 * Under `tfIdf` and `bm25` those of `over` are the documents and their partners the terms: for products, a customer who
 * buys everything says little. idf = ln N - ln(1 + df), N documents, df documents with the term; a term that all have gets
 * a weight just below 0.
 *
 * @param over whose rows are the documents. Default `products`
 * @returns shares all but the weights with the input
 * @throws InvalidInputError `OPTION_INVALID`; `WEIGHTS_INVALID` for a weight below 0 under anything but `binary` and `halfLife`
 * @see implicit 0.7.3 for TF-IDF and BM25 (defaults k1 1.2, b 0.75), equal to the last bits
 * @example weighPreferences(preferences, { method: 'bm25' })
 */
export function weighPreferences(preferences: Preferences, weighting: Weighting, over: 'customers' | 'products' = 'products'): Preferences {
  const { byCustomer, byProduct } = preferences
  const both = (weigh: (weight: number, at: number) => number): Preferences => dress(preferences, mapWeights(byCustomer, weigh), mapWeights(byProduct, weigh))
  if (weighting === 'binary') return both(() => 1)
  const method = typeof weighting === 'object' ? weighting.method : weighting
  if (typeof weighting === 'object' && weighting.method === 'halfLife') {
    const { days, asOf } = weighting
    if (!(days > 0 && days < Infinity && Number.isFinite(asOf))) throw invalid('A half-life must be a number of days above 0, counted from an instant')
    return both((weight, at) => weight * decayed(at, asOf, days))
  }
  for (let i = 0; i < byCustomer.weights.length; i++) if (!((byCustomer.weights[i] as number) >= 0)) throw negative(method)
  if (weighting === 'logCount') return both((weight) => Math.log1p(weight))
  if (method !== 'tfIdf' && method !== 'bm25') throw invalid('`weighting` must be binary, logCount, tfIdf, bm25 or halfLife')
  const { rows, columns } = weighSides(preferences, over, weighting as 'tfIdf' | Bm25)
  return over === 'customers' ? dress(preferences, rows, columns) : dress(preferences, columns, rows)
}

/** TF-IDF or BM25 of both sides, those compared first. */
function weighSides(preferences: Preferences, over: 'customers' | 'products', weighting: 'tfIdf' | Bm25): { readonly rows: SparseRows; readonly columns: SparseRows } {
  const [rows, columns] = sidesOf(preferences, over)
  const terms = termWeights(rows, columns, weighting)
  const norms = rowSums(rows).map((length) => lengthNorm(terms, length))
  return {
    rows: runToEnd(mapEntries(rows, (weight, document, term) => weighTerm(terms, weight, norms[document] as number, terms.idf[term] as number))),
    columns: runToEnd(mapEntries(columns, (weight, term, document) => weighTerm(terms, weight, norms[document] as number, terms.idf[term] as number))),
  }
}

function mapWeights(rows: SparseRows, weigh: (weight: number, at: number) => number): SparseRows {
  const { at } = rows
  return Object.freeze({ ...rows, weights: rows.weights.map((weight, i) => weigh(weight, at === null ? NaN : (at[i] as number))) })
}

function dress(preferences: Preferences, byCustomer: SparseRows, byProduct: SparseRows): Preferences {
  return Object.freeze({ ...preferences, byCustomer, byProduct, scale: null })
}

function invalid(what: string): InvalidInputError {
  return new InvalidInputError('OPTION_INVALID', `${what}. Weights would be no numbers. Correct the weighting.`)
}

function negative(method: string): InvalidInputError {
  return new InvalidInputError('WEIGHTS_INVALID', `A weight is below 0, and ${method} counts how often. Roots and logarithms of it are no numbers. Shift the weights, or compare them unweighted.`)
}
