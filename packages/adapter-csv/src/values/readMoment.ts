import type { ImportPlan } from '@crm/core/adapter'
import { DAY_MS } from './localTime.ts'

/**
 * Reads dates and times. ISO forms (`2010-12-01`, also with `/` or `.`, `20101201`, with `T` or a blank before the time,
 * `Z` or an offset after it), `2010年12月1日` and English month names stand for themselves; `12/1/2010 8:26` is read in
 * the order of the plan. A year of two digits is 1969 to 2068. Time finer than a millisecond is floored.
 */
export interface MomentReader {
  /** Whether the text is a date, a local time, or an instant; then the members below hold it. */
  read(text: string): boolean
  kind: 'date' | 'local' | 'instant'
  /** date: local midnight as if UTC; local: local time as if UTC; instant: epoch milliseconds. */
  ms: number
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const YEAR_FIRST = /^(\d{4})([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})日?(.*)$/s
const BASIC = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(.*))?$/s
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(.*)$/s
const NAMED_DAY_FIRST = /^(?:[A-Za-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-\s.]+([A-Za-z]{3,9})\.?[-\s,]+(\d{4}|\d\d)(.*)$/s
const NAMED_MONTH_FIRST = /^(?:[A-Za-z]{3,9}\.?,?\s+)?([A-Za-z]{3,9})\.?[-\s]+(\d{1,2})(?:st|nd|rd|th)?,?[-\s]+(\d{4})(.*)$/s
const TIME = /^(?:T|,?\s+)?(上午|下午)?\s*(\d{1,2})[:时点](\d\d)(?:[:分](\d\d)?秒?(?:[.,](\d{1,9}))?)?分?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?$/

export function createMomentReader(dates: ImportPlan['dates']): MomentReader {
  const reader: MomentReader = { read, kind: 'date', ms: 0 }
  return reader

  function read(text: string): boolean {
    return readIso(text) || readAny(text.trim())
  }

  /** `2010-12-01`, `2010-12-01 08:26`, `2010-12-01T08:26:00`: nearly all dates of nearly all exports. */
  function readIso(text: string): boolean {
    const { length } = text
    if ((length !== 10 && length !== 16 && length !== 19) || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false
    const [year, month, day] = [pair(text, 0) * 100 + pair(text, 2), pair(text, 5), pair(text, 8)]
    if (length === 10) return setDay(year, month, day) && set('date', 0)
    const gap = text.charCodeAt(10)
    if ((gap !== 32 && gap !== 84) || text.charCodeAt(13) !== 58 || (length === 19 && text.charCodeAt(16) !== 58)) return false
    return setDay(year, month, day) && setTime(pair(text, 11), pair(text, 14), length === 19 ? pair(text, 17) : 0, 0)
  }

  function readAny(text: string): boolean {
    let parts = YEAR_FIRST.exec(text)
    if (parts !== null) return setDay(Number(parts[1]), Number(parts[3]), Number(parts[4])) && readTime(parts[5] ?? '')
    parts = BASIC.exec(text)
    if (parts !== null) {
      const time = parts[4] === undefined ? '' : `${parts[4]}:${parts[5]}:${parts[6] ?? '00'}${parts[7] ?? ''}`
      return setDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) && readTime(time)
    }
    parts = YEAR_LAST.exec(text)
    if (parts !== null) {
      if (dates === 'iso') return false
      const [first, second] = [Number(parts[1]), Number(parts[3])]
      return setDay(fullYear(parts[4] ?? ''), dates === 'dayFirst' ? second : first, dates === 'dayFirst' ? first : second) && readTime(parts[5] ?? '')
    }
    parts = NAMED_DAY_FIRST.exec(text)
    if (parts !== null) return setDay(fullYear(parts[3] ?? ''), monthOf(parts[2] ?? ''), Number(parts[1])) && readTime(parts[4] ?? '')
    parts = NAMED_MONTH_FIRST.exec(text)
    return parts !== null && setDay(fullYear(parts[3] ?? ''), monthOf(parts[1] ?? ''), Number(parts[2])) && readTime(parts[4] ?? '')
  }

  /** What follows the date: nothing, a local time, or a time with its offset. */
  function readTime(text: string): boolean {
    if (text.trim() === '') return set('date', 0)
    const parts = TIME.exec(text)
    if (parts === null) return false
    const [, half = '', hourText, minute, second = '0', fraction = '', meridiem = '', zone] = parts
    let hour = Number(hourText)
    const isTwelve = half !== '' || meridiem !== ''
    if (isTwelve) {
      if (hour < 1 || hour > 12) return false
      hour = (hour % 12) + (half === '下午' || /^p/i.test(meridiem) ? 12 : 0)
    }
    if (!setTime(hour, Number(minute), Number(second), Math.floor(Number(`0.${fraction || 0}`) * 1000))) return false
    return zone === undefined || setOffset(zone)
  }

  function setDay(year: number, month: number, day: number): boolean {
    if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31 && year >= 1)) return false
    const date = new Date(0)
    reader.ms = date.setUTCFullYear(year, month - 1, day)
    return date.getUTCDate() === day // 31 February would roll over
  }

  function setTime(hour: number, minute: number, second: number, ms: number): boolean {
    // 24:00 is the end of the day in ISO 8601; a leap second is the last one of its minute.
    if (!(hour <= 24 && minute <= 59 && second <= 60) || (hour === 24 && (minute > 0 || second > 0))) return false
    return set('local', ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000 + ms)
  }

  function setOffset(zone: string): boolean {
    const [, sign, hours = 0, minutes = 0] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
    if (Number(hours) > 23 || Number(minutes) > 59) return false
    const offset = (Number(hours) * 60 + Number(minutes)) * 60_000
    return set('instant', sign === '-' ? offset : -offset)
  }

  function set(kind: MomentReader['kind'], more: number): boolean {
    reader.kind = kind
    reader.ms += more
    return true
  }
}

/** Days since 1970-01-01 of a date or local time. */
export function dayOfLocal(ms: number): number {
  return Math.floor(ms / DAY_MS)
}

function pair(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

function fullYear(text: string): number {
  const year = Number(text)
  return text.length > 2 ? year : year + (year < 69 ? 2000 : 1900)
}

function monthOf(name: string): number {
  const lower = name.toLowerCase()
  const index = MONTHS.indexOf(lower.slice(0, 3))
  const full = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'][index]
  return index >= 0 && (lower.length === 3 || lower === full || lower === 'sept') ? index + 1 : NaN
}
