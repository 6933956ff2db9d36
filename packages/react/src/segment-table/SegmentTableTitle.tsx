'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { SHARE_COLUMNS } from './segmentColumns.ts'
import type { SegmentTableWords } from './segmentColumns.ts'
import type { SegmentRow } from './segmentRows.ts'
import { useSegmentTableModel } from './SegmentTableContext.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

export interface SegmentTableTitleProps extends PartProps<object>, Omit<ComponentPropsWithRef<'h3'>, 'className'> {
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly level?: 2 | 3 | 4 | 5 | 6
}

/** What is seen. Your own words as children replace it. */
export function SegmentTableTitle({ level = 3, ...theirs }: SegmentTableTitleProps): ReactElement {
  return renderPart(`h${level}`, { className: 'crm-title', children: useSegmentTableTitle() }, theirs, {})
}

/** The title of the table in words. */
export function useSegmentTableTitle(): string {
  const { words } = useSegmentTableWords()
  return useSegmentTableModel().group === 'segments' ? words.titleSegments : words.titleTiers
}

/** One sentence that says what the table shows: who brings more of the revenue than their number would. */
export function SegmentTableFinding(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'p'>, 'className'>): ReactElement | null {
  const { segments } = useSegmentTableModel()
  const children = findingOf(useSegmentTableWords(), segments)
  return children === null ? null : renderPart('p', { className: 'crm-subtitle', children }, theirs, {})
}

function findingOf({ words, format, text }: SegmentTableWords, segments: readonly SegmentRow[]): string | null {
  const peopled = segments.filter(({ customers }) => customers > 0)
  const [only] = peopled
  if (only === undefined) return null
  if (peopled.length === 1) return text(words.findingOne, { segment: only.name })
  const gap = (row: SegmentRow): number => (row.shareOfRevenue ?? 0) - (row.shareOfCustomers ?? 0)
  const best = peopled.reduce((first, row) => (gap(row) > gap(first) ? row : first))
  if (best.timesAverage === null) {
    const largest = peopled.reduce((first, row) => (row.customers > first.customers ? row : first))
    return text(words.findingNoShares, { segment: largest.name, customerShare: format.percent(largest.shareOfCustomers ?? 0) })
  }
  const [customerShare, revenueShare] = SHARE_COLUMNS.map((id) => format.percent(best[id] ?? 0))
  return text(words.finding, { segment: best.name, customerShare: customerShare!, revenueShare: revenueShare!, times: format.number(best.timesAverage, 1, 1) })
}
