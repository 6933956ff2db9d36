import { plainSegmentMap } from '@crm/core/rfm'
import type { RfmSpecOptions } from '@crm/core/rfm'
import type { SegmentGrouping } from './segmentRows.ts'

/** Platinum, gold, silver, bronze. */
const DEFAULT_TIERS = 4

/** How many groups there will be, known from the request before there is a result. */
export function expectedRows({ segments = plainSegmentMap, tiers }: RfmSpecOptions, group: SegmentGrouping): number {
  if (group === 'tiers') return tiers?.length ?? DEFAULT_TIERS
  return segments.segments.length + (segments.otherwise === undefined ? 0 : 1)
}
