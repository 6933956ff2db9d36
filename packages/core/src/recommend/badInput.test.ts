import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { createMemoryAdapter } from '../adapter/index.ts'
import type { MemoryAdapterOptions } from '../adapter/index.ts'
import { createClient } from '../client/index.ts'
import type { CrmClient } from '../client/index.ts'
import { isCrmError } from '../errors/index.ts'
import { createPreferences } from './createPreferences.ts'
import { createRecommender } from './createRecommender.ts'
import { backTestOperation, customersForProductOperation, productNamesOperation, recommendOperation, similarOperation } from './operations.ts'
import { PAIR_MEASURES } from './pairMeasures.ts'
import { ratingPresets } from './ratings/ratingPresets.ts'
import { fitRatings } from './ratings/fitRatings.ts'
import type { PreferenceSpec, RecommendStrategy, SimilarityMeasure } from './recommend.types.ts'

// What comes from a URL, a form or a file may have any shape, and data may be as thin as data get: an answer without a number
// that is none, or an error of the kit in three sentences.

const AS_OF = Date.UTC(2026, 4, 31)
const DAY = 86_400_000
const MEASURES: readonly SimilarityMeasure[] = [...PAIR_MEASURES, 'adjustedCosine', 'pearsonBaseline']
const STRATEGIES: readonly RecommendStrategy[] = [
  ...MEASURES.flatMap((measure): RecommendStrategy[] => [
    { kind: 'customers', similarity: { measure, negatives: 'keep' }, nearest: 'product', votes: 'weighted', halfLifeDays: 30 },
    { kind: 'products', similarity: { measure, negatives: 'keep', shrinkage: 10 }, halfLifeDays: 30 },
  ]),
  { kind: 'products', similarity: { measure: 'cosine', weighting: { method: 'bm25' } } },
  { kind: 'buyAgain', halfLifeDays: 30 },
  { kind: 'popularity', windowDays: 1, halfLifeDays: 1e-9 },
]

type Sold = readonly [customerId: string, productId: string, daysAgo: number]

const clients: CrmClient[] = []
afterAll(() => {
  for (const client of clients) client.close()
})

function clientOf(sold: readonly Sold[], ratings: readonly { customerId: string; productId: string; rating: number }[] = []): CrmClient {
  const options: MemoryAdapterOptions = {
    timeZone: 'UTC',
    currency: 'EUR',
    data: {
      customers: [...new Set(sold.map(([customerId]) => customerId))].map((customerId) => ({ customerId, name: customerId })),
      products: [...new Set(sold.map(([, productId]) => productId))].map((productId) => ({ productId, name: null, category: 'all', price: 100, available: true })),
      transactions: sold.map(([customerId, productId, daysAgo], i) => ({ customerId, productId, orderId: `o${i}`, at: new Date(AS_OF - daysAgo * DAY).toISOString(), amount: 100, quantity: 1 })),
      ratings: [...ratings],
    },
  }
  const client = createClient(createMemoryAdapter(options))
  clients.push(client)
  return client
}

/** Paths of numbers that are none, of members that lead nowhere, and of records that can be changed. */
function flaws(value: unknown, path = 'result'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`]
  if (typeof value !== 'object' || value === null) return value === undefined ? [`${path} is undefined`] : []
  return [...(Object.isFrozen(value) || path.includes('trategy') || path.includes('chosen') ? [] : [`${path} is not frozen`]), ...Object.entries(value).flatMap(([name, member]) => flaws(member, `${path}.${name}`))]
}

/** '' for an answer or an error as they should be. */
async function verdictOn(work: () => unknown): Promise<string> {
  try {
    return flaws(await work()).join(', ')
  } catch (error) {
    if (!isCrmError(error)) return `${error instanceof Error ? error.stack : String(error)}`
    // INTERNAL: something that nobody looked for.
    return error.code !== 'INTERNAL' && /^[^\n]+[.!] [^\n]+\. [^\n]+\.$/.test(error.message) ? '' : `${error.code}: ${error.message} ${String(error.cause instanceof Error ? error.cause.stack : error.cause)}`
  }
}

const SOLD: readonly Sold[] = [
  ['ann', 'tea', 40], ['ann', 'cup', 3], ['bob', 'tea', 200], ['bob', 'pot', 90], ['cyd', 'tea', 1], ['cyd', 'cup', 2], ['cyd', '__proto__', 3], ['__proto__', 'tea', 5], ['__proto__', 'constructor', 5], ['constructor', '__proto__', 7],
]

const spec: PreferenceSpec = { from: 'transactions', asOf: AS_OF, since: AS_OF - 1000 * DAY, weight: 'binary' }
const strategy: RecommendStrategy = {
  kind: 'hybrid',
  parts: [
    { weight: 1, strategy: { kind: 'customers', similarity: { measure: 'cosine', weighting: { method: 'bm25', k1: 1, b: 0.5 }, minSupport: 1, shrinkage: 1, significance: 1, minSimilarity: 0, negatives: 'drop' }, neighbours: 5, minNeighbours: 1, nearest: 'product', votes: 'weighted', halfLifeDays: 60 } },
    { weight: 1, strategy: { kind: 'popularity', windowDays: 90, halfLifeDays: 30 } },
  ],
}
const requests = {
  list: [recommendOperation, {
    for: { customerId: 'ann' }, preferences: spec, strategy, limit: 3, segmentField: 'name', fill: 'popularity',
    filters: { bought: { notWithinDays: 30 }, inStock: true, categories: { allow: ['all'], deny: ['none'] }, price: { min: 0, max: 1e6 }, allow: ['tea', 'cup', 'pot'], deny: ['none'], dismissed: ['none'], perCategory: 2, diversity: 0.5 },
    explain: { contributions: 3, privacy: 'ids' },
  }],
  basket: [recommendOperation, { for: { basket: ['tea'] }, preferences: spec, strategy: { kind: 'products' } }],
  customers: [customersForProductOperation, { productId: 'cup', preferences: spec, strategy, limit: 3, bought: { notWithinDays: 30 }, explain: { contributions: 2, privacy: 'counts' } }],
  similar: [similarOperation, { over: 'products', id: 'tea', similarity: { measure: 'pearson', minSupport: 1 }, preferences: { ...spec, timeZone: 'UTC' }, limit: 5 }],
  backTest: [backTestOperation, { preferences: spec, strategies: [{ name: 'mine', strategy }], testDays: 30, chooseWeights: true, task: 'any', k: 3, samples: 100, maxCustomers: 50, seed: 7 }],
  names: [productNamesOperation, { ids: ['tea'] }],
} as const

/** The request with one member, however deep, put to another value; the path picks by turns. */
function broken(request: unknown, turns: readonly number[], value: unknown): unknown {
  const copy = structuredClone(request) as Record<string, unknown>
  let at = copy
  for (const turn of turns) {
    const names = Object.keys(at)
    const name = names[turn % names.length] as string
    const member = at[name]
    if (typeof member === 'object' && member !== null && turn % 3 !== 0) {
      at = member as Record<string, unknown>
      continue
    }
    at[name] = value
    break
  }
  return copy
}

const nonsense = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, NaN, Infinity, -Infinity, -1, 0, 0.5, 1001, 1e9, 1e308, Number.MIN_VALUE, '', 'x', '__proto__', 'constructor', '7', true, [], {}, [null], [[]], ['__proto__'], [1], { kind: 'hybrid' }, { length: 3 }),
  fc.jsonValue(),
  fc.record({ kind: fc.constantFrom('customers', 'products', 'hybrid', 'toString'), parts: fc.jsonValue(), similarity: fc.jsonValue(), neighbours: fc.jsonValue() }, { noNullPrototype: true }),
)

describe('a request of any shape', () => {
  const client = clientOf(SOLD, [{ customerId: 'ann', productId: 'tea', rating: 5 }, { customerId: 'bob', productId: 'tea', rating: 5 }])

  test.each(Object.keys(requests) as (keyof typeof requests)[])('%s: gets an answer without NaN, or an error of the kit', async (name) => {
    const [operation, request] = requests[name] as unknown as readonly [typeof recommendOperation, Parameters<typeof client.run>[1]]
    expect(flaws((await client.run(operation, request as never)).data)).toEqual([])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 }), nonsense, async (turns, value) => {
        const asked = broken(request, turns, value)
        expect(await verdictOn(() => client.run(operation, asked as never).then(({ data }) => data))).toBe('')
      }),
      { numRuns: 1000 },
    )
  }, 60_000)
})

describe('data as thin as data get', () => {
  const shops: Readonly<Record<string, readonly Sold[]>> = {
    'no purchases': [],
    'one purchase': [['ann', 'tea', 5]],
    'one customer': [['ann', 'tea', 5], ['ann', 'cup', 4], ['ann', 'pot', 200]],
    'one product': [['ann', 'tea', 5], ['bob', 'tea', 4], ['cyd', 'tea', 200]],
    'no common products': [['ann', 'tea', 5], ['bob', 'cup', 4], ['cyd', 'pot', 100]],
    'all customers alike': ['ann', 'bob', 'cyd', 'dan'].flatMap((customer) => ['tea', 'cup', 'pot'].map((product): Sold => [customer, product, 50])),
    'ids of Object.prototype': SOLD,
    'purchases after the present': [['ann', 'tea', -5], ['bob', 'tea', -4]],
  }

  test.each(Object.entries(shops))('%s: by every strategy a list, customers and neighbours without NaN', async (_, sold) => {
    const client = clientOf(sold, sold.slice(0, 2).map(([customerId, productId]) => ({ customerId, productId, rating: 3 })))
    const preferences = { from: 'transactions', asOf: AS_OF, weight: 'count' } as const
    const found: string[] = []
    for (const asked of [undefined, ...STRATEGIES]) {
      const common = { preferences, ...(asked === undefined ? {} : { strategy: asked }) }
      for (const target of [{ customerId: 'ann' }, { customerId: 'nobody' }, { basket: ['tea', 'tea', 'no such thing'] }, { basket: [] }, { productId: 'pot' }, { customerId: '__proto__' }]) {
        for (const fill of ['popularity', 'none'] as const) found.push(await verdictOn(async () => (await client.run(recommendOperation, { ...common, for: target, fill, filters: { bought: 'include', diversity: 0.3, perCategory: 2 } })).data))
      }
      for (const productId of ['tea', 'nothing', '__proto__']) found.push(await verdictOn(async () => (await client.run(customersForProductOperation, { ...common, productId, bought: 'include' })).data))
    }
    for (const measure of MEASURES) {
      for (const [over, id] of [['customers', 'ann'], ['products', 'tea'], ['products', 'nothing'], ['customers', '__proto__']] as const) {
        found.push(await verdictOn(async () => (await client.run(similarOperation, { over, id, similarity: { measure, negatives: 'keep' }, preferences: { ...preferences, timeZone: 'UTC' } })).data))
      }
    }
    found.push(await verdictOn(async () => (await client.run(backTestOperation, { preferences, testDays: 30, samples: 100 })).data))
    expect(found.filter((verdict) => verdict !== '')).toEqual([])
  })

  test('ratings without variance, alone or repeated, are predicted by every preset without NaN', () => {
    const shapes = [[], [['ann', 'tea', 3]], [['ann', 'tea', 3], ['bob', 'tea', 3], ['ann', 'cup', 3], ['bob', 'cup', 3]], [['ann', 'tea', 1], ['ann', 'tea', 5], ['bob', 'cup', 3]]] as const
    const found = shapes.flatMap((ratings) => {
      const preferences = createPreferences(ratings.map(([customerId, productId, weight]) => ({ customerId, productId, weight })), { scale: { lowest: 1, highest: 5 }, keepSequence: true })
      return Object.values({ ...ratingPresets.surprise, ...ratingPresets.lenskit }).flatMap((preset) => {
        const model = fitRatings(preferences, preset)
        return ['ann', 'bob', 'nobody'].flatMap((customer) => ['tea', 'cup', 'nothing', '__proto__'].flatMap((product) => flaws(model.predict(customer, product))))
      })
    })
    expect(found).toEqual([])
  })
})

test('thousands of allowed, denied and dismissed ids are looked up once', () => {
  const entries = Array.from({ length: 4000 }, (_, i) => ({ customerId: `c${i % 50}`, productId: `p${i % 900}`, weight: 1 }))
  const ids = Array.from({ length: 20_000 }, (_, i) => `p${i}`)
  const recommender = createRecommender(createPreferences(entries), { asOf: AS_OF, strategy: { kind: 'popularity' } })
  const list = recommender.recommend({ customerId: 'nobody', limit: 1000, filters: { allow: ids, deny: ids.slice(1), dismissed: ids.slice(500) } })
  expect(list.items.map(({ productId }) => productId)).toEqual(['p0'])
  expect(list.shortfall?.removed).toEqual([{ filter: 'deny', count: 899 }])
})

test('an empty catalogue after filters is explained', () => {
  const recommender = createRecommender(createPreferences([{ customerId: 'ann', productId: 'tea', weight: 1 }, { customerId: 'bob', productId: 'cup', weight: 1 }]), { asOf: AS_OF })
  const list = recommender.recommend({ customerId: 'ann', filters: { categories: { allow: ['none'] } } })
  expect(list).toMatchObject({ items: [], shortfall: { asked: 5, found: 0, removed: [{ filter: 'bought', count: 1 }, { filter: 'categories', count: 1 }] } })
})

test.each([0, 1001, 2.5, NaN, Infinity, '5', null])('a list of %s is refused', (limit) => {
  const recommender = createRecommender(createPreferences([{ customerId: 'ann', productId: 'tea', weight: 1 }]), { asOf: AS_OF })
  expect(() => recommender.recommend({ customerId: 'ann', limit: limit as number })).toThrow(expect.objectContaining({ code: 'LIMIT_RANGE' }))
  expect(() => recommender.customersFor('tea', { limit: limit as number })).toThrow(expect.objectContaining({ code: 'LIMIT_RANGE' }))
})

test.each([
  ['filters that are no record', { filters: null }, 'OPTION_INVALID'],
  ['categories that are no record', { filters: { categories: 'all' } }, 'OPTION_INVALID'],
  ['reasons that are no record', { explain: null }, 'REQUEST_INVALID'],
  ['preferences that are none', { preferences: null }, 'REQUEST_INVALID'],
  ['a present that is no number', { preferences: { ...spec, asOf: NaN } }, 'SPEC_INVALID'],
  ['a half-life of 0', { strategy: { kind: 'customers', halfLifeDays: 0 } }, 'OPTION_INVALID'],
  ['k of 0', { strategy: { kind: 'products', neighbours: 0 } }, 'OPTION_INVALID'],
  ['a segment that no customer has', { segmentField: 'tier' }, 'FIELD_UNKNOWN'],
])('%s: refused by name', async (_, member, code) => {
  const asked = { for: { customerId: 'ann' }, preferences: spec, ...member }
  await expect(clientOf(SOLD).run(recommendOperation, asked as never)).rejects.toMatchObject({ code })
})
