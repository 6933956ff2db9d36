import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bordersOfCut, keyCut, reachOfCut, snapCut, withCut } from './moveCut.ts'

const BORDERS = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
const CUTS = [20, 50, 90]

describe('keyCut', () => {
  test('arrows go one border, Page Up and Page Down five, Home and End to the border before the neighbours', () => {
    const moves = (['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'] as const).map((key) => keyCut(BORDERS, CUTS, 1, key, 'ltr'))
    expect(moves).toEqual([60, 40, 60, 40, 80, 30, 30, 80])
    expect(keyCut(BORDERS, CUTS, 0, 'Home', 'ltr')).toBe(10)
    expect(keyCut(BORDERS, CUTS, 2, 'End', 'ltr')).toBe(100)
    expect(keyCut(BORDERS, CUTS, 1, 'a', 'ltr')).toBeNull()
  })

  test('under rtl the left arrow raises the value; up still does too', () => {
    expect(keyCut(BORDERS, CUTS, 1, 'ArrowLeft', 'rtl')).toBe(60)
    expect(keyCut(BORDERS, CUTS, 1, 'ArrowUp', 'rtl')).toBe(60)
  })

  test('a cut between borders goes to the next border on either side', () => {
    expect(keyCut(BORDERS, [20, 55, 90], 1, 'ArrowRight', 'ltr')).toBe(60)
    expect(keyCut(BORDERS, [20, 55, 90], 1, 'ArrowLeft', 'ltr')).toBe(50)
    expect(keyCut(BORDERS, [20, 85, 90], 1, 'ArrowRight', 'ltr')).toBe(85)
    expect(keyCut(BORDERS, [20, 105], 1, 'ArrowLeft', 'ltr')).toBe(100)
  })

  test('equal cuts can leave each other, and never pass', () => {
    expect(keyCut(BORDERS, [20, 20, 50], 1, 'ArrowRight', 'ltr')).toBe(30)
    expect(keyCut(BORDERS, [20, 20, 50], 1, 'ArrowLeft', 'ltr')).toBe(20)
    expect(keyCut(BORDERS, [20, 20, 50], 0, 'ArrowRight', 'ltr')).toBe(20)
    expect(keyCut(BORDERS, [20, 20, 50], 0, 'ArrowLeft', 'ltr')).toBe(10)
  })

  test('no key and no drag ever brings cut points out of order', () => {
    const keys = ['ArrowRight', 'ArrowLeft', 'PageUp', 'PageDown', 'Home', 'End'] as const
    const moves = fc.array(fc.record({ index: fc.nat(3), key: fc.constantFrom(...keys, null), value: fc.double({ min: -50, max: 200, noNaN: true }) }), { maxLength: 40 })
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 150 }), { minLength: 4, maxLength: 30 }), moves, (values, list) => {
        const borders = values.toSorted((a, b) => a - b)
        let cuts: readonly number[] = borders.slice(0, 4)
        for (const { index, key, value } of list) {
          const next = key === null ? snapCut(borders, cuts, index, value) : keyCut(borders, cuts, index, key, 'ltr')!
          cuts = withCut(cuts, index, next)
          for (let i = 1; i < cuts.length; i++) expect(cuts[i]!).toBeGreaterThan(cuts[i - 1]!)
          expect(borders).toContain(next)
        }
      }),
    )
  })
})

test('a drag snaps to the nearest border within reach', () => {
  expect(snapCut(BORDERS, CUTS, 1, 44)).toBe(40)
  expect(snapCut(BORDERS, CUTS, 1, 46)).toBe(50)
  expect(snapCut(BORDERS, CUTS, 1, 400)).toBe(80)
  expect(snapCut(BORDERS, CUTS, 1, -400)).toBe(30)
})

test('the reach holds the present place, also where it is on no border', () => {
  expect(reachOfCut(BORDERS, CUTS, 1)).toEqual({ lowest: 30, highest: 80 })
  expect(reachOfCut(BORDERS, [20, 85, 90], 1)).toEqual({ lowest: 30, highest: 85 })
  expect(bordersOfCut(BORDERS, [20, 20, 50], 1)).toEqual([20, 30, 40])
})
