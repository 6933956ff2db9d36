import type { Steps } from '../adapter/contract.ts'
import { areOnes, comparedRows, sumOfSquares } from './comparedRows.ts'
import type { ComparedRows, ComparedRowsOptions, ComparedSide } from './comparedRows.ts'
import { centredSquares, msdOf, quotient, supported } from './finishSimilarity.ts'
import type { PreferenceRow, Preferences, SimilaritySpec } from './recommend.types.ts'
import { clearSheet } from './scoreSheet.ts'
import type { ScoreSheet } from './scorer.types.ts'

/** Compares a row with all that share a partner with it: no fit, nothing kept but the preferences. */
export interface Comparer {
  /** How many there are: the length of the sheet. */
  readonly count: number
  /**
   * Clears the sheet, then fills it by code: `scores` are similarities (0 too), `support` the common partners, `touched` all
   * that share one, without the row itself (`customer` of the row, the code of a product when products are compared).
   */
  compare(row: PreferenceRow, sheet: ScoreSheet): void
}

/**
 * Makes preferences ready for comparisons by one measure.
 *
 * The row is looked up in the lists of its partners (an inverted index): the work is what its partners have, not all
 * pairs. Sums run over common partners by ascending code, so that a is to b as b is to a, to the last bit, and as in
 * `fitSimilarProducts`.
 *
 * @returns not for two threads at once, as it keeps its work space
 * @throws InvalidInputError `OPTION_INVALID`; `WEIGHTS_INVALID` for weights below 0 under `tfIdf` and `bm25`
 */
export function* createComparer(preferences: Preferences, over: ComparedSide, spec: SimilaritySpec, options: ComparedRowsOptions = {}): Steps<Comparer> {
  const compared = yield* comparedRows(preferences, over, spec, options)
  const count = compared.squares.length
  const isBounded = compared.measure !== 'dotProduct'
  const { kernel, columns, squares, rules, measure } = compared
  const work = kernel === 'common' || kernel === 'sums' ? createWork(count) : null

  return {
    count,
    compare(row, sheet) {
      clearSheet(sheet)
      const weights = compared.ready(row)
      const { scores, support, touched } = sheet
      if (kernel === 'count' && (measure === 'jaccard' || areOnes(weights))) {
        countCommon(columns, row.codes, sheet)
        dropSelf(sheet, row.customer)
        const size = row.codes.length
        for (let i = 0; i < sheet.count; i++) {
          const other = touched[i] as number
          const n = support[other] as number
          const value = measure === 'jaccard' ? n / (size + (squares[other] as number) - n) : isBounded ? quotient(n, size, squares[other] as number) : n
          scores[other] = supported(value, n, rules)
        }
        return
      }
      if (work === null) {
        addProducts(columns, row.codes, weights, sheet)
        dropSelf(sheet, row.customer)
        const own = sumOfSquares(weights, 0, weights.length)
        for (let i = 0; i < sheet.count; i++) {
          const other = touched[i] as number
          const xy = scores[other] as number
          scores[other] = supported(isBounded ? quotient(xy, own, squares[other] as number) : xy, support[other] as number, rules)
        }
        return
      }
      addSums(columns, row.codes, weights, sheet, work, kernel === 'sums')
      if (row.customer >= 0) wipe(work, row.customer)
      dropSelf(sheet, row.customer)
      for (let i = 0; i < sheet.count; i++) {
        const other = touched[i] as number
        const n = support[other] as number
        scores[other] = supported(finishSums(compared, work, other, n, scores[other] as number), n, rules)
        wipe(work, other)
      }
    },
  }
}

/** Sums over common partners, by code of the other. */
export interface SumsWork {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly xx: Float64Array
  readonly yy: Float64Array
}

export function createWork(count: number): SumsWork {
  return { x: new Float64Array(count), y: new Float64Array(count), xx: new Float64Array(count), yy: new Float64Array(count) }
}

export function wipe({ x, y, xx, yy }: SumsWork, other: number): void {
  x[other] = 0
  y[other] = 0
  xx[other] = 0
  yy[other] = 0
}

export function finishSums({ measure }: ComparedRows, { x, y, xx, yy }: SumsWork, other: number, n: number, xy: number): number {
  const sumXx = xx[other] as number
  const sumYy = yy[other] as number
  if (measure === 'msd') return msdOf(n, xy, sumXx, sumYy)
  if (measure !== 'pearson') return quotient(xy, sumXx, sumYy)
  const sumX = x[other] as number
  const sumY = y[other] as number
  return quotient(xy - (sumX * sumY) / n, centredSquares(n, sumX, sumXx), centredSquares(n, sumY, sumYy))
}

function countCommon({ offsets, codes }: ComparedRows['columns'], partners: Int32Array, sheet: ScoreSheet): void {
  const { support, touched } = sheet
  let count = 0
  for (let i = 0; i < partners.length; i++) {
    const partner = partners[i] as number
    const end = offsets[partner + 1] as number
    for (let k = offsets[partner] as number; k < end; k++) {
      const other = codes[k] as number
      const n = support[other] as number
      if (n === 0) touched[count++] = other
      support[other] = n + 1
    }
  }
  sheet.count = count
}

function addProducts({ offsets, codes, weights }: ComparedRows['columns'], partners: Int32Array, own: Float64Array, sheet: ScoreSheet): void {
  const { scores, support, touched } = sheet
  let count = 0
  for (let i = 0; i < partners.length; i++) {
    const partner = partners[i] as number
    const x = own[i] as number
    const end = offsets[partner + 1] as number
    for (let k = offsets[partner] as number; k < end; k++) {
      const other = codes[k] as number
      const n = support[other] as number
      if (n === 0) touched[count++] = other
      support[other] = n + 1
      scores[other] = (scores[other] as number) + x * (weights[k] as number)
    }
  }
  sheet.count = count
}

function addSums({ offsets, codes, weights }: ComparedRows['columns'], partners: Int32Array, own: Float64Array, sheet: ScoreSheet, work: SumsWork, withSums: boolean): void {
  const { scores, support, touched } = sheet
  let count = 0
  for (let i = 0; i < partners.length; i++) {
    const partner = partners[i] as number
    const x = own[i] as number
    const end = offsets[partner + 1] as number
    for (let k = offsets[partner] as number; k < end; k++) {
      const other = codes[k] as number
      const y = weights[k] as number
      const n = support[other] as number
      if (n === 0) touched[count++] = other
      support[other] = n + 1
      scores[other] = (scores[other] as number) + x * y
      work.xx[other] = (work.xx[other] as number) + x * x
      work.yy[other] = (work.yy[other] as number) + y * y
      if (!withSums) continue
      work.x[other] = (work.x[other] as number) + x
      work.y[other] = (work.y[other] as number) + y
    }
  }
  sheet.count = count
}

/** A row is no neighbour of its own. */
function dropSelf(sheet: ScoreSheet, self: number): void {
  if (self < 0 || sheet.support[self] === 0) return
  sheet.scores[self] = 0
  sheet.support[self] = 0
  const { touched } = sheet
  let kept = 0
  for (let i = 0; i < sheet.count; i++) if (touched[i] !== self) touched[kept++] = touched[i] as number
  sheet.count = kept
}
