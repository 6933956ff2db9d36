import type { Steps } from '../../adapter/contract.ts'
import { similarityFloor } from '../similarityFloor.ts'
import type { Preferences } from '../recommend.types.ts'
import { createNearest } from './nearestFirst.ts'
import { rowDeviations } from './ratingMeans.ts'
import type { NeighbourRatings, RatingBaseline } from './ratings.types.ts'
import { similaritiesForRatings } from './similaritiesForRatings.ts'
import { longestRow } from './slopeOneVotes.ts'
import type { Votes, VotingMethod } from './votes.ts'

/** What votes are measured from. */
export interface Centres {
  readonly globalMean: number
  /** Of the rows that are compared. */
  readonly means: Float64Array
  readonly baseline: RatingBaseline | null
}

/**
 * The nearest who have a rating for the pair vote by their similarity: `start + sum of share * (rating - centre)`, with
 * share = similarity / sum of |similarity|.
 *
 * Over customers the voters are those who rated the product, over products what the customer rated. The nearest are
 * chosen among them, for each pair anew, as in Surprise and LensKit.
 *
 * @see Herlocker, Konstan, Borchers and Riedl (1999) for means and z-scores over customers; Sarwar, Karypis, Konstan and
 * Riedl (2001) for products; Koren (2010) for the baseline
 */
export function* neighbourVotes(preferences: Preferences, spec: Required<NeighbourRatings>, { globalMean, means, baseline }: Centres): Steps<VotingMethod> {
  const { over, centring, neighbours, own } = spec
  const isOverCustomers = over === 'customers'
  const similarities = yield* similaritiesForRatings(preferences, spec, baseline)
  const compared = isOverCustomers ? preferences.byCustomer : preferences.byProduct
  const voters = isOverCustomers ? preferences.byProduct : preferences.byCustomer
  const ownBias = isOverCustomers ? baseline?.customers : baseline?.products
  const otherBias = isOverCustomers ? baseline?.products : baseline?.customers
  const deviations = centring === 'zScore' ? rowDeviations(compared, means, globalMean) : null
  const { ties } = spec
  const floor = similarityFloor(spec.similarity)
  const most = Math.min(neighbours, longestRow(voters.offsets))
  const nearest = createNearest(most)

  function centreOf(row: number, other: number): number {
    if (centring === 'none') return 0
    return centring === 'baseline' ? baseline!.globalMean + ownBias![row]! + otherBias![other]! : means[row]!
  }

  function timeOf(i: number): number {
    const at = voters.at === null ? NaN : voters.at[i]!
    return Number.isNaN(at) ? -Infinity : at
  }

  return {
    rowOf: isOverCustomers ? 'customer' : 'product',
    kind: isOverCustomers ? 'customer' : 'product',
    hasSimilarities: true,
    most,
    vote(customer: number, product: number, votes: Votes) {
      const row = isOverCustomers ? customer : product
      const other = isOverCustomers ? product : customer
      const { scores, support } = similarities.of(row)
      nearest.clear(most)
      for (let i = voters.offsets[other]!; i < voters.offsets[other + 1]!; i++) {
        const neighbour = voters.codes[i]!
        const isOwn = neighbour === row
        if (isOwn && own === 'exclude') continue
        const similarity = isOwn ? 1 : scores[neighbour]!
        if (!(similarity > floor) || similarity === 0) continue
        if (ties === 'sequence') nearest.offer(similarity, -voters.sequence![i]!, 0, i)
        else nearest.offer(similarity, ties === 'recent' ? timeOf(i) : 0, support[neighbour]!, i)
      }
      nearest.sort()
      const count = nearest.size
      let total = 0
      for (let rank = 0; rank < count; rank++) total += Math.abs(nearest.similarity(rank))
      const unit = deviations === null ? 1 : deviations[row]!
      for (let rank = 0; rank < count; rank++) {
        const i = nearest.place(rank)
        const neighbour = voters.codes[i]!
        const share = nearest.similarity(rank) / total
        const distance = voters.weights[i]! - centreOf(neighbour, other)
        votes.codes[rank] = neighbour
        votes.similarities[rank] = nearest.similarity(rank)
        votes.ratings[rank] = voters.weights[i]!
        votes.shares[rank] = share
        votes.values[rank] = deviations === null ? share * distance : share * (distance / deviations[neighbour]!) * unit
      }
      votes.start = centreOf(row, other)
      votes.count = count
    },
  }
}
