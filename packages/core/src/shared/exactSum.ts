/**
 * A sum of safe integers in two exact parts: `high * 2^26 + low` with `0 <= low < 2^26`. One float64 loses units
 * beyond 2^53, which a total over customers passes before any single customer does.
 */
export interface ExactSum {
  readonly high: number
  readonly low: number
}

export const EXACT_BASE: number = 2 ** 26

/** Brings parts that were added up separately (`low` may have grown) into the one form. Exact while |low| < 2^53. */
export function normaliseParts(high: number, low: number): ExactSum {
  const carry = Math.floor(low / EXACT_BASE)
  return { high: high + carry + 0, low: low - carry * EXACT_BASE + 0 }
}

/** Splits one safe integer. */
export function splitExact(value: number): ExactSum {
  return normaliseParts(0, value)
}

/** Adds safe integers without error, in any order with the same parts. */
export function sumExact(values: ArrayLike<number>): ExactSum {
  let high = 0
  let low = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const part = Math.floor(value / EXACT_BASE)
    high += part
    low += value - part * EXACT_BASE // below 2^26 each: 2^27 values fit
  }
  return normaliseParts(high, low)
}

export function addExact(a: ExactSum, b: ExactSum): ExactSum {
  return normaliseParts(a.high + b.high, a.low + b.low)
}

/** The nearest float64, rounded once; exact up to 2^53. */
export function valueOfParts(high: number, low: number): number {
  return high * EXACT_BASE + low
}

/** Whether {@link valueOfParts} had to round. */
export function isRounded(sum: ExactSum): boolean {
  return Math.abs(valueOfParts(sum.high, sum.low)) > Number.MAX_SAFE_INTEGER
}
