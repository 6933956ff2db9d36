'use client'
import type { RfmGridResult } from '@crm/core/rfm'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useTooltipPlace } from '../shared/useTooltipPlace.ts'
import { useRfmGridModel } from './RfmGridContext.ts'
import type { RfmGridCellData, RfmGridTable } from './rfmGridModel.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/**
 * The cell under the mouse or the keyboard focus in full: segment, scores, customers, revenue, mean. Stands inside the
 * root, so the page's stacking and themes stay untouched. Hidden from assistive technology: the cell's own name says it all.
 */
export function RfmGridTooltip(): ReactElement | null {
  const { pointed, table, result } = useRfmGridModel()
  return pointed === null || table === null || result === null ? null : <Tooltip pointed={pointed} table={table} result={result} />
}

interface TooltipProps {
  readonly pointed: RfmGridCellData
  readonly table: RfmGridTable
  readonly result: RfmGridResult
}

// A component of its own, never rendered on a server: React 18 warns of layout effects there.
function Tooltip({ pointed, table, result }: TooltipProps): ReactElement {
  const { words, format, text } = useRfmGridWords()
  const ref = useRef<HTMLDivElement>(null)
  useTooltipPlace(ref, `[data-place="${pointed.place.row},${pointed.place.column}"] > .crm-cell-ground`, pointed)

  const share = (value: number | null): string => (value === null ? '' : text(words.tooltipShare, { share: format.percent(value) }))
  const facts = [
    { name: words.tooltipCustomers, value: format.number(pointed.customers), share: share(pointed.shareOfCustomers) },
    { name: words.tooltipRevenue, value: format.money(pointed.revenue, result), share: share(pointed.shareOfRevenue) },
    ...(pointed.meanRevenue === null ? [] : [{ name: words.tooltipMean, value: format.money(pointed.meanRevenue, result), share: '' }]),
  ]
  return (
    <div ref={ref} className="crm-tooltip" aria-hidden="true">
      <p className="crm-tooltip-title">{pointed.segment === null ? words.nobody : pointed.segmentFullText}</p>
      <p className="crm-tooltip-line">{table.columns[pointed.place.column]?.name}</p>
      <p className="crm-tooltip-line">{table.rows[pointed.place.row]?.heading.name}</p>
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
