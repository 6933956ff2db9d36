import { expect, test } from 'vitest'
import { scatterAxis } from './scatterAxis.ts'
import { ticksOf } from './scatterTicks.ts'

const SPACE = { wide: 0.09, narrow: 0.2 }
const borders = (from: number, to: number, step: number): number[] => Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step)

test('cut points are labelled before round borders, and labels keep their distance', () => {
  const ticks = ticksOf(scatterAxis('revenue', borders(1000, 30_000, 1000), 0, 31_000, [9000, 14_000]), SPACE, 2)
  expect(ticks.filter(({ isCut }) => isCut).map(({ value }) => value)).toEqual([9000, 14_000])
  for (let i = 1; i < ticks.length; i++) expect(ticks[i]!.position - ticks[i - 1]!.position).toBeGreaterThanOrEqual(0.09 - 1e-9)
  const narrow = ticks.filter(({ isMinor }) => !isMinor)
  for (let i = 1; i < narrow.length; i++) expect(narrow[i]!.position - narrow[i - 1]!.position).toBeGreaterThanOrEqual(0.2 - 1e-9)
})

test('round money is round in currency units', () => {
  const ticks = ticksOf(scatterAxis('revenue', [7000, 10_000, 13_000], 0, 20_000, []), { wide: 0.6, narrow: 0.6 }, 2)
  expect(ticks.map(({ value }) => value)).toEqual([10_000])
})

test('days are labelled by weeks, months and years', () => {
  const ticks = ticksOf(scatterAxis('recencyDays', [80, 85, 90, 95], 70, 99, []), { wide: 0.6, narrow: 0.6 }, 2)
  expect(ticks.map(({ value }) => value)).toEqual([90])
})
