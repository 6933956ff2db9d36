import { codeOf } from './cells.ts'
import type { RfmScores } from './rfm.types.ts'

/**
 * The scores of one customer as text: `555`, or `1-10-10` when an axis has ten scores; empty without a purchase.
 *
 * @example rfmCode(scores, 0) // '545'
 */
export function rfmCode({ bins, r, f, m }: Pick<RfmScores, 'bins' | 'r' | 'f' | 'm'>, row: number): string {
  return r[row] ? codeOf(Math.max(bins.r, bins.f, bins.m), r[row], f[row]!, m[row]!) : ''
}
