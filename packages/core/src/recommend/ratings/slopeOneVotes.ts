import type { Preferences } from '../recommend.types.ts'
import type { Votes, VotingMethod } from './votes.ts'

/**
 * Slope One: the mean of a customer, and by how much the product is rated above each product that the customer rated, on
 * average over those products.
 *
 * The table of mean differences between all products, n x n, is never made: asked for is one row of it.
 *
 * @see Lemire and Maclachlan (2005), "Slope One predictors for online rating-based collaborative filtering"
 */
export function slopeOneVotes(preferences: Preferences, means: Float64Array, own: 'exclude' | 'include'): VotingMethod {
  const { byCustomer, byProduct, products } = preferences
  const differences = new Float64Array(products.length)
  const common = new Int32Array(products.length)
  let row = -1

  function compare(product: number): void {
    row = product
    differences.fill(0)
    common.fill(0)
    for (let i = byProduct.offsets[product]!; i < byProduct.offsets[product + 1]!; i++) {
      const [rater, rating] = [byProduct.codes[i]!, byProduct.weights[i]!]
      for (let j = byCustomer.offsets[rater]!; j < byCustomer.offsets[rater + 1]!; j++) {
        const other = byCustomer.codes[j]!
        differences[other] = differences[other]! + rating - byCustomer.weights[j]!
        common[other] = common[other]! + 1
      }
    }
  }

  return {
    rowOf: 'product',
    kind: 'product',
    hasSimilarities: false,
    most: longestRow(byCustomer.offsets),
    vote(customer: number, product: number, votes: Votes) {
      if (product !== row) compare(product)
      let count = 0
      for (let j = byCustomer.offsets[customer]!; j < byCustomer.offsets[customer + 1]!; j++) {
        const other = byCustomer.codes[j]!
        if (common[other] === 0 || (other === product && own === 'exclude')) continue
        votes.codes[count] = other
        votes.ratings[count] = byCustomer.weights[j]!
        votes.values[count] = differences[other]! / common[other]!
        count++
      }
      for (let i = 0; i < count; i++) {
        votes.shares[i] = 1 / count
        votes.values[i] = votes.values[i]! / count
      }
      votes.start = means[customer]!
      votes.count = count
    },
  }
}

/** Entries of the longest row. */
export function longestRow(offsets: Int32Array): number {
  let longest = 0
  for (let row = 1; row < offsets.length; row++) longest = Math.max(longest, offsets[row]! - offsets[row - 1]!)
  return longest
}
