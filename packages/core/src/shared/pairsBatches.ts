import type { Batch, Column, PairsRequest, StreamEnd } from '../adapter/contract.ts'
import { compactText } from './columns.ts'
import { MAX_BATCH_ROWS } from './pageOfCustomers.ts'
import type { PairRows, PairTable } from './pairTable.ts'
import { STEP_ROWS } from './radix.ts'
import { PAIR_NUMBERS } from './readPairs.ts'
import { compareText } from './text.ts'

/**
 * The rows of a `pairs` answer, batch by batch: whoever reads decides when the next is made. `null` = still working on it.
 *
 * For each target its partners, for each of these all who share it: an inverted index. Work space is a few numbers for
 * each id that is compared.
 *
 * @param byNumber whether the compared ids are ordered by number
 */
export function* pairsBatches(table: PairTable, { over, targets }: PairsRequest, byNumber: boolean, end: StreamEnd): Generator<Batch | null, void, undefined> {
  const ids = over === 'customers' ? table.customers : table.products
  const [own, back] = over === 'customers' ? [table.byCustomer, table.byProduct] : [table.byProduct, table.byCustomer]
  const sums = createSums(ids.length, own.weights !== null)
  const wholes = own.weights === null ? null : yield* wholesOf(own)
  const places = Int32Array.from(targets, (target) => placeOf(ids, target, byNumber)).filter((place) => place >= 0).sort()
  let answer = createAnswer()
  for (const target of places) {
    const found = yield* shareOf(target, own, back, sums)
    for (let start = 0; start < found.length; ) {
      const stop = Math.min(found.length, start + MAX_BATCH_ROWS - answer.rows)
      for (; start < stop; start++) addRow(answer, target, found[start] as number, own, wholes, sums)
      if (answer.rows === MAX_BATCH_ROWS) {
        yield { rows: answer.rows, columns: columnsOf(answer, ids) }
        answer = createAnswer()
      }
    }
    clear(sums, found)
  }
  yield { rows: answer.rows, columns: columnsOf(answer, ids), end }
}

/** Of the target with each other; 0 but for those it shares a partner with. */
interface Sums {
  readonly n: Int32Array
  /** x, y, xy, xx, yy; null where every weight is 1 and each of them is n. */
  readonly parts: readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array] | null
  readonly touched: Int32Array
}

function createSums(size: number, isWeighted: boolean): Sums {
  const part = (): Float64Array => new Float64Array(size)
  return { n: new Int32Array(size), parts: isWeighted ? [part(), part(), part(), part(), part()] : null, touched: new Int32Array(size) }
}

interface Wholes {
  readonly sum: Float64Array
  readonly squares: Float64Array
}

const knownWholes = new WeakMap<PairRows, Wholes>()

/** Sum and sum of squares of each row; kept as long as the rows are. */
function* wholesOf(own: PairRows): Generator<null, Wholes, undefined> {
  const known = knownWholes.get(own)
  if (known !== undefined) return known
  const { offsets, weights } = own
  const rows = offsets.length - 1
  const sum = new Float64Array(rows)
  const squares = new Float64Array(rows)
  for (let row = 0, next = STEP_ROWS; row < rows; row++) {
    const stop = offsets[row + 1] as number
    for (let i = offsets[row] as number; i < stop; i++) {
      const w = (weights as Float64Array)[i] as number
      sum[row] = (sum[row] as number) + w
      squares[row] = (squares[row] as number) + w * w
    }
    if (stop + row > next) {
      next = stop + row + STEP_ROWS
      yield null
    }
  }
  const wholes = { sum, squares }
  knownWholes.set(own, wholes)
  return wholes
}

/** Sums the target with all who share a partner, and returns these, ascending. */
function* shareOf(target: number, own: PairRows, back: PairRows, sums: Sums): Generator<null, Int32Array, undefined> {
  const { n, touched } = sums
  let count = 0
  let done = 0
  for (let i = own.offsets[target] as number; i < (own.offsets[target + 1] as number); i++) {
    const partner = own.partners[i] as number
    const start = back.offsets[partner] as number
    const stop = back.offsets[partner + 1] as number
    for (let from = start; from < stop; from += STEP_ROWS) {
      const to = Math.min(stop, from + STEP_ROWS)
      count = own.weights === null ? countPartner(back, sums, count, from, to) : addPartner(back, sums, count, from, to, own.weights[i] as number)
      done += to - from
      if (done >= STEP_ROWS) {
        done = 0
        yield null
      }
    }
  }
  n[target] = 0 // it shares all of its partners with itself
  for (const part of sums.parts ?? []) part[target] = 0
  // Sorting costs k log k, looking at all once: 500,000 ids in 0.5 ms.
  if (count * 8 < n.length) return touched.subarray(0, count).sort().filter((other) => other !== target)
  count = 0
  for (let other = 0; other < n.length; other++) if (n[other] !== 0) touched[count++] = other
  return touched.slice(0, count)
}

function countPartner({ partners }: PairRows, { n, touched }: Sums, count: number, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const other = partners[i] as number
    if (n[other] === 0) touched[count++] = other
    n[other] = (n[other] as number) + 1
  }
  return count
}

function addPartner({ partners, weights }: PairRows, { n, parts, touched }: Sums, count: number, from: number, to: number, x: number): number {
  const [sumX, sumY, sumXy, sumXx, sumYy] = parts as NonNullable<Sums['parts']>
  const xx = x * x
  for (let i = from; i < to; i++) {
    const other = partners[i] as number
    const y = (weights as Float64Array)[i] as number
    if (n[other] === 0) touched[count++] = other
    n[other] = (n[other] as number) + 1
    sumX[other] = (sumX[other] as number) + x
    sumY[other] = (sumY[other] as number) + y
    sumXy[other] = (sumXy[other] as number) + x * y
    sumXx[other] = (sumXx[other] as number) + xx
    sumYy[other] = (sumYy[other] as number) + y * y
  }
  return count
}

function clear({ n, parts }: Sums, found: Int32Array): void {
  for (const other of found) {
    n[other] = 0
    if (parts !== null) for (const part of parts) part[other] = 0
  }
}

/** Rows of one batch to come, as they grow. */
interface Answer {
  rows: number
  target: Int32Array
  other: Int32Array
  /** From `n` on, in the order of `PAIRS_COLUMNS`. */
  numbers: Float64Array[]
}

const FIRST_ROWS = 1024
const NUMBERS = PAIR_NUMBERS.length

function createAnswer(): Answer {
  return { rows: 0, target: new Int32Array(FIRST_ROWS), other: new Int32Array(FIRST_ROWS), numbers: Array.from({ length: NUMBERS }, () => new Float64Array(FIRST_ROWS)) }
}

function addRow(answer: Answer, target: number, other: number, { offsets }: PairRows, wholes: Wholes | null, { n, parts }: Sums): void {
  if (answer.rows === answer.target.length) grow(answer)
  const row = answer.rows++
  const { numbers } = answer
  answer.target[row] = target
  answer.other[row] = other
  const common = n[other] as number
  const targetN = (offsets[target + 1] as number) - (offsets[target] as number)
  const otherN = (offsets[other + 1] as number) - (offsets[other] as number)
  ;(numbers[0] as Float64Array)[row] = common
  for (let i = 0; i < 5; i++) (numbers[1 + i] as Float64Array)[row] = parts === null ? common : ((parts[i] as Float64Array)[other] as number)
  ;(numbers[6] as Float64Array)[row] = targetN
  ;(numbers[7] as Float64Array)[row] = wholes === null ? targetN : (wholes.sum[target] as number)
  ;(numbers[8] as Float64Array)[row] = wholes === null ? targetN : (wholes.squares[target] as number)
  ;(numbers[9] as Float64Array)[row] = otherN
  ;(numbers[10] as Float64Array)[row] = wholes === null ? otherN : (wholes.sum[other] as number)
  ;(numbers[11] as Float64Array)[row] = wholes === null ? otherN : (wholes.squares[other] as number)
}

function grow(answer: Answer): void {
  const wider = <Values extends Int32Array | Float64Array>(values: Values, target: Values): Values => {
    target.set(values)
    return target
  }
  const rows = Math.min(MAX_BATCH_ROWS, 2 * answer.rows)
  answer.target = wider(answer.target, new Int32Array(rows))
  answer.other = wider(answer.other, new Int32Array(rows))
  answer.numbers = answer.numbers.map((values) => wider(values, new Float64Array(rows)))
}

function columnsOf({ rows, target, other, numbers }: Answer, ids: readonly string[]): Column[] {
  const texts = [target, other].map((codes) => compactText({ kind: 'text', codes: codes.slice(0, rows), dictionary: ids }))
  return [...texts, ...numbers.map((values): Column => ({ kind: 'float64', values: values.slice(0, rows) }))]
}

/** Place of an id among the sorted ones, or -1. */
function placeOf(ids: readonly string[], id: string, byNumber: boolean): number {
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = byNumber ? Number(ids[middle]) - Number(id) : compareText(ids[middle] as string, id)
    if (order < 0) low = middle + 1
    else high = middle
  }
  return ids[low] === id ? low : -1
}
