import { describe, expect, it } from 'vitest'
import { clusterTransactions, summariseCustomers } from './summariseCustomers.ts'
import { transactionColumnsFromRows } from './transactionColumnsFromRows.ts'

const spec = { asOf: Date.UTC(2015, 1, 7, 23), timeZone: 'UTC' }

describe('summariseCustomers', () => {
  it('counts the first transaction too: the toy of pymc-marketing, end 2015-02-07', () => {
    // tests/clv/test_utils.py: customer, date, value. Frequency counts days with a purchase.
    const rows = [[1, '2015-01-01', 1], [1, '2015-02-06', 2], [2, '2015-01-01', 2], [3, '2015-01-01', 3], [3, '2015-01-02', 1], [3, '2015-01-05', 5], [4, '2015-01-16', 6], [4, '2015-02-02', 3], [4, '2015-02-05', 3], [5, '2015-01-16', 3], [5, '2015-01-17', 1], [5, '2015-01-18', 8], [6, '2015-02-02', 5]] as const
    const columns = transactionColumnsFromRows(rows.map(([id, day, amount]) => ({ customerId: String(id), at: new Date(day), amount })))
    const { orders, recencyDays, revenue } = summariseCustomers(columns, { ...spec, order: 'day' })
    const rfm = Array.from(orders, (count, row) => [count, recencyDays[row], revenue[row]! / 100 / count])
    expect(rfm).toEqual([[2, 1, 1.5], [1, 37, 2], [3, 33, 3], [3, 2, 4], [3, 20, 4], [1, 5, 5]])
  })

  it('counts days in the zone of the shop', () => {
    const columns = transactionColumnsFromRows([{ customerId: 'a', orderId: '1', at: Date.UTC(2015, 0, 31, 23, 30), amount: 1 }])
    const daysIn = (timeZone: string) => summariseCustomers(columns, { ...spec, timeZone }).recencyDays[0]
    expect([daysIn('UTC'), daysIn('Europe/Oslo'), daysIn('America/New_York')]).toEqual([7, 7, 7])
    const noon = { ...spec, asOf: Date.UTC(2015, 1, 7, 12) }
    expect(['UTC', 'Europe/Oslo', 'Asia/Tokyo'].map((timeZone) => summariseCustomers(columns, { ...noon, timeZone }).recencyDays[0])).toEqual([7, 6, 6])
  })

  it('keeps the ids, counts strangers, and changes no input', () => {
    const columns = transactionColumnsFromRows([{ customerId: '__proto__', at: 0, amount: 1.5 }, { customerId: null, at: 0, amount: 1 }, { customerId: '', at: 0, amount: 1 }], { currency: 'EUR' })
    const before = structuredClone(columns)
    const totals = summariseCustomers(columns, spec)
    expect(columns).toEqual(before)
    expect([totals.customerIds, totals.revenue[0], totals.currency, totals.scale]).toEqual([['__proto__'], 150, 'EUR', 2])
    expect(totals.warnings).toEqual([{ code: 'LINES_WITHOUT_CUSTOMER', count: 2 }])
  })

  it('gives the same from lines clustered once', () => {
    const rows = [['b', 2, 300], ['a', 1, 100], ['b', 1, -50], ['a', 1, 40], ['c', 3, 0]] as const
    const columns = transactionColumnsFromRows(rows.map(([customerId, orderId, amount], i) => ({ customerId, orderId: String(orderId), at: new Date(2015, 0, 1 + i), amount })))
    const lines = clusterTransactions(columns)
    for (const order of ['orderId', 'day', 'line'] as const) expect(summariseCustomers(lines, { ...spec, order })).toEqual(summariseCustomers(columns, { ...spec, order }))
  })

  it('answers for no line at all', () => {
    expect(summariseCustomers(transactionColumnsFromRows([]), spec)).toMatchObject({ count: 0, customerIds: [], warnings: [] })
  })
})

describe('transactionColumnsFromRows', () => {
  it('takes float noise for noise and further decimals for an error', () => {
    const units = (amount: number, scale: number) => transactionColumnsFromRows([{ customerId: 'a', at: 0, amount }], { scale }).amount[0]
    expect([units(6 * 2.55, 2), units(0.1 + 0.2, 2), units(-1.005, 3), units(2.5, 1), units(-0, 0)]).toEqual([1530, 30, -1005, 25, 0])
    for (const [amount, scale] of [[1.005, 2], [0.5, 0], [2 ** 53, 1]] as const) expect(() => units(amount, scale)).toThrow(expect.objectContaining({ code: 'NOT_INTEGER' }))
    for (const amount of [NaN, Infinity]) expect(() => units(amount, 2)).toThrow(expect.objectContaining({ code: 'VALUE_NOT_FINITE' }))
  })

  it('names the row of a time that is none', () => {
    const rows = [{ customerId: 'a', at: 0, amount: 1 }, { customerId: 'a', at: new Date('2024-02-31T'), amount: 1 }]
    expect(() => transactionColumnsFromRows(rows)).toThrow(expect.objectContaining({ code: 'DATE_INVALID', details: { index: 1 } }))
  })

  it('never takes the number of a line for the id of an order', () => {
    const { order } = transactionColumnsFromRows([{ customerId: 'a', at: 0, amount: 1 }, { customerId: 'a', orderId: '0', at: 0, amount: 1 }, { customerId: 'a', orderId: 'l0', at: 0, amount: 1 }])
    expect(new Set(order).size).toBe(3)
  })

  it('refuses a scale outside of 0 to 6', () => {
    for (const scale of [-1, 7, 1.5]) expect(() => transactionColumnsFromRows([], { scale })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
