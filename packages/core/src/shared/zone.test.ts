import { describe, expect, test } from 'vitest'
import { resolveZone } from './resolveZone.ts'
import { dayOf, daysAscend } from './zone.ts'

const YEARS = [Date.UTC(1970, 0, 1), Date.UTC(2030, 0, 1)] as const

describe('resolveZone', () => {
  test('finds the two changes of a year to the millisecond', () => {
    const zone = resolveZone('Europe/London', Date.UTC(2024, 0, 1), Date.UTC(2024, 11, 31))
    expect(zone).toEqual([
      { since: Date.UTC(2024, 0, 1), offsetMinutes: 0 },
      { since: Date.UTC(2024, 2, 31, 1), offsetMinutes: 60 },
      { since: Date.UTC(2024, 9, 27, 1), offsetMinutes: 0 },
    ])
  })

  test('gives the same offsets whatever range was asked before', () => {
    const narrow = resolveZone('America/Lima', Date.UTC(1986, 5, 1), Date.UTC(1991, 0, 1))
    resolveZone('America/Lima', ...YEARS)
    expect(resolveZone('America/Lima', Date.UTC(1986, 5, 1), Date.UTC(1991, 0, 1))).toEqual(narrow)
    expect(narrow.length).toBeGreaterThan(1)
  })

  test('finds the same changes year by year, forward and then backward, as at once', () => {
    const year = (number: number): [number, number] => [Date.UTC(number, 0, 1), Date.UTC(number, 11, 31)]
    for (let number = 2000; number <= 2024; number++) resolveZone('Australia/ACT', ...year(number))
    for (let number = 1999; number >= 1980; number--) resolveZone('Australia/ACT', ...year(number))
    const whole: [number, number] = [Date.UTC(1980, 0, 1), Date.UTC(2024, 11, 31)]
    // Another name of the same zone, not asked before.
    const atOnce = resolveZone('Australia/Canberra', ...whole)
    expect(resolveZone('Australia/ACT', ...whole)).toEqual(atOnce)
    expect(atOnce.length).toBeGreaterThan(70)
  })

  test.each(['America/Recife', 'America/Argentina/Tucuman', 'Africa/Casablanca', 'Asia/Gaza', 'Antarctica/Troll', 'Pacific/Apia', 'Africa/Monrovia'])(
    'agrees with the calendar of the host in %s every 37 hours since 1970',
    (timeZone) => {
      const zone = resolveZone(timeZone, ...YEARS)
      const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
      const wrong: string[] = []
      for (let at = YEARS[0]; at < YEARS[1]; at += 37 * 3_600_000) {
        if (dayOf(at, zone) !== Date.parse(`${format.format(at)}T00:00:00Z`) / 86_400_000) wrong.push(new Date(at).toISOString())
      }
      expect(wrong).toEqual([])
    },
  )

  test('knows offsets to the second and before the common era', () => {
    expect(resolveZone('Africa/Monrovia', 0, 0)).toEqual([{ since: 0, offsetMinutes: -44.5 }])
    expect(resolveZone('Europe/Amsterdam', Date.UTC(-100, 0, 1), Date.UTC(-100, 0, 1))[0]?.offsetMinutes).toBeCloseTo(17.5, 9)
    expect(resolveZone('UTC', 0, 0)).toEqual([{ since: 0, offsetMinutes: 0 }])
  })

  test('tells zones in which a later instant may have an earlier day', () => {
    expect(daysAscend(resolveZone('America/St_Johns', ...YEARS))).toBe(false)
    expect(daysAscend(resolveZone('America/New_York', ...YEARS))).toBe(true)
    expect(daysAscend(resolveZone('Pacific/Apia', ...YEARS))).toBe(true)
  })

  test.each(['Mars/Olympus', '', 'UTC; DROP TABLE'])('refuses the unknown zone "%s"', (timeZone) => {
    expect(() => resolveZone(timeZone, 0, 1)).toThrowError(expect.objectContaining({ code: 'TIME_ZONE_UNKNOWN' }))
  })

  test('refuses a missing zone instead of taking that of the machine', () => {
    expect(() => resolveZone(undefined as never, 0, 1)).toThrowError(expect.objectContaining({ code: 'TIME_ZONE_UNKNOWN' }))
    expect(() => resolveZone('UTC', NaN, 1)).toThrowError(expect.objectContaining({ code: 'DATE_INVALID' }))
  })

  test('holds the first offset before its range', () => {
    expect(dayOf(-1, [{ since: 0, offsetMinutes: 60 }])).toBe(0)
    expect(dayOf(-1, [{ since: 0, offsetMinutes: 0 }])).toBe(-1)
  })
})
