'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { moneyText } from './offers.ts'
import { useRecommendationListModel } from './RecommendationListContext.ts'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

export interface RecommendationListTitleProps extends PartProps<object>, Omit<ComponentPropsWithRef<'h3'>, 'className'> {
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly level?: 2 | 3 | 4 | 5 | 6
}

/** What is offered, and to what: "Next offers", "Goes with Wok, 32 cm". Your own words as children replace it. */
export function RecommendationListTitle({ level = 3, ...theirs }: RecommendationListTitleProps): ReactElement {
  const { request, targetName } = useRecommendationListModel()
  const { words, text } = useRecommendationListWords()
  const kind = request.strategy?.kind
  const children =
    kind === 'buyAgain' ? words.titleBuyAgain : kind === 'popularity' ? words.titlePopular : 'basket' in request.for ? words.titleBasket : targetName !== null ? text(words.titleProductNamed, { product: targetName }) : 'productId' in request.for ? words.titleProduct : words.title
  return renderPart(`h${level}`, { className: 'crm-title', children }, theirs, {})
}

/** How many offers there are, and what they are worth together where all their values are known. */
export function RecommendationListFinding(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'p'>, 'className'>): ReactElement | null {
  const { offers, list } = useRecommendationListModel()
  const tools = useRecommendationListWords()
  if (offers.length === 0 || list === null) return null
  const { words, text } = tools
  const values = offers.map(({ item }) => item.estimatedValue)
  const worth = values.every((value) => value !== null) ? values.reduce((sum, value) => sum + value, 0) : null
  const children = worth === null ? text(words.offers, { count: offers.length }) : text(words.offersWorth, { count: offers.length, money: moneyText(tools, worth, list.money) })
  return renderPart('p', { className: 'crm-subtitle', children }, theirs, {})
}
