import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runToEnd } from '../shared/steps.ts'
import { createComparer } from './createComparer.ts'
import { createPreferences } from './createPreferences.ts'
import { findNeighbours } from './findNeighbours.ts'
import { PAIR_MEASURES } from './pairMeasures.ts'
import { codeOfId, rowOf, rowOfBasket, rowOfProduct, rowOver } from './preferenceRows.ts'
import { fitBaseline } from './ratings/fitBaseline.ts'
import { residualPreferences } from './ratings/residualPreferences.ts'
import { surpriseToy, toyPreferences as ratedToy } from './ratings/testing/surpriseToy.ts'
import type { Preferences, SimilaritySpec } from './recommend.types.ts'
import { createScoreSheet } from './scoreSheet.ts'
import { similarityOf } from './similarityOf.ts'
import { sidesOf } from './termWeights.ts'
import { allSlowSums, slowRows } from './testing/slowPairs.ts'
import { weighPreferences } from './weighPreferences.ts'

type Side = 'customers' | 'products'
const SIDES: readonly Side[] = ['customers', 'products']

/** Every similarity that a comparer finds, by `row other`. */
function allCompared(preferences: Preferences, over: Side, similarity: SimilaritySpec, isResidual = false): Map<string, { similarity: number; n: number }> {
  const comparer = runToEnd(createComparer(preferences, over, similarity, { isResidual }))
  const sheet = createScoreSheet(comparer.count)
  const all = new Map<string, { similarity: number; n: number }>()
  for (let row = 0; row < comparer.count; row++) {
    comparer.compare(rowOver(preferences, over, row), sheet)
    for (const other of sheet.touched.subarray(0, sheet.count)) all.set(`${row} ${other}`, { similarity: sheet.scores[other]!, n: sheet.support[other]! })
  }
  return all
}

/** The whole table; 1 on the diagonal, as Surprise writes it. */
function tableOf(size: number, compared: ReadonlyMap<string, { similarity: number }>): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : (compared.get(`${i} ${j}`)?.similarity ?? 0))))
}

function close(table: readonly (readonly number[])[]): unknown[][] {
  return table.map((row) => row.map((value) => expect.closeTo(value, 12)))
}

const weight = fc.oneof(fc.constantFrom(1, 2, 3, 4, 5), fc.constantFrom(3.7, 0.1, 2.5))
const shops = fc
  .uniqueArray(fc.record({ customerId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), productId: fc.constantFrom('p', 'q', 'r', 's', 't', 'u'), weight }), {
    maxLength: 30,
    selector: ({ customerId, productId }) => customerId + productId,
  })
  .map((entries) => createPreferences(entries))

describe('createComparer', () => {
  test('finds for every pair that shares a partner what its sums say, by every measure and from both sides', () => {
    fc.assert(
      fc.property(shops, fc.constantFrom(...SIDES), fc.constantFrom(...PAIR_MEASURES), fc.constantFrom({}, { minSupport: 2 }, { shrinkage: 5, significance: 3 }), (preferences, over, measure, rules) => {
        const slow = allSlowSums(preferences, over)
        const compared = allCompared(preferences, over, { measure, ...rules })
        expect([...compared.keys()].sort()).toEqual([...slow.keys()].sort())
        for (const [pair, sums] of slow) {
          expect(compared.get(pair)!.n).toBe(sums.n)
          expect(Math.abs(compared.get(pair)!.similarity - similarityOf(sums, { measure, ...rules }))).toBeLessThan(1e-12)
        }
      }),
    )
  })

  test('gives a to b what it gives b to a, to the last bit', () => {
    fc.assert(
      fc.property(shops, fc.constantFrom(...SIDES), fc.constantFrom(...PAIR_MEASURES, 'adjustedCosine' as const), (preferences, over, measure) => {
        const compared = allCompared(preferences, over, { measure })
        for (const [pair, { similarity }] of compared) expect(compared.get(pair.split(' ').reverse().join(' '))!.similarity).toBe(similarity)
      }),
    )
  })

  test('compares binary weights as counts, and a row of other weights with them', () => {
    const preferences = weighPreferences(ratedToy(), 'binary')
    const compared = allCompared(preferences, 'customers', { measure: 'cosine' })
    for (const [pair, sums] of allSlowSums(preferences, 'customers')) expect(compared.get(pair)!.similarity).toBe(sums.n / Math.sqrt(sums.targetN * sums.otherN))
    const comparer = runToEnd(createComparer(preferences, 'customers', { measure: 'cosine' }))
    const sheet = createScoreSheet(comparer.count)
    comparer.compare({ customer: -1, codes: Int32Array.of(0, 1), weights: Float64Array.of(3, 4), at: null }, sheet)
    expect(sheet.scores[0]).toBeCloseTo(7 / Math.sqrt(25 * 6), 15)
  })

  test('weighs for the comparison alone: by TF-IDF and BM25 as weighPreferences does', () => {
    fc.assert(
      fc.property(shops, fc.constantFrom(...SIDES), fc.constantFrom('tfIdf' as const, { method: 'bm25', b: 0.4 } as const), (preferences, over, weighting) => {
        const weighed = allCompared(weighPreferences(preferences, weighting, over), over, { measure: 'cosine' })
        expect(allCompared(preferences, over, { measure: 'cosine', weighting })).toEqual(weighed)
      }),
    )
  })

  test('takes off the mean of the partner for the adjusted cosine, over what both have', () => {
    fc.assert(
      fc.property(shops, fc.constantFrom(...SIDES), (preferences, over) => {
        const [rows, partners] = sidesOf(preferences, over).map(slowRows) as [Map<number, number>[], Map<number, number>[]]
        const means = partners.map((cells) => [...cells.values()].reduce((sum, value) => sum + value, 0) / cells.size)
        for (const [pair, { similarity }] of allCompared(preferences, over, { measure: 'adjustedCosine' })) {
          const [x, y] = pair.split(' ').map((code) => rows[Number(code)]!) as [Map<number, number>, Map<number, number>]
          let [xy, xx, yy] = [0, 0, 0]
          for (const [code, value] of x) {
            if (!y.has(code)) continue
            const [a, b] = [value - means[code]!, y.get(code)! - means[code]!]
            ;[xy, xx, yy] = [xy + a * b, xx + a * a, yy + b * b]
          }
          const isNothing = xx < 1e-25 || yy < 1e-25
          expect(Math.abs(similarity - (isNothing ? 0 : xy / Math.sqrt(xx * yy)))).toBeLessThan(1e-9)
        }
      }),
    )
  })

  test('gives Pearson less baselines as Surprise does, for users and items, from ratings and from residuals', () => {
    const preferences = ratedToy()
    const residuals = residualPreferences(preferences, runToEnd(fitBaseline(preferences)))
    for (const [side, over] of [['user', 'customers'], ['item', 'products']] as const) {
      for (const minSupport of [1, 4]) {
        const expected = surpriseToy.similarities[`pearson_baseline|${side}|min_support=${minSupport}`]!
        const compared = allCompared(preferences, over, { measure: 'pearsonBaseline', minSupport })
        expect(allCompared(residuals, over, { measure: 'pearsonBaseline', minSupport }, true)).toEqual(compared)
        const names = over === 'customers' ? preferences.customers : preferences.products
        expect(tableOf(names.length, compared)).toEqual(close(expected))
      }
    }
  })

  test('gives the table of Surprise its own tests use, constant ratings and all', () => {
    const { tests } = surpriseToy
    const entries = tests.items.flatMap((ratings, item) => ratings.map(([user, rating]) => ({ customerId: `${user}`, productId: `${item}`, weight: rating })))
    const preferences = createPreferences(entries)
    for (const [name, measure] of [['cosine', 'commonCosine'], ['msd', 'msd'], ['pearson', 'pearson']] as const) {
      const compared = allCompared(preferences, 'customers', { measure })
      expect(tableOf(tests[name].length, compared)).toEqual(close(tests[name]))
    }
  })

  test('refuses TF-IDF of what is below 0, and measures it does not know', () => {
    const negative = createPreferences([{ customerId: 'a', productId: 'p', weight: -1 }])
    expect(() => findNeighbours(negative, 'customers', rowOf(negative, 0), { similarity: { measure: 'cosine', weighting: 'tfIdf' } })).toThrowError(expect.objectContaining({ code: 'WEIGHTS_INVALID' }))
    expect(() => findNeighbours(negative, 'customers', rowOf(negative, 0), { similarity: { measure: 'lift' as never } })).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})

describe('findNeighbours', () => {
  const pairs = (...list: readonly string[]): Preferences => createPreferences(list.map((pair) => ({ customerId: pair[0]!, productId: pair[1]!, weight: 1 })))

  test('lists the most alike first, ties by what is shared, then by id', () => {
    // a is with b and c alike (2 of 4), with d too but over one product of one.
    const shop = pairs('aw', 'ax', 'ay', 'az', 'cw', 'cx', 'by', 'bz', 'dw', 'eq')
    const { codes, similarities, support, compared } = findNeighbours(shop, 'customers', rowOf(shop, 0))
    expect([...codes].map((code) => shop.customers[code])).toEqual(['b', 'c', 'd'])
    expect([...similarities]).toEqual([Math.SQRT1_2, Math.SQRT1_2, 0.5].map((value) => expect.closeTo(value, 15)))
    expect([...support]).toEqual([2, 2, 1])
    expect(compared).toBe(3)
  })

  test('prefers more in common among the equally alike', () => {
    // 1 / sqrt(1 * 4) and 2 / sqrt(4 * 4)
    const shop = pairs('aw', 'ax', 'ay', 'az', 'bw', 'cw', 'cx', 'cq', 'cr')
    const { codes, similarities } = findNeighbours(shop, 'customers', rowOf(shop, 0))
    expect([...similarities]).toEqual([0.5, 0.5])
    expect([...codes].map((code) => shop.customers[code])).toEqual(['c', 'b'])
  })

  test('compares products by their customers, and somebody who is not in the data', () => {
    const shop = pairs('aw', 'ax', 'bw', 'bx', 'cy')
    const product = findNeighbours(shop, 'products', rowOfProduct(shop, codeOfId(shop.products, 'w')))
    expect([...product.codes].map((code) => shop.products[code])).toEqual(['x'])
    const basket = findNeighbours(shop, 'customers', rowOfBasket(shop, ['y', 'x']).row)
    expect([...basket.codes].map((code) => shop.customers[code])).toEqual(['c', 'a', 'b'])
  })

  test('is empty for nobody, and for whom nobody shares anything with', () => {
    const shop = pairs('aw', 'bx')
    expect(findNeighbours(shop, 'customers', rowOf(shop, 0))).toMatchObject({ codes: new Int32Array(0), compared: 0 })
    expect(findNeighbours(shop, 'customers', rowOf(shop, 99)).codes).toHaveLength(0)
    expect(findNeighbours(createPreferences([]), 'products', rowOf(shop, 99)).codes).toHaveLength(0)
  })

  test('leaves the unlike out, or keeps them; those who say nothing are never in', () => {
    const ratings = { a: [5, 3, 1], b: [1, 3, 5], c: [4, 3, 2], d: [2, 2, 2] }
    const shop = createPreferences(Object.entries(ratings).flatMap(([customerId, row]) => row.map((weight, i) => ({ customerId, productId: 'pqr'[i]!, weight }))))
    const found = (rest: Partial<SimilaritySpec>) => [...findNeighbours(shop, 'customers', rowOf(shop, 0), { similarity: { measure: 'pearson', ...rest } }).codes].map((code) => shop.customers[code])
    expect(found({})).toEqual(['c'])
    expect(found({ negatives: 'keep' })).toEqual(['c', 'b'])
    expect(found({ negatives: 'keep', minSimilarity: -1 })).toEqual(['c'])
    expect(found({ minSimilarity: 1 })).toEqual([])
    expect(found({ minSimilarity: -1 })).toEqual(['c'])
  })

  test('does not change the preferences', () => {
    const preferences = ratedToy()
    const before = structuredClone(preferences)
    for (const measure of [...PAIR_MEASURES, 'adjustedCosine', 'pearsonBaseline'] as const) findNeighbours(preferences, 'customers', rowOf(preferences, 0), { similarity: { measure, weighting: 'tfIdf' } })
    expect(preferences).toEqual(before)
  })
})
