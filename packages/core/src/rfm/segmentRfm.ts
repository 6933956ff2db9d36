import { assignSegments, segmentNames } from './assignSegments.ts'
import { cellOf, forEachCell } from './cells.ts'
import type { RfmBins, RfmScores, RfmSegments, RfmSpec } from './rfm.types.ts'
import { plainSegmentMap } from './segmentMaps.ts'
import { compositeOf, defaultValueTiers, tierOf } from './valueTiers.ts'

/** An `RfmSpec` fits. */
export type SegmentRfmOptions = Partial<Pick<RfmSpec, 'segments' | 'tiers' | 'composite'>>

/**
 * Names segment and value tier of every scored customer.
 *
 * @param scores of `scoreRfm`; the map is rescaled to their bins
 * @returns frozen; -1 in `segment` and `tier` = no purchase
 * @throws InvalidInputError `SEGMENT_MAP_INVALID` when a cell has no segment
 * @example
 * const { segments, segment } = segmentRfm(scores)
 * segments[segment[0]]?.name // 'Champions'
 */
export function segmentRfm(scores: Pick<RfmScores, 'bins' | 'r' | 'f' | 'm'>, options: SegmentRfmOptions = {}): RfmSegments {
  const { bins, r, f, m } = scores
  const { segments = plainSegmentMap, tiers = defaultValueTiers(bins), composite = { method: 'sum' } } = options
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
    segments: Object.freeze(segmentNames(segments)),
    tiers: Object.freeze(tiers.map(({ id, name = id, from }) => ({ id, name, from }))),
    segment,
    tier,
    composite: points,
  })
}

/** What every cell of a grid means, in the order of `cellOf`. */
export function describeCells(spec: Pick<RfmSpec, 'segments' | 'tiers' | 'composite'>, bins: RfmBins): { segment: Uint8Array; tier: Uint8Array; composite: Float64Array } {
  const segment = assignSegments(spec.segments, bins)
  const tier = new Uint8Array(segment.length)
  const composite = new Float64Array(segment.length)
  forEachCell(bins, (r, f, m, cell) => {
    composite[cell] = compositeOf(spec.composite, r, f, m)
    tier[cell] = tierOf(spec.tiers, composite[cell]!)
  })
  return { segment, tier, composite }
}
