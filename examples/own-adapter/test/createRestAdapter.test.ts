import { createCallContext, createMemoryAdapter, type DataAdapter, type DataSchema } from '@crm/core/adapter'
import { describeDataAdapter, type KitData } from '@crm/adapter-testkit'
import { createClient } from '@crm/core/client'
import { rfmGridOperation } from '@crm/core/rfm'
import { afterAll, describe, expect, test } from 'vitest'
import { createRestAdapter } from '../src/createRestAdapter.ts'
import { startShopApi, type Shop, type ShopApi } from './startShopApi.ts'

const apis: ShopApi[] = []
afterAll(() => Promise.all(apis.map((api) => api.stop())))

const TOKEN = 'open-sesame'
/** The application's own `fetch`: it signs each request. */
const signed = (token: string) => (url: string, init: RequestInit) => fetch(url, { ...init, headers: { authorization: `Bearer ${token}` } })

async function serve(shop: Shop): Promise<ShopApi> {
  const api = await startShopApi(shop, TOKEN)
  apis.push(api)
  return api
}

// Own properties, also for the field named __proto__.
const shopOf = ({ schema, sets }: KitData): Shop => ({
  schema,
  rows: Object.fromEntries(sets.map(({ name, fields, rows }) => [name, rows.map((row) => Object.fromEntries(fields.map((field, i) => [field.name, row[i]])))])),
})

const suite = describeDataAdapter({
  name: 'REST adapter',
  create: async (data) => createRestAdapter((await serve(shopOf(data))).url, signed(TOKEN)),
})
describe(`${suite.name} passes the contract suite, seed ${suite.seed}`, () => {
  test.each(suite.checks)('$name', (check) => expect(check.run()).resolves.toBeUndefined())
  afterAll(suite.close)
})

describe('REST adapter', () => {
  const schema: DataSchema = {
    timeZone: 'Europe/London',
    sets: [
      {
        name: 'transactions',
        estimatedRows: null,
        fields: [
          { name: 'lineId', type: { kind: 'id' }, nullable: false },
          { name: 'orderId', type: { kind: 'id' }, nullable: false },
          { name: 'customerId', type: { kind: 'id' }, nullable: true },
          { name: 'at', type: { kind: 'date' }, nullable: false },
          { name: 'amount', type: { kind: 'money', currency: 'GBP', scale: 2 }, nullable: false },
        ],
      },
    ],
  }
  const lines = Array.from({ length: 1234 }, (_, i) => ({
    lineId: `L${i}`,
    orderId: `O${i >> 1}`,
    customerId: `C${(i * 7) % 90}`,
    at: new Date(Date.UTC(2025, 0, 1 + ((i * 13) % 360))).toISOString().slice(0, 10),
    amount: 100 + ((i * 31) % 900),
  }))
  const request = { spec: { asOf: Date.UTC(2025, 11, 31), timeZone: 'Europe/London' } }
  const gridOf = async (adapter: DataAdapter): Promise<unknown> => (await createClient(adapter).run(rfmGridOperation, request)).data

  test('gives the grid that its rows give in memory, and reads each set once', async () => {
    const api = await serve({ schema, rows: { transactions: lines } })
    const adapter = createRestAdapter(api.url, signed(TOKEN))
    const [one, two] = await Promise.all([gridOf(adapter), gridOf(adapter)])
    const inMemory = await gridOf(createMemoryAdapter({ timeZone: 'Europe/London', data: { transactions: { rows: lines, fields: schema.sets[0]!.fields } } }))
    expect(one).toEqual(inMemory)
    expect(two).toEqual(inMemory)
    expect(api.requests()).toBe(2)
    await adapter.close()
  })

  test('tells a wrong token, too many requests and a dead server apart, and says nothing of what they said', async () => {
    const api = await serve({ schema, rows: { transactions: lines } })
    const codeOf = (adapter: DataAdapter): Promise<unknown> => adapter.schema(createCallContext()).then(() => 'answered', (error) => `${error.code} ${JSON.stringify(error).includes(TOKEN)}`)
    expect(await codeOf(createRestAdapter(api.url, signed('guess')))).toBe('UNAUTHENTICATED false')
    const adapter = createRestAdapter(api.url, signed(TOKEN))
    api.fail(429)
    expect(await codeOf(adapter)).toBe('RATE_LIMITED false')
    api.fail(500)
    expect(await codeOf(adapter)).toBe('INTERNAL false')
    api.fail(null)
    expect(await codeOf(adapter)).toBe('answered')
    await api.stop()
    expect(await codeOf(createRestAdapter(api.url, signed(TOKEN)))).toBe('UNAVAILABLE false')
  })
})
