import type { SparseRows } from '../recommend.types.ts'

/** Mean of each row; 0 for a row without entries, which nobody may ask for. */
export function rowMeans({ offsets, weights }: SparseRows): Float64Array {
  const means = new Float64Array(offsets.length - 1)
  for (let row = 0; row < means.length; row++) {
    const [start, end] = [offsets[row]!, offsets[row + 1]!]
    let sum = 0
    for (let i = start; i < end; i++) sum += weights[i]!
    means[row] = sum / Math.max(1, end - start)
  }
  return means
}

/**
 * Standard deviation of each row, over all its entries (population). Where all are equal it is that of all entries of
 * all rows, and 1 where those are equal too: there is nothing to measure in, and every distance is 0.
 */
export function rowDeviations({ offsets, weights }: SparseRows, means: Float64Array, globalMean: number): Float64Array {
  const overall = deviation(weights, 0, weights.length, globalMean) || 1
  return means.map((mean, row) => deviation(weights, offsets[row]!, offsets[row + 1]!, mean) || overall)
}

function deviation(weights: Float64Array, start: number, end: number, mean: number): number {
  let squares = 0
  let isConstant = true
  for (let i = start; i < end; i++) {
    squares += (weights[i]! - mean) ** 2
    if (weights[i] !== weights[start]) isConstant = false
  }
  // Three times 0.1 has a mean beside 0.1: rounding is no deviation.
  return isConstant ? 0 : Math.sqrt(squares / (end - start))
}
