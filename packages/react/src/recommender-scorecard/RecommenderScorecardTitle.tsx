'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useRecommenderScorecardModel } from './RecommenderScorecardContext.ts'
import { UseButton } from './RecommenderScorecardUse.tsx'
import { useRecommenderScorecardWords } from './useRecommenderScorecardWords.ts'
import { verdictText } from './verdictText.ts'
import type { Verdict } from './verdictText.ts'

export interface RecommenderScorecardTitleProps extends PartProps<object>, Omit<ComponentPropsWithRef<'h3'>, 'className'> {
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly level?: 2 | 3 | 4 | 5 | 6
}

/** What is asked. Your own words as children replace it. */
export function RecommenderScorecardTitle({ level = 3, ...theirs }: RecommenderScorecardTitleProps): ReactElement {
  return renderPart(`h${level}`, { className: 'crm-title', children: useRecommenderScorecardTitle() }, theirs, {})
}

/** The title of the scorecard in words. */
export function useRecommenderScorecardTitle(): string {
  const { words, text } = useRecommenderScorecardWords()
  const { result, testDays } = useRecommenderScorecardModel()
  return result === null ? words.titleLoading : text(words.title, { count: testDays })
}

/** One sentence: what was learned from, what was tested, on how many. */
export function RecommenderScorecardWindow(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'p'>, 'className'>): ReactElement | null {
  const { result, timeZone } = useRecommenderScorecardModel()
  const { words, text, format } = useRecommenderScorecardWords()
  if (result === null) return null
  const children = text(words.window, {
    cutoff: format.date(result.cutoff, timeZone),
    until: format.date(result.until, timeZone),
    customers: result.eligible === undefined ? text(words.customers, { count: result.customers }) : text(words.customersOf, { count: result.eligible, drawn: format.number(result.customers) }),
    products: text(words.products, { count: result.products }),
  })
  return renderPart('p', { className: 'crm-subtitle', children }, theirs, {})
}

const ICONS: Readonly<Record<Verdict['kind'], string>> = {
  signal: 'M2.5 8.5l3.5 3.5 7.5-8',
  noSignal: 'M2.5 8h11',
  tooFew: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8m0 2.4v.1',
}

/** What comes of it: a heading, a sentence, and a button that takes the strategy over. State: `data-verdict`. */
export function RecommenderScorecardVerdict(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'div'>, 'className'>): ReactElement | null {
  const model = useRecommenderScorecardModel()
  const verdict = verdictText(useRecommenderScorecardWords(), model)
  if (verdict === null) return null
  const children = (
    <>
      <Icon className="crm-banner-icon" path={ICONS[verdict.kind]} />
      <p className="crm-banner-text">
        <strong>{verdict.heading}</strong> <span>{verdict.sentence}</span>
      </p>
      {model.chosen ? <UseButton row={model.chosen} isLarge /> : null}
    </>
  )
  return renderPart('div', { className: 'crm-banner crm-score-verdict', 'data-verdict': verdict.kind, 'data-picture': true, role: 'status', children }, theirs, {})
}
