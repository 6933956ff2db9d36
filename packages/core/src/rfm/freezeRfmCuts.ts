import { InvalidInputError } from '../errors/index.ts'
import { createRfmSpec } from './createRfmSpec.ts'
import { axisFields } from './cutAxes.ts'
import { isWholeField } from './measureBins.ts'
import type { RfmAxes, RfmSpec, RfmSpecOptions } from './rfm.types.ts'
import type { RfmField } from './whatIf.types.ts'

/** Cut points per axis, ascending, in the unit of its field: whole orders under `frequency: 'repeat'`, too. */
export interface RfmCuts {
  readonly r: readonly number[]
  readonly f: readonly number[]
  readonly m: readonly number[]
}

/**
 * The spec with the cut points of a grid as thresholds: scores that other customers cannot move any more, and what
 * {@link describeRfmCube} takes.
 *
 * On the same customers all scores stay, whatever method found the cut points. Cut points that coincide are told apart
 * by tenths above the value, where no whole number lies: the score between them stays empty as it was. A mean order
 * value is no whole number, and beyond 2^49 there are no tenths; there the next cut lies one bit higher, and a value on
 * that very bit would score one lower.
 *
 * @param axes the `axes` of a grid or of scores, or cut points in the units of the fields
 * @returns frozen
 * @throws InvalidInputError as `createRfmSpec`; `OPTION_INVALID` when nobody was scored, and for `nested` and `ntile`, which cut no axis as a whole
 * @example createRfmSpec(freezeRfmCuts(spec, grid.axes)).scoring // { method: 'thresholds', recencyDays: [12, 40], ... }
 */
export function freezeRfmCuts(spec: RfmSpecOptions, axes: RfmAxes | RfmCuts): RfmSpec {
  const { monetary, frequency, ...rest } = createRfmSpec(spec)
  const cutsOf = (axis: 'r' | 'f' | 'm'): readonly number[] => ('cuts' in axes[axis] ? axes[axis].cuts : axes[axis])
  const [r, f, m] = axisFields({ monetary, frequency, scoring: rest.scoring }).map((field, i) => apart(field, withinReach(field, cutsOf((['r', 'f', 'm'] as const)[i]!)))) as [number[], number[], number[]]
  if (r.length === 0 || f.length === 0 || m.length === 0) {
    throw new InvalidInputError('OPTION_INVALID', 'There are no cut points to freeze. Nobody was scored, or the scoring has none that hold for all, as `nested` and `ntile`. Freeze the cuts of another grid, or give thresholds.')
  }
  const orders = frequency === 'repeat' ? f.map((cut) => cut - 1) : f
  return createRfmSpec({ ...rest, monetary, frequency, scoring: { method: 'thresholds', recencyDays: r, frequency: orders, monetary: m } })
}

/** Scores that `pymc-marketing` loses lie at 2^53 - 1, where the one order of `repeat` more or less is lost too. Nobody has 2^31 orders. */
function withinReach(field: RfmField, cuts: readonly number[]): readonly number[] {
  return field === 'orders' ? cuts.map((cut) => Math.min(cut, 2 ** 31)) : cuts
}

/** At most eight cuts share a value, so tenths are fine enough. */
function apart(field: RfmField, cuts: readonly number[]): number[] {
  const result: number[] = []
  for (const cut of cuts) {
    const before = result.at(-1)
    result.push(before === undefined || cut > before ? cut : isWholeField(field) && Number.isInteger(cut) ? nextTenth(before) : nextUp(before))
  }
  return result
}

function nextTenth(value: number): number {
  return Math.max(Math.round(value * 10 + 1) / 10, nextUp(value)) // beyond 2^49 there are no tenths
}

/** The next float64. */
function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  const float = Float64Array.of(value)
  const bits = new BigInt64Array(float.buffer)
  bits[0]! += value > 0 ? 1n : -1n
  return float[0]!
}
