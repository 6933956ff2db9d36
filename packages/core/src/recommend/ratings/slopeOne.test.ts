import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPreferences } from '../createPreferences.ts'
import type { PreferenceEntry } from '../createPreferences.ts'
import { fitRatings } from './fitRatings.ts'
import type { SlopeOneRatings } from './ratings.types.ts'
import { ratingEntries } from './testing/ratingEntries.ts'

const scale = { lowest: 1, highest: 5 }
const fit = (entries: readonly PreferenceEntry[], spec: Partial<SlopeOneRatings> = {}) => fitRatings(createPreferences(entries, { scale }), { method: 'slopeOne', ...spec })
const row = (customerId: string, ratings: Readonly<Record<string, number>>) => Object.entries(ratings).map(([productId, weight]) => ({ customerId, productId, weight }))

describe('Slope One', () => {
  test('figure 1 of the paper: A gave I 1 and J 1.5, B gave I 2, so B would give J 2.5', () => {
    const model = fit([...row('A', { I: 1, J: 1.5 }), ...row('B', { I: 2 })])
    expect(model.predict('B', 'J')).toMatchObject({ rating: 2.5, raw: 2.5, start: 2, neighbours: 1, fallback: null })
    expect(model.predict('B', 'J').contributions).toEqual([{ kind: 'product', id: 'I', similarity: null, rating: 2, share: 1, value: 0.5 }])
  })

  test('lets a rating that is there vote only where it is asked to', () => {
    const entries = [...row('A', { I: 1, J: 3 }), ...row('B', { I: 2, J: 2 })]
    // J is rated 2 and 0 above I by those who rated both, 1 on average; J differs from itself by 0.
    expect(fit(entries).predict('B', 'J').raw).toBe(2 + 1)
    expect(fit(entries, { own: 'include' }).predict('B', 'J').raw).toBe(2 + (1 + 0) / 2)
  })

  test('says the mean of the customer where no product was compared, and why', () => {
    const model = fit([...row('A', { I: 5 }), ...row('B', { J: 2, K: 3 })])
    expect(model.predict('B', 'I')).toMatchObject({ rating: 2.5, neighbours: 0, contributions: [], isImpossible: true, fallback: 'customerMean', reason: 'tooFewNeighbours' })
    expect(fit([...row('A', { I: 5 }), ...row('B', { J: 2, K: 3 })], { tooFew: 'productMean' }).predict('B', 'I')).toMatchObject({ rating: 5, fallback: 'productMean' })
  })

  test('equals the formula, written as it is read', () => {
    fc.assert(
      fc.property(ratingEntries, (entries) => {
        const preferences = createPreferences(entries, { scale })
        const model = fitRatings(preferences, { method: 'slopeOne', clip: false })
        const cells = new Map(entries.map((entry) => [`${entry.customerId} ${entry.productId}`, entry.weight]))
        const rating = (customer: string, product: string) => cells.get(`${customer} ${product}`)
        for (const customer of preferences.customers) {
          const rated = preferences.products.filter((product) => rating(customer, product) !== undefined)
          const mean = rated.reduce((sum, product) => sum + rating(customer, product)!, 0) / rated.length
          for (const product of preferences.products) {
            const differences = rated.flatMap((other) => {
              const both = preferences.customers.filter((one) => rating(one, product) !== undefined && rating(one, other) !== undefined)
              const sum = both.reduce((total, one) => total + rating(one, product)! - rating(one, other)!, 0)
              return other === product || both.length === 0 ? [] : [sum / both.length]
            })
            const expected = mean + (differences.length === 0 ? 0 : differences.reduce((a, b) => a + b, 0) / differences.length)
            expect(model.predict(customer, product).raw).toBeCloseTo(expected, 10)
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})
