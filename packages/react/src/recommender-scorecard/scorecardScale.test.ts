import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFormatters } from '../provider/format.ts'
import { tickWriter } from './scorecardFigures.ts'
import { scorecardScale } from './scorecardScale.ts'

const estimate = (low: number, value: number, high: number) => ({ low, value, high })

test('the axis starts at 0 and its ticks are round', () => {
  const { ticks, position, digits } = scorecardScale([estimate(0.104, 0.11, 0.117), estimate(0.03, 0.044, 0.05)], 4)
  expect(ticks).toEqual([0, 0.05, 0.1])
  expect(digits).toBe(2)
  expect(position(0)).toBe(0)
  expect(position(0.117)).toBeCloseTo(1 / 1.04, 12)
})

test('below 0 the axis goes as far as the figures do', () => {
  const { ticks, position, digits } = scorecardScale([estimate(-0.006, 0.001, 0.008)], 3)
  expect([ticks, digits]).toEqual([[-0.005, 0, 0.005], 3])
  expect(position(-0.006)).toBeGreaterThan(0)
})

test('no figures, or nothing but zeros, still have an axis', () => {
  for (const estimates of [[], [estimate(0, 0, 0)], [estimate(Number.NaN, 0, Number.NaN)]]) {
    const { ticks, position } = scorecardScale(estimates, 4)
    expect(ticks[0]).toBe(0)
    expect(position(0)).toBe(0)
  }
})

test('every figure lies on its axis and every tick is told from the next, whatever the figures', () => {
  const format = createFormatters('en')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 6 }), (pairs, count) => {
      const estimates = pairs.map(([low, width]) => estimate(low, low + width / 2, low + width))
      const { ticks, position, digits } = scorecardScale(estimates, count)
      for (const { low, high } of estimates) {
        expect(position(low)).toBeGreaterThanOrEqual(0)
        expect(position(high)).toBeLessThanOrEqual(1)
      }
      expect(ticks).toContain(0)
      expect(ticks.length).toBeLessThanOrEqual(count + 1)
      expect(new Set(ticks.map(tickWriter(format, 'ndcg', digits))).size).toBe(ticks.length)
    }),
  )
})

test('ticks of shares are whole percentages where they can be; gains have a sign', () => {
  const format = createFormatters('en')
  expect([0, 0.2, 0.4].map(tickWriter(format, 'hitRate', 1))).toEqual(['0%', '20%', '40%'])
  expect([0, 0.005].map(tickWriter(format, 'precision', 3))).toEqual(['0.0%', '0.5%'])
  expect([-0.05, 0, 0.05].map(tickWriter(format, 'gain', 2))).toEqual(['\u22120.05', '0.00', '+0.05'])
})
