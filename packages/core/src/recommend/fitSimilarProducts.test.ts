import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../shared/random.ts'
import { runPaced, runToEnd } from '../shared/steps.ts'
import { createPreferences } from './createPreferences.ts'
import { findNeighbours } from './findNeighbours.ts'
import { fitSimilarProducts, fitSimilarProductsInSteps } from './fitSimilarProducts.ts'
import type { FitSimilarProductsOptions, SimilarProducts } from './fitSimilarProducts.ts'
import { PAIR_MEASURES } from './pairMeasures.ts'
import { rowOf, rowOfProduct } from './preferenceRows.ts'
import { fittedLists, similarProductsScorer } from './productsScorer.ts'
import type { Preferences, SimilarityMeasure, SimilaritySpec } from './recommend.types.ts'
import { createScoreSheet } from './scoreSheet.ts'
import { implicitToy, toyPreferences } from './testing/implicitToy.ts'

const MEASURES: readonly SimilarityMeasure[] = [...PAIR_MEASURES, 'adjustedCosine', 'pearsonBaseline']

function listOf({ offsets, codes, similarities, support }: SimilarProducts, product: number) {
  const [start, end] = [offsets[product]!, offsets[product + 1]!]
  return { codes: codes.slice(start, end), similarities: similarities.slice(start, end), support: support.slice(start, end) }
}

/** The lists as they are found on demand, product by product. */
function listsOnDemand(preferences: Preferences, similarity: SimilaritySpec, limit: number): unknown[] {
  return preferences.products.map((_, product) => {
    const { compared: _compared, ...list } = findNeighbours(preferences, 'products', rowOfProduct(preferences, product), { similarity, limit })
    return list
  })
}

function allLists(preferences: Preferences, similarity: SimilaritySpec, neighbours: number): unknown[] {
  const model = fitSimilarProducts(preferences, { similarity, neighbours })
  return Array.from({ length: model.offsets.length - 1 }, (_, product) => listOf(model, product))
}

/** Customers with so many products each, out of so many: dense and sparse catalogues take different ways. */
function randomShop(seed: number, customers: number, products: number, each: number, isBinary: boolean): Preferences {
  const { below } = createRandom(seed)
  const entries = Array.from({ length: customers * each }, (_, i) => ({ customerId: `c${i % customers}`, productId: `p${below(products)}`, weight: isBinary ? 1 : 1 + below(9) / 2 }))
  return createPreferences(entries, { duplicates: 'max' })
}

describe('fitSimilarProducts', () => {
  test('lists for every product what findNeighbours finds for it, to the last bit, by every measure', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom([12, 8, 5], [40, 30, 4], [30, 200, 3], [3, 400, 2]),
        fc.boolean(),
        fc.constantFrom(...MEASURES),
        fc.constantFrom({}, { shrinkage: 3 }, { minSupport: 2, negatives: 'keep' as const }, { significance: 4, minSimilarity: 0.3 }),
        fc.constantFrom(1, 3, 50),
        (seed, [customers, products, each], isBinary, measure, rules, neighbours) => {
          const shop = randomShop(seed, customers!, products!, each!, isBinary)
          expect(allLists(shop, { measure, ...rules }, neighbours)).toEqual(listsOnDemand(shop, { measure, ...rules }, neighbours))
        },
      ),
      { numRuns: 80 },
    )
  })

  test('weighs by TF-IDF and BM25 as on demand', () => {
    const shop = randomShop(7, 60, 50, 6, false)
    for (const weighting of ['tfIdf', { method: 'bm25' }] as const) {
      expect(allLists(shop, { measure: 'cosine', weighting }, 5)).toEqual(listsOnDemand(shop, { measure: 'cosine', weighting }, 5))
    }
  })

  test('is by default a TF-IDF cosine with 20 in a list', () => {
    const shop = randomShop(3, 50, 60, 10, true)
    expect(fitSimilarProducts(shop)).toEqual(fitSimilarProducts(shop, { similarity: { measure: 'cosine', weighting: 'tfIdf' }, neighbours: 20 }))
  })

  test('keeps the same lists whatever the order of the data', () => {
    const entries = Array.from({ length: 300 }, (_, i) => ({ customerId: `c${(i * 7) % 23}`, productId: `p${(i * i) % 31}`, weight: (i * i) % 5 }))
    expect(fitSimilarProducts(createPreferences(entries.toReversed(), { duplicates: 'max' }))).toEqual(fitSimilarProducts(createPreferences(entries, { duplicates: 'max' })))
  })

  test('is empty without products, and for products that nobody shares', () => {
    expect(fitSimilarProducts(createPreferences([]))).toMatchObject({ offsets: Int32Array.of(0), codes: new Int32Array(0) })
    const apart = createPreferences([{ customerId: 'a', productId: 'p', weight: 1 }, { customerId: 'b', productId: 'q', weight: 1 }])
    expect(fitSimilarProducts(apart).offsets).toEqual(Int32Array.of(0, 0, 0))
  })

  test('says how far it is, ascending to 1 at most, and stops when told to', async () => {
    const shop = randomShop(5, 800, 400, 120, true)
    const steps = fitSimilarProductsInSteps(shop, { similarity: { measure: 'cosine' } })
    const progress: number[] = []
    for (let step = steps.next(); !step.done; step = steps.next()) if (step.value !== undefined) progress.push(step.value)
    expect(progress.length).toBeGreaterThan(1)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBeLessThanOrEqual(1)
    const controller = new AbortController()
    const run = runPaced(fitSimilarProductsInSteps(shop), { signal: controller.signal, sliceMs: 0, breathe: async () => controller.abort(new Error('enough')) })
    await expect(run).rejects.toThrow('enough')
  })

  test('does not change the preferences', () => {
    const shop = randomShop(9, 20, 20, 6, false)
    const before = structuredClone(shop)
    for (const measure of MEASURES) fitSimilarProducts(shop, { similarity: { measure, weighting: 'tfIdf' } })
    expect(shop).toEqual(before)
  })

  test.each([
    [{ similarity: { measure: 'lift' as never } }],
    [{ similarity: { measure: 'cosine', minSupport: 0.5 } }],
    [{ neighbours: 0 }],
    [{ neighbours: 2.5 }],
  ] as const)('refuses %o', (options) => {
    expect(() => fitSimilarProducts(toyPreferences, options)).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})

describe('the lists of implicit', () => {
  const IMPLICIT: Readonly<Record<keyof typeof implicitToy.models, SimilaritySpec>> = {
    ItemItem: { measure: 'dotProduct' },
    Cosine: { measure: 'cosine' },
    TFIDF: { measure: 'cosine', weighting: 'tfIdf' },
    BM25: { measure: 'dotProduct', weighting: { method: 'bm25' } },
  }
  const options = (name: keyof typeof IMPLICIT): FitSimilarProductsOptions => ({ similarity: IMPLICIT[name], neighbours: 3, includeSelf: true })

  test.each(['ItemItem', 'Cosine', 'TFIDF', 'BM25'] as const)('%s: three best of each item, itself among them', (name) => {
    const model = fitSimilarProducts(toyPreferences, options(name))
    implicitToy.models[name].similarities.forEach((row, product) => {
      const dense = Array.from(row, () => 0)
      const { codes, similarities } = listOf(model, product)
      codes.forEach((code, i) => (dense[code] = similarities[i]!))
      row.forEach((value, i) => expect(dense[i]!).toBeCloseTo(value, 12))
    })
  })

  // implicit does not take liked items out of a list, it scores them 0, and fills the list with them. What it scores above 0
  // is the list here; a user who has it all gets none.
  test.each(['ItemItem', 'Cosine', 'TFIDF', 'BM25'] as const)('%s: three recommendations of each user, but for the liked ones that implicit lists with score 0', (name) => {
    const scorer = similarProductsScorer(toyPreferences, fittedLists(fitSimilarProducts(toyPreferences, options(name))), {}, { asOf: 0 })
    const sheet = createScoreSheet(6)
    implicitToy.models[name].recommended.forEach((expected, user) => {
      const row = rowOf(toyPreferences, user)
      scorer.score(row, sheet)
      const fresh = [...sheet.touched.subarray(0, sheet.count)].filter((product) => !row.codes.includes(product)).sort((a, b) => sheet.scores[b]! - sheet.scores[a]!)
      const wanted = expected.filter(([, score]) => score > 0)
      expect(fresh.slice(0, 3)).toEqual(wanted.map(([product]) => product))
      wanted.forEach(([product, score]) => expect(sheet.scores[product]).toBeCloseTo(score, 12))
      const unwanted = expected.filter(([, score]) => score === 0)
      expect(unwanted.filter(([product]) => !row.codes.includes(product) && sheet.support[product] !== 0)).toEqual([])
    })
  })

  // The second oracle of implicit's tests: of a board of squares, user u has all of one colour but the square u.
  test.each(['ItemItem', 'Cosine', 'TFIDF', 'BM25'] as const)('%s: on a checkerboard each user gets the one square of the colour that is left out', (name) => {
    const size = 50
    const entries: { customerId: string; productId: string; weight: number }[] = []
    for (let user = 0; user < size; user++) {
      for (let item = user % 2; item < size; item += 2) if (item !== user) entries.push({ customerId: `u${user}`, productId: `i${String(item).padStart(2, '0')}`, weight: 1 })
    }
    const board = createPreferences(entries)
    const scorer = similarProductsScorer(board, fittedLists(fitSimilarProducts(board, { ...options(name), neighbours: 50 })), {}, { asOf: 0 })
    const sheet = createScoreSheet(size)
    board.customers.forEach((id, user) => {
      const row = rowOf(board, user)
      scorer.score(row, sheet)
      const fresh = [...sheet.touched.subarray(0, sheet.count)].filter((product) => !row.codes.includes(product))
      expect(fresh.map((product) => Number(board.products[product]!.slice(1)))).toEqual([Number(id.slice(1))])
    })
  })
})

test('a fit in slices is the fit at once', async () => {
  const shop = randomShop(11, 80, 60, 9, false)
  expect(await runPaced(fitSimilarProductsInSteps(shop), { signal: new AbortController().signal, sliceMs: 0 })).toEqual(runToEnd(fitSimilarProductsInSteps(shop)))
})
