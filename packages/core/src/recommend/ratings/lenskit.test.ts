import { beforeAll, describe, expect, test } from 'vitest'
import type { Preferences } from '../recommend.types.ts'
import { fitRatings } from './fitRatings.ts'
import { ratingPresets } from './ratingPresets.ts'
import type { NeighbourRatings } from './ratings.types.ts'
import { isHere, movieLensPreferences, ratingLines, skipReason } from './testing/sharedRatings.ts'

const { lenskit } = ratingPresets

// tests/models/user-user-preds.csv and item-item-preds.csv of LensKit, and the tolerance of its own tests for the second.
const canRun = isHere('movieLens', 'userUser', 'itemItem')
describe.skipIf(!canRun)(`LensKit on ml-latest-small, 100,004 ratings${skipReason(canRun)}`, () => {
  let preferences: Preferences
  beforeAll(() => {
    preferences = movieLensPreferences()
  })

  function gaps(name: 'userUser' | 'itemItem', spec: NeighbourRatings): number[] {
    const expected = ratingLines(name)
    const { raw, fallbacks } = fitRatings(preferences, spec).predictMany(
      expected.map(({ customerId }) => customerId),
      expected.map(({ productId }) => productId),
    )
    expect(fallbacks.every((fallback) => fallback === -1)).toBe(true)
    return expected.map(({ weight }, i) => Math.abs(weight - raw[i]!))
  }

  test('UserKNN with 30 neighbours gives 1,756 of 1,756 predictions', () => {
    const all = gaps('userUser', { ...lenskit.UserKNN, neighbours: 30 })
    expect(all).toHaveLength(1756)
    expect(Math.max(...all)).toBeLessThan(1e-12)
  })

  test('ItemKNN with 20 neighbours gives at least 1,287 of 1,288; at any other the twentieth ties with the next', () => {
    const all = gaps('itemItem', lenskit.ItemKNN)
    expect(all).toHaveLength(1288)
    const different = ratingLines('itemItem').filter((_, i) => !(all[i]! < 1e-12))
    expect(different.length).toBeLessThanOrEqual(1)
    const wider = fitRatings(preferences, { ...lenskit.ItemKNN, neighbours: 21 })
    for (const { customerId, productId } of different) {
      const [twentieth, next] = wider.predict(customerId, productId).contributions.slice(19)
      expect(next!.similarity).toBeCloseTo(twentieth!.similarity!, 12)
    }
  })

  test('UserKNN gives user 4 and item 1016 the 3.62221550680778 of its tests', () => {
    const { raw } = fitRatings(preferences, { ...lenskit.UserKNN, neighbours: 30 }).predict('4', '1016')
    expect(Math.abs(raw - 3.62221550680778)).toBeLessThan(1e-12)
  })
})
