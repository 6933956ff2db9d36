import { InvalidInputError } from '../errors/index.ts'
import { forEachCell, meanScore, rescaleScore } from './cells.ts'
import type { RfmBins, RfmCellPick, ScoreRange, SegmentMap } from './rfm.types.ts'

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

/**
 * Finds what a segment map does not say aloud: cells that only `otherwise` takes, and segments that earlier rules
 * leave no cell.
 *
 * @example lintSegmentMap(plainSegmentMap) // { uncovered: [], unreachable: [] }
 */
export function lintSegmentMap(map: SegmentMap): { readonly uncovered: readonly string[]; readonly unreachable: readonly string[] } {
  const uncovered: string[] = []
  const used = new Set<number>()
  forEachCell({ r: map.bins, f: map.bins, m: map.bins }, (r, f, m) => {
    const found = firstRule(map, r, f, m)
    used.add(found)
    if (found < 0) uncovered.push(`${r}-${f}-${m}`)
  })
  return { uncovered, unreachable: map.segments.filter((_, index) => !used.has(index)).map(({ id }) => id) }
}

/** Scores on the scale of the map. -1 = no rule. */
function firstRule(map: SegmentMap, r: number, f: number, m: number): number {
  return map.segments.findIndex((rule) => isAmong(rule, r, f, m, meanScore(f, m)))
}

/** Are these scores among those of a rule or a pick? An axis it does not name may be anything. */
export function isAmong(rule: RfmCellPick, r: number, f: number, m: number, fm: number): boolean {
  return inRange(rule.r, r) && inRange(rule.f, f) && inRange(rule.m, m) && inRange(rule.fm, fm)
}

function inRange(range: number | ScoreRange | undefined, score: number): boolean {
  if (range === undefined) return true
  return typeof range === 'number' ? range === score : range[0] <= score && score <= range[1]
}
