import type { Steps } from '../adapter/contract.ts'
import { createBestLists, offer } from './bestLists.ts'
import type { Comparer } from './createComparer.ts'
import { neighboursIn } from './findNeighbours.ts'
import { similarityFloor } from './similarityFloor.ts'
import { rowOf } from './preferenceRows.ts'
import type { ProductLists } from './productsScorer.ts'
import type { Preferences, SimilaritySpec } from './recommend.types.ts'
import { clearSheet, createScoreSheet } from './scoreSheet.ts'
import type { ScoreSheet } from './scorer.types.ts'

// Scores of one product for every customer. Terms and their order are those of the forward scorers: the same bits.

/** Product lists looked at between two yields, when each may have to be made first. */
const STEP_LISTS = 16
/** Places of all lists of voters: 16 bytes each. Beyond it customers are scored one by one. */
export const MOST_PLACES = 8_000_000

/** Each product that has `product` in its list votes for it, at its customers. */
export function* votesOfProducts(preferences: Preferences, product: number, lists: ProductLists, weightOf: (weight: number, at: number) => number, sheet: ScoreSheet): Steps<void> {
  clearSheet(sheet)
  const { offsets, codes, weights, at } = preferences.byProduct
  for (let own = 0; own < preferences.products.length; own++) {
    if (own % STEP_LISTS === STEP_LISTS - 1) yield own / preferences.products.length
    lists.take(own)
    const { codes: listed, similarities, start, end } = lists.at
    const place = listed.subarray(start, end).indexOf(product)
    if (place < 0) continue
    const similarity = similarities[start + place] as number
    for (let i = offsets[own] as number; i < (offsets[own + 1] as number); i++) {
      addVote(sheet, codes[i] as number, weightOf(weights[i] as number, at === null ? NaN : (at[i] as number)) * similarity)
    }
  }
}

/** The nearest of those who have `product` vote for it, at everybody they are like: an owner is like others as others are like the owner. */
export function* votesOfOwners(
  preferences: Preferences,
  product: number,
  { comparer, similarity, most }: { readonly comparer: Comparer; readonly similarity: SimilaritySpec; readonly most: number },
  voteOf: (similarity: number, weight: number, at: number) => number,
  sheet: ScoreSheet,
): Steps<void> {
  clearSheet(sheet)
  const { offsets, codes, weights, at } = preferences.byProduct
  const [start, end] = [offsets[product] as number, offsets[product + 1] as number]
  // Lists hold places of owners, which ascend as their codes do.
  const lists = createBestLists(preferences.customers.length, most, similarityFloor(similarity))
  const alike = createScoreSheet(comparer.count)
  for (let i = start; i < end; i++) {
    yield (i - start) / (end - start)
    comparer.compare(rowOf(preferences, codes[i] as number), alike)
    const near = neighboursIn(alike, similarity)
    for (let n = 0; n < near.length; n++) {
      const customer = near[n] as number
      offer(lists, customer, i, alike.scores[customer] as number, alike.support[customer] as number)
    }
  }
  for (let customer = 0; customer < preferences.customers.length; customer++) {
    const from = customer * most
    for (let place = from; place < from + (lists.counts[customer] as number); place++) {
      const entry = lists.codes[place] as number
      addVote(sheet, customer, voteOf(lists.similarities[place] as number, weights[entry] as number, at === null ? NaN : (at[entry] as number)))
    }
  }
}

function addVote(sheet: ScoreSheet, customer: number, vote: number): void {
  const { scores, support, touched } = sheet
  if (support[customer] === 0) touched[sheet.count++] = customer
  scores[customer] = (scores[customer] as number) + vote
  support[customer] = (support[customer] as number) + 1
}
