import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Steps } from '../../adapter/contract.ts'
import { runPaced, runToEnd } from '../../shared/steps.ts'
import { DAY_MS } from '../../shared/zone.ts'
import { createPreferences } from '../createPreferences.ts'
import { fitStrategy } from '../fitStrategy.ts'
import type { BackTestRequest, BackTestResult, HybridStrategy, RecommendStrategy } from '../recommend.types.ts'
import { purchaseTables } from '../testing/purchaseTables.ts'
import type { Purchase } from '../testing/purchaseTables.ts'
import { TASTE_AS_OF, tasteShop } from '../testing/tasteShop.ts'
import { backTest } from './backTest.ts'
import { bootstrapMean, comparePaired } from './bootstrap.ts'
import { evaluateRanking } from './evaluateRanking.ts'
import { testSetOf } from './testSet.ts'

const preferences = { from: 'transactions', asOf: TASTE_AS_OF } as const
const CUTOFF = TASTE_AS_OF - 90 * DAY_MS

function run(purchases: readonly Purchase[], request: Partial<BackTestRequest> = {}): BackTestResult {
  return runToEnd(backTest(purchaseTables(purchases), { preferences, samples: 200, ...request }))
}

describe('backTest', () => {
  const tasty = run(tasteShop(1, { taste: 0.8 }))

  test('finds tastes that are there, and takes what was best in the window before', () => {
    expect(tasty).toMatchObject({ kind: 'back-test', version: 1, k: 10, cutoff: CUTOFF, until: TASTE_AS_OF, verdict: 'signal', products: 60 })
    expect(tasty.rows.map(({ name }) => name).sort()).toEqual(['customers', 'hybrid', 'popularity', 'products'])
    expect(tasty.rows.map(({ figures }) => figures.ndcg.value)).toEqual(tasty.rows.map(({ figures }) => figures.ndcg.value).sort((a, b) => b - a))
    const favourite = tasty.rows.find(({ name }) => name === tasty.choice!.favourite)!
    expect(favourite.gain!.low).toBeGreaterThan(0)
    expect(tasty.chosen).toEqual(favourite.strategy)
    expect(tasty.rows.find(({ name }) => name === 'popularity')!.gain).toBeNull()
  })

  test('finds nothing where there is nothing: at most 2 of 30 shops without taste', () => {
    const verdicts = Array.from({ length: 30 }, (_, seed) => run(tasteShop(seed + 100, { customers: 80, lines: 25 })))
    expect(verdicts.every(({ verdict, chosen }) => verdict === 'signal' || (verdict === 'noSignal' && chosen.kind === 'popularity'))).toBe(true)
    expect(verdicts.filter(({ verdict }) => verdict === 'signal').length).toBeLessThanOrEqual(2)
  })

  test('every figure lies in its interval, and shares within 0..1', () => {
    for (const { figures, gain } of tasty.rows) {
      for (const name of ['precision', 'recall', 'ndcg', 'map', 'mrr', 'hitRate'] as const) {
        const { value, low, high } = figures[name]
        expect(0 <= low && low <= value && value <= high && high <= 1, `${name} ${low} ${value} ${high}`).toBe(true)
      }
      expect(gain === null || (gain.low <= gain.value && gain.value <= gain.high)).toBe(true)
      expect(figures.coverage).toBeGreaterThan(0)
      expect(figures.novelty).toBeGreaterThan(0)
    }
  })

  test('equals splitting by hand, fitting, evaluating and drawing', () => {
    const purchases = tasteShop(2, { taste: 0.5 })
    const strategy: RecommendStrategy = { kind: 'customers', nearest: 'product', halfLifeDays: 40 }
    const result = run(purchases, { strategies: [{ name: 'mine', strategy }, { name: 'pop', strategy: { kind: 'popularity' } }], seed: 9, k: 5 })
    const entries = purchases.map(({ customerId, productId, at }) => ({ customerId: customerId!, productId: productId!, weight: 1, at }))
    const made = (keep: (at: number) => boolean) => createPreferences(entries.filter(({ at }) => keep(at)), { duplicates: 'max' })
    const [train, came] = [made((at) => at < CUTOFF), made((at) => at >= CUTOFF && at <= TASTE_AS_OF)]
    const tested = testSetOf(train, came)
    const evaluate = (one: RecommendStrategy) => runToEnd(evaluateRanking(runToEnd(fitStrategy(train, one, { asOf: CUTOFF })), train, tested, { k: 5 }))
    const [mine, popular] = [evaluate(strategy), evaluate({ kind: 'popularity' })]
    const row = result.rows.find(({ name }) => name === 'mine')!
    expect(result.customers).toBe(tested.customers.length)
    expect(row.strategy).toEqual(strategy)
    const drawn = { samples: 200, seed: 9 }
    for (const [name, values] of [['ndcg', mine.ndcg], ['map', mine.averagePrecision], ['hitRate', mine.hit], ['mrr', mine.reciprocalRank], ['precision', mine.precision], ['recall', mine.recall]] as const) {
      expect(row.figures[name]).toEqual(bootstrapMean(values, drawn))
    }
    expect(row.gain).toEqual(comparePaired(mine.ndcg, popular.ndcg, drawn).difference)
    expect(row.figures).toMatchObject({ coverage: mine.coverage, novelty: mine.novelty, diversity: mine.diversity })
  })

  test('what is chosen does not know the test, and nothing knows what comes after asOf', () => {
    const purchases = tasteShop(3, { taste: 0.6 })
    const known = run(purchases)
    // Everybody buys p59 and nothing else once the test begins.
    const changed = purchases.map((one) => (one.at >= CUTOFF ? { ...one, productId: 'p59' } : one))
    expect(run(changed).choice).toEqual(known.choice)
    expect(run(changed).rows.map(({ name, strategy }) => `${name} ${JSON.stringify(strategy)}`).sort()).toEqual(known.rows.map(({ name, strategy }) => `${name} ${JSON.stringify(strategy)}`).sort())
    const later = purchases.map((one): Purchase => ({ ...one, at: TASTE_AS_OF + 1 + (one.at % 1000), orderId: `later ${one.orderId}` }))
    expect(run([...purchases, ...later])).toEqual({ ...known, warnings: [{ code: 'LINES_AFTER_AS_OF', count: later.length }] })
  })

  test('lists come from before the cut-off alone: what the test sells twenty times over is not listed the more', () => {
    const purchases = tasteShop(4, { taste: 0.7 })
    const request = { strategies: [{ name: 'all', strategy: { kind: 'popularity' } }] as const, chooseWeights: false }
    const coverage = (lines: readonly Purchase[]) => run(lines, request).rows[0]!.figures.coverage
    const sold = purchases.flatMap((one): Purchase[] => (one.at >= CUTOFF ? [one, ...Array.from({ length: 20 }, (_, i) => ({ ...one, productId: `p${50 + (i % 10)}` }))] : [one]))
    expect(coverage(sold)).toBe(coverage(purchases))
  })

  test('the weights of a hybrid are chosen before; without that they stay as they are', () => {
    const parts = [
      { weight: 0.9, strategy: { kind: 'popularity' } },
      { weight: 0.1, strategy: { kind: 'customers', nearest: 'product' } },
    ] as const
    const strategies = [{ name: 'mixed', strategy: { kind: 'hybrid', parts } }] as const
    const purchases = tasteShop(5, { taste: 0.9 })
    const chosen = run(purchases, { strategies })
    const fixed = run(purchases, { strategies, chooseWeights: false })
    expect(fixed.rows[0]!.strategy).toEqual(strategies[0].strategy)
    expect(fixed.choice).toBeNull()
    const [row] = chosen.rows
    expect(row!.strategy).toMatchObject({ kind: 'hybrid', parts: [{ strategy: parts[0].strategy }, { strategy: parts[1].strategy }] })
    expect((row!.strategy as HybridStrategy).parts[1]!.weight).toBeGreaterThan(0.1)
    expect(row!.figures.ndcg.value).toBeGreaterThan(fixed.rows[0]!.figures.ndcg.value)
  })

  test('popularity is compared with even where it is no row', () => {
    const result = run(tasteShop(6, { taste: 0.9 }), { strategies: [{ name: 'near', strategy: { kind: 'customers', nearest: 'product' } }] })
    expect(result.rows.map(({ name }) => name)).toEqual(['near'])
    expect(result.rows[0]!.gain!.low).toBeGreaterThan(0)
    expect(result.verdict).toBe('signal')
  })

  test('with more rows the intervals of gains are wider, those of figures are not', () => {
    const near = { kind: 'customers', nearest: 'product' } as const
    const purchases = tasteShop(7, { taste: 0.5 })
    const names = ['a', 'b', 'c', 'd', 'e']
    const [one] = run(purchases, { strategies: [{ name: 'a', strategy: near }] }).rows
    const [of5] = run(purchases, { strategies: names.map((name) => ({ name, strategy: near })) }).rows
    expect(of5!.figures).toEqual(one!.figures)
    expect(of5!.gain!.value).toBe(one!.gain!.value)
    expect(of5!.gain!.low).toBeLessThan(one!.gain!.low)
    expect(of5!.gain!.high).toBeGreaterThan(one!.gain!.high)
  })

  test('what is bought again is found by buying again', () => {
    const purchases = tasteShop(8, { taste: 0.5 })
    const strategies = [
      { name: 'again', strategy: { kind: 'buyAgain' } },
      { name: 'popularity', strategy: { kind: 'popularity' } },
    ] as const
    const any = run(purchases, { strategies, task: 'any' })
    expect(any.rows[0]).toMatchObject({ name: 'again' })
    expect(any.chosen).toEqual({ kind: 'buyAgain' })
    // Among new products it has nothing to say.
    const novel = run(purchases, { strategies })
    expect(novel.rows.find(({ name }) => name === 'again')!.figures).toMatchObject({ hitRate: { value: 0, low: 0, high: 0 }, coverage: 0 })
    expect(novel.verdict).toBe('noSignal')
  })

  test('buying again counts orders, whatever the preferences are weighted by', () => {
    // Everybody bought a once and b three times before, and b alone after; a is newer.
    const purchases = Array.from({ length: 40 }, (_, c): Purchase[] => {
      const buy = (productId: string, daysAgo: number): Purchase => ({ customerId: `c${c}`, productId, orderId: `${c} ${daysAgo}`, at: TASTE_AS_OF - daysAgo * DAY_MS })
      return [buy('b', 300), buy('b', 250), buy('b', 200), buy('a', 100), buy('b', 10)]
    }).flat()
    const result = run(purchases, { strategies: [{ name: 'again', strategy: { kind: 'buyAgain' } }], task: 'any', k: 1, chooseWeights: false })
    expect(result.rows[0]!.figures.hitRate.value).toBe(1)
  })

  test('the same seed gives the same result; no more customers than asked for are drawn', () => {
    const purchases = tasteShop(1, { taste: 0.8 })
    expect(run(purchases)).toEqual(tasty)
    const some = run(purchases, { maxCustomers: 50 })
    expect(some).toMatchObject({ customers: 50, eligible: tasty.customers })
    expect(tasty).not.toHaveProperty('eligible')
    expect(run(purchases, { maxCustomers: 50 })).toEqual(some)
    expect(run(purchases, { maxCustomers: 50, seed: 2 })).not.toEqual(some)
  })

  test('is plain, frozen data', () => {
    expect(JSON.parse(JSON.stringify(tasty))).toEqual(tasty)
    for (const record of [tasty, tasty.rows, tasty.rows[0], tasty.rows[0]!.figures, tasty.rows[0]!.figures.ndcg, tasty.choice, tasty.warnings]) expect(Object.isFrozen(record)).toBe(true)
  })
})

describe('windows', () => {
  const by = (customerId: string, productId: string, at: number): Purchase => ({ customerId, productId, orderId: `${customerId}${productId}${at}`, at })
  const popular = { strategies: [{ name: 'popularity', strategy: { kind: 'popularity' } }] as const, chooseWeights: false, k: 5 }

  test('instants: the cut-off is the first instant tested, asOf the last', () => {
    const result = run([by('a', 'old', CUTOFF - 1), by('b', 'x', CUTOFF - 1), by('b', 'old', CUTOFF), by('a', 'x', TASTE_AS_OF), by('c', 'x', CUTOFF), by('c', 'old', CUTOFF)], popular)
    // a finds x, b finds old; c is not known before.
    expect(result).toMatchObject({ customers: 2, products: 2, cutoff: CUTOFF, verdict: 'tooFew' })
    expect(result.rows[0]!.figures.hitRate.value).toBe(1)
    expect(run([by('a', 'old', CUTOFF), by('a', 'x', TASTE_AS_OF), by('b', 'x', CUTOFF)], popular)).toMatchObject({ customers: 0, products: 0, rows: [] })
  })

  test('days: the last of them is that of asOf in the zone of the shop, and no day is in both windows', () => {
    // 31 May 2026 00:00 in New York is 04:00 UTC; half an hour before it is still the 30th.
    const asOf = Date.UTC(2026, 4, 31, 3, 30)
    const last = Date.UTC(2026, 4, 30) / DAY_MS
    const days = (purchases: readonly Purchase[]) =>
      runToEnd(backTest(purchaseTables(purchases, { atKind: 'date', timeZone: 'America/New_York' }), { preferences: { ...preferences, asOf }, samples: 100, ...popular }))
    const result = days([by('a', 'old', last - 90), by('b', 'x', last - 90), by('b', 'old', last - 89), by('a', 'x', last), by('b', 'later', last + 1)])
    expect(result).toMatchObject({ customers: 2, products: 2 })
    // 90 days up to the 30th of May begin on the 2nd of March, winter time: 05:00 UTC.
    expect(new Date(result.cutoff).toISOString()).toBe('2026-03-02T05:00:00.000Z')
  })

  test('purchases before `since` are not known', () => {
    const purchases = [by('a', 'old', CUTOFF - 10 * DAY_MS), by('b', 'x', CUTOFF - DAY_MS), by('a', 'x', CUTOFF - DAY_MS), by('b', 'old', CUTOFF + 1), by('a', 'old', CUTOFF + 1)]
    expect(run(purchases, popular)).toMatchObject({ products: 2, customers: 1 })
    expect(run(purchases, { ...popular, preferences: { ...preferences, since: CUTOFF - 5 * DAY_MS } })).toMatchObject({ products: 1, customers: 0, warnings: [{ code: 'LINES_BEFORE_FROM', count: 1 }] })
    // Nothing is known when everything is before it, or it lies within the test.
    expect(run(purchases, { ...popular, preferences: { ...preferences, since: CUTOFF + DAY_MS } })).toMatchObject({ products: 0, customers: 0, rows: [], verdict: 'tooFew' })
  })

  test('lines without customer or product are counted', () => {
    const lost: Purchase[] = [{ ...by('a', 'x', CUTOFF - 1), customerId: null }, { ...by('a', 'x', CUTOFF + 1), productId: null }, { ...by('a', 'x', CUTOFF + 1), customerId: null }]
    expect(run([by('a', 'x', CUTOFF - 1), ...lost], popular).warnings).toEqual([
      { code: 'LINES_WITHOUT_CUSTOMER', count: 2 },
      { code: 'LINES_WITHOUT_PRODUCT', count: 1 },
    ])
  })

  test('no purchases at all: too few, popularity', () => {
    expect(run([])).toMatchObject({ customers: 0, products: 0, rows: [], verdict: 'tooFew', chosen: { kind: 'popularity' }, choice: null })
  })
})

describe('ratings', () => {
  const rate = (customerId: string, productId: string, rating: number, at: number | null) => ({ customerId, productId, rating, at })
  const ratings = [rate('a', 'x', 5, CUTOFF - 1), rate('b', 'y', 4, CUTOFF - 1), rate('a', 'y', 2, CUTOFF), rate('b', 'x', 5, TASTE_AS_OF), rate('b', 'x', 1, TASTE_AS_OF + 1), rate('a', 'y', 5, null)]
  const request = { samples: 100, chooseWeights: false, strategies: [{ name: 'popularity', strategy: { kind: 'popularity' } }] as const }

  test('are cut by their time too, those without one are left out, and only liked ones are to be found', () => {
    const tables = purchaseTables([], { ratings })
    const run = (likedFrom?: number) => runToEnd(backTest(tables, { ...request, preferences: { from: 'ratings', asOf: TASTE_AS_OF, ...(likedFrom === undefined ? {} : { likedFrom }) } }))
    expect(run()).toMatchObject({ customers: 2, products: 2, cutoff: CUTOFF, warnings: [{ code: 'RATINGS_WITHOUT_TIME', count: 1 }] })
    expect(run(3)).toMatchObject({ customers: 1 })
    expect(run().rows[0]!.figures.hitRate.value).toBe(1)
  })

  test('beside purchases: liked later is found, disliked later is not', () => {
    const tables = purchaseTables([{ customerId: 'a', productId: 'x', orderId: '1', at: CUTOFF - 1 }, { customerId: 'b', productId: 'y', orderId: '2', at: CUTOFF - 1 }], { ratings })
    const result = runToEnd(backTest(tables, { ...request, preferences: { from: 'both', asOf: TASTE_AS_OF, likedFrom: 3 } }))
    expect(result.customers).toBe(1)
  })
})

describe('work in slices', () => {
  test('progress never goes back and ends near 1', () => {
    const seen: number[] = []
    const steps = backTest(purchaseTables(tasteShop(1, { customers: 60 })), { preferences })
    for (let step = steps.next(); !step.done; step = steps.next()) if (step.value !== undefined) seen.push(step.value)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen[0]).toBe(0)
    expect(seen.at(-1)).toBeGreaterThan(0.9)
    expect(seen.at(-1)).toBeLessThanOrEqual(1)
    expect(seen.length).toBeGreaterThan(60)
  })

  test('an abort ends it with its reason', async () => {
    const controller = new AbortController()
    let steps = 0
    const work = backTest(purchaseTables(tasteShop(1)), { preferences })
    function* counted(): Steps<BackTestResult> {
      for (;;) {
        const step = work.next()
        if (step.done) return step.value
        if (++steps === 100) controller.abort(new Error('left the page'))
        yield step.value
      }
    }
    await expect(runPaced(counted(), { signal: controller.signal, sliceMs: 0 })).rejects.toThrow('left the page')
    expect(steps).toBe(100)
  })
})

describe('requests', () => {
  const near = { kind: 'customers' } as const

  test.each([
    ['OPTION_INVALID', { testDays: 0 }],
    ['OPTION_INVALID', { testDays: 1.5 }],
    ['OPTION_INVALID', { k: 0 }],
    ['OPTION_INVALID', { samples: 10 }],
    ['OPTION_INVALID', { maxCustomers: 0 }],
    ['OPTION_INVALID', { seed: NaN }],
    ['OPTION_INVALID', { task: 'old' }],
    ['OPTION_INVALID', { strategies: [] }],
    ['OPTION_INVALID', { strategies: [{ name: '', strategy: near }] }],
    ['OPTION_INVALID', { strategies: [{ name: 'a', strategy: { kind: 'magic' } }] }],
    ['WEIGHTS_INVALID', { strategies: [{ name: 'a', strategy: { kind: 'hybrid', parts: [{ weight: NaN, strategy: near }] } }] }],
    ['KEY_DUPLICATE', { strategies: [{ name: 'a', strategy: near }, { name: 'a', strategy: near }] }],
    ['SPEC_INVALID', { preferences: { from: 'transactions', asOf: NaN } }],
    ['SPEC_INVALID', { preferences: { from: 'both', asOf: TASTE_AS_OF } }],
    ['SET_MISSING', { preferences: { from: 'ratings', asOf: TASTE_AS_OF } }],
  ])('%s for %j', (code, request) => {
    expect(() => run([], request as Partial<BackTestRequest>)).toThrow(expect.objectContaining({ code }))
  })

  test('the input is not changed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const tables = purchaseTables(tasteShop(seed, { customers: 40, lines: 10 }))
        const before = structuredClone(tables)
        runToEnd(backTest(tables, { preferences, samples: 100 }))
        expect(tables).toEqual(before)
      }),
      { numRuns: 5 },
    )
  })
})
