import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDecimalReader } from './readDecimal.ts'

function read(text: string, mark: '.' | ',' = '.', currency: string | null = 'EUR'): readonly [number, number] | null {
  const reader = createDecimalReader(mark, currency)
  return reader.read(text) ? [reader.digits, reader.decimals] : null
}

describe('createDecimalReader', () => {
  test.each([
    ['12.50', 1250, 2],
    ['12.5', 125, 1],
    ['-0.001', -1, 3],
    ['.5', 5, 1],
    ['12.', 12, 0],
    ['0', 0, 0],
    ['-0', 0, 0],
    ['+3', 3, 0],
    ['1,234.50', 123450, 2],
    ['1 234.50', 123450, 2],
    ['1\u00a0234.50', 123450, 2],
    ['1\u202f234\u202f567.5', 12345675, 1],
    ["1'234.50", 123450, 2],
    ['1\u2019234.50', 123450, 2],
    ['12,34,567.00', 123456700, 2],
    ['(1,234.50)', -123450, 2],
    ['( 12 )', -12, 0],
    ['12.50-', -1250, 2],
    ['\u221212.50', -1250, 2],
    ['€12.50', 1250, 2],
    ['-€ 12.50', -1250, 2],
    ['€-12.50', -1250, 2],
    ['(€12.50)', -1250, 2],
    ['12.50 EUR', 1250, 2],
    ['１２．５０', 1250, 2],
    ['1.5E+03', 1500, 0],
    ['2e-3', 2, 3],
    ['  7 ', 7, 0],
    ['0.100000000', 100000, 6],
    ['9007199254740991', 9007199254740991, 0],
    ['90071992547409.91', 9007199254740991, 2],
  ])('reads %j exactly', (text, digits, decimals) => {
    expect(read(text)).toEqual([digits, decimals])
  })

  test.each([
    ['1.234,50', 123450, 2],
    ['1 234,50', 123450, 2],
    ["1'234,5", 12345, 1],
    ['12,-', 12, 0],
    ['1.234.567', 1234567, 0],
    [',5', 5, 1],
    ['-1.234,50 €', -123450, 2],
  ])('reads %j with the comma as decimal mark', (text, digits, decimals) => {
    expect(read(text, ',')).toEqual([digits, decimals])
  })

  test.each(['', ' ', '-', '.', '1,5', '1,23', '1,2345', '12,345,6', '1.2.3', '1,234 567', '--5', '(-5)', '5%', 'abc', '1e999', '$5', '£5', '12.50 USD', '1,234,50', '0.1234567890123', '9007199254740993', '1..2', 'Infinity', 'NaN', '0x10', '1-2'])(
    'reads no number from %j',
    (text) => expect(read(text)).toBeNull(),
  )

  test('reads no point number with the comma as mark, unless it groups thousands', () => {
    expect(read('12.50', ',')).toBeNull()
    expect(read('1.250', ',')).toEqual([1250, 0])
  })

  test('takes a sign only for a currency that it may mean', () => {
    expect(read('$12', '.', 'CAD')).toEqual([12, 0])
    expect(read('Rs.500', '.', 'INR')).toEqual([500, 0])
    expect(read('¥1,200', '.', 'JPY')).toEqual([1200, 0])
    expect(read('1200元', '.', 'CNY')).toEqual([1200, 0])
    expect(read('12.-', '.', 'CHF')).toEqual([12, 0])
    expect(read('kr 5', '.', 'USD')).toBeNull()
    expect(read('€5', '.', null)).toBeNull()
  })

  test('reads back any grouped number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('.' as const, ',' as const), fc.constantFrom("'", ' ', '\u00a0', 'other'), (units, mark, separator) => {
        const group = separator === 'other' ? (mark === '.' ? ',' : '.') : separator
        const text = String(Math.abs(units)).padStart(3, '0')
        const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group)
        expect(read(`${units < 0 ? '-' : ''}${whole}${mark}${text.slice(-2)}`, mark)).toEqual([units + 0, 2])
      }),
    )
  })
})
