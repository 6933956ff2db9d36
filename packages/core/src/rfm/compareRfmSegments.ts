import { EXACT_BASE, valueOfParts } from '../shared/exactSum.ts'
import { cellOf } from './cells.ts'
import { createRfmSpec } from './createRfmSpec.ts'
import { cellsOfCube } from './describeRfmCube.ts'
import { describeCells } from './describeCells.ts'
import { finishRfmGrid } from './finishRfmGrid.ts'
import { emptySums } from './gridSums.ts'
import type { RfmGridResult, RfmGroup, RfmSpecOptions, SegmentMap } from './rfm.types.ts'
import type { RfmComparison, RfmCube } from './whatIf.types.ts'

/**
 * Who would go where when one rule replaces another: other cut points, another segment map, or both.
 *
 * @param before,after specs as {@link describeRfmCube} takes them
 * @returns frozen; the flows out of a segment add up to it, and so do those into one
 * @throws InvalidInputError as `describeRfmCube`
 * @example compareRfmSegments(cube, frozen, moved).flows[0] // { from: 0, to: 1, customers: 32, revenue: 812300 }
 */
export function compareRfmSegments(cube: RfmCube, before: RfmSpecOptions, after: RfmSpecOptions): RfmComparison {
  const sides = [createRfmSpec(before), createRfmSpec(after)].map((spec) => {
    const { cellOfBin, sums, bins } = cellsOfCube(cube, spec)
    const { segment } = describeCells(spec, bins)
    return { groupOf: cellOfBin.map((cell) => segment[cell]!), groups: finishRfmGrid(sums, spec, cube.selection, cube).segments }
  }) as [Side, Side]
  return compare(sides, cube)
}

/**
 * The same for two segment maps over the scores of one grid.
 *
 * @throws InvalidInputError `SEGMENT_MAP_INVALID`
 * @example compareSegmentMaps(grid, plainSegmentMap, ownMap).moved // customers under another name
 */
export function compareSegmentMaps(grid: RfmGridResult, before: SegmentMap, after: SegmentMap): RfmComparison {
  const { cells, axes } = grid
  const bins = { r: axes.r.bins, f: axes.f.bins, m: axes.m.bins }
  // Parts of what is one number by now: exact unless the grid says SUM_ROUNDED.
  const revenueHigh = cells.revenue.map((value) => Math.floor(value / EXACT_BASE))
  const revenueLow = cells.revenue.map((value, i) => value - revenueHigh[i]! * EXACT_BASE)
  const sums = emptySums(bins, [axes.r.cuts, axes.f.cuts, axes.m.cuts], [])
  for (let i = 0; i < cells.count; i++) {
    const cell = cellOf(bins, cells.r[i]!, cells.f[i]!, cells.m[i]!)
    sums.customers[cell] = cells.customers[i]!
    sums.orders[cell] = cells.orders[i]!
    sums.recencyDays[cell] = cells.recencyDays[i]!
    sums.revenueHigh[cell] = revenueHigh[i]!
    sums.revenueLow[cell] = revenueLow[i]!
  }
  const sides = [before, after].map((segments) => {
    const spec = createRfmSpec({ ...grid.spec, segments })
    const named = finishRfmGrid(sums, spec, grid.selection, grid)
    return { groupOf: Uint16Array.from(named.cells.segment), groups: named.segments }
  }) as [Side, Side]
  return compare(sides, { ...grid, count: cells.count, customers: cells.customers, revenueHigh, revenueLow })
}

interface Side {
  /** Index of the segment of every bin or cell. */
  readonly groupOf: Uint16Array
  readonly groups: readonly RfmGroup[]
}

type Counted = Pick<RfmCube, 'currency' | 'scale' | 'count' | 'customers' | 'revenueHigh' | 'revenueLow'>

function compare([before, after]: readonly [Side, Side], { currency, scale, count, customers, revenueHigh, revenueLow }: Counted): RfmComparison {
  const width = after.groups.length
  const size = before.groups.length * width
  const [people, high, low] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  for (let i = 0; i < count; i++) {
    const flow = before.groupOf[i]! * width + after.groupOf[i]!
    people[flow]! += customers[i]!
    high[flow]! += revenueHigh[i]!
    low[flow]! += revenueLow[i]!
  }
  const flows: RfmComparison['flows'][number][] = []
  let moved = 0
  for (let flow = 0; flow < size; flow++) {
    if (people[flow] === 0) continue
    const [from, to] = [Math.floor(flow / width), flow % width]
    flows.push(Object.freeze({ from, to, customers: people[flow]!, revenue: valueOfParts(high[flow]!, low[flow]!) }))
    if (before.groups[from]!.id !== after.groups[to]!.id) moved += people[flow]!
  }
  return Object.freeze({ kind: 'rfm-comparison', version: 1, currency, scale, before: before.groups, after: after.groups, flows: Object.freeze(flows), moved })
}
