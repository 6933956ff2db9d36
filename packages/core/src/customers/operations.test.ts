import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expr, Selection } from '../adapter/contract.ts'
import { runToEnd } from '../shared/steps.ts'
import { runLocally } from '../shared/collector.ts'
import { residentShop, SHOP_AS_OF, shopCustomersArbitrary, shopLinesArbitrary } from '../shared/testing/residentShop.ts'
import type { ShopCustomer, ShopLine } from '../shared/testing/residentShop.ts'
import type { CustomerCountRequest, CustomersRequest } from './customers.types.ts'
import { customerValue } from './customerValue.ts'
import { customerCountOperation, customersOperation, customersOperations } from './operations.ts'

const spec = { asOf: SHOP_AS_OF, timeZone: 'Europe/Berlin' }
const byRevenue = [{ field: 'revenue', direction: 'descending', nulls: 'last' }] as const

function page(customers: readonly ShopCustomer[], lines: readonly ShopLine[], request: CustomersRequest) {
  return runToEnd(runLocally(customersOperation, request, residentShop(customers, lines)))
}

function count(customers: readonly ShopCustomer[], lines: readonly ShopLine[], request: CustomerCountRequest) {
  return runToEnd(runLocally(customerCountOperation, request, residentShop(customers, lines)))
}

const shop: [ShopCustomer[], ShopLine[]] = [
  [{ customerId: 'a', city: 'Oslo' }, { customerId: 'b', city: 'Lima' }, { customerId: 'p', city: null }],
  [
    { customerId: 'a', orderId: '1', at: SHOP_AS_OF - 86_400_000, amount: 1000 },
    { customerId: 'b', orderId: '2', at: SHOP_AS_OF, amount: 5000 },
    { customerId: 'b', orderId: '3', at: SHOP_AS_OF, amount: 700 },
  ],
]

describe('customersOperation', () => {
  it('gives fields with their types, in the order of select', () => {
    const result = page(...shop, { spec, select: ['city', 'revenue', 'recencyDays', 'lastDay'], order: byRevenue, limit: 10 })
    expect(result.columns.map(({ name, type }) => [name, type])).toEqual([
      ['city', { kind: 'text' }],
      ['revenue', { kind: 'money', currency: 'EUR', scale: 2 }],
      ['recencyDays', { kind: 'integer' }],
      ['lastDay', { kind: 'date' }],
    ])
    expect(Array.from({ length: result.rows }, (_, row) => ['city', 'revenue', 'recencyDays'].map((field) => customerValue(result, row, field)))).toEqual([['Lima', 5700, 0], ['Oslo', 1000, 1], [null, 0, null]])
    expect([customerValue(result, 3, 'city'), customerValue(result, 0, '__proto__')]).toEqual([undefined, undefined])
    expect(result.warnings).toEqual([{ code: 'CUSTOMERS_WITHOUT_PURCHASE', count: 1 }])
  })

  it('joins selection and filter', () => {
    const selection: Selection = { label: 'big', where: { op: 'ge', field: 'revenue', value: 1000 }, ranges: [{ field: 'orders', upTo: 1 }] }
    const filter: Expr = { op: 'eq', field: 'city', value: 'Oslo' }
    const ids = (request: Partial<CustomersRequest>) => {
      const result = page(...shop, { spec, select: ['customerId'], order: [], limit: 10, ...request })
      return Array.from({ length: result.rows }, (_, row) => customerValue(result, row, 'customerId'))
    }
    expect([ids({}), ids({ selection }), ids({ filter }), ids({ selection, filter: { op: 'eq', field: 'city', value: 'Lima' } })]).toEqual([['a', 'b', 'p'], ['a'], ['a'], []])
  })

  it('reaches every customer once, page by page, whatever the size of the page', () => {
    fc.assert(
      fc.property(shopCustomersArbitrary, shopLinesArbitrary, fc.integer({ min: 1, max: 5 }), (customers, lines, limit) => {
        const request: CustomersRequest = { spec, select: ['customerId', 'revenue'], order: byRevenue, limit }
        const all = page(customers, lines, { ...request, limit: 1000 })
        const ids = (result: typeof all) => Array.from({ length: result.rows }, (_, row) => customerValue(result, row, 'customerId'))
        const paged: unknown[] = []
        let after: string | null = null
        do {
          const result = page(customers, lines, { ...request, ...(after === null ? {} : { after }) })
          paged.push(...ids(result))
          after = result.next
        } while (after !== null)
        expect(paged).toEqual(ids(all))
        expect(new Set(paged).size).toBe(paged.length)
        expect(count(customers, lines, { spec }).customers).toBe(all.rows)
      }),
    )
  })

  it('refuses a field that is not there', () => {
    expect(() => page(...shop, { spec, select: ['shoeSize'], order: [], limit: 10 })).toThrow(expect.objectContaining({ code: 'FIELD_UNKNOWN' }))
    expect(() => page(...shop, { spec, select: [], order: [], limit: 0 })).toThrow(expect.objectContaining({ code: 'LIMIT_RANGE' }))
  })
})

describe('customerCountOperation', () => {
  it('counts customers, orders and revenue of a choice', () => {
    expect(count(...shop, { spec })).toMatchObject({ customers: 3, orders: 3, revenue: 6700, currency: 'EUR', scale: 2 })
    expect(count(...shop, { spec, filter: { op: 'eq', field: 'city', value: 'Lima' } })).toMatchObject({ customers: 1, orders: 2, revenue: 5700 })
  })

  it('counts nobody as nobody', () => {
    expect(count([], [], { spec })).toMatchObject({ customers: 0, orders: 0, revenue: 0, warnings: [] })
    expect(count(...shop, { spec, filter: { op: 'or', of: [] } })).toMatchObject({ customers: 0, revenue: 0 })
  })

  it('says when a sum had to be rounded', () => {
    const lines = ['a', 'b', 'c'].map((customerId) => ({ customerId, orderId: customerId, at: 0, amount: Number.MAX_SAFE_INTEGER }))
    expect(count([], lines, { spec })).toMatchObject({ revenue: 3 * Number.MAX_SAFE_INTEGER, warnings: [{ code: 'SUM_ROUNDED', count: 1 }] })
  })
})

it('both operations are offered to the worker', () => {
  expect(customersOperations.map(({ name }) => name)).toEqual(['customers/page', 'customers/count'])
})
