'use client'
import type { RfmGridResult } from '@crm/core/rfm'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useTooltipPlace } from '../shared/useTooltipPlace.ts'
import { useSegmentTreemapModel } from './SegmentTreemapContext.ts'
import type { PointedTile } from './useSegmentTreemap.ts'
import { useSegmentTreemapWords } from './useSegmentTreemapWords.ts'

/** The tile under the mouse or the keyboard focus in full. Hidden from assistive technology: the tile's own name says it all. */
export function SegmentTreemapTooltip(): ReactElement | null {
  const { pointed, result } = useSegmentTreemapModel()
  return pointed === null || result === null ? null : <Tooltip pointed={pointed} result={result} />
}

// A component of its own, never rendered on a server: React 18 warns of layout effects there.
function Tooltip({ pointed: { shape, tile }, result }: { readonly pointed: PointedTile; readonly result: RfmGridResult }): ReactElement {
  const { words, format, text } = useSegmentTreemapWords()
  const ref = useRef<HTMLDivElement>(null)
  const { segment } = tile
  useTooltipPlace(ref, `[data-shape="${shape}"] [data-segment="${CSS.escape(segment.id)}"] > .crm-cell-ground`, tile)
  const share = (value: number | null): string => (value === null ? '' : text(words.tooltipShare, { share: format.percent(value) }))
  const facts = [
    { name: words.tooltipCustomers, value: format.number(segment.customers), share: share(segment.shareOfCustomers) },
    { name: words.tooltipRevenue, value: format.money(segment.revenue, result), share: share(segment.shareOfRevenue) },
    { name: words.tooltipMean, value: format.money(segment.meanRevenue ?? 0, result), share: '' },
    { name: words.tooltipDays, value: format.number(segment.meanRecencyDays ?? 0), share: '' },
  ]
  return (
    <div ref={ref} className="crm-tooltip" aria-hidden="true">
      <p className="crm-tooltip-title">{segment.name}</p>
      <dl>
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>{fact.name}</dt>
            <dd>
              {fact.value} <span className="crm-tooltip-share">{fact.share}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
