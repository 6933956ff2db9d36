'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { useSettled } from '../customer-table/useSettled.ts'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { isSameMap } from './comparedMaps.ts'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

export interface RfmDistributionTitleProps extends PartProps<object>, Omit<ComponentPropsWithRef<'h3'>, 'className'> {
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly level?: 2 | 3 | 4 | 5 | 6
}

/** What is seen. Your own words as children replace it. */
export function RfmDistributionTitle({ level = 3, ...theirs }: RfmDistributionTitleProps): ReactElement {
  return renderPart(`h${level}`, { className: 'crm-title', children: useRfmDistributionWords().words.title }, theirs, {})
}

/** What a screen reader hears of a move: once it has come to rest, not at every border. */
const REST_MS = 700

/** How many customers would change segment, in a sentence. */
export function useFindingText(): string {
  const { comparison, grid, isChanged } = useRfmDistributionModel()
  const { words, format, text } = useRfmDistributionWords()
  if (comparison === null || grid === null) return ''
  const { moved } = comparison
  if (moved === 0) return isChanged || !isSameMap(comparison) ? words.findingNobody : words.findingNone
  const { customers } = grid.totals
  return text(words.finding, { count: moved, customers: format.number(customers), share: format.percent(moved / customers) })
}

/** One sentence: how many customers would change segment. Read out once a move has come to rest. */
export function RfmDistributionFinding(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'p'>, 'className'>): ReactElement {
  const finding = useFindingText()
  const settled = useSettled(finding, REST_MS)
  return (
    <>
      {renderPart('p', { className: 'crm-subtitle', 'aria-hidden': true, children: finding }, theirs, {})}
      <p className="crm-visually-hidden" role="status">{settled}</p>
    </>
  )
}
