import type { FieldType, Scalar } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'

const DAY_MS = 86_400_000

/**
 * A value as programs read it, whatever the language of the page: `1234.5`, `2017-12-31`, `2017-12-31T23:59:59.000Z`,
 * money with the decimals of its scale. Text is returned as it is.
 *
 * @throws InvalidInputError `VALUE_NOT_FINITE`, `DATE_INVALID`
 */
export function machineText(value: Scalar, type: FieldType): string {
  if (typeof value !== 'number') return String(value)
  switch (type.kind) {
    case 'money': return moneyText(value, type.scale)
    case 'date':
      // A fraction of a day is none of the contract's dates, and rounding it could name the day before.
      if (Number.isInteger(value)) return isoInstant(value * DAY_MS).split('T', 1)[0]!
      throw notADate()
    case 'instant': return isoInstant(value)
    default: return decimalText(value)
  }
}

/**
 * The shortest decimal text that reads back as the same number, without an exponent: spreadsheets round `1e-7` away.
 *
 * @throws InvalidInputError `VALUE_NOT_FINITE`
 */
export function decimalText(value: number): string {
  if (!Number.isFinite(value)) {
    throw new InvalidInputError('VALUE_NOT_FINITE', 'A value is no finite number. A file cannot hold it. Give null where there is no value.')
  }
  const text = String(value)
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (parts === null) return text
  const [, sign = '', first = '', rest = '', exponent = '0'] = parts
  return sign + shiftPoint(first + rest, 1 + Number(exponent))
}

/**
 * Units of 10^-scale as a decimal number, by moving the point in the digits: `1234 / 100` and the like round in binary,
 * this does not. A mean keeps the digits of its fraction of a unit.
 */
function moneyText(units: number, scale: number): string {
  const text = decimalText(Math.abs(units))
  const [whole = '', fraction = ''] = text.split('.')
  return (units < 0 ? '-' : '') + shiftPoint(whole + fraction, whole.length - scale)
}

/** Puts the point after `places` digits, with zeros where there are too few. Money of scale 2 keeps its two decimals. */
function shiftPoint(digits: string, places: number): string {
  const whole = places > 0 ? digits.slice(0, places).padEnd(places, '0') : '0'
  const fraction = places >= digits.length ? '' : '0'.repeat(Math.max(0, -places)) + digits.slice(Math.max(0, places))
  return fraction === '' ? whole : `${whole}.${fraction}`
}

function isoInstant(epochMs: number): string {
  const date = new Date(epochMs)
  if (Number.isNaN(date.getTime())) throw notADate()
  return date.toISOString()
}

function notADate(): InvalidInputError {
  return new InvalidInputError('DATE_INVALID', 'A date or an instant is out of range, or no whole day. It cannot be written as ISO 8601. Give whole days or milliseconds since 1970-01-01.')
}
