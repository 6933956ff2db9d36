import type { Expr, Selection } from '@crm/core/adapter'
import type { RfmGridResult, RfmPivotAxis } from '@crm/core/rfm'
import { boundsOfScore } from './scoreRanges.ts'
import type { ScoreBounds } from './scoreRanges.ts'

/** Bounds by field: what is known of every customer of a cell. */
export type Box = ReadonlyMap<string, ScoreBounds>

/**
 * Which cells of the drawn grid lie wholly inside a selection, wherever the selection came from: a click, the address
 * of the page, another widget.
 *
 * Conservative: a condition that cannot be decided from the cut points of the grid counts as not met, unless the grid
 * itself was asked with it.
 *
 * @returns `isSelected(r, y)`
 */
export function cellsInSelection(result: RfmGridResult, y: RfmPivotAxis, selection: Selection | null): (r: number, score: number) => boolean {
  const holds = insideSelection(result.selection, selection)
  return (r, score) => {
    const boxes = boxesOfCell(result, y, r, score)
    return boxes.length > 0 && boxes.every(holds)
  }
}

/** The same for customers of one R, F and M score: the finest cells there are, of which segments and tiers are made. */
export function scoresInSelection(result: RfmGridResult, selection: Selection | null): (r: number, f: number, m: number) => boolean {
  const holds = insideSelection(result.selection, selection)
  return (r, f, m) => holds(boxOf(result, r, f, m))
}

/**
 * Does a selection surely take in every customer between some bounds?
 *
 * @param given what all customers shown were asked for with: not a choice among them
 */
export function insideSelection(given: Selection | null, selection: Selection | null): (box: Box) => boolean {
  if (selection === null || (selection.ranges.length === 0 && selection.where === undefined)) return () => false
  const givenWhere = new Set((given?.where ? conjuncts(given.where) : []).map((expr) => JSON.stringify(expr)))
  const givenRanges = new Set((given?.ranges ?? []).map((range) => JSON.stringify(range)))
  const ranges = selection.ranges.filter((range) => !givenRanges.has(JSON.stringify(range)))
  const where = (selection.where ? conjuncts(selection.where) : []).filter((expr) => !givenWhere.has(JSON.stringify(expr)) && !isHasPurchase(expr))
  // Whom the picture was asked for is everybody in it, not a choice among its cells.
  if (ranges.length === 0 && where.length === 0) return () => false
  return (box) =>
    ranges.every(
      ({ field, above, upTo }) =>
        (above === undefined || implies(box, { op: 'gt', field, value: above })) && (upTo === undefined || implies(box, { op: 'le', field, value: upTo })),
    ) && where.every((expr) => implies(box, expr))
}

function boxesOfCell(result: RfmGridResult, y: RfmPivotAxis, r: number, score: number): Box[] {
  const { axes } = result
  const isNested = axes.m.within !== undefined
  if (y === 'f') return [boxOf(result, r, score)]
  if (y === 'm' && !isNested) return [boxOf(result, r, undefined, score)]
  const scale = Math.max(axes.f.bins, axes.m.bins)
  const boxes: Box[] = []
  for (let f = 1; f <= axes.f.bins; f++) {
    // Nobody has these scores, so there is nobody to leave out.
    if (isNested && axes.m.within?.[(r - 1) * axes.f.bins + f - 1]?.length === 0) continue
    for (let m = 1; m <= axes.m.bins; m++) {
      const mean = (Math.ceil((f * scale) / axes.f.bins) + Math.ceil((m * scale) / axes.m.bins) + 1) >> 1
      if ((y === 'm' ? m : mean) === score) boxes.push(boxOf(result, r, f, m))
    }
  }
  return boxes
}

/** What is known of customers with these scores; a score left out may be any. */
function boxOf({ axes }: RfmGridResult, r: number, f?: number, m?: number): Box {
  const box = new Map([[axes.r.field as string, boundsOfScore(axes.r, r)]])
  if (f !== undefined) box.set(axes.f.field, boundsOfScore(axes.f, f, r - 1))
  if (m !== undefined) box.set(axes.m.field, boundsOfScore(axes.m, m, (r - 1) * axes.f.bins + (f ?? 1) - 1))
  return box
}

/** Does every customer of the box meet the condition? */
function implies(box: Box, expr: Expr): boolean {
  switch (expr.op) {
    case 'and': return expr.of.every((part) => implies(box, part))
    case 'or': return expr.of.some((part) => implies(box, part))
    case 'gt':
    case 'ge': {
      const above = box.get(expr.field)?.above
      return above !== undefined && typeof expr.value === 'number' && above >= expr.value
    }
    case 'le': {
      const upTo = box.get(expr.field)?.upTo
      return upTo !== undefined && typeof expr.value === 'number' && upTo <= expr.value
    }
    case 'not': return isHasPurchase(expr)
    default: return false
  }
}

function conjuncts(expr: Expr): readonly Expr[] {
  return expr.op === 'and' ? expr.of.flatMap(conjuncts) : [expr]
}

/** Whoever stands in the grid has a purchase. */
function isHasPurchase(expr: Expr): boolean {
  return expr.op === 'not' && expr.of.op === 'isNull' && ['lastDay', 'firstDay', 'recencyDays', 'orders', 'revenue'].includes(expr.of.field)
}
