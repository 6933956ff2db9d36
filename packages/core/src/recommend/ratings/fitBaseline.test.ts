import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runToEnd } from '../../shared/steps.ts'
import { createPreferences } from '../createPreferences.ts'
import { fitBaseline } from './fitBaseline.ts'
import { residualPreferences } from './residualPreferences.ts'
import type { BaselineSpec } from './ratings.types.ts'
import { surpriseToy, toyPreferences } from './testing/surpriseToy.ts'

const fit = (preferences = toyPreferences(), spec?: BaselineSpec) => runToEnd(fitBaseline(preferences, spec))
const gap = (mine: Float64Array, theirs: readonly number[]) => Math.max(...theirs.map((value, i) => Math.abs(value - mine[i]!)), Math.abs(mine.length - theirs.length))

describe('fitBaseline', () => {
  test('gives the biases of Surprise by ALS', () => {
    const { globalMean, customers, products } = fit()
    expect(Math.abs(globalMean - surpriseToy.globalMean)).toBeLessThan(1e-14)
    expect(gap(customers, surpriseToy.als.users)).toBeLessThan(1e-14)
    expect(gap(products, surpriseToy.als.items)).toBeLessThan(1e-14)
  })

  test('gives the biases of Surprise by SGD, which depend on the order of the ratings', () => {
    const { customers, products } = fit(toyPreferences(), { method: 'sgd', order: 'sequence' })
    expect(gap(customers, surpriseToy.sgd.users)).toBeLessThan(1e-14)
    expect(gap(products, surpriseToy.sgd.items)).toBeLessThan(1e-14)
  })

  test('solves one epoch of ALS without regularisation by plain means', () => {
    // ann: 5, 1; bob: 5. Mean 11/3; tea: (5 + 5) / 2, cup: 1; then the customers by what is left: 0.
    const preferences = createPreferences([
      { customerId: 'ann', productId: 'tea', weight: 5 },
      { customerId: 'ann', productId: 'cup', weight: 1 },
      { customerId: 'bob', productId: 'tea', weight: 5 },
    ])
    const { customers, products } = fit(preferences, { method: 'als', epochs: 1, customerRegularisation: 0, productRegularisation: 0 })
    expect(products[0]).toBeCloseTo(1 - 11 / 3, 14)
    expect(products[1]).toBeCloseTo(5 - 11 / 3, 14)
    for (const bias of customers) expect(bias).toBeCloseTo(0, 14)
  })

  test('has the middle of the scale where nobody rated', () => {
    expect(fit(createPreferences([], { scale: { lowest: 1, highest: 5 } })).globalMean).toBe(3)
    expect(fit(createPreferences([])).globalMean).toBe(0)
  })

  test.each<[BaselineSpec, string]>([
    [{ method: 'als', epochs: 0 }, 'epochs'],
    [{ method: 'als', productRegularisation: -1 }, 'productRegularisation'],
    [{ method: 'sgd', learningRate: NaN }, 'learningRate'],
    [{ method: 'sgd', regularisation: 2 }, 'regularisation'],
    [{ method: 'als', rate: 1 } as never, 'rate'],
    [{ method: 'mean' } as never, 'method'],
    [null as never, 'method'],
  ])('refuses %j and names %s', (spec, name) => {
    expect(() => fit(toyPreferences(), spec)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(`\`${name}\``) }))
  })

  test('refuses the order of ratings that nobody kept', () => {
    expect(() => fit(toyPreferences(false), { method: 'sgd', order: 'sequence' })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })

  test('does not grow out of bounds at the largest steps that it allows', () => {
    const cell = fc.record({ customerId: fc.constantFrom('a', 'b', 'c'), productId: fc.constantFrom('x', 'y', 'z'), weight: fc.double({ min: -1e6, max: 1e6, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (entries, regularisation) => {
        const { customers, products } = fit(createPreferences(entries), { method: 'sgd', epochs: 200, learningRate: 0.5, regularisation })
        for (const bias of [...customers, ...products]) expect(Math.abs(bias)).toBeLessThan(1e8)
      }),
    )
  })
})

describe('residualPreferences', () => {
  test('leaves of each rating what the baseline does not say, on both sides', () => {
    const preferences = toyPreferences()
    const baseline = fit(preferences)
    const { byCustomer, byProduct, scale } = residualPreferences(preferences, baseline)
    const expected = new Map(surpriseToy.ratings.map(([user, item, rating]) => [`${user},${item}`, rating - surpriseToy.globalMean - surpriseToy.als.users[Number(user) - 1]! - surpriseToy.als.items[Number(item) - 1]!]))
    expect(scale).toBeNull()
    for (let u = 0; u < 5; u++) for (let i = byCustomer.offsets[u]!; i < byCustomer.offsets[u + 1]!; i++) expect(byCustomer.weights[i]).toBeCloseTo(expected.get(`${u + 1},${byCustomer.codes[i]! + 1}`)!, 13)
    for (let p = 0; p < 6; p++) for (let i = byProduct.offsets[p]!; i < byProduct.offsets[p + 1]!; i++) expect(byProduct.weights[i]).toBeCloseTo(expected.get(`${byProduct.codes[i]! + 1},${p + 1}`)!, 13)
    expect(preferences).toEqual(toyPreferences())
  })
})
