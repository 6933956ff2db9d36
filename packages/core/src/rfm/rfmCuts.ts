import { selectCuts } from '../shared/selectCuts.ts'
import { runToEnd } from '../shared/steps.ts'
import { axisRanks, givenCuts } from './cutAxes.ts'
import type { ScoringRule } from './cutAxes.ts'
import { pymcCuts } from './pymcCuts.ts'
import { rRfmCuts } from './rRfmCuts.ts'
import type { RfmBins, RfmMeasures } from './rfm.types.ts'

/** Writes the values of one axis (0 recency, 1 frequency, 2 monetary) of the customers with a purchase, in input order. */
export function fillAxis(axis: number, { recencyDays, orders, revenue }: RfmMeasures, rule: ScoringRule, buyers: Int32Array, values: Float64Array): void {
  const source = axis === 0 ? recencyDays : axis === 1 ? orders : revenue
  // + 0: a -0 would be counted apart from 0.
  for (let i = 0; i < buyers.length; i++) values[i] = source[buyers[i] as number]! + 0
  if (axis === 2 && rule.monetary === 'mean') for (let i = 0; i < buyers.length; i++) values[i] = values[i]! / orders[buyers[i] as number]! + 0
}

/** Cut points of one axis over values in hand; at ranks they equal what a backend answers to `cutAxes`. */
export function cutsOfAxis(axis: number, values: Float64Array, rule: ScoringRule, bins: RfmBins, scale: number): readonly number[] {
  const given = givenCuts(rule)
  if (given) return given[axis] as readonly number[]
  switch (rule.scoring.method) {
    case 'r-rfm':
      return rRfmCuts(values.toSorted(), [bins.r, bins.f, bins.m][axis]!, axis === 2 ? scale : 0)
    case 'pymc-marketing':
      return pymcCuts(values.toSorted(), axis === 0)
    default:
      return runToEnd(selectCuts(values, axisRanks(rule, bins)[axis]!))
  }
}
