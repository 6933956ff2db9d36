import type { Steps } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { checkSimilarity } from './checkStrategy.ts'
import { supportRules } from './finishSimilarity.ts'
import type { SupportRules } from './finishSimilarity.ts'
import { fitBaseline } from './ratings/fitBaseline.ts'
import type { PreferenceRow, Preferences, SimilarityMeasure, SimilaritySpec, SparseRows } from './recommend.types.ts'
import { lengthNorm, mapEntries, rowSums, sidesOf, termWeights, weighTerm } from './termWeights.ts'

/** Who is compared; the partners are the other side. */
export type ComparedSide = 'customers' | 'products'

/**
 * What has to be added up over common partners: how many; their products; squares of both too; sums too.
 */
export type PairKernel = 'count' | 'dot' | 'common' | 'sums'

/** Preferences made ready for one measure: weighted, centred, with what each row has of its own. */
export interface ComparedRows {
  readonly measure: SimilarityMeasure
  readonly kernel: PairKernel
  readonly rules: SupportRules
  /** By whom is compared. */
  readonly rows: SparseRows
  /** By partner. */
  readonly columns: SparseRows
  /** Sum of squares of each row; under the kernel `count` its size. */
  readonly squares: Float64Array
  /** The weights of any row, made ready like those in `rows`. */
  readonly ready: (row: PreferenceRow) => Float64Array
}

export interface ComparedRowsOptions {
  /** The weights are what a baseline leaves already, those of rows asked about too: for `pearsonBaseline`. Default false: ALS. */
  readonly isResidual?: boolean
}

/** Entries looked at between two yields: about a millisecond. */
const STEP_ENTRIES = 1_000_000

/** @throws InvalidInputError `OPTION_INVALID`; `WEIGHTS_INVALID` for weights below 0 under `tfIdf` and `bm25` */
export function* comparedRows(preferences: Preferences, over: ComparedSide, spec: SimilaritySpec, options: ComparedRowsOptions = {}): Steps<ComparedRows> {
  checkSimilarity(spec)
  const [given, partners] = sidesOf(preferences, over)
  const base = { measure: spec.measure, rules: supportRules(spec) }
  if (spec.measure === 'jaccard') {
    return { ...base, kernel: 'count', rows: given, columns: partners, squares: sizesOf(given), ready: ({ weights }) => weights }
  }
  const steps: Ready[] = []
  let rows = given
  let columns = partners
  for (const step of yield* readySteps(preferences, over, spec, options)) {
    const made: Ready = yield* step(rows, columns)
    const next = yield* mapEntries(rows, (weight, row, code) => made.entry(weight, row, code))
    columns = yield* mapEntries(columns, (weight, code, row) => made.entry(weight, row, code))
    rows = next
    steps.push(made)
  }
  const kernel = KERNELS[spec.measure]
  const isBinary = kernel === 'dot' && steps.length === 0 && (yield* areOnesInSteps(rows.weights))
  return {
    ...base,
    kernel: isBinary ? 'count' : kernel,
    rows,
    columns,
    squares: isBinary ? sizesOf(rows) : yield* squaresOf(rows),
    ready: (row) => steps.reduce((weights, { row: make }) => make({ ...row, weights }), row.weights),
  }
}

const KERNELS: Readonly<Record<Exclude<SimilarityMeasure, 'jaccard'>, PairKernel>> = {
  cosine: 'dot',
  dotProduct: 'dot',
  centredCosine: 'dot',
  commonCosine: 'common',
  textbookPearson: 'common',
  adjustedCosine: 'common',
  pearsonBaseline: 'common',
  msd: 'common',
  pearson: 'sums',
}

/** One change of weights, of an entry in the data and of any row. */
interface Ready {
  readonly entry: (weight: number, row: number, code: number) => number
  readonly row: (row: PreferenceRow) => Float64Array
}

type ReadyStep = (rows: SparseRows, columns: SparseRows) => Steps<Ready>

function* readySteps(preferences: Preferences, over: ComparedSide, { measure, weighting = 'none' }: SimilaritySpec, { isResidual = false }: ComparedRowsOptions): Steps<ReadyStep[]> {
  const steps: ReadyStep[] = []
  if (weighting !== 'none') {
    steps.push(function* (rows, columns) {
      for (let i = 0; i < rows.weights.length; i++) {
        if (!((rows.weights[i] as number) >= 0)) throw negativeWeight()
        if (i % STEP_ENTRIES === STEP_ENTRIES - 1) yield
      }
      yield
      const terms = termWeights(rows, columns, weighting)
      yield
      const norms = weighting === 'tfIdf' ? null : rowSums(rows).map((length) => lengthNorm(terms, length))
      return {
        entry: (weight, row, code) => weighTerm(terms, weight, norms === null ? 1 : (norms[row] as number), terms.idf[code] as number),
        row({ codes, weights }) {
          const norm = lengthNorm(terms, weights.reduce((sum, weight) => sum + weight, 0))
          return weights.map((weight, i) => weighTerm(terms, Math.max(0, weight), norm, terms.idf[codes[i] as number] as number))
        },
      }
    })
  }
  if (measure === 'textbookPearson' || measure === 'centredCosine') steps.push(lessOwnMean)
  if (measure === 'adjustedCosine') steps.push(lessPartnerMean)
  if (measure === 'pearsonBaseline' && !isResidual) {
    const { globalMean, customers, products } = yield* fitBaseline(preferences)
    const [own, other] = over === 'customers' ? [customers, products] : [products, customers]
    const left: Ready = {
      entry: (weight, row, code) => weight - (globalMean + ((own[row] as number) + (other[code] as number))),
      row: ({ customer, codes, weights }) => weights.map((weight, i) => weight - (globalMean + ((own[customer] ?? 0) + (other[codes[i] as number] as number)))),
    }
    steps.push(function* () {
      yield
      return left
    })
  }
  return steps
}

function* lessOwnMean(rows: SparseRows): Steps<Ready> {
  const { means, noise } = yield* meansOf(rows)
  return {
    entry: (weight, row) => less(weight, means[row] as number, noise[row] as number),
    row({ weights }) {
      const own = meanOf(weights, 0, weights.length)
      return weights.map((weight) => less(weight, own.mean, own.noise))
    },
  }
}

function* lessPartnerMean(_rows: SparseRows, columns: SparseRows): Steps<Ready> {
  const { means, noise } = yield* meansOf(columns)
  return {
    entry: (weight, _row, code) => less(weight, means[code] as number, noise[code] as number),
    row: ({ codes, weights }) => weights.map((weight, i) => less(weight, means[codes[i] as number] as number, noise[codes[i] as number] as number)),
  }
}

/** What differs from a mean by no more than the rounding of the mean does not differ: 3.7 is the mean of 3.4, 3.7 and 4. */
function less(weight: number, mean: number, noise: number): number {
  const rest = weight - mean
  return Math.abs(rest) <= noise ? 0 : rest
}

function* meansOf({ offsets, weights }: SparseRows): Steps<{ readonly means: Float64Array; readonly noise: Float64Array }> {
  const means = new Float64Array(offsets.length - 1)
  const noise = new Float64Array(means.length)
  let yieldedAt = 0
  for (let row = 0; row < means.length; row++) {
    const end = offsets[row + 1] as number
    const own = meanOf(weights, offsets[row] as number, end)
    means[row] = own.mean
    noise[row] = own.noise
    if (end + row - yieldedAt < STEP_ENTRIES) continue
    yieldedAt = end + row
    yield
  }
  return { means, noise }
}

function meanOf(weights: Float64Array, start: number, end: number): { readonly mean: number; readonly noise: number } {
  let sum = 0
  let size = 0
  for (let i = start; i < end; i++) {
    sum += weights[i] as number
    size += Math.abs(weights[i] as number)
  }
  const n = end - start
  return n === 0 ? { mean: 0, noise: 0 } : { mean: sum / n, noise: ((n + 2) * Number.EPSILON * size) / n }
}

function sizesOf({ offsets }: SparseRows): Float64Array {
  const sizes = new Float64Array(offsets.length - 1)
  for (let row = 0; row < sizes.length; row++) sizes[row] = (offsets[row + 1] as number) - (offsets[row] as number)
  return sizes
}

function* squaresOf({ offsets, weights }: SparseRows): Steps<Float64Array> {
  const squares = new Float64Array(offsets.length - 1)
  let yieldedAt = 0
  for (let row = 0; row < squares.length; row++) {
    const end = offsets[row + 1] as number
    squares[row] = sumOfSquares(weights, offsets[row] as number, end)
    if (end + row - yieldedAt < STEP_ENTRIES) continue
    yieldedAt = end + row
    yield
  }
  return squares
}

export function sumOfSquares(weights: Float64Array, start: number, end: number): number {
  let sum = 0
  for (let i = start; i < end; i++) sum += (weights[i] as number) * (weights[i] as number)
  return sum
}

function* areOnesInSteps(weights: Float64Array): Steps<boolean> {
  for (let start = 0; start < weights.length; start += STEP_ENTRIES) {
    if (!areOnes(weights.subarray(start, start + STEP_ENTRIES))) return false
    yield
  }
  return true
}

export function areOnes(weights: Float64Array): boolean {
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 1) return false
  return true
}

function negativeWeight(): InvalidInputError {
  return new InvalidInputError('WEIGHTS_INVALID', 'A weight is below 0, and TF-IDF and BM25 count how often. Roots of it are no numbers. Shift the weights, or compare them unweighted.')
}
