import type { WarningCount } from '../adapter/contract.ts'
import { axisFields } from './cutAxes.ts'
import type { ScoringRule } from './cutAxes.ts'
import type { RfmAxes, RfmAxis, RfmBins } from './rfm.types.ts'

/**
 * Says of each axis where it is cut and which scores it really has.
 *
 * @param scores one column per axis, of customers or of occupied cells; 0 = not scored
 * @param within one entry per axis, under `nested`
 */
export function describeAxes(
  rule: ScoringRule,
  bins: RfmBins,
  cuts: readonly (readonly number[])[],
  scores: readonly Uint8Array[],
  customers: number,
  within: readonly RfmAxis['within'][] = [],
): RfmAxes {
  const fields = axisFields(rule)
  const [r, f, m] = ([bins.r, bins.f, bins.m] as const).map((count, axis): RfmAxis => {
    const effectiveBins = rule.scoring.method === 'thresholds' ? count : distinctScores(scores[axis] as Uint8Array)
    const inside = within[axis]
    const reason = effectiveBins === count ? null : customers < count * (inside?.length ?? 1) ? 'fewCustomers' : 'ties'
    return Object.freeze({ field: fields[axis] as RfmAxis['field'], bins: count, effectiveBins, reason, cuts: Object.freeze([...(cuts[axis] as readonly number[])]), ...(inside && { within: inside }) })
  }) as [RfmAxis, RfmAxis, RfmAxis]
  return Object.freeze({ r, f, m })
}

/** No score is lost in silence: how many of them nobody can have. Without customers there is nothing to miss. */
export function unreachedScores({ r, f, m }: RfmAxes, customers: number): WarningCount[] {
  const count = [r, f, m].reduce((sum, { bins, effectiveBins }) => sum + bins - effectiveBins, 0)
  return count > 0 && customers > 0 ? [{ code: 'SCORES_NOT_REACHED', count }] : []
}

function distinctScores(scores: Uint8Array): number {
  let count = 0
  for (let score = 1; score <= 10; score++) if (scores.includes(score)) count++
  return count
}
