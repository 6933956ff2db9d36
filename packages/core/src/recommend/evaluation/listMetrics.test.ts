import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runToEnd } from '../../shared/steps.ts'
import { createPreferences } from '../createPreferences.ts'
import { catalogueCoverage, meanDiversity, meanNovelty } from './listMetrics.ts'

const preferencesOf = (pairs: readonly (readonly [customer: number, product: number])[]) =>
  createPreferences(pairs.map(([customer, product]) => ({ customerId: `c${customer}`, productId: `p${product}`, weight: 1 })))

describe('the toy of recommenders (tests/unit/recommenders/evaluation/conftest.py, `diversity_data`)', () => {
  // Products 1..5 are codes 0..4; two recommendations for each of three customers.
  const train = preferencesOf([[1, 1], [1, 2], [1, 4], [2, 3], [2, 4], [3, 3], [3, 4], [3, 5]])
  const lists = { k: 2, products: Int32Array.of(2, 4, 1, 4, 0, 1) }

  test('catalogue coverage is 0.8', () => expect(catalogueCoverage(lists, train.products.length)).toBe(0.8))

  test('novelty by pairs is 2.83333', () => expect(meanNovelty(lists, train, 'preferences')).toBeCloseTo(2.83333, 5))

  test('novelty by customers counts that a product is had once: shares 2/3 and 1/3', () => {
    expect(meanNovelty(lists, train)).toBeCloseTo((-Math.log2(2 / 3) - 5 * Math.log2(1 / 3)) / 6, 12)
  })

  test('diversity of the lists is 0.29289, 1 and 0; their mean 0.43096', () => {
    expect(runToEnd(meanDiversity({ k: 2, products: lists.products.subarray(0, 2) }, train))).toBeCloseTo(0.29289, 5)
    expect(runToEnd(meanDiversity({ k: 2, products: lists.products.subarray(2, 4) }, train))).toBeCloseTo(1, 12)
    expect(runToEnd(meanDiversity({ k: 2, products: lists.products.subarray(4, 6) }, train))).toBeCloseTo(0, 12)
    expect(runToEnd(meanDiversity(lists, train))).toBeCloseTo(0.43096, 5)
  })
})

test('diversity equals 1 - the mean cosine of all pairs, looked at one by one', () => {
  const pairs = fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(6)), { minLength: 4, maxLength: 40, selector: String })
  fc.assert(
    fc.property(pairs, fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), fc.integer({ min: 2, max: 4 }), (found, picks, k) => {
      const train = preferencesOf(found)
      const n = train.products.length
      // A list of neighbouring codes from each pick on, cut at random.
      const lists = picks.map((pick) => Array.from({ length: k }, (_, i) => (i < Math.min(n, 1 + (pick % k)) ? (pick + i) % n : -1)))
      const buyers = (product: number) => new Set(found.flatMap(([customer, p]) => (`p${p}` === train.products[product] ? [customer] : [])))
      const common = (a: number, b: number) => [...buyers(a)].filter((customer) => buyers(b).has(customer)).length
      const cosine = (a: number, b: number) => common(a, b) / Math.sqrt(buyers(a).size * buyers(b).size)
      const each = lists.flatMap((list) => {
        const members = list.filter((product) => product >= 0)
        const distances = members.flatMap((a, i) => members.slice(i + 1).map((b) => 1 - cosine(a, b)))
        return distances.length > 0 ? [distances.reduce((sum, d) => sum + d, 0) / distances.length] : []
      })
      const expected = each.length > 0 ? each.reduce((sum, d) => sum + d, 0) / each.length : 0
      expect(runToEnd(meanDiversity({ k, products: Int32Array.from(lists.flat()) }, train))).toBeCloseTo(expected, 12)
    }),
  )
})

test('no lists, or empty ones: 0, never NaN', () => {
  const train = preferencesOf([[1, 1]])
  for (const products of [new Int32Array(0), new Int32Array(4).fill(-1)]) {
    expect([catalogueCoverage({ k: 2, products }, 1), meanNovelty({ k: 2, products }, train), runToEnd(meanDiversity({ k: 2, products }, train))]).toEqual([0, 0, 0])
  }
  expect(catalogueCoverage({ k: 2, products: new Int32Array(0) }, 0)).toBe(0)
})
