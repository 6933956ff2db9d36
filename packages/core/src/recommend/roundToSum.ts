const words = new Uint32Array(2)
const doubles = new Float64Array(words.buffer)
const HIGH = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 1 : 0

/** Values that add up exactly. */
export interface ExactSum {
  readonly values: Float64Array
  readonly sum: number
}

/**
 * Values moved by rounding alone so that they add up to `sum` in whatever order: exactly, not nearly.
 *
 * Each becomes a whole multiple of the last bit of the sum, which sums of multiples never leave, and the largest takes what
 * is left over (some last bits). Where values cancel each other to a sum so small that its last bit is finer than theirs,
 * the sum is rounded too, to theirs: only there does it differ from the one given.
 */
export function roundToSum(raw: ArrayLike<number>, sum: number): ExactSum {
  let above = 0
  let below = 0
  for (let i = 0; i < raw.length; i++) {
    const value = raw[i] as number
    if (value > 0) above += value
    else below -= value
  }
  // A float64 holds 2^53 units, and no partial sum leaves -below..above. Without a sign to change none passes the sum.
  const own = lastBit(sum)
  const most = Math.max(above, below)
  const unit = sum !== 0 && (above === 0 || below === 0 || most * 1.001 < own * 2 ** 53) ? own : lastBit(2 * most)
  const values = new Float64Array(raw.length)
  let left = Math.round(sum / unit) * unit
  const rounded = left
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.round((raw[i] as number) / unit) * unit + 0
    left -= values[i] as number
    if (Math.abs(values[i] as number) > Math.abs(values[largest] as number)) largest = i
  }
  if (values.length > 0) values[largest] = (values[largest] as number) + left
  return { values, sum: values.length > 0 ? rounded + 0 : 0 }
}

/** The power of two that the last bit of a number stands for; at least 2^-1022, whose multiples are safe to divide by. */
function lastBit(value: number): number {
  doubles[0] = value
  const exponent = ((words[HIGH] as number) >>> 20) & 0x7ff
  return 2 ** Math.max(-1022, exponent - 1023 - 52)
}
