'use client'
import { useEffect, useRef, useState } from 'react'
import type { ComponentPropsWithRef, ReactElement, ReactNode, RefObject } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { Icon } from '../shared/Icon.tsx'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import type { OfferEntry } from './offerEntries.ts'
import type { Offer } from './offers.ts'
import { useRecommendationListModel } from './RecommendationListContext.ts'
import { RecommendationListItem } from './RecommendationListItem.tsx'
import { RecommendationListUndo } from './RecommendationListUndo.tsx'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

export type RecommendationListLayout = 'list' | 'grid' | 'carousel'

export interface RecommendationListItemsProps extends PartProps<object>, Omit<ComponentPropsWithRef<'ol'>, 'className'> {
  /** Default `list`. */
  readonly layout?: RecommendationListLayout
  /** Draws an offer, as a `RecommendationListItem` or another `li`. */
  readonly renderItem?: (offer: Offer) => ReactNode
}

/** The offers in their order, one below the other, side by side, or in a row that scrolls, with a button at each end. */
export function RecommendationListItems({ layout = 'list', renderItem = (offer) => <RecommendationListItem offer={offer} />, ...theirs }: RecommendationListItemsProps): ReactElement {
  const { entries, getListProps } = useRecommendationListModel()
  const children = entries.map((entry) => <Entry key={entry.key} entry={entry} renderItem={renderItem} />)
  const list = renderPart('ol', { ...getListProps(), className: 'crm-offers', 'data-layout': layout, children }, theirs, {})
  return layout === 'carousel' ? <Carousel size={entries.length}>{list}</Carousel> : list
}

function Entry({ entry, renderItem }: { readonly entry: OfferEntry; readonly renderItem: (offer: Offer) => ReactNode }): ReactElement {
  const { words } = useRecommendationListWords()
  if (entry.kind === 'offer') return <>{renderItem(entry.offer)}</>
  if (entry.kind === 'dismissed') return <RecommendationListUndo reaction={entry.reaction} />
  return (
    <li className="crm-offer" data-kind="pending">
      <span className="crm-visually-hidden">{words.refilling}</span>
      <SkeletonBars />
    </li>
  )
}

/** The shape of a card to come. */
export function SkeletonBars(): ReactElement {
  return (
    <>
      {[0, 1, 2].map((bar) => (
        <span key={bar} className="crm-skeleton" aria-hidden="true" />
      ))}
    </>
  )
}

const LEFT = 'M9.5 4.5 6 8l3.5 3.5'
const RIGHT = 'M6.5 4.5 10 8l-3.5 3.5'

function Carousel({ size, children }: { readonly size: number; readonly children: ReactElement }): ReactElement {
  const { words } = useRecommendationListWords()
  const isMirrored = useCrmSettings().direction === 'rtl'
  const box = useRef<HTMLDivElement | null>(null)
  const ends = useScrollEnds(box, size)
  const scroll = (onward: 1 | -1): void => {
    const list = listOf(box)
    if (list === null) return
    const isStill = list.ownerDocument.defaultView?.matchMedia('(prefers-reduced-motion: reduce)').matches
    list.scrollBy({ left: onward * (isMirrored ? -1 : 1) * list.clientWidth * 0.9, behavior: isStill ? 'auto' : 'smooth' })
  }
  // Not `disabled`: the focus would be lost at the end of the row.
  return (
    <div ref={box} className="crm-carousel">
      {children}
      <button type="button" className="crm-button" data-onward={-1} aria-label={words.back} aria-disabled={ends.isAtStart || undefined} onClick={() => scroll(-1)}>
        <Icon path={isMirrored ? RIGHT : LEFT} />
      </button>
      <button type="button" className="crm-button" data-onward={1} aria-label={words.forward} aria-disabled={ends.isAtEnd || undefined} onClick={() => scroll(1)}>
        <Icon path={isMirrored ? LEFT : RIGHT} />
      </button>
    </div>
  )
}

interface ScrollEnds {
  readonly isAtStart: boolean
  readonly isAtEnd: boolean
}

/** Whether a row is scrolled to its ends. At first, as on a server, it stands at its start. */
function useScrollEnds(box: RefObject<HTMLElement | null>, size: number): ScrollEnds {
  const [ends, setEnds] = useState<ScrollEnds>({ isAtStart: true, isAtEnd: false })
  useEffect(() => {
    const list = listOf(box)
    if (list === null) return undefined
    const look = (): void => {
      // Counts from the side where reading starts; under rtl browsers count below zero.
      const from = Math.abs(list.scrollLeft)
      const isAtStart = from < 2
      const isAtEnd = from + list.clientWidth > list.scrollWidth - 2
      setEnds((before) => (before.isAtStart === isAtStart && before.isAtEnd === isAtEnd ? before : { isAtStart, isAtEnd }))
    }
    look()
    list.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(list)
    return () => {
      list.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [box, size])
  return ends
}

function listOf(box: RefObject<HTMLElement | null>): HTMLElement | null {
  return box.current?.querySelector<HTMLElement>('.crm-offers') ?? null
}
