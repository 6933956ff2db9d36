/**
 * Cut points of R's `rfm` 0.3.0 (`R/utils.R`, `bins`): type-7 quantiles of the values in currency units, plus one
 * unit, with R's own floating operations. Its bins are `[cut, next)`.
 *
 * @param ascending values in 10^-scale units
 * @see Hyndman & Fan (1996), type 7; `stats:::quantile.default`
 */
export function rRfmQuantiles(ascending: Float64Array, bins: number, scale: number): number[] {
  const n = ascending.length
  if (n === 0) return []
  const unit = 10 ** scale
  const step = 1 / bins
  return Array.from({ length: bins - 1 }, (_, i) => {
    const index = 1 + (n - 1) * ((i + 1) * step)
    const low = Math.floor(index)
    const h = index - low
    const a = ascending[low - 1]! / unit
    const b = h > 0 ? ascending[low]! / unit : a
    // Equal neighbours are not averaged: (1 - h) * a + h * a can miss a by a bit.
    return (a === b ? a : (1 - h) * a + h * b) + 1
  })
}

/**
 * The same cut points as upper bounds of integer values, `(above, upTo]`: the greatest integer below each. So the
 * rest of the kit needs to know one kind of bin only.
 */
export function rRfmCuts(ascending: Float64Array, bins: number, scale: number): number[] {
  const unit = 10 ** scale
  const most = Number.MAX_SAFE_INTEGER
  return rRfmQuantiles(ascending, bins, scale).map((cut) => {
    let upTo = Math.max(-most, Math.min(most, Math.ceil(cut * unit)))
    while (upTo / unit >= cut && upTo > -most) upTo--
    while ((upTo + 1) / unit < cut && upTo < most) upTo++
    return upTo
  })
}
