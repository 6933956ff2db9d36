'use client'
import { useEffect, useId, useRef } from 'react'
import type { ComponentPropsWithRef, KeyboardEvent, ReactElement } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { menuItemsOf, nextMenuItem } from '../shared/menuKeys.ts'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import type { Offer } from './offers.ts'
import { useRecommendationListModel } from './RecommendationListContext.ts'
import { RecommendationListReason } from './RecommendationListReason.tsx'
import { useOpenedBox } from './useOpenedBox.ts'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

const CHECK = 'm3.5 8.5 3 3 6-7'
const CHEVRON = 'm4.5 6.5 3.5 3.5 3.5-3.5'

interface OfferProps {
  readonly offer: Offer
}

export interface RecommendationListActionsProps extends OfferProps, PartProps<object>, Omit<ComponentPropsWithRef<'div'>, 'className'> {}

/** The controls of an offer as one toolbar: the reason, accept and dismiss, or what was done with a way back. Children replace the controls. */
export function RecommendationListActions({ offer, ...theirs }: RecommendationListActionsProps): ReactElement {
  const { getActionsProps } = useRecommendationListModel()
  const { words, text } = useRecommendationListWords()
  const children = (
    <>
      <RecommendationListReason offer={offer} />
      <span className="crm-row crm-offer-buttons" data-apart>
        {offer.reaction === null ? (
          <>
            <RecommendationListAccept offer={offer} />
            <RecommendationListDismiss offer={offer} />
          </>
        ) : (
          <Accepted offer={offer} />
        )}
      </span>
    </>
  )
  return renderPart('div', { ...getActionsProps(offer, text(words.actions, { product: offer.name })), className: 'crm-row crm-offer-actions', 'data-wrap': true, 'data-apart': true, children }, theirs, {})
}

/** The button that accepts an offer. */
export function RecommendationListAccept({ offer, ...theirs }: OfferProps & PartProps<object> & Omit<ComponentPropsWithRef<'button'>, 'className'>): ReactElement {
  const { getControlProps, accept } = useRecommendationListModel()
  const { words } = useRecommendationListWords()
  const children = (
    <>
      <Icon path={CHECK} />
      {words.accept}
    </>
  )
  return renderPart('button', { ...getControlProps(offer.item.productId, 'accept'), type: 'button', className: 'crm-button', onClick: (event: React.MouseEvent) => accept(offer.item, event), children }, theirs, {})
}

/** The button that opens the menu of reasons to dismiss an offer; without reasons it dismisses. */
export function RecommendationListDismiss({ offer, ...theirs }: OfferProps & PartProps<object> & Omit<ComponentPropsWithRef<'button'>, 'className'>): ReactElement {
  const { getControlProps, dismiss, dismissReasons, isOpen, toggle } = useRecommendationListModel()
  const { words } = useRecommendationListWords()
  const id = useId()
  const open = isOpen(offer, 'dismiss')
  const hasMenu = dismissReasons.length > 0
  const own = {
    ...getControlProps(offer.item.productId, 'dismiss'),
    type: 'button',
    className: 'crm-button',
    'data-quiet': true,
    onClick: (event: React.MouseEvent) => (hasMenu ? toggle(offer, 'dismiss') : dismiss(offer.item, null, event)),
    children: (
      <>
        {words.dismiss}
        {hasMenu ? <Icon path={CHEVRON} /> : null}
      </>
    ),
  }
  const menu = { 'aria-haspopup': 'menu', 'aria-expanded': open, 'aria-controls': open ? id : undefined }
  return (
    <>
      {renderPart('button', hasMenu ? { ...own, ...menu } : own, theirs, {})}
      {open ? <ReasonMenu offer={offer} id={id} /> : null}
    </>
  )
}

function ReasonMenu({ offer, id }: OfferProps & { readonly id: string }): ReactElement {
  const { close, dismiss, dismissReasons } = useRecommendationListModel()
  const { words, text } = useRecommendationListWords()
  const menu = useRef<HTMLDivElement | null>(null)
  useOpenedBox(menu, '[data-control="dismiss"]', close)
  useEffect(() => menuItemsOf(menu.current)[0]?.focus({ preventScroll: true }), [])
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Tab') return close()
    // Escape is the card's.
    const next = nextMenuItem(menuItemsOf(menu.current), event)
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  }
  return (
    <div ref={menu} id={id} role="menu" className="crm-menu crm-offer-menu" aria-label={text(words.dismissWhy, { product: offer.name })} tabIndex={-1} onKeyDown={onKeyDown}>
      {dismissReasons.map(({ code, label }) => (
        <button key={code} type="button" role="menuitem" tabIndex={-1} className="crm-menu-item" data-code={code} onClick={(event) => dismiss(offer.item, code, event)}>
          {label}
        </button>
      ))}
    </div>
  )
}

function Accepted({ offer }: OfferProps): ReactElement {
  const { getControlProps, undo } = useRecommendationListModel()
  const { words, text } = useRecommendationListWords()
  const { productId } = offer.item
  return (
    <>
      <span className="crm-row crm-offer-done">
        <Icon path={CHECK} />
        {words.accepted}
      </span>
      <button {...getControlProps(productId, 'undo')} type="button" className="crm-button" data-quiet aria-label={text(words.undoAccept, { product: offer.name })} onClick={(event) => undo(productId, event)}>
        {words.undo}
      </button>
    </>
  )
}
