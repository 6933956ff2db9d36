import type { RfmGridResult } from '@crm/core/rfm'
import type { CrmMessages } from '../messages/index.ts'
import type { Wording } from '../provider/useWords.ts'
import { RAMP_STEPS } from '../rfm-grid/rfmGridModel.ts'
import type { SegmentTableWords } from '../segment-table/segmentColumns.ts'
import type { SegmentRow } from '../segment-table/segmentRows.ts'
import { layoutTiles } from './layoutTiles.ts'
import type { TileBox } from './layoutTiles.ts'
import { SHAPES, labelOf } from './tileLabels.ts'
import type { TileLabel, TreemapShape } from './tileLabels.ts'

/** What the area of a tile is. */
export type SegmentTreemapMeasure = 'revenue' | 'customers'

/** What the ground of a tile is. */
export type SegmentTreemapShade = 'meanRecencyDays' | 'meanRevenue'

export type SegmentTreemapWords = Wording<CrmMessages['segmentTreemap']>

/** One tile, the same in every shape of the picture. */
export interface SegmentTile {
  readonly segment: SegmentRow
  /** Ground of the ramp, 0..7: darker (in the light theme) for later purchases or more money. */
  readonly step: number
  /** The figure of its area, short: €147K. */
  readonly figure: string
  /** Accessible name: what may be drawn, then every number of the tile. */
  readonly name: string
}

/** A tile as it is drawn in one shape. */
export interface PlacedTile extends SegmentTile {
  readonly box: TileBox
  readonly label: TileLabel
}

export interface TreemapLayout {
  readonly shape: TreemapShape
  /** In the order of `tiles`. */
  readonly tiles: readonly PlacedTile[]
}

export interface SegmentTreemapPicture {
  /** Largest first. */
  readonly tiles: readonly SegmentTile[]
  readonly layouts: readonly TreemapLayout[]
  /** What has no area: nobody in it, or no revenue above zero. */
  readonly undrawn: readonly SegmentRow[]
  /** End of the scale of the grounds: days, or 10^-scale currency units. */
  readonly maxShade: number
}

/** Lays segments out as tiles with grounds and words. */
export function segmentTreemap(
  tools: SegmentTreemapWords,
  shared: SegmentTableWords,
  notAvailable: string,
  result: RfmGridResult,
  segments: readonly SegmentRow[],
  measure: SegmentTreemapMeasure,
  shade: SegmentTreemapShade,
): SegmentTreemapPicture {
  const { words, format, text } = tools
  const drawn = segments.filter((segment) => segment.customers > 0 && segment[measure] > 0).toSorted((a, b) => b[measure] - a[measure])
  const maxShade = Math.max(0, ...drawn.map((segment) => segment[shade] ?? 0))
  const share = (value: number | null): string => (value === null ? notAvailable : format.percent(value))
  const tiles = drawn.map((segment): SegmentTile => {
    const figure = measure === 'customers' ? format.compact(segment.customers) : format.moneyCompact(segment.revenue, result)
    const name = text(words.tileName, {
      drawn: `${segment.name} ${figure}`,
      customers: text(shared.words.customers, { count: segment.customers }),
      customerShare: share(segment.shareOfCustomers),
      revenue: format.money(segment.revenue, result),
      revenueShare: share(segment.shareOfRevenue),
      mean: format.money(segment.meanRevenue ?? 0, result),
      days: format.number(segment.meanRecencyDays ?? 0),
    })
    return Object.freeze({ segment, step: stepOf(segment[shade] ?? 0, maxShade, shade), figure, name })
  })
  const layouts = (['wide', 'narrow'] as const).map((shape): TreemapLayout => {
    const boxes = layoutTiles(drawn.map((segment) => segment[measure]), SHAPES[shape].width / SHAPES[shape].height)
    return { shape, tiles: tiles.map((tile, at) => ({ ...tile, box: boxes[at]!, label: labelOf(tile.segment.name, tile.figure, boxes[at]!, shape) })) }
  })
  return Object.freeze({ tiles, layouts, undrawn: segments.filter((segment) => !drawn.includes(segment)), maxShade })
}

/** Equal steps from 0 to the largest value. Fewer days are the stronger ground: who came lately stands out. */
function stepOf(value: number, max: number, shade: SegmentTreemapShade): number {
  const step = value <= 0 || max <= 0 ? 0 : Math.min(RAMP_STEPS - 1, Math.floor((value / max) * RAMP_STEPS))
  return shade === 'meanRecencyDays' ? RAMP_STEPS - 1 - step : step
}
