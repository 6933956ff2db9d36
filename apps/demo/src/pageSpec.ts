import {
  createRfmSpec,
  freezeRfmCuts,
  plainSegmentMap,
  pymcMarketingSegmentMap,
  rRfmOldSegmentMap,
  rRfmSegmentMap,
  recencyByValueSegmentMap,
  threePointSegmentMap,
  type RfmCuts,
  type RfmSpec,
  type SegmentMap,
} from '@crm/core/rfm'
import type { SegmentMapId, ViewState } from './viewState.ts'

const MAPS: readonly SegmentMap[] = [plainSegmentMap, threePointSegmentMap, recencyByValueSegmentMap, rRfmSegmentMap, rRfmOldSegmentMap, pymcMarketingSegmentMap]

/** The rule that the page scores by: quintiles and the plain map, or what the visitor kept of what was tried out. */
export function pageSpec(base: Pick<RfmSpec, 'asOf' | 'timeZone'>, { cuts, map }: Pick<ViewState, 'cuts' | 'map'>): RfmSpec {
  const spec = createRfmSpec({ ...base, segments: MAPS.find(({ id }) => id === map) ?? plainSegmentMap })
  if (cuts === null) return spec
  try {
    return freezeRfmCuts(spec, cuts)
  } catch {
    return spec // an address that was changed by hand: quintiles make sense with any data
  }
}

/** What of a spec with thresholds goes into the address. */
export function keptRule({ scoring, segments }: RfmSpec): Pick<ViewState, 'cuts' | 'map'> {
  const cuts: RfmCuts | null = scoring.method === 'thresholds' ? { r: scoring.recencyDays, f: scoring.frequency, m: scoring.monetary } : null
  return { cuts, map: (MAPS.find(({ id }) => id === segments.id)?.id ?? 'plain') as SegmentMapId }
}
