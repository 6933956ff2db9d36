import { InvalidInputError } from '../errors/index.ts'
import { assignSegments, segmentNames } from './assignSegments.ts'
import { codeOf, forEachCell, isWhole } from './cells.ts'
import type { ScoreRange, SegmentMap } from './rfm.types.ts'

/**
 * Checks that a map gives every cell a segment, by rules within its scale.
 *
 * @throws InvalidInputError `SEGMENT_MAP_INVALID`, naming the first rule or cell that is wrong
 */
export function checkSegmentMap(map: SegmentMap): void {
  checkMapShape(map)
  const { bins, segments } = map
  const inside = (range: ScoreRange | undefined): boolean => range === undefined || (isWhole(range[0], 1, bins) && isWhole(range[1], range[0], bins))
  const cells: string[] = []
  forEachCell({ r: bins, f: bins, m: bins }, (r, f, m) => cells.push(codeOf(bins, r, f, m)))
  for (const { id, r, f, m, fm, codes = [] } of segments) {
    if (!([r, f, m, fm].every(inside) && codes.every((code) => cells.includes(code)))) fail(map, `a range or code of "${id}" is not within 1 to ${bins}`)
  }
  const names = segmentNames(map)
  if (new Set(names.map(({ id }) => id)).size < names.length) fail(map, 'an id occurs twice')
  assignSegments(map, { r: bins, f: bins, m: bins })
}

/**
 * Checks what is needed to look at a map at all, holes or not: maps are data, and come from files and forms.
 *
 * @throws InvalidInputError `SEGMENT_MAP_INVALID`
 */
export function checkMapShape(map: SegmentMap): void {
  if (!isWhole(map?.bins, 2, 10)) fail(map, '`bins` must be 2 to 10')
  if (!Array.isArray(map.segments) || map.segments.length > 100) fail(map, '`segments` must be a list of at most 100 rules')
  for (const [index, rule] of map.segments.entries()) {
    const isRule = isNamed(rule) && [rule.r, rule.f, rule.m, rule.fm, rule.codes].every((list) => list === undefined || Array.isArray(list))
    if (!isRule) fail(map, `rule ${index} has no \`id\`, or a member that is no list`)
  }
  if (map.otherwise !== undefined && !isNamed(map.otherwise)) fail(map, '`otherwise` has no `id`')
}

/** Does it have an id, and a name that is a text if any? */
export function isNamed(one: { readonly id: string; readonly name?: string } | null | undefined): boolean {
  return typeof one?.id === 'string' && (one.name === undefined || typeof one.name === 'string')
}

function fail(map: SegmentMap, why: string): never {
  throw new InvalidInputError('SEGMENT_MAP_INVALID', `Segment map "${map?.id}": ${why}. The figures would mean something else. Correct the segment map.`)
}
