import type { Steps } from '../../adapter/contract.ts'
import { InvalidInputError } from '../../errors/index.ts'
import { rowOf } from '../preferenceRows.ts'
import type { PreferenceRow, Preferences } from '../recommend.types.ts'
import { clearSheet, createScoreSheet } from '../scoreSheet.ts'
import type { Scorer, ScoreSheet } from '../scorer.types.ts'
import { topOf } from '../selectProducts.ts'
import { catalogueCoverage, meanDiversity, meanNovelty } from './listMetrics.ts'
import { averagePrecisionAt, hitAt, ndcgAt, precisionAt, recallAt, reciprocalRankAt } from './rankingMetrics.ts'
import type { AveragePrecisionConvention, DiscountConvention, PrecisionConvention } from './rankingMetrics.ts'
import type { TestSet } from './testSet.ts'

export interface EvaluateRankingOptions {
  /** Length of the lists, 1..1,000. Default 10. */
  readonly k?: number
  /** `novel`: what the customer has in training is not recommended. Default `novel`; as in `testSetOf`. */
  readonly task?: 'novel' | 'any'
  /** Default `k`. */
  readonly precision?: PrecisionConvention
  /** Default `log2OnePlusRank`. */
  readonly discount?: DiscountConvention
  /** Default `possible`. */
  readonly averagePrecision?: AveragePrecisionConvention
}

/** How good lists of length k are: a figure for each customer tested, in the order of the test set. */
export interface RankingEvaluation {
  readonly kind: 'ranking-evaluation'
  readonly version: 1
  readonly k: number
  /** Codes in training. */
  readonly customers: Int32Array
  readonly precision: Float64Array
  readonly recall: Float64Array
  readonly ndcg: Float64Array
  readonly averagePrecision: Float64Array
  readonly reciprocalRank: Float64Array
  /** 1 or 0. */
  readonly hit: Float64Array
  /** Products found. */
  readonly hits: Int32Array
  /** Products there were to find. */
  readonly relevant: Int32Array
  /** k product codes a customer, -1 where the list is shorter. */
  readonly lists: Int32Array
  /** Over all lists: share of the products that somebody has; mean bits; mean 1 - cosine. */
  readonly coverage: number
  readonly novelty: number
  readonly diversity: number
}

/**
 * Lets a strategy recommend to every customer of the test, and looks how much of it was there to find.
 *
 * Customers without anything to find are not in a test set and count nowhere. A list holds products with a score above
 * 0 alone; equal scores: more support first, then the lower id.
 *
 * @param scorer fitted to `train`
 * @throws InvalidInputError `OPTION_INVALID` for k
 * @example
 * const [{ train, test }] = splitPreferences(preferences, { kind: 'time', cutoff })
 * const evaluation = runToEnd(evaluateRanking(scorer, train, testSetOf(train, test)))
 * bootstrapMean(evaluation.ndcg) // { value: 0.111, low: 0.104, high: 0.118 }
 */
export function* evaluateRanking(scorer: Scorer, train: Preferences, tested: TestSet, options: EvaluateRankingOptions = {}): Steps<RankingEvaluation> {
  const [evaluation] = yield* evaluateScorers([scorer], train, tested, options)
  return evaluation as RankingEvaluation
}

/** Several at once. */
export function* evaluateScorers(scorers: readonly Scorer[], train: Preferences, tested: TestSet, options: EvaluateRankingOptions = {}): Steps<RankingEvaluation[]> {
  const { k = 10 } = options
  const found = yield* recordLists(scorers, train, tested, options)
  const sold = countSold(train)
  const evaluations: RankingEvaluation[] = []
  for (const figures of found) {
    const lists = { k, products: figures.lists }
    const diversity = yield* meanDiversity(lists, train)
    evaluations.push(
      Object.freeze({
        kind: 'ranking-evaluation',
        version: 1,
        k,
        customers: tested.customers,
        ...figures,
        coverage: catalogueCoverage(lists, sold),
        novelty: meanNovelty(lists, train),
        diversity,
      }),
    )
  }
  return evaluations
}

/**
 * What {@link evaluateScorers} finds customer by customer, without the figures of all lists together: scorers that share a part can
 * score it once ({@link rememberingScorer}).
 */
export function* recordLists(scorers: readonly Scorer[], train: Preferences, tested: TestSet, options: EvaluateRankingOptions = {}): Steps<ListFigures[]> {
  const { k = 10, task = 'novel' } = options
  if (!(Number.isInteger(k) && k >= 1 && k <= 1000)) {
    throw new InvalidInputError('OPTION_INVALID', `\`k\` must be a whole number from 1 to 1,000, got ${k}. It is the length of the lists. Correct the option.`)
  }
  const products = train.products.length
  const n = tested.customers.length
  const sheet = createScoreSheet(products)
  const work: ListWork = { tested, options, k, mark: new Uint8Array(products), candidates: new Int32Array(products), hits: new Uint8Array(k) }
  const figures = scorers.map(() => emptyFigures(n, k))
  for (let i = 0; i < n; i++) {
    const row = rowOf(train, tested.customers[i] as number)
    markProducts(work, row, i, task === 'novel')
    for (let s = 0; s < scorers.length; s++) {
      ;(scorers[s] as Scorer).score(row, sheet)
      recordList(work, sheet, i, figures[s] as ListFigures)
    }
    unmarkProducts(work, row, i)
    // Scoring costs 0.02 to 8 ms a customer: a breath after each is cheap beside it.
    yield i / n
  }
  return figures
}

/** A scorer that keeps what it scored last: the same row again costs a copy. */
export function rememberingScorer(scorer: Scorer, products: number): Scorer {
  const kept = createScoreSheet(products)
  let scored: PreferenceRow | null = null
  return {
    source: scorer.source,
    score(row, sheet) {
      if (row !== scored) scorer.score(row, kept)
      scored = row
      copySheet(kept, sheet)
    },
    explain: (row, product) => scorer.explain(row, product),
  }
}

function copySheet(from: ScoreSheet, to: ScoreSheet): void {
  clearSheet(to)
  for (let i = 0; i < from.count; i++) {
    const product = from.touched[i] as number
    to.touched[i] = product
    to.scores[product] = from.scores[product] as number
    to.support[product] = from.support[product] as number
  }
  to.count = from.count
}

/** By customer. */
export type ListFigures = Omit<RankingEvaluation, 'kind' | 'version' | 'k' | 'customers' | 'coverage' | 'novelty' | 'diversity'>

function emptyFigures(n: number, k: number): ListFigures {
  return {
    precision: new Float64Array(n),
    recall: new Float64Array(n),
    ndcg: new Float64Array(n),
    averagePrecision: new Float64Array(n),
    reciprocalRank: new Float64Array(n),
    hit: new Float64Array(n),
    hits: new Int32Array(n),
    relevant: new Int32Array(n),
    lists: new Int32Array(n * k).fill(-1),
  }
}

interface ListWork {
  readonly tested: TestSet
  readonly options: EvaluateRankingOptions
  readonly k: number
  /** By product: OWNED, RELEVANT or 0. */
  readonly mark: Uint8Array
  readonly candidates: Int32Array
  readonly hits: Uint8Array
}

const RELEVANT = 1
const OWNED = 2

function markProducts({ mark, tested }: ListWork, row: PreferenceRow, i: number, isNovel: boolean): void {
  if (isNovel) for (let j = 0; j < row.codes.length; j++) mark[row.codes[j] as number] = OWNED
  for (let j = tested.offsets[i] as number; j < (tested.offsets[i + 1] as number); j++) mark[tested.products[j] as number] = RELEVANT
}

function unmarkProducts({ mark, tested }: ListWork, row: PreferenceRow, i: number): void {
  for (let j = 0; j < row.codes.length; j++) mark[row.codes[j] as number] = 0
  for (let j = tested.offsets[i] as number; j < (tested.offsets[i + 1] as number); j++) mark[tested.products[j] as number] = 0
}

function recordList({ tested, options, k, mark, candidates, hits }: ListWork, sheet: ScoreSheet, i: number, figures: ListFigures): void {
  const { scores, touched } = sheet
  let count = 0
  for (let j = 0; j < sheet.count; j++) {
    const product = touched[j] as number
    if ((scores[product] as number) > 0 && mark[product] !== OWNED) candidates[count++] = product
  }
  const list = topOf(candidates.subarray(0, count), k, sheet)
  figures.lists.set(list, i * k)
  let found = 0
  for (let j = 0; j < list.length; j++) {
    hits[j] = mark[list[j] as number] === RELEVANT ? 1 : 0
    found += hits[j] as number
  }
  const relevant = (tested.offsets[i + 1] as number) - (tested.offsets[i] as number)
  figures.hits[i] = found
  figures.relevant[i] = relevant
  if (found === 0) return // every figure is 0
  const ranked = { hits: hits.subarray(0, list.length), relevant }
  figures.precision[i] = precisionAt(ranked, k, options.precision)
  figures.recall[i] = recallAt(ranked, k)
  figures.ndcg[i] = ndcgAt(ranked, k, options.discount)
  figures.averagePrecision[i] = averagePrecisionAt(ranked, k, options.averagePrecision)
  figures.reciprocalRank[i] = reciprocalRankAt(ranked, k)
  figures.hit[i] = hitAt(ranked, k)
}

/** Products that somebody has: a split may leave some to nobody. */
function countSold({ byProduct: { offsets }, products }: Preferences): number {
  let count = 0
  for (let product = 0; product < products.length; product++) if ((offsets[product + 1] as number) > (offsets[product] as number)) count++
  return count
}
