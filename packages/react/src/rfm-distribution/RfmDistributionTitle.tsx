'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { useSettled } from '../customer-table/useSettled.ts'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
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

/** One sentence: how many customers would change segment. */
export function RfmDistributionFinding(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'p'>, 'className'>): ReactElement | null {
  const { comparison, grid, isChanged, map } = useRfmDistributionModel()
  const { words, format, text } = useRfmDistributionWords()
  const customers = grid?.totals.customers ?? 0
  const isOtherMap = comparison !== null && map !== null && comparison.before.some(({ id }, i) => comparison.after[i]?.id !== id)
  const finding =
    comparison === null
      ? ''
      : comparison.moved > 0
        ? text(words.finding, { count: comparison.moved, customers: format.number(customers), share: format.percent(comparison.moved / customers) })
        : isChanged || isOtherMap
          ? words.findingNobody
          : words.findingNone
  const settled = useSettled(finding, REST_MS)
  if (comparison === null) return null
  return (
    <>
      {renderPart('p', { className: 'crm-subtitle', 'aria-hidden': true, children: finding }, theirs, {})}
      <p className="crm-visually-hidden" role="status">{settled}</p>
    </>
  )
}
