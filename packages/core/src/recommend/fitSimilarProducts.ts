import type { Steps } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { runToEnd } from '../shared/steps.ts'
import { comparedRows } from './comparedRows.ts'
import type { ComparedRows, ComparedRowsOptions } from './comparedRows.ts'
import { createWork, finishSums, wipe } from './createComparer.ts'
import type { SumsWork } from './createComparer.ts'
import { similarityFloor } from './similarityFloor.ts'
import { quotient, supported } from './finishSimilarity.ts'
import type { Preferences, SimilaritySpec } from './recommend.types.ts'
import { bestLists, createBestLists, offer } from './bestLists.ts'
import type { BestLists } from './bestLists.ts'

/** For each product those most like it: the products at `offsets[p] .. offsets[p + 1]`, the most alike first, ties by support, then by code. */
export interface SimilarProducts {
  readonly kind: 'similar-products'
  readonly version: 1
  readonly offsets: Int32Array
  readonly codes: Int32Array
  readonly similarities: Float64Array
  /** Customers that both have. */
  readonly support: Int32Array
}

export interface FitSimilarProductsOptions extends ComparedRowsOptions {
  /** Default `{ measure: 'cosine', weighting: 'tfIdf' }`. */
  readonly similarity?: SimilaritySpec
  /** Kept for each product. Default 20. */
  readonly neighbours?: number
  /** Whether a product takes a place in its own list, as in implicit. Default false. */
  readonly includeSelf?: boolean
}

/**
 * Finds the products most like each product.
 *
 * One accumulator per product, no table of all pairs: work is the pairs of products that a customer has, summed over
 * customers, each once; memory is the preferences and the lists. Similarities are those of `findNeighbours`, to the last
 * bit.
 *
 * @returns plain data
 * @throws InvalidInputError `OPTION_INVALID`; `WEIGHTS_INVALID` for weights below 0 under `tfIdf` and `bm25`
 * @see Sarwar et al. (2001), "Item-based collaborative filtering recommendation algorithms"
 * @example const model = fitSimilarProducts(preferences, { similarity: { measure: 'cosine' }, neighbours: 10 })
 */
export function fitSimilarProducts(preferences: Preferences, options: FitSimilarProductsOptions = {}): SimilarProducts {
  return runToEnd(fitSimilarProductsInSteps(preferences, options))
}

/** Additions between two yields: 1 to 5 ms. */
const STEP_PAIRS = 500_000
/** Looking at a product is this much of an addition. */
const LOOK = 0.5

/** {@link fitSimilarProducts} in slices; yields how much is done. */
export function* fitSimilarProductsInSteps(preferences: Preferences, options: FitSimilarProductsOptions = {}): Steps<SimilarProducts> {
  const { similarity = { measure: 'cosine', weighting: 'tfIdf' }, neighbours = 20, includeSelf = false } = options
  checkNeighbours(neighbours)
  const compared = yield* comparedRows(preferences, 'products', similarity, options)
  const { rows, columns, squares } = compared
  const products = squares.length
  const lists = createBestLists(products, Math.min(neighbours, products), similarityFloor(similarity))
  const pairs = yield* countPairs(columns.offsets)
  const all = pairs + (products * products * LOOK) / 2
  const work: FitWork = {
    compared,
    lists,
    cursors: columns.offsets.slice(),
    products: new Float64Array(compared.kernel === 'count' ? 0 : products),
    counts: new Int32Array(products),
    sums: compared.kernel === 'common' || compared.kernel === 'sums' ? createWork(products) : null,
    roots: Float64Array.from(squares, (value) => (value > 0 ? 1 / Math.sqrt(value) : 0)),
    touched: new Int32Array(products + 1),
    added: 0,
  }
  let done = 0
  let yieldedAt = 0
  for (let product = 0; product < products; product++) {
    const end = rows.offsets[product + 1] as number
    const before = done
    for (let entry = rows.offsets[product] as number; entry < end; ) {
      work.added = 0
      entry = ADD[compared.kernel](work, entry, end)
      done += work.added
      if (done - yieldedAt < STEP_PAIRS) continue
      yieldedAt = done
      yield done / all
    }
    if (includeSelf) offerSelf(work, product)
    const looks = (products - product) * LOOK
    const touched = done - before < looks ? touchedByWalk(work, product) : touchedByLook(work, product)
    if (compared.measure === 'cosine' || compared.measure === 'centredCosine') takeCosines(work, product, touched)
    else takeAll(work, product, touched)
    done += looks
  }
  return Object.freeze({ kind: 'similar-products', version: 1, ...(yield* bestLists(lists)) })
}

interface FitWork {
  readonly compared: ComparedRows
  readonly lists: BestLists
  /**
   * By customer: the place of the product at hand in the customer's row. What stands behind it has not had its turn, so
   * that each pair is met once, from the lower code (the products of a row ascend, and so do the turns).
   */
  readonly cursors: Int32Array
  /** By product, over the customers shared with the product at hand; all zeros between two products. */
  readonly products: Float64Array
  readonly counts: Int32Array
  readonly sums: SumsWork | null
  /** 1 by root of squares. */
  readonly roots: Float64Array
  /** Products that share a customer with the one at hand, one place more than needed. */
  readonly touched: Int32Array
  added: number
}

/** Each adds up from entry `from` of the rows on, until a step is full or the product is; returns where it stopped. */
const ADD: Readonly<Record<ComparedRows['kernel'], (work: FitWork, from: number, end: number) => number>> = {
  count: addCounts,
  dot: addProducts,
  common: (work, from, end) => addSums(work, from, end, false),
  sums: (work, from, end) => addSums(work, from, end, true),
}

function addCounts(work: FitWork, from: number, end: number): number {
  const { cursors, counts, compared } = work
  const partners = compared.rows.codes
  const { offsets, codes } = compared.columns
  let added = 0
  let entry = from
  for (; entry < end && added < STEP_PAIRS; entry++) {
    const partner = partners[entry] as number
    const start = (cursors[partner] as number) + 1
    const stop = offsets[partner + 1] as number
    cursors[partner] = start
    for (let k = start; k < stop; k++) {
      const other = codes[k] as number
      counts[other] = (counts[other] as number) + 1
    }
    added += stop - start + 1
  }
  work.added = added
  return entry
}

function addProducts(work: FitWork, from: number, end: number): number {
  const { cursors, counts, products, compared } = work
  const { codes: partners, weights: own } = compared.rows
  const { offsets, codes, weights } = compared.columns
  let added = 0
  let entry = from
  for (; entry < end && added < STEP_PAIRS; entry++) {
    const partner = partners[entry] as number
    const x = own[entry] as number
    const start = (cursors[partner] as number) + 1
    const stop = offsets[partner + 1] as number
    cursors[partner] = start
    for (let k = start; k < stop; k++) {
      const other = codes[k] as number
      counts[other] = (counts[other] as number) + 1
      products[other] = (products[other] as number) + x * (weights[k] as number)
    }
    added += stop - start + 1
  }
  work.added = added
  return entry
}

function addSums(work: FitWork, from: number, end: number, withSums: boolean): number {
  const { cursors, counts, products, compared } = work
  const { x: sumX, y: sumY, xx, yy } = work.sums as SumsWork
  const { codes: partners, weights: own } = compared.rows
  const { offsets, codes, weights } = compared.columns
  let added = 0
  let entry = from
  for (; entry < end && added < STEP_PAIRS; entry++) {
    const partner = partners[entry] as number
    const x = own[entry] as number
    const start = (cursors[partner] as number) + 1
    const stop = offsets[partner + 1] as number
    cursors[partner] = start
    for (let k = start; k < stop; k++) {
      const other = codes[k] as number
      const y = weights[k] as number
      counts[other] = (counts[other] as number) + 1
      products[other] = (products[other] as number) + x * y
      xx[other] = (xx[other] as number) + x * x
      yy[other] = (yy[other] as number) + y * y
      if (!withSums) continue
      sumX[other] = (sumX[other] as number) + x
      sumY[other] = (sumY[other] as number) + y
    }
    added += stop - start + 1
  }
  work.added = added
  return entry
}

/** Looks at every product behind this one: cheap where most are touched. */
function touchedByLook({ counts, touched }: FitWork, product: number): number {
  let count = 0
  for (let other = product + 1; other < counts.length; other++) {
    touched[count] = other
    count += +(counts[other] !== 0)
  }
  return count
}

/** Walks the rows of the customers once more: cheap where few are touched, as in a long catalogue. */
function touchedByWalk({ counts, touched, cursors, compared }: FitWork, product: number): number {
  const { rows, columns } = compared
  const end = rows.offsets[product + 1] as number
  let count = 0
  for (let entry = rows.offsets[product] as number; entry < end; entry++) {
    const partner = rows.codes[entry] as number
    const stop = columns.offsets[partner + 1] as number
    for (let k = cursors[partner] as number; k < stop; k++) {
      const other = columns.codes[k] as number
      const n = counts[other] as number
      if (n < 0) continue
      counts[other] = -n // seen
      touched[count++] = other
    }
  }
  for (let i = 0; i < count; i++) counts[touched[i] as number] = -(counts[touched[i] as number] as number)
  return count
}

/**
 * Cosines of the products behind this one. A product of rounded roots shows whether a similarity can get into a list,
 * within a few bits; only then the root of the product is taken, which ties exactly.
 */
function takeCosines({ compared, counts, products, roots, lists, touched: codes }: FitWork, product: number, touched: number): void {
  const { squares, rules, kernel } = compared
  const { least } = lists
  const isCount = kernel === 'count'
  const own = squares[product] as number
  const root = roots[product] as number
  for (let i = 0; i < touched; i++) {
    const other = codes[i] as number
    const n = counts[other] as number
    const xy = isCount ? n : (products[other] as number)
    counts[other] = 0
    if (!isCount) products[other] = 0
    // Rules make similarities smaller, or raise negative ones up to 0.
    const most = Math.max(0, xy * root * (roots[other] as number)) + 1e-13
    if (most < (least[product] as number) && most < (least[other] as number)) continue
    const similarity = supported(quotient(xy, own, squares[other] as number), n, rules)
    if (similarity >= (least[product] as number)) offer(lists, product, other, similarity, n)
    if (similarity >= (least[other] as number)) offer(lists, other, product, similarity, n)
  }
}

function takeAll({ compared, counts, products, sums, lists, touched: codes }: FitWork, product: number, touched: number): void {
  const { squares, rules, measure, kernel } = compared
  const { least } = lists
  const own = squares[product] as number
  for (let i = 0; i < touched; i++) {
    const other = codes[i] as number
    const n = counts[other] as number
    const xy = kernel === 'count' ? n : (products[other] as number)
    const value = sums !== null ? finishSums(compared, sums, other, n, xy) : measure === 'jaccard' ? n / (own + (squares[other] as number) - n) : xy
    counts[other] = 0
    if (kernel !== 'count') products[other] = 0
    if (sums !== null) wipe(sums, other)
    const similarity = supported(value, n, rules)
    if (similarity >= (least[product] as number)) offer(lists, product, other, similarity, n)
    if (similarity >= (least[other] as number)) offer(lists, other, product, similarity, n)
  }
}

function offerSelf({ compared: { measure, squares, rows, rules }, lists }: FitWork, product: number): void {
  const n = (rows.offsets[product + 1] as number) - (rows.offsets[product] as number)
  const squared = squares[product] as number
  offer(lists, product, product, supported(measure === 'dotProduct' ? squared : squared > 0 ? 1 : 0, n, rules), n)
}

function* countPairs(offsets: Int32Array): Steps<number> {
  let pairs = 0
  for (let row = 0; row < offsets.length - 1; row++) {
    const size = (offsets[row + 1] as number) - (offsets[row] as number)
    pairs += (size * (size + 1)) / 2
    if (row % 1_048_576 === 1_048_575) yield
  }
  return pairs
}

function checkNeighbours(neighbours: number): void {
  if (Number.isInteger(neighbours) && neighbours >= 1) return
  throw new InvalidInputError('OPTION_INVALID', `\`neighbours\` must be a whole number from 1, got ${neighbours}. It is the length of a list. Use 20.`)
}
