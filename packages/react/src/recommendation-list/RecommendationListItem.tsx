'use client'
import type { ComponentPropsWithRef, FocusEvent, KeyboardEvent, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import type { Offer } from './offers.ts'
import { RecommendationListActions } from './RecommendationListActions.tsx'
import { useRecommendationListModel } from './RecommendationListContext.ts'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

export interface RecommendationListItemState {
  readonly isAccepted: boolean
  readonly source: Offer['item']['source']
}

export interface RecommendationListItemProps extends PartProps<RecommendationListItemState>, Omit<ComponentPropsWithRef<'li'>, 'className'> {
  readonly offer: Offer
  /** Of the product's name: 3..6, one more than that of the title. Default 4. */
  readonly headingLevel?: 3 | 4 | 5 | 6
}

/** One offer as a card. State: `data-source`, `data-confidence`, `data-accepted`. Children replace what is inside, and then the card lays out nothing. */
export function RecommendationListItem({ offer, headingLevel = 4, ...theirs }: RecommendationListItemProps): ReactElement {
  const { opened, close } = useRecommendationListModel()
  const { item, reaction } = offer
  const isOpen = opened?.productId === item.productId
  return renderPart(
    'li',
    {
      className: 'crm-offer',
      'data-source': item.source,
      'data-confidence': item.confidence.level,
      'data-accepted': reaction === null ? undefined : true,
      // The grid of the card is for its own parts.
      'data-own': theirs.children === undefined ? undefined : true,
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.key !== 'Escape' || !isOpen) return
        // Handled here: a dialog around the list stays open.
        event.preventDefault()
        event.stopPropagation()
        event.currentTarget.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus()
        close()
      },
      onBlur: (event: FocusEvent<HTMLElement>) => {
        if (isOpen && event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) close()
      },
      children: <Card offer={offer} headingLevel={headingLevel} />,
    },
    theirs,
    { isAccepted: reaction !== null, source: item.source },
  )
}

function Card({ offer, headingLevel }: Pick<RecommendationListItemProps, 'offer'> & { readonly headingLevel: 3 | 4 | 5 | 6 }): ReactElement {
  const { words, text, format } = useRecommendationListWords()
  const { item, name, category, source, confidence } = offer
  const Name = `h${headingLevel}` as const
  return (
    <>
      <p className="crm-offer-rank crm-muted">
        <span className="crm-visually-hidden">{text(words.rank, { rank: format.number(item.rank) })}</span>
        <span aria-hidden="true">{format.number(item.rank)}</span>
      </p>
      {/* Two lines are shown; the rest under the mouse. Heard in full. */}
      <Name className="crm-title crm-offer-name" title={name}>
        {name}
      </Name>
      <p className="crm-row crm-offer-facts" data-wrap>
        <span className="crm-offer-source">{source}</span>
        {category === null ? null : <span className="crm-offer-category crm-muted">{category}</span>}
        <span className="crm-row crm-offer-confidence crm-muted">
          <Meter level={item.confidence.level} />
          {confidence}
        </span>
      </p>
      <RecommendationListValue offer={offer} />
      <RecommendationListActions offer={offer} />
    </>
  )
}

const BARS = { low: 1, medium: 2, high: 3 } as const

/** Three bars, as of a signal: beside the words that say the same. */
function Meter({ level }: { readonly level: Offer['item']['confidence']['level'] }): ReactElement {
  return (
    <svg className="crm-bars" width="14" height="12" aria-hidden="true" focusable="false">
      {[0, 1, 2].map((at) => (
        <rect key={at} data-of={at < BARS[level] ? level : undefined} x={at * 5} y={8 - at * 4} width="4" height={4 + at * 4} rx="1" />
      ))}
    </svg>
  )
}

/** What the offer is worth: price times usual quantity, else the price; nothing where no price is known. */
export function RecommendationListValue({ offer }: Pick<RecommendationListItemProps, 'offer'>): ReactElement | null {
  const { words, text } = useRecommendationListWords()
  const { value, price, quantityPrice } = offer
  if (price === null) return null
  return (
    <p className="crm-offer-value">
      {value === null ? (
        <strong className="crm-title">{price}</strong>
      ) : (
        <>
          <strong className="crm-title">
            <span className="crm-visually-hidden">{text(words.estimated, { money: value })}</span>
            <span aria-hidden="true">≈&#8239;{value}</span>
          </strong>{' '}
          <span className="crm-note">{quantityPrice}</span>
        </>
      )}
    </p>
  )
}
