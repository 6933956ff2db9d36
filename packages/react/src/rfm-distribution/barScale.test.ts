import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { axisTicks, createBarScale, roundStep } from './barScale.ts'

describe('createBarScale', () => {
  test('bars are equally wide and the open last one stands half a bar apart', () => {
    const scale = createBarScale([10, 20, 30], 0, 400)
    const edges = Array.from({ length: 4 }, (_, bar) => scale.edges(bar).map((edge) => edge * 4.5))
    expect(edges.map(([start, end]) => [start!.toFixed(6), end!.toFixed(6)])).toEqual([
      ['0.000000', '1.000000'],
      ['1.000000', '2.000000'],
      ['2.000000', '3.000000'],
      ['3.500000', '4.500000'],
    ])
  })

  test('a border stands at the end of its bar, the middle of a bar in its middle', () => {
    const scale = createBarScale([10, 20, 30], 0, 400)
    expect([10, 15, 30, 400].map((value) => scale.position(value) * 4.5)).toEqual([1, 1.5, 3, 4.5].map((place) => expect.closeTo(place, 9)))
  })

  test('value undoes position, and both rise, for any borders', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -1000, max: 100_000 }), { minLength: 1, maxLength: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const borders = values.toSorted((a, b) => a - b)
        const [least, most] = [borders[0]! - 5, borders.at(-1)! + 500]
        const scale = createBarScale(borders, least, most)
        const value = least + share * (most - least)
        expect(scale.value(scale.position(value))).toBeCloseTo(value, 4)
        expect(scale.position(value)).toBeLessThanOrEqual(scale.position(value + 10))
      }),
    )
  })
})

test('steps are 1, 2 or 5 times a power of ten, for days what people count in', () => {
  expect([roundStep(37, 6), roundStep(100, 6), roundStep(0.6, 6), roundStep(12_000, 6)]).toEqual([10, 20, expect.closeTo(0.1), 2000])
  expect([roundStep(700, 7, true), roundStep(60, 6, true), roundStep(360, 6, true)]).toEqual([180, 14, 90])
})

describe('axisTicks', () => {
  test('an even axis has multiples of one step, clear of the open bar', () => {
    const scale = createBarScale(Array.from({ length: 42 }, (_, i) => 14 * (i + 1)), 0, 700)
    expect(axisTicks(scale, 1, 'recencyDays').map(({ value }) => value)).toEqual([0, 90, 180, 270, 360, 450])
  })

  test('a growing axis prefers powers of ten', () => {
    const borders = [1000, 1500, 2000, 3000, 5000, 7000, 10_000, 15_000, 20_000, 30_000, 50_000, 70_000, 100_000, 150_000]
    // In units of 100: 10, 30, 100, 500.
    expect(axisTicks(createBarScale(borders, 200, 900_000), 100, 'revenue').map(({ value }) => value)).toEqual([1000, 3000, 10_000, 50_000])
  })

  test('bars of single orders are named in their middle', () => {
    const scale = createBarScale([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 0, 30)
    const ticks = axisTicks(scale, 1, 'orders')
    expect(ticks.map(({ value }) => value)).toEqual([1, 4, 6, 8, 10])
    expect(ticks[1]!.position).toBeCloseTo(3.5 / 13.5, 9)
  })

  test('labels keep their distance', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 }), fc.constantFrom('recencyDays' as const, 'orders' as const, 'revenue' as const), (values, field) => {
        const scale = createBarScale(values.toSorted((a, b) => a - b), 0, 9000)
        const places = axisTicks(scale, 1, field).map(({ position }) => position)
        expect(Math.min(1, ...places.slice(1).map((place, i) => place - places[i]!))).toBeGreaterThan(0.129)
      }),
    )
  })
})
