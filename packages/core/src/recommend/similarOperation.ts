import type { Operation, PairsRequest, WarningCount } from '../adapter/contract.ts'
import { fieldsOfSet } from '../shared/measures.ts'
import { pairAt, readPairs } from '../shared/readPairs.ts'
import type { PairsAnswer } from '../shared/readPairs.ts'
import { compareText } from '../shared/text.ts'
import { totalsSpecOf } from '../shared/totalsSpec.ts'
import { checkNeighbours } from './checkNeighbours.ts'
import { similarityFloor } from './similarityFloor.ts'
import { PAIR_MEASURES } from './pairMeasures.ts'
import { preferenceReads } from './preferenceReads.ts'
import type { NeighbourList, NeighboursRequest, SimilaritySpec } from './recommend.types.ts'
import { similarityOf } from './similarityOf.ts'

/** All that share a partner with one, compared. */
export interface ComparedNeighbours {
  readonly kind: 'compared'
  readonly items: NeighbourList['items']
  readonly warnings: readonly WarningCount[]
}

/** Sums in another order leave this much of a similarity of 0: it is one place in one engine and none in another. */
const NOISE = 1e-12

/**
 * Customers like a customer, or products like a product.
 *
 * Measures that follow from the sums of a pair are asked of the backend, one row for each that shares a partner; the others,
 * and TF-IDF, BM25 and `logCount` weights, are computed where the whole sets are. Both are equal within 1e-12.
 *
 * @throws InvalidInputError `LIMIT_RANGE`, `OPTION_INVALID`, `SPEC_INVALID`, `REQUEST_INVALID`; UnsupportedError `SET_MISSING`
 * @example
 * const { data } = await client.run(similarOperation, { over: 'products', id: 'tea', preferences: { from: 'transactions', asOf, timeZone: 'UTC' } })
 */
export const similarOperation: Operation<NeighboursRequest, ComparedNeighbours | PairsAnswer, NeighbourList> = {
  name: 'recommend/similar',
  request(request, schema) {
    const { measure, weighting = 'none' } = checkNeighbours(request)
    const { preferences, over, id } = request
    preferenceReads(preferences, schema) // says what is missing before anything is asked
    const weight = weightOf(preferences)
    if (weight === null || weighting !== 'none' || !(PAIR_MEASURES as readonly string[]).includes(measure)) return null
    const totals = totalsSpecOf({ asOf: preferences.asOf, timeZone: preferences.timeZone ?? schema.timeZone, ...(preferences.since === undefined ? {} : { from: preferences.since }) })
    return { kind: 'pairs', totals, over, targets: [id], weight }
  },
  tables: {
    reads: ({ preferences }, schema) => preferenceReads(preferences, schema),
    load: async () => (await import('./computeOperations.ts')).computeSimilar,
  },
  read: readPairs,
  finish(sums, request, schema) {
    const { over, id, limit = 20 } = request
    const similarity = checkNeighbours(request)
    const all = 'kind' in sums ? sums.items : itemsOfPairs(sums, similarity)
    const floor = similarityFloor(similarity)
    const near = all.filter((one) => one.similarity > floor && Math.abs(one.similarity) > NOISE)
    const field = over === 'customers' ? 'customerId' : 'productId'
    const type = fieldsOfSet(schema, request.preferences.from === 'ratings' ? 'ratings' : 'transactions')?.get(field)
    const byNumber = type?.kind === 'id' && type.numericId === true
    near.sort((a, b) => b.similarity - a.similarity || b.common - a.common || (byNumber ? Number(a.id) - Number(b.id) : compareText(a.id, b.id)))
    return Object.freeze({
      kind: 'neighbours',
      version: 1,
      over,
      id,
      measure: similarity.measure,
      items: Object.freeze(near.slice(0, limit).map((one) => Object.freeze(one))),
      compared: all.length,
      warnings: Object.freeze([...('kind' in sums ? sums.warnings : sums.counts)]),
    })
  },
}

function weightOf({ from, weight = 'binary' }: NeighboursRequest['preferences']): PairsRequest['weight'] | null {
  if (from === 'ratings') return 'rating'
  if (from === 'both' || weight === 'logCount') return null
  return weight === 'count' ? 'count' : 'one'
}

function itemsOfPairs(answer: PairsAnswer, similarity: SimilaritySpec): NeighbourList['items'] {
  return Array.from({ length: answer.rows }, (_, row) => {
    const sums = pairAt(answer, row)
    return { id: answer.other.dictionary[answer.other.codes[row] as number] as string, similarity: similarityOf(sums, similarity), common: sums.n, partners: sums.otherN }
  })
}
