import { beforeAll, describe, expect, test } from 'vitest'
import { runToEnd } from '../../shared/steps.ts'
import { createRecommender } from '../createRecommender.ts'
import { defaultStrategy } from '../fitStrategy.ts'
import { preferencesFromTables } from '../preferencesFromTables.ts'
import type { ConfidenceLevel, RecommendStrategy } from '../recommend.types.ts'
import { isOnlineRetailHere, onlineRetailPurchases, onlineRetailSkipReason } from '../testing/onlineRetail.ts'
import { purchaseTables } from '../testing/purchaseTables.ts'
import { BEGINNING, tablesWithin } from './tablesWithin.ts'
import { testSetOf } from './testSet.ts'

/*
 * Of what is recommended with each level of confidence, how much is bought: the first five products for everybody who bought
 * something worth finding in the window. Of each strategy alone, the borders between levels are the thirds of the first
 * window, rounded; the second had no part in them.
 */
const WINDOWS = [
  [Date.UTC(2011, 6, 23), Date.UTC(2011, 9, 1)],
  [Date.UTC(2011, 9, 1), Date.UTC(2011, 11, 10)],
] as const
const LEVELS: readonly ConfidenceLevel[] = ['low', 'medium', 'high']

describe.skipIf(!isOnlineRetailHere)(`confidence on Online Retail${onlineRetailSkipReason}`, () => {
  let tables: ReturnType<typeof purchaseTables>
  beforeAll(() => {
    tables = purchaseTables(onlineRetailPurchases())
  }, 60_000)

  /** Items and hit share by level. */
  function hitShares(strategy: RecommendStrategy, [cutoff, end]: readonly [number, number]): { readonly count: number; readonly share: number }[] {
    const task = strategy.kind === 'buyAgain' ? 'any' : 'novel'
    const cut = { ms: cutoff, day: 0 }
    const spec = { from: 'transactions', asOf: end, weight: task === 'any' ? 'count' : 'binary' } as const
    const train = runToEnd(preferencesFromTables(runToEnd(tablesWithin(tables, BEGINNING, cut)), spec))
    const came = runToEnd(preferencesFromTables(runToEnd(tablesWithin(tables, cut, { ms: end, day: 0 })), spec))
    const { customers, offsets, products } = testSetOf(train, came, { task })
    const recommender = createRecommender(train, { asOf: cutoff, strategy })
    const found = LEVELS.map(() => ({ count: 0, hits: 0 }))
    for (const [i, customer] of customers.entries()) {
      const bought = new Set(Array.from(products.subarray(offsets[i]!, offsets[i + 1]!), (code) => train.products[code]))
      for (const { productId, confidence } of recommender.recommend({ customerId: train.customers[customer]!, filters: { bought: task === 'any' ? 'include' : 'exclude' }, explain: { contributions: 0 }, fill: 'none' }).items) {
        const level = found[LEVELS.indexOf(confidence.level)]!
        level.count++
        if (bought.has(productId)) level.hits++
      }
    }
    return found.map(({ count, hits }) => ({ count, share: hits / count }))
  }

  /** As in docs/definitions.md: items and hit shares of low, medium and high, on the window of the choice and on the one after. */
  const SHOWN: readonly [string, RecommendStrategy, string, string][] = [
    ['the default strategy', defaultStrategy, '9.1 % of 2659, 14.2 % of 2818, 24.2 % of 1028', '9.8 % of 3667, 11.0 % of 3410, 15.4 % of 1698'],
    ['similar customers', { kind: 'customers' }, '7.4 % of 2352, 10.9 % of 2272, 15.7 % of 1881', '6.4 % of 3036, 7.9 % of 2634, 11.0 % of 3105'],
    ['similar products', { kind: 'products' }, '6.0 % of 2025, 12.2 % of 2286, 18.5 % of 2194', '6.2 % of 2458, 8.8 % of 3248, 12.4 % of 3069'],
    ['own purchases', { kind: 'buyAgain' }, '16.4 % of 2345, 33.6 % of 2526, 63.7 % of 1889', '15.1 % of 2976, 29.1 % of 3429, 56.7 % of 2626'],
  ]
  test.each(SHOWN)('of %s: the higher it is, the more is bought, in the window after too, and each level is used', (_, strategy, chosenOn, shownOn) => {
    const [before, after] = WINDOWS.map((window) => hitShares(strategy, window)) as [ReturnType<typeof hitShares>, ReturnType<typeof hitShares>]
    for (const levels of [before, after]) {
      const all = levels.reduce((sum, { count }) => sum + count, 0)
      expect(levels[1]!.share).toBeGreaterThan(levels[0]!.share)
      expect(levels[2]!.share).toBeGreaterThan(levels[1]!.share)
      for (const { count } of levels) {
        expect(count / all).toBeGreaterThan(0.1)
        expect(count / all).toBeLessThan(0.7)
      }
    }
    const written = (levels: typeof before) => levels.map(({ count, share }) => `${(100 * share).toFixed(1)} % of ${count}`).join(', ')
    expect([written(before), written(after)]).toEqual([chosenOn, shownOn])
  }, 60_000)
})
