import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bandsOf, binOf, boundsOfBins, positionOf, scatterAxis, scoreOfBin } from './scatterAxis.ts'

const days = scatterAxis('recencyDays', [7, 14, 30, 60], 0, 400, [14, 60.5])
const money = scatterAxis('revenue', [1000, 2000, 5000], 300, 90_000, [2000])

test('a value on a border belongs to the bin below it; the outer bins are open', () => {
  expect([-5, 0, 7, 8, 14, 60, 61, 10_000].map((value) => binOf(days, value))).toEqual([0, 0, 0, 1, 1, 3, 4, 4])
})

test('bins found by halving are those found one by one, and a value is drawn inside its bin', () => {
  const borders = fc.uniqueArray(fc.integer({ min: -50, max: 500 }), { minLength: 0, maxLength: 30 }).map((values) => values.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(borders, fc.integer({ min: -60, max: 600 }), fc.constantFrom('recencyDays', 'orders', 'revenue', 'meanOrderValue'), (given, value, field) => {
      const axis = scatterAxis(field, given, -60, 600, [])
      const slow = given.filter((border) => border < value).length
      expect(binOf(axis, value)).toBe(slow)
      const along = field === 'recencyDays' ? 1 - positionOf(axis, value) : positionOf(axis, value)
      expect(along * axis.bins).toBeGreaterThanOrEqual(slow - 1e-9)
      expect(along * axis.bins).toBeLessThanOrEqual(slow + 1 + 1e-9)
    }),
  )
})

test('more money stands higher, fewer days stand further to the better end', () => {
  expect(positionOf(money, 4000)).toBeGreaterThan(positionOf(money, 1500))
  expect(positionOf(days, 3)).toBeGreaterThan(positionOf(days, 50))
})

test('the outer bins of a whole view are open, those of a part end where the part ends', () => {
  expect(boundsOfBins(days, 0, 1)).toEqual({ upTo: 14 })
  expect(boundsOfBins(days, 3, 4)).toEqual({ above: 30 })
  expect(boundsOfBins(days, 0, 4)).toEqual({})
  const part = scatterAxis('revenue', [1000, 2000], 900, 2500, [], { above: 800, upTo: 3000 })
  expect(boundsOfBins(part, 0, 2)).toEqual({ above: 800, upTo: 3000 })
  expect(boundsOfBins(part, 1, 1)).toEqual({ above: 1000, upTo: 2000 })
})

test('a bin between cut points has their score; recency counts backwards', () => {
  expect([0, 1, 2, 3, 4].map((bin) => scoreOfBin(days, bin))).toEqual([3, 3, 2, 2, 1])
  expect([0, 1, 2, 3].map((bin) => scoreOfBin(money, bin))).toEqual([1, 1, 2, 2])
})

test('a bin that a cut point divides has no score, nor has a measure that the spec does not cut', () => {
  expect(scoreOfBin(scatterAxis('revenue', [1000, 5000], 0, 9000, [2000]), 1)).toBeNull()
  expect(scoreOfBin(scatterAxis('meanOrderValue', [10], 0, 90, []), 0)).toBeNull()
})

test('bands cover the axis from end to end without a gap', () => {
  for (const axis of [days, money]) {
    const bands = bandsOf(axis).toSorted((a, b) => a.from - b.from)
    expect(bands[0]!.from).toBe(0)
    expect(bands.at(-1)!.to).toBe(1)
    for (let i = 1; i < bands.length; i++) expect(bands[i]!.from).toBeCloseTo(bands[i - 1]!.to, 12)
    expect(bands.map(({ score }) => score)).toEqual(bands.map((_, i) => i + 1))
  }
})

test('a part of the picture keeps the scores of the whole', () => {
  const part = scatterAxis('recencyDays', [20, 25], 15, 29, [14, 60], { above: 14, upTo: 30 })
  expect([0, 1, 2].map((bin) => scoreOfBin(part, bin))).toEqual([2, 2, 2])
  expect(bandsOf(part)).toEqual([{ score: 2, from: 0, to: 1 }])
})
