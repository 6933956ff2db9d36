'use client'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useTooltipPlace } from '../shared/useTooltipPlace.ts'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import type { RfmScatterView } from './rfmScatterModel.ts'
import { scoreOfBin } from './scatterAxis.ts'
import { daysAgo } from './scatterPoints.ts'
import type { RfmScatterModel } from './useRfmScatter.ts'
import { scoreTextOf, useRfmScatterWords } from './useRfmScatterWords.ts'

/** The square or the customer under the mouse or the focus in full. Hidden from assistive technology: their names say it all. */
export function RfmScatterTooltip(): ReactElement | null {
  const { pointed, view, draft } = useRfmScatterModel()
  return pointed === null || view === null || draft !== null ? null : <Tooltip pointed={pointed} view={view} />
}

interface TooltipProps {
  readonly pointed: NonNullable<RfmScatterModel['pointed']>
  readonly view: RfmScatterView
}

function Tooltip({ pointed, view }: TooltipProps): ReactElement {
  const tools = useRfmScatterWords()
  const { words, format, text } = tools
  const ref = useRef<HTMLDivElement>(null)
  const { bin, point } = pointed
  const { place } = bin
  useTooltipPlace(ref, point === null ? `[data-place="${place.row},${place.column}"]` : `[data-point="${point.index}"]`, pointed)
  const { density } = view
  const scored = (axis: 'x' | 'y'): string => {
    const line = axis === 'x' ? view.columns[place.column]! : view.rows[place.row]!
    const score = scoreOfBin(view[axis], line.bin)
    const value = line.valueText
    return score === null ? value : text(tools.grid.words.header, { score: scoreTextOf(tools, view[axis].field, score), value })
  }
  const share = (part: number, whole: number): string => (whole > 0 ? text(words.tooltipShare, { share: format.percent(part / whole) }) : '')
  const facts =
    point === null
      ? [
          { name: words.tooltipCustomers, value: format.number(bin.customers), share: share(bin.customers, density.totals.customers) },
          { name: words.tooltipRevenue, value: format.money(bin.revenue, density), share: share(bin.revenue, density.totals.revenue) },
        ]
      : [
          { name: words.tooltipRecency, value: daysAgo(tools, point.recencyDays), share: '' },
          { name: words.tooltipOrders, value: format.number(point.orders), share: '' },
          { name: words.tooltipRevenue, value: format.money(point.revenue, density), share: '' },
          { name: words.tooltipMean, value: format.money(point.meanOrderValue, density), share: '' },
        ]
  return (
    <div ref={ref} className="crm-tooltip" aria-hidden="true">
      {point === null ? (
        <>
          <p className="crm-tooltip-title">{scored('x')}</p>
          <p className="crm-tooltip-title">{scored('y')}</p>
        </>
      ) : (
        <>
          <p className="crm-tooltip-title">{point.title}</p>
          {point.title === point.customerId ? null : <p className="crm-tooltip-line">{point.customerId}</p>}
        </>
      )}
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
