import { currenciesOf } from './currencySigns.ts'

/** Most decimals an exact amount may have: the scale of a money field ends there. */
export const MAX_DECIMALS = 12
/** Up to here zeros at the end count as decimals: `12.50` has two. */
const KEPT_DECIMALS = 6

/**
 * Reads decimal numbers exactly, as digits and a number of decimals; never through a float.
 *
 * Takes grouped digits, a currency that fits, a minus before or behind (also U+2212), parentheses for a negative amount,
 * full-width digits and exponents. `1,5` with the point as decimal mark is no number: groups have three digits.
 */
export interface DecimalReader {
  /** Whether the text is a number; then the members below hold it. */
  read(text: string): boolean
  /** Value is `digits / 10^decimals`; a safe integer. */
  digits: number
  decimals: number
}

/** @param currency ISO 4217; an amount that names another one is not read. null: no currency is taken */
export function createDecimalReader(mark: '.' | ',', currency: string | null): DecimalReader {
  const markUnit = mark.charCodeAt(0)
  const grouped = mark === '.' ? /^\d{1,3}([,\s'\u2019_])(?:\d{2,3}\1)*\d{3}$/ : /^\d{1,3}([.\s'\u2019_])(?:\d{2,3}\1)*\d{3}$/
  const dressed = mark === '.' ? /^(\D*?)(\.?\d(?:.*\d)?)(\D*)$/s : /^(\D*?)(,?\d(?:.*\d)?)(\D*)$/s
  const reader: DecimalReader = { read, digits: 0, decimals: 0 }
  return reader

  function read(text: string): boolean {
    return readPlain(text) || readDressed(text)
  }

  /** An optional minus, up to 15 digits, one mark: nearly all numbers of nearly all files. */
  function readPlain(text: string): boolean {
    const length = text.length
    let at = text.charCodeAt(0) === 45 ? 1 : 0
    const first = at
    if (length - first > 16 || length === first) return false
    let digits = 0
    let markAt = -1
    for (; at < length; at++) {
      const unit = text.charCodeAt(at)
      if (unit >= 48 && unit <= 57) digits = digits * 10 + unit - 48
      else if (unit === markUnit && markAt < 0) markAt = at
      else return false
    }
    const decimals = markAt < 0 ? 0 : length - markAt - 1
    if ((markAt < 0 ? length - first > 15 : length - first < 2) || decimals > KEPT_DECIMALS) return false
    reader.digits = first === 1 ? -digits + 0 : digits
    reader.decimals = decimals
    return true
  }

  function readDressed(text: string): boolean {
    let body = asciiDigits(text).trim()
    let isNegative = false
    const inner = /^\((.*)\)$/s.exec(body)?.[1]
    if (inner !== undefined) [body, isNegative] = [inner.trim(), true]
    const parts = dressed.exec(body)
    if (parts === null) return false
    let [, before = '', core = '', after = ''] = parts
    if (/\p{L}$/u.test(before) && core.startsWith(mark)) [before, core] = [before + mark, core.slice(1)] // `Rs.500` is no half rupee
    if (after.startsWith(mark)) after = after.replace(/^[.,]\s*[-\u2013\u2014]?/, '') // `12.` and the Swiss `12.-`
    const around = `${before}\u0000${after}`.replace(/\s/g, '')
    const signs = around.match(/[-\u2212\u2013\ufe63\uff0d+]/g) ?? []
    if (signs.length > 1 || (isNegative && signs.length > 0)) return false
    if (signs.length === 1 && signs[0] !== '+') isNegative = true
    for (const name of around.replace(/[-\u2212\u2013\ufe63\uff0d+]/g, '').split('\u0000')) {
      if (name !== '' && !(currency !== null && currenciesOf(name).includes(currency))) return false
    }
    return readCore(core, isNegative)
  }

  function readCore(core: string, isNegative: boolean): boolean {
    const [number = '', exponent] = core.split(/e/i)
    const [whole = '', fraction = '', more] = number.split(mark)
    if (more !== undefined || !/^\d*$/.test(fraction) || (exponent !== undefined && !/^[+-]?\d{1,3}$/.test(exponent))) return false
    if (!/^\d*$/.test(whole) && (exponent !== undefined || !grouped.test(whole))) return false
    let digits = whole.replace(/\D/g, '') + fraction
    let decimals = fraction.length - Number(exponent ?? 0)
    if (digits === '') return false
    if (decimals < 0) [digits, decimals] = [digits + '0'.repeat(-decimals), 0]
    while (decimals > KEPT_DECIMALS && digits.endsWith('0')) [digits, decimals] = [digits.slice(0, -1), decimals - 1]
    const value = Number(digits)
    if (decimals > MAX_DECIMALS || value > Number.MAX_SAFE_INTEGER) return false
    reader.digits = isNegative ? -value + 0 : value
    reader.decimals = decimals
    return true
  }
}

/** Full-width digits and marks of Chinese and Japanese keyboards. */
function asciiDigits(text: string): string {
  return /[\uff08-\uff19]/.test(text) ? text.replace(/[\uff08-\uff19]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)) : text
}
