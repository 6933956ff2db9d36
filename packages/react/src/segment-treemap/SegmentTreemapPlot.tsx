'use client'
import { Fragment, useId } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useSegmentTableWords } from '../segment-table/useSegmentTableWords.ts'
import type { PlacedTile, TreemapLayout } from './segmentTreemapModel.ts'
import { useSegmentTreemapModel } from './SegmentTreemapContext.ts'
import { SegmentTreemapTile } from './SegmentTreemapTile.tsx'
import { useSegmentTreemapTitle } from './SegmentTreemapTitle.tsx'
import { useSegmentTreemapWords } from './useSegmentTreemapWords.ts'

export interface SegmentTreemapPlotProps {
  /** Draws one tile. Default {@link SegmentTreemapTile}. */
  readonly renderTile?: (tile: PlacedTile, layout: TreemapLayout) => ReactNode
}

/**
 * The tiles. Heights come from the stylesheet and widths are in percent, so the picture fits any width without measuring;
 * it is laid out twice, for wide and for narrow containers, and the stylesheet shows one.
 */
export function SegmentTreemapPlot({ renderTile = (tile, layout) => <SegmentTreemapTile tile={tile} layout={layout} /> }: SegmentTreemapPlotProps): ReactElement | null {
  const model = useSegmentTreemapModel()
  const { words, text } = useSegmentTreemapWords()
  const title = useSegmentTreemapTitle()
  const helpId = useId()
  const { picture } = model
  if (picture === null || picture.tiles.length === 0) return null
  const label = text(words.label, { title, count: picture.tiles.length })
  return (
    <>
      {picture.layouts.map((layout) => (
        <svg key={layout.shape} className="crm-tiles" data-shape={layout.shape} {...model.getListProps(layout, label)} aria-describedby={helpId}>
          {layout.tiles.map((tile) => (
            <Fragment key={tile.segment.id}>{renderTile(tile, layout)}</Fragment>
          ))}
        </svg>
      ))}
      <p id={helpId} hidden>{words.help}</p>
    </>
  )
}

/** What has no area, in words. */
export function SegmentTreemapUndrawn(): ReactElement | null {
  const { picture, result } = useSegmentTreemapModel()
  const { words, format, text } = useSegmentTreemapWords()
  const { words: shared } = useSegmentTableWords()
  const { listSeparator } = useCommonWords().words
  if (picture === null || result === null || picture.undrawn.length === 0) return null
  const list = picture.undrawn.map((segment) =>
    segment.customers === 0
      ? text(words.undrawnNobody, { segment: segment.name })
      : text(words.undrawnRevenue, { segment: segment.name, customers: text(shared.customers, { count: segment.customers }), revenue: unbroken(format.money(segment.revenue, result)) }),
  )
  return <p className="crm-tiles-undrawn" data-picture>{text(words.undrawn, { list: list.join(listSeparator) })}</p>
}

/** A line must not end between a minus sign and its figure. */
function unbroken(figure: string): string {
  return figure.replace('\u2212', '\u2212\u2060')
}
