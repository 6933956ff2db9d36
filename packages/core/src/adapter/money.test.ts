import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromMinorUnits, toMinorUnits } from './money.ts'

describe('toMinorUnits', () => {
  test.each([
    ['12.345', 3, 12345],
    [0.29, 2, 29],
    [1.005, 3, 1005],
    ['-1234.5', 2, -123450],
    ['.5', 2, 50],
    ['5.', 2, 500],
    ['+0.10', 1, 1],
    ['1e3', 0, 1000],
    [1e-7, 7, 1],
    ['90071992547409.91', 2, Number.MAX_SAFE_INTEGER],
    ['-0', 2, 0],
    ['0.00000', 0, 0],
  ])('of %j at scale %d is %d', (amount, scale, units) => {
    expect(toMinorUnits(amount, scale)).toBe(units)
  })

  test.each([
    [1e21, 0, 'MONEY_RANGE'],
    ['90071992547409.92', 2, 'MONEY_RANGE'],
    [0.1 + 0.2, 2, 'NOT_INTEGER'],
    ['12.345', 2, 'NOT_INTEGER'],
    ['0.001', 0, 'NOT_INTEGER'],
    ['', 2, 'VALUE_NOT_FINITE'],
    ['.', 2, 'VALUE_NOT_FINITE'],
    ['1,5', 2, 'VALUE_NOT_FINITE'],
    ['1 000', 2, 'VALUE_NOT_FINITE'],
    [NaN, 2, 'VALUE_NOT_FINITE'],
    [Infinity, 2, 'VALUE_NOT_FINITE'],
    ['0x10', 2, 'VALUE_NOT_FINITE'],
    ['1', 2.5, 'OPTION_INVALID'],
    ['1', -1, 'OPTION_INVALID'],
  ])('of %j at scale %d is refused with %s', (amount, scale, code) => {
    expect(() => toMinorUnits(amount, scale)).toThrowError(expect.objectContaining({ code }))
  })

  test('undoes fromMinorUnits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 4 }), (units, scale) => {
        expect(toMinorUnits(fromMinorUnits(units, scale), scale)).toBe(units)
      }),
    )
  })

  test('fromMinorUnits refuses what is no exact amount', () => {
    expect(() => fromMinorUnits(1.5, 2)).toThrowError(expect.objectContaining({ code: 'NOT_INTEGER' }))
    expect(() => fromMinorUnits(2 ** 53, 2)).toThrowError(expect.objectContaining({ code: 'NOT_INTEGER' }))
  })
})
