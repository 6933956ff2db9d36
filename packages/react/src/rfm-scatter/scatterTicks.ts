import { isWholeNumber, positionOf } from './scatterAxis.ts'
import type { ScatterAxis } from './scatterAxis.ts'

export interface ScatterTick {
  readonly value: number
  /** 0..1, from the worse end of the axis. */
  readonly position: number
  readonly isCut: boolean
  /** Has no room in a narrow picture. */
  readonly isMinor: boolean
}

/** Weeks, months and years, which read better than round numbers of days. */
const ROUND_DAYS: readonly number[] = [7, 14, 30, 60, 90, 180, 365, 730, 1095]

/**
 * The borders to label: the cut points first, then the roundest ones, none closer than `space` to another.
 *
 * @param space 0..1 of the axis; `narrow` is asked of those that stay where the picture is narrow
 * @param scale decimals in money
 */
export function ticksOf(axis: ScatterAxis, space: { readonly wide: number; readonly narrow: number }, scale: number): ScatterTick[] {
  const ticks = [...new Set([...axis.cuts, ...axis.edges.slice(1, -1)])].map((value) => {
    const isCut = axis.cuts.includes(value)
    const shown = isWholeNumber(axis.field) ? value : value / 10 ** scale
    return { value, position: positionOf(axis, value), isCut, rank: isCut ? 10 : roundness(shown, axis.field === 'recencyDays') }
  })
  // Equals from the worse end on, so that the choice does not depend on the engine's sort.
  ticks.sort((a, b) => b.rank - a.rank || a.position - b.position)
  const chosen: ScatterTick[] = []
  for (const { value, position, isCut } of ticks) {
    const isFree = (room: number, others: readonly ScatterTick[]): boolean => others.every((other) => Math.abs(other.position - position) >= room)
    if (isFree(space.wide, chosen)) chosen.push({ value, position, isCut, isMinor: !isFree(space.narrow, chosen.filter(({ isMinor }) => !isMinor)) })
  }
  return chosen.sort((a, b) => a.position - b.position)
}

/** 5 for 1, 10, 100; 4 for 5, 50; 3 for 2, 20; less for the rest. */
function roundness(value: number, isDays: boolean): number {
  if (isDays && ROUND_DAYS.includes(value)) return 4
  const digits = Math.abs(value).toPrecision(12).replace(/e.*$/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '')
  if (digits.length === 1) return ({ '1': 5, '5': 4, '2': 3 } as Readonly<Record<string, number>>)[digits] ?? 2
  return digits.length === 2 ? 1 : 0
}
