import type { Axis, Rank } from '../adapter/contract.ts'
import { cutsAtRanks } from '../shared/ranks.ts'
import { rRfmCuts } from './rRfmCuts.ts'
import type { RfmBins, RfmMeasures, RfmSpec } from './rfm.types.ts'

/** The part of a spec that scores depend on. */
export type ScoringRule = Pick<RfmSpec, 'scoring' | 'frequency' | 'monetary'>

/** The three axes as a backend cuts them: recency, frequency, monetary value. Not for `r-rfm`, which needs totals. */
export function cutAxes(rule: ScoringRule, bins: RfmBins): Axis[] {
  const at = givenCuts(rule)
  const counts = [bins.r, bins.f, bins.m] as const
  return axisFields(rule).map((field, i) => ({ field, cut: at ? { at: at[i] as readonly number[] } : { ranks: ranksOf(counts[i] as number) } }))
}

export function axisFields(rule: ScoringRule): readonly ['recencyDays', 'orders', 'revenue' | 'meanOrderValue'] {
  return ['recencyDays', 'orders', rule.monetary === 'mean' ? 'meanOrderValue' : 'revenue']
}

/** Values of the three axes of the customers that have a purchase, in input order. */
export function axisValues(totals: RfmMeasures, rule: ScoringRule, buyers: Int32Array): readonly [Float64Array, Float64Array, Float64Array] {
  const r = new Float64Array(buyers.length)
  const f = new Float64Array(buyers.length)
  const m = new Float64Array(buyers.length)
  for (let i = 0; i < buyers.length; i++) {
    const row = buyers[i] as number
    r[i] = totals.recencyDays[row] as number
    f[i] = totals.orders[row] as number
    m[i] = rule.monetary === 'mean' ? (totals.revenue[row] as number) / f[i]! : (totals.revenue[row] as number)
  }
  return [r, f, m]
}

/** Cut points over values in hand, equal to what a backend answers to {@link cutAxes}. */
export function cutsOf(values: readonly Float64Array[], rule: ScoringRule, bins: RfmBins, scale: number): readonly (readonly number[])[] {
  const given = givenCuts(rule)
  if (given) return given
  const counts = [bins.r, bins.f, bins.m] as const
  return values.map((column, axis) => {
    const sorted = column.toSorted()
    const count = counts[axis] as number
    return rule.scoring.method === 'quantile' ? cutsAtRanks(sorted, ranksOf(count)) : rRfmCuts(sorted, count, axis === 2 ? scale : 0)
  })
}

/** Thresholds in the units of {@link axisFields}: `repeat` counts orders after the first, so its cuts lie one higher. */
function givenCuts(rule: ScoringRule): readonly (readonly number[])[] | null {
  if (rule.scoring.method !== 'thresholds') return null
  const { recencyDays, frequency, monetary } = rule.scoring
  return [recencyDays, rule.frequency === 'repeat' ? frequency.map((cut) => cut + 1) : frequency, monetary]
}

function ranksOf(bins: number): Rank[] {
  return Array.from({ length: bins - 1 }, (_, i) => ({ of: i + 1, in: bins }))
}
