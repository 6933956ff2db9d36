import { createPreferences, createRecommender, defaultStrategy, type ConfidenceLevel, type RecommendStrategy } from '@crm/core/recommend'
import { describe, expect, test } from 'vitest'
import type { DemoShop } from '../src/index.ts'
import { DAY_MS, fullShop, purchasesByCustomer } from './readShop.ts'

const LEVELS: readonly ConfidenceLevel[] = ['low', 'medium', 'high']

/**
 * What is recommended 90 days before the end, by level of confidence, and how much of it is bought in those 90 days: the first
 * five products for everybody who bought something new, or for buying again anything at all.
 */
function byLevel(shop: DemoShop, strategy: RecommendStrategy): { readonly used: number[]; readonly bought: number[] } {
  const asOf = shop.asOf - 90 * DAY_MS
  const isAgain = strategy.kind === 'buyAgain'
  const customers = purchasesByCustomer(shop).map((lines, row) => {
    const orders = new Map(lines.filter(({ at }) => at < asOf).map(({ order, product, at }) => [`${order} ${product}`, { customerId: String(row), productId: product, weight: 1, at }]))
    const has = new Set([...orders.values()].map(({ productId }) => productId))
    const came = new Set(lines.filter(({ at, product }) => at >= asOf && (isAgain || !has.has(product))).map(({ product }) => product))
    return { customerId: String(row), entries: [...orders.values()], came }
  })
  // By orders for buying again, else each product once.
  const recommender = createRecommender(createPreferences(customers.flatMap(({ entries }) => entries), { duplicates: isAgain ? 'sum' : 'max' }), { asOf, strategy })
  const [items, hits] = [[0, 0, 0], [0, 0, 0]]
  for (const { customerId, entries, came } of customers) {
    if (entries.length === 0 || came.size === 0) continue
    for (const { productId, confidence } of recommender.recommend({ customerId, filters: { bought: isAgain ? 'include' : 'exclude' }, explain: { contributions: 0 }, fill: 'none' }).items) {
      const level = LEVELS.indexOf(confidence.level)
      items[level]!++
      if (came.has(productId)) hits[level]!++
    }
  }
  const all = items.reduce((sum, count) => sum + count, 0)
  return { used: items.map((count) => count / all), bought: hits.map((count, level) => count / items[level]!) }
}

describe('confidence', () => {
  test.each<[string, RecommendStrategy]>([
    ['the default strategy', defaultStrategy],
    ['similar customers', { kind: 'customers' }],
    ['similar products', { kind: 'products' }],
    ['own purchases', { kind: 'buyAgain' }],
  ])('of %s: the higher it is, the more is bought, and each level is used', (_, strategy) => {
    const { used, bought } = byLevel(fullShop(), strategy)
    const [low, medium, high] = bought as [number, number, number]
    expect(medium).toBeGreaterThan(1.05 * low)
    expect(high).toBeGreaterThan(1.15 * medium)
    expect(Math.min(...used)).toBeGreaterThan(0.1)
    expect(Math.max(...used)).toBeLessThan(0.7)
  }, 60_000)

  test('of the default strategy is mostly low and never high in a shop without tastes', () => {
    const { used } = byLevel(fullShop(['affinities']), defaultStrategy)
    expect(used[0]).toBeGreaterThan(0.55)
    expect(used[2]).toBeLessThan(0.01)
  }, 60_000)
})
