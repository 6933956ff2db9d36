import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../shared/random.ts'
import { runToEnd } from '../shared/steps.ts'
import { createPreferences } from './createPreferences.ts'
import { createRecommender } from './createRecommender.ts'
import type { RecommendQuery } from './createRecommender.ts'
import { defaultStrategy, fitStrategy } from './fitStrategy.ts'
import { codeOfId, rowOf } from './preferenceRows.ts'
import type { FilterName, Preferences, RecommendFilters, RecommendStrategy } from './recommend.types.ts'
import { createScoreSheet } from './scoreSheet.ts'
import { AS_OF, DAY, randomShop } from './testing/randomShop.ts'

const strategies: readonly RecommendStrategy[] = [
  defaultStrategy,
  { kind: 'customers', neighbours: 5, votes: 'weighted' },
  { kind: 'customers', nearest: 'product', neighbours: 7, similarity: { measure: 'pearson', negatives: 'keep' } },
  { kind: 'customers', nearest: 'product', neighbours: 4, minNeighbours: 2, votes: 'weighted', halfLifeDays: 40 },
  { kind: 'products', neighbours: 6, minNeighbours: 2 },
  { kind: 'products', neighbours: 4, similarity: { measure: 'adjustedCosine', negatives: 'keep' }, halfLifeDays: 30 },
  { kind: 'popularity', windowDays: 90, halfLifeDays: 20 },
  { kind: 'buyAgain', halfLifeDays: 45 },
  { kind: 'hybrid', parts: [{ weight: 3, strategy: { kind: 'products' } }, { weight: 1, strategy: { kind: 'popularity' } }, { weight: 2, strategy: { kind: 'buyAgain' } }] },
]
const tea = createPreferences([
  { customerId: 'ann', productId: 'tea', weight: 1 },
  { customerId: 'ann', productId: 'milk', weight: 1 },
  { customerId: 'bob', productId: 'tea', weight: 1 },
  { customerId: 'bob', productId: 'honey', weight: 1 },
  { customerId: 'cyd', productId: 'tea', weight: 1 },
])

/** Random filters, each often left out. */
function randomFilters(int: (below: number) => number, products: readonly string[]): RecommendFilters {
  const some = (most: number) => Array.from({ length: int(most) }, () => products[int(products.length)]!)
  const letters = () => [...'abcde'].filter(() => int(2) === 0)
  return {
    ...(int(2) === 0 ? {} : { bought: int(6) === 0 ? 'include' : int(2) === 0 ? 'exclude' : { notWithinDays: int(200) } }),
    ...(int(3) === 0 ? { inStock: int(2) === 0 } : {}),
    ...(int(4) === 0 ? { categories: { ...(int(2) === 0 ? { allow: letters() } : {}), ...(int(2) === 0 ? { deny: letters() } : {}) } } : {}),
    ...(int(4) === 0 ? { price: { ...(int(2) === 0 ? { min: int(700) } : {}), ...(int(2) === 0 ? { max: 200 + int(800) } : {}) } } : {}),
    ...(int(6) === 0 ? { allow: some(60) } : {}),
    ...(int(3) === 0 ? { deny: some(20) } : {}),
    ...(int(3) === 0 ? { dismissed: some(8) } : {}),
    ...(int(5) === 0 ? { perCategory: 1 + int(4) } : {}),
    ...(int(20) === 0 ? { diversity: int(11) / 10 } : {}),
  }
}

describe('recommend', () => {
  it('recommends what the like-minded have, and not what the customer has', () => {
    const list = createRecommender(tea, { asOf: AS_OF }).recommend({ customerId: 'ann', fill: 'none' })
    expect(list.items.map(({ productId, rank, source }) => [productId, rank, source])).toEqual([['honey', 1, 'hybrid']])
    // Nobody else has milk: it has no score to take away.
    expect(list.shortfall).toEqual({ asked: 5, found: 1, removed: [{ filter: 'bought', count: 1 }, { filter: 'noSignal', count: 1 }] })
    expect([list.customers, list.products, list.preferences, list.coldStart, list.segment]).toEqual([3, 3, 5, null, null])
  })

  it('answers 100,000 random filtered questions: nothing bought comes back, and lists are full or say what is missing', { timeout: 120_000 }, () => {
    const shop = randomShop(7, { customers: 120, products: 90, pairs: 1500 })
    const { preferences, products } = shop
    const { below: int } = createRandom(42)
    const ids = [...preferences.products, 'p-nothing']
    const recommenders = strategies.map((strategy) => createRecommender(preferences, { asOf: AS_OF, strategy, products }))
    const slow = strategies.map((strategy) => slowList(preferences, strategy, products))
    const sample: { readonly found: object; readonly slowly: () => object }[] = []
    let [full, short, bought] = [0, 0, 0]
    for (let i = 0; i < 100_000; i++) {
      const s = int(strategies.length)
      const customerId = preferences.customers[int(preferences.customers.length)]!
      const query = { customerId, limit: 1 + int(12), filters: randomFilters(int, ids), fill: int(2) === 0 ? 'none' : 'popularity', explain: { contributions: 0 } } as const
      const list = recommenders[s]!.recommend(query)
      const row = rowOf(preferences, codeOfId(preferences.customers, customerId))
      const rule = query.filters.bought ?? 'exclude'
      for (const { productId } of list.items) {
        const place = row.codes.indexOf(codeOfId(preferences.products, productId))
        if (place < 0 || rule === 'include') continue
        if (rule === 'exclude' || !(row.at![place]! < AS_OF - rule.notWithinDays * DAY)) bought++
      }
      if (list.shortfall === null) {
        full++
        if (list.items.length !== query.limit) throw new Error(`${list.items.length} instead of ${query.limit}`)
      } else {
        short++
        const { asked, found, removed } = list.shortfall
        const counted = removed.reduce((sum, { count }) => sum + count, found)
        if (asked !== query.limit || found !== list.items.length || found >= asked || counted !== list.products) throw new Error(`${JSON.stringify(list.shortfall)} of ${list.products}`)
      }
      if (i % 100 === 0) sample.push({ found: { i, items: list.items.map(({ productId, score }) => [productId, score]), shortfall: list.shortfall }, slowly: () => ({ i, ...slow[s]!(query) }) })
    }
    for (const { found, slowly } of sample) expect(found).toEqual(slowly())
    expect([bought, sample.length]).toEqual([0, 1000])
    expect(full + short).toBe(100_000)
    expect(Math.min(full, short)).toBeGreaterThan(10_000)
  })

  it('gives contributions that add up to the score to the bit, the largest first, whatever is shown', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.constantFrom(...strategies), fc.nat(8), fc.constantFrom('counts', 'anonymous', 'ids' as const), (seed, strategy, contributions, privacy) => {
        const { preferences, products } = randomShop(seed, { customers: 25, products: 15, pairs: 130 })
        const recommender = createRecommender(preferences, { asOf: AS_OF, strategy, products })
        const lists = preferences.customers.slice(0, 6).map((customerId) => recommender.recommend({ customerId, limit: 8, filters: { bought: 'include' }, explain: { contributions, privacy } }))
        const reversed = recommender.customersFor(preferences.products[0]!, { limit: 10, bought: 'include', explain: { contributions, privacy } })
        for (const { score, reason, confidence, support } of [...lists.flatMap(({ items }) => items), ...reversed.items]) {
          const values = reason.contributions.map(({ value }) => value)
          expect(values.reduce((sum, value) => sum + value, 0) + reason.others.value).toBe(score)
          expect(values).toEqual([...values].sort((a, b) => b - a))
          expect(values.length).toBeLessThanOrEqual(contributions)
          expect(reason.others.count > 0 || reason.others.value === 0).toBe(true)
          expect(reason.votes.reduce((sum, { value }) => sum + value, 0)).toBe(score)
          expect(reason.support).toBe(support)
          expect(support).toBeLessThanOrEqual(reason.of)
          expect(confidence.value).toBeGreaterThanOrEqual(0)
          expect(confidence.value).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('shows no id of a customer under counts, numbers under anonymous, who it is under ids', () => {
    const { preferences } = randomShop(3)
    const recommender = createRecommender(preferences, { asOf: AS_OF })
    const json = (privacy: 'counts' | 'anonymous' | 'ids') => preferences.customers.map((customerId) => JSON.stringify(recommender.recommend({ customerId, limit: 20, explain: { privacy, contributions: 50 } }))).join('')
    const finds = (privacy: 'counts' | 'anonymous' | 'ids') => [/c-\d/, /"kind":"customer","id":null/, /"kind":"customer","id":"#1"/].map((pattern) => pattern.test(json(privacy)))
    expect([finds('counts'), finds('anonymous'), finds('ids')]).toEqual([[false, true, false], [false, false, true], [true, false, false]])
    const list = recommender.recommend({ customerId: 'c-001', limit: 20, explain: { privacy: 'anonymous', contributions: 50 } })
    const named = recommender.recommend({ customerId: 'c-001', limit: 20, explain: { privacy: 'ids', contributions: 50 } })
    const numbers = new Map(list.items.flatMap(({ reason }, i) => reason.contributions.map(({ id }, j) => [id, named.items[i]!.reason.contributions[j]!.id] as const)))
    expect(new Set(numbers.values()).size).toBe(numbers.size) // one number, one customer
  })

  it('breaks ties by support, then by id', () => {
    const preferences = createPreferences(['b', 'a', 'c'].flatMap((productId) => ['1', '2'].map((customerId) => ({ customerId, productId, weight: 1 }))).concat([{ customerId: '3', productId: 'z', weight: 1 }]))
    const list = createRecommender(preferences, { asOf: AS_OF, strategy: { kind: 'popularity' } }).recommend({ customerId: '3', limit: 3 })
    expect(list.items.map(({ productId }) => productId)).toEqual(['a', 'b', 'c'])
  })

  it('fills with what is popular, and says so', () => {
    const list = createRecommender(tea, { asOf: AS_OF, strategy: { kind: 'buyAgain' } }).recommend({ customerId: 'ann', limit: 3, filters: { bought: 'include' } })
    expect(list.items.map(({ productId, source }) => [productId, source])).toEqual([['milk', 'buyAgain'], ['tea', 'buyAgain'], ['honey', 'popularity']])
  })

  it('starts cold with what is popular in the segment, else with what is popular, and says why', () => {
    const customers = [
      { customerId: 'new', segment: 'north' },
      { customerId: 'bob', name: 'Bob', segment: 'north' },
      { customerId: 'odd' },
    ]
    const recommender = createRecommender(tea, { asOf: AS_OF, customers, segmentField: 'region' })
    const show = (query: RecommendQuery) => {
      const { items, coldStart, segment } = recommender.recommend({ limit: 3, ...query })
      return { items: items.map(({ productId, source }) => `${productId} ${source}`), coldStart, segment }
    }
    expect(show({ customerId: 'new' })).toEqual({ items: ['honey segment', 'tea segment', 'milk popularity'], coldStart: 'noPreferences', segment: { field: 'region', value: 'north' } })
    expect(show({ customerId: 'odd' })).toEqual({ items: ['tea popularity', 'honey popularity', 'milk popularity'], coldStart: 'noPreferences', segment: null })
    expect(show({ customerId: 'nobody' }).coldStart).toBe('unknownCustomer')
    expect(show({ basket: ['no such thing'] })).toMatchObject({ coldStart: 'unknownBasket', items: ['tea popularity', 'honey popularity', 'milk popularity'] })
    expect(show({ basket: [] }).coldStart).toBe('unknownBasket')
    expect(show({ productId: 'nothing' }).coldStart).toBe('unknownProduct')
    expect(recommender.recommend({ customerId: 'nobody', fill: 'none' })).toMatchObject({ items: [], shortfall: { asked: 5, found: 0, removed: [{ filter: 'noSignal', count: 3 }] } })
  })

  it('answers for a basket of nobody we know as for a customer with the same products', () => {
    const { preferences } = randomShop(11)
    const plain: Preferences = { ...preferences, byCustomer: { ...preferences.byCustomer, weights: preferences.byCustomer.weights.map(() => 1), at: null }, byProduct: { ...preferences.byProduct, weights: preferences.byProduct.weights.map(() => 1), at: null } }
    const recommender = createRecommender(plain, { asOf: AS_OF, strategy: { kind: 'products' } })
    for (const customerId of plain.customers.slice(0, 20)) {
      const basket = [...rowOf(plain, codeOfId(plain.customers, customerId)).codes].map((code) => plain.products[code]!).reverse()
      const { id: _, ...own } = recommender.recommend({ customerId, limit: 8 })
      const { id: __, ...anonymous } = recommender.recommend({ basket, limit: 8 })
      expect(anonymous).toEqual(own)
    }
  })

  it('says what it is worth: price times what one order takes', () => {
    const products = [{ productId: 'honey', name: 'Honey', category: 'Food', price: 450, suggestedQuantity: 2 }, { productId: 'milk', price: 99 }, { productId: 'unsold' }]
    const list = createRecommender(tea, { asOf: AS_OF, products, money: { currency: 'EUR', scale: 2 } }).recommend({ customerId: 'cyd', limit: 2 })
    expect(list.items.map(({ name, category, price, suggestedQuantity, estimatedValue }) => [name, category, price, suggestedQuantity, estimatedValue])).toEqual([
      ['Honey', 'Food', 450, 2, 900],
      [null, null, 99, null, null],
    ])
    expect(list.money).toEqual({ currency: 'EUR', scale: 2 })
    expect(list.products).toBe(4)
  })

  it('does not offer as new what the history holds and the preferences do not', () => {
    const history = createPreferences([{ customerId: 'ann', productId: 'honey', weight: 3 }, { customerId: 'old', productId: 'tea', weight: 1 }])
    const recommender = createRecommender(tea, { asOf: AS_OF, history })
    expect(recommender.recommend({ customerId: 'ann' }).items.map(({ productId }) => productId)).toEqual([])
    expect(recommender.recommend({ customerId: 'old' })).toMatchObject({ coldStart: 'noPreferences', items: [{ productId: 'honey' }, { productId: 'milk' }] })
    const again = createRecommender(tea, { asOf: AS_OF, history, strategy: { kind: 'buyAgain' } }).recommend({ customerId: 'ann', filters: { bought: 'include' }, fill: 'none' })
    expect(again.items.map(({ productId, score }) => [productId, score])).toEqual([['honey', 3]])
  })

  it('ranks what it recommends, without a word about it', () => {
    const { below: int } = createRandom(5)
    const { preferences, products } = randomShop(11, { customers: 40, products: 50, pairs: 400 })
    for (const strategy of strategies) {
      const recommender = createRecommender(preferences, { asOf: AS_OF, strategy, products, onDemand: true })
      for (const customerId of [...preferences.customers.slice(0, 10), 'nobody']) {
        const query = { customerId, limit: 8, filters: randomFilters(int, preferences.products) }
        const items = recommender.recommend(query).items.map(({ productId, score, support, source }) => ({ productId, score: expect.closeTo(score, 12), support, source }))
        expect(recommender.rank(query)).toEqual(items)
      }
    }
  })

  it('answers questions in turns as one after the other', () => {
    const { preferences, products } = randomShop(3, { customers: 40, products: 50, pairs: 400 })
    const queries = preferences.customers.slice(0, 12).map((customerId, i) => ({ customerId, limit: 20, filters: i % 2 === 0 ? { diversity: 0.5 } : {} }))
    for (const strategy of [...strategies, defaultStrategy]) {
      for (const onDemand of [true, false]) {
        const recommender = createRecommender(preferences, { asOf: AS_OF, strategy, products, onDemand })
        const open = [...queries.map((query) => recommender.recommendInSteps(query)), ...preferences.products.slice(0, 3).map((id) => recommender.customersForInSteps(id, { limit: 9 }))]
        const answers: unknown[] = open.map(() => null)
        while (answers.includes(null)) {
          open.forEach((steps, i) => {
            const step = answers[i] === null ? steps.next() : null
            if (step?.done) answers[i] = step.value
          })
        }
        const alone = createRecommender(preferences, { asOf: AS_OF, strategy, products, onDemand })
        expect(answers).toEqual([...queries.map((query) => alone.recommend(query)), ...preferences.products.slice(0, 3).map((id) => alone.customersFor(id, { limit: 9 }))])
      }
    }
  })

  it('names the same question to the same data the same, and another one not', () => {
    const make = (asOf: number = AS_OF) => createRecommender(tea, { asOf })
    const id = (query: RecommendQuery, recommender = make()) => recommender.recommend(query).id
    expect(id({ customerId: 'ann', limit: 5 })).toBe(id({ limit: 5, customerId: 'ann', filters: {} }))
    const others = [id({ customerId: 'ann' }), id({ customerId: 'bob' }), id({ customerId: 'ann', limit: 4 }), id({ customerId: 'ann', fill: 'none' }), id({ customerId: 'ann' }, make(AS_OF + 1)), id({ customerId: 'ann' }, make().update({ add: [{ customerId: 'ann', productId: 'tea', weight: 2 }] }))]
    expect(new Set(others).size).toBe(others.length)
    expect(others[0]).toMatch(/^[0-9a-z]{6,16}$/)
  })

  it.each([
    [{ customerId: 'ann', limit: 0 }, 'LIMIT_RANGE'],
    [{ customerId: 'ann', limit: 1001 }, 'LIMIT_RANGE'],
    [{ customerId: 'ann', limit: NaN }, 'LIMIT_RANGE'],
    [{ customerId: 'ann', limit: '5' }, 'LIMIT_RANGE'],
    [{ customerId: 'ann', filters: { diversity: 2 } }, 'OPTION_INVALID'],
    [{ customerId: 'ann', filters: { diversity: NaN } }, 'OPTION_INVALID'],
    [{ customerId: 'ann', filters: { perCategory: 0 } }, 'OPTION_INVALID'],
    [{ customerId: 'ann', filters: { bought: 'never' } }, 'OPTION_INVALID'],
    [{ customerId: 'ann', filters: { bought: { notWithinDays: -1 } } }, 'OPTION_INVALID'],
    [{ customerId: 'ann', filters: { deny: 'tea' } }, 'OPTION_INVALID'],
    [{ customerId: 'ann', filters: { price: { min: NaN } } }, 'OPTION_INVALID'],
    [{ customerId: 'ann', explain: { privacy: 'all' } }, 'REQUEST_INVALID'],
    [{ customerId: 'ann', explain: { contributions: -1 } }, 'REQUEST_INVALID'],
    [{ customerId: 'ann', fill: 'random' }, 'REQUEST_INVALID'],
    [{ customerId: 'ann', basket: ['tea'] }, 'REQUEST_INVALID'],
    [{ customerId: 7 }, 'REQUEST_INVALID'],
    [{ basket: 'tea' }, 'REQUEST_INVALID'],
    [{}, 'REQUEST_INVALID'],
  ])('refuses %j with %s', (query, code) => {
    expect(() => createRecommender(tea, { asOf: AS_OF }).recommend(query as unknown as RecommendQuery)).toThrow(expect.objectContaining({ code }))
  })

  it('holds without data, with one purchase, and when filters leave nothing', () => {
    const empty = createRecommender(createPreferences([]), { asOf: AS_OF })
    expect(empty.recommend({ customerId: 'ann' })).toMatchObject({ items: [], coldStart: 'unknownCustomer', shortfall: { asked: 5, found: 0, removed: [] } })
    expect(empty.customersFor('tea')).toMatchObject({ items: [], shortfall: { asked: 5, found: 0, removed: [] } })
    const one = createRecommender(createPreferences([{ customerId: 'ann', productId: 'tea', weight: 1 }]), { asOf: AS_OF })
    expect(one.recommend({ customerId: 'ann' })).toMatchObject({ items: [], coldStart: null, shortfall: { removed: [{ filter: 'bought', count: 1 }] } })
    expect(one.recommend({ customerId: 'bob' }).items).toMatchObject([{ productId: 'tea', source: 'popularity' }])
    expect(createRecommender(tea, { asOf: AS_OF }).recommend({ customerId: 'ann', filters: { allow: [] } }).shortfall).toEqual({ asked: 5, found: 0, removed: [{ filter: 'bought', count: 2 }, { filter: 'allow', count: 1 }] })
    expect(() => createRecommender(tea, { asOf: NaN })).toThrow(expect.objectContaining({ code: 'DATE_INVALID' }))
    expect(() => createRecommender(tea, { asOf: AS_OF, strategy: { kind: 'customers', neighbours: 0 } })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })

  it('writes no NaN, and survives JSON', () => {
    for (const strategy of strategies) {
      const { preferences, products } = randomShop(5)
      const list = createRecommender(preferences, { asOf: AS_OF, strategy, products }).recommend({ customerId: 'c-003', limit: 30 })
      expect(JSON.parse(JSON.stringify(list))).toEqual(list)
      expect(Object.isFrozen(list) && Object.isFrozen(list.items) && list.items.every((item) => Object.isFrozen(item) && Object.isFrozen(item.reason))).toBe(true)
    }
  })
})

describe('diversity', () => {
  it('is score alone at 0, and the slow definition in between', () => {
    const { preferences, products } = randomShop(21)
    const recommender = createRecommender(preferences, { asOf: AS_OF, products })
    const ids = (customerId: string, filters: RecommendFilters) => recommender.recommend({ customerId, limit: 10, filters }).items.map(({ productId }) => productId)
    let changed = 0
    for (const customerId of preferences.customers.slice(0, 20)) {
      expect(ids(customerId, { diversity: 0 })).toEqual(ids(customerId, {}))
      if (ids(customerId, { diversity: 0.5 }).join() !== ids(customerId, {}).join()) changed++
    }
    expect(changed).toBeGreaterThan(10)
  })
})

describe('customersFor', () => {
  it.each(strategies)('gives every customer the score that their own list has: $kind', (strategy) => {
    const { preferences, products } = randomShop(31)
    const recommender = createRecommender(preferences, { asOf: AS_OF, strategy, products })
    for (const productId of ['p-000', 'p-004', 'p-020']) {
      const list = recommender.customersFor(productId, { limit: 1000, explain: { contributions: 100, privacy: 'ids' } })
      const forward = preferences.customers.flatMap((customerId) => {
        const item = recommender.recommend({ customerId, limit: 1000, fill: 'none', explain: { contributions: 100, privacy: 'ids' } }).items.find((one) => one.productId === productId)
        return item === undefined ? [] : [{ customerId, score: item.score, support: item.support, reason: item.reason, confidence: item.confidence }]
      })
      forward.sort((a, b) => b.score - a.score || b.support - a.support || (a.customerId < b.customerId ? -1 : 1))
      expect(list.items.map(({ customerId, score, support, reason, confidence }) => ({ customerId, score, support, reason, confidence }))).toEqual(forward)
      expect(list.shortfall!.removed.reduce((sum, { count }) => sum + count, list.shortfall!.found)).toBe(preferences.customers.length)
    }
  })

  it('does not call those whose history holds it, among products that only the history knows', () => {
    const known = createPreferences([{ customerId: 'ann', productId: 'b', weight: 1 }, { customerId: 'bob', productId: 'b', weight: 1 }, { customerId: 'bob', productId: 'a', weight: 1 }, { customerId: 'bob', productId: 'd', weight: 1 }])
    const history = createPreferences(['a', 'a1', 'a2'].map((productId) => ({ customerId: 'ann', productId, weight: 1 })))
    const recommender = createRecommender(known, { asOf: AS_OF, history })
    expect(recommender.customersFor('a').shortfall).toEqual({ asked: 5, found: 0, removed: [{ filter: 'bought', count: 2 }] })
    expect(recommender.customersFor('d').items.map(({ customerId }) => customerId)).toEqual(['ann'])
  })

  it('knows names, and says of a product nobody has that there is no signal', () => {
    const recommender = createRecommender(tea, { asOf: AS_OF, customers: [{ customerId: 'cyd', name: 'Cyd' }] })
    expect(recommender.customersFor('honey', { limit: 2 }).items.map(({ customerId, name, rank }) => [customerId, name, rank])).toEqual([['cyd', 'Cyd', 1], ['ann', null, 2]])
    expect(recommender.customersFor('nothing', { limit: 2 })).toMatchObject({ items: [], shortfall: { asked: 2, found: 0, removed: [{ filter: 'noSignal', count: 3 }] } })
  })
})

describe('update', () => {
  const pair = fc.record({ customerId: fc.nat(9).map((n) => `c-${n}`), productId: fc.nat(7).map((n) => `p-${n}`), weight: fc.integer({ min: 1, max: 4 }), at: fc.option(fc.nat(120).map((days) => AS_OF - days * DAY)) })
  const step = fc.record({ add: fc.uniqueArray(pair, { maxLength: 5, selector: ({ customerId, productId }) => customerId + productId }), removals: fc.array(fc.nat(), { maxLength: 4 }) })

  it.each(strategies)('equals a recommender made anew after every one of random changes, in every list, score and reason: $kind', (strategy) => {
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 40 }), fc.array(step, { minLength: 1, maxLength: 5 }), (first, steps) => {
        const held = new Map(first.map((one) => [`${one.customerId} ${one.productId}`, one]))
        let recommender = createRecommender(createPreferences([...held.values()]), { asOf: AS_OF, strategy })
        for (const { add, removals } of steps) {
          // What is asked before a change must not live on after it.
          recommender.recommend({ customerId: 'c-1' })
          const keys = [...held.keys()].filter((key) => !add.some(({ customerId, productId }) => `${customerId} ${productId}` === key))
          const remove = [...new Set(removals.map((n) => keys[n % Math.max(1, keys.length)]))].flatMap((key) => (key === undefined ? [] : [held.get(key)!]))
          for (const { customerId, productId } of remove) held.delete(`${customerId} ${productId}`)
          for (const one of add) held.set(`${one.customerId} ${one.productId}`, one)
          recommender = recommender.update({ add, remove })
          const anew = createRecommender(createPreferences([...held.values()].reverse()), { asOf: AS_OF, strategy })
          expect(recommender.preferences).toEqual(anew.preferences)
          for (let c = 0; c < 10; c++) {
            const query = { customerId: `c-${c}`, limit: 8, filters: { bought: 'include' }, explain: { contributions: 20, privacy: 'ids' } } as const
            expect(recommender.recommend(query)).toEqual(anew.recommend(query))
          }
          expect(recommender.customersFor('p-1', { limit: 9 })).toEqual(anew.customersFor('p-1', { limit: 9 }))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('leaves the one before as it was', () => {
    const before = createRecommender(tea, { asOf: AS_OF })
    const list = before.recommend({ customerId: 'ann' })
    before.update({ add: [{ customerId: 'ann', productId: 'honey' }], remove: [{ customerId: 'bob', productId: 'tea' }] })
    expect(before.recommend({ customerId: 'ann' })).toEqual(list)
  })

  it('keeps ids in order of number where they were', () => {
    const numeric = createPreferences([{ customerId: '2', productId: '9', weight: 1 }], { numericIds: true })
    const { preferences } = createRecommender(numeric, { asOf: AS_OF }).update({ add: [{ customerId: '10', productId: '10' }] })
    expect([preferences.customers, preferences.products]).toEqual([['2', '10'], ['9', '10']])
  })

  it.each([
    [{ remove: [{ customerId: 'ann', productId: 'honey' }] }, 'KEY_UNKNOWN'],
    [{ add: [{ customerId: 'ann', productId: 'x' }, { customerId: 'ann', productId: 'x' }] }, 'KEY_DUPLICATE'],
    [{ add: [{ customerId: '', productId: 'x' }] }, 'ID_MISSING'],
    [{ add: [{ customerId: 'ann', productId: 'x', weight: NaN }] }, 'VALUE_NOT_FINITE'],
    [{ add: [{ customerId: 'ann', productId: 'x', at: Infinity }] }, 'VALUE_NOT_FINITE'],
  ])('refuses %j with %s', (changes, code) => {
    expect(() => createRecommender(tea, { asOf: AS_OF }).update(changes)).toThrow(expect.objectContaining({ code }))
  })
})

/** The plain meaning of a filtered list, product by product. */
function slowList(preferences: Preferences, strategy: RecommendStrategy, facts: ReturnType<typeof randomShop>['products']) {
  const [own, popular] = [strategy, { kind: 'popularity' } as const].map((one) => runToEnd(fitStrategy(preferences, one, { asOf: AS_OF })))
  const factOf = new Map(facts.map((fact) => [fact.productId, fact]))
  const unsold = facts.filter(({ productId }) => !preferences.products.includes(productId)).length
  const vectors = preferences.products.map((_, p) => preferences.customers.map((__, c) => { const row = rowOf(preferences, c); const at = row.codes.indexOf(p); return at < 0 ? 0 : row.weights[at]! }))
  const cosine = (a: number, b: number) => {
    const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, one, i) => sum + one * y[i]!, 0)
    return dot(vectors[a]!, vectors[b]!) / (Math.sqrt(dot(vectors[a]!, vectors[a]!)) * Math.sqrt(dot(vectors[b]!, vectors[b]!)))
  }
  return ({ customerId, limit, filters, fill }: { readonly customerId: string; readonly limit: number; readonly filters: RecommendFilters; readonly fill: 'none' | 'popularity' }) => {
    const row = rowOf(preferences, codeOfId(preferences.customers, customerId))
    const filterOf = (p: number): FilterName | null => {
      const id = preferences.products[p]!
      const fact = factOf.get(id)
      const place = row.codes.indexOf(p)
      const rule = filters.bought ?? 'exclude'
      const category = fact?.category ?? null
      const price = fact?.price ?? null
      if (place >= 0 && rule !== 'include' && (rule === 'exclude' || !(row.at![place]! < AS_OF - rule.notWithinDays * DAY))) return 'bought'
      if (filters.inStock === true && fact?.available === false) return 'inStock'
      if (filters.categories?.allow && !(category !== null && filters.categories.allow.includes(category))) return 'categories'
      if (category !== null && filters.categories?.deny?.includes(category)) return 'categories'
      if ((filters.price?.min ?? filters.price?.max) !== undefined && (price === null || price < (filters.price?.min ?? -1) || price > (filters.price?.max ?? 1e9))) return 'price'
      if (filters.allow && !filters.allow.includes(id)) return 'allow'
      if (filters.deny?.includes(id)) return 'deny'
      return filters.dismissed?.includes(id) ? 'dismissed' : null
    }
    const found: { p: number; score: number }[] = []
    const removed = new Map<string, number>()
    const seen = new Set<number>()
    let open = 0
    for (const scorer of fill === 'none' ? [own!] : [own!, popular!]) {
      if (found.length === limit) break
      const sheet = createScoreSheet(preferences.products.length)
      scorer.score(row, sheet)
      const rest = preferences.products.map((_, p) => p).filter((p) => sheet.scores[p]! > 0 && !seen.has(p))
      for (const p of rest) seen.add(p)
      for (const p of rest) if (filterOf(p) !== null) removed.set(filterOf(p)!, (removed.get(filterOf(p)!) ?? 0) + 1)
      let candidates = rest.filter((p) => filterOf(p) === null)
      open += candidates.length
      const highest = Math.max(...candidates.map((p) => sheet.scores[p]!))
      const d = filters.diversity ?? 0
      while (found.length < limit) {
        const categoryOf = (p: number) => factOf.get(preferences.products[p]!)?.category ?? null
        candidates = candidates.filter((p) => found.filter((one) => categoryOf(one.p) === categoryOf(p)).length < (filters.perCategory ?? Infinity))
        const value = (p: number) => (d === 0 ? sheet.scores[p]! : (1 - d) * (sheet.scores[p]! / highest) - d * Math.max(0, ...found.map((one) => cosine(one.p, p))))
        const [best] = [...candidates].sort((a, b) => (Math.abs(value(b) - value(a)) < 1e-13 ? 0 : value(b) - value(a)) || sheet.scores[b]! - sheet.scores[a]! || sheet.support[b]! - sheet.support[a]! || a - b)
        if (best === undefined) break
        found.push({ p: best, score: sheet.scores[best]! })
        candidates = candidates.filter((p) => p !== best)
      }
    }
    const items = found.map(({ p, score }) => [preferences.products[p]!, expect.closeTo(score, 12)])
    if (found.length === limit) return { items, shortfall: null }
    const order = ['bought', 'inStock', 'categories', 'price', 'allow', 'deny', 'dismissed', 'perCategory', 'noSignal']
    removed.set('perCategory', open - found.length).set('noSignal', preferences.products.length + unsold - seen.size)
    return { items, shortfall: { asked: limit, found: found.length, removed: order.flatMap((filter) => ((removed.get(filter) ?? 0) > 0 ? [{ filter, count: removed.get(filter)! }] : [])) } }
  }
}
