/** What a list got right for one customer. */
export interface RankedHits {
  /** From the first rank on: 1 = relevant, 0 = not. May be shorter than k. */
  readonly hits: ArrayLike<number>
  /** How many products there were to find, in the list or not. */
  readonly relevant: number
}

/** What precision is divided by: the length asked for (Surprise's example, recommenders), or what could be hit at most, min(k, relevant) (implicit). */
export type PrecisionConvention = 'k' | 'possible'

/**
 * How gains fade with the rank: 1 / log2(1 + rank) (Järvelin and Kekäläinen 2002 as Burges et al. 2005 write it; implicit,
 * recommenders), or 1 / max(log2(rank), 1), which weighs ranks 1 and 2 alike (the original; LensKit).
 */
export type DiscountConvention = 'log2OnePlusRank' | 'log2Rank'

/** What average precision is divided by: min(k, relevant) (implicit), so that a full list is 1, or all relevant (recommenders). */
export type AveragePrecisionConvention = 'possible' | 'relevant'

/**
 * Share of a list of length k that was relevant. A list that is shorter than k has missed the rest.
 *
 * @example precisionAt({ hits: [1, 0, 1], relevant: 4 }, 3) // 0.667
 */
export function precisionAt({ hits, relevant }: RankedHits, k: number, convention: PrecisionConvention = 'k'): number {
  const divisor = convention === 'k' ? k : Math.min(k, relevant)
  return divisor > 0 ? countHits(hits, k) / divisor : 0
}

/** Share of what was relevant that the first k hold. 0 where nothing was. */
export function recallAt({ hits, relevant }: RankedHits, k: number): number {
  return relevant > 0 ? countHits(hits, k) / relevant : 0
}

/**
 * Discounted cumulative gain by that of the best order: how much of what was relevant stands in the first k, and how
 * high. 0 where nothing was relevant.
 */
export function ndcgAt({ hits, relevant }: RankedHits, k: number, discount: DiscountConvention = 'log2OnePlusRank'): number {
  const best = Math.min(k, relevant)
  if (!(best > 0)) return 0
  let ideal = 0
  for (let rank = 1; rank <= best; rank++) ideal += rankDiscount(rank, discount)
  return dcgAt(hits, k, discount) / ideal
}

/**
 * Discounted cumulative gain, for gains of any size. Gains count as they are (linear).
 *
 * @example dcgAt([3, 2, 3, 0, 1, 2], 6) // 6.861
 */
export function dcgAt(gains: ArrayLike<number>, k: number, discount: DiscountConvention = 'log2OnePlusRank'): number {
  let sum = 0
  for (let i = 0; i < k && i < gains.length; i++) {
    const gain = gains[i] as number
    if (gain !== 0) sum += gain * rankDiscount(i + 1, discount)
  }
  return sum
}

/** Precision at each rank that hit, added up and divided. Its mean over customers is MAP. */
export function averagePrecisionAt({ hits, relevant }: RankedHits, k: number, convention: AveragePrecisionConvention = 'possible'): number {
  const divisor = convention === 'possible' ? Math.min(k, relevant) : relevant
  if (!(divisor > 0)) return 0
  let found = 0
  let sum = 0
  for (let i = 0; i < k && i < hits.length; i++) if (hits[i] === 1) sum += ++found / (i + 1)
  return sum / divisor
}

/** 1 / rank of the first hit, 0 without one among the first k. Its mean over customers is MRR. */
export function reciprocalRankAt({ hits }: RankedHits, k: number): number {
  for (let i = 0; i < k && i < hits.length; i++) if (hits[i] === 1) return 1 / (i + 1)
  return 0
}

/** 1 when the first k hold a hit, else 0. Its mean over customers is the hit rate. */
export function hitAt({ hits }: RankedHits, k: number): number {
  return countHits(hits, k) > 0 ? 1 : 0
}

export function rankDiscount(rank: number, convention: DiscountConvention): number {
  return 1 / (convention === 'log2OnePlusRank' ? Math.log2(1 + rank) : Math.max(Math.log2(rank), 1))
}

function countHits(hits: ArrayLike<number>, k: number): number {
  let count = 0
  for (let i = 0; i < k && i < hits.length; i++) if (hits[i] === 1) count++
  return count
}
