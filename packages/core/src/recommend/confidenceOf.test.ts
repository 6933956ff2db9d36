import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { confidenceOf } from './confidenceOf.ts'
import type { Contribution, PreferenceRow } from './recommend.types.ts'
import type { ScoreParts } from './scorer.types.ts'

const rowWith = (customer: number, products: number): PreferenceRow => ({ customer, codes: Int32Array.from({ length: products }, (_, i) => i), weights: new Float64Array(products).fill(1), at: null })
const customer = rowWith(0, 12)

function said(kind: Contribution['kind'], of: number, votes: readonly { readonly common: number; readonly similarity?: number | null; readonly daysAgo?: number }[]): ScoreParts {
  return { of, parts: votes.map(({ common, similarity = null, ...rest }, code) => ({ kind, code, value: 1, similarity, common, ...rest })) }
}
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value)
const valueOf = (parts: ScoreParts, row = customer) => confidenceOf(parts, row).value
const levelOf = (parts: ScoreParts, row = customer) => confidenceOf(parts, row).level

describe('confidence', () => {
  test('in similar customers is the share who have it, five more asked, each by what they have in common', () => {
    // 10 of 20, 5 products in common with each: 10 * 1/2 / 25 = 0.2, a third of the way from 0.15 to 0.3.
    expect(valueOf(said('customer', 20, times(10, { common: 5, similarity: 0.4 })))).toBeCloseTo(1 / 3 + 1 / 9, 12)
    expect(levelOf(said('customer', 20, times(3, { common: 5, similarity: 0.4 })))).toBe('low')
    expect(levelOf(said('customer', 20, times(18, { common: 15, similarity: 0.4 })))).toBe('high')
    // Twenty all the same, but of 400 that were looked at.
    expect(levelOf(said('customer', 400, times(20, { common: 15, similarity: 0.4 })))).toBe('low')
  })

  test('in own products is the mean of those that go with it, five more asked, each by similarity and common customers', () => {
    // 5 of similarity 0.32 with 15 customers in common: 5 * 0.32 * 0.75 / 10 = 0.12.
    expect(valueOf(said('product', 12, times(5, { common: 15, similarity: 0.32 })))).toBeCloseTo(0.12 / 0.13 / 3, 12)
    expect(levelOf(said('product', 12, times(9, { common: 15, similarity: 0.32 })))).toBe('medium')
    expect(levelOf(said('product', 12, times(9, { common: 50, similarity: 0.32 })))).toBe('high')
    // A similarity of 1 that one customer happens to make.
    expect(levelOf(said('product', 12, [{ common: 1, similarity: 1 }]))).toBe('low')
  })

  test('in own purchases grows with orders and halves every 180 days', () => {
    expect(valueOf(said('own', 1, [{ common: 5, daysAgo: 0 }]))).toBeCloseTo(1 - 0.3 / 0.5 / 3, 12)
    expect(valueOf(said('own', 1, [{ common: 5, daysAgo: 180 }]))).toBeCloseTo((1 + 0.1 / 0.15) / 3, 12)
    expect([1, 2, 6].map((common) => levelOf(said('own', 1, [{ common, daysAgo: 60 }])))).toEqual(['low', 'medium', 'high'])
    expect(valueOf(said('own', 1, [{ common: 3 }]))).toBe(valueOf(said('own', 1, [{ common: 3, daysAgo: 0 }])))
  })

  test('in what is popular is the share of customers, five more asked', () => {
    expect(valueOf(said('popularity', 95, [{ common: 20 }]))).toBeCloseTo(0.2 / 0.25 / 3, 12)
    expect(['popularity', 'segment'].map((kind) => levelOf(said(kind as 'segment', 1, [{ common: 1 }])))).toEqual(['low', 'low'])
  })

  test('of a hybrid is that of its strategies by their weights, silence counting 0', () => {
    const [customers, products] = [said('customer', 20, times(10, { common: 5, similarity: 0.4 })), said('product', 12, times(9, { common: 50, similarity: 0.32 }))]
    const both: ScoreParts = { parts: [...customers.parts, ...products.parts], of: 32, sides: [{ share: 0.25, parts: customers }, { share: 0.75, parts: products }] }
    expect(valueOf(both)).toBeCloseTo(0.25 * valueOf(customers) + 0.75 * valueOf(products), 12)
    const one: ScoreParts = { ...customers, sides: [{ share: 0.25, parts: customers }, { share: 0.75, parts: { parts: [], of: 12 } }] }
    expect(valueOf(one)).toBeCloseTo(0.25 * valueOf(customers), 12)
  })

  test('has no more doubters than there are products to go by: a strong pair is enough for a basket of one', () => {
    const pair = said('product', 1, [{ common: 95, similarity: 0.5 }])
    // 0.5 * 0.95 / 2, / 4 and / 6.
    expect([1, 3, 5].map((products) => levelOf(pair, rowWith(-1, products)))).toEqual(['high', 'low', 'low'])
    expect(valueOf(pair, rowWith(0, 1))).toBe(valueOf(pair, rowWith(-1, 1)))
    expect(valueOf(pair, rowWith(0, 5))).toBe(valueOf(pair, rowWith(0, 500)))
    const alike = said('customer', 20, times(14, { common: 1, similarity: 0.4 }))
    expect([1, 5].map((products) => levelOf(alike, rowWith(-1, products)))).toEqual(['medium', 'low'])
  })

  test('is 0 without a vote, and lies within 0 and 1, whatever votes', () => {
    expect(confidenceOf({ parts: [], of: 0 }, customer)).toEqual({ level: 'low', value: 0 })
    const vote = fc.record({ common: fc.integer({ min: 0, max: 1e6 }), similarity: fc.double({ min: -1e3, max: 1e3, noNaN: true }), daysAgo: fc.nat(10_000) })
    fc.assert(
      fc.property(fc.constantFrom('customer', 'product'), fc.array(vote, { maxLength: 40 }), fc.nat(500), fc.integer({ min: -1, max: 3 }), (kind, votes, silent, who) => {
        const { level, value } = confidenceOf(said(kind as 'product', votes.length + silent, votes), rowWith(who, 3))
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThan(1)
        expect(level).toBe(value >= 2 / 3 ? 'high' : value >= 1 / 3 ? 'medium' : 'low')
      }),
    )
  })

  test('of similar customers never falls with one more who has it, nor rises with one more who has not', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ common: fc.integer({ min: 1, max: 60 }), similarity: fc.double({ min: 0.01, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 30 }), fc.nat(300), (votes, silent) => {
        const of = votes.length + silent
        const now = valueOf(said('customer', of + 1, votes))
        expect(now).toBeLessThanOrEqual(valueOf(said('customer', of, votes)))
        expect(now).toBeLessThanOrEqual(valueOf(said('customer', of + 1, [...votes, { common: 1, similarity: 0.01 }])))
      }),
    )
  })
})
