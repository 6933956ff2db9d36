import type { RfmAxis, RfmGridResult, RfmPivotAxis, RfmSpecOptions } from '@crm/core/rfm'

/** Values that get one score: `above < value <= upTo`; a side left out is open. */
export interface ScoreBounds {
  readonly above?: number
  readonly upTo?: number
}

/**
 * Bounds of a score on its axis. Recency counts backwards: the fewest days have the highest score.
 *
 * @param group which of the cut points `within`, where the axis has those
 */
export function boundsOfScore(axis: RfmAxis, score: number, group = 0): ScoreBounds {
  const bin = axis.field === 'recencyDays' ? axis.bins - score : score - 1
  const cuts = axis.within?.[group] ?? axis.cuts
  const above = cuts[bin - 1]
  const upTo = cuts[bin]
  return { ...(above === undefined ? {} : { above }), ...(upTo === undefined ? {} : { upTo }) }
}

/** Equal cut points leave no value between them, and beyond the largest whole number there is none. */
export function isUnreachable({ above = -Infinity, upTo = Infinity }: ScoreBounds): boolean {
  return above >= upTo || above >= Number.MAX_SAFE_INTEGER || upTo <= -Number.MAX_SAFE_INTEGER
}

/** Is the axis cut the same for all customers, so that a score has one range? */
export function hasRanges(axis: RfmAxis): boolean {
  return axis.cuts.length > 0
}

/** How many scores the rows and columns will have, known from the request before there is a result. */
export function expectedBins(spec: RfmSpecOptions, y: RfmPivotAxis): { readonly r: number; readonly y: number } {
  const { scoring = { method: 'quantile' as const, bins: 5 } } = spec
  const given = 'bins' in scoring ? scoring.bins : 4
  const bins =
    'recencyDays' in scoring
      ? { r: scoring.recencyDays.length + 1, f: scoring.frequency.length + 1, m: scoring.monetary.length + 1 }
      : typeof given === 'number'
        ? { r: given, f: given, m: given }
        : given
  const inside = (count: number): number => (Number.isInteger(count) && count >= 2 && count <= 10 ? count : 5)
  return { r: inside(bins.r), y: inside(y === 'fm' ? Math.max(bins.f, bins.m) : bins[y]) }
}

/** The axis of the result that the rows stand for; null for `fm`, which is a mean of scores without cut points. */
export function axisOf(result: RfmGridResult, y: RfmPivotAxis): RfmAxis | null {
  return y === 'fm' ? null : result.axes[y]
}
