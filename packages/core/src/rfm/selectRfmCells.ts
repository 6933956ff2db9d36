import type { Expr, Range, Selection } from '../adapter/contract.ts'
import { InvalidInputError, UnsupportedError } from '../errors/index.ts'
import { HAS_PURCHASE, rangesToExprs, whereAll } from '../shared/selection.ts'
import { isAmong } from './assignSegments.ts'
import { forEachCell } from './cells.ts'
import { describeCells } from './describeCells.ts'
import { fmOf } from './pivotRfmGrid.ts'
import type { RfmAxis, RfmBins, RfmCellPick, RfmGridResult, RfmPick } from './rfm.types.ts'

/** Score ranges of a box, by axis r, f, m. */
type Box = [r: [number, number], f: [number, number], m: [number, number]]

/**
 * Turns cells, a segment or a tier of a grid into a Selection whose members are exactly the customers counted there.
 *
 * One box of scores becomes `ranges`; several become an `or` in `where`. A grid's own selection is kept.
 *
 * @param pick scores (one number or a range per axis), a list of such, `{ segment: id }` or `{ tier: id }`
 * @param label for people; default: the name of the segment or tier, or the scores
 * @returns plain JSON, frozen
 * @throws InvalidInputError `OPTION_INVALID` for a segment or tier that the grid does not have
 * @throws UnsupportedError `SCORING_UNSUPPORTED` for a grid of `ntile`, whose scores have no borders
 * @example selectRfmCells(grid, { r: 5, f: [4, 5] })
 * // { label: 'R 5 F 4-5', where: not isNull lastDay, ranges: [recencyDays up to 12, orders above 3] }
 */
export function selectRfmCells(grid: RfmGridResult, pick: RfmPick, label?: string): Selection {
  const { axes, selection } = grid
  if (grid.spec.scoring.method === 'ntile') {
    throw new UnsupportedError('SCORING_UNSUPPORTED', 'Scores of `ntile` have no borders. No range of values holds just the customers of a cell. Score by `quantile` to select them.')
  }
  const bins = { r: axes.r.bins, f: axes.f.bins, m: axes.m.bins }
  const [isPicked, name] = picked(grid, pick, bins)
  const boxes = boxesOf(bins, isPicked, axes.m.within !== undefined)
  // Nobody is scored: there are no cuts to draw a border by, and nobody to select.
  const ranges = grid.totals.customers === 0 ? [] : boxes.map((box) => rangesOf(box, grid))
  const [only] = ranges
  const isOneBox = ranges.length === 1
  const anyOf: Expr = { op: 'or', of: ranges.map((box): Expr => ({ op: 'and', of: rangesToExprs(box) })) }
  const made: Selection = {
    label: label ?? name,
    ...whereAll([selection?.where, HAS_PURCHASE, isOneBox ? undefined : anyOf]),
    ranges: [...(selection?.ranges ?? []), ...(isOneBox ? only! : [])],
  }
  return Object.freeze(made)
}

function picked(grid: RfmGridResult, pick: RfmPick, bins: RfmBins): readonly [isPicked: (r: number, f: number, m: number, cell: number) => boolean, name: string] {
  if ('segment' in pick || 'tier' in pick) {
    const [kind, groups, id] = 'segment' in pick ? (['segment', grid.segments, pick.segment] as const) : (['tier', grid.tiers, pick.tier] as const)
    const groupOfCell = describeCells(grid.spec, bins)[kind]
    const index = groups.findIndex((group) => group.id === id)
    if (index < 0) throw new InvalidInputError('OPTION_INVALID', `The grid has no group "${id}". Nobody can be selected. Pick an id of its segments or tiers.`)
    return [(_r, _f, _m, cell) => groupOfCell[cell] === index, groups[index]!.name]
  }
  const cells: readonly RfmCellPick[] = 'cells' in pick ? pick.cells : [pick]
  return [
    (r, f, m) => cells.some((one) => isAmong(one, r, f, m, fmOf(bins, f, m))),
    cells.map(nameOf).join(', '),
  ]
}

/**
 * Few boxes that cover just the cells wanted: single cells, joined along M, then F, then R. Nested cuts differ from one
 * score to the next, so there only boxes are joined that span the axes after.
 */
function boxesOf(bins: RfmBins, isPicked: (r: number, f: number, m: number, cell: number) => boolean, isNested: boolean): Box[] {
  const counts = [bins.r, bins.f, bins.m] as const
  let boxes: Box[] = []
  forEachCell(bins, (r, f, m, cell) => {
    if (isPicked(r, f, m, cell)) boxes.push([[r, r], [f, f], [m, m]])
  })
  for (const along of [2, 1, 0] as const) {
    const joined: Box[] = []
    for (const box of boxes) {
      const neighbour = joined.find((other) => other.every(([low, high], axis) => (axis === along ? high + 1 === box[axis]![0] : low === box[axis]![0] && high === box[axis]![1] && !(isNested && axis > along && high - low + 1 < counts[axis]!))))
      if (neighbour) neighbour[along][1] = box[along][1]
      else joined.push(box)
    }
    boxes = joined
  }
  return boxes
}

function rangesOf([r, f, m]: Box, { axes }: RfmGridResult): Range[] {
  const { bins } = axes.r
  const group = r[0] - 1
  return [...rangeBetween(axes.r, bins - r[1], bins - r[0]), ...rangeBetween(axes.f, f[0] - 1, f[1] - 1, group), ...rangeBetween(axes.m, m[0] - 1, m[1] - 1, group * axes.f.bins + f[0] - 1)]
}

/** Bins `first..last`, from 0 in order of the values; no range when that is the whole axis. */
function rangeBetween({ field, cuts: own, within }: RfmAxis, first: number, last: number, group = 0): Range[] {
  const cuts = within?.[group] ?? own
  const [above, upTo] = [cuts[first - 1], cuts[last]]
  return above === undefined && upTo === undefined ? [] : [{ field, ...(above === undefined ? {} : { above }), ...(upTo === undefined ? {} : { upTo }) }]
}

function nameOf(pick: RfmCellPick): string {
  const parts = (['r', 'f', 'm', 'fm'] as const).flatMap((axis) => {
    const scores = pick[axis]
    return scores === undefined ? [] : [`${axis.toUpperCase()} ${[...new Set([scores].flat())].join('-')}`]
  })
  return parts.join(' ') || 'R F M'
}
