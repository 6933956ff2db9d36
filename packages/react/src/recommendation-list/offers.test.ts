import type { Contribution, Recommendation, RecommendationList } from '@crm/core/recommend'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillMessage } from '../messages/index.ts'
import { recommendationListMessages as words } from '../messages/recommendationList.ts'
import { createFormatters } from '../provider/format.ts'
import { apportion, coldStartText, offersOf, shortfallText } from './offers.ts'
import type { Offer, OfferContext, OfferTools } from './offers.ts'

const format = createFormatters('en')
const tools: OfferTools = {
  words,
  format,
  listSeparator: ', ',
  text: (message, values) => fillMessage(message, 'en', typeof values?.count === 'number' ? { countText: format.number(values.count), ...values } : values),
}

const part = (kind: Contribution['kind'], value: number, more: Partial<Contribution> = {}): Contribution => ({ kind, id: null, value, similarity: null, common: 1, ...more })

function itemOf(contributions: readonly Contribution[], more: Partial<Recommendation> = {}, votes?: Recommendation['reason']['votes'], others = { count: 0, value: 0 }): Recommendation {
  const score = contributions.reduce((sum, { value }) => sum + value, others.value)
  const kind = contributions[0]!.kind
  return {
    productId: 'P-1', rank: 1, score, source: 'hybrid', support: contributions.length, confidence: { level: 'medium', value: 0.5 },
    reason: { contributions, others, support: contributions.length, of: 20, votes: votes ?? [{ kind, support: contributions.length, of: 20, value: score }] },
    name: 'Milk jug', category: 'Coffee', price: 1290, suggestedQuantity: 2, estimatedValue: 2580, ...more,
  }
}

const listOf = (items: readonly Recommendation[], more: Partial<RecommendationList> = {}): RecommendationList => ({
  kind: 'recommendations', version: 1, id: 'list-1', items, shortfall: null, coldStart: null, money: { currency: 'EUR', scale: 2 }, customers: 300, products: 160, preferences: 4000, warnings: [], ...more,
})

const CUSTOMER: OfferContext = { for: { customerId: 'C-1' } }
const offerOf = (item: Recommendation, context: OfferContext = CUSTOMER, list: Partial<RecommendationList> = {}): Offer => offersOf(tools, listOf([item], list), context, [])[0]!

describe('the reason in one sentence', () => {
  test.each([
    ['similar customers', part('customer', 1, { common: 7 }), { kind: 'customer', support: 7, of: 20 }, CUSTOMER, '7 of the 20 most similar customers bought it'],
    ['customers like a basket', part('customer', 1, { common: 7 }), { kind: 'customer', support: 7, of: 20 }, { for: { basket: [] } }, '7 of the 20 customers with the closest purchases bought it'],
    ['an own product', part('product', 1, { id: 'P-2', name: 'Espresso beans' }), undefined, CUSTOMER, 'Goes with Espresso beans, which they bought'],
    ['an own product without a name', part('product', 1, { id: 'P-2', name: null }), { kind: 'product', support: 3, of: 9 }, CUSTOMER, 'Goes with 3 products they bought'],
    ['a product of the basket', part('product', 1, { id: 'P-2', name: 'Espresso beans' }), undefined, { for: { basket: ['P-2'] } }, 'Goes with Espresso beans in the basket'],
    ['the product asked for', part('product', 1, { id: 'P-2', name: 'Espresso beans', common: 41 }), undefined, { for: { productId: 'P-2' } }, '41 customers have both'],
    ['own purchases', part('own', 1, { common: 6, daysAgo: 34 }), undefined, CUSTOMER, 'Bought 6 times, last 34 days ago'],
    ['one own purchase', part('own', 1, { common: 1, daysAgo: 1 }), undefined, CUSTOMER, 'Bought once, 1 day ago'],
    ['a purchase of today', part('own', 1, { common: 2, daysAgo: 0 }), undefined, CUSTOMER, 'Bought 2 times, last today'],
    ['own purchases at no known time', part('own', 1, { common: 2, daysAgo: null }), undefined, CUSTOMER, 'Bought 2 times'],
    ['everybody', part('popularity', 1, { common: 1412 }), undefined, CUSTOMER, 'Popular: bought by 1,412 customers'],
  ] as const)('%s', (_title, one, vote, context, sentence) => {
    expect(offerOf(itemOf([one], {}, vote === undefined ? undefined : [{ ...vote, value: 1 }]), context).reason).toBe(sentence)
  })

  test('is that of the kind that adds most, whichever part is the largest', () => {
    const parts = [part('product', 0.3, { id: 'P-2', name: 'Beans' }), part('customer', 0.25, { id: '#1' }), part('customer', 0.25, { id: '#2' })]
    expect(offerOf(itemOf(parts, {}, [{ kind: 'customer', support: 2, of: 20, value: 0.5 }, { kind: 'product', support: 1, of: 4, value: 0.3 }])).reason).toMatch(/^2 of the 20/)
  })

  test.each([
    [{ field: 'city', value: 'Berlin' }, 'Bought by 9 of the customers in Berlin'],
    [{ field: 'loyalty_tier', value: 'gold' }, 'Bought by 9 of the customers with loyalty tier gold'],
    [null, 'Bought by 9 of the customers of the same group'],
  ] as const)('names the segment %o', (segment, sentence) => {
    expect(offerOf(itemOf([part('segment', 1, { common: 9 })], { source: 'segment' }), { ...CUSTOMER, segmentField: 'city' }, { segment }).reason).toBe(sentence)
  })
})

describe('the parts of a score', () => {
  test('shares and amounts, rounded, add up to all of it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 5 }), (values, hidden) => {
        const shown = values.slice(0, Math.max(1, values.length - hidden))
        const rest = values.slice(shown.length)
        const { parts, total } = offerOf(itemOf(shown.map((value) => part('customer', value, { id: '#1' })), {}, undefined, { count: rest.length, value: rest.reduce((sum, value) => sum + value, 0) }))
        const figure = (text: string): number => Number(text.replaceAll(/[,%]/g, ''))
        expect(parts.reduce((sum, { share }) => sum + figure(share!), 0)).toBeCloseTo(100, 6)
        expect(parts.reduce((sum, { value }) => sum + figure(value), 0)).toBeCloseTo(figure(total), 5)
        expect(parts.every(({ length }) => length >= 0 && length <= 1)).toBe(true)
      }),
    )
  })

  test('those who count against it have a negative share', () => {
    const { parts } = offerOf(itemOf([part('customer', 3, { id: '#1' }), part('customer', -1, { id: '#2' })]))
    expect(parts.map(({ share, value }) => [share, value])).toEqual([['150.0%', '3.00'], ['−50.0%', '−1.00']])
  })

  test('a score of 0 or less has no shares, and nothing is NaN', () => {
    for (const values of [[0], [1, -1], [-2]]) {
      const { parts, total } = offerOf(itemOf(values.map((value) => part('customer', value, { id: '#1' }))))
      expect(parts.map(({ share }) => share)).toEqual(values.map(() => null))
      expect(`${total}${parts.map(({ value, length }) => `${value}${length}`).join('')}`).not.toMatch(/NaN|Infinity/)
    }
  })

  test('apportion gives the remainder to those that lose most by rounding', () => {
    expect(apportion([1 / 3, 1 / 3, 1 / 3], 1000)).toEqual([334, 333, 333])
    expect(apportion([0.6666, 0.3334], 10)).toEqual([7, 3])
  })

  test('similar customers are one part under counts, numbered or named otherwise', () => {
    const vote = [{ kind: 'customer', support: 7, of: 20, value: 1 }] as const
    const labels = (one: Contribution): unknown => offerOf(itemOf([one], {}, vote)).parts.map(({ label, note }) => [label, note])[0]
    expect(labels(part('customer', 1, { common: 7 }))).toEqual(['7 similar customers', 'of the 20 most similar'])
    expect(labels(part('customer', 1, { id: '#3', common: 4 }))).toEqual(['Similar customer #3', '4 products in common'])
    expect(labels(part('customer', 1, { id: 'C-7', common: 1 }))).toEqual(['Customer C-7', '1 product in common'])
  })
})

describe('what an offer is worth', () => {
  test('price times usual quantity; the price alone for one; nothing where it is not known', () => {
    const worth = (more: Partial<Recommendation>): unknown => (({ value, quantityPrice, price }) => ({ value, quantityPrice, price }))(offerOf(itemOf([part('own', 1)], more)))
    expect(worth({})).toEqual({ value: '€25.80', quantityPrice: '2 × €12.90', price: '€12.90' })
    expect(worth({ suggestedQuantity: 1, estimatedValue: 1290 })).toEqual({ value: null, quantityPrice: null, price: '€12.90' })
    expect(worth({ suggestedQuantity: null, estimatedValue: null })).toEqual({ value: null, quantityPrice: null, price: '€12.90' })
    expect(worth({ price: null, estimatedValue: null })).toEqual({ value: null, quantityPrice: null, price: null })
  })

  test('amounts without a currency are plain numbers', () => {
    expect(offerOf(itemOf([part('own', 1)]), CUSTOMER, { money: { currency: '', scale: 0 } }).value).toBe('2,580')
  })
})

test('a product without a name is called by its id, and one that may have been bought is not called new', () => {
  expect(offerOf(itemOf([part('customer', 1)], { name: null })).name).toBe('P-1')
  expect(offerOf(itemOf([part('customer', 1)])).source).toBe('New for them')
  expect(offerOf(itemOf([part('customer', 1)]), { ...CUSTOMER, filters: { bought: 'include' } }).source).toBe('Suits them')
  expect(offerOf(itemOf([part('customer', 1)]), { for: { basket: [] } }).source).toBe('Goes with it')
})

test('a short list says how short, and what each rule took; rules that took nothing are left out', () => {
  const removed = [{ filter: 'inStock', count: 4 }, { filter: 'price', count: 0 }, { filter: 'bought', count: 2 }] as const
  expect(shortfallText(tools, { asked: 5, found: 3, removed })).toBe('3 of 5: only 3 products pass. Left out: 4 out of stock, 2 already bought.')
  expect(shortfallText(tools, { asked: 5, found: 1, removed: [] })).toBe('1 of 5: only 1 product passes.')
  expect(shortfallText(tools, null)).toBeNull()
})

test('a cold start says whose purchases stand in', () => {
  const segmentItem = itemOf([part('segment', 1)], { source: 'segment' })
  const segment = { field: 'city', value: 'Berlin' }
  expect(coldStartText(tools, listOf([segmentItem], { coldStart: 'noPreferences', segment }), CUSTOMER)).toBe('No purchases yet: this is what customers in Berlin buy most.')
  expect(coldStartText(tools, listOf([itemOf([part('popularity', 1)], { source: 'popularity' })], { coldStart: 'unknownCustomer' }), CUSTOMER)).toMatch(/^This customer is not in the data: these are the products/)
  expect(coldStartText(tools, listOf([]), CUSTOMER)).toBeNull()
})
