import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { surpriseToy } from './ratings/testing/surpriseToy.ts'
import { createPreferences } from './createPreferences.ts'
import type { PairMeasure, SimilaritySpec } from './recommend.types.ts'
import { similarityOf } from './similarityOf.ts'
import { slowSums } from './testing/slowPairs.ts'

const MEASURES: readonly PairMeasure[] = ['cosine', 'commonCosine', 'pearson', 'textbookPearson', 'centredCosine', 'msd', 'jaccard']

function rowOfValues(values: readonly (number | null)[]): Map<number, number> {
  return new Map(values.flatMap((value, code) => (value === null ? [] : [[code, value] as const])))
}

function similarity(x: readonly (number | null)[], y: readonly (number | null)[], spec: SimilaritySpec | PairMeasure): number {
  return similarityOf(slowSums(rowOfValues(x), rowOfValues(y)), typeof spec === 'string' ? { measure: spec } : spec)
}

// The five customers of anchors every tool can be asked about, scale 1 to 7.
const u1 = [7, 6, 7, 4, 5, 4]
const u2 = [6, 7, null, 4, 3, 4]
const u3 = [null, 3, 3, 1, 1, null]
const u4 = [1, 2, 2, 3, 3, 4]
const u5 = [1, null, 1, 2, 3, 3]

describe('similarityOf', () => {
  test('gives two customers who rate five films 5 3 4 2 4 and 4 2 5 1 3 a Pearson of 0.832', () => {
    expect(similarity([5, 3, 4, 2, 4], [4, 2, 5, 1, 3], 'pearson')).toBeCloseTo(6 / Math.sqrt(52), 14)
    expect(similarity([5, 3, 4, 2, 4], [4, 2, 5, 1, 3], 'pearson')).toBeCloseTo(0.832, 3)
  })

  // Surprise 1.1.4 (commonCosine, msd, pearson), the formula by hand with means over all (textbookPearson), LensKit 2025 (centredCosine).
  test.each([
    ['commonCosine', [0.956183, 0.981399, 0.789352, 0.644658]],
    ['msd', [0.074074, 0.09375, 0.285714, 0.25]],
    ['pearson', [0.894427, 0.970725, -1, -0.866025]],
    ['textbookPearson', [0.894427, 0.938474, -1, -0.816497]],
    ['centredCosine', [0.648886, 0.730297, -0.426401, -0.5]],
  ] as const)('%s is what its tool says of one customer and four others', (measure, expected) => {
    ;[u1, u2, u4, u5].forEach((other, i) => expect(similarity(u3, other, measure)).toBeCloseTo(expected[i]!, 6))
  })

  test('measures cosine by all that each has, and Jaccard by how many', () => {
    expect(similarity([3, 4, null], [null, 4, 3], 'cosine')).toBe(16 / 25)
    expect(similarity([3, 4, null], [null, 4, 3], 'jaccard')).toBe(1 / 3)
    expect(similarity([3, 4, null], [null, 4, 3], 'dotProduct')).toBe(16)
  })

  test('is 0 without variance, even where constant ratings do not add up exactly', () => {
    for (const measure of ['pearson', 'textbookPearson', 'centredCosine'] as const) {
      for (const value of [3.7, 0.1, 1 / 3, 1e-7, 4.999999999, 1e8 + 0.1]) {
        for (const n of [2, 3, 5, 7, 100, 1001]) {
          expect(similarity(Array<number>(n).fill(value), Array<number>(n).fill(value), measure)).toBe(0)
          expect(similarity(Array<number>(n).fill(value), Array.from({ length: n }, (_, i) => i), measure)).toBe(0)
        }
      }
    }
    // What both have is the mean of the one, which rounding misses.
    expect(similarity([3.4, 3.7, 4, 3.7], [null, 3.7, null, 2], 'textbookPearson')).toBe(0)
  })

  test('sees a small variance on a large mean', () => {
    const large = [1000.01, 1000.02, 1000.03, 1000.01]
    expect(similarity(large, [1, 2, 3, 1], 'pearson')).toBeCloseTo(1, 5)
  })

  test('is exactly 1 for a row with itself', () => {
    for (const measure of MEASURES) expect(similarity(u1, u1, measure)).toBe(1)
  })

  test('is 0 with nothing in common, by any measure', () => {
    for (const measure of MEASURES) expect(similarity([1, 2, null], [null, null, 3], measure)).toBe(0)
    expect(similarity([], [], 'cosine')).toBe(0)
  })

  test('shrinks by support: (n - 1) / (n - 1 + lambda), min(n, gamma) / gamma, and none below the least', () => {
    const n = 4
    const plain = similarity(u3, u1, 'pearson')
    expect(similarity(u3, u1, { measure: 'pearson', shrinkage: 10 })).toBeCloseTo((plain * (n - 1)) / (n - 1 + 10), 15)
    expect(similarity(u3, u1, { measure: 'pearson', significance: 50 })).toBeCloseTo((plain * n) / 50, 15)
    expect(similarity(u3, u1, { measure: 'pearson', significance: 3 })).toBe(plain)
    expect(similarity(u3, u1, { measure: 'pearson', minSupport: 4 })).toBe(plain)
    expect(similarity(u3, u1, { measure: 'pearson', minSupport: 5 })).toBe(0)
  })

  test('is never NaN, lies within -1..1 and does not mind who comes first', () => {
    const cell = fc.option(fc.oneof(fc.integer({ min: -3, max: 5 }), fc.double({ noNaN: true, min: -1e200, max: 1e200 })), { nil: null })
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), fc.array(cell, { maxLength: 12 }), fc.constantFrom(...MEASURES), (x, y, measure) => {
        const value = similarity(x, y, measure)
        expect(Math.abs(value)).toBeLessThanOrEqual(1)
        expect(similarity(y, x, measure)).toBe(value)
      }),
    )
  })

  test.each(['cosine', 'msd', 'pearson'] as const)('%s is that of Surprise for every pair of its toy, by users and by items', (name) => {
    const ratings = surpriseToy.ratings.map(([customerId, productId, weight]) => ({ customerId, productId, weight }))
    const preferences = createPreferences(ratings)
    for (const side of ['user', 'item'] as const) {
      const names = side === 'user' ? preferences.customers : preferences.products
      const rows = names.map((id) => new Map(ratings.filter((one) => (side === 'user' ? one.customerId : one.productId) === id).map((one) => [Number(side === 'user' ? one.productId : one.customerId), one.weight])))
      for (const minSupport of [1, 4]) {
        const expected = surpriseToy.similarities[`${name}|${side}|min_support=${minSupport}`]!
        expect(expected).toHaveLength(names.length)
        rows.forEach((x, i) => {
          rows.forEach((y, j) => {
            if (i === j) return // Surprise sets 1
            const measure = name === 'cosine' ? 'commonCosine' : name
            expect(similarityOf(slowSums(x, y), { measure, minSupport })).toBeCloseTo(expected[i]![j]!, 12)
          })
        })
      }
    }
  })

  test.each([
    ['UnsupportedError', { measure: 'adjustedCosine' }],
    ['UnsupportedError', { measure: 'pearsonBaseline' }],
    ['UnsupportedError', { measure: 'cosine', weighting: 'tfIdf' }],
    ['InvalidInputError', { measure: 'euclid' as never }],
    ['InvalidInputError', { measure: 'cosine', minSupport: 0 }],
    ['InvalidInputError', { measure: 'cosine', shrinkage: NaN }],
  ] as const)('throws %s for %o', (name, spec) => {
    expect(() => similarity(u1, u2, spec)).toThrowError(expect.objectContaining({ name }))
  })
})
