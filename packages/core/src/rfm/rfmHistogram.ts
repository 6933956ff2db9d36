import { valueOfParts } from '../shared/exactSum.ts'
import { binTable } from './describeRfmCube.ts'
import type { RfmCube, RfmHistogramBar } from './whatIf.types.ts'

/**
 * The bars of a histogram over one axis of a cube.
 *
 * @param borders upper bounds of the bars, some of the cube's own; default: all of them
 * @returns frozen, one bar more than borders, ascending; the first has no lower bound and the last no upper one
 * @throws InvalidInputError `OPTION_INVALID` for a border that the cube does not have
 * @example rfmHistogram(cube, 'r', [30, 90])[1] // { above: 30, upTo: 90, customers: 412, revenue: 1234500 }
 */
export function rfmHistogram(cube: RfmCube, axis: 'r' | 'f' | 'm', borders: readonly number[] = cube.borders[axis]): readonly RfmHistogramBar[] {
  const barOf = binTable(cube, axis, borders)
  const bins = cube[axis]
  const customers = new Float64Array(borders.length + 1)
  const high = new Float64Array(borders.length + 1)
  const low = new Float64Array(borders.length + 1)
  for (let i = 0; i < cube.count; i++) {
    const bar = barOf[bins[i]!]!
    customers[bar]! += cube.customers[i]!
    high[bar]! += cube.revenueHigh[i]!
    low[bar]! += cube.revenueLow[i]!
  }
  return Object.freeze(
    Array.from(customers, (count, bar) => Object.freeze({ above: borders[bar - 1] ?? null, upTo: borders[bar] ?? null, customers: count, revenue: valueOfParts(high[bar]!, low[bar]!) })),
  )
}
