import { describe, expect, test } from 'vitest'
import { runToEnd } from '../../shared/steps.ts'
import { createPreferences } from '../createPreferences.ts'
import { findNeighbours } from '../findNeighbours.ts'
import { codeOfId, rowOf, rowOver } from '../preferenceRows.ts'
import type { PairMeasure, Preferences, SimilarityMeasure, SimilaritySpec } from '../recommend.types.ts'
import { similarityOf } from '../similarityOf.ts'
import { sidesOf } from '../termWeights.ts'
import { slowRows, slowSums } from '../testing/slowPairs.ts'
import { fitBaseline } from './fitBaseline.ts'
import { residualPreferences } from './residualPreferences.ts'
import { surpriseToy, toyPreferences } from './testing/surpriseToy.ts'

const MEASURES: Readonly<Record<string, SimilarityMeasure>> = { cosine: 'commonCosine', msd: 'msd', pearson: 'pearson', pearson_baseline: 'pearsonBaseline' }
type Side = 'customers' | 'products'

/** The whole table, by code; 1 on the diagonal as in Surprise. */
function tableOf(preferences: Preferences, over: Side, similarity: SimilaritySpec): number[][] {
  const count = preferences[over].length
  return Array.from({ length: count }, (_, code) => {
    const { codes, similarities } = findNeighbours(preferences, over, rowOver(preferences, over, code), {
      similarity: { ...similarity, negatives: 'keep' },
      limit: count,
    })
    const row = Array.from({ length: count }, () => 0)
    codes.forEach((other, i) => (row[other] = similarities[i]!))
    row[code] = 1
    return row
  })
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
    const cells = slowRows(sidesOf(compared, over)[0])
    const finished = theirs.map((row, i) => row.map((_, j) => (i === j ? 1 : similarityOf(slowSums(cells[i]!, cells[j]!), finish))))
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
  const cells = slowRows(preferences.byCustomer)
  const values = (['pearson', 'textbookPearson', 'centredCosine'] satisfies PairMeasure[]).map((measure) => {
    const { codes, similarities } = findNeighbours(preferences, 'customers', rowOf(preferences, three), { similarity: { measure, negatives: 'keep' } })
    const local = similarities[codes.indexOf(two)]!
    expect(similarityOf(slowSums(cells[three]!, cells[two]!), { measure })).toBeCloseTo(local, 12)
    return local.toFixed(6)
  })
  expect(values).toEqual(['0.970725', '0.938474', '0.730297'])
})
