'use client'
import type { ReactElement } from 'react'
import { Tooltip } from '../shared/Tooltip.tsx'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import type { RfmScatterView } from './rfmScatterModel.ts'
import { scoreOfBin } from './scatterAxis.ts'
import { daysAgo } from './scatterPoints.ts'
import type { RfmScatterModel } from './useRfmScatter.ts'
import { scoreTextOf, useRfmScatterWords } from './useRfmScatterWords.ts'

/** The square or the customer under the mouse or the focus in full. */
export function RfmScatterTooltip(): ReactElement | null {
  const { pointed, view, draft } = useRfmScatterModel()
  return pointed === null || view === null || draft !== null ? null : <BinTooltip pointed={pointed} view={view} />
}

interface BinTooltipProps {
  readonly pointed: NonNullable<RfmScatterModel['pointed']>
  readonly view: RfmScatterView
}

function BinTooltip({ pointed, view }: BinTooltipProps): ReactElement {
  const tools = useRfmScatterWords()
  const { words, format, text } = tools
  const { bin, point } = pointed
  const { place } = bin
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
    <Tooltip
      mark={point === null ? `[data-place="${place.row},${place.column}"]` : `[data-point="${point.index}"]`}
      pointed={pointed}
      titles={point === null ? [scored('x'), scored('y')] : [point.title]}
      lines={point === null || point.title === point.customerId ? [] : [point.customerId]}
      facts={facts}
    />
  )
}
