import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCustomerLedger } from './createCustomerLedger.ts'
import type { CustomerFigures, LedgerLine } from './index.ts'
import { describeRfmGrid } from './describeRfmGrid.ts'
import type { CustomerTotals, RfmSpecOptions } from './rfm.types.ts'
import { summariseCustomers } from './summariseCustomers.ts'
import { windowArbitrary } from './testing/runRfm.ts'
import { transactionColumnsFromRows } from './transactionColumnsFromRows.ts'

const asOf = Date.UTC(2024, 5, 30, 12)
const spec: RfmSpecOptions = { asOf, timeZone: 'Europe/Berlin' }
const money = { currency: 'EUR' }
const line = (lineId: string, customerId: string | null, orderId: string, daysAgo: number, amount: number): LedgerLine => ({ lineId, customerId, orderId, at: asOf - daysAgo * 86_400_000, amount })

/** What a rebuild over the lines gives, customer by customer: their order is that of the first line that is left. */
function rebuilt(lines: readonly LedgerLine[], window: RfmSpecOptions): object {
  return plain(summariseCustomers(transactionColumnsFromRows(lines, money), window))
}

function plain({ customerIds, warnings, currency, scale, count, ...columns }: CustomerTotals): object {
  const rows = customerIds.map((id, row) => [id, ...(['firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines'] as const).map((name) => columns[name][row])])
  return { rows: rows.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)), warnings, currency, scale, count }
}

/** Booked at any time before and after `asOf`; orders span calls; the same few customers and days again and again. */
const bookedArbitrary = fc.record({
  customerId: fc.constantFrom('a', 'b', 'c', '__proto__', 'ключ', null, ''),
  orderId: fc.constantFrom('1', '2', '3', '4', undefined),
  at: fc.integer({ min: -40, max: 120 }).map((hours) => asOf - hours * 7 * 3_600_000),
  amount: fc.integer({ min: -3000, max: 6000 }).map((cents) => cents / 100),
})
const stepArbitrary = fc.oneof(
  fc.record({ add: fc.array(bookedArbitrary, { maxLength: 6 }) }),
  fc.record({ refund: fc.nat() }),
  fc.record({ remove: fc.array(fc.nat(), { maxLength: 4 }) }),
  fc.record({ correct: fc.nat(), to: bookedArbitrary }),
)

describe('createCustomerLedger', () => {
  it('equals a rebuild over the surviving lines after every change, and tells what changed for whom', () => {
    const fromArbitrary = fc.constantFrom(undefined, asOf - 20 * 86_400_000)
    fc.assert(
      fc.property(windowArbitrary, fromArbitrary, fc.array(stepArbitrary, { maxLength: 14 }), (window, from, steps) => {
        const own = { ...window, ...(from === undefined ? {} : { from }) }
        const ledger = createCustomerLedger(own, money)
        let lines: LedgerLine[] = []
        const seen = new Map<string, CustomerFigures | null>()
        let made = 0
        const named = (row: (typeof bookedArbitrary extends fc.Arbitrary<infer Row> ? Row : never), lineId = `l${made++}`): LedgerLine => {
          const { orderId, ...rest } = row
          return { lineId, ...rest, ...(orderId === undefined ? {} : { orderId }) }
        }
        for (const step of steps) {
          const pick = (number: number): LedgerLine => lines[number % lines.length]!
          let changes
          let concerned: (string | null)[]
          if ('add' in step) {
            const added = step.add.map((row) => named(row))
            concerned = added.map(({ customerId }) => customerId)
            changes = ledger.add(added)
            lines = [...lines, ...added]
          } else if (lines.length === 0) {
            continue
          } else if ('refund' in step) {
            const { customerId, orderId, amount, at } = pick(step.refund)
            const refund = { lineId: `l${made++}`, customerId, ...(orderId === undefined ? {} : { orderId }), amount: -amount, at: Number(at) + 3_600_000 }
            concerned = [customerId]
            changes = ledger.add([refund])
            lines = [...lines, refund]
          } else if ('remove' in step) {
            const gone = [...new Set(step.remove.map(pick))]
            concerned = gone.map(({ customerId }) => customerId)
            changes = ledger.remove(gone.map(({ lineId }) => lineId))
            lines = lines.filter((one) => !gone.includes(one))
          } else {
            const old = pick(step.correct)
            const corrected = named(step.to, old.lineId)
            concerned = [old.customerId, corrected.customerId]
            changes = ledger.correct([corrected])
            lines = lines.map((one) => (one === old ? corrected : one))
          }
          expect(plain(ledger.totals())).toEqual(rebuilt(lines, own))
          expect(new Set(changes.map(({ customerId }) => customerId))).toEqual(new Set(concerned.filter(Boolean)))
          for (const { customerId, before: was, after } of changes) {
            expect(was).toEqual(seen.get(customerId) ?? null)
            expect(after).toEqual(ledger.customer(customerId))
            seen.set(customerId, after)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  it('books a refund, and forgets an order that was deleted', () => {
    const ledger = createCustomerLedger(spec, money)
    ledger.add([line('l1', 'ann', 'o1', 40, 100), line('l2', 'ann', 'o2', 3, 25), line('l3', 'bob', 'o3', 1, 9.99)])
    const ann = ledger.customer('ann')
    expect(ann).toMatchObject({ recencyDays: 3, orders: 2, revenue: 12_500, returnedRevenue: 0, lines: 2 })
    expect(ledger.add([line('l4', 'ann', 'o1', 2, -30)])).toEqual([{ customerId: 'ann', before: ann, after: { ...ann, revenue: 9_500, returnedRevenue: 3_000, lines: 3 } }])
    expect(ledger.remove(['l2'])[0]!.after).toMatchObject({ recencyDays: 40, orders: 1, revenue: 7_000 })
    expect(ledger.remove(['l3'])).toEqual([{ customerId: 'bob', before: expect.objectContaining({ orders: 1 }), after: null }])
    expect(ledger.totals().customerIds).toEqual(['ann'])
    expect(ledger.remove(['l1', 'l4'])[0]!.after).toBeNull()
    expect(ledger.totals()).toMatchObject({ count: 0, warnings: [] })
  })

  it('says null days where only returns or later lines are left', () => {
    const ledger = createCustomerLedger(spec, money)
    ledger.add([line('l1', 'ann', 'o1', 3, -5), line('l2', 'bob', 'o2', -1, 5)])
    expect([ledger.customer('ann'), ledger.customer('bob')]).toMatchObject([{ lastDay: null, orders: 0, revenue: -500, lines: 1 }, { lastDay: null, orders: 0, lines: 0 }])
    expect(ledger.totals().warnings).toEqual([{ code: 'CUSTOMERS_WITHOUT_PURCHASE', count: 2 }, { code: 'LINES_AFTER_AS_OF', count: 1 }])
  })

  it('leaves everything as it was when a change is refused', () => {
    const ledger = createCustomerLedger(spec, money)
    ledger.add([line('l1', 'ann', 'o1', 3, 5), line('l2', 'bob', 'o2', 3, 5)])
    const before = ledger.totals()
    const most = Number.MAX_SAFE_INTEGER / 100
    const refused: [() => unknown, string][] = [
      [() => ledger.add([line('l3', 'cy', 'o3', 1, 5), line('l1', 'cy', 'o3', 1, 5)]), 'KEY_DUPLICATE'],
      [() => ledger.add([line('l3', 'cy', 'o3', 1, 5), line('l3', 'cy', 'o3', 1, 5)]), 'KEY_DUPLICATE'],
      [() => ledger.add([line('l3', 'cy', 'o3', 1, 5), line('', 'cy', 'o3', 1, 5)]), 'ID_MISSING'],
      [() => ledger.add([line('l3', 'cy', 'o3', 1, 5), line('l4', 'cy', 'o3', NaN, 5)]), 'DATE_INVALID'],
      [() => ledger.add([line('l3', 'cy', 'o3', 1, 5.001)]), 'NOT_INTEGER'],
      [() => ledger.add([line('l3', 'cy', 'o3', 1, most), line('l4', 'cy', 'o3', 1, most)]), 'MONEY_RANGE'],
      [() => ledger.remove(['l1', 'l9']), 'KEY_UNKNOWN'],
      [() => ledger.remove(['l1', 'l1']), 'KEY_DUPLICATE'],
      [() => ledger.correct([line('l1', 'ann', 'o1', 3, 6), line('l9', 'ann', 'o1', 3, 6)]), 'KEY_UNKNOWN'],
    ]
    for (const [change, code] of refused) expect(change).toThrow(expect.objectContaining({ code }))
    expect(ledger.totals()).toBe(before)
    expect(ledger.customer('cy')).toBeNull()
    ledger.add([line('l3', 'cy', 'o3', 1, 5)])
    expect(ledger.totals().customerIds).toEqual(['ann', 'bob', 'cy'])
  })

  it('counts days as they are where the lines have dates', () => {
    const ledger = createCustomerLedger(spec, { ...money, atKind: 'date' })
    const day = Math.floor(asOf / 86_400_000)
    ledger.add([{ lineId: 'l1', customerId: 'ann', at: day - 2, amount: 1 }, { lineId: 'l2', customerId: 'ann', at: day + 1, amount: 1 }])
    expect(ledger.customer('ann')).toMatchObject({ recencyDays: 2, orders: 1 })
  })

  it('takes neighbouring lines out of one customer one by one', () => {
    for (const order of [[2, 1, 3], [2, 3, 1], [4, 3, 2], [0, 1, 2]]) {
      const rows = Array.from({ length: 5 }, (_, i) => line(`l${i}`, 'ann', `o${i}`, i, 1 + i))
      const ledger = createCustomerLedger(spec, money)
      ledger.add(rows)
      let left = rows
      for (const gone of order) {
        ledger.remove([`l${gone}`])
        left = left.filter(({ lineId }) => lineId !== `l${gone}`)
        expect(plain(ledger.totals())).toEqual(rebuilt(left, spec))
      }
      ledger.add([line('l9', 'ann', 'o9', 9, 9)])
      expect(plain(ledger.totals())).toEqual(rebuilt([...left, line('l9', 'ann', 'o9', 9, 9)], spec))
    }
  })

  it('takes many lines out of one customer, oldest first or newest first', () => {
    // Walking the lines for each that goes would be 5 * 10^9 steps: it would not end within the time of a test.
    const rows = Array.from({ length: 100_000 }, (_, i) => line(`l${i}`, 'guest', `o${i}`, i % 90, 1))
    const ledger = createCustomerLedger(spec, money)
    ledger.add(rows)
    ledger.remove(rows.slice(0, 60_000).map(({ lineId }) => lineId))
    expect(ledger.customer('guest')).toMatchObject({ orders: 40_000, lines: 40_000 })
    ledger.remove(rows.slice(60_001).toReversed().map(({ lineId }) => lineId))
    expect(ledger.customer('guest')).toMatchObject({ orders: 1, revenue: 100, recencyDays: 60_000 % 90 })
  })

  it('feeds the grid, and keeps what was handed out', () => {
    const ledger = createCustomerLedger(spec, money)
    const rows = Array.from({ length: 3000 }, (_, i) => line(`l${i}`, `c${i % 1500}`, `o${i}`, i % 90, 1 + (i % 37)))
    ledger.add(rows)
    const before = ledger.totals()
    const copy = structuredClone(before)
    const grid = describeRfmGrid(before, spec)
    ledger.remove(rows.slice(0, 1000).map(({ lineId }) => lineId))
    expect(before).toEqual(copy)
    expect(describeRfmGrid(ledger.totals(), spec).totals).toEqual(describeRfmGrid(summariseCustomers(transactionColumnsFromRows(rows.slice(1000), money), spec), spec).totals)
    ledger.add(rows.slice(0, 1000))
    expect(describeRfmGrid(ledger.totals(), spec)).toEqual(grid)
    // Customers beyond the room there was at first.
    ledger.remove(rows.slice(1200, 1300).map(({ lineId }) => lineId))
    const left = [...rows.slice(0, 1200), ...rows.slice(1300)]
    expect(plain(ledger.totals())).toEqual(rebuilt(left, spec))
  })
})
