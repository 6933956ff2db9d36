import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TotalsSpec, WarningCount } from '../adapter/contract.ts'
import { clusterTransactions, type TransactionColumns } from './cluster.ts'
import { runToEnd } from './steps.ts'
import { totalsOf, totalsOfLines } from './totals.ts'
import { resolveZone } from './resolveZone.ts'

interface Line {
  readonly customer: number
  readonly order: number
  readonly at: number
  readonly amount: number
}

const DAY = 86_400_000

/** Days by a calendar, not by offsets: what the totals must agree with. */
function calendarDay(at: number, timeZone: string): number {
  const text = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
  return Date.parse(`${text}T00:00:00Z`) / DAY
}

/** Slow and obvious: objects, sets, one line at a time, a calendar for each. */
function slowTotals(lines: readonly Line[], customers: number, timeZone: string | null, spec: TotalsSpec) {
  const dayOfLine = (at: number) => (timeZone === null ? at : calendarDay(at, timeZone))
  const asOfDay = calendarDay(spec.asOf, timeZone ?? 'UTC')
  const fromDay = spec.from === undefined ? -Infinity : calendarDay(spec.from, timeZone ?? 'UTC')
  const tally: Record<string, number> = {}
  const count = (code: string) => (tally[code] = (tally[code] ?? 0) + 1)
  const used = lines.filter(({ customer, at }) => {
    if (customer < 0) return count('LINES_WITHOUT_CUSTOMER') < 0
    if (timeZone === null ? at > asOfDay : at > spec.asOf) return count('LINES_AFTER_AS_OF') < 0
    if (timeZone === null ? at < fromDay : at < (spec.from ?? -Infinity)) return count('LINES_BEFORE_FROM') < 0
    return true
  })
  const rows = Array.from({ length: customers }, (_, customer) => {
    const own = used.filter((line) => line.customer === customer)
    const purchases = own.filter(({ amount }) => amount > 0)
    const returns = own.filter(({ amount }) => amount < 0)
    const keyOf = (line: Line) => (spec.order === 'day' ? dayOfLine(line.at) : spec.order === 'orderId' ? line.order : line)
    const orders = new Set(purchases.map(keyOf))
    if (orders.size === 0) count('CUSTOMERS_WITHOUT_PURCHASE')
    if (spec.returns === 'drop') returns.forEach(() => count('RETURNS_DROPPED'))
    else if (spec.order !== 'line') {
      for (const order of orders) if (own.filter((line) => keyOf(line) === order).reduce((sum, { amount }) => sum + amount, 0) <= 0) count('ORDERS_NOT_POSITIVE')
    }
    const days = purchases.map(({ at }) => dayOfLine(at))
    const kept = spec.returns === 'net' ? own : own.filter(({ amount }) => amount >= 0)
    return {
      firstDay: days.length === 0 ? null : Math.min(...days),
      lastDay: days.length === 0 ? null : Math.max(...days),
      recencyDays: days.length === 0 ? null : asOfDay - Math.max(...days),
      orders: orders.size,
      revenue: kept.reduce((sum, { amount }) => sum + amount, 0),
      returnedRevenue: returns.reduce((sum, { amount }) => sum - amount, 0),
      lines: kept.length,
    }
  })
  const counts: WarningCount[] = Object.keys(tally)
    .sort()
    .map((code) => ({ code: code as WarningCount['code'], count: tally[code] as number }))
  return { rows, counts }
}

function columnsOf(lines: readonly Line[], customers: number, atKind: 'instant' | 'date' = 'instant'): TransactionColumns {
  return {
    customers,
    customer: Int32Array.from(lines, (line) => line.customer),
    order: Int32Array.from(lines, (line) => line.order),
    at: Float64Array.from(lines, (line) => line.at),
    atKind,
    amount: Float64Array.from(lines, (line) => line.amount),
  }
}

function fastTotals(columns: TransactionColumns, spec: TotalsSpec) {
  const totals = runToEnd(totalsOfLines(runToEnd(clusterTransactions(columns)), spec))
  const rows = Array.from({ length: totals.count }, (_, c) => {
    const orders = totals.orders[c] as number
    const day = (values: Int32Array) => (orders === 0 ? null : (values[c] as number))
    return {
      firstDay: day(totals.firstDay),
      lastDay: day(totals.lastDay),
      recencyDays: day(totals.recencyDays),
      orders,
      revenue: totals.revenue[c] as number,
      returnedRevenue: totals.returnedRevenue[c] as number,
      lines: totals.lines[c] as number,
    }
  })
  return { rows, counts: totals.counts }
}

/** Clocks that change by an hour, by 30 minutes, by two, over midnight, by a whole day, or not at all. */
const CHANGES = [
  ['America/New_York', Date.UTC(2024, 2, 10, 7)],
  ['America/New_York', Date.UTC(2024, 10, 3, 6)],
  ['Europe/London', Date.UTC(2024, 2, 31, 1)],
  ['Europe/London', Date.UTC(2024, 9, 27, 1)],
  ['Asia/Kolkata', Date.UTC(2024, 5, 1)],
  ['Pacific/Apia', Date.UTC(2011, 11, 30, 10)], // 30 December 2011 never was
  ['America/Havana', Date.UTC(2024, 10, 3, 5)],
  ['America/St_Johns', Date.UTC(2008, 10, 2, 2, 31)], // 00:01 back to 23:01: a later instant on an earlier day
  ['Australia/Lord_Howe', Date.UTC(2024, 3, 6, 15)],
  ['Antarctica/Troll', Date.UTC(2024, 2, 31, 1)],
  ['Asia/Gaza', Date.UTC(2024, 3, 20, 0)],
] as const

const lineNear = (around: number) =>
  fc.record({
    customer: fc.integer({ min: -1, max: 3 }),
    order: fc.integer({ min: 0, max: 4 }),
    at: fc.integer({ min: -40 * 3_600_000, max: 40 * 3_600_000 }).map((shift) => around + shift),
    amount: fc.integer({ min: -4, max: 5 }),
  })

const choices = fc.record({
  order: fc.constantFrom('orderId', 'day', 'line'),
  returns: fc.constantFrom('net', 'drop'),
  asOfHours: fc.integer({ min: -10, max: 60 }),
  fromHours: fc.option(fc.integer({ min: -60, max: -11 })),
})

describe('customer totals', () => {
  test.each(CHANGES)('agree with a calendar around a change of the clock in %s', (timeZone, around) => {
    fc.assert(
      fc.property(fc.array(lineNear(around), { maxLength: 30 }), choices, (lines, { order, returns, asOfHours, fromHours }) => {
        const asOf = around + asOfHours * 3_600_000
        const from = fromHours === null ? {} : { from: around + fromHours * 3_600_000 }
        const spec: TotalsSpec = { asOf, ...from, zone: resolveZone(timeZone, 0, asOf), order, returns }
        expect(fastTotals(columnsOf(lines, 4), spec)).toEqual(slowTotals(lines, 4, timeZone, spec))
      }),
      { numRuns: 60 },
    )
  })

  test('take dates as they are, whatever the zone', () => {
    const day = fc.integer({ min: 19_000, max: 19_010 })
    const line = fc.record({ customer: fc.integer({ min: -1, max: 2 }), order: fc.integer({ min: 0, max: 3 }), at: day, amount: fc.integer({ min: -3, max: 4 }) })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), day, fc.option(day), choices, (lines, asOfDay, fromDay, { order, returns }) => {
        fc.pre(fromDay === null || fromDay <= asOfDay)
        const spec: TotalsSpec = { asOf: asOfDay * DAY + 5, ...(fromDay === null ? {} : { from: fromDay * DAY }), zone: [{ since: 0, offsetMinutes: 0 }], order, returns }
        expect(fastTotals(columnsOf(lines, 3, 'date'), spec)).toEqual(slowTotals(lines, 3, null, spec))
      }),
    )
  })

  test('do not depend on the order of the lines', () => {
    const around = Date.UTC(2024, 9, 27, 1)
    const shuffled = fc.array(lineNear(around), { maxLength: 40 }).chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })))
    fc.assert(
      fc.property(shuffled, choices, ([lines, other], { order, returns }) => {
        const spec: TotalsSpec = { asOf: around + DAY, zone: resolveZone('Europe/London', 0, around + DAY), order, returns }
        expect(fastTotals(columnsOf(other, 4), spec)).toEqual(fastTotals(columnsOf(lines, 4), spec))
      }),
    )
  })

  test('of one customer with 100,000 lines count its orders once each', () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => ({ customer: 0, order: (i * 7919) % 5_000, at: i * 60_000, amount: 1 + (i % 3) }))
    const spec: TotalsSpec = { asOf: 1e12, zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' }
    expect(fastTotals(columnsOf(lines, 1), spec).rows[0]).toMatchObject({ orders: 5_000, lines: 100_000, revenue: lines.reduce((sum, { amount }) => sum + amount, 0) })
    expect(fastTotals(columnsOf(lines, 1), { ...spec, order: 'day' }).rows[0]?.orders).toBe(Math.ceil(100_000 / 1440))
  })

  const spec: TotalsSpec = { asOf: 1000, zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' }
  const sale = (amount: number, customer = 0): Line => ({ customer, order: 0, at: 0, amount })

  test('stay exact up to 2^53 - 1 and refuse more', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(fastTotals(columnsOf([sale(most - 1), sale(1)], 1), spec).rows[0]?.revenue).toBe(most)
    expect(() => fastTotals(columnsOf([sale(most), sale(1)], 1), spec)).toThrowError(expect.objectContaining({ code: 'MONEY_RANGE', details: { customer: 0 } }))
    expect(() => fastTotals(columnsOf([sale(-most), sale(most), sale(-1)], 1), spec)).toThrowError(expect.objectContaining({ code: 'MONEY_RANGE' }))
    // Both halves at the limit: neither alone is beyond it.
    expect(fastTotals(columnsOf([sale(most), sale(-most)], 1), spec).rows[0]).toMatchObject({ revenue: 0, returnedRevenue: most })
  })

  test('of no line and of no customer are empty', () => {
    expect(fastTotals(columnsOf([], 0), spec)).toEqual({ rows: [], counts: [] })
    expect(fastTotals(columnsOf([], 2), spec).counts).toEqual([{ code: 'CUSTOMERS_WITHOUT_PURCHASE', count: 2 }])
  })

  test('of a customer with returns alone are negative and have no day', () => {
    expect(fastTotals(columnsOf([sale(-5)], 1), spec).rows[0]).toEqual({
      firstDay: null,
      lastDay: null,
      recencyDays: null,
      orders: 0,
      revenue: -5,
      returnedRevenue: 5,
      lines: 1,
    })
    expect(Object.is(fastTotals(columnsOf([sale(-5)], 1), { ...spec, returns: 'drop' }).rows[0]?.revenue, 0)).toBe(true)
  })

  test('are remembered per columns and spec, by content', () => {
    const lines = runToEnd(clusterTransactions(columnsOf([sale(5)], 1)))
    const first = runToEnd(totalsOf(lines, spec))
    expect(runToEnd(totalsOf(lines, { ...spec }))).toBe(first)
    expect(runToEnd(totalsOf(lines, { ...spec, asOf: 2000 }))).not.toBe(first)
  })
})

describe('clusterTransactions', () => {
  test('takes clustered columns as they are', () => {
    const columns = columnsOf([{ customer: 0, order: 7, at: 1, amount: 1 }, { customer: 0, order: 3, at: 2, amount: 1 }, { customer: 2, order: 3, at: 2, amount: 1 }], 3)
    const lines = runToEnd(clusterTransactions(columns))
    expect(lines.at).toBe(columns.at)
    expect([...lines.offsets]).toEqual([0, 2, 2, 3])
  })

  test('copies before it groups the orders of clustered customers', () => {
    const columns = columnsOf([7, 3, 7].map((order) => ({ customer: 0, order, at: order, amount: order })), 1)
    const lines = runToEnd(clusterTransactions(columns))
    expect([...lines.order]).toEqual([3, 7, 7])
    expect([...lines.at]).toEqual([3, 7, 7])
    expect([...(columns.order ?? [])]).toEqual([7, 3, 7])
  })

  test.each([
    ['a fraction of a unit', { amount: 1.5 }],
    ['an amount beyond 2^53 - 1', { amount: 2 ** 53 }],
    ['an amount that is not a number', { amount: NaN }],
    ['an infinite time', { at: Infinity }],
    ['a customer code beyond the customers', { customer: 1 }],
  ])('refuses %s', (_, fault) => {
    const line = { customer: 0, order: 0, at: 0, amount: 1, ...fault }
    expect(() => runToEnd(clusterTransactions(columnsOf([line], 1)))).toThrowError(expect.objectContaining({ code: 'DATA_INVALID', details: expect.objectContaining({ index: 0 }) }))
  })

  test('refuses columns of different lengths', () => {
    const columns = { ...columnsOf([{ customer: 0, order: 0, at: 0, amount: 1 }], 1), amount: new Float64Array(2) }
    expect(() => runToEnd(clusterTransactions(columns))).toThrowError(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
  })
})
