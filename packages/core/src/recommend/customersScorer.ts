import type { Steps } from '../adapter/contract.ts'
import { canonicalJson } from '../shared/cursor.ts'
import { createComparer } from './createComparer.ts'
import type { Comparer } from './createComparer.ts'
import { decayed } from './decay.ts'
import { neighboursIn } from './findNeighbours.ts'
import { placeOfCode } from './preferenceRows.ts'
import type { CustomersStrategy, PreferenceRow, Preferences, SimilaritySpec } from './recommend.types.ts'
import { MOST_PLACES, votesOfOwners } from './reverseScores.ts'
import { clearSheet, createScoreSheet } from './scoreSheet.ts'
import type { ScoreParts, Scorer, ScoreSheet } from './scorer.types.ts'
import { sortScored, topOf } from './selectProducts.ts'

/**
 * What customers like this one have: each of the nearest votes for its products with its similarity, the recent purchase
 * counting more under a half-life. No fit: neighbours are found when a row is scored.
 *
 * Under `nearest: 'product'` the nearest of those who have a product vote for it: every neighbour is looked at, which
 * costs several times as much.
 *
 * @throws InvalidInputError `OPTION_INVALID`
 */
export function* customersScorer(
  preferences: Preferences,
  strategy: CustomersStrategy,
  { asOf, neighbourhoods }: { readonly asOf: number; readonly neighbourhoods?: Map<string, Neighbourhood> },
): Steps<Scorer> {
  const { similarity = { measure: 'cosine' }, neighbours: most = 20, minNeighbours = 1, nearest = 'customer', votes = 'similarity', halfLifeDays = null } = strategy
  const { offsets, codes, weights, at } = preferences.byCustomer
  const key = canonicalJson([similarity, nearest === 'customer' ? most : null])
  const neighbourhood = neighbourhoods?.get(key) ?? (yield* createNeighbourhood(preferences, similarity, nearest === 'customer' ? most : null))
  neighbourhoods?.set(key, neighbourhood)
  const { comparer, alike, votersOf } = neighbourhood
  // What is left of each purchase, reckoned when it first votes (0 = not yet): 2,100 neighbours with 110,000 purchases took
  // 3.8 ms with a power for each vote, and take 1.3 ms.
  const left = halfLifeDays === null || at === null ? null : new Float64Array(codes.length)
  const hasFactor = votes === 'weighted' || left !== null
  /** By product: the votes it can get. Once all have them nobody further back is heard: most are, after a tenth of the neighbours. */
  const room = Int32Array.from(preferences.products, (_, product) => Math.min(most, buyersOf(product)))

  function buyersOf(product: number): number {
    const { offsets: starts } = preferences.byProduct
    return (starts[product + 1] as number) - (starts[product] as number)
  }

  /** Nobody votes for themselves: what they have alone gets one vote less. */
  function takeOwnVotes({ customer, codes: own }: PreferenceRow, change: number): void {
    if (customer >= 0) for (let i = 0; i < own.length; i++) if (buyersOf(own[i] as number) <= most) room[own[i] as number]! += change
  }

  function voteOf(neighbour: number, entry: number): number {
    let vote = alike.scores[neighbour] as number
    if (votes === 'weighted') vote *= weights[entry] as number
    if (left === null) return vote
    const known = left[entry] as number
    return vote * (known > 0 ? known : (left[entry] = decayed((at as Float64Array)[entry] as number, asOf, halfLifeDays)))
  }

  return {
    source: 'customers',
    score(row, sheet) {
      clearSheet(sheet)
      const { scores, support, touched } = sheet
      const voters = votersOf(row)
      takeOwnVotes(row, -1)
      let open = 0
      for (let product = 0; product < room.length; product++) if (room[product] !== 0) open++
      for (let i = 0; i < voters.length && open > 0; i++) {
        const neighbour = voters[i] as number
        const similarityOf = alike.scores[neighbour] as number
        const end = offsets[neighbour + 1] as number
        for (let entry = offsets[neighbour] as number; entry < end; entry++) {
          const product = codes[entry] as number
          const count = support[product] as number
          // Under `customer` there are no more voters than `most`.
          if (count === most) continue
          if (count === 0) touched[sheet.count++] = product
          support[product] = count + 1
          if (count + 1 === room[product]) open--
          scores[product] = (scores[product] as number) + (hasFactor ? voteOf(neighbour, entry) : similarityOf)
        }
      }
      takeOwnVotes(row, 1)
      dropThin(sheet, minNeighbours)
    },
    explain(row, product) {
      const voters = votersOf(row)
      const parts: ScoreParts['parts'][number][] = []
      let of = voters.length
      for (let i = 0; i < voters.length && parts.length < most; i++) {
        const neighbour = voters[i] as number
        const entry = placeOfCode(codes, product, offsets[neighbour] as number, offsets[neighbour + 1] as number)
        if (entry < 0) continue
        const value = hasFactor ? voteOf(neighbour, entry) : (alike.scores[neighbour] as number)
        // The last vote there is room for: so many of the nearest so many have it. Whoever comes behind is not asked.
        if (parts.length === most - 1) of = i + 1
        parts.push({ kind: 'customer', code: neighbour, value, similarity: alike.scores[neighbour] as number, common: alike.support[neighbour] as number })
      }
      return { parts: parts.length < minNeighbours ? [] : parts, of }
    },
    // Who is nearest to a customer, whatever they have, is found one customer at a time.
    ...(nearest === 'product' && preferences.customers.length * most <= MOST_PLACES
      ? {
          *scoreCustomers(product: number, sheet: ScoreSheet) {
            const left = at === null ? null : halfLifeDays
            yield* votesOfOwners(preferences, product, { comparer, similarity, most }, (alikeness, weight, time) => (votes === 'weighted' ? alikeness * weight : alikeness) * decayed(time, asOf, left), sheet)
            dropThin(sheet, minNeighbours)
          },
        }
      : {}),
  }
}

/** Who votes for a row. Scorers that differ in what a vote counts can share one. */
export interface Neighbourhood {
  readonly comparer: Comparer
  /** How alike they are, by code: of the row asked about last. */
  readonly alike: ScoreSheet
  /** In the order in which they vote. A list of ten is scored once and explained ten times: the last answer is kept. */
  readonly votersOf: (row: PreferenceRow) => Int32Array
}

/** @param most the nearest so many; null = all, in order */
function* createNeighbourhood(preferences: Preferences, similarity: SimilaritySpec, most: number | null): Steps<Neighbourhood> {
  const comparer = yield* createComparer(preferences, 'customers', similarity)
  const alike = createScoreSheet(comparer.count)
  let last: PreferenceRow | null = null
  let voters: Int32Array = new Int32Array(0)
  return {
    comparer,
    alike,
    votersOf(row) {
      if (row === last) return voters
      comparer.compare(row, alike)
      const found = neighboursIn(alike, similarity)
      voters = most === null ? sortScored(found, alike) : topOf(found, most, alike)
      last = row
      return voters
    },
  }
}

/** Takes back what fewer than `least` voted for. */
export function dropThin(sheet: ScoreSheet, least: number): void {
  if (least <= 1) return
  const { scores, support, touched } = sheet
  let kept = 0
  for (let i = 0; i < sheet.count; i++) {
    const product = touched[i] as number
    if ((support[product] as number) >= least) {
      touched[kept++] = product
      continue
    }
    scores[product] = 0
    support[product] = 0
  }
  sheet.count = kept
}
