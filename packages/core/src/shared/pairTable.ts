import type { PairsRequest, Steps } from '../adapter/contract.ts'
import { STEP_ROWS } from './radix.ts'
import { distinctOf, type LineWindow } from './totals.ts'

/** Who has what, from both sides. Codes are places in `customers` and `products`, which ascend as ids are ordered. */
export interface PairTable {
  readonly customers: readonly string[]
  readonly products: readonly string[]
  readonly byCustomer: PairRows
  readonly byProduct: PairRows
  /** Purchase lines in the window that have a customer and no product; before any filter. */
  readonly linesWithoutProduct: number
}

/** Row `r` holds the entries `offsets[r] .. offsets[r + 1]`, ascending by `partners`. */
export interface PairRows {
  readonly offsets: Int32Array
  readonly partners: Int32Array
  /** Null where every weight is 1. */
  readonly weights: Float64Array | null
}

/** Lines or ratings: one of `lines` and `rating` is there. -1 = NULL. */
export interface PairSource {
  readonly customer: Int32Array
  readonly product: Int32Array
  /** What to order by: the place of each code among the sorted ids. */
  readonly customerRank: Int32Array
  readonly productRank: Int32Array
  /** 1 for the codes of customers who take part; null for all. */
  readonly scope: Uint8Array | null
  readonly rating: Float64Array | null
  readonly lines: {
    readonly at: Float64Array
    readonly amount: Float64Array
    readonly order: Int32Array
    readonly window: LineWindow
    readonly weight: Exclude<PairsRequest['weight'], 'rating'>
    readonly orderBy: 'orderId' | 'day' | 'line'
  } | null
}

/**
 * One entry for each customer and product. Rows are sorted by product, then stably by customer, by counting: linear, and
 * no hashing. 20 bytes an entry, 8 without weights; 16 bytes a line while it works.
 */
export function* pairTable(source: PairSource, customers: readonly string[], products: readonly string[]): Steps<PairTable> {
  const { kept, linesWithoutProduct } = yield* keptRows(source)
  const { customer, product, customerRank, productRank } = source
  const sorted = yield* sortedBy(yield* sortedBy(kept, product, productRank), customer, customerRank)
  const byCustomer = yield* groupRows(sorted, source)
  return { customers, products, byCustomer, byProduct: yield* transposed(byCustomer, products.length), linesWithoutProduct }
}

function* keptRows(source: PairSource): Steps<{ kept: Int32Array; linesWithoutProduct: number }> {
  const { customer } = source
  const tally = { kept: new Int32Array(customer.length), n: 0, linesWithoutProduct: 0 }
  for (let start = 0; start < customer.length; start += STEP_ROWS) {
    keepRows(source, tally, start, Math.min(customer.length, start + STEP_ROWS))
    yield
  }
  return { kept: tally.kept.subarray(0, tally.n), linesWithoutProduct: tally.linesWithoutProduct }
}

function keepRows({ customer, product, scope, lines }: PairSource, tally: { kept: Int32Array; n: number; linesWithoutProduct: number }, start: number, end: number): void {
  const { kept } = tally
  let { n } = tally
  for (let row = start; row < end; row++) {
    const c = customer[row] as number
    if (c < 0) continue
    if (lines !== null) {
      const t = lines.at[row] as number
      if (!((lines.amount[row] as number) > 0 && t <= lines.window.high && t >= lines.window.low)) continue
      if ((product[row] as number) < 0) {
        tally.linesWithoutProduct++
        continue
      }
    }
    if (scope === null || scope[c] === 1) kept[n++] = row
  }
  tally.n = n
}

/** Stable. */
function* sortedBy(rows: Int32Array, codes: Int32Array, rank: Int32Array): Steps<Int32Array> {
  const place = new Int32Array(rank.length + 1)
  for (let start = 0; start < rows.length; start += STEP_ROWS) {
    countKeys(rows, codes, rank, place, start, Math.min(rows.length, start + STEP_ROWS))
    yield
  }
  addUp(place)
  const sorted = new Int32Array(rows.length)
  for (let start = 0; start < rows.length; start += STEP_ROWS) {
    moveRows(rows, codes, rank, place, sorted, start, Math.min(rows.length, start + STEP_ROWS))
    yield
  }
  return sorted
}

function countKeys(rows: Int32Array, codes: Int32Array, rank: Int32Array, place: Int32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const key = rank[codes[rows[i] as number] as number] as number
    place[key + 1] = (place[key + 1] as number) + 1
  }
}

function moveRows(rows: Int32Array, codes: Int32Array, rank: Int32Array, place: Int32Array, sorted: Int32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const row = rows[i] as number
    const key = rank[codes[row] as number] as number
    const at = place[key] as number
    place[key] = at + 1
    sorted[at] = row
  }
}

/** Counts at `key + 1` become where the rows of `key` start. */
function addUp(place: Int32Array): void {
  for (let key = 1; key < place.length; key++) place[key] = (place[key] as number) + (place[key - 1] as number)
}

interface Groups {
  readonly offsets: Int32Array
  readonly partners: Int32Array
  readonly weights: Float64Array | null
  n: number
  scratch: Float64Array
}

/** Rows of one customer and product stand side by side now. */
function* groupRows(sorted: Int32Array, source: PairSource): Steps<PairRows> {
  const { customerRank, rating, lines } = source
  const groups: Groups = {
    offsets: new Int32Array(customerRank.length + 1),
    partners: new Int32Array(sorted.length),
    weights: rating !== null || lines?.weight === 'count' ? new Float64Array(sorted.length) : null,
    n: 0,
    scratch: new Float64Array(64),
  }
  for (let start = 0; start < sorted.length; ) {
    start = groupSome(sorted, source, groups, start, Math.min(sorted.length, start + STEP_ROWS))
    yield
  }
  const { offsets, partners, weights, n } = groups
  addUp(offsets)
  return { offsets, partners: partners.slice(0, n), weights: weights === null ? null : weights.slice(0, n) }
}

/** Groups that begin before `until`; returns where the next one does. */
function groupSome(sorted: Int32Array, source: PairSource, groups: Groups, start: number, until: number): number {
  const { customer, product, customerRank, productRank, rating } = source
  const { offsets, partners, weights } = groups
  let i = start
  while (i < until) {
    const row = sorted[i] as number
    const c = customer[row] as number
    const p = product[row] as number
    let end = i + 1
    while (end < sorted.length && product[sorted[end] as number] === p && customer[sorted[end] as number] === c) end++
    const key = (customerRank[c] as number) + 1
    offsets[key] = (offsets[key] as number) + 1
    partners[groups.n] = productRank[p] as number
    if (weights !== null) weights[groups.n] = rating !== null ? (rating[row] as number) : ordersOf(sorted, source, groups, i, end)
    groups.n++
    i = end
  }
  return i
}

function ordersOf(sorted: Int32Array, { lines }: PairSource, groups: Groups, start: number, end: number): number {
  const n = end - start
  const { orderBy, order, at, window } = lines as NonNullable<PairSource['lines']>
  if (n === 1 || orderBy === 'line') return n
  if (groups.scratch.length < n) groups.scratch = new Float64Array(2 * n)
  for (let i = 0; i < n; i++) {
    const row = sorted[start + i] as number
    groups.scratch[i] = orderBy === 'day' ? window.toDay(at[row] as number) : (order[row] as number)
  }
  return distinctOf(groups.scratch, n)
}

/** Rows by partner: as they are walked in order, so are they put down, and each row ascends. */
function* transposed({ offsets, partners, weights }: PairRows, size: number): Steps<PairRows> {
  const entries = partners.length
  const starts = new Int32Array(size + 1)
  for (let start = 0; start < entries; start += STEP_ROWS) {
    for (let i = start; i < Math.min(entries, start + STEP_ROWS); i++) starts[(partners[i] as number) + 1]!++
    yield
  }
  addUp(starts)
  const place = starts.slice()
  const to = { partners: new Int32Array(entries), weights: weights === null ? null : new Float64Array(entries) }
  const rows = offsets.length - 1
  for (let row = 0; row < rows; ) {
    const most = Math.min(rows, row + STEP_ROWS)
    let stop = row + 1
    while (stop < most && (offsets[stop] as number) - (offsets[row] as number) < STEP_ROWS) stop++
    for (; row < stop; row++) {
      for (let i = offsets[row] as number; i < (offsets[row + 1] as number); i++) {
        const partner = partners[i] as number
        const at = place[partner] as number
        place[partner] = at + 1
        to.partners[at] = row
        if (weights !== null) (to.weights as Float64Array)[at] = weights[i] as number
      }
    }
    yield
  }
  return { offsets: starts, ...to }
}
