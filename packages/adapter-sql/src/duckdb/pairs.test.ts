import { createCallContext, createMemoryAdapter, type Batch, type Column, type DataAdapter, type DataField, type PairsRequest, type TotalsSpec } from '@crm/core/adapter'
import { similarityOf, type PairMeasure, type PairSums } from '@crm/core/recommend'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SqlMapping, SqlScope } from '../compiler/mapping.ts'
import { createDuckdbAdapter } from './index.ts'
import { duckdbOf, type Storage, type TestSet } from './testing/duckdbOf.ts'

const DAY = 86_400_000
const asOf = Date.UTC(2012, 2, 1)
const SPEC: TotalsSpec = { asOf, zone: [{ since: 0, offsetMinutes: -300 }], order: 'orderId', returns: 'net' }
const MEASURES: readonly PairMeasure[] = ['cosine', 'commonCosine', 'pearson', 'textbookPearson', 'centredCosine', 'msd', 'jaccard']
const MONEY = { kind: 'money', currency: 'EUR', scale: 2 } as const

interface Answer {
  readonly rows: readonly (readonly (string | number)[])[]
  readonly counts: unknown
}

async function ask(adapter: DataAdapter, request: PairsRequest): Promise<Answer> {
  const rows: (string | number)[][] = []
  let last: Batch | undefined
  for await (const batch of adapter.summarise!(request, createCallContext())!) {
    last = batch
    for (let row = 0; row < batch.rows; row++) rows.push(batch.columns.map((column) => valueAt(column, row)))
  }
  return { rows, counts: last?.end?.counts }
}

function valueAt(column: Column, row: number): string | number {
  return column.kind === 'text' ? column.dictionary[column.codes[row]!]! : column.values[row]!
}

function sumsOf(row: readonly (string | number)[]): PairSums {
  const [n, sumX, sumY, sumXy, sumXx, sumYy, targetN, targetSum, targetSquares, otherN, otherSum, otherSquares] = row.slice(2) as [number, number, number, number, number, number, number, number, number, number, number, number]
  return { n, sumX, sumY, sumXy, sumXx, sumYy, targetN, targetSum, targetSquares, otherN, otherSum, otherSquares }
}

/** What must be equal to the bit: all of purchases; ids and numbers of partners of ratings. */
function exactOf({ rows, counts }: Answer, { weight }: PairsRequest): Answer {
  return { rows: weight === 'rating' ? rows.map((row) => [0, 1, 2, 8, 11].map((c) => row[c]!)) : rows, counts }
}

/** Every measure of the same pairs within 1e-12 of each other. Returns how many similarities were compared. */
function expectAlike(one: Answer, other: Answer): number {
  let farthest = 0
  one.rows.forEach((row, i) => {
    for (const measure of MEASURES) farthest = Math.max(farthest, Math.abs(similarityOf(sumsOf(row), { measure }) - similarityOf(sumsOf(other.rows[i]!), { measure })))
  })
  expect(farthest).toBeLessThanOrEqual(1e-12)
  return one.rows.length * MEASURES.length
}

const field = (name: string, type: DataField['type'], nullable = false): DataField => ({ name, type, nullable })
const ID = { kind: 'id' } as const
const NUMERIC = { kind: 'id', numericId: true } as const
const PEOPLE = ['a', 'A', 'é', '\ufeffa', '😀', '\uffff', 'a customer with a long id', '', '007', '7']
const THINGS = ['12', '-3', '0', '7', '100', '99', '999999999999999']
const LINES: readonly DataField[] = [field('lineId', NUMERIC), field('customerId', ID, true), field('orderId', ID), field('productId', NUMERIC, true), field('at', { kind: 'instant' }), field('amount', MONEY)]
const CUSTOMERS: readonly DataField[] = [field('customerId', ID), field('level', { kind: 'integer' }, true)]
const RATINGS: readonly DataField[] = [field('customerId', ID), field('productId', NUMERIC), field('rating', { kind: 'number' })]

const person = fc.constantFrom(...PEOPLE)
const thing = fc.constantFrom(...THINGS)
const shop = fc.record({
  customers: fc.uniqueArray(fc.tuple(person, fc.option(fc.integer({ min: 1, max: 3 }))), { selector: ([id]) => id, maxLength: 8 }),
  lines: fc.array(fc.tuple(fc.option(person, { freq: 9 }), fc.constantFrom('o1', 'o2', 'o3'), fc.option(thing, { freq: 9 }), fc.integer({ min: -40, max: 2 }).map((days) => asOf + days * DAY), fc.integer({ min: -3, max: 20 })), { minLength: 20, maxLength: 60 }),
  // Tenths have no finite binary form: sums differ in the last digits by the order of adding.
  ratings: fc.uniqueArray(fc.tuple(person, thing, fc.integer({ min: -20, max: 50 }).map((tenth) => tenth / 10)), { selector: ([customer, product]) => `${customer}|${product}`, minLength: 15, maxLength: 50 }),
})
const request = fc
  .record({
    over: fc.constantFrom<PairsRequest['over']>('customers', 'products'),
    weight: fc.constantFrom<PairsRequest['weight']>('one', 'count', 'rating'),
    order: fc.constantFrom<TotalsSpec['order']>('orderId', 'day', 'line'),
    from: fc.option(fc.constant(asOf - 30 * DAY)),
    where: fc.option(
      fc.constantFrom<NonNullable<PairsRequest['where']>>({ op: 'ge', field: 'orders', value: 2 }, { op: 'isNull', field: 'level' }, { op: 'not', of: { op: 'eq', field: 'level', value: 1 } }, { op: 'lt', field: 'customerId', value: 'b' }, { op: 'eq', field: 'lines', value: 0 }),
    ),
    people: fc.subarray([...PEOPLE, 'nobody', '\ud800'], { minLength: 1 }),
    things: fc.subarray([...THINGS, '-4'], { minLength: 1 }),
  })
  .map(({ over, weight, order, from, where, people, things }): PairsRequest => ({ kind: 'pairs', over, weight, totals: { ...SPEC, order, ...(from === null ? {} : { from }) }, targets: over === 'customers' ? people : things, ...(where === null ? {} : { where }) }))

const STORAGES: readonly Storage[] = [
  { money: 'BIGINT', instant: 'TIMESTAMP', numericId: 'BIGINT' },
  { money: 'DECIMAL', instant: 'TIMESTAMP WITH TIME ZONE', numericId: 'VARCHAR' },
]

test.each(STORAGES)('every similarity out of the pairs of DuckDB is that of memory within 1e-12, ids stored as $numericId', { timeout: 120_000 }, async (storage) => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(shop, fc.array(request, { minLength: 4, maxLength: 6 }), async ({ customers, lines, ratings }, requests) => {
      const sets: TestSet[] = [
        { name: 'customers', fields: CUSTOMERS, rows: customers },
        { name: 'transactions', fields: LINES, rows: lines.map(([customer, order, product, at, amount], i) => [String(i), customer, order, product, at, amount]) },
        { name: 'ratings', fields: RATINGS, rows: ratings },
      ]
      const data = Object.fromEntries(sets.map(({ name, fields, rows }) => [name, { fields: [...fields], rows: rows.map((row) => Object.fromEntries(fields.map((one, i) => [one.name, row[i]]))) }]))
      const memory = createMemoryAdapter({ timeZone: 'UTC', data })
      const duckdb = await duckdbOf(sets, { timeZone: 'UTC', storage })
      for (const one of requests) {
        const [here, there] = [await ask(memory, one), await ask(duckdb, one)]
        expect(exactOf(there, one)).toEqual(exactOf(here, one))
        compared += expectAlike(there, here)
      }
      await duckdb.close()
    }),
    { numRuns: 25 },
  )
  expect(compared).toBeGreaterThan(1000)
})

/** Adapters over tables made by hand. */
async function adapterOver(sql: readonly string[], mapping: SqlMapping, scope: SqlScope = { key: 'k' }): Promise<DataAdapter> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
  for (const text of sql) await connection.run(text)
  return createDuckdbAdapter({ connection, mapping, scope, timeZone: 'UTC' })
}

const SALES: NonNullable<SqlMapping['transactions']> = {
  table: 'sales',
  fields: { lineId: { column: 'line' }, orderId: { column: 'ord' }, customerId: { column: 'customer' }, productId: { column: 'product' }, at: { column: 'at' }, amount: { column: 'amount', type: MONEY, stored: 'minor' } },
}
const STARS: NonNullable<SqlMapping['ratings']> = { table: 'stars', fields: { customerId: { column: 'customer' }, productId: { column: 'product' }, rating: { column: 'stars' } } }
const PAIRS: PairsRequest = { kind: 'pairs', totals: SPEC, over: 'products', weight: 'one', targets: ['9007199254740993'] }
const sales = (values: string): string[] => ['CREATE TABLE sales (line INTEGER, ord VARCHAR, customer VARCHAR, product BIGINT, "at" TIMESTAMP, amount BIGINT)', `INSERT INTO sales SELECT row_number() OVER (), 'o', c, p, TIMESTAMP '2012-01-01', 1 FROM (VALUES ${values}) t(c, p)`]
const stars = (values: string): string[] => ['CREATE TABLE stars (customer INTEGER, product UUID, stars DOUBLE, tenant VARCHAR)', `INSERT INTO stars VALUES ${values}`]
const TEA = '6d1b0b7a-9f6e-4a2f-8a54-0b1c2d3e4f50'
const POT = '0a1b0b7a-9f6e-4a2f-8a54-0b1c2d3e4f51'

describe('ids keep what they are', () => {
  test('integers beyond 2^53 are told apart, and only their plain form finds them', async () => {
    const adapter = await adapterOver(sales(`('1', 9007199254740993), ('1', 9007199254740992), ('2', 9007199254740992), ('2', 5)`), { transactions: SALES })
    expect((await ask(adapter, PAIRS)).rows.map((row) => row.slice(0, 3))).toEqual([['9007199254740993', '9007199254740992', 1]])
    const others = ['5', '05', '+5', '5.0', ' 5', '99999999999999999999', 'x', '9223372036854775808', ...Array.from({ length: 40 }, (_, i) => String(1000 + i))]
    expect((await ask(adapter, { ...PAIRS, targets: others })).rows.map((row) => row.slice(0, 2))).toEqual([['5', '9007199254740992']])
    expect((await ask(adapter, { ...PAIRS, targets: others.slice(1) })).rows).toEqual([])
  })

  test('one customer stored as text in lines, as a number in ratings and as another in customers is one', async () => {
    const tables = [...sales(`('1', 5), ('1', 6), ('2', 5), ('02', 6)`), ...stars(`(1, '${TEA}', 4, 't1'), (1, '${POT}', 2, 't1'), (2, '${TEA}', 3, 't1'), (3, '${POT}', 5, 't2'), (3, '${TEA}', 1, 't2')`), `CREATE TABLE people AS SELECT CAST(i AS HUGEINT) AS id, i AS level FROM range(1, 3) t(i)`]
    const mapping: SqlMapping = { customers: { table: 'people', fields: { customerId: { column: 'id' }, level: { column: 'level', type: 'integer' } } }, transactions: SALES, ratings: STARS }
    const adapter = await adapterOver(tables, mapping)
    const pairs = async (more: Partial<PairsRequest>): Promise<unknown> => (await ask(adapter, { ...PAIRS, ...more })).rows.map((row) => row.slice(0, 3))
    const level = { op: 'ge', field: 'level', value: 1 } as const
    expect(await pairs({ over: 'customers', targets: ['1', '2', '02'] })).toEqual([['02', '1', 1], ['1', '02', 1], ['1', '2', 1], ['2', '1', 1]])
    expect(await pairs({ over: 'customers', targets: ['1', '2', '02'], where: level })).toEqual([['1', '2', 1], ['2', '1', 1]])
    expect(await pairs({ weight: 'rating', targets: [TEA] })).toEqual([[TEA, POT, 2]])
    expect(await pairs({ weight: 'rating', targets: [TEA], where: level })).toEqual([[TEA, POT, 1]])
    expect(await pairs({ weight: 'rating', over: 'customers', targets: ['3', '03'] })).toEqual([['3', '1', 2], ['3', '2', 1]])
    expect(await pairs({ weight: 'rating', over: 'customers', targets: ['3'], where: { op: 'isNull', field: 'level' } })).toEqual([])
    // Where no filter needs other sets, the scope of ratings holds all the same.
    const shared = { customers: 'all', transactions: 'all' } as const
    const scoped = await adapterOver([...tables, `ALTER TABLE people ADD COLUMN tenant VARCHAR`], mapping, { key: 't1', where: { ...shared, ratings: { tenant: 't1' } } })
    for (const where of [undefined, { op: 'not', of: { op: 'isNull', field: 'customerId' } } as const]) {
      expect((await ask(scoped, { ...PAIRS, weight: 'rating', over: 'customers', targets: ['1', '3'], ...(where === undefined ? {} : { where }) })).rows.map((row) => row.slice(0, 3))).toEqual([['1', '2', 1]])
    }
  })
})

describe('ratings alone', () => {
  test('are enough: the adapter offers pairs and no other summary', async () => {
    const adapter = await adapterOver([...stars(`(1, '${TEA}', 4, ''), (1, '${POT}', 2.5, '')`), 'CREATE TABLE people AS SELECT 1 AS id, 2 AS level'], { ratings: STARS, customers: { table: 'people', fields: { customerId: { column: 'id' }, level: { column: 'level', type: 'integer' } } } })
    expect(adapter.manifest.summaries).toEqual(['pairs'])
    expect(adapter.summarise!({ kind: 'totals', totals: SPEC }, createCallContext())).toBeNull()
    const rating = { ...PAIRS, weight: 'rating', targets: [POT] } as const
    const row = [POT, TEA, 1, 2.5, 4, 10, 6.25, 16, 1, 2.5, 6.25, 1, 4, 16]
    expect(await ask(adapter, rating)).toEqual({ rows: [row], counts: [] })
    expect((await ask(adapter, { ...rating, where: { op: 'eq', field: 'level', value: 2 } })).rows).toEqual([row])
    expect((await ask(adapter, { ...rating, where: { op: 'eq', field: 'level', value: 3 } })).rows).toEqual([])
    await expect(ask(adapter, { ...rating, where: { op: 'eq', field: 'orders', value: 0 } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await expect(ask(adapter, PAIRS)).rejects.toMatchObject({ code: 'SET_MISSING' })
  })

  test.each(["'NaN'", "'Infinity'", "'-Infinity'", 'NULL'])('a rating of %s is DATA_INVALID, whoever is asked for', async (bad) => {
    const adapter = await adapterOver([...stars(`(1, '${TEA}', 4, ''), (9, '${POT}', ${bad}, '')`), ...sales(`('1', 1)`)], { ratings: STARS, transactions: SALES })
    for (const where of [undefined, { op: 'eq', field: 'orders', value: 0 } as const]) {
      await expect(ask(adapter, { ...PAIRS, weight: 'rating', targets: [TEA], ...(where === undefined ? {} : { where }) })).rejects.toMatchObject({ code: 'DATA_INVALID', details: { field: 'rating' } })
    }
  })
})

const path = join(process.env['CRM_SHARED'] ?? join(import.meta.dirname, '../../../../../shared'), 'data/online-retail.csv.gz')
const isHere = existsSync(path)

test.skipIf(!isHere)(`UCI Online Retail: five customers and five products, as DuckDB and memory compare them${isHere ? '' : ' (skipped: no data folder; set CRM_SHARED)'}`, { timeout: 120_000 }, async () => {
  const tables = [`CREATE TABLE sales AS SELECT row_number() OVER () AS line, InvoiceNo AS ord, CAST(CustomerID AS VARCHAR) AS customer, nullif(trim(Description), '') AS product, InvoiceDate AS at, CAST(round(Quantity * UnitPrice * 100) AS BIGINT) AS amount FROM read_csv('${path}', types = {'InvoiceNo': 'VARCHAR', 'CustomerID': 'VARCHAR'})`]
  const duckdb = await adapterOver(tables, { transactions: SALES })
  const schema = await duckdb.schema(createCallContext())
  const { fields } = schema.sets[0]!
  const memory = createMemoryAdapter({ timeZone: 'UTC', data: {} })
  const select = fields.map(({ name }) => name)
  const pieces: (readonly Column[])[] = []
  for await (const { columns } of duckdb.scan({ set: 'transactions', select }, createCallContext())) pieces.push(columns)
  for (const columns of pieces) await memory.append('transactions', { columns, fields })
  const totals: TotalsSpec = { asOf: Date.UTC(2011, 11, 10), zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' }
  const targets = { customers: ['12347', '12748', '14911', '17850', '18287'], products: ['WHITE HANGING HEART T-LIGHT HOLDER', 'REGENCY CAKESTAND 3 TIER', 'JUMBO BAG RED RETROSPOT', 'PARTY BUNTING', 'POSTAGE'] }
  for (const over of ['customers', 'products'] as const) {
    for (const weight of ['one', 'count'] as const) {
      for (const where of [undefined, { op: 'gt', field: 'orders', value: 3 }] as const) {
        const one: PairsRequest = { kind: 'pairs', over, weight, totals, targets: targets[over], ...(where === undefined ? {} : { where }) }
        const [here, there] = [await ask(memory, one), await ask(duckdb, one)]
        expect(there).toEqual(here)
        expect(expectAlike(there, here)).toBeGreaterThan(5000)
      }
    }
  }
})
