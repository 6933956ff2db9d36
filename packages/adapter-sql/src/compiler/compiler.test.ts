import type { Expr, SummaryRequest } from '@crm/core/adapter'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bindMapping } from '../duckdb/bindMapping.ts'
import { duckdbDialect } from '../duckdb/duckdbDialect.ts'
import { pairsPlan } from './pairs.ts'
import { scanPlan } from './scan.ts'
import { param, render, sql, trusted, type Sql } from './sql.ts'
import { binsPlan, pagePlan } from './summaries.ts'
import { daysAscend, daySql, entriesBetween } from './zone.ts'

const columns = ['id', 'line', 'customer', 'product', 'rating', 'at', 'amount', 'name', 'tenant'].map((name) => ({ name, type: name === 'at' ? 'TIMESTAMP' : name === 'amount' || name === 'rating' ? 'BIGINT' : 'VARCHAR', nullable: true }))
const model = await bindMapping(
  {
    customers: { table: 'people', fields: { customerId: { column: 'id' }, name: { column: 'name' } } },
    transactions: {
      table: 'sales',
      fields: {
        lineId: { column: 'line' },
        orderId: { column: 'id' },
        customerId: { column: 'customer' },
        productId: { column: 'product' },
        at: { column: 'at' },
        amount: { column: 'amount', type: { kind: 'money', currency: 'CANARY-CURRENCY', scale: 2 }, stored: 'minor', currencyColumn: 'name' },
      },
    },
    ratings: { table: 'stars', fields: { customerId: { column: 'customer' }, productId: { column: 'product' }, rating: { column: 'rating' } } },
  },
  { key: 'k', where: { customers: { tenant: 'CANARY-TENANT' }, transactions: { tenant: 'CANARY-TENANT' }, ratings: { tenant: 'CANARY-TENANT' } } },
  'UTC',
  duckdbDialect,
  async () => columns,
)

test('no value of a request and no value of the scope is ever in the text of a statement', () => {
  // Letters that no statement of ours holds, with whatever else.
  const canary = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `ŽŽ${text}ŽŽ`)
  const number = fc.integer({ min: 777_000_000_000, max: 777_999_999_999 })
  const where: fc.Arbitrary<Expr> = fc.oneof(
    fc.record({ op: fc.constantFrom('eq', 'ne', 'lt', 'ge'), field: fc.constantFrom('customerId', 'name'), value: canary }) as fc.Arbitrary<Expr>,
    fc.record({ op: fc.constant('in'), field: fc.constant('name'), values: fc.array(canary, { maxLength: 50 }) }) as fc.Arbitrary<Expr>,
    fc.record({ op: fc.constantFrom('contains', 'startsWith'), field: fc.constant('name'), value: canary, fold: fc.constantFrom('none', 'ascii') }) as fc.Arbitrary<Expr>,
    fc.record({ op: fc.constant('gt'), field: fc.constant('revenue'), value: number }) as fc.Arbitrary<Expr>,
  )
  fc.assert(
    fc.property(where, canary, number, (filter, after, big) => {
      const totals = { asOf: big, from: big - 1, zone: [{ since: 0, offsetMinutes: 0 }, { since: big - 3, offsetMinutes: 77 }], order: 'day', returns: 'drop' } as const
      const order = [{ field: 'name', direction: 'ascending', nulls: 'first' }] as const
      const texts = [
        pagePlan(model, { kind: 'members', totals, where: filter, select: ['customerId'], ranges: [{ field: 'revenue', above: big }], order, limit: 50_777 } as SummaryRequest & { kind: 'members' }, [after, 'id']),
        binsPlan(model, { kind: 'bins', totals, where: filter, axes: [{ field: 'revenue', cut: { at: [big] } }, { field: 'orders', cut: { ranks: [{ of: 77, in: 777 }] } }], sums: ['revenue'] }),
        ...(['one', 'count', 'rating'] as const).map((weight) => pairsPlan(model, { kind: 'pairs', totals, where: filter, over: 'products', weight, targets: [after, String(big)] })),
        pairsPlan(model, { kind: 'pairs', totals, over: 'customers', weight: 'rating', targets: Array.from({ length: 50 }, (_, i) => `${after}${i}`) }),
        scanPlan(model, { set: 'customers', select: ['name'], where: filter.op === 'gt' ? { op: 'and', of: [] } : filter, order, limit: 50_777 }, [after, 'id']),
      ].map(({ statement }) => statement.text)
      for (const text of texts) {
        expect(text).not.toMatch(/Ž|777|CANARY/)
        // And nothing but plain ASCII, which every value of a shop with umlauts would break.
        expect(text).toMatch(/^[\x20-\x7e]*$/)
      }
    }),
  )
})

test('a string is no fragment', () => {
  expect(() => sql`SELECT ${'1; DROP TABLE sales' as unknown as Sql}`).toThrow(TypeError)
})

test('a parameter used twice is sent once', () => {
  const seven = param('integer', 7n)
  expect(render(sql`${seven} + ${seven}`, (position) => `$${position}`)).toEqual({ text: '$1 + $1', params: [{ kind: 'integer', value: 7n }] })
})

test('the tree of a zone with 112 changes is seven levels deep', () => {
  const zone = Array.from({ length: 112 }, (_, i) => ({ since: i * 1000, offsetMinutes: i % 2 }))
  const { text } = render(daySql(trusted('t'), 1000n, entriesBetween(zone, undefined, 1e12), duckdbDialect), (position) => `$${position}`)
  let depth = 0
  let deepest = 0
  for (const [word] of text.matchAll(/CASE WHEN t <|END/g)) deepest = Math.max(deepest, (depth += word === 'END' ? -1 : 1))
  expect(deepest).toBeLessThanOrEqual(8)
})

test('changes of the clock outside of the window are left out', () => {
  const zone = [0, 1000, 2000, 3000].map((since, i) => ({ since, offsetMinutes: i * 60 }))
  expect(entriesBetween(zone, 1500, 2500).map(({ since }) => since)).toEqual([1000, 2000])
})

test('a clock set back over midnight makes days descend', () => {
  const midnight = 86_400_000 * 100
  expect(daysAscend([{ since: 0, offsetMs: 0 }, { since: midnight + 60_000, offsetMs: -3_600_000 }])).toBe(false)
  expect(daysAscend([{ since: 0, offsetMs: 0 }, { since: midnight + 7_200_000, offsetMs: -3_600_000 }])).toBe(true)
})
