import type { Steps, TotalsSpec, WarningCount } from '../adapter/contract.ts'
import { DataContractError, type WarningCode } from '../errors/index.ts'
import type { ClusteredLines } from './cluster.ts'
import { canonicalJson } from './cursor.ts'
import { shareSteps } from './shareSteps.ts'
import { DAY_MS, dayOf, daysAscend, entryIndex, offsetMsOf } from './zone.ts'

/** One entry per customer. Days mean nothing where `orders` is 0. */
export interface Totals {
  readonly count: number
  readonly firstDay: Int32Array
  readonly lastDay: Int32Array
  readonly recencyDays: Int32Array
  readonly orders: Int32Array
  readonly revenue: Float64Array
  readonly returnedRevenue: Float64Array
  readonly lines: Int32Array
  /** Over the whole scope, in order of code, without zeros. */
  readonly counts: readonly WarningCount[]
}

const REMEMBERED_SPECS = 4
const remembered = new WeakMap<ClusteredLines, { key: string; totals: () => Steps<Totals> }[]>()

/**
 * Customer totals, remembered per columns for the last four specs.
 *
 * @throws DataContractError `MONEY_RANGE` when the purchases or returns of one customer alone exceed 2^53 - 1
 */
export function* totalsOf(columns: ClusteredLines, spec: TotalsSpec): Steps<Totals> {
  const key = canonicalJson(spec)
  const entries = remembered.get(columns) ?? []
  const entry = entries.find((one) => one.key === key) ?? { key, totals: shareSteps(() => totalsOfLines(columns, spec)) }
  remembered.set(columns, [entry, ...entries.filter((one) => one !== entry)].slice(0, REMEMBERED_SPECS))
  return yield* entry.totals()
}

/** Lines summed between two yields: 2 to 4 ms. */
const STEP_LINES = 131_072
const STEP_CUSTOMERS = 32_768

/** {@link totalsOf} without the memory. 5 million lines of 500,000 customers: see bench/. */
export function* totalsOfLines(lines: ClusteredLines, spec: TotalsSpec): Steps<Totals> {
  const { count, offsets } = lines
  const work = prepare(lines, spec)
  const totals = {
    count,
    firstDay: new Int32Array(count),
    lastDay: new Int32Array(count),
    recencyDays: new Int32Array(count),
    orders: new Int32Array(count),
    revenue: new Float64Array(count),
    returnedRevenue: new Float64Array(count),
    lines: new Int32Array(count),
  }
  const sums = createSums(Math.min(count, STEP_CUSTOMERS))
  for (let from = 0; from < count; ) {
    const until = (offsets[from] as number) + STEP_LINES
    const most = Math.min(count, from + STEP_CUSTOMERS)
    let to = from + 1
    while (to < most && (offsets[to] as number) < until) to++
    sumLines(lines, work, totals, sums, from, to)
    describeCustomers(lines, work, totals, sums, from, to)
    from = to
    yield
  }
  const { tally } = work
  tally.LINES_WITHOUT_CUSTOMER = lines.linesWithoutCustomer
  const codes = Object.keys(tally).sort() as (keyof Tally)[]
  const counts = codes.filter((code) => tally[code] > 0).map((code) => Object.freeze({ code, count: tally[code] }))
  return Object.freeze({ ...totals, counts: Object.freeze(counts) })
}

type Tally = Record<Exclude<WarningCode, 'DUPLICATES_MERGED' | 'LINES_WITHOUT_PRODUCT' | 'RATINGS_WITHOUT_TIME' | 'SCORES_NOT_REACHED' | 'SUM_ROUNDED' | 'TIES_SPLIT'>, number>

/** The window of a spec in the unit of `at`. */
export interface LineWindow {
  readonly low: number
  readonly high: number
  readonly asOfDay: number
  readonly toDay: (at: number) => number
}

interface Work extends LineWindow {
  /** The first and last instant have the first and last day. */
  readonly ascends: boolean
  readonly spec: TotalsSpec
  readonly tally: Tally
  /** Work space for the days or orders of one customer. */
  scratch: Float64Array
}

export function lineWindow(spec: TotalsSpec, atKind: ClusteredLines['atKind']): LineWindow {
  const { zone, asOf, from } = spec
  const isDate = atKind === 'date'
  const asOfDay = dayOf(asOf, zone)
  return {
    low: from === undefined ? -Infinity : isDate ? dayOf(from, zone) : from,
    high: isDate ? asOfDay : asOf,
    asOfDay,
    toDay: isDate ? (day) => day : dayReader(spec),
  }
}

function prepare({ atKind }: ClusteredLines, spec: TotalsSpec): Work {
  return {
    ...lineWindow(spec, atKind),
    ascends: atKind === 'date' || daysAscend(spec.zone),
    spec,
    tally: {
      CUSTOMERS_WITHOUT_PURCHASE: 0,
      LINES_AFTER_AS_OF: 0,
      LINES_BEFORE_FROM: 0,
      LINES_WITHOUT_CUSTOMER: 0,
      ORDERS_NOT_POSITIVE: 0,
      RETURNS_DROPPED: 0,
    },
    scratch: new Float64Array(64),
  }
}

/** About 25 days: two changes of a zone are rarely in one bucket, and 56 years make 824 of them. */
const BUCKET_MS = 2 ** 31
const MOST_BUCKETS = 65_536

/**
 * Day of an instant. The first and last instants of customers lie anywhere, so the entry is looked up by bucket of time
 * instead of searched for: 5 ns against 30 ns.
 */
function dayReader({ zone }: TotalsSpec): (at: number) => number {
  const since = Float64Array.from(zone, (entry) => entry.since)
  const offset = Float64Array.from(zone, offsetMsOf)
  const last = zone.length - 1
  const base = since[0] as number
  const span = (since[last] as number) - base
  let width = BUCKET_MS
  while (span / width > MOST_BUCKETS) width *= 2
  const perMs = 1 / width // exact: a power of two
  const buckets = new Int32Array(Math.floor(span * perMs) + 1)
  for (let bucket = 0; bucket < buckets.length; bucket++) buckets[bucket] = entryIndex(zone, base + bucket * width)
  return (at) => {
    let i = 0
    if (at >= base) {
      const bucket = Math.floor((at - base) * perMs)
      i = bucket < buckets.length ? (buckets[bucket] as number) : last
      while (i < last && (since[i + 1] as number) <= at) i++
    }
    return Math.floor((at + (offset[i] as number)) / DAY_MS)
  }
}

type WritableTotals = Omit<Totals, 'counts'>

/** What the lines of one step of customers say, before days and rules. Reused from step to step. */
interface Sums {
  /** First and last instant or day of a purchase. */
  readonly first: Float64Array
  readonly last: Float64Array
  readonly purchaseLines: Int32Array
  readonly returnLines: Int32Array
  /** Lines outside of the window. */
  readonly left: Int32Array
}

function createSums(customers: number): Sums {
  const counts = (): Int32Array => new Int32Array(customers)
  return { first: new Float64Array(customers), last: new Float64Array(customers), purchaseLines: counts(), returnLines: counts(), left: counts() }
}

/** The hot loop, over lines: 7 ns each. Purchases go to `revenue`, orders by id to `orders`; {@link describeCustomers} does the rest. */
function sumLines({ offsets, at, amount, order }: ClusteredLines, { low, high }: Work, totals: WritableTotals, sums: Sums, from: number, to: number): void {
  const { orders, revenue, returnedRevenue } = totals
  for (let c = from; c < to; c++) {
    const end = offsets[c + 1] as number
    let first = Infinity
    let last = -Infinity
    let bought = 0
    let returned = 0
    let purchaseLines = 0
    let returnLines = 0
    let left = 0
    let distinct = 0
    let lastOrder = -1
    for (let i = offsets[c] as number; i < end; i++) {
      const t = at[i] as number
      if (t > high || t < low) {
        left++
        continue
      }
      const a = amount[i] as number
      if (a > 0) {
        bought += a
        purchaseLines++
        if (t < first) first = t
        if (t > last) last = t
        // Lines of an order are neighbours; a return between two purchases of one order does not split it. As a number: a
        // branch here is foreseen every other time.
        const code = order[i] as number
        distinct += +(code !== lastOrder)
        lastOrder = code
      } else if (a < 0) {
        returned -= a
        returnLines++
      }
    }
    revenue[c] = bought
    returnedRevenue[c] = returned
    orders[c] = distinct
    sums.first[c - from] = first
    sums.last[c - from] = last
    sums.purchaseLines[c - from] = purchaseLines
    sums.returnLines[c - from] = returnLines
    sums.left[c - from] = left
  }
}

function describeCustomers(store: ClusteredLines, work: Work, totals: WritableTotals, sums: Sums, from: number, to: number): void {
  const { offsets } = store
  const { asOfDay, toDay, ascends, tally } = work
  const { firstDay, lastDay, recencyDays, orders, revenue, returnedRevenue, lines } = totals
  const isNet = work.spec.returns === 'net'
  const byOrderId = work.spec.order === 'orderId'
  const byLine = work.spec.order === 'line'
  for (let c = from; c < to; c++) {
    const start = offsets[c] as number
    const end = offsets[c + 1] as number
    const purchaseLines = sums.purchaseLines[c - from] as number
    const returnLines = sums.returnLines[c - from] as number
    const left = sums.left[c - from] as number
    const bought = revenue[c] as number
    const returned = returnedRevenue[c] as number
    // Both only grew, so a sum that passed 2^53 on the way has not come back below.
    if (bought > Number.MAX_SAFE_INTEGER || returned > Number.MAX_SAFE_INTEGER) throw moneyRange(c)
    if (left > 0) countOutside(store, work, start, end)
    if (isNet) {
      revenue[c] = bought - returned
      lines[c] = end - start - left
    } else {
      lines[c] = end - start - left - returnLines
      tally.RETURNS_DROPPED += returnLines
    }
    if (purchaseLines === 0) {
      tally.CUSTOMERS_WITHOUT_PURCHASE++
      continue
    }
    if (!byOrderId) orders[c] = byLine ? purchaseLines : countDays(store, work, start, end)
    if (returnLines > 0 && isNet && !byLine) tally.ORDERS_NOT_POSITIVE += byOrderId ? countEmptiedOrders(store, work, start, end) : countEmptiedDays(store, work, start, end)
    firstDay[c] = ascends ? toDay(sums.first[c - from] as number) : edgeDay(store, work, start, end, -1)
    const lastDayOfCustomer = ascends ? toDay(sums.last[c - from] as number) : edgeDay(store, work, start, end, 1)
    lastDay[c] = lastDayOfCustomer
    recencyDays[c] = asOfDay - lastDayOfCustomer
  }
}

function countOutside({ at }: ClusteredLines, { low, high, tally }: Work, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    if ((at[i] as number) > high) tally.LINES_AFTER_AS_OF++
    else if ((at[i] as number) < low) tally.LINES_BEFORE_FROM++
  }
}

/** Least (`sign` -1) or greatest (1) day of the purchase lines, line by line. */
function edgeDay({ at, amount }: ClusteredLines, { low, high, toDay }: Work, start: number, end: number, sign: 1 | -1): number {
  let edge = -Infinity
  for (let i = start; i < end; i++) {
    const t = at[i] as number
    if (t <= high && t >= low && (amount[i] as number) > 0) {
      const day = sign * toDay(t)
      if (day > edge) edge = day
    }
  }
  return sign * edge
}

/** Distinct days with a purchase line. Lines of an order are neighbours and mostly share their day. */
function countDays({ at, amount }: ClusteredLines, work: Work, start: number, end: number): number {
  const { low, high, toDay } = work
  const days = scratchOf(work, end - start)
  let n = 0
  let before = NaN
  let instant = NaN
  for (let i = start; i < end; i++) {
    const t = at[i] as number
    if (t === instant || !(t <= high && t >= low && (amount[i] as number) > 0)) continue
    instant = t
    const day = toDay(t)
    if (day !== before) days[n++] = day
    before = day
  }
  return distinctOf(days, n)
}

/** Orders with a purchase line whose lines in the window sum to 0 or less: only one with a return line can be that. */
function countEmptiedOrders({ at, amount, order }: ClusteredLines, { low, high }: Work, start: number, end: number): number {
  let emptied = 0
  for (let i = start; i < end; i++) {
    if ((amount[i] as number) >= 0) continue
    const code = order[i]
    while (i > start && order[i - 1] === code) i--
    let sum = 0
    let hasPurchase = false
    for (; i < end && order[i] === code; i++) {
      const t = at[i] as number
      if (t > high || t < low) continue
      const a = amount[i] as number
      if (a > 0) hasPurchase = true
      sum += a
    }
    i-- // on the last line of the order: the next one may hold a return too
    if (hasPurchase && sum <= 0) emptied++
  }
  return emptied
}

/** The same with a day as the order. */
function countEmptiedDays({ at, amount }: ClusteredLines, { low, high, toDay }: Work, start: number, end: number): number {
  const days = new Map<number, { sum: number; hasPurchase: boolean }>()
  for (let i = start; i < end; i++) {
    const t = at[i] as number
    if (t > high || t < low) continue
    const a = amount[i] as number
    const day = toDay(t)
    const entry = days.get(day)
    if (entry === undefined) days.set(day, { sum: a, hasPurchase: a > 0 })
    else {
      entry.sum += a
      entry.hasPurchase ||= a > 0
    }
  }
  let emptied = 0
  for (const { sum, hasPurchase } of days.values()) if (hasPurchase && sum <= 0) emptied++
  return emptied
}

function scratchOf(work: Work, size: number): Float64Array {
  if (work.scratch.length < size) work.scratch = new Float64Array(2 * size)
  return work.scratch
}

/** How many of the first `n` values differ; sorts them. */
export function distinctOf(values: Float64Array, n: number): number {
  if (n < 2) return n
  if (n > 32) values.subarray(0, n).sort()
  else {
    for (let i = 1; i < n; i++) {
      const value = values[i] as number
      let j = i
      while (j > 0 && (values[j - 1] as number) > value) values[j] = values[--j] as number
      values[j] = value
    }
  }
  let distinct = 1
  for (let i = 1; i < n; i++) if (values[i] !== values[i - 1]) distinct++
  return distinct
}

function moneyRange(customer: number): DataContractError {
  return new DataContractError(
    'MONEY_RANGE',
    `The purchases or the returns of customer number ${customer} sum to more than 2^53 - 1 units. Beyond it a number loses single units. Use a smaller scale for the money field, or correct the amounts.`,
    { customer },
  )
}
