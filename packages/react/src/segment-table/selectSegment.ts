import type { Selection } from '@crm/core/adapter'
import { selectRfmCells } from '@crm/core/rfm'
import type { RfmGridResult } from '@crm/core/rfm'
import { scoresInSelection } from '../rfm-grid/selectedCells.ts'
import type { SegmentGrouping, SegmentRow } from './segmentRows.ts'

/** Can customers of a score be told by their values? `ntile` gives equals different scores, so there they cannot. */
export function hasBorders({ spec }: RfmGridResult): boolean {
  return spec.scoring.method !== 'ntile'
}

/** A segment or tier as the page's Selection, labelled with its name; null where scores have no borders. */
export function selectSegment(result: RfmGridResult, group: SegmentGrouping, { id, name }: Pick<SegmentRow, 'id' | 'name'>): Selection | null {
  return !hasBorders(result) ? null : selectRfmCells(result, group === 'segments' ? { segment: id } : { tier: id }, name)
}

/** Do two selections choose by the same conditions, whatever they are called? */
export function isSameChoice(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b
  return JSON.stringify([a.ranges, a.where]) === JSON.stringify([b.ranges, b.where])
}

/**
 * Ids of the groups whose customers are all inside a selection, wherever it came from: a press here, a cell of the RFM
 * grid, the address of the page. By the same reading as the marks of the grid.
 */
export function segmentsInSelection(result: RfmGridResult, group: SegmentGrouping, selection: Selection | null): ReadonlySet<string> {
  const isInside = scoresInSelection(result, selection)
  const { cells } = result
  const groupOfCell = group === 'segments' ? cells.segment : cells.tier
  const inside = new Set<number>()
  const outside = new Set<number>()
  for (let cell = 0; cell < cells.count; cell += 1) {
    if (cells.customers[cell]! > 0) (isInside(cells.r[cell]!, cells.f[cell]!, cells.m[cell]!) ? inside : outside).add(groupOfCell[cell]!)
  }
  return new Set([...inside].filter((index) => !outside.has(index)).map((index) => result[group][index]!.id))
}
