import { runToEnd } from '../shared/steps.ts'
import type { ComparedSide } from './comparedRows.ts'
import { createComparer } from './createComparer.ts'
import type { Comparer } from './createComparer.ts'
import type { PreferenceRow, Preferences, SimilaritySpec } from './recommend.types.ts'
import { createScoreSheet } from './scoreSheet.ts'
import type { ScoreSheet } from './scorer.types.ts'
import { topOf } from './selectProducts.ts'
import { similarityFloor } from './similarityFloor.ts'

/** The most alike first; ties by support, then by code. */
export interface Neighbours {
  readonly codes: Int32Array
  readonly similarities: Float64Array
  /** Partners that both have. */
  readonly support: Int32Array
  /** All that share a partner, neighbours or not. */
  readonly compared: number
}

export interface FindNeighboursOptions {
  /** Default `{ measure: 'cosine' }`. */
  readonly similarity?: SimilaritySpec
  /** Default 20. */
  readonly limit?: number
}

/**
 * Customers like a customer, or products like a product, on demand: nothing is fitted, no table of all pairs is made.
 *
 * @param row of a customer (`rowOf`, `rowOfBasket`), or of a product (`rowOfProduct`) when products are compared
 * @throws InvalidInputError `OPTION_INVALID`
 * @example
 * const { codes, similarities } = findNeighbours(preferences, 'customers', rowOf(preferences, 0), { limit: 5 })
 */
export function findNeighbours(preferences: Preferences, over: ComparedSide, row: PreferenceRow, options: FindNeighboursOptions = {}): Neighbours {
  const { similarity = { measure: 'cosine' }, limit = 20 } = options
  const comparer = runToEnd(createComparer(preferences, over, similarity))
  return nearestTo(comparer, row, similarity, limit, createScoreSheet(comparer.count))
}

/** {@link findNeighbours} with what can be used again. */
export function nearestTo(comparer: Comparer, row: PreferenceRow, similarity: SimilaritySpec, limit: number, sheet: ScoreSheet): Neighbours {
  comparer.compare(row, sheet)
  const codes = topOf(neighboursIn(sheet, similarity), limit, sheet)
  const similarities = new Float64Array(codes.length)
  const support = new Int32Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    similarities[i] = sheet.scores[codes[i] as number] as number
    support[i] = sheet.support[codes[i] as number] as number
  }
  return { codes, similarities, support, compared: sheet.count }
}

/** Those similar enough, in no order: moved to the front of `touched`. A similarity of 0 says nothing and is never one. */
export function neighboursIn(sheet: ScoreSheet, similarity: SimilaritySpec): Int32Array {
  const floor = similarityFloor(similarity)
  const { scores, touched, count } = sheet
  let kept = 0
  for (let i = 0; i < count; i++) {
    const code = touched[i] as number
    const score = scores[code] as number
    if (!(score > floor) || score === 0) continue
    touched[i] = touched[kept] as number
    touched[kept++] = code
  }
  return touched.subarray(0, kept)
}
