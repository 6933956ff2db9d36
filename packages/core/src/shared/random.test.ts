import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom, drawSome, shuffled } from './random.ts'

describe('createRandom', () => {
  test('the same seed gives the same numbers, another seed others', () => {
    const numbers = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 20 }, random.unit)
    }
    expect(numbers(7)).toEqual(numbers(7))
    expect(new Set([0, 1, 2, -1, 0.5, 2 ** 40, 2 ** 40 + 1].map((seed) => numbers(seed).join())).size).toBe(7)
  })

  test('every number below ten comes about as often', () => {
    const random = createRandom(1)
    const counts = new Int32Array(10)
    for (let i = 0; i < 100_000; i++) counts[random.below(10)]!++
    // Chi-squared with 9 degrees of freedom: 27.9 is the 0.1 % point.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9)
  })

  test('neighbouring seeds do not begin alike', () => {
    const firsts = Array.from({ length: 1000 }, (_, seed) => createRandom(seed).unit())
    expect(firsts.reduce((sum, x) => sum + x, 0) / 1000).toBeCloseTo(0.5, 1)
    expect(new Set(firsts).size).toBe(1000)
  })
})

test('drawSome takes as many as asked, different and ascending', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(60), fc.integer(), (n, count, seed) => {
      const drawn = [...drawSome(n, count, createRandom(seed))]
      expect(drawn).toHaveLength(Math.min(n, count))
      expect(drawn).toEqual([...new Set(drawn)].filter((x) => x >= 0 && x < n).sort((a, b) => a - b))
    }),
  )
})

test('drawSome takes each as often as any other', () => {
  const counts = new Int32Array(10)
  for (let seed = 0; seed < 10_000; seed++) for (const place of drawSome(10, 3, createRandom(seed))) counts[place]!++
  for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(200) // 4.4 standard deviations
})

test('shuffled holds each number once, and each is first about as often', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.integer(), (n, seed) => {
      expect([...shuffled(n, createRandom(seed))].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
    }),
  )
  const firsts = new Int32Array(5)
  for (let seed = 0; seed < 5000; seed++) firsts[shuffled(5, createRandom(seed))[0] as number]!++
  for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(130)
})
