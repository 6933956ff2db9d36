import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runToEnd } from '../../shared/steps.ts'
import { createPreferences } from '../createPreferences.ts'
import { fitStrategy } from '../fitStrategy.ts'
import { rowOf } from '../preferenceRows.ts'
import { createScoreSheet } from '../scoreSheet.ts'
import { fitRatings } from './fitRatings.ts'
import { ratingPresets, strategyPresets } from './ratingPresets.ts'
import { toyPreferences } from './testing/surpriseToy.ts'

type Lists = readonly (readonly (readonly [item: number, score: number])[])[]
type Model = 'ItemItem' | 'Cosine' | 'TFIDF' | 'BM25'
const implicitToy: { readonly matrix: readonly (readonly number[])[] } & Readonly<Record<Model, Lists>> = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/implicit-toy.json'), 'utf8'))

describe('ratingPresets', () => {
  test('are plain data, frozen throughout, that fitRatings takes', () => {
    for (const spec of [...Object.values(ratingPresets.surprise), ...Object.values(ratingPresets.lenskit)]) {
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec)
      expect(Object.isFrozen(spec)).toBe(true)
      expect(fitRatings(toyPreferences(), spec).predict('3', '1').reason).toBeNull()
    }
    expect(Object.isFrozen(ratingPresets.lenskit.UserKNN.similarity)).toBe(true)
  })
})

describe('strategyPresets', () => {
  const preferences = createPreferences(implicitToy.matrix.flatMap((row, user) => row.flatMap((weight, item) => (weight === 0 ? [] : [{ customerId: `${user}`, productId: `${item}`, weight }]))))

  test.each<Model>(['ItemItem', 'Cosine', 'TFIDF', 'BM25'])('implicit.%sRecommender gives every user of its tests the lists of implicit 0.7.3', (name) => {
    const preset = strategyPresets.implicit[`${name}Recommender`]
    expect(preset.neighbours).toBe(19)
    // Three with the product itself.
    const scorer = runToEnd(fitStrategy(preferences, { ...preset, neighbours: 2 }, { asOf: 0 }))
    const sheet = createScoreSheet(6)
    implicitToy[name].forEach((expected, user) => {
      const row = rowOf(preferences, user)
      scorer.score(row, sheet)
      const mine = Array.from(sheet.scores, (score, item) => ({ score, item })).filter(({ score, item }) => score > 0 && !row.codes.includes(item))
      mine.sort((a, b) => b.score - a.score)
      expect(mine.map(({ item }) => item)).toEqual(expected.map(([item]) => item))
      mine.forEach(({ score }, rank) => expect(Math.abs(score - expected[rank]![1])).toBeLessThan(1e-12))
    })
  })

  test('lenskit.UserKNN adds up the similarities of the 20 nearest who have the product', () => {
    const scorer = runToEnd(fitStrategy(preferences, strategyPresets.lenskit.UserKNN, { asOf: 0 }))
    const sheet = createScoreSheet(6)
    scorer.score(rowOf(preferences, 5), sheet)
    // Cosines of user 5 (item 1: 3, item 5: 2) with the three others who have item 1 and one of them item 0.
    const norm = Math.sqrt(13)
    const [a, d] = [(1 * 3) / (norm * Math.sqrt(107)), (8 * 3) / (norm * Math.sqrt(65))]
    expect(sheet.scores[0]).toBeCloseTo(a + d, 12)
    expect(runToEnd(fitStrategy(preferences, strategyPresets.lenskit.ItemKNN, { asOf: 0 })).source).toBe('products')
  })
})
