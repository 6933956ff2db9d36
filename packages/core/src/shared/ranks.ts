import type { Rank } from '../adapter/contract.ts'

/** Position of a rank among `n` ascending values, 1-based: `(n * of + in - 1) div in`. Exact below n = 2^39. */
export function rankPosition(n: number, rank: Rank): number {
  return Math.floor((n * rank.of + rank.in - 1) / rank.in)
}

/** The values at `ranks`; `[]` when there is no value. A cut is a value that occurs (Hyndman & Fan 1996, type 1). */
export function cutsAtRanks(valuesAscending: Float64Array, ranks: readonly Rank[]): number[] {
  const n = valuesAscending.length
  return n === 0 ? [] : ranks.map((rank) => valuesAscending[rankPosition(n, rank) - 1] as number)
}

/** Number of cuts strictly below the value: equal values share a bin, equal cuts leave bins empty. `cuts` ascend. */
export function binOf(value: number, cuts: readonly number[]): number {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cuts[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
