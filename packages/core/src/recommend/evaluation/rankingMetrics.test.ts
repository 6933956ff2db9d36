import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { averagePrecisionAt, dcgAt, hitAt, ndcgAt, precisionAt, recallAt, reciprocalRankAt } from './rankingMetrics.ts'
import type { RankedHits } from './rankingMetrics.ts'

/**
 * Three users of the evaluation tests of recommenders (tests/unit/recommenders/evaluation/conftest.py, `rating_true` and
 * `rating_pred`; the values below are those its tests expect): items rated, items predicted in order of their prediction.
 */
const users: readonly { readonly rated: readonly number[]; readonly predicted: readonly number[] }[] = [
  { rated: [3, 1, 2], predicted: [3, 10, 12] },
  { rated: [1, 4, 5, 6, 7], predicted: [10, 3, 5, 11, 13] },
  { rated: [2, 5, 6, 8, 9, 10, 11, 12, 13, 14], predicted: [4, 10, 7, 13, 1, 3, 5, 2, 11, 14] },
]
const lists = users.map(({ rated, predicted }): RankedHits => ({ hits: predicted.map((item) => (rated.includes(item) ? 1 : 0)), relevant: rated.length }))
/** Their documentation cuts after five decimals. */
const cut = (value: number) => Math.floor(value * 1e5) / 1e5
const mean = (metric: (list: RankedHits) => number) => lists.reduce((sum, list) => sum + metric(list), 0) / lists.length

describe('the three users of recommenders', () => {
  test('precision@10 is 0.2666.., recall@10 0.3777..', () => {
    expect(cut(mean((list) => precisionAt(list, 10)))).toBe(0.26666)
    expect(cut(mean((list) => recallAt(list, 10)))).toBe(0.37777)
  })

  test('NDCG@10 is 0.38172.., MAP by all relevant 0.23613..', () => {
    expect(cut(mean((list) => ndcgAt(list, 10)))).toBe(0.38172)
    expect(cut(mean((list) => averagePrecisionAt(list, 10, 'relevant')))).toBe(0.23613)
  })
})

describe('conventions', () => {
  // Ranks 1, 3 and 4 of 5 hit; 8 were relevant.
  const list: RankedHits = { hits: [1, 0, 1, 1, 0], relevant: 8 }

  test('precision: by k, or by what was possible', () => {
    expect(precisionAt(list, 5)).toBe(3 / 5)
    expect(precisionAt(list, 10)).toBe(3 / 10)
    expect(precisionAt(list, 10, 'possible')).toBe(3 / 8)
    expect(precisionAt({ hits: [1, 1], relevant: 2 }, 10, 'possible')).toBe(1)
  })

  test('NDCG: ranks 1 and 2 weigh the same under log2Rank', () => {
    expect(ndcgAt({ hits: [0, 1], relevant: 1 }, 2)).toBeCloseTo(1 / Math.log2(3), 15)
    expect(ndcgAt({ hits: [0, 1], relevant: 1 }, 2, 'log2Rank')).toBe(1)
    expect(ndcgAt({ hits: [0, 0, 1], relevant: 1 }, 3, 'log2Rank')).toBeCloseTo(1 / Math.log2(3), 15)
  })

  test('average precision: by what was possible, or by all relevant', () => {
    expect(averagePrecisionAt(list, 5)).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 5, 15)
    expect(averagePrecisionAt(list, 5, 'relevant')).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 8, 15)
  })

  test('reciprocal rank and hit look at the first k alone', () => {
    const late = { hits: [0, 0, 1], relevant: 1 }
    expect([reciprocalRankAt(late, 3), reciprocalRankAt(late, 2), hitAt(late, 3), hitAt(late, 2)]).toEqual([1 / 3, 0, 1, 0])
  })

  test('graded gains: 3 2 3 0 1 2 of at best 3 3 3 2 2 2 is 0.785', () => {
    expect(dcgAt([3, 2, 3, 0, 1, 2], 6)).toBeCloseTo(6.861, 3)
    expect(dcgAt([3, 2, 3, 0, 1, 2], 6) / dcgAt([3, 3, 3, 2, 2, 2], 6)).toBeCloseTo(0.785, 3)
  })
})

/** Written as the definitions are read aloud. */
function slowly({ hits, relevant }: RankedHits, k: number) {
  const first = Array.from(hits).slice(0, k)
  const found = first.filter((hit) => hit === 1).length
  const gain = (ranks: readonly number[]) => ranks.reduce((sum, rank) => sum + 1 / Math.log2(rank + 1), 0)
  const ranks = first.flatMap((hit, i) => (hit === 1 ? [i + 1] : []))
  const ideal = gain(Array.from({ length: Math.min(k, relevant) }, (_, i) => i + 1))
  return {
    precision: found / k,
    recall: found / relevant,
    ndcg: gain(ranks) / ideal,
    map: ranks.map((rank) => first.slice(0, rank).filter((hit) => hit === 1).length / rank).reduce((a, b) => a + b, 0) / Math.min(k, relevant),
    mrr: ranks.length > 0 ? 1 / ranks[0]! : 0,
    hit: ranks.length > 0 ? 1 : 0,
  }
}

const listArbitrary = fc
  .tuple(fc.array(fc.constantFrom(0, 1), { maxLength: 15 }), fc.integer({ min: 0, max: 10 }))
  .map(([hits, missed]): RankedHits => ({ hits, relevant: hits.filter((hit) => hit === 1).length + missed }))
  .filter(({ relevant }) => relevant > 0)

test('every metric equals its slow version and lies within 0..1', () => {
  fc.assert(
    fc.property(listArbitrary, fc.integer({ min: 1, max: 12 }), (list, k) => {
      const slow = slowly(list, k)
      const fast = {
        precision: precisionAt(list, k),
        recall: recallAt(list, k),
        ndcg: ndcgAt(list, k),
        map: averagePrecisionAt(list, k),
        mrr: reciprocalRankAt(list, k),
        hit: hitAt(list, k),
      }
      for (const name of Object.keys(slow) as (keyof typeof slow)[]) {
        expect(fast[name], name).toBeCloseTo(slow[name], 12)
        expect(fast[name], name).toBeGreaterThanOrEqual(0)
        expect(fast[name], name).toBeLessThanOrEqual(1 + 1e-12)
      }
    }),
  )
})

test('a hit that moves up never lowers a metric', () => {
  fc.assert(
    fc.property(listArbitrary, fc.nat(13), fc.integer({ min: 1, max: 12 }), (list, place, k) => {
      const hits = Array.from(list.hits)
      fc.pre(hits[place] === 0 && hits[place + 1] === 1)
      const better = { ...list, hits: hits.with(place, 1).with(place + 1, 0) }
      for (const metric of [precisionAt, recallAt, ndcgAt, averagePrecisionAt, reciprocalRankAt, hitAt]) {
        expect(metric(better, k)).toBeGreaterThanOrEqual(metric(list, k) - 1e-15)
      }
    }),
  )
})

test('nothing relevant, no list, k of 0: 0, never NaN', () => {
  for (const metric of [precisionAt, recallAt, ndcgAt, averagePrecisionAt, reciprocalRankAt, hitAt]) {
    expect(metric({ hits: [], relevant: 3 }, 10)).toBe(0)
    expect(metric({ hits: [0, 0], relevant: 0 }, 10)).toBe(0)
    expect(metric({ hits: [0, 1], relevant: 1 }, 0)).toBe(0)
  }
  expect(precisionAt({ hits: [0], relevant: 0 }, 10, 'possible')).toBe(0)
  expect(averagePrecisionAt({ hits: [0], relevant: 0 }, 10, 'relevant')).toBe(0)
})
