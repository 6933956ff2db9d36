import { expect, test } from 'vitest'
import { createFormatters } from './format.ts'

const euros = { currency: 'EUR', scale: 2 }

test('money is written from integer units, in full and short', () => {
  const format = createFormatters('en')
  expect(format.money(128_450, euros)).toBe('€1,284.50')
  expect(format.money(12_845_000, { currency: 'USD', scale: 4 })).toBe('$1,284.50')
  expect(format.moneyCompact(128_450, euros)).toBe('€1,285')
  expect(format.moneyCompact(1_290_000, euros)).toBe('€12.9K')
  expect(format.amount(128_450, euros)).toBe('1,284.50')
  expect(format.amount(1284, { currency: 'JPY', scale: 0 })).toBe('1,284')
})

test('negative figures carry a minus sign, not a hyphen', () => {
  const format = createFormatters('en')
  expect(format.number(-1284)).toBe('\u22121,284')
  expect(format.money(-500, euros)).toBe('\u2212€5.00')
  expect(format.number(-0)).toBe('0')
})

test('numbers below ten thousand are whole, above they have three digits', () => {
  const format = createFormatters('en')
  expect([7.26, 99.5, 1284.4, 9999, 12_851, 1_284_000].map((value) => format.compact(value))).toEqual(['7.3', '99.5', '1,284', '9,999', '12.9K', '1.28M'])
  expect([868, 1284, 12_851].map((value) => format.short(value))).toEqual(['868', '1K', '13K'])
})

test('shares have one decimal, except none and all', () => {
  const format = createFormatters('en')
  expect([0, 0.05, 0.1066, 1].map((share) => format.percent(share))).toEqual(['0%', '5.0%', '10.7%', '100%'])
})

test('the locale of figures is apart from the language of words', () => {
  expect(createFormatters('en', { locale: 'de-DE' }).money(128_450, euros)).toBe('1.284,50\u00a0€')
  expect(createFormatters('de').percent(0.106)).toBe('10,6\u00a0%')
  expect(createFormatters('en', { currencyDisplay: 'code' }).currencySign('EUR')).toBe('EUR')
})

test('days are never shifted by a zone, instants are', () => {
  const format = createFormatters('en', { timeZone: 'America/New_York' })
  expect(format.day(17_531)).toBe('Dec 31, 2017')
  expect(format.date(Date.UTC(2018, 0, 1, 3))).toBe('Dec 31, 2017')
  expect(format.date(Date.UTC(2018, 0, 1, 3), 'UTC')).toBe('Jan 1, 2018')
  expect(format.value(17_531, { kind: 'date' })).toBe('Dec 31, 2017')
  expect(format.value(null, { kind: 'integer' })).toBe('')
})
