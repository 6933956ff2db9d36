import { checkLimit } from './checkFilters.ts'
import { checkSimilarity } from './checkStrategy.ts'
import { invalidRequest } from './invalidRequest.ts'
import type { NeighboursRequest, SimilaritySpec } from './recommend.types.ts'

/**
 * Apart from the operation: what computes neighbours checks them too, and a page of offers alone would else download the
 * checks with the operation that it never asks.
 *
 * @throws InvalidInputError `LIMIT_RANGE`, `OPTION_INVALID`, `REQUEST_INVALID`
 */
export function checkNeighbours({ over, id, similarity = { measure: 'cosine' }, limit = 20 }: NeighboursRequest): SimilaritySpec {
  if (over !== 'customers' && over !== 'products') throw invalidRequest('`over` is neither customers nor products')
  if (typeof id !== 'string') throw invalidRequest('`id` is no text')
  checkLimit(limit)
  checkSimilarity(similarity)
  return similarity
}
