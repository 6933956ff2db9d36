import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryAdapter } from '../adapter/index.ts'
import type { DataAdapter, MemoryAdapterOptions } from '../adapter/index.ts'
import { createClient } from '../client/index.ts'
import type { CrmClient } from '../client/index.ts'
import { createRandom } from '../shared/random.ts'
import { createRecommender } from './createRecommender.ts'
import { backTestOperation, customersForProductOperation, recommendOperation, recommendOperations } from './operations.ts'
import { createPreferences } from './createPreferences.ts'
import type { NeighboursRequest, PreferenceSpec, RecommendRequest, SimilaritySpec } from './recommend.types.ts'
import { similarOperation } from './similarOperation.ts'

const AS_OF = Date.UTC(2026, 4, 31, 12)
const spec: PreferenceSpec = { from: 'transactions', asOf: AS_OF }
const clients: CrmClient[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

function clientOf(adapter: DataAdapter): CrmClient {
  const client = createClient(adapter)
  clients.push(client)
  return client
}

const line = (customerId: string | null, productId: string | null, orderId: string, at: string, amount: number, quantity: number | null = 1) => ({ customerId, productId, orderId, at, amount, quantity })
const shop: MemoryAdapterOptions = {
  timeZone: 'UTC',
  currency: 'EUR',
  data: {
    customers: [
      { customerId: 'ann', name: 'Ann', city: 'Oslo' },
      { customerId: 'bob', name: 'Bob', city: 'Lima' },
      { customerId: 'cyd', name: 'Cyd', city: 'Oslo' },
      { customerId: 'new', name: 'Neu', city: 'Lima' },
    ],
    products: [
      { productId: 'tea', name: 'Tea', category: 'Drinks', price: 300, available: true },
      { productId: 'milk', name: 'Milk', category: 'Drinks', price: null, available: true },
      { productId: 'honey', name: 'Honey', category: 'Food', price: 450, available: false },
      { productId: 'jam', name: 'Jam', category: 'Food', price: 250, available: true },
    ],
    transactions: [
      line('ann', 'tea', 'o1', '2026-05-01T10:00:00Z', 600, 2),
      line('ann', 'tea', 'o1', '2026-05-01T10:00:00Z', 300, 1),
      line('ann', 'milk', 'o2', '2026-05-02T10:00:00Z', 99),
      line('bob', 'tea', 'o3', '2026-01-01T10:00:00Z', 300, 1),
      line('bob', 'honey', 'o3', '2026-01-01T10:00:00Z', 900, 2),
      line('cyd', 'tea', 'o4', '2026-05-03T10:00:00Z', 1500, 5),
      line('cyd', 'milk', 'o4', '2026-05-03T10:00:00Z', 240, 2),
      line('cyd', 'milk', 'o5', '2026-05-04T10:00:00Z', -120, -1),
      line(null, 'jam', 'o6', '2026-05-05T10:00:00Z', 250),
      line('bob', null, 'o7', '2026-05-05T10:00:00Z', 100),
      line('ann', 'honey', 'o8', '2026-06-05T10:00:00Z', 450),
    ],
    ratings: [
      { customerId: 'ann', productId: 'tea', rating: 5 },
      { customerId: 'ann', productId: 'jam', rating: 1 },
      { customerId: 'bob', productId: 'tea', rating: 4 },
      { customerId: 'bob', productId: 'jam', rating: 2 },
      { customerId: 'cyd', productId: 'milk', rating: 3 },
      { customerId: 'cyd', productId: 'tea', rating: 1 },
    ],
  },
}

describe('recommendOperation', () => {
  it('recommends what the like-minded bought, with name, price and value of the shop', async () => {
    const { data, provenance, warnings } = await clientOf(createMemoryAdapter(shop)).run(recommendOperation, { for: { customerId: 'ann' }, preferences: spec, fill: 'none' })
    // Honey of 5 June lies after `asOf`. Two pieces in the one order that took it, 4.50 each.
    expect(data.items).toMatchObject([{ productId: 'honey', name: 'Honey', category: 'Food', price: 450, suggestedQuantity: 2, estimatedValue: 900, source: 'hybrid' }])
    expect(data).toMatchObject({ money: { currency: 'EUR', scale: 2 }, customers: 3, products: 4, preferences: 6, coldStart: null })
    expect(provenance).toMatchObject({ computedBy: 'local', exactness: 'exact' })
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([['LINES_AFTER_AS_OF', 1], ['LINES_WITHOUT_CUSTOMER', 1], ['LINES_WITHOUT_PRODUCT', 1]])
  })

  it('takes median quantities by order and, without a price, the median price of a piece', async () => {
    const { data } = await clientOf(createMemoryAdapter(shop)).run(recommendOperation, { for: { customerId: 'bob' }, preferences: spec, filters: { bought: 'include' }, limit: 4 })
    const facts = Object.fromEntries(data.items.map(({ productId, price, suggestedQuantity, estimatedValue }) => [productId, [price, suggestedQuantity, estimatedValue]]))
    // Tea by order: 3, 1, 5. Milk: 1 and 2 pieces at 0.99 and 1.20: the lower of two in the middle.
    expect(facts).toMatchObject({ tea: [300, 3, 900], milk: [99, 1, 99], honey: [450, 2, 900] })
  })

  it('answers the next question from what it fitted, until the data change', async () => {
    const adapter = createMemoryAdapter(shop)
    const client = clientOf(adapter)
    const ask = (request: Partial<RecommendRequest>) => client.run(recommendOperation, { for: { customerId: 'ann' }, preferences: spec, fill: 'none', ...request })
    const first = await ask({})
    expect((await ask({ limit: 4 })).data.items).toEqual(first.data.items)
    expect((await ask({ for: { productId: 'honey' } })).data.items.map(({ productId }) => productId)).toEqual(['tea'])
    expect((await ask({ for: { basket: ['milk'] } })).data.items[0]!.productId).toBe('tea')
    await adapter.append('transactions', [line('cyd', 'jam', 'o9', '2026-05-06T10:00:00Z', 250)])
    client.invalidate()
    const later = await ask({})
    expect(later.data.items.map(({ productId }) => productId)).toEqual(['jam', 'honey'])
    expect(later.data.id).not.toBe(first.data.id)
  })

  it('shows the new what sells in their city', async () => {
    const request = { for: { customerId: 'new' }, preferences: spec, segmentField: 'city', limit: 3 } as const
    const { data } = await clientOf(createMemoryAdapter(shop)).run(recommendOperation, request)
    expect(data).toMatchObject({ coldStart: 'noPreferences', segment: { field: 'city', value: 'Lima' } })
    expect(data.items.map(({ productId, source }) => `${productId} ${source}`)).toEqual(['honey segment', 'tea segment', 'milk popularity'])
  })

  it('knows purchases before the window, and products rated low, as not new', async () => {
    const client = clientOf(createMemoryAdapter(shop))
    const since = await client.run(recommendOperation, { for: { customerId: 'bob' }, preferences: { ...spec, since: Date.UTC(2026, 3, 1) }, limit: 4 })
    expect(since.data.items.map(({ productId }) => productId)).toEqual(['milk'])
    expect(since.data.coldStart).toBe('noPreferences')
    const both = await client.run(recommendOperation, { for: { customerId: 'cyd' }, preferences: { ...spec, from: 'both', likedFrom: 3 }, limit: 4 })
    expect(both.data.items.map(({ productId }) => productId)).toEqual(['honey'])
    const ratings = await client.run(recommendOperation, { for: { customerId: 'ann' }, preferences: { ...spec, from: 'ratings' }, limit: 4 })
    expect(ratings.data.items.map(({ productId }) => productId)).toEqual(['milk'])
  })

  it('buys again what was bought in the most orders, whatever preferences weigh', async () => {
    const adapter = createMemoryAdapter({ ...shop, data: { transactions: [...(shop.data.transactions as object[]), line('ann', 'milk', 'o9', '2026-05-09T10:00:00Z', 99), line('ann', 'milk', 'o10', '2026-05-10T10:00:00Z', 99)] as never } })
    const { data } = await clientOf(adapter).run(recommendOperation, { for: { customerId: 'ann' }, preferences: spec, strategy: { kind: 'buyAgain' }, filters: { bought: 'include' }, fill: 'none' })
    expect(data.items.map(({ productId, score, reason }) => [productId, score, reason.contributions[0]!.common, reason.contributions[0]!.daysAgo])).toEqual([['milk', 3, 3, 21], ['tea', 1, 1, 30]])
  })

  it('needs products in the purchases, and says so', async () => {
    const client = clientOf(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions: [{ customerId: 'a', orderId: '1', at: '2026-05-01T10:00:00Z', amount: 1 }] } }))
    await expect(client.run(recommendOperation, { for: { customerId: 'a' }, preferences: spec })).rejects.toMatchObject({ code: 'SET_MISSING' })
  })

  it.each([
    [{ limit: 0 }, 'LIMIT_RANGE'],
    [{ strategy: { kind: 'customers', neighbours: 0 } }, 'OPTION_INVALID'],
    [{ strategy: { kind: 'hybrid', parts: [{ weight: -1, strategy: { kind: 'popularity' } }] } }, 'WEIGHTS_INVALID'],
    [{ for: {} }, 'REQUEST_INVALID'],
    [{ preferences: { from: 'transactions', asOf: NaN } }, 'SPEC_INVALID'],
  ])('refuses %j with %s', async (wrong, code) => {
    await expect(clientOf(createMemoryAdapter(shop)).run(recommendOperation, { for: { customerId: 'ann' }, preferences: spec, ...wrong } as RecommendRequest)).rejects.toMatchObject({ code })
  })
})

describe('customersForProductOperation', () => {
  it('names who scores the product highest, but for those who have it', async () => {
    const client = clientOf(createMemoryAdapter(shop))
    const { data } = await client.run(customersForProductOperation, { productId: 'honey', preferences: spec })
    expect(data.items.map(({ customerId, name }) => [customerId, name])).toEqual([['cyd', 'Cyd'], ['ann', 'Ann']])
    for (const { customerId, score } of data.items) {
      const forward = await client.run(recommendOperation, { for: { customerId }, preferences: spec, fill: 'none' })
      expect(forward.data.items.find(({ productId }) => productId === 'honey')!.score).toBe(score)
    }
    expect((await client.run(customersForProductOperation, { productId: 'gone', preferences: spec })).data.shortfall).toEqual({ asked: 5, found: 0, removed: [{ filter: 'noSignal', count: 3 }] })
  })
})

describe('similarOperation', () => {
  const measures: readonly SimilaritySpec[] = (['cosine', 'commonCosine', 'pearson', 'textbookPearson', 'centredCosine', 'msd', 'jaccard'] as const).flatMap((measure) => [
    { measure },
    { measure, shrinkage: 10, significance: 5, minSupport: 2, negatives: 'keep' as const },
  ])
  /** An adapter that computes no summaries: everything is computed locally. */
  const locally = (adapter: DataAdapter): DataAdapter => ({ ...adapter, manifest: { ...adapter.manifest, summaries: [], scopeKey: 'local' }, summarise: () => null })

  it('is equal pushed down and local, for every measure of pairs, within 1e-12', async () => {
    const { below } = createRandom(5)
    const ids = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${String(i).padStart(2, '0')}`)
    const [customers, products] = [ids('c', 20), ids('p', 14)]
    const transactions = Array.from({ length: 300 }, (_, i) => line(customers[below(20)]!, products[Math.min(below(14), below(14))]!, `o${i % 150}`, new Date(AS_OF - below(100 * 86_400_000)).toISOString(), below(20) === 0 ? -5 : 100))
    const pairs = new Map(Array.from({ length: 150 }, () => [customers[below(20)]!, products[below(14)]!] as const).map((pair) => [pair.join(), pair]))
    const ratings = [...pairs.values()].map(([customerId, productId]) => ({ customerId, productId, rating: 1 + below(9) / 2 }))
    const adapter = createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions, ratings } })
    let asked = 0
    const counted: DataAdapter = { ...adapter, summarise: (request, context) => { asked += request.kind === 'pairs' ? 1 : 0; return adapter.summarise!(request, context) } }
    const [pushed, local] = [clientOf(counted), clientOf(locally(adapter))]
    let compared = 0
    let runs = 0
    for (const similarity of measures) {
      for (const preferences of [{ from: 'transactions', weight: 'binary' }, { from: 'transactions', weight: 'count', since: AS_OF - 50 * 86_400_000 }, { from: 'ratings' }] as const) {
        for (const [over, id] of [['customers', 'c03'], ['products', 'p01']] as const) {
          const request: NeighboursRequest = { over, id, similarity, preferences: { ...preferences, asOf: AS_OF, timeZone: 'UTC' }, limit: 1000 }
          const [a, b] = [await pushed.run(similarOperation, request), await local.run(similarOperation, request)]
          expect(asked).toBe(++runs)
          // Similarities equal but for the last bits may change places.
          const byId = (items: typeof a.data.items) => [...items].sort((x, y) => (x.id < y.id ? -1 : 1))
          expect(byId(b.data.items)).toEqual(byId(a.data.items).map((item) => ({ ...item, similarity: expect.closeTo(item.similarity, 12) })))
          for (const { data } of [a, b]) expect(data.items.map((one) => one.similarity)).toEqual(data.items.map((one) => one.similarity).sort((x, y) => y - x))
          expect(a.data.compared).toBe(b.data.compared)
          compared += a.data.items.length
        }
      }
    }
    expect(compared).toBeGreaterThan(500)
  })

  it('computes locally what pairs do not say', () => {
    const base = { over: 'products', id: 'tea', preferences: { ...spec, timeZone: 'UTC' } } as const
    const schema = { timeZone: 'UTC', sets: [{ name: 'transactions', estimatedRows: null, fields: ['customerId', 'productId', 'orderId', 'at', 'amount'].map((name) => ({ name, type: { kind: 'id' as const }, nullable: true })) }] } as const
    const kindOf = (request: Partial<NeighboursRequest>) => similarOperation.request({ ...base, ...request }, schema)?.kind ?? null
    expect([kindOf({}), kindOf({ similarity: { measure: 'jaccard', shrinkage: 5 } })]).toEqual(['pairs', 'pairs'])
    expect([kindOf({ similarity: { measure: 'adjustedCosine' } }), kindOf({ similarity: { measure: 'pearsonBaseline' } }), kindOf({ similarity: { measure: 'cosine', weighting: 'tfIdf' } }), kindOf({ preferences: { ...base.preferences, weight: 'logCount' } })]).toEqual([null, null, null, null])
  })

  it('takes every measure', async () => {
    const client = clientOf(createMemoryAdapter(shop))
    for (const measure of ['adjustedCosine', 'pearsonBaseline', 'dotProduct'] as const) {
      const { data } = await client.run(similarOperation, { over: 'products', id: 'tea', similarity: { measure, negatives: 'keep' }, preferences: { from: 'ratings', asOf: AS_OF, timeZone: 'UTC' } })
      expect(data).toMatchObject({ measure, compared: 2 })
    }
  })

  it('lists the most alike first, and says of somebody unknown that nothing is known', async () => {
    const client = clientOf(createMemoryAdapter(shop))
    const preferences = { ...spec, timeZone: 'UTC' }
    const { data } = await client.run(similarOperation, { over: 'customers', id: 'ann', preferences, limit: 1 })
    expect(data).toMatchObject({ items: [{ id: 'cyd', similarity: 1, common: 2, partners: 2 }], compared: 2, measure: 'cosine' })
    expect((await client.run(similarOperation, { over: 'customers', id: 'nobody', preferences })).data).toMatchObject({ items: [], compared: 0 })
    await expect(client.run(similarOperation, { over: 'customers', id: 'ann', preferences, limit: 0 })).rejects.toMatchObject({ code: 'LIMIT_RANGE' })
    await expect(client.run(similarOperation, { over: 'all' as 'products', id: 'ann', preferences })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
  })
})

describe('recommendOperations', () => {
  it('gives what a recommender over the same purchases gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(6), fc.nat(5), fc.nat(100)), { minLength: 1, maxLength: 40 }), async (rows) => {
        const transactions = rows.map(([c, p, days], i) => line(`c${c}`, `p${p}`, `o${i}`, new Date(AS_OF - days * 86_400_000).toISOString(), 100, null))
        const entries = rows.map(([c, p, days]) => ({ customerId: `c${c}`, productId: `p${p}`, weight: 1, at: AS_OF - days * 86_400_000 }))
        const recommender = createRecommender(createPreferences(entries, { duplicates: 'max' }), { asOf: AS_OF })
        const client = clientOf(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions } }))
        for (const customerId of ['c0', 'c3', 'nobody']) {
          const { data } = await client.run(recommendOperation, { for: { customerId }, preferences: spec })
          expect(data.items.map(({ productId, score }) => [productId, score])).toEqual(recommender.recommend({ customerId }).items.map(({ productId, score }) => [productId, score]))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('have names of their own, for the worker', () => {
    const names = recommendOperations.map(({ name }) => name)
    expect(names.every((name) => name.startsWith('recommend/'))).toBe(true)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThanOrEqual(4)
  })
})

describe('backTestOperation', () => {
  it('tells a shop with a pattern from one without', async () => {
    const { below } = createRandom(9)
    const made = (isPlanted: boolean) => {
      const transactions = Array.from({ length: 120 }, (_, c) => Array.from({ length: 8 }, (__, i) => {
        const group = isPlanted ? c % 4 : below(4)
        return line(`c${c}`, `p${group * 10 + below(10)}`, `o${c}-${i}`, new Date(AS_OF - (i * 25 + below(20)) * 86_400_000).toISOString(), 100)
      })).flat()
      return clientOf(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions } }))
    }
    const request = { preferences: spec, testDays: 50, samples: 200 } as const
    const [planted, random] = [await made(true).run(backTestOperation, request), await made(false).run(backTestOperation, request)]
    expect(planted.data).toMatchObject({ kind: 'back-test', verdict: 'signal', until: AS_OF })
    expect(random.data).toMatchObject({ verdict: 'noSignal', chosen: { kind: 'popularity' } })
    expect(planted.data.customers).toBeGreaterThan(30)
  })
})
