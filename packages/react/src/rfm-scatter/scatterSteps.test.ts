import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scatterSteps, stepOf } from './scatterSteps.ts'

const bounds = (least: number, most: number): number[] => scatterSteps(least, most).map(({ from }) => from)

test('steps are round numbers at even multiples, finer where the range is short', () => {
  expect(bounds(1, 1)).toEqual([1])
  expect(bounds(1, 8)).toEqual([1, 2, 5])
  expect(bounds(1, 100)).toEqual([1, 2, 5, 10, 20, 50, 100])
  expect(bounds(1, 900)).toEqual([1, 3, 10, 30, 100, 300])
  expect(bounds(1, 250_000)).toEqual([1, 10, 100, 1000, 10_000, 100_000])
})

test('money starts at the round number below the least', () => {
  expect(bounds(2300, 31_000)).toEqual([2000, 5000, 10_000, 20_000])
})

test('there are 1 to 7 steps, they ascend, none begins above the greatest amount, and each amount has its own', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e15, noNaN: true }), fc.double({ min: 1, max: 1e9, noNaN: true }), (least, factor) => {
      const most = least * factor
      const steps = scatterSteps(least, most)
      expect(steps.length).toBeGreaterThanOrEqual(1)
      expect(steps.length).toBeLessThanOrEqual(7)
      expect(steps[0]!.from).toBeLessThanOrEqual(least * (1 + 1e-9))
      expect(steps.at(-1)!.from).toBeLessThanOrEqual(most * (1 + 1e-9))
      for (let i = 1; i < steps.length; i++) {
        expect(steps[i]!.from).toBe(steps[i - 1]!.below)
        expect(steps[i]!.from).toBeGreaterThan(steps[i - 1]!.from)
        expect(steps[i]!.token).toBeGreaterThan(steps[i - 1]!.token)
      }
    }),
  )
})

test('nothing and a loss belong to the first step', () => {
  const steps = scatterSteps(100, 9000)
  expect(stepOf(steps, 0)).toBe(steps[0])
  expect(stepOf(steps, -500)).toBe(steps[0])
  expect(stepOf(steps, 1e9)).toBe(steps.at(-1))
})
