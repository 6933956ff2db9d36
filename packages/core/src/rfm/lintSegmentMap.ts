import { isInRule } from './assignSegments.ts'
import { codeOf, forEachCell } from './cells.ts'
import { checkMapShape } from './checkSegmentMap.ts'
import type { SegmentMap, SegmentMapLint, SegmentOverlap } from './rfm.types.ts'

/**
 * Finds what a segment map does not say aloud: cells without a rule, segments that nobody can be in and the rules that
 * shadow them, rules that fit the same cells.
 *
 * It looks at every rule in each of the bins^3 cells, at most 1,000 of them, so what it does not find is not there.
 * `otherwise` is no rule: what only it takes is uncovered.
 *
 * @param map may have holes, ids that occur twice and ranges beyond its scale
 * @returns frozen
 * @throws InvalidInputError `SEGMENT_MAP_INVALID` when `bins` is not 2 to 10, or `segments` no list of at most 100 rules with ids
 * @example
 * const { covered, cells, unreachable } = lintSegmentMap(rRfmOldSegmentMap)
 * // 89 of 125; newCustomers and two others are shadowed
 */
export function lintSegmentMap(map: SegmentMap): SegmentMapLint {
  checkMapShape(map)
  const { bins, segments: rules } = map
  const uncovered: string[] = []
  /** Cells that two rules fit, and those the earlier one gets, at `earlier * rules + later`. */
  const shared = new Uint16Array(rules.length ** 2)
  const won = new Uint16Array(rules.length ** 2)
  const takes = new Uint8Array(rules.length)
  forEachCell({ r: bins, f: bins, m: bins }, (r, f, m) => {
    const fitting = [...rules.keys()].filter((index) => isInRule(rules[index]!, bins, r, f, m))
    const [first] = fitting
    if (first === undefined) uncovered.push(codeOf(bins, r, f, m))
    else takes[first] = 1
    fitting.forEach((earlier, place) => {
      for (const later of fitting.slice(place + 1)) {
        shared[earlier * rules.length + later]!++
        if (earlier === first) won[earlier * rules.length + later]!++
      }
    })
  })
  const unreachable = rules.flatMap(({ id }, later) =>
    takes[later] === 1 ? [] : [Object.freeze({ id, shadowedBy: Object.freeze(rules.flatMap((rule, earlier) => (won[earlier * rules.length + later]! > 0 ? [rule.id] : []))) })],
  )
  const overlaps: SegmentOverlap[] = []
  shared.forEach((cells, pair) => {
    if (cells === 0) return
    const [earlier, later] = [rules[Math.floor(pair / rules.length)]!.id, rules[pair % rules.length]!.id]
    overlaps.push(Object.freeze({ earlier, later, cells, earlierWins: won[pair] === cells }))
  })
  return Object.freeze({
    kind: 'segment-map-lint',
    version: 1,
    map: map.id,
    cells: bins ** 3,
    covered: bins ** 3 - uncovered.length,
    uncovered: Object.freeze(uncovered),
    unreachable: Object.freeze(unreachable),
    overlaps: Object.freeze(overlaps),
  })
}
