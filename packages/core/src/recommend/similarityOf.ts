import { UnsupportedError } from '../errors/index.ts'
import { checkSimilarity } from './checkStrategy.ts'
import { centredSquares, msdOf, quotient, squaresAbout, supported, supportRules } from './finishSimilarity.ts'
import type { PairSums, SimilaritySpec } from './recommend.types.ts'

/**
 * How alike two rows are, out of their sums: what a backend computed and what is computed here become the same number
 * within 1e-12.
 *
 * 0 where it is not defined (no common partner, no variance) or the support is below `minSupport`; never NaN. Variance that
 * is no more than rounding counts as none.
 *
 * @throws InvalidInputError `OPTION_INVALID`; UnsupportedError `SUMMARY_UNSUPPORTED` for `adjustedCosine`, `pearsonBaseline` and a
 *   weighting, which need more than the sums of a pair
 * @example similarityOf(sums, { measure: 'pearson', shrinkage: 10 })
 */
export function similarityOf(sums: PairSums, spec: SimilaritySpec): number {
  checkSimilarity(spec)
  return supported(measured(sums, spec), sums.n, supportRules(spec))
}

function measured(sums: PairSums, { measure, weighting = 'none' }: SimilaritySpec): number {
  const { n, sumX, sumY, sumXy, sumXx, sumYy, targetN, targetSum, targetSquares, otherN, otherSum, otherSquares } = sums
  if (weighting !== 'none') throw unsupported('Weighting by TF-IDF or BM25')
  if (n === 0) return 0
  const meanX = targetSum / targetN
  const meanY = otherSum / otherN
  switch (measure) {
    case 'dotProduct':
      return sumXy
    case 'cosine':
      return quotient(sumXy, targetSquares, otherSquares)
    case 'commonCosine':
      return quotient(sumXy, sumXx, sumYy)
    case 'jaccard':
      return n / (targetN + otherN - n)
    case 'msd':
      return msdOf(n, sumXy, sumXx, sumYy)
    case 'pearson':
      return quotient(sumXy - (sumX * sumY) / n, centredSquares(n, sumX, sumXx), centredSquares(n, sumY, sumYy))
    case 'textbookPearson':
      return quotient(about(sums, meanX, meanY), squaresAbout(meanX, targetN, n, sumX, sumXx), squaresAbout(meanY, otherN, n, sumY, sumYy))
    case 'centredCosine':
      return quotient(about(sums, meanX, meanY), centredSquares(targetN, targetSum, targetSquares), centredSquares(otherN, otherSum, otherSquares))
    default:
      throw unsupported(`The measure ${measure}`)
  }
}

/** Products about the means, over what both have. */
function about({ n, sumX, sumY, sumXy }: PairSums, meanX: number, meanY: number): number {
  // Bracketed so that the two may change places.
  return sumXy - (meanY * sumX + meanX * sumY) + n * (meanX * meanY)
}

function unsupported(what: string): UnsupportedError {
  return new UnsupportedError('SUMMARY_UNSUPPORTED', `${what} needs more than the sums of a pair. It cannot be finished from them. Compare locally, with findNeighbours.`)
}
