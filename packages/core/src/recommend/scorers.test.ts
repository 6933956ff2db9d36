import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runToEnd } from '../shared/steps.ts'
import { createPreferences } from './createPreferences.ts'
import { customersScorer } from './customersScorer.ts'
import { findNeighbours } from './findNeighbours.ts'
import { fitSimilarProducts } from './fitSimilarProducts.ts'
import { codeOfId, rowOf, rowOfBasket } from './preferenceRows.ts'
import { productsScorer } from './productsScorer.ts'
import type { CustomersStrategy, PreferenceRow, Preferences, ProductsStrategy, SimilaritySpec } from './recommend.types.ts'
import { createScoreSheet } from './scoreSheet.ts'
import type { Scorer } from './scorer.types.ts'
import { slowRows } from './testing/slowPairs.ts'

const DAY = 86_400_000
const AS_OF = 1000 * DAY

const shops = fc
  .uniqueArray(
    fc.record({
      customerId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      productId: fc.constantFrom('p', 'q', 'r', 's', 't', 'u', 'v'),
      weight: fc.constantFrom(1, 1, 2, 3.5),
      at: fc.option(fc.integer({ min: 800, max: 1010 }).map((day) => day * DAY)),
    }),
    { maxLength: 40, minLength: 1, selector: ({ customerId, productId }) => customerId + productId },
  )
  .map((entries) => createPreferences(entries))

const similarities = fc.constantFrom<SimilaritySpec[]>(
  { measure: 'cosine' },
  { measure: 'cosine', weighting: 'tfIdf' },
  { measure: 'jaccard', minSupport: 2 },
  { measure: 'pearson', negatives: 'keep' },
  { measure: 'centredCosine', negatives: 'keep' },
  { measure: 'adjustedCosine' },
)

function scored(scorer: Scorer, preferences: Preferences, row: PreferenceRow, sheet = createScoreSheet(preferences.products.length)): Record<string, readonly [score: number, support: number]> {
  scorer.score(row, sheet)
  return Object.fromEntries([...sheet.touched.subarray(0, sheet.count)].sort((a, b) => a - b).map((product) => [preferences.products[product]!, [sheet.scores[product]!, sheet.support[product]!]]))
}

/** The parts of every product add up to its score from left to right, to the last bit; others have none. */
function expectExplained(scorer: Scorer, preferences: Preferences, row: PreferenceRow): void {
  const sheet = createScoreSheet(preferences.products.length)
  scorer.score(row, sheet)
  const touched = new Set(sheet.touched.subarray(0, sheet.count))
  for (let product = 0; product < preferences.products.length; product++) {
    const { parts, of } = scorer.explain(row, product)
    expect(parts.reduce((sum, { value }) => sum + value, 0)).toBe(sheet.scores[product])
    expect(parts).toHaveLength(sheet.support[product]!)
    expect(parts.length > 0).toBe(touched.has(product))
    expect(parts.length).toBeLessThanOrEqual(of)
  }
}

function decay(at: number | undefined, halfLifeDays: number | null): number {
  return halfLifeDays === null || at === undefined || Number.isNaN(at) ? 1 : 0.5 ** (Math.max(0, AS_OF - at) / DAY / halfLifeDays)
}

function timesOf({ customers, products, byCustomer: { offsets, codes, at } }: Preferences): Map<string, number> {
  const times = new Map<string, number>()
  for (let u = 0; u < customers.length; u++) for (let i = offsets[u]!; i < offsets[u + 1]!; i++) times.set(`${u} ${codes[i]}`, at === null ? NaN : at[i]!)
  expect(times.size).toBe(codes.length)
  expect(products.length).toBeGreaterThan(0)
  return times
}

describe('customersScorer', () => {
  const strategies: fc.Arbitrary<CustomersStrategy> = fc.record({
    kind: fc.constant('customers' as const),
    similarity: similarities,
    neighbours: fc.constantFrom(1, 2, 20),
    minNeighbours: fc.constantFrom(1, 2),
    nearest: fc.constantFrom('customer' as const, 'product' as const),
    votes: fc.constantFrom('similarity' as const, 'weighted' as const),
    halfLifeDays: fc.constantFrom(null, 60),
  })

  test('lets the nearest vote, decayed, and takes no account of thin support', () => {
    fc.assert(
      fc.property(shops, strategies, fc.nat(), (preferences, strategy, pick) => {
        const row = rowOf(preferences, pick % preferences.customers.length)
        const { similarity, neighbours = 20, minNeighbours = 1, halfLifeDays = null } = strategy
        const rows = slowRows(preferences.byCustomer)
        const times = timesOf(preferences)
        const all = findNeighbours(preferences, 'customers', row, { similarity: similarity!, limit: strategy.nearest === 'customer' ? neighbours : 1000 })
        const votes = new Map<number, number[]>()
        all.codes.forEach((other, i) => {
          for (const [product, weight] of rows[other]!) {
            const list = votes.get(product) ?? votes.set(product, []).get(product)!
            if (list.length < neighbours) list.push(all.similarities[i]! * (strategy.votes === 'weighted' ? weight : 1) * decay(times.get(`${other} ${product}`), halfLifeDays))
          }
        })
        const scorer = runToEnd(customersScorer(preferences, strategy, { asOf: AS_OF }))
        const result = scored(scorer, preferences, row)
        const expected = [...votes].filter(([, list]) => list.length >= minNeighbours)
        expect(Object.keys(result).sort()).toEqual(expected.map(([product]) => preferences.products[product]).sort())
        for (const [product, list] of expected) {
          const [score, support] = result[preferences.products[product]!]!
          expect(score).toBeCloseTo(list.reduce((sum, vote) => sum + vote, 0), 12)
          expect(support).toBe(list.length)
        }
        expectExplained(scorer, preferences, row)
      }),
      { numRuns: 150 },
    )
  })

  test('says who voted, the most alike first, of how many', () => {
    const shop = createPreferences([
      ...['tea', 'cup'].map((productId) => ({ customerId: 'ann', productId, weight: 1 })),
      ...['tea', 'cup', 'pot'].map((productId) => ({ customerId: 'bob', productId, weight: 1 })),
      ...['tea', 'pot', 'jug'].map((productId) => ({ customerId: 'cat', productId, weight: 1 })),
      { customerId: 'dan', productId: 'jug', weight: 1 },
    ])
    const scorer = runToEnd(customersScorer(shop, { kind: 'customers' }, { asOf: AS_OF }))
    const { parts, of } = scorer.explain(rowOf(shop, 0), codeOfId(shop.products, 'pot'))
    expect(of).toBe(2)
    const bob = 2 / Math.sqrt(6)
    const cat = 1 / Math.sqrt(6)
    expect(parts).toEqual([
      { kind: 'customer', code: 1, value: bob, similarity: bob, common: 2 },
      { kind: 'customer', code: 2, value: cat, similarity: cat, common: 1 },
    ])
    expect(scored(scorer, shop, rowOf(shop, 0))).toEqual({ cup: [bob, 1], jug: [cat, 1], pot: [bob + cat, 2], tea: [bob + cat, 2] })
  })

  test('scores a basket of nobody in the data, and a stranger not at all', () => {
    const shop = createPreferences(['tea', 'pot'].map((productId) => ({ customerId: 'ann', productId, weight: 1 })))
    const scorer = runToEnd(customersScorer(shop, { kind: 'customers' }, { asOf: AS_OF }))
    expect(scored(scorer, shop, rowOfBasket(shop, ['tea']).row)).toEqual({ pot: [1 / Math.sqrt(2), 1], tea: [1 / Math.sqrt(2), 1] })
    expect(scored(scorer, shop, rowOfBasket(shop, ['jug']).row)).toEqual({})
    expect(scorer.explain(rowOfBasket(shop, []).row, 0)).toEqual({ parts: [], of: 0 })
  })
})

describe('productsScorer', () => {
  const strategies: fc.Arbitrary<ProductsStrategy> = fc.record({
    kind: fc.constant('products' as const),
    similarity: similarities,
    neighbours: fc.constantFrom(1, 2, 20),
    minNeighbours: fc.constantFrom(1, 2),
    halfLifeDays: fc.constantFrom(null, 60),
  })

  test('lets own products vote for those like them, by weight and age, fitted or on demand', () => {
    fc.assert(
      fc.property(shops, strategies, fc.nat(), (preferences, strategy, pick) => {
        const customer = pick % preferences.customers.length
        const row = rowOf(preferences, customer)
        const { similarity, neighbours = 20, minNeighbours = 1, halfLifeDays = null } = strategy
        const times = timesOf(preferences)
        const model = fitSimilarProducts(preferences, { similarity: similarity!, neighbours })
        const votes = new Map<number, number[]>()
        row.codes.forEach((own, entry) => {
          for (let i = model.offsets[own]!; i < model.offsets[own + 1]!; i++) {
            const list = votes.get(model.codes[i]!) ?? votes.set(model.codes[i]!, []).get(model.codes[i]!)!
            list.push(row.weights[entry]! * model.similarities[i]! * decay(times.get(`${customer} ${own}`), halfLifeDays))
          }
        })
        const expected = [...votes].filter(([, list]) => list.length >= minNeighbours)
        for (const onDemand of [false, true]) {
          const scorer = runToEnd(productsScorer(preferences, strategy, { asOf: AS_OF, onDemand }))
          const result = scored(scorer, preferences, row)
          expect(Object.keys(result).sort()).toEqual(expected.map(([product]) => preferences.products[product]).sort())
          for (const [product, list] of expected) {
            const [score, support] = result[preferences.products[product]!]!
            expect(score).toBeCloseTo(list.reduce((sum, vote) => sum + vote, 0), 12)
            expect(support).toBe(list.length)
          }
          expectExplained(scorer, preferences, row)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('names the own products that speak for one', () => {
    const shop = createPreferences([
      ...['tea', 'cup', 'pot'].map((productId) => ({ customerId: 'ann', productId, weight: 1 })),
      ...['tea', 'cup'].map((productId) => ({ customerId: 'bob', productId, weight: 3 })),
    ])
    const scorer = runToEnd(productsScorer(shop, { kind: 'products', similarity: { measure: 'jaccard' } }, { asOf: AS_OF }))
    expect(scorer.explain(rowOf(shop, 1), codeOfId(shop.products, 'pot'))).toEqual({
      parts: ['cup', 'tea'].map((id) => ({ kind: 'product', code: codeOfId(shop.products, id), value: 1.5, similarity: 0.5, common: 1 })),
      of: 2,
    })
  })
})

test('a sheet serves one row after another, of one scorer or another', () => {
  fc.assert(
    fc.property(shops, (preferences) => {
      const scorers = [runToEnd(customersScorer(preferences, { kind: 'customers' }, { asOf: AS_OF })), runToEnd(productsScorer(preferences, { kind: 'products' }, { asOf: AS_OF }))]
      const sheet = createScoreSheet(preferences.products.length)
      for (let customer = 0; customer < preferences.customers.length; customer++) {
        for (const scorer of scorers) expect(scored(scorer, preferences, rowOf(preferences, customer), sheet)).toEqual(scored(scorer, preferences, rowOf(preferences, customer)))
      }
    }),
  )
})
