import { assignSegments } from './assignSegments.ts'
import { forEachCell } from './cells.ts'
import type { RfmBins, RfmSpec } from './rfm.types.ts'
import { compositeOf, tierOf } from './valueTiers.ts'

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
