import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { createCallContext, type ImportFile } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { createRfmSpec, rfmGridOperation } from '@crm/core/rfm'
import { beforeAll, describe, expect, test } from 'vitest'
import { createCsvImporter } from './createCsvImporter.ts'
import { counts, rowsOf } from './testing/shop.ts'

const path = join(process.env['CRM_SHARED'] ?? join(import.meta.dirname, '../../../../shared'), 'data/online-retail.csv.gz')
const isHere = existsSync(path)

/** 49 MB of CSV, unpacked on the way: a stream of unknown length. */
const file: ImportFile = { name: 'online-retail.csv', stream: () => createReadStream(path).pipe(createGunzip()) }
const importer = createCsvImporter({ timeZone: 'Europe/London', currency: 'GBP' })

describe.skipIf(!isHere)(`UCI Online Retail${isHere ? '' : ' (skipped: no data folder; set CRM_SHARED)'}`, () => {
  let draft: Awaited<ReturnType<typeof importer.open>>
  let result: Awaited<ReturnType<typeof importer.run>>
  let rows: { customerId: string | null; orderId: string; amount: number; quantity: number; unitPrice: number; at: number }[]

  beforeAll(async () => {
    draft = await importer.open(file)
    result = await importer.run(file, draft.plan)
    rows = (await rowsOf(result.adapter, 'transactions', ['customerId', 'orderId', 'amount', 'quantity', 'unitPrice', 'at'])) as typeof rows
  }, 60_000)

  test('maps by itself, without a doubt once zone and currency are given', () => {
    expect(draft.doubts).toEqual([])
    expect(draft.plan).toMatchObject({
      encoding: 'utf-8',
      delimiter: ',',
      header: true,
      decimal: '.',
      dates: 'iso',
      cancellationPrefix: 'C',
      roles: { orderId: 0, productId: 1, productName: 2, quantity: 3, at: 4, unitPrice: 5, customerId: 6 },
      attributes: [{ column: 7, name: 'Country', of: 'customers', kind: 'text' }],
    })
  })

  test('finds 135,080 lines without a customer, 9,288 cancelled, 10,624 returned, 2,515 of price 0 and 2 below, 5,268 repeated', () => {
    expect(counts(result.report)).toEqual({
      CUSTOMER_MISSING: 135_080,
      CANCELLATION: 9_288,
      RETURN: 10_624,
      AMOUNT_ZERO: 2_515,
      PRICE_NEGATIVE: 2,
      DUPLICATE_ROW: 5_268,
      DECIMALS_RAISED: 1,
    })
    expect(rows.filter(({ unitPrice }) => unitPrice === 0)).toHaveLength(2_515)
    expect(rows.filter(({ quantity }) => quantity < 0)).toHaveLength(10_624)
    expect(rows.filter(({ orderId }) => orderId.startsWith('A'))).toHaveLength(3)
    expect(result.report.findings.find(({ code }) => code === 'CANCELLATION')?.examples[0]).toEqual({ line: 143, value: 'C536379' })
  })

  test('has 541,909 lines, 4,372 customers, 25,900 invoices, 4,070 products, and keeps them all', () => {
    expect(result.report).toMatchObject({ rows: 541_909, accepted: 541_909, rejected: 0, rejectedCsv: null, customers: 4_372, orders: 25_900, products: 4_070 })
    expect(rows).toHaveLength(541_909)
  })

  test('has 38 countries on its lines', async () => {
    const plan = { ...draft.plan, attributes: [{ column: 7, name: 'Country', of: 'transactions' as const, kind: 'text' as const }] }
    const { adapter } = await importer.run(file, plan)
    expect(new Set((await rowsOf(adapter, 'transactions', ['Country'])).map(({ Country }) => Country)).size).toBe(38)
  }, 60_000)

  test('of lines with a customer: purchases of 8,911,407.904, net 8,300,065.814; of all lines 10,666,684.544 and 9,747,747.934', () => {
    expect(result.report).toMatchObject({ scale: 3, gross: 10_666_684_544, net: 9_747_747_934 })
    const known = rows.filter(({ customerId }) => customerId !== null)
    expect(known.reduce((sum, { amount }) => sum + Math.max(0, amount), 0)).toBe(8_911_407_904)
    expect(known.reduce((sum, { amount }) => sum + amount, 0)).toBe(8_300_065_814)
  })

  test('has 4,338 customers with a purchase, 41 with a negative net and 55 with none above zero', () => {
    const net = new Map<string, number>()
    const buyers = new Set<string>()
    for (const { customerId, amount } of rows) {
      if (customerId === null) continue
      net.set(customerId, (net.get(customerId) ?? 0) + amount)
      if (amount > 0) buyers.add(customerId)
    }
    expect(buyers.size).toBe(4_338)
    const sums = [...net.values()]
    expect([sums.filter((sum) => sum < 0).length, sums.filter((sum) => sum <= 0).length]).toEqual([41, 55])
  })

  test('lasts from 2010-12-01 08:26 to 2011-12-09 12:50 on the clocks of London, summer time in between', () => {
    expect(result.report).toMatchObject({ atKind: 'instant', from: Date.parse('2010-12-01T08:26Z'), to: Date.parse('2011-12-09T12:50Z') })
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' })
    expect(clock.format(rows[299_983]?.at)).toBe('2011-08-12 14:51') // line 299,985 of the file
    expect(rows[299_983]?.at).toBe(Date.parse('2011-08-12T13:51Z'))
  })

  test('knows customers whose country and products whose name varies', async () => {
    expect(result.report.varies).toEqual([
      { name: 'Country', of: 'customers', ids: 8 },
      { name: 'name', of: 'products', ids: 647 },
    ])
    const schema = await result.adapter.schema(createCallContext())
    expect(schema.sets.map(({ name, estimatedRows }) => [name, estimatedRows])).toEqual([
      ['transactions', 541_909],
      ['customers', 4_372],
      ['products', 4_070],
    ])
  })

  test('answers the RFM grid like any adapter', async () => {
    const client = createClient(result.adapter, { allowMainThread: true })
    const { data } = await client.run(rfmGridOperation, { spec: createRfmSpec({ asOf: Date.parse('2011-12-10T00:00Z'), timeZone: 'Europe/London' }) })
    expect(data.totals).toMatchObject({ customers: 4_338 })
    client.close()
  })
})
