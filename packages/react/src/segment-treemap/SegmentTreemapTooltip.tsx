'use client'
import type { RfmGridResult } from '@crm/core/rfm'
import type { ReactElement } from 'react'
import { Tooltip } from '../shared/Tooltip.tsx'
import { useSegmentTreemapModel } from './SegmentTreemapContext.ts'
import type { PointedTile } from './useSegmentTreemap.ts'
import { useSegmentTreemapWords } from './useSegmentTreemapWords.ts'

/** The tile under the mouse or the keyboard focus in full. */
export function SegmentTreemapTooltip(): ReactElement | null {
  const { pointed, result } = useSegmentTreemapModel()
  return pointed === null || result === null ? null : <TileTooltip pointed={pointed} result={result} />
}

function TileTooltip({ pointed: { shape, tile }, result }: { readonly pointed: PointedTile; readonly result: RfmGridResult }): ReactElement {
  const { words, format, text } = useSegmentTreemapWords()
  const { segment } = tile
  const share = (value: number | null): string => (value === null ? '' : text(words.tooltipShare, { share: format.percent(value) }))
  return (
    <Tooltip
      mark={`[data-shape="${shape}"] [data-segment="${CSS.escape(segment.id)}"] > .crm-cell-ground`}
      pointed={tile}
      titles={[segment.name]}
      facts={[
        { name: words.tooltipCustomers, value: format.number(segment.customers), share: share(segment.shareOfCustomers) },
        { name: words.tooltipRevenue, value: format.money(segment.revenue, result), share: share(segment.shareOfRevenue) },
        { name: words.tooltipMean, value: format.money(segment.meanRevenue ?? 0, result), share: '' },
        { name: words.tooltipDays, value: format.number(segment.meanRecencyDays ?? 0), share: '' },
      ]}
    />
  )
}
