/** One ground of the picture and the amounts it stands for. */
export interface ScatterStep {
  /** Number of the ramp token, 1..7: the lightest, 0, is hard to see on the page. */
  readonly token: number
  /** Least amount, included. */
  readonly from: number
  /** Amounts below this; null = no end. */
  readonly below: number | null
}

const MOST_STEPS = 7
/** From fine to coarse: doublings, about threefold, tenfold, and so on. */
const SEQUENCES: readonly (readonly [multiples: readonly number[], power: number])[] = [
  [[1, 2, 5], 1],
  [[1, 3], 1],
  [[1], 1],
  [[1], 2],
  [[1], 3],
]

/**
 * Logarithmic steps of round numbers from `least` to `most`: each step is the same multiple, so thin and dense places are
 * both told apart. What lies below the first step, zero and losses too, belongs to it.
 *
 * @param least the smallest amount worth a step of its own, above 0
 * @returns 1 to 7 steps, ascending
 * @example scatterSteps(1, 900) // from 1, 3, 10, 30, 100, 300
 */
export function scatterSteps(least: number, most: number): readonly ScatterStep[] {
  const top = Math.max(most, least)
  for (const [multiples, power] of SEQUENCES) {
    const bounds = boundsBetween(least, top, multiples, power)
    if (bounds.length <= MOST_STEPS) return stepsOf(bounds)
  }
  return stepsOf(boundsBetween(top / 10 ** (3 * (MOST_STEPS - 1)), top, [1], 3).slice(-MOST_STEPS))
}

function boundsBetween(least: number, most: number, multiples: readonly number[], power: number): number[] {
  const bounds: number[] = []
  // One lower than the logarithm says, which may be rounded up.
  for (let exponent = Math.floor(Math.log10(least) / power - 1) * power; 10 ** exponent <= most; exponent += power) {
    for (const multiple of multiples) {
      const bound = exponent < 0 ? multiple / 10 ** -exponent : multiple * 10 ** exponent
      if (bound > most) break
      // Only the last bound at or below `least` starts the row.
      if (bound <= least) bounds.length = 0
      bounds.push(bound)
    }
  }
  return bounds
}

function stepsOf(bounds: readonly number[]): readonly ScatterStep[] {
  const last = bounds.length - 1
  return bounds.map((from, i) => ({ from, below: bounds[i + 1] ?? null, token: last === 0 ? 4 : Math.round(1 + (i * (MOST_STEPS - 1)) / last) }))
}

/** The step of an amount. */
export function stepOf(steps: readonly ScatterStep[], amount: number): ScatterStep {
  return steps.findLast(({ from }) => amount >= from) ?? steps[0]!
}
