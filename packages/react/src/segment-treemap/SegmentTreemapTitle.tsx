'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useSegmentTreemapModel } from './SegmentTreemapContext.ts'
import { useSegmentTreemapWords } from './useSegmentTreemapWords.ts'

export interface SegmentTreemapTitleProps extends PartProps<object>, Omit<ComponentPropsWithRef<'h3'>, 'className'> {
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly level?: 2 | 3 | 4 | 5 | 6
}

/** What is seen: the measure by segment or tier. Your own words as children replace it. */
export function SegmentTreemapTitle({ level = 3, ...theirs }: SegmentTreemapTitleProps): ReactElement {
  return renderPart(`h${level}`, { className: 'crm-title', children: useSegmentTreemapTitle() }, theirs, {})
}

/** The title of the treemap in words. */
export function useSegmentTreemapTitle(): string {
  const { measure, group } = useSegmentTreemapModel()
  const { words } = useSegmentTreemapWords()
  if (measure === 'revenue') return group === 'segments' ? words.titleRevenueSegments : words.titleRevenueTiers
  return group === 'segments' ? words.titleCustomersSegments : words.titleCustomersTiers
}

/** One sentence about the largest tile. */
export function SegmentTreemapFinding(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'p'>, 'className'>): ReactElement | null {
  const { picture, measure } = useSegmentTreemapModel()
  const { words, format, text } = useSegmentTreemapWords()
  const largest = picture?.tiles[0]?.segment
  if (largest === undefined) return null
  const { name, shareOfCustomers, shareOfRevenue } = largest
  const [full, only] = measure === 'revenue' ? [words.findingRevenue, words.findingRevenueOnly] : [words.findingCustomers, words.findingCustomersOnly]
  const customerShare = format.percent(shareOfCustomers ?? 0)
  const children = shareOfRevenue === null ? text(only, { segment: name, customerShare }) : text(full, { segment: name, customerShare, revenueShare: format.percent(shareOfRevenue) })
  return renderPart('p', { className: 'crm-subtitle', children }, theirs, {})
}
