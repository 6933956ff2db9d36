'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useCommonWords } from '../shared/useCommonWords.ts'
import type { RfmGridMeasure } from './rfmGridModel.ts'
import { useRfmGridModel } from './RfmGridContext.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

export interface RfmGridTitleProps extends PartProps<object>, Omit<ComponentPropsWithRef<'h3'>, 'className'> {
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly level?: 2 | 3 | 4 | 5 | 6
}

/** What is seen: the measure by the axes. Your own words as children replace it. */
export function RfmGridTitle({ level = 3, ...theirs }: RfmGridTitleProps): ReactElement {
  return renderPart(`h${level}`, { className: 'crm-title', children: useRfmGridTitle() }, theirs, {})
}

/** The title of the grid in words. */
export function useRfmGridTitle(): string {
  const { y, measure } = useRfmGridModel()
  const { words, text } = useRfmGridWords()
  const title = { f: words.titleF, m: words.titleM, fm: words.titleFm }[y]
  return text(title, { measure: measureWord(words, measure) })
}

export function measureWord(words: { readonly measureCustomers: string; readonly measureRevenue: string; readonly measureMean: string }, measure: RfmGridMeasure): string {
  return { customers: words.measureCustomers, revenue: words.measureRevenue, mean: words.measureMean }[measure]
}

/** One sentence that says what the picture shows: the best customers, how many, how much of the revenue. */
export function RfmGridFinding(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'p'>, 'className'>): ReactElement | null {
  const { y, table } = useRfmGridModel()
  const { words, format, text } = useRfmGridWords()
  const { notAvailable } = useCommonWords().words
  const best = table?.rows[0]?.cells.at(-1)
  if (best === undefined) return null
  const finding = { f: words.findingF, m: words.findingM, fm: words.findingFm }[y]
  const children =
    best.customers === 0
      ? words.findingNobody
      : text(finding, {
          count: best.customers,
          customerShare: format.percent(best.shareOfCustomers),
          revenueShare: best.shareOfRevenue === null ? notAvailable : format.percent(best.shareOfRevenue),
        })
  return renderPart('p', { className: 'crm-subtitle', children }, theirs, {})
}
