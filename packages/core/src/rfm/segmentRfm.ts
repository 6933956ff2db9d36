import { segmentNames } from './assignSegments.ts'
import { cellOf } from './cells.ts'
import { checkMeaning } from './createRfmSpec.ts'
import { describeCells } from './describeCells.ts'
import type { RfmScores, RfmSegments, RfmSpec } from './rfm.types.ts'
import { plainSegmentMap } from './segmentMaps.ts'
import { defaultValueTiers } from './valueTiers.ts'

/** An `RfmSpec` fits. */
export type SegmentRfmOptions = Partial<Pick<RfmSpec, 'segments' | 'tiers' | 'composite'>>

/**
 * Names segment and value tier of every scored customer.
 *
 * @param scores of `scoreRfm`; the map is rescaled to their bins
 * @returns frozen; -1 in `segment` and `tier` = no purchase
 * @throws InvalidInputError `SEGMENT_MAP_INVALID` (also when a cell has no segment), `TIERS_INVALID`, `WEIGHTS_INVALID`, `SPEC_INVALID`
 * @example
 * const { segments, segment } = segmentRfm(scores)
 * segments[segment[0]]?.name // 'Champions'
 */
export function segmentRfm(scores: Pick<RfmScores, 'bins' | 'r' | 'f' | 'm'>, options: SegmentRfmOptions = {}): RfmSegments {
  const { bins, r, f, m } = scores
  const { segments = plainSegmentMap, tiers = defaultValueTiers(bins), composite = { method: 'sum' } } = options
  checkMeaning({ composite, segments, tiers })
  const cells = describeCells({ segments, tiers, composite }, bins)
  const n = r.length
  const segment = new Int8Array(n).fill(-1)
  const tier = new Int8Array(n).fill(-1)
  const points = new Float64Array(n)
  for (let row = 0; row < n; row++) {
    if (r[row] === 0) continue
    const cell = cellOf(bins, r[row]!, f[row]!, m[row]!)
    segment[row] = cells.segment[cell]!
    tier[row] = cells.tier[cell]!
    points[row] = cells.composite[cell]!
  }
  return Object.freeze({
    kind: 'rfm-segments',
    version: 1,
    segments: Object.freeze(segmentNames(segments).map((named) => Object.freeze(named))),
    tiers: Object.freeze(tiers.map(({ id, name = id, from }) => Object.freeze({ id, name, from }))),
    segment,
    tier,
    composite: points,
  })
}
