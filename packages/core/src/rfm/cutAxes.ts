import type { Axis, Rank } from '../adapter/contract.ts'
import { UnsupportedError } from '../errors/index.ts'
import type { RfmBins, RfmSpec } from './rfm.types.ts'

/** Members of `percentiles` and `thresholds`, in the order of the axes. */
export const CUT_LISTS = ['recencyDays', 'frequency', 'monetary'] as const

/** The part of a spec that scores depend on. */
export type ScoringRule = Pick<RfmSpec, 'scoring' | 'frequency' | 'monetary'>

/** The three axes as a backend cuts them: recency, frequency, monetary value. Not for methods that need totals. */
export function cutAxes(rule: ScoringRule, bins: RfmBins): Axis[] {
  const at = givenCuts(rule)
  const ranks = axisRanks(rule, bins)
  return axisFields(rule).map((field, i) => ({ field, cut: at ? { at: at[i] as readonly number[] } : { ranks: ranks[i] as Rank[] } }))
}

/** For methods that a data source cannot count by. */
export function unsupported(method: string): UnsupportedError {
  return new UnsupportedError('SCORING_UNSUPPORTED', `Scores of \`${method}\` have no borders that a data source could look for. It needs every customer. Run rfmGridFromTotalsOperation, or score by \`quantile\`.`)
}

export function axisFields(rule: ScoringRule): readonly ['recencyDays', 'orders', 'revenue' | 'meanOrderValue'] {
  return ['recencyDays', 'orders', rule.monetary === 'mean' ? 'meanOrderValue' : 'revenue']
}

/** Thresholds in the units of {@link axisFields}: `repeat` counts orders after the first, so its cuts lie one higher. */
export function givenCuts(rule: ScoringRule): readonly (readonly number[])[] | null {
  const { scoring, frequency } = rule
  if (scoring.method !== 'thresholds') return null
  return CUT_LISTS.map((name) => (name === 'frequency' && frequency === 'repeat' ? scoring[name].map((cut) => cut + 1) : scoring[name]))
}

/** Ranks of the cuts of each axis among all customers: the percents of `percentiles`, else equal shares. */
export function axisRanks({ scoring }: Pick<ScoringRule, 'scoring'>, bins: RfmBins): Rank[][] {
  if (scoring.method !== 'percentiles') return [bins.r, bins.f, bins.m].map(ranksOf)
  return CUT_LISTS.map((name) => scoring[name].map((percent) => ({ of: Math.round(percent * 100), in: 10_000 })))
}

/** The cuts of `bins` equal shares. */
export function ranksOf(bins: number): Rank[] {
  return Array.from({ length: bins - 1 }, (_, i) => ({ of: i + 1, in: bins }))
}
