import { createMemoryAdapter, type DataAdapter, type DataField } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { rfmGridFromTotalsOperation, rfmGridOperation, rfmScoresOperation, type RfmSpecOptions } from '@crm/core/rfm'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { duckdbOf, type TestSet } from './testing/duckdbOf.ts'

const DAY = 86_400_000
const asOf = Date.UTC(2012, 2, 1)
const LINES: readonly DataField[] = [
  { name: 'lineId', type: { kind: 'id', numericId: true }, nullable: false },
  { name: 'customerId', type: { kind: 'id' }, nullable: true },
  { name: 'orderId', type: { kind: 'id' }, nullable: false },
  { name: 'at', type: { kind: 'instant' }, nullable: false },
  { name: 'amount', type: { kind: 'money', currency: 'EUR', scale: 2 }, nullable: false },
]
// Ids whose order by UTF-16 units, by bytes and by number differ; few days and amounts, so that many values tie.
const IDS = ['a', 'A', 'b', 'é', '😀', '\uffff', '10', '9', '', 'a customer with a long id', ...Array.from({ length: 30 }, (_, i) => `c${i}`)]
const lines = fc.array(
  fc.record({ customerId: fc.constantFrom(...IDS), orderId: fc.integer({ min: 1, max: 30 }).map(String), at: fc.integer({ min: 0, max: 12 }).map((days) => asOf - days * DAY), amount: fc.integer({ min: -2, max: 9 }).map((steps) => steps * 500) }),
  { maxLength: 90 },
)

function setsOf(rows: readonly { customerId: string; orderId: string; at: number; amount: number }[]): TestSet[] {
  return [{ name: 'transactions', fields: LINES, rows: rows.map((row, i) => [String(i), row.customerId, row.orderId, row.at, row.amount]) }]
}

function memoryOf(sets: readonly TestSet[]): DataAdapter {
  return createMemoryAdapter({
    timeZone: 'UTC',
    data: Object.fromEntries(sets.map(({ name, fields, rows }) => [name, { rows: rows.map((row) => Object.fromEntries(fields.map((field, i) => [field.name, row[i]]))), fields: [...fields] }])),
  })
}

const percents = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 9 }).map((hundredths) => hundredths.sort((a, b) => a - b).map((hundredth) => hundredth / 100))

test('percentiles pushed down to DuckDB cut and count as in memory, to the bit', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(lines, fc.tuple(percents, percents, percents), fc.constantFrom('sum', 'mean'), async (rows, [recencyDays, frequency, monetary], of) => {
      const spec = { asOf, timeZone: 'UTC', monetary: of, scoring: { method: 'percentiles', recencyDays, frequency, monetary } } as RfmSpecOptions
      const sets = setsOf(rows)
      const duckdb = await duckdbOf(sets, { timeZone: 'UTC' })
      const [pushed, fromTotals, inMemory] = await Promise.all([
        createClient(duckdb).run(rfmGridOperation, { spec }),
        createClient(duckdb).run(rfmGridFromTotalsOperation, { spec }),
        createClient(memoryOf(sets)).run(rfmGridOperation, { spec }),
      ])
      expect(pushed.data).toEqual(inMemory.data)
      expect(fromTotals.data).toEqual(inMemory.data)
      expect(pushed.provenance.computedBy).toBe('backend')
      await duckdb.close()
    }),
    { numRuns: 25 },
  )
})

test('ntile gives every customer the tile of the NTILE of DuckDB, ties split alike', { timeout: 120_000 }, async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  let split = 0
  await fc.assert(
    fc.asyncProperty(lines, fc.record({ r: fc.integer({ min: 2, max: 10 }), f: fc.integer({ min: 2, max: 10 }), m: fc.integer({ min: 2, max: 10 }) }), async (rows, bins) => {
      const spec = { asOf, timeZone: 'UTC', scoring: { method: 'ntile', bins } } as const
      const { data } = await createClient(memoryOf(setsOf(rows))).run(rfmScoresOperation, { spec })
      const { totals, scores } = data
      await connection.run('CREATE OR REPLACE TABLE totals (id VARCHAR, days INTEGER, orders INTEGER, revenue BIGINT)')
      const appender = await connection.createAppender('totals')
      for (let row = 0; row < totals.count; row++) {
        if (totals.orders[row] === 0) continue
        appender.appendVarchar(totals.customerIds[row]!)
        appender.appendInteger(totals.recencyDays[row]!)
        appender.appendInteger(totals.orders[row]!)
        appender.appendBigInt(BigInt(totals.revenue[row]!))
        appender.endRow()
      }
      appender.closeSync()
      const reader = await connection.runAndReadAll(
        `SELECT id, NTILE(${bins.r}) OVER (ORDER BY days DESC, id), NTILE(${bins.f}) OVER (ORDER BY orders, id), NTILE(${bins.m}) OVER (ORDER BY revenue, id) FROM totals`,
      )
      const theirs = new Map(reader.getRowsJS().map(([id, ...tiles]) => [id, tiles.map(Number)]))
      for (let row = 0; row < totals.count; row++) {
        expect([scores.r[row], scores.f[row], scores.m[row]]).toEqual(theirs.get(totals.customerIds[row]!) ?? [0, 0, 0])
      }
      split += scores.warnings.find(({ code }) => code === 'TIES_SPLIT')?.count ?? 0
    }),
    { numRuns: 60 },
  )
  // Ties did occur.
  expect(split).toBeGreaterThan(100)
  connection.closeSync()
})
