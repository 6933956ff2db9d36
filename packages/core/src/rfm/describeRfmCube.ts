import { InvalidInputError } from '../errors/index.ts'
import { cellOf } from './cells.ts'
import { binsOf, createRfmSpec } from './createRfmSpec.ts'
import { axisFields, givenCuts } from './cutAxes.ts'
import { finishRfmGrid } from './finishRfmGrid.ts'
import { emptySums } from './gridSums.ts'
import type { GridSums } from './gridSums.ts'
import { checkBorders, effectiveCut } from './measureBins.ts'
import type { RfmBins, RfmGridResult, RfmSpec, RfmSpecOptions } from './rfm.types.ts'
import type { RfmCube } from './whatIf.types.ts'

/**
 * The grid of a cube under other cut points, segments, tiers or weights: what `rfmGridOperation` would answer, without
 * asking.
 *
 * @param spec `thresholds` whose cuts are among the borders of the cube (between two whole days, orders or money units
 *   a cut means the same wherever it lies); all that totals depend on is as in the spec of the cube
 * @returns frozen, exact
 * @throws InvalidInputError as `createRfmSpec`; `OPTION_INVALID` for a cut that is no border, naming the axis, and for a
 *   spec that counts something else
 * @example describeRfmCube(cube, { ...cube.spec, scoring: { method: 'thresholds', recencyDays: [30], frequency: [1], monetary: [5000] } }).segments
 */
export function describeRfmCube(cube: RfmCube, spec: RfmSpecOptions): RfmGridResult {
  const full = createRfmSpec(spec)
  const { sums } = cellsOfCube(cube, full)
  return finishRfmGrid(sums, full, cube.selection, cube)
}

/** The cell of every bin of a cube under a spec, and the sums of the cells. */
export function cellsOfCube(cube: RfmCube, spec: RfmSpec): { readonly cellOfBin: Uint16Array; readonly sums: GridSums; readonly bins: RfmBins } {
  checkSpec(cube, spec)
  const bins = binsOf(spec.scoring)
  const cuts = givenCuts(spec)!.map((axis) => axis.map((cut) => cut + 0))
  const [rOf, fOf, mOf] = (['r', 'f', 'm'] as const).map((axis, i) => binTable(cube, axis, cuts[i]!)) as [Uint16Array, Uint16Array, Uint16Array]
  // A sum that was rounded is counted anew by who adds up.
  const sums = emptySums(
    bins,
    cuts,
    cube.warnings.filter(({ code }) => code !== 'SUM_ROUNDED'),
  )
  const { r, f, m, count } = cube
  const cellOfBin = new Uint16Array(count)
  for (let i = 0; i < count; i++) {
    const cell = cellOf(bins, bins.r - rOf[r[i]!]!, fOf[f[i]!]! + 1, mOf[m[i]!]! + 1)
    cellOfBin[i] = cell
    sums.customers[cell]! += cube.customers[i]!
    sums.orders[cell]! += cube.orders[i]!
    sums.recencyDays[cell]! += cube.recencyDays[i]!
    sums.revenueHigh[cell]! += cube.revenueHigh[i]!
    sums.revenueLow[cell]! += cube.revenueLow[i]!
  }
  return { cellOfBin, sums, bins }
}

/** Which bin between fewer `cuts` each bin of one axis of a cube belongs to. */
export function binTable({ borders, spec }: RfmCube, axis: 'r' | 'f' | 'm', cuts: readonly number[]): Uint16Array {
  const own = borders[axis]
  const field = axisFields(spec)[axis === 'r' ? 0 : axis === 'f' ? 1 : 2]
  checkBorders(field, cuts)
  const table = new Uint16Array(own.length + 1)
  for (const cut of cuts) {
    const border = own.findIndex((one) => effectiveCut(field, one) === effectiveCut(field, cut))
    if (border < 0) {
      throw new InvalidInputError(
        'OPTION_INVALID',
        `The cut ${cut} on axis ${axis} (${field}) is no border of the cube. Its bins cannot be split there. Ask for a cube with that border, or choose one of its own.`,
        { axis, field, cut },
      )
    }
    for (let bin = border + 1; bin < table.length; bin++) table[bin]!++
  }
  return table
}

function checkSpec(cube: RfmCube, spec: RfmSpec): void {
  if (spec.scoring.method !== 'thresholds') {
    throw new InvalidInputError('OPTION_INVALID', `A cube is described by thresholds, not by \`${spec.scoring.method}\`. Its cut points are not known here. Freeze them with freezeRfmCuts.`)
  }
  for (const name of ['asOf', 'timeZone', 'from', 'order', 'returns', 'monetary'] as const) {
    if (spec[name] !== cube.spec[name]) {
      throw new InvalidInputError('OPTION_INVALID', `The spec has another \`${name}\` than the cube. The customers were counted by other totals. Ask for a cube with this spec.`, { name })
    }
  }
}
