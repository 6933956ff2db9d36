import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPreferences } from '../createPreferences.ts'
import type { PreferenceEntry } from '../createPreferences.ts'
import type { SimilarityMeasure } from '../recommend.types.ts'
import { fitRatings, RATING_FALLBACKS } from './fitRatings.ts'
import { ratingPresets } from './ratingPresets.ts'
import type { NeighbourRatings, RatingSpec } from './ratings.types.ts'
import { ratingEntries } from './testing/ratingEntries.ts'
import { toyPreferences } from './testing/surpriseToy.ts'

const scale = { lowest: 1, highest: 5 }
const fit = (entries: readonly PreferenceEntry[], spec: RatingSpec) => fitRatings(createPreferences(entries, { scale, keepSequence: true }), spec)

const MEASURES: readonly SimilarityMeasure[] = ['cosine', 'commonCosine', 'pearson', 'textbookPearson', 'centredCosine', 'msd', 'jaccard', 'adjustedCosine', 'pearsonBaseline']
const fallback = fc.constantFrom(...RATING_FALLBACKS)
const neighbourSpecs: fc.Arbitrary<NeighbourRatings> = fc.record({
  method: fc.constant('neighbours' as const),
  over: fc.constantFrom('customers' as const, 'products' as const),
  similarity: fc.record({ measure: fc.constantFrom(...MEASURES), negatives: fc.constantFrom('drop' as const, 'keep' as const), minSupport: fc.constantFrom(1, 2), shrinkage: fc.constantFrom(0, 10) }),
  neighbours: fc.constantFrom(2, 3, 40),
  minNeighbours: fc.constantFrom(1, 2),
  centring: fc.constantFrom('none' as const, 'mean' as const, 'zScore' as const, 'baseline' as const),
  ties: fc.constantFrom('support' as const, 'recent' as const),
  own: fc.constantFrom('exclude' as const, 'include' as const),
  tooFew: fallback,
  unknown: fallback,
})
const specs: fc.Arbitrary<RatingSpec> = fc.oneof(
  { weight: 6, arbitrary: neighbourSpecs },
  { weight: 1, arbitrary: fc.constant<RatingSpec>({ method: 'slopeOne' }) },
  { weight: 1, arbitrary: fc.constantFrom<RatingSpec>({ method: 'baseline' }, { method: 'baseline', baseline: { method: 'sgd' } }) },
)

/** Everybody by everything, and somebody and something nobody knows. */
function pairsOf(entries: readonly PreferenceEntry[]): { customers: string[]; products: string[] } {
  const pairs = [...new Set(entries.map(({ customerId }) => customerId)), 'nobody'].flatMap((customer) =>
    [...new Set(entries.map(({ productId }) => productId)), 'nothing'].map((product) => [customer, product] as const),
  )
  return { customers: pairs.map(([customer]) => customer), products: pairs.map(([, product]) => product) }
}

describe('a prediction', () => {
  test('is finite and within the scale, whatever is asked of whom', () => {
    fc.assert(
      fc.property(ratingEntries, specs, (entries, spec) => {
        const model = fit(entries, spec)
        const { customers, products } = pairsOf(entries)
        customers.forEach((customer, i) => {
          const { rating, raw, neighbours, reason } = model.predict(customer, products[i]!)
          expect(rating).toBeGreaterThanOrEqual(1)
          expect(rating).toBeLessThanOrEqual(5)
          expect(Number.isFinite(raw)).toBe(true)
          expect(neighbours).toBeGreaterThanOrEqual(0)
          expect(reason === 'unknownCustomer').toBe(customer === 'nobody')
          expect(reason === 'unknownProduct').toBe(products[i] === 'nothing' && customer !== 'nobody')
        })
      }),
    )
  })

  test('is the sum of what is said for it, to the last bit, and the shares are one whole', () => {
    fc.assert(
      fc.property(ratingEntries, specs, (entries, spec) => {
        const model = fit(entries, spec)
        const { customers, products } = pairsOf(entries)
        customers.forEach((customer, i) => {
          const { raw, start, contributions, isImpossible, fallback: instead, neighbours } = model.predict(customer, products[i]!)
          expect(contributions.reduce((sum, { value }) => sum + value, start)).toBe(raw)
          expect(isImpossible).toBe(instead !== null)
          expect(contributions).toHaveLength(isImpossible ? 0 : neighbours)
          expect(contributions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(contributions.length > 0 ? 1 : 0, 12)
        })
      }),
    )
  })

  test('is the same among many, in any order', () => {
    fc.assert(
      fc.property(ratingEntries, specs, fc.infiniteStream(fc.nat()), (entries, spec, keys) => {
        const { customers, products } = pairsOf(entries)
        const order = customers.map((_, i) => ({ i, key: keys.next().value! })).toSorted((a, b) => a.key - b.key).map(({ i }) => i)
        const model = fit(entries, spec)
        const many = model.predictMany(order.map((i) => customers[i]!), order.map((i) => products[i]!))
        const fresh = fit(entries, spec)
        order.forEach((i, at) => {
          const one = fresh.predict(customers[i]!, products[i]!)
          expect([many.ratings[at], many.raw[at], many.neighbours[at], RATING_FALLBACKS[many.fallbacks[at]!] ?? null]).toEqual([one.rating, one.raw, one.neighbours, one.fallback])
        })
      }),
    )
  })

  test('does not depend on the order of the ratings, unless ties are to be broken by it', () => {
    const shuffled = ratingEntries.chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })))
    fc.assert(
      fc.property(shuffled, specs, ([entries, others], spec) => {
        const [model, other] = [fit(entries, spec), fit(others, spec)]
        const { customers, products } = pairsOf(entries)
        customers.forEach((customer, i) => expect(other.predict(customer, products[i]!)).toEqual(model.predict(customer, products[i]!)))
      }),
    )
  })

  test('does not depend on strangers: their own products, the ids after all others', () => {
    const local = specs.filter((spec) => spec.method === 'slopeOne' || (spec.method === 'neighbours' && spec.over === 'customers' && spec.centring === 'mean' && spec.similarity!.measure !== 'pearsonBaseline'))
    fc.assert(
      fc.property(ratingEntries, local, (entries, spec) => {
        const stranger = ['x', 'y'].map((productId) => ({ customerId: 'zed', productId: `z${productId}`, weight: 1 }))
        const own = { ...spec, tooFew: 'customerMean' } as RatingSpec
        const [model, other] = [fit(entries, own), fit([...entries, ...stranger], own)]
        for (const { customerId } of entries) for (const { productId } of entries) expect(other.predict(customerId, productId)).toEqual(model.predict(customerId, productId))
      }),
    )
  })
})

describe('neighbours', () => {
  // ann and bob agree, cy is the contrary; dan gives everything a 4.
  const entries = Object.entries({ ann: [1, 3, 5, 4], bob: [1, 3, 5, null], cy: [5, 3, 1, 2], dan: [4, 4, 4, 4] }).flatMap(([customerId, ratings]) =>
    ratings.flatMap((weight, i) => (weight === null ? [] : [{ customerId, productId: `p${i}`, weight }])),
  )
  const means: NeighbourRatings = { method: 'neighbours', over: 'customers', similarity: { measure: 'pearson' }, centring: 'mean' }

  test('drop the unlike, or hear them the other way round', () => {
    const drop = fit(entries, means).predict('bob', 'p3')
    expect(drop).toMatchObject({ neighbours: 1, start: 3, contributions: [{ id: 'ann', similarity: 1, share: 1, rating: 4, value: 0.75 }] })
    expect(drop.raw).toBe(3.75)
    const keep = fit(entries, { ...means, similarity: { measure: 'pearson', negatives: 'keep' } }).predict('bob', 'p3')
    // cy gave 2, 0.75 below the mean of 2.75, and is the opposite of bob.
    expect(keep.contributions).toMatchObject([{ id: 'ann', share: 0.5, value: 0.375 }, { id: 'cy', similarity: -1, share: 0.5, value: 0.375 }])
    expect(keep.raw).toBe(3.75)
  })

  test('without variance are as likely as the overall spread says, never NaN', () => {
    const constant = ['ann', 'bob', 'cy'].flatMap((customerId) => ['p0', 'p1'].map((productId) => ({ customerId, productId, weight: 4 })))
    const spec: RatingSpec = { ...means, similarity: { measure: 'msd' }, centring: 'zScore' }
    expect(fit(constant, spec).predict('ann', 'p1')).toMatchObject({ rating: 4, neighbours: 2 })
    expect(fit(entries, { ...spec, minNeighbours: 3 }).predict('dan', 'p0')).toMatchObject({ neighbours: 3, fallback: null, start: 4 })
  })

  test('that share nothing are none, and the reason says so', () => {
    const strangers = [
      { customerId: 'ann', productId: 'p0', weight: 5 },
      { customerId: 'bob', productId: 'p1', weight: 2 },
    ]
    expect(fit(strangers, means).predict('ann', 'p1')).toMatchObject({ rating: 5, isImpossible: true, fallback: 'customerMean', reason: 'tooFewNeighbours', contributions: [] })
    expect(fit(strangers, { ...means, over: 'products' }).predict('ann', 'p1')).toMatchObject({ rating: 2, fallback: 'productMean' })
    expect(fit(strangers, { ...means, centring: 'none' }).predict('ann', 'p1')).toMatchObject({ rating: 3.5, fallback: 'globalMean' })
    expect(fit(strangers, { ...means, centring: 'baseline' }).predict('ann', 'p1')).toMatchObject({ fallback: 'baseline' })
  })

  test('take the first of the equally alike by id, or by the order of the ratings', () => {
    const twins = [
      { customerId: 'eve', productId: 'tea', weight: 5 },
      { customerId: 'bob', productId: 'tea', weight: 1 },
      ...['eve', 'bob', 'cy'].map((customerId) => ({ customerId, productId: 'cup', weight: 3 })),
    ]
    const spec: NeighbourRatings = { method: 'neighbours', over: 'customers', neighbours: 1 }
    expect(fit(twins, spec).predict('cy', 'tea').contributions.map(({ id }) => id)).toEqual(['bob'])
    expect(fit(twins, { ...spec, ties: 'sequence' }).predict('cy', 'tea').contributions.map(({ id }) => id)).toEqual(['eve'])
  })
})

describe('fallbacks', () => {
  const entries = [
    { customerId: 'ann', productId: 'cup', weight: 5 },
    { customerId: 'ann', productId: 'tea', weight: 4 },
    { customerId: 'bob', productId: 'tea', weight: 1 },
  ]
  const spec: NeighbourRatings = { method: 'neighbours', over: 'customers', unknown: 'customerMean' }

  test('a side that is known speaks for a pair, else the mean of all', () => {
    const model = fit(entries, spec)
    expect(model.predict('ann', 'no')).toMatchObject({ rating: 4.5, fallback: 'customerMean', reason: 'unknownProduct', neighbours: 0 })
    expect(model.predict('no', 'tea')).toMatchObject({ fallback: 'globalMean', reason: 'unknownCustomer' })
    expect(model.predict('no', 'tea').rating).toBeCloseTo(10 / 3, 14)
    expect(fit(entries, { ...spec, unknown: 'productMean' }).predict('no', 'tea')).toMatchObject({ rating: 2.5, fallback: 'productMean' })
  })

  test('a baseline knows one side without the other', () => {
    const model = fit(entries, { method: 'baseline' })
    const { globalMean, customers, products } = model.baseline!
    expect(model.predict('ann', 'no')).toMatchObject({ raw: globalMean + customers[0]!, fallback: 'baseline', reason: 'unknownProduct' })
    expect(model.predict('no', 'cup')).toMatchObject({ raw: globalMean + products[0]!, fallback: 'baseline', reason: 'unknownCustomer' })
    expect(model.predict('ann', 'tea')).toMatchObject({ raw: globalMean + customers[0]! + products[1]!, fallback: null, reason: null, isImpossible: false })
  })

  test('nobody rated anything: the middle of the scale', () => {
    for (const some of [spec, { method: 'slopeOne' }, { method: 'baseline' }] as RatingSpec[]) expect(fit([], some).predict('ann', 'cup')).toMatchObject({ rating: 3, isImpossible: true, reason: 'unknownCustomer' })
    expect(fit([], spec).predictMany([], [])).toMatchObject({ count: 0 })
  })
})

describe('fitRatings', () => {
  const neighbours: NeighbourRatings = { method: 'neighbours', over: 'customers' }

  test.each<[RatingSpec, string]>([
    [{ ...neighbours, neighbours: 0 }, '`neighbours`'],
    [{ ...neighbours, neighbours: 2.5 }, '`neighbours`'],
    [{ ...neighbours, neighbours: NaN }, '`neighbours`'],
    [{ ...neighbours, minNeighbours: 0 }, '`minNeighbours`'],
    [{ ...neighbours, minNeighbours: 41 }, '`minNeighbours`'],
    [{ ...neighbours, over: 'people' as never }, '`over`'],
    [{ ...neighbours, centring: 'median' as never }, '`centring`'],
    [{ ...neighbours, own: true as never }, '`own`'],
    [{ ...neighbours, clip: 1 as never }, '`clip`'],
    [{ ...neighbours, tooFew: 'zero' as never }, '`tooFew`'],
    [{ ...neighbours, k: 3 } as never, '`k`'],
    [{ ...neighbours, similarity: { measure: 'euclid' as never } }, '`measure`'],
    [{ ...neighbours, baseline: { method: 'sgd', learningRate: 2 } }, '`learningRate`'],
    [{ method: 'slopeOne', unknown: 'baseline' as never }, '`unknown`'],
    [{ method: 'svd' } as never, '`method`'],
    [undefined as never, '`method`'],
  ])('refuses %j, naming %s', (spec, name) => {
    expect(() => fit([], spec)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(name) }))
  })

  test('refuses ties by an order that nobody kept', () => {
    expect(() => fitRatings(toyPreferences(false), ratingPresets.surprise.KNNBasic)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining('`ties`') }))
  })

  test('refuses lists of two lengths', () => {
    expect(() => fit([], neighbours).predictMany(['ann'], [])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
  })

  test('fills in every member of the spec, and giving that back changes nothing', () => {
    const model = fitRatings(toyPreferences(), neighbours)
    expect(JSON.parse(JSON.stringify(model.spec))).toEqual({
      method: 'neighbours',
      over: 'customers',
      similarity: { measure: 'msd' },
      neighbours: 40,
      minNeighbours: 1,
      centring: 'none',
      baseline: { method: 'als' },
      ties: 'support',
      own: 'exclude',
      clip: true,
      tooFew: 'globalMean',
      unknown: 'globalMean',
    })
    expect(fitRatings(toyPreferences(), model.spec).spec).toEqual(model.spec)
  })

  test('takes many in slices that tell how much is done', () => {
    const model = fitRatings(toyPreferences(), neighbours)
    const [customers, products] = [['1', '2', '1', '3'], ['1', '3', '2', '1']]
    const steps = model.predictManyInSteps(customers, products)
    const done: number[] = []
    for (let step = steps.next(); !step.done; step = steps.next()) done.push(step.value ?? 0)
    // Pairs are taken customer by customer: two of the first, then one each.
    expect(done).toEqual([0, 0, 0.5, 0.75])
    expect(model.predictMany(customers, products)).toEqual(fitRatings(toyPreferences(), neighbours).predictMany(customers, products))
  })

  test('leaves the preferences as they are', () => {
    const preferences = toyPreferences()
    for (const spec of Object.values(ratingPresets.surprise)) fitRatings(preferences, spec).predict('3', '1')
    expect(preferences).toEqual(toyPreferences())
  })
})
