import { describe, expect, test } from 'vitest'
import { createLocalTime } from './localTime.ts'

const at = (timeZone: string, text: string): string => new Date(createLocalTime(timeZone).toInstant(Date.parse(`${text}Z`))).toISOString()

describe('createLocalTime', () => {
  test('takes a time that clocks skip by the offset before', () => {
    // London went from 01:00 to 02:00 on 27 March 2011.
    expect(at('Europe/London', '2011-03-27T00:59')).toBe('2011-03-27T00:59:00.000Z')
    expect(at('Europe/London', '2011-03-27T01:30')).toBe('2011-03-27T01:30:00.000Z')
    expect(at('Europe/London', '2011-03-27T02:00')).toBe('2011-03-27T01:00:00.000Z')
  })

  test('takes a time that clocks show twice for the first of the two', () => {
    expect(at('Europe/London', '2011-10-30T00:59')).toBe('2011-10-29T23:59:00.000Z')
    expect(at('Europe/London', '2011-10-30T01:30')).toBe('2011-10-30T00:30:00.000Z')
    expect(at('Europe/London', '2011-10-30T02:00')).toBe('2011-10-30T02:00:00.000Z')
    expect(at('America/New_York', '2024-11-03T01:30')).toBe('2024-11-03T05:30:00.000Z')
  })

  test('finds the first instant of a day that a zone left out', () => {
    expect(at('Pacific/Apia', '2011-12-30T00:00')).toBe('2011-12-30T10:00:00.000Z') // 31 December there
  })

  test('shows the same clock again, in every zone, at the ends of months over 40 years', () => {
    for (const timeZone of ['America/St_Johns', 'Asia/Kathmandu', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Shanghai', 'UTC']) {
      const local = createLocalTime(timeZone)
      const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
      for (let month = 0; month < 480; month += 5) {
        const text = new Date(Date.UTC(1990, month, 0, 12, 34, 56)).toISOString().slice(0, 19)
        expect(clock.format(local.toInstant(Date.parse(`${text}Z`)))).toBe(text.replace('T', ' '))
      }
    }
  })

  test('keeps the year 9999 and the year 1', () => {
    expect(at('Europe/London', '9999-12-31T00:00')).toBe('9999-12-31T00:00:00.000Z')
    expect(at('Europe/London', '9999-07-01T00:00')).toBe('9999-06-30T23:00:00.000Z')
    expect(at('UTC', '0001-01-01T00:00')).toBe('0001-01-01T00:00:00.000Z')
  })

  test('refuses an unknown zone', () => {
    expect(() => createLocalTime('Mars/Olympus')).toThrowError(expect.objectContaining({ code: 'TIME_ZONE_UNKNOWN' }))
  })
})
