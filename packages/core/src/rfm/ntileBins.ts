import { radixSort } from '../shared/radix.ts'
import { runToEnd } from '../shared/steps.ts'

/**
 * Writes SQL's `NTILE(tiles) OVER (ORDER BY value, customerId)`, from 0 and worst value first: equal shares, of which
 * the first `n mod tiles` hold one more. Equal values are split by id.
 *
 * @param byId positions of the values in order of the customers' ids
 * @param isReversed large values are worst, as many days; bins then count down, as all recency bins do
 * @param isSplit set to 1 for every value that has an equal in another tile
 */
export function ntileBins(values: Float64Array, byId: Int32Array, tiles: number, isReversed: boolean, bin: Int32Array, isSplit: Uint8Array): void {
  const n = values.length
  const order = byId.slice()
  const sign = isReversed ? -1 : 1
  runToEnd(radixSort(order, Float64Array.from(order, (position) => sign * values[position]! + 0)))
  const size = Math.floor(n / tiles)
  const larger = n % tiles
  const tileAt = (place: number): number => (place < larger * (size + 1) ? Math.floor(place / (size + 1)) : larger + Math.floor((place - larger * (size + 1)) / size))
  for (let start = 0; start < n; ) {
    const value = values[order[start]!]
    let end = start
    for (; end < n && values[order[end]!] === value; end++) bin[order[end]!] = isReversed ? tiles - 1 - tileAt(end) : tileAt(end)
    if (tileAt(start) !== tileAt(end - 1)) for (let place = start; place < end; place++) isSplit[order[place]!] = 1
    start = end
  }
}
