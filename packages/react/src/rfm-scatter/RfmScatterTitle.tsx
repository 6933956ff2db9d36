'use client'
import type { RfmField } from '@crm/core/rfm'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import { figuresOf } from './rfmScatterModel.ts'
import { useRfmScatterWords } from './useRfmScatterWords.ts'
import type { ScatterWords } from './useRfmScatterWords.ts'

export interface RfmScatterTitleProps extends PartProps<object>, Omit<ComponentPropsWithRef<'h3'>, 'className'> {
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly level?: 2 | 3 | 4 | 5 | 6
}

/** What is seen: the measure by the axes. Your own words as children replace it. */
export function RfmScatterTitle({ level = 3, ...theirs }: RfmScatterTitleProps): ReactElement {
  return renderPart(`h${level}`, { className: 'crm-title', children: useRfmScatterTitle() }, theirs, {})
}

/** The title of the picture in words. */
export function useRfmScatterTitle(): string {
  const { x, y, measure } = useRfmScatterModel()
  const { words, text } = useRfmScatterWords()
  const name = (field: RfmField): string => ({ recencyDays: words.titleRecency, orders: words.titleOrders, revenue: words.titleRevenue, meanOrderValue: words.titleMean })[field]
  return text(words.title, { measure: measure === 'customers' ? words.measureCustomers : words.measureRevenue, x: name(x), y: name(y) })
}

/** A measure as a choice: Recency. */
export function fieldName({ words }: ScatterWords, field: RfmField): string {
  return { recencyDays: words.recency, orders: words.orders, revenue: words.revenue, meanOrderValue: words.mean }[field]
}

/** One sentence that says what the picture shows: where most of them stand. */
export function RfmScatterFinding(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'p'>, 'className'>): ReactElement | null {
  const { view, measure } = useRfmScatterModel()
  const tools = useRfmScatterWords()
  const { words, text, format } = tools
  if (view === null || view.densest === null) return null
  const { density, densest } = view
  const [part, whole] = measure === 'customers' ? [densest.customers, density.totals.customers] : [densest.revenue, density.totals.revenue]
  // A share of a whole that returns made negative says nothing.
  if (whole <= 0 || part <= 0) return null
  const children = text(measure === 'customers' ? words.finding : words.findingRevenue, {
    amount: figuresOf(tools, density, densest)[measure],
    share: format.percent(part / whole),
    x: view.columns[densest.place.column]!.valueText,
    y: view.rows[densest.place.row]!.valueText,
  })
  return renderPart('p', { className: 'crm-subtitle', children }, theirs, {})
}
