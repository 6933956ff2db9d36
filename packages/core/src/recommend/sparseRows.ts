import type { Steps } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { radixSort, STEP_ROWS } from '../shared/radix.ts'
import type { DuplicatesRule, SparseRows } from './recommend.types.ts'

/** Pairs by code, in any order and as often as they occur. */
export interface PairEntries {
  readonly customers: number
  readonly products: number
  readonly customer: Int32Array
  readonly product: Int32Array
  /** null: 1 each. */
  readonly weight: Float64Array | null
  /** NaN = not known. */
  readonly at: Float64Array | null
  /** Codes of orders, for the rule `orders` alone. */
  readonly order?: Int32Array
}

/** `orders`: how many different orders, and a pair with an order below 0 is taken out; `one`: 1. */
export type MergeRule = DuplicatesRule | 'orders' | 'one'

/** Rows of customers, and how many entries went into others. */
export interface MergedRows {
  readonly rows: SparseRows
  readonly merged: number
}

/** Longer rows are sorted in slices, shorter ones at once. */
const LONG_ROW = 4096
const SHORT_ROW = 24

/**
 * One row per customer, ascending by product, each pair once: entries are dealt out by customer (stable), then each row is
 * sorted by product and place. What is merged is put in order of value first, so that sums do not depend on the order of
 * the input.
 *
 * @throws InvalidInputError `KEY_DUPLICATE` under the rule `error`
 */
export function* customerRows(entries: PairEntries, rule: MergeRule, keepSequence: boolean): Steps<MergedRows> {
  const n = entries.customer.length
  const dealt = yield* dealOut(entries, rule, keepSequence || rule === 'error')
  const { starts, product, weight, at, sequence } = dealt
  const offsets = new Int32Array(entries.customers + 1)
  const row: RowWork = { dealt, rule, keys: new Float64Array(64), weights: new Float64Array(64), ats: new Float64Array(64), others: new Int32Array(64), group: new Float64Array(64) }
  let kept = 0
  let sinceYield = 0
  for (let customer = 0; customer < entries.customers; customer++) {
    const start = starts[customer] as number
    const size = (starts[customer + 1] as number) - start
    offsets[customer] = kept
    if (row.keys.length < size) growRow(row, Math.max(size, row.keys.length * 2))
    const isAscending = fillKeys(row.keys, product, start, size)
    if (!isAscending) {
      if (size <= SHORT_ROW) insertionSort(row.keys, size)
      else if (size <= LONG_ROW) row.keys.subarray(0, size).sort()
      else yield* sortInSlices(row.keys, size)
    }
    kept = isAscending && rule !== 'orders' ? moveRow(dealt, rule, start, size, kept) : mergeRow(row, start, size, kept)
    if ((sinceYield += size + 1) >= STEP_ROWS) {
      sinceYield = 0
      yield
    }
  }
  offsets[entries.customers] = kept
  // Copying 40 MB stops a page for longer than a frame: a tenth of memory unused is the smaller evil.
  const cut = <Values extends Int32Array | Float64Array>(values: Values): Values =>
    (kept === n ? values : kept > 0.9 * n ? values.subarray(0, kept) : values.slice(0, kept)) as Values
  const codes = cut(product)
  yield
  const weights = cut(weight)
  yield
  const times = at === null ? null : cut(at)
  const rows: SparseRows = { offsets, codes, weights, at: times, sequence: sequence === null || !keepSequence ? null : cut(sequence) }
  return { rows, merged: n - kept }
}

/** Rows become columns and columns rows; each new row ascends by the old one. */
export function* transpose(rows: SparseRows, columns: number): Steps<SparseRows> {
  const { offsets, codes, at, sequence } = rows
  const n = codes.length
  const places = new Int32Array(columns + 1)
  yield* countInto(places, codes)
  const out = {
    offsets: places.slice(),
    codes: new Int32Array(n),
    weights: new Float64Array(n),
    at: at === null ? null : new Float64Array(n),
    sequence: sequence === null ? null : new Int32Array(n),
  }
  const count = offsets.length - 1
  for (let from = 0; from < count; ) {
    const until = (offsets[from] as number) + STEP_ROWS
    let to = from + 1
    while (to < count && to - from < STEP_ROWS && (offsets[to] as number) < until) to++
    transposeRows(rows, out, places, from, to)
    from = to
    yield
  }
  return out
}

function transposeRows(rows: SparseRows, out: SparseRows, places: Int32Array, from: number, to: number): void {
  const { offsets, codes, weights, at, sequence } = rows
  for (let row = from; row < to; row++) {
    const end = offsets[row + 1] as number
    for (let i = offsets[row] as number; i < end; i++) {
      const code = codes[i] as number
      const place = places[code] as number
      places[code] = place + 1
      out.codes[place] = row
      out.weights[place] = weights[i] as number
      if (at !== null) (out.at as Float64Array)[place] = at[i] as number
      if (sequence !== null) (out.sequence as Int32Array)[place] = sequence[i] as number
    }
  }
}

/** Turns `counts` (length codes + 1, zeros) into where each code begins. */
function* countInto(counts: Int32Array, codes: Int32Array): Steps<void> {
  for (let start = 0; start < codes.length; start += STEP_ROWS) {
    const end = Math.min(codes.length, start + STEP_ROWS)
    for (let i = start; i < end; i++) {
      const code = codes[i] as number
      counts[code] = (counts[code] as number) + 1
    }
    yield
  }
  let sum = 0
  for (let code = 0; code < counts.length; code++) {
    const count = counts[code] as number
    counts[code] = sum
    sum += count
  }
}

interface Dealt {
  readonly starts: Int32Array
  readonly product: Int32Array
  readonly weight: Float64Array
  readonly at: Float64Array | null
  readonly order: Int32Array | null
  readonly sequence: Int32Array | null
}

function* dealOut(entries: PairEntries, rule: MergeRule, withSequence: boolean): Steps<Dealt> {
  const { customers, customer, weight, at, order } = entries
  const n = customer.length
  const places = new Int32Array(customers + 1)
  yield* countInto(places, customer)
  const out = {
    starts: places.slice(),
    product: new Int32Array(n),
    weight: new Float64Array(n),
    at: at === null ? null : new Float64Array(n),
    order: order === undefined ? null : new Int32Array(n),
    sequence: withSequence ? new Int32Array(n) : null,
  }
  // `one` and `orders` make weights of their own.
  if (weight === null && rule !== 'one' && rule !== 'orders') out.weight.fill(1)
  for (let start = 0; start < n; start += STEP_ROWS) {
    dealSlice(entries, out, places, start, Math.min(n, start + STEP_ROWS))
    yield
  }
  return out
}

function dealSlice({ customer, product, weight, at, order }: PairEntries, out: Dealt, places: Int32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const code = customer[i] as number
    const place = places[code] as number
    places[code] = place + 1
    out.product[place] = product[i] as number
    if (weight !== null) out.weight[place] = weight[i] as number
    if (at !== null) (out.at as Float64Array)[place] = at[i] as number
    if (out.order !== null) out.order[place] = (order as Int32Array)[i] as number
    if (out.sequence !== null) out.sequence[place] = i
  }
}

/** Product and place in one whole number, product * size + place: sorting needs no second array. */
function fillKeys(keys: Float64Array, product: Int32Array, start: number, size: number): boolean {
  let isAscending = true
  let before = -1
  for (let i = 0; i < size; i++) {
    const code = product[start + i] as number
    keys[i] = code * size + i
    if (code <= before) isAscending = false
    before = code
  }
  return isAscending
}

function insertionSort(keys: Float64Array, size: number): void {
  for (let i = 1; i < size; i++) {
    const key = keys[i] as number
    let j = i
    while (j > 0 && (keys[j - 1] as number) > key) keys[j] = keys[--j] as number
    keys[j] = key
  }
}

function* sortInSlices(keys: Float64Array, size: number): Steps<void> {
  const order = new Int32Array(size)
  for (let i = 0; i < size; i++) order[i] = i
  const before = keys.slice(0, size)
  yield* radixSort(order, before.slice())
  for (let i = 0; i < size; i++) keys[i] = before[order[i] as number] as number
}

interface RowWork {
  readonly dealt: Dealt
  readonly rule: MergeRule
  keys: Float64Array
  weights: Float64Array
  ats: Float64Array
  /** Orders under the rule `orders`, else places in the input. */
  others: Int32Array
  group: Float64Array
}

function growRow(row: RowWork, size: number): void {
  row.keys = new Float64Array(size)
  row.weights = new Float64Array(size)
  row.ats = new Float64Array(size)
  row.others = new Int32Array(size)
  row.group = new Float64Array(size)
}

/** A row in order without repeats, moved up to where the rows before it end. */
function moveRow({ product, weight, at, sequence }: Dealt, rule: MergeRule, start: number, size: number, kept: number): number {
  for (let i = start; i < start + size; i++, kept++) {
    product[kept] = product[i] as number
    weight[kept] = rule === 'one' ? 1 : (weight[i] as number)
    if (at !== null) at[kept] = at[i] as number
    if (sequence !== null) sequence[kept] = sequence[i] as number
  }
  return kept
}

function mergeRow(row: RowWork, start: number, size: number, kept: number): number {
  const { dealt, rule, keys, weights, ats, others } = row
  const { product, weight, at, sequence, order } = dealt
  const other = rule === 'orders' ? order : sequence
  for (let i = 0; i < size; i++) {
    weights[i] = weight[start + i] as number
    if (at !== null) ats[i] = at[start + i] as number
    if (other !== null) others[i] = other[start + i] as number
  }
  for (let from = 0; from < size; ) {
    const code = Math.floor((keys[from] as number) / size)
    const base = code * size
    let to = from + 1
    while (to < size && (keys[to] as number) < base + size) to++
    if (to - from > 1 && rule === 'error') throw repeated(others[(keys[from + 1] as number) - base] as number)
    const first = (keys[from] as number) - base
    const isTakenOut = rule === 'orders' && hasNegative(row, from, to, base)
    if (isTakenOut) {
      from = to
      continue
    }
    product[kept] = code
    weight[kept] = to - from === 1 && rule !== 'orders' && rule !== 'one' ? (weights[first] as number) : mergedWeight(row, from, to, base)
    if (at !== null) at[kept] = to - from === 1 ? (ats[first] as number) : latestOf(row, from, to, base)
    if (sequence !== null) sequence[kept] = others[first] as number
    kept++
    from = to
  }
  return kept
}

function hasNegative({ keys, others }: RowWork, from: number, to: number, base: number): boolean {
  for (let i = from; i < to; i++) if ((others[(keys[i] as number) - base] as number) < 0) return true
  return false
}

function mergedWeight({ rule, keys, weights, others, group, dealt, ats }: RowWork, from: number, to: number, base: number): number {
  if (rule === 'one') return 1
  if (rule === 'last') return lastWeight(keys, weights, dealt.at === null ? null : ats, from, to, base)
  const count = to - from
  for (let i = 0; i < count; i++) {
    const place = (keys[from + i] as number) - base
    group[i] = rule === 'orders' ? (others[place] as number) : (weights[place] as number)
  }
  if (count > SHORT_ROW) group.subarray(0, count).sort()
  else insertionSort(group, count)
  if (rule === 'max') return group[count - 1] as number
  if (rule === 'orders') {
    let orders = 1
    for (let i = 1; i < count; i++) if (group[i] !== group[i - 1]) orders++
    return orders
  }
  let sum = 0
  for (let i = 0; i < count; i++) sum += group[i] as number
  return rule === 'mean' ? sum / count : sum
}

/** By time, the greater weight of equal times; without times by place. */
function lastWeight(keys: Float64Array, weights: Float64Array, ats: Float64Array | null, from: number, to: number, base: number): number {
  if (ats === null) return weights[(keys[to - 1] as number) - base] as number
  let best = 0
  let bestAt = -Infinity
  for (let i = from; i < to; i++) {
    const place = (keys[i] as number) - base
    const time = ats[place] as number
    const at = Number.isNaN(time) ? -Infinity : time
    const value = weights[place] as number
    if (i === from || at > bestAt || (at === bestAt && value > best)) {
      best = value
      bestAt = at
    }
  }
  return best
}

/** NaN only where no entry of the group has a time. */
function latestOf({ keys, ats }: RowWork, from: number, to: number, base: number): number {
  let latest = NaN
  for (let i = from; i < to; i++) {
    const at = ats[(keys[i] as number) - base] as number
    if (!(at <= latest) && !Number.isNaN(at)) latest = at
  }
  return latest
}

function repeated(index: number): InvalidInputError {
  return new InvalidInputError(
    'KEY_DUPLICATE',
    `Entry ${index} has the customer and product of an entry before it. Under \`duplicates: 'error'\` a pair may occur once. Leave one out, or name a rule that merges them.`,
    { index },
  )
}
