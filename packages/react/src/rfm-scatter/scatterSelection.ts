import type { Expr, Selection } from '@crm/core/adapter'
import { insideSelection } from '../rfm-grid/selectedCells.ts'
import type { Box } from '../rfm-grid/selectedCells.ts'
import type { CellPlace } from '../shared/rovingFocus.ts'
import type { RfmScatterBin, RfmScatterView } from './rfmScatterModel.ts'
import { boundsOfBins } from './scatterAxis.ts'
import { rangesOf, selectBetween } from './scatterRequests.ts'
import type { ScatterZoom } from './scatterRequests.ts'
import { valueOfRange } from './useRfmScatterWords.ts'
import type { ScatterWords } from './useRfmScatterWords.ts'

/** Places of a rectangle of bins, all included. */
export interface ScatterRectangle {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export function rectangleOf(a: CellPlace, b: CellPlace): ScatterRectangle {
  return { top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row), left: Math.min(a.column, b.column), right: Math.max(a.column, b.column) }
}

export function binsIn({ bins }: RfmScatterView, { top, bottom, left, right }: ScatterRectangle): RfmScatterBin[] {
  return bins.slice(top, bottom + 1).flatMap((row) => row.slice(left, right + 1))
}

/** The values that a rectangle spans, and its name in words. */
export function zoomOf(tools: ScatterWords, view: RfmScatterView, { top, bottom, left, right }: ScatterRectangle): ScatterZoom {
  const { x, y, columns, rows, density } = view
  const bounds = (axis: typeof x, a: number, b: number) => boundsOfBins(axis, Math.min(a, b), Math.max(a, b))
  const ends = { x: bounds(x, columns[left]!.bin, columns[right]!.bin), y: bounds(y, rows[top]!.bin, rows[bottom]!.bin) }
  const isNarrowed = ({ above, upTo }: typeof ends.x): boolean => above !== undefined || upTo !== undefined
  const [xText, yText] = [valueOfRange(tools, x.field, ends.x, density), valueOfRange(tools, y.field, ends.y, density)]
  const { words, text } = tools
  const label =
    isNarrowed(ends.x) && isNarrowed(ends.y) ? text(words.selectionBoth, { x: xText, y: yText }) : isNarrowed(ends.x) ? xText : isNarrowed(ends.y) ? yText : words.selectionAll
  return { label, ...ends }
}

/** A rectangle as the page's Selection: exactly the customers counted in its bins. */
export function selectRectangle(tools: ScatterWords, view: RfmScatterView, given: Selection | null | undefined, rectangle: ScatterRectangle): Selection {
  const zoom = zoomOf(tools, view, rectangle)
  return selectBetween(given, zoom.label, rangesOf(view.x.field, view.y.field, zoom))
}

export interface SelectedBins {
  readonly bins: readonly RfmScatterBin[]
  readonly isSelected: (place: CellPlace) => boolean
  /** The rectangle they fill; null where they fill none. */
  readonly rectangle: ScatterRectangle | null
  /** The selection is that rectangle and nothing else, so its customers are those of the bins. */
  readonly isExact: boolean
}

const NOTHING: SelectedBins = { bins: [], isSelected: () => false, rectangle: null, isExact: false }

/** The bins that lie wholly inside a selection, wherever it came from. */
export function binsInSelection(tools: ScatterWords, view: RfmScatterView, given: Selection | null | undefined, selection: Selection | null): SelectedBins {
  if (selection === null) return NOTHING
  const { x, y, columns, rows } = view
  const holds = insideSelection(given ?? null, selection)
  const boxOf = (column: number, row: number): Box => {
    const sides = [boundsOfBins(x, column, column), boundsOfBins(y, row, row)] as const
    return new Map([[x.field, sides[0]], [y.field, sides[1]]])
  }
  const isInside = rows.map((row) => columns.map((column) => holds(boxOf(column.bin, row.bin))))
  const bins = view.bins.flat().filter(({ place }) => isInside[place.row]![place.column]!)
  if (bins.length === 0) return NOTHING
  let box = rectangleOf(bins[0]!.place, bins[0]!.place)
  for (const { place } of bins) {
    box = { top: Math.min(box.top, place.row), bottom: Math.max(box.bottom, place.row), left: Math.min(box.left, place.column), right: Math.max(box.right, place.column) }
  }
  const rectangle = (box.bottom - box.top + 1) * (box.right - box.left + 1) === bins.length ? box : null
  const same = (one: Selection): string => JSON.stringify([one.where, one.ranges])
  return {
    bins,
    isSelected: ({ row, column }) => isInside[row]?.[column] === true,
    rectangle,
    isExact: rectangle !== null && same(selectRectangle(tools, view, given, rectangle)) === same(selection),
  }
}

/** The id of the one customer that a selection of {@link selectPoint} names. */
export function selectedCustomer(selection: Selection | null): string | null {
  const where = selection?.where
  return where?.op === 'eq' && where.field === 'customerId' && typeof where.value === 'string' && selection?.ranges.length === 0 ? where.value : null
}

/** One customer as the page's Selection. */
export function selectPoint(label: string, customerId: string): Selection {
  const where: Expr = { op: 'eq', field: 'customerId', value: customerId }
  return Object.freeze({ label, where, ranges: [] })
}

/** A line from one corner of squares to another, in squares from the top left. */
export interface ScatterEdge {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** Edges of the selected bins on the outside, from left to right as `placeX` draws them: one mark around them all. */
export function outlineOf({ bins, isSelected }: SelectedBins, placeX: (column: number) => number): ScatterEdge[] {
  return bins.flatMap(({ place: { row, column } }) => {
    const [left, right] = [placeX(column), placeX(column) + 1]
    const toTheRight = placeX(column + 1) > placeX(column) ? 1 : -1
    const edges: (ScatterEdge | null)[] = [
      isSelected({ row: row - 1, column }) ? null : { x1: left, y1: row, x2: right, y2: row },
      isSelected({ row: row + 1, column }) ? null : { x1: left, y1: row + 1, x2: right, y2: row + 1 },
      isSelected({ row, column: column - toTheRight }) ? null : { x1: left, y1: row, x2: left, y2: row + 1 },
      isSelected({ row, column: column + toTheRight }) ? null : { x1: right, y1: row, x2: right, y2: row + 1 },
    ]
    return edges.filter((edge) => edge !== null)
  })
}
