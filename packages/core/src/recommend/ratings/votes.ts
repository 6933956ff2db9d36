/** Who has a say about one pair: made once, filled again for every pair. */
export interface Votes {
  /** What the values add to. */
  start: number
  count: number
  /** By place, the most alike first: code of the neighbour (customer or product). */
  readonly codes: Int32Array
  /** 0 where the method knows none. */
  readonly similarities: Float64Array
  readonly ratings: Float64Array
  /** Of all votes; negative for the unlike. */
  readonly shares: Float64Array
  /** What each adds to the prediction. */
  readonly values: Float64Array
}

/** A way to ask neighbours. It keeps the work of one row, so pairs of one row are best asked one after the other. */
export interface VotingMethod {
  /** The side whose row the work is kept of. */
  readonly rowOf: 'customer' | 'product'
  /** What the neighbours are. */
  readonly kind: 'customer' | 'product'
  readonly hasSimilarities: boolean
  /** Room for the votes of any pair. */
  readonly most: number
  /** Both codes are known and have ratings. */
  vote(customer: number, product: number, votes: Votes): void
}

export function createVotes(most: number): Votes {
  return {
    start: 0,
    count: 0,
    codes: new Int32Array(most),
    similarities: new Float64Array(most),
    ratings: new Float64Array(most),
    shares: new Float64Array(most),
    values: new Float64Array(most),
  }
}

/** Added from left to right: the sum that an explanation repeats. */
export function sumOfVotes({ start, count, values }: Votes): number {
  let sum = start
  for (let i = 0; i < count; i++) sum += values[i]!
  return sum
}
