/** Quartiles that `rfm_segments` asks `qcut` for. */
export const PYMC_BINS = 4

/**
 * Cut points of pymc-marketing's `rfm_segments` (`clv/utils.py`) under pandas: the edges of `qcut` with `q = 4`,
 * linear interpolation and `duplicates = "drop"`, whose bins are `(edge, edge]` with the least value in the first.
 *
 * The tool tries labels for 4, then 3, then 2 bins and counts them from 1, so that ties cost the highest scores. Lost
 * scores get a cut point that no value passes, ±(2^53 - 1): on recency below all days, else above all values. Where the tool
 * breaks off, because all values but a few are equal and one bin is left, everybody has score 1.
 *
 * @param ascending the values of one axis
 * @see Hyndman & Fan (1996), type 7; numpy `_lerp` for its rounding
 */
export function pymcCuts(ascending: Float64Array, isRecency: boolean): number[] {
  const n = ascending.length
  if (n === 0) return []
  const edges = Array.from({ length: PYMC_BINS + 1 }, (_, i) => {
    const index = ((n - 1) * i) / PYMC_BINS
    const [a, b, t] = [ascending[Math.floor(index)]!, ascending[Math.ceil(index)]!, index % 1]
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t)
  })
  const inner = [...new Set(edges)].slice(1, -1)
  const lost = Array.from({ length: PYMC_BINS - 1 - inner.length }, () => (isRecency ? -1 : 1) * Number.MAX_SAFE_INTEGER)
  return isRecency ? [...lost, ...inner] : [...inner, ...lost]
}
