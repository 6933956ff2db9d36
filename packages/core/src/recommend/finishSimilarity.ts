import type { SimilaritySpec } from './recommend.types.ts'

/** Rules that hold for every measure. */
export interface SupportRules {
  readonly minSupport: number
  readonly shrinkage: number
  readonly significance: number
}

export function supportRules({ measure, minSupport = 1, shrinkage, significance = 0 }: SimilaritySpec): SupportRules {
  // One common partner has no variance to compare: Surprise compares at least two.
  const isResidual = measure === 'pearsonBaseline'
  return { minSupport: isResidual ? Math.max(2, minSupport) : minSupport, shrinkage: shrinkage ?? (isResidual ? 100 : 0), significance }
}

/** What `n` common partners leave of a similarity. Never NaN. */
export function supported(similarity: number, n: number, { minSupport, shrinkage, significance }: SupportRules): number {
  if (n < minSupport || n === 0 || !Number.isFinite(similarity)) return 0
  let kept = similarity
  if (shrinkage > 0) kept *= (n - 1) / (n - 1 + shrinkage)
  if (significance > 0 && n < significance) kept *= n / significance
  return kept + 0 // -0 is 0
}

/**
 * xy / sqrt(xx * yy) within -1..1, 0 without variance. One root of one product: a row with itself is exactly 1, and whole
 * numbers of equal ratio tie exactly.
 */
export function quotient(xy: number, xx: number, yy: number): number {
  if (!(xx > 0 && yy > 0)) return 0
  const product = xx * yy
  const value = xy / (product > 1e-290 && product < 1e290 ? Math.sqrt(product) : Math.sqrt(xx) * Math.sqrt(yy))
  return value > 1 ? 1 : value < -1 ? -1 : value
}

/**
 * Squares about the own mean out of sums: what is no more than the noise of adding them up is 0. Constant ratings such as
 * 3.7 would else leave 1e-15, and noise by noise is a similarity of 1.
 */
export function centredSquares(n: number, sum: number, squares: number): number {
  const centred = squares - (sum * sum) / n
  return centred > NOISE * (n + 2) * squares ? centred : 0
}

/** {@link centredSquares} about a mean that is not the own one, itself a sum over `ofMean` values. */
export function squaresAbout(mean: number, ofMean: number, n: number, sum: number, squares: number): number {
  const about = squares - 2 * mean * sum + n * mean * mean
  return about > NOISE * (n + ofMean + 2) * (squares + 2 * Math.abs(mean * sum) + n * mean * mean) ? about : 0
}

/** 1 / (1 + mean squared difference). */
export function msdOf(n: number, xy: number, xx: number, yy: number): number {
  const squares = xx - 2 * xy + yy
  return n === 0 ? 0 : 1 / (1 + (squares > NOISE * (n + 2) * (xx + yy) ? squares : 0) / n)
}

/** Of each of the additions. */
const NOISE = 2 * Number.EPSILON
