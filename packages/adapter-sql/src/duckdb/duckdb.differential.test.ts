import { createCallContext, createMemoryAdapter, resolveZone, type Batch, type Column, type DataAdapter, type DataField, type Expr, type SummaryRequest, type TotalsSpec } from '@crm/core/adapter'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { duckdbOf, type Storage, type TestSet } from './testing/duckdbOf.ts'

const DAY = 86_400_000
const MONEY = { kind: 'money', currency: 'EUR', scale: 2 } as const
const CUSTOMERS: readonly DataField[] = [
  { name: 'customerId', type: { kind: 'id' }, nullable: false },
  { name: 'name', type: { kind: 'text' }, nullable: true },
  { name: 'visits', type: { kind: 'integer' }, nullable: true },
  { name: 'score', type: { kind: 'number' }, nullable: true },
  { name: 'vip', type: { kind: 'boolean' }, nullable: true },
]
const LINES: readonly DataField[] = [
  { name: 'lineId', type: { kind: 'id', numericId: true }, nullable: false },
  { name: 'customerId', type: { kind: 'id' }, nullable: true },
  { name: 'orderId', type: { kind: 'id' }, nullable: false },
  { name: 'at', type: { kind: 'instant' }, nullable: false },
  { name: 'amount', type: MONEY, nullable: false },
]
const IDS = ['a', 'A', 'b', 'é', '\ufeffa', '😀', '\uffff', 'a customer with a long id', '']
const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'America/St_Johns', 'America/Sao_Paulo']
const asOf = Date.UTC(2012, 2, 1)

const id = fc.constantFrom(...IDS)
const line = fc.record({
  customerId: fc.option(id, { freq: 8 }),
  orderId: fc.constantFrom('o1', 'o2', 'o3', 'o4'),
  // Many instants around midnights and changes of the clock.
  at: fc.oneof(
    fc.integer({ min: Date.UTC(2011, 9, 1), max: Date.UTC(2012, 3, 1) }),
    fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -2, max: 2 }), fc.integer({ min: -14, max: 14 })).map(([day, ms, hour]) => asOf + day * DAY + hour * 3_600_000 + ms),
    fc.constant(-1),
  ),
  amount: fc.oneof(fc.integer({ min: -500, max: 900 }), fc.constantFrom(0, 1, -1, 100)),
})
const customer = fc.record({
  customerId: id,
  name: fc.option(fc.constantFrom('Ann', 'ann', 'BOB', '', 'İ', 'x\0y')),
  visits: fc.option(fc.integer({ min: -2, max: 3 })),
  score: fc.option(fc.constantFrom(-1.5, 0, 0.1, 3)),
  vip: fc.option(fc.boolean()),
})
const shop = fc.record({
  customers: fc.uniqueArray(customer, { selector: ({ customerId }) => customerId, maxLength: 6 }),
  lines: fc.array(line, { maxLength: 40 }),
})

const totalsSpec = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    from: fc.option(fc.integer({ min: Date.UTC(2011, 9, 1), max: asOf })),
    order: fc.constantFrom('orderId', 'day', 'line'),
    returns: fc.constantFrom('net', 'drop'),
  })
  .map(({ zone, from, order, returns }): TotalsSpec => ({ asOf, ...(from === null ? {} : { from }), zone: resolveZone(zone, 0, asOf), order, returns }) as TotalsSpec)
const numeric = fc.constantFrom('recencyDays', 'firstDay', 'lastDay', 'orders', 'revenue', 'returnedRevenue', 'lines', 'meanOrderValue', 'visits', 'score')
const leaf: fc.Arbitrary<Expr> = fc.oneof(
  fc.record({ op: fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge'), field: numeric, value: fc.constantFrom(-1, 0, 0.5, 1, 2, 100, 1e300) }) as fc.Arbitrary<Expr>,
  fc.record({ op: fc.constantFrom('eq', 'ne', 'lt', 'ge'), field: fc.constantFrom('customerId', 'name'), value: fc.oneof(id, fc.constantFrom('\ud800', '\udfff', 'A\ud800')) }) as fc.Arbitrary<Expr>,
  fc.record({ op: fc.constant('in'), field: fc.constant('customerId'), values: fc.oneof(fc.array(id, { maxLength: 3 }), fc.array(fc.string({ unit: 'binary' }), { minLength: 40, maxLength: 60 })) }) as fc.Arbitrary<Expr>,
  fc.record({ op: fc.constantFrom('contains', 'startsWith'), field: fc.constantFrom('name', 'customerId'), value: fc.constantFrom('', 'a', 'N', '\0', '\ud83d'), fold: fc.constantFrom('none', 'ascii') }) as fc.Arbitrary<Expr>,
  fc.record({ op: fc.constant('eq'), field: fc.constant('vip'), value: fc.boolean() }) as fc.Arbitrary<Expr>,
  fc.record({ op: fc.constant('isNull'), field: fc.oneof(numeric, fc.constantFrom('name', 'vip')) }) as fc.Arbitrary<Expr>,
)
const where = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ op: fc.constantFrom('and', 'or'), of: fc.array(tie('expr'), { maxLength: 3 }) }) as fc.Arbitrary<Expr>,
    fc.record({ op: fc.constant('not'), of: tie('expr') }) as fc.Arbitrary<Expr>,
  ),
})).expr
const axis = fc.oneof(
  fc.record({ field: numeric, cut: fc.oneof(fc.record({ ranks: fc.constantFrom([{ of: 1, in: 2 }], [{ of: 1, in: 10_000 }, { of: 3333, in: 10_000 }, { of: 9999, in: 10_000 }], [1, 2, 3, 4].map((of) => ({ of, in: 5 })), []) }), fc.record({ at: fc.constantFrom([0, 1, 1, 50.5], [], [15_000]) })) }),
  fc.record({ field: fc.constantFrom('name', 'vip', 'visits', 'orders', 'customerId'), cut: fc.constant('values' as const) }),
)
const order = fc.uniqueArray(fc.record({ field: fc.oneof(numeric, fc.constantFrom('name', 'vip', 'customerId')), direction: fc.constantFrom('ascending', 'descending'), nulls: fc.constantFrom('first', 'last') }), {
  selector: ({ field }) => field,
  maxLength: 3,
})
const request: fc.Arbitrary<SummaryRequest> = fc
  .tuple(
    totalsSpec,
    fc.option(where),
    fc.oneof(
      fc.record({ kind: fc.constant('totals'), limit: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }) }),
      fc.record({ kind: fc.constant('bins'), axes: fc.array(axis, { maxLength: 3 }), sums: fc.subarray(['revenue', 'returnedRevenue', 'lines', 'recencyDays', 'firstDay']) }),
      fc.record({ kind: fc.constant('members'), select: fc.subarray(['customerId', 'name', 'score', 'vip', 'revenue', 'meanOrderValue', 'lastDay']), ranges: fc.array(fc.record({ field: numeric, upTo: fc.constantFrom(0, 100, 15_400) }), { maxLength: 1 }), order, limit: fc.integer({ min: 1, max: 4 }) }),
    ),
  )
  .map(([totals, filter, rest]) => JSON.parse(JSON.stringify({ ...rest, totals, ...(filter === null ? {} : { where: filter }) })) as SummaryRequest)

const STORAGES: readonly Storage[] = [
  { money: 'BIGINT', instant: 'TIMESTAMP', numericId: 'BIGINT' },
  { money: 'DECIMAL', instant: 'TIMESTAMP WITH TIME ZONE', numericId: 'VARCHAR' },
  { money: 'DOUBLE', instant: 'TIMESTAMP_NS', numericId: 'BIGINT' },
  { money: 'BIGINT', instant: 'BIGINT', numericId: 'VARCHAR' },
]

describe.each(STORAGES)('DuckDB equals memory to the bit with money as $money, instants as $instant', (storage) => {
  test('in random shops under random requests, page by page', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(shop, fc.array(request, { minLength: 3, maxLength: 6 }), async ({ customers, lines }, requests) => {
        const sets: TestSet[] = [
          { name: 'customers', fields: CUSTOMERS, rows: customers.map((row) => [row.customerId, row.name, row.visits, row.score, row.vip]) },
          { name: 'transactions', fields: LINES, rows: lines.map((row, i) => [String(i), row.customerId, row.orderId, row.at, row.amount]) },
        ]
        const duckdb = await duckdbOf(sets, { timeZone: 'UTC', storage })
        const memory = createMemoryAdapter({
          timeZone: 'UTC',
          data: Object.fromEntries(sets.map(({ name, fields, rows }) => [name, { rows: rows.map((row) => Object.fromEntries(fields.map((field, i) => [field.name, row[i]]))), fields: [...fields] }])),
        })
        for (const one of requests) expect(await allPages(duckdb, one)).toEqual(await allPages(memory, one))
        await duckdb.close()
      }),
      { numRuns: 20 },
    )
  })
})

/** Every page: rows as lists of values with NULL as null and -0 told from 0, cuts, counts. */
async function allPages(adapter: DataAdapter, first: SummaryRequest): Promise<unknown> {
  const pages: unknown[] = []
  let after: string | undefined
  for (let i = 0; i < 40; i++) {
    const rows: unknown[] = []
    let end: Batch['end']
    for await (const batch of adapter.summarise!({ ...first, ...(after === undefined ? {} : { after }) } as SummaryRequest, createCallContext())!) {
      for (let row = 0; row < batch.rows; row++) rows.push(batch.columns.map((column) => valueAt(column, row)))
      end = batch.end
    }
    pages.push({ rows, cuts: end!.cuts, counts: end!.counts })
    if (end!.next === null) return pages
    after = end!.next
  }
  return pages
}

function valueAt(column: Column, row: number): unknown {
  if (column.kind === 'text') return column.codes[row]! < 0 ? null : column.dictionary[column.codes[row]!]
  if (column.validity?.[row] === 0) return null
  return column.values[row]
}
