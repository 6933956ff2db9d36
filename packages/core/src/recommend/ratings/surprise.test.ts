import { beforeAll, describe, expect, test } from 'vitest'
import { ratingErrors } from '../evaluation/ratingErrors.ts'
import type { Preferences, SimilarityMeasure } from '../recommend.types.ts'
import { fitRatings, RATING_FALLBACKS } from './fitRatings.ts'
import { ratingPresets } from './ratingPresets.ts'
import type { NeighbourRatings, RatingSpec } from './ratings.types.ts'
import { isHere, ratingLines, skipReason, trainPreferences } from './testing/sharedRatings.ts'
import { surpriseToy, toyPreferences } from './testing/surpriseToy.ts'

const MEASURES: Readonly<Record<string, SimilarityMeasure>> = { cosine: 'commonCosine', msd: 'msd', pearson: 'pearson', pearson_baseline: 'pearsonBaseline' }
const { surprise } = ratingPresets

describe('Surprise 1.1.4 on 26 ratings', () => {
  test.each(Object.keys(surpriseToy.predictions))('%s: seven predictions, raw, clipped, votes, impossible', (name) => {
    const [algorithm, measure, side, k, minK] = name.split('|') as ['KNNBasic' | 'KNNWithMeans' | 'KNNWithZScore' | 'KNNBaseline', string, 'user' | 'item', string, string]
    const spec: NeighbourRatings = {
      ...surprise[algorithm],
      similarity: { measure: MEASURES[measure]! },
      over: side === 'user' ? 'customers' : 'products',
      neighbours: Number(k.slice(2)),
      minNeighbours: Number(minK.slice(6)),
    }
    const model = fitRatings(toyPreferences(), spec)
    const mine = surpriseToy.pairs.map(([user, item]) => model.predict(user, item))
    surpriseToy.predictions[name]!.forEach(([raw, rating, neighbours, isImpossible], i) => {
      const prediction = mine[i]!
      expect(Math.abs(prediction.raw - raw)).toBeLessThan(1e-12)
      expect(Math.abs(prediction.rating - rating)).toBeLessThan(1e-12)
      // Surprise calls impossible what falls back to the global mean, and does not tell then how many there were, nor
      // of somebody it does not know.
      expect(prediction.fallback === 'globalMean').toBe(isImpossible)
      const isCounted = !isImpossible && !prediction.reason?.startsWith('unknown')
      expect(isCounted ? prediction.neighbours : null).toBe(neighbours)
    })
    expect(mine).toHaveLength(7)
  })

  test('there are 128 of them', () => {
    expect(Object.keys(surpriseToy.predictions)).toHaveLength(128)
  })
})

// The figures that Surprise's own tests compare with `==` (tests/test_algorithms.py), on 8,000 and 2,000 of ml-100k.
const RMSES: readonly (readonly [name: string, spec: RatingSpec, rmse: number])[] = [
  ['BaselineOnly', surprise.BaselineOnly, 1.0268524031297395],
  ['KNNBasic, cosine', { ...surprise.KNNBasic, similarity: { measure: 'commonCosine' } }, 1.1495072745332722],
  ['KNNBasic, msd', surprise.KNNBasic, 1.1337265249554591],
  ['KNNBasic, pearson', { ...surprise.KNNBasic, similarity: { measure: 'pearson' } }, 1.1218719178944856],
  ['KNNBasic, pearson_baseline', { ...surprise.KNNBasic, similarity: { measure: 'pearsonBaseline' } }, 1.1242139598121241],
  ['KNNWithMeans', surprise.KNNWithMeans, 1.1043129441881696],
  ['KNNBaseline', surprise.KNNBaseline, 1.0700718041752253],
  ['KNNWithZScore', surprise.KNNWithZScore, 1.11179436167853],
  ['SlopeOne', surprise.SlopeOne, 1.1559939123891685],
]
const canRun = isHere('train', 'test')
describe.skipIf(!canRun)(`Surprise 1.1.4 on 8,000 ratings of ml-100k${skipReason(canRun)}`, () => {
  let train: Preferences
  let held: ReturnType<typeof ratingLines>
  beforeAll(() => {
    train = trainPreferences()
    held = ratingLines('test')
  })

  test.each(RMSES)('%s: the RMSE of 2,000 predictions is that of its own tests', (_name, spec, rmse) => {
    const model = fitRatings(train, spec)
    const { ratings, fallbacks, neighbours } = model.predictMany(
      held.map(({ customerId }) => customerId),
      held.map(({ productId }) => productId),
    )
    expect([train.byCustomer.codes.length, held.length]).toEqual([8000, 2000])
    const errors = ratingErrors(ratings, held.map(({ weight }) => weight))
    expect(Math.abs(errors.rmse - rmse)).toBeLessThan(1e-12)
    // The same figures one by one.
    for (let i = 0; i < held.length; i += 7) {
      const one = model.predict(held[i]!.customerId, held[i]!.productId)
      expect([one.rating, one.neighbours, one.fallback]).toEqual([ratings[i], neighbours[i], RATING_FALLBACKS[fallbacks[i]!] ?? null])
    }
  })
})
