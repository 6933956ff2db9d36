import { describe, expect, test } from 'vitest'
import { runToEnd } from '../../shared/steps.ts'
import { createPreferences } from '../createPreferences.ts'
import { findNeighbours } from '../findNeighbours.ts'
import { codeOfId, rowOf, rowOfProduct } from '../preferenceRows.ts'
import type { PairMeasure, PairSums, Preferences, SimilarityMeasure, SimilaritySpec } from '../recommend.types.ts'
import { similarityOf } from '../similarityOf.ts'
import { sidesOf } from '../termWeights.ts'
import { fitBaseline } from './fitBaseline.ts'
import { residualPreferences } from './residualPreferences.ts'
import { surpriseToy, toyPreferences } from './testing/surpriseToy.ts'

const MEASURES: Readonly<Record<string, SimilarityMeasure>> = { cosine: 'commonCosine', msd: 'msd', pearson: 'pearson', pearson_baseline: 'pearsonBaseline' }
type Side = 'customers' | 'products'

/** The whole table, by code; 1 on the diagonal as in Surprise. */
function tableOf(preferences: Preferences, over: Side, similarity: SimilaritySpec): number[][] {
  const count = preferences[over].length
  return Array.from({ length: count }, (_, code) => {
    const { codes, similarities } = findNeighbours(preferences, over, over === 'customers' ? rowOf(preferences, code) : rowOfProduct(preferences, code), {
      similarity: { ...similarity, negatives: 'keep' },
      limit: count,
    })
    const row = Array.from({ length: count }, () => 0)
    codes.forEach((other, i) => (row[other] = similarities[i]!))
    row[code] = 1
    return row
  })
}

/** Sums of two rows, added up as they are defined. */
function sumsOf(preferences: Preferences, over: Side, target: number, other: number): PairSums {
  const [{ offsets, codes, weights }] = sidesOf(preferences, over)
  const cells = (row: number) => new Map(Array.from(codes.subarray(offsets[row], offsets[row + 1]), (code, i) => [code, weights[offsets[row]! + i]!]))
  const [x, y] = [cells(target), cells(other)]
  const common = [...x.keys()].filter((code) => y.has(code))
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
  return {
    n: common.length,
    sumX: sum(common.map((code) => x.get(code)!)),
    sumY: sum(common.map((code) => y.get(code)!)),
    sumXy: sum(common.map((code) => x.get(code)! * y.get(code)!)),
    sumXx: sum(common.map((code) => x.get(code)! ** 2)),
    sumYy: sum(common.map((code) => y.get(code)! ** 2)),
    targetN: x.size,
    targetSum: sum(x.values()),
    targetSquares: sum([...x.values()].map((value) => value ** 2)),
    otherN: y.size,
    otherSum: sum(y.values()),
    otherSquares: sum([...y.values()].map((value) => value ** 2)),
  }
}

/** The largest difference between two tables. */
function gap(mine: readonly (readonly number[])[], theirs: readonly (readonly number[])[]): number {
  return Math.max(...theirs.flatMap((row, i) => row.map((value, j) => Math.abs(mine[i]![j]! - value))), mine.length - theirs.length)
}

describe('similarities of Surprise 1.1.4', () => {
  test.each(Object.keys(surpriseToy.similarities))('%s: the whole table', (name) => {
    const [measure, side, support] = name.split('|') as [string, string, string]
    const over = side === 'user' ? 'customers' : 'products'
    const spec: SimilaritySpec = { measure: MEASURES[measure]!, minSupport: Number(support.slice(12)) }
    const preferences = toyPreferences()
    const theirs = surpriseToy.similarities[name]!
    expect(gap(tableOf(preferences, over, spec), theirs)).toBeLessThan(1e-12)
    // Out of sums, as a database adds them up; a baseline is no sum of a pair, but what it leaves has one.
    const isBaseline = measure === 'pearson_baseline'
    const compared = isBaseline ? residualPreferences(preferences, runToEnd(fitBaseline(preferences))) : preferences
    const finish: SimilaritySpec = isBaseline ? { measure: 'commonCosine', minSupport: Math.max(2, spec.minSupport!), shrinkage: 100 } : spec
    const finished = theirs.map((row, i) => row.map((_, j) => (i === j ? 1 : similarityOf(sumsOf(compared, over, i, j), finish))))
    expect(gap(finished, theirs)).toBeLessThan(1e-12)
  })

  test.each(['cosine', 'msd', 'pearson'] as const)('%s: the table of its own tests, 8 users by 5 items', (name) => {
    const { items } = surpriseToy.tests
    const preferences = createPreferences(items.flatMap((ratings, item) => ratings.map(([user, weight]) => ({ customerId: `${user}`, productId: `${item}`, weight }))))
    expect(preferences.customers).toHaveLength(8)
    expect(gap(tableOf(preferences, 'customers', { measure: MEASURES[name]! }), surpriseToy.tests[name])).toBeLessThan(1e-12)
  })
})

test('three Pearsons of one pair: 0.9707 as Surprise, 0.9385 as the textbook, 0.7303 as LensKit', () => {
  const preferences = toyPreferences()
  const [two, three] = [codeOfId(preferences.customers, '2'), codeOfId(preferences.customers, '3')]
  const values = (['pearson', 'textbookPearson', 'centredCosine'] satisfies PairMeasure[]).map((measure) => {
    const { codes, similarities } = findNeighbours(preferences, 'customers', rowOf(preferences, three), { similarity: { measure, negatives: 'keep' } })
    const local = similarities[codes.indexOf(two)]!
    expect(similarityOf(sumsOf(preferences, 'customers', three, two), { measure })).toBeCloseTo(local, 12)
    return local.toFixed(6)
  })
  expect(values).toEqual(['0.970725', '0.938474', '0.730297'])
})
