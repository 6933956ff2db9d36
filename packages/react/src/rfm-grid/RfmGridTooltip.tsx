'use client'
import type { RfmGridResult } from '@crm/core/rfm'
import { useLayoutEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useRfmGridModel } from './RfmGridContext.ts'
import type { RfmGridCellData, RfmGridTable } from './rfmGridModel.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** Space between a cell and its tooltip, px. */
const GAP = 6

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

  // Through CSSOM, which a strict content security policy allows, unlike a style attribute in HTML.
  useLayoutEffect(() => {
    const tooltip = ref.current
    const frame = tooltip?.offsetParent
    if (!tooltip || !frame) return
    const cell = frame.querySelector(`[data-place="${pointed.place.row},${pointed.place.column}"] > .crm-cell-ground`)
    if (!cell) return
    const [box, within] = [cell.getBoundingClientRect(), frame.getBoundingClientRect()]
    const above = box.top - within.top - tooltip.offsetHeight - GAP
    const middle = box.left - within.left + box.width / 2 - tooltip.offsetWidth / 2
    // Over the cell where that stays inside the picture and the window, so that title and controls are seen; else below.
    const top = above >= Math.max(0, -within.top) ? above : box.bottom - within.top + GAP
    tooltip.style.setProperty('top', `${Math.round(top)}px`)
    tooltip.style.setProperty('left', `${Math.round(Math.min(Math.max(middle, 0), within.width - tooltip.offsetWidth))}px`)
  }, [pointed])

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
