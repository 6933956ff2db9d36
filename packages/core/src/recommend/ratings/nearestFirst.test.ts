import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNearest } from './nearestFirst.ts'

test('keeps the nearest in order, as sorting all would', () => {
  const nearest = createNearest(20)
  const candidate = fc.tuple(fc.constantFrom(-0.5, 0.1, 0.3, 0.5, 1), fc.constantFrom(-Infinity, 0, 1, 2), fc.constantFrom(0, 1, 2))
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 60 }), fc.integer({ min: 1, max: 30 }), (candidates, most) => {
      nearest.clear(most)
      candidates.forEach(([similarity, first, second], place) => nearest.offer(similarity, first, second, place))
      nearest.sort()
      const expected = candidates
        .map(([similarity, first, second], place) => ({ similarity, first, second, place }))
        .toSorted((a, b) => b.similarity - a.similarity || (a.first === b.first ? 0 : b.first - a.first) || b.second - a.second || a.place - b.place)
        .slice(0, Math.min(most, 20))
      expect(Array.from({ length: nearest.size }, (_, rank) => nearest.place(rank))).toEqual(expected.map(({ place }) => place))
      expect(Array.from({ length: nearest.size }, (_, rank) => nearest.similarity(rank))).toEqual(expected.map(({ similarity }) => similarity))
    }),
  )
})

test('what differs by rounding alone is equally alike, and keeps its own similarity', () => {
  const nearest = createNearest(1)
  nearest.offer(0.1 + 0.2, 0, 1, 0)
  nearest.offer(0.3, 0, 2, 1)
  expect([nearest.size, nearest.place(0), nearest.similarity(0)]).toEqual([1, 1, 0.3])
})
