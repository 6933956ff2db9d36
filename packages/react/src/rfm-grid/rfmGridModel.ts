import { pivotRfmGrid } from '@crm/core/rfm'
import type { RfmGridResult, RfmPivotAxis, RfmPivotCell } from '@crm/core/rfm'
import type { SegmentNameOf } from '../provider/useSegmentNames.ts'
import type { CellPlace } from '../shared/rovingFocus.ts'
import { axisTitle, rangeText, scoreText, valueText } from './rfmGridWords.ts'
import { axisOf, boundsOfScore, hasRanges } from './scoreRanges.ts'
import type { WordTools } from './useRfmGridWords.ts'

/** What the number in a cell is. */
export type RfmGridMeasure = 'customers' | 'revenue' | 'mean'

/** Number of grounds of the ramp `--crm-ramp-0` … `--crm-ramp-7`. */
export const RAMP_STEPS = 8

/** One row or column heading. */
export interface RfmGridHeading {
  readonly score: number
  /** R 5 */
  readonly scoreText: string
  /** ≤ 30; the score itself where the axis has no cut points. */
  readonly rangeText: string
  /** ≤ 30 days since the last purchase */
  readonly valueText: string
  /** Accessible name. */
  readonly name: string
}

/** One cell of the drawn grid. */
export interface RfmGridCellData extends Pick<RfmPivotCell, 'r' | 'y' | 'customers' | 'orders' | 'revenue' | 'meanRevenue'> {
  /** Place in reading order: row 0 is the highest score of the rows, column 0 the lowest recency score. */
  readonly place: CellPlace
  /** 0..1 */
  readonly shareOfCustomers: number
  /** null when the total revenue is 0 or less. */
  readonly shareOfRevenue: number | null
  /** The segment that most customers of the cell have; null without customers. */
  readonly segment: { readonly id: string; readonly name: string } | null
  /** The name of the segment, or "mostly" it where other segments share the cell. Empty without customers. */
  readonly segmentText: string
  /** The same with how many of how many: mostly Lost (45 of 82). */
  readonly segmentFullText: string
  /** The measure: customers, or money in 10^-scale currency units; null without customers. */
  readonly value: number | null
  /** Ground of the ramp, 0..7; null without customers. */
  readonly step: number | null
  /** 1,284 or 12.9K, and for the narrowest cells 13K, without decimals. Empty without customers. */
  readonly text: string
  readonly shortText: string
  /** Accessible name: what is drawn, then the ranges and every number of the cell. */
  readonly name: string
}

export interface RfmGridRow {
  readonly heading: RfmGridHeading
  readonly cells: readonly RfmGridCellData[]
}

/** The grid as drawn: rows from the highest score down, columns from the longest ago to the most recent. */
export interface RfmGridTable {
  readonly columns: readonly RfmGridHeading[]
  readonly rows: readonly RfmGridRow[]
  /** Largest value of the measure; the ramp runs from 0 to it in equal steps. */
  readonly max: number
}

/** Lays a result out as rows and columns of words and numbers.  */
export function rfmGridTable(
  tools: WordTools,
  result: RfmGridResult,
  y: RfmPivotAxis,
  measure: RfmGridMeasure,
  segmentName: SegmentNameOf = ({ name }) => name,
): RfmGridTable {
  const pivot = pivotRfmGrid(result, { y })
  const yAxis = axisOf(result, y)
  const heading = (axis: 'r' | RfmPivotAxis, score: number): RfmGridHeading => {
    const cuts = axis === 'r' ? result.axes.r : yAxis
    const range = cuts !== null && hasRanges(cuts) ? rangeText(tools, cuts, result.scale, boundsOfScore(cuts, score)) : String(score)
    const scoreName = scoreText(tools, axis, score)
    const value = cuts === null || hasRanges(cuts) ? valueText(tools, result, axis, score, range) : tools.text(tools.words.valueScore, { axis: axisTitle(tools, result, axis), score, bins: cuts.bins })
    return Object.freeze({ score, scoreText: scoreName, rangeText: range, valueText: value, name: tools.text(tools.words.header, { score: scoreName, value }) })
  }
  const columns = Array.from({ length: pivot.rBins }, (_, index) => heading('r', index + 1))
  const valueOf = (cell: { customers: number; revenue: number; meanRevenue: number | null }): number | null =>
    cell.customers === 0 ? null : measure === 'customers' ? cell.customers : measure === 'revenue' ? cell.revenue : cell.meanRevenue
  let max = 0
  for (const cell of pivot.cells) max = Math.max(max, valueOf(cell) ?? 0)
  const rows = Array.from({ length: pivot.yBins }, (_, row): RfmGridRow => {
    const score = pivot.yBins - row
    const rowHeading = heading(y, score)
    const cells = columns.map((column, index): RfmGridCellData => {
      const cell = pivot.cells[(score - 1) * pivot.rBins + index]!
      const group = cell.segment === null ? null : (result.segments[cell.segment] ?? null)
      const segment = group === null ? null : { id: group.id, name: segmentName(group) }
      const isWhole = cell.customersInSegment === cell.customers
      const part = { segment: segment?.name ?? '', part: tools.format.number(cell.customersInSegment), customers: tools.format.number(cell.customers) }
      const segmentFullText = isWhole ? part.segment : tools.text(tools.words.mostlyOf, part)
      const value = valueOf(cell)
      const shown = value === null || measure === 'customers' ? value : value / 10 ** result.scale
      const text = shown === null ? '' : tools.format.compact(shown)
      return Object.freeze({
        place: { row, column: index },
        r: cell.r,
        y: cell.y,
        customers: cell.customers,
        orders: cell.orders,
        revenue: cell.revenue,
        meanRevenue: cell.meanRevenue,
        shareOfCustomers: result.totals.customers === 0 ? 0 : cell.customers / result.totals.customers,
        shareOfRevenue: result.totals.revenue > 0 ? cell.revenue / result.totals.revenue : null,
        segment,
        segmentText: isWhole ? part.segment : tools.text(tools.words.mostly, part),
        segmentFullText,
        value,
        step: value === null ? null : stepOf(value, max),
        text,
        shortText: shown === null ? '' : Math.abs(shown) < 1000 ? tools.format.number(shown) : tools.format.short(shown),
        name: nameOf(tools, result, text, segment === null ? null : segmentFullText, cell, column, rowHeading),
      })
    })
    return Object.freeze({ heading: rowHeading, cells })
  })
  return Object.freeze({ columns, rows, max })
}

/** Equal steps from 0 to the largest value, so that twice the value is twice as far along the ramp. */
function stepOf(value: number, max: number): number {
  if (value <= 0 || max <= 0) return 0
  return Math.min(RAMP_STEPS - 1, Math.floor((value / max) * RAMP_STEPS))
}

function nameOf(
  { words, text, format }: WordTools,
  result: RfmGridResult,
  drawn: string,
  segment: string | null,
  cell: { readonly customers: number; readonly revenue: number; readonly meanRevenue: number | null },
  column: RfmGridHeading,
  row: RfmGridHeading,
): string {
  return text(segment === null ? words.cellNameEmpty : words.cellName, {
    drawn,
    segment: segment ?? '',
    r: column.name,
    y: row.name,
    customers: text(words.customers, { count: cell.customers }),
    revenue: format.money(cell.revenue, result),
    mean: cell.meanRevenue === null ? '' : format.money(cell.meanRevenue, result),
  })
}
