import { InvalidInputError } from '../errors/index.ts'
import { codeOf, forEachCell, meanScore, rescaleScore } from './cells.ts'
import type { RfmBins, RfmCellPick, ScoreRange, SegmentMap, SegmentRule } from './rfm.types.ts'

/**
 * The segment of every cell: index into {@link segmentNames}, in the order of `cellOf`.
 *
 * @throws InvalidInputError `SEGMENT_MAP_INVALID` when a cell has no segment
 */
export function assignSegments(map: SegmentMap, bins: RfmBins): Uint8Array {
  const segmentOfCell = new Uint8Array(bins.r * bins.f * bins.m)
  forEachCell(bins, (r, f, m, cell) => {
    const found = firstRule(map, rescaleScore(r, bins.r, map.bins), rescaleScore(f, bins.f, map.bins), rescaleScore(m, bins.m, map.bins))
    if (found < 0 && !map.otherwise) {
      throw new InvalidInputError(
        'SEGMENT_MAP_INVALID',
        `Segment map "${map.id}" has no rule for R ${r} F ${f} M ${m}. Those customers would be in no segment. Add a rule or \`otherwise\`.`,
        { r, f, m },
      )
    }
    segmentOfCell[cell] = found < 0 ? map.segments.length : found
  })
  return segmentOfCell
}

/** The segments a map can give, `otherwise` last. */
export function segmentNames(map: SegmentMap): { readonly id: string; readonly name: string }[] {
  return [...map.segments, ...(map.otherwise ? [map.otherwise] : [])].map(({ id, name = id }) => ({ id, name }))
}

/** Scores on the scale of the map. -1 = no rule. */
export function firstRule(map: SegmentMap, r: number, f: number, m: number): number {
  return map.segments.findIndex((rule) => isInRule(rule, map.bins, r, f, m))
}

/** Does a rule fit these scores, whoever comes before it? */
export function isInRule(rule: SegmentRule, bins: number, r: number, f: number, m: number): boolean {
  return isAmong(rule, r, f, m, meanScore(f, m)) && rule.codes?.includes(codeOf(bins, r, f, m)) !== false
}

/** Are these scores among those of a rule or a pick? An axis it does not name may be anything. */
export function isAmong(rule: RfmCellPick, r: number, f: number, m: number, fm: number): boolean {
  return inRange(rule.r, r) && inRange(rule.f, f) && inRange(rule.m, m) && inRange(rule.fm, fm)
}

function inRange(range: number | ScoreRange | undefined, score: number): boolean {
  if (range === undefined) return true
  return typeof range === 'number' ? range === score : range[0] <= score && score <= range[1]
}
