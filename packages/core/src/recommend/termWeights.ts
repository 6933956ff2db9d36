import type { Steps } from '../adapter/contract.ts'
import { STEP_ROWS } from '../shared/radix.ts'
import type { Bm25, Preferences, SparseRows } from './recommend.types.ts'

// Words of the search engines these weights come from: those who are compared are the documents, their partners the
// terms. Common terms say little.

/** What weighs the entries of documents. */
export interface TermWeights {
  /** By term: ln N - ln(1 + documents with it). */
  readonly idf: Float64Array
  /** null: TF-IDF. */
  readonly bm25: { readonly k1: number; readonly b: number; /** Mean of the weight of a document. */ readonly meanLength: number } | null
}

/** TF-IDF or BM25 over the documents of `rows`; `terms` are the same entries from the other side. */
export function termWeights(rows: SparseRows, terms: SparseRows, weighting: 'tfIdf' | Bm25): TermWeights {
  const documents = rows.offsets.length - 1
  const idf = new Float64Array(terms.offsets.length - 1)
  for (let term = 0; term < idf.length; term++) {
    const count = (terms.offsets[term + 1] as number) - (terms.offsets[term] as number)
    idf[term] = Math.log(documents) - Math.log1p(count)
  }
  if (weighting === 'tfIdf') return { idf, bm25: null }
  const { k1 = 1.2, b = 0.75 } = weighting
  let length = 0
  for (let i = 0; i < rows.weights.length; i++) length += rows.weights[i] as number
  return { idf, bm25: { k1, b, meanLength: length / documents } }
}

/** What the length of a document does to BM25: 1 for a mean one. */
export function lengthNorm({ bm25 }: TermWeights, length: number): number {
  return bm25 === null || !(bm25.meanLength > 0) ? 1 : 1 - bm25.b + (bm25.b * length) / bm25.meanLength
}

/**
 * The weight of one entry: sqrt(w) * idf, or w * (k1 + 1) / (k1 * norm + w) * idf.
 *
 * @see implicit 0.7.3, nearest_neighbours.py: `tfidf_weight`, `bm25_weight`
 */
export function weighTerm({ bm25 }: TermWeights, weight: number, norm: number, idf: number): number {
  if (weight === 0) return 0
  return bm25 === null ? Math.sqrt(weight) * idf : ((weight * (bm25.k1 + 1)) / (bm25.k1 * norm + weight)) * idf
}

/** Sum of the weights of each row. */
export function rowSums({ offsets, weights }: SparseRows): Float64Array {
  const sums = new Float64Array(offsets.length - 1)
  for (let row = 0; row < sums.length; row++) {
    const end = offsets[row + 1] as number
    let sum = 0
    for (let i = offsets[row] as number; i < end; i++) sum += weights[i] as number
    sums[row] = sum
  }
  return sums
}

/** Those compared first, their partners second. */
export function sidesOf({ byCustomer, byProduct }: Preferences, over: 'customers' | 'products'): readonly [SparseRows, SparseRows] {
  return over === 'customers' ? [byCustomer, byProduct] : [byProduct, byCustomer]
}

/** The same rows with other weights. */
export function* mapEntries(rows: SparseRows, weigh: (weight: number, row: number, code: number) => number): Steps<SparseRows> {
  const { offsets, codes, weights } = rows
  const mapped = new Float64Array(weights.length)
  let sinceYield = 0
  for (let row = 0; row < offsets.length - 1; row++) {
    const start = offsets[row] as number
    const end = offsets[row + 1] as number
    for (let i = start; i < end; i++) mapped[i] = weigh(weights[i] as number, row, codes[i] as number)
    if ((sinceYield += end - start + 1) >= STEP_ROWS) {
      sinceYield = 0
      yield
    }
  }
  return Object.freeze({ ...rows, weights: mapped })
}
