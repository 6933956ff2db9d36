import { selectCuts } from '../shared/selectCuts.ts'
import { runToEnd } from '../shared/steps.ts'
import { givenCuts, ranksOf } from './cutAxes.ts'
import type { ScoringRule } from './cutAxes.ts'
import { rRfmCuts } from './rRfmCuts.ts'
import type { RfmBins, RfmMeasures } from './rfm.types.ts'

/** Values of the three axes of the customers that have a purchase, in input order. */
export function axisValues(totals: RfmMeasures, rule: ScoringRule, buyers: Int32Array): readonly [Float64Array, Float64Array, Float64Array] {
  const r = new Float64Array(buyers.length)
  const f = new Float64Array(buyers.length)
  const m = new Float64Array(buyers.length)
  for (let i = 0; i < buyers.length; i++) {
    const row = buyers[i] as number
    // + 0: a -0 would be counted apart from 0.
    r[i] = totals.recencyDays[row]! + 0
    f[i] = totals.orders[row]!
    m[i] = (rule.monetary === 'mean' ? totals.revenue[row]! / f[i]! : totals.revenue[row]!) + 0
  }
  return [r, f, m]
}

/** Cut points over values in hand, equal to what a backend answers to `cutAxes`. */
export function cutsOf(values: readonly Float64Array[], rule: ScoringRule, bins: RfmBins, scale: number): readonly (readonly number[])[] {
  const given = givenCuts(rule)
  if (given) return given
  const counts = [bins.r, bins.f, bins.m] as const
  return values.map((column, axis) => {
    const count = counts[axis] as number
    return rule.scoring.method === 'quantile' ? runToEnd(selectCuts(column, ranksOf(count))) : rRfmCuts(column.toSorted(), count, axis === 2 ? scale : 0)
  })
}
