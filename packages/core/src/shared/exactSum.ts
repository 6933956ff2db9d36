/**
 * A sum of safe integers in two exact parts: `high * 2^26 + low` with `0 <= low < 2^26`. One float64 loses units
 * beyond 2^53, which a total over customers passes before any single customer does.
 */
interface ExactSum {
  readonly high: number
  readonly low: number
}

export const EXACT_BASE: number = 2 ** 26

/** Brings parts that were added up separately (`low` may have grown) into the one form. Exact while |low| < 2^53. */
export function normaliseParts(high: number, low: number): ExactSum {
  const carry = Math.floor(low / EXACT_BASE)
  return { high: high + carry + 0, low: low - carry * EXACT_BASE + 0 }
}

/** The nearest float64, rounded once; exact up to 2^53. */
export function valueOfParts(high: number, low: number): number {
  return high * EXACT_BASE + low
}
