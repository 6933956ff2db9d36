'use client'
import { Fragment } from 'react'
import type { ReactElement, ReactNode } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { ComputedFrom } from '../shared/ComputedFrom.tsx'
import { Banners, ErrorState, StateMessage } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import type { WidgetSlots } from '../shared/widgetState.ts'
import { removedText } from './offers.ts'
import type { Offer } from './offers.ts'
import { RecommendationListExport } from './RecommendationListExport.tsx'
import { RecommendationListItem } from './RecommendationListItem.tsx'
import { RecommendationListItems } from './RecommendationListItems.tsx'
import type { RecommendationListLayout } from './RecommendationListItems.tsx'
import { RecommendationListNotices } from './RecommendationListNotices.tsx'
import { RecommendationListRoot } from './RecommendationListRoot.tsx'
import { RecommendationListSkeleton } from './RecommendationListSkeleton.tsx'
import { RecommendationListFinding, RecommendationListTitle } from './RecommendationListTitle.tsx'
import { RecommendationListDismissed } from './RecommendationListUndo.tsx'
import { useRecommendationListWords } from './useRecommendationListWords.ts'
import { useRecommendations } from './useRecommendations.ts'
import type { RecommendationsModel, UseRecommendationsOptions } from './useRecommendations.ts'

/** What may stand in the place of the kit's own. */
export interface RecommendationListSlots extends WidgetSlots<RecommendationsModel> {
  /** Inside a card; the `li` around it stays. */
  readonly item?: (offer: Offer, model: RecommendationsModel) => ReactNode
  /** In the place of title, finding and export. */
  readonly header?: (model: RecommendationsModel) => ReactNode
  /** Around the cards: draws `children`, one for each offer, in an order and element of its own. */
  readonly layout?: (children: readonly ReactNode[], model: RecommendationsModel) => ReactNode
}

export type RecommendationListProps = UseRecommendationsOptions & {
  /** Default `list`. */
  readonly layout?: RecommendationListLayout
  /** Replaces the title. */
  readonly title?: string
  /** 2..5, to fit the headings of the page; names of products are one below. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5
  readonly slots?: RecommendationListSlots
  /** After an export. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * What to offer next, why, and how sure: cards for a customer, a basket or a product, to accept or dismiss.
 *
 * @example
 * <RecommendationList customerId="C-10023" preferences={{ from: 'transactions', asOf }} store={createWebStore()} onAccept={({ item, listId }) => track(listId, item)} />
 */
export function RecommendationList({ layout = 'list', title, headingLevel = 3, slots = {}, onExport, className, ...options }: RecommendationListProps): ReactElement {
  const model = useRecommendations(options)
  const { answer, status, error, entries, asOf, timeZone } = model
  const { words: common } = useCommonWords()
  const isShown = status === 'ready' || status === 'stale'
  // A quick refill stays quiet.
  const isLate = useDelayed(status === 'stale' && error === null)
  const slot = isShown ? undefined : slots[status]
  const itemLevel = (headingLevel + 1) as 3 | 4 | 5 | 6
  const { item, layout: ownLayout } = slots
  const renderItem = (offer: Offer): ReactElement => (
    <RecommendationListItem offer={offer} headingLevel={itemLevel} {...(item === undefined ? {} : { children: item(offer, model) })} />
  )
  return (
    <RecommendationListRoot model={model} className={className}>
      {slots.header ? (
        slots.header(model)
      ) : (
        <header className="crm-rfm-head">
          <div className="crm-rfm-titles">
            <RecommendationListTitle level={headingLevel} {...(title === undefined ? {} : { children: title })} />
            <div role="status">{isLate ? <p className="crm-subtitle">{common.stale}</p> : isShown ? <RecommendationListFinding /> : null}</div>
          </div>
          <RecommendationListExport onExport={onExport} />
        </header>
      )}
      {answer && status !== 'forbidden' ? <Banners error={error} onRetry={model.retry} selection={null} onClear={undefined} provenance={answer.provenance} /> : null}
      <RecommendationListNotices />
      <div className="crm-rfm-body" data-stale={(status === 'stale' && error !== null) || undefined}>
        {status === 'loading' && !slot ? (
          <RecommendationListSkeleton layout={layout} />
        ) : entries.length === 0 ? null : ownLayout ? (
          ownLayout(model.offers.map((offer) => <Fragment key={offer.item.productId}>{renderItem(offer)}</Fragment>), model)
        ) : (
          <RecommendationListItems layout={layout} renderItem={renderItem} />
        )}
        {slot ? slot(model) : isShown || status === 'loading' ? null : <Instead model={model} />}
      </div>
      <RecommendationListDismissed />
      {answer && status !== 'forbidden' ? (
        <ComputedFrom provenance={answer.provenance} warnings={answer.warnings} asOf={asOf} timeZone={timeZone} customers={answer.data.customers} />
      ) : (
        <p className="crm-from" aria-hidden="true">{'\u00a0'}</p>
      )}
    </RecommendationListRoot>
  )
}

/** Why there is no offer, and what to do. */
function Instead({ model: { status, error, list, asOf, timeZone, retry } }: { readonly model: RecommendationsModel }): ReactElement | null {
  const tools = useRecommendationListWords()
  const { words, text, format } = tools
  if (status === 'empty') {
    // Without any purchases, or with none that speak for a product.
    const said = list?.preferences === 0 ? words.emptyText : words.emptyTextNoSignal
    return <StateMessage kind="empty" title={words.emptyTitle} text={text(said, { date: format.date(asOf, timeZone) })} />
  }
  if (status === 'noMatch' && list?.shortfall) return <StateMessage kind="noMatch" title={words.noMatchTitle} text={text(words.noMatchText, { removed: removedText(tools, list.shortfall) })} />
  return error === null ? null : <ErrorState error={error} onRetry={retry} selection={null} onClear={undefined} />
}
