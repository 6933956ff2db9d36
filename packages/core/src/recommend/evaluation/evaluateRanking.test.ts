import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runToEnd } from '../../shared/steps.ts'
import { createPreferences } from '../createPreferences.ts'
import { fitStrategy } from '../fitStrategy.ts'
import { rowOf } from '../preferenceRows.ts'
import type { HybridStrategy, RecommendStrategy } from '../recommend.types.ts'
import { clearSheet, createScoreSheet } from '../scoreSheet.ts'
import type { Scorer } from '../scorer.types.ts'
import { AS_OF, randomShop } from '../testing/randomShop.ts'
import { evaluateRanking, evaluateScorers } from './evaluateRanking.ts'
import { averagePrecisionAt, hitAt, ndcgAt, precisionAt, recallAt, reciprocalRankAt } from './rankingMetrics.ts'
import { splitPreferences } from './splitPreferences.ts'
import { fitPool } from './strategyPool.ts'
import { someOf, testSetOf } from './testSet.ts'

const entry = (pair: string, weight = 1) => ({ customerId: pair[0]!, productId: pair[1]!, weight })

/** Scores by a table: product id, then score. */
const tableScorer = (products: readonly string[], scores: Readonly<Record<string, number>>): Scorer => ({
  source: 'popularity',
  score(_row, sheet) {
    clearSheet(sheet)
    for (const [id, score] of Object.entries(scores)) {
      const product = products.indexOf(id)
      sheet.touched[sheet.count++] = product
      sheet.scores[product] = score
      sheet.support[product] = 1
    }
  },
  explain: () => ({ parts: [], of: 0 }),
})

describe('testSetOf', () => {
  // Customers A..D, products p..u.
  const train = createPreferences(['Ap', 'Aq', 'Bq', 'Cr'].map((pair) => entry(pair)))

  test('counts what is new for a customer, of products and customers that were known', () => {
    const came = createPreferences(['Aq', 'Ar', 'Bq', 'Ct', 'Cp', 'Dp'].map((pair) => entry(pair)))
    const tested = testSetOf(train, came)
    // B bought the old again, t is sold to nobody yet, D is not known.
    expect(tested).toEqual({ customers: Int32Array.of(0, 2), offsets: Int32Array.of(0, 1, 2), products: Int32Array.of(2, 0), newCustomers: 1, newProducts: 1 })
    expect(testSetOf(train, came, { task: 'any' })).toMatchObject({ customers: Int32Array.of(0, 1, 2), products: Int32Array.of(1, 2, 1, 0) })
  })

  test('of ratings only the good ones are worth finding', () => {
    const came = createPreferences([entry('Ar', 2), entry('Cp', 4), entry('Cq', 3)], { scale: { lowest: 1, highest: 5 } })
    expect(testSetOf(train, came, { relevantFrom: 3 })).toMatchObject({ customers: Int32Array.of(2), products: Int32Array.of(0, 1) })
  })

  test('of splits over the same lists, customers and products without an entry in training count as new', () => {
    const all = createPreferences([
      { customerId: 'A', productId: 'p', weight: 1, at: 1 },
      { customerId: 'A', productId: 'q', weight: 1, at: 9 },
      { customerId: 'B', productId: 'p', weight: 1, at: 9 },
    ])
    const [split] = splitPreferences(all, { kind: 'time', cutoff: 5 })
    expect(testSetOf(split!.train, split!.test)).toMatchObject({ customers: new Int32Array(0), newCustomers: 1, newProducts: 1 })
  })
})

describe('evaluateRanking', () => {
  const train = createPreferences(['Ap', 'Aq', 'Bq', 'Cr', 'Cs', 'Dt'].map((pair) => entry(pair)))
  const came = createPreferences(['Ar', 'As', 'Bp', 'Dt'].map((pair) => entry(pair)))
  const tested = testSetOf(train, came)
  const scorer = tableScorer(train.products, { p: 9, q: 8, t: 7, s: 6, r: 0 })

  test('recommends what is not had and has a score, and looks at the ranks of what was to be found', () => {
    const { customers, lists, hits, relevant, precision, recall, ndcg, hit } = runToEnd(evaluateRanking(scorer, train, tested, { k: 3 }))
    expect([...customers].map((code) => train.customers[code])).toEqual(['A', 'B'])
    // A has p and q, and r has no score: t and s. B has q: p, t, s.
    expect([...lists].map((code) => train.products[code] ?? '-')).toEqual(['t', 's', '-', 'p', 't', 's'])
    expect([[...hits], [...relevant]]).toEqual([[1, 1], [2, 1]])
    expect([...precision]).toEqual([1 / 3, 1 / 3])
    expect([...recall]).toEqual([1 / 2, 1])
    expect(ndcg[0]).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12)
    expect([ndcg[1], ...hit]).toEqual([1, 1, 1])
  })

  test('task any: what is had may be recommended', () => {
    const { lists } = runToEnd(evaluateRanking(scorer, train, testSetOf(train, came, { task: 'any' }), { k: 2, task: 'any' }))
    expect([...lists].map((code) => train.products[code])).toEqual(['p', 'q', 'p', 'q', 'p', 'q'])
  })

  test('conventions are passed on', () => {
    const evaluate = (options: object) => runToEnd(evaluateRanking(scorer, train, tested, { k: 3, ...options }))
    expect([...evaluate({ precision: 'possible' }).precision]).toEqual([1 / 2, 1])
    expect(evaluate({ discount: 'log2Rank' }).ndcg[0]).toBeCloseTo(1 / 2, 12)
    expect(evaluate({ averagePrecision: 'relevant' }).averagePrecision[0]).toBeCloseTo(1 / 4, 12)
  })

  test('coverage, novelty and diversity are those of the lists', () => {
    const { coverage, novelty, diversity } = runToEnd(evaluateRanking(scorer, train, tested, { k: 3 }))
    expect(coverage).toBe(3 / 5)
    expect(novelty).toBeCloseTo(2, 12) // each has one customer of four
    expect(diversity).toBe(1) // nobody has two of them
  })

  test('refuses a length that is none', () => {
    for (const k of [0, 1.5, 1001, NaN]) expect(() => runToEnd(evaluateRanking(scorer, train, tested, { k })), String(k)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })

  test('nobody to test: empty figures', () => {
    const evaluation = runToEnd(evaluateRanking(scorer, train, someOf(tested, new Int32Array(0))))
    expect([evaluation.ndcg.length, evaluation.coverage, evaluation.novelty, evaluation.diversity]).toEqual([0, 0, 0, 0])
  })
})

const strategies: readonly RecommendStrategy[] = [
  { kind: 'popularity' },
  { kind: 'customers', nearest: 'product', halfLifeDays: 60 },
  { kind: 'products', neighbours: 5 },
  { kind: 'hybrid', parts: [{ weight: 0.3, strategy: { kind: 'customers', nearest: 'product', halfLifeDays: 60 } }, { weight: 0.7, strategy: { kind: 'products', neighbours: 5 } }] } satisfies HybridStrategy,
]

describe('strategies evaluated together', () => {
  test('get the same lists and figures as each alone, and as sorting all scores by hand', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, k) => {
        const { preferences } = randomShop(seed, { customers: 25, products: 20, pairs: 150 })
        const [split] = splitPreferences(preferences, { kind: 'kFold', folds: 4, seed })
        const { train, test: rest } = split!
        const tested = testSetOf(train, rest)
        const together = runToEnd(evaluateScorers(runToEnd(fitPool(strategies, train, { asOf: AS_OF })), train, tested, { k }))
        const sheet = createScoreSheet(train.products.length)
        for (const [s, strategy] of strategies.entries()) {
          const scorer = runToEnd(fitStrategy(train, strategy, { asOf: AS_OF }))
          const alone = runToEnd(evaluateRanking(scorer, train, tested, { k }))
          expect(together[s]).toEqual(alone)
          for (const [i, customer] of tested.customers.entries()) {
            const row = rowOf(train, customer)
            scorer.score(row, sheet)
            const list = train.products
              .flatMap((_, product) => (sheet.scores[product]! > 0 && !row.codes.includes(product) ? [product] : []))
              .sort((a, b) => sheet.scores[b]! - sheet.scores[a]! || sheet.support[b]! - sheet.support[a]! || a - b)
              .slice(0, k)
            expect([...alone.lists.subarray(i * k, i * k + list.length)]).toEqual(list)
            const wanted = tested.products.subarray(tested.offsets[i], tested.offsets[i + 1])
            const ranked = { hits: list.map((product) => (wanted.includes(product) ? 1 : 0)), relevant: wanted.length }
            expect([alone.precision[i], alone.recall[i], alone.ndcg[i], alone.averagePrecision[i], alone.reciprocalRank[i], alone.hit[i]]).toEqual(
              [precisionAt, recallAt, ndcgAt, averagePrecisionAt, reciprocalRankAt, hitAt].map((metric) => metric(ranked, k)),
            )
          }
        }
      }),
      { numRuns: 30 },
    )
  })
})
