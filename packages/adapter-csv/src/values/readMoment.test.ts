import { describe, expect, test } from 'vitest'
import { createMomentReader } from './readMoment.ts'

function read(text: string, dates: 'iso' | 'dayFirst' | 'monthFirst' = 'iso'): string | null {
  const reader = createMomentReader(dates)
  if (!reader.read(text)) return null
  const iso = new Date(reader.ms).toISOString()
  return reader.kind === 'date' ? iso.slice(0, 10) : reader.kind === 'local' ? iso.slice(0, -1) : iso
}

describe('createMomentReader', () => {
  test.each([
    ['2010-12-01', '2010-12-01'],
    ['2010/12/1', '2010-12-01'],
    ['2010.12.01', '2010-12-01'],
    ['20101201', '2010-12-01'],
    ['2010年12月1日', '2010-12-01'],
    [' 2010-12-01 ', '2010-12-01'],
    ['2024-02-29', '2024-02-29'],
    ['1 Dec 2010', '2010-12-01'],
    ['01-Dec-10', '2010-12-01'],
    ['December 1, 2010', '2010-12-01'],
    ['Wed, 1st December 2010', '2010-12-01'],
    ['2010-12-01 08:26', '2010-12-01T08:26:00.000'],
    ['2010-12-01 08:26:05', '2010-12-01T08:26:05.000'],
    ['2010-12-01T08:26:05.1239', '2010-12-01T08:26:05.123'],
    ['2010/12/1 8:26', '2010-12-01T08:26:00.000'],
    ['2010年12月1日 下午3:05', '2010-12-01T15:05:00.000'],
    ['2010-12-01 12:05 AM', '2010-12-01T00:05:00.000'],
    ['2010-12-01 12:05 pm', '2010-12-01T12:05:00.000'],
    ['2010-12-01 24:00', '2010-12-02T00:00:00.000'],
    ['20101201T082600Z', '2010-12-01T08:26:00.000Z'],
    ['2010-12-01T08:26:00Z', '2010-12-01T08:26:00.000Z'],
    ['2010-12-01T08:26:00+05:30', '2010-12-01T02:56:00.000Z'],
    ['2010-12-01 08:26:00-0800', '2010-12-01T16:26:00.000Z'],
    ['2010-12-01 08:26:00 UTC', '2010-12-01T08:26:00.000Z'],
    ['2010-12-01 08:26:00+00', '2010-12-01T08:26:00.000Z'],
  ])('reads %j without an order of day and month', (text, expected) => expect(read(text)).toBe(expected))

  test.each([
    ['12/1/2010 8:26', 'monthFirst', '2010-12-01T08:26:00.000'],
    ['12/1/2010 8:26', 'dayFirst', '2010-01-12T08:26:00.000'],
    ['1.12.2010', 'dayFirst', '2010-12-01'],
    ['1-12-10', 'dayFirst', '2010-12-01'],
    ['1/2/69', 'monthFirst', '1969-01-02'],
    ['1/2/68', 'monthFirst', '2068-01-02'],
    ['12/1/2010 8:26 PM', 'monthFirst', '2010-12-01T20:26:00.000'],
    ['2010-12-01', 'dayFirst', '2010-12-01'],
  ] as const)('reads %j as %s', (text, dates, expected) => expect(read(text, dates)).toBe(expected))

  test.each(['', 'x', '2010-13-01', '2010-02-30', '2023-02-29', '2010-12-01 25:00', '2010-12-01 08:60', '2010-12-01x', '12/1/2010', '40513', '1291192000000', '2010', '2010-1', '0000-01-01', '1 Foo 2010', '2010-12-01 13:05 PM', '2010-12-01 +02:00', '2010/12-01'])(
    'reads no date from %j',
    (text) => expect(read(text)).toBeNull(),
  )

  test('takes no month above 12 for the sake of an order', () => {
    expect(read('13/1/2010', 'monthFirst')).toBeNull()
    expect(read('1/13/2010', 'dayFirst')).toBeNull()
  })
})
