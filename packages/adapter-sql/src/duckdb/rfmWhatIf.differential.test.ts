import { createMemoryAdapter, type DataAdapter, type DataField } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { describeRfmCube, rfmBorders, rfmCubeOperation, rfmDensityOperation, rfmGridOperation, rfmSpreadOperation, type RfmSpecOptions } from '@crm/core/rfm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { duckdbOf, type TestSet } from './testing/duckdbOf.ts'

const DAY = 86_400_000
const asOf = Date.UTC(2024, 5, 30, 12)
const FIELDS: readonly DataField[] = [
  { name: 'lineId', type: { kind: 'id', numericId: true }, nullable: false },
  { name: 'customerId', type: { kind: 'id' }, nullable: true },
  { name: 'orderId', type: { kind: 'id' }, nullable: false },
  { name: 'at', type: { kind: 'instant' }, nullable: false },
  { name: 'amount', type: { kind: 'money', currency: 'EUR', scale: 2 }, nullable: false },
]
const lines = fc.array(
  fc.record({
    customerId: fc.option(fc.integer({ min: 1, max: 12 }).map((number) => `c${number}`), { freq: 12 }),
    orderId: fc.integer({ min: 1, max: 30 }).map(String),
    at: fc.integer({ min: -3, max: 90 }).map((hours) => asOf - hours * 11 * 3_600_000),
    amount: fc.integer({ min: -3000, max: 9000 }),
  }),
  { minLength: 1, maxLength: 60 },
)
const window: fc.Arbitrary<RfmSpecOptions> = fc.record({
  asOf: fc.constant(asOf),
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York'),
  from: fc.constantFrom(asOf - 30 * DAY, 0),
  frequency: fc.constantFrom('all', 'repeat'),
  monetary: fc.constantFrom('sum', 'mean'),
  returns: fc.constantFrom('net', 'drop'),
})

test('spread, cube and density are the same in DuckDB and in memory, and the cube describes the grid that DuckDB answers', async () => {
  await fc.assert(
    fc.asyncProperty(lines, window, fc.nat(), async (rows, spec, pick) => {
      const set: TestSet = { name: 'transactions', fields: FIELDS, rows: rows.map(({ customerId, orderId, at, amount }, i) => [String(i), customerId, orderId, at, amount]) }
      const memory = createMemoryAdapter({ timeZone: 'UTC', data: { transactions: { fields: FIELDS, rows: set.rows.map((row) => Object.fromEntries(FIELDS.map(({ name }, i) => [name, row[i]]))) } } })
      const adapters: DataAdapter[] = [memory, await duckdbOf([set], { timeZone: 'UTC' })]
      const clients = adapters.map((adapter) => createClient(adapter))
      const both = async <Result>(ask: (client: (typeof clients)[0]) => Promise<{ readonly data: Result }>): Promise<Result> => {
        const [inMemory, inDuckdb] = (await Promise.all(clients.map(ask))).map(({ data }) => data)
        expect(inDuckdb).toEqual(inMemory)
        return inDuckdb!
      }
      const m = spec.monetary === 'mean' ? 'meanOrderValue' : 'revenue'
      const borders = { r: [] as readonly number[], f: [] as readonly number[], m: [] as readonly number[] }
      for (const [axis, field] of [['r', 'recencyDays'], ['f', 'orders'], ['m', m]] as const) {
        borders[axis] = rfmBorders(await both((client) => client.run(rfmSpreadOperation, { spec, field })), { count: 12 })
      }
      if (borders.r.length === 0) return // nobody bought
      const cube = await both((client) => client.run(rfmCubeOperation, { spec, borders }))
      const cuts = (['r', 'f', 'm'] as const).map((axis) => [borders[axis][pick % borders[axis].length]!])
      const scoring = { method: 'thresholds', recencyDays: cuts[0]!, frequency: cuts[1]!.map((cut) => (spec.frequency === 'repeat' ? cut - 1 : cut)), monetary: cuts[2]! } as const
      const { data: grid } = await clients[1]!.run(rfmGridOperation, { spec: { ...spec, scoring } })
      expect(describeRfmCube(cube, { ...spec, scoring })).toEqual(grid)
      await both((client) => client.run(rfmDensityOperation, { spec, x: { field: 'recencyDays', borders: borders.r }, y: { field: m, borders: borders.m } }))
      for (const client of clients) client.close()
      await Promise.all(adapters.map((adapter) => adapter.close()))
    }),
    { numRuns: 15 },
  )
})
