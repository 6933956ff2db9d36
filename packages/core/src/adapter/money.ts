import { DataContractError, InvalidInputError } from '../errors/index.ts'

/**
 * Turns an amount in currency units into the integer the kit counts in: 10^-scale units.
 *
 * Works on the decimal digits, never by multiplying: 0.29 * 100 is 28.999999999999996. A number is taken by its
 * shortest decimal form, so `0.1 + 0.2` has 17 decimals and is refused rather than rounded.
 *
 * @param amount currency units: a number, or text such as `-1234.50`; no separators, no sign of a currency
 * @param scale number of decimals the result keeps, 0 to 12
 * @throws InvalidInputError `VALUE_NOT_FINITE` when it is no decimal number, `NOT_INTEGER` when it has more decimals than
 * `scale`, `OPTION_INVALID` for the scale
 * @throws DataContractError `MONEY_RANGE` beyond 2^53 - 1 units
 * @example toMinorUnits('12.345', 3) // 12345
 */
export function toMinorUnits(amount: number | string, scale: number): number {
  checkScale(scale)
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/.exec(String(amount))
  const whole = match?.[2] ?? ''
  const decimals = match?.[3] ?? ''
  if (match === null || whole + decimals === '') {
    throw new InvalidInputError('VALUE_NOT_FINITE', 'The amount is no decimal number. Money cannot be counted from it. Pass a finite number or digits with a decimal point.')
  }
  const digits = whole + decimals
  // Places the decimal point has to move right from the end of the digits.
  const shift = scale - decimals.length + Number(match[4] ?? 0)
  const kept = shift >= 0 ? digits + '0'.repeat(Math.min(shift, 400)) : digits.slice(0, Math.max(0, digits.length + shift))
  const lost = shift >= 0 ? '' : digits.slice(Math.max(0, digits.length + shift))
  if (/[1-9]/.test(lost)) {
    throw new InvalidInputError(
      'NOT_INTEGER',
      `The amount has more decimals than the scale of ${scale}. Rounding it would make totals differ from the source. Use a larger scale, or round the amount yourself.`,
      { scale },
    )
  }
  const units = Number(kept)
  if (units > Number.MAX_SAFE_INTEGER) {
    throw new DataContractError('MONEY_RANGE', 'The amount is more than 2^53 - 1 units. Beyond it a number loses single units. Use a smaller scale, or correct the amount.', { scale })
  }
  return match[1] === '-' && units !== 0 ? -units : units
}

/**
 * Turns integer units back into currency units: one division, so at most one rounding. For display and for formulas in
 * currency units; never sum the results.
 *
 * @param units integer count of 10^-scale currency units
 * @throws InvalidInputError `NOT_INTEGER`, `OPTION_INVALID`
 * @example fromMinorUnits(12345, 3) // 12.345
 */
export function fromMinorUnits(units: number, scale: number): number {
  checkScale(scale)
  if (!Number.isSafeInteger(units)) {
    throw new InvalidInputError('NOT_INTEGER', 'The amount is no whole number of units up to 2^53 - 1. It cannot be an exact amount. Pass what toMinorUnits returned.')
  }
  return units / 10 ** scale
}

function checkScale(scale: number): void {
  if (!(Number.isInteger(scale) && scale >= 0 && scale <= 12)) {
    throw new InvalidInputError('OPTION_INVALID', 'The scale of a money field is no whole number from 0 to 12. Amounts cannot be counted in it. Use the number of decimals, for example 2.')
  }
}
