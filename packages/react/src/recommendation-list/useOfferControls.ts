'use client'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import type { Offer } from './offers.ts'

/** The controls of one offer, in the order of the arrow keys. */
export type OfferControl = 'reason' | 'accept' | 'dismiss' | 'undo'

type Props = Readonly<Record<string, unknown>>

/** What is open at an offer: its reason, or the menu of why to dismiss it. */
export interface OpenedOffer {
  readonly productId: string
  readonly control: 'reason' | 'dismiss'
}

export interface OfferControls {
  readonly opened: OpenedOffer | null
  readonly isOpen: (offer: Offer, control: OpenedOffer['control']) => boolean
  readonly toggle: (offer: Offer, control: OpenedOffer['control']) => void
  readonly close: () => void
  /** Puts the focus on a control of a product as soon as that is there, unless it has gone elsewhere. */
  readonly focusLater: (productId: string, control: OfferControl) => void
  /** For the element with the offers in it. */
  readonly getListProps: () => Props
  /** For the element around the controls of one offer. `label` is its accessible name. */
  readonly getActionsProps: (offer: Offer, label: string) => Props
  /** For each control: its place in the row of tab stops. */
  readonly getControlProps: (productId: string, control: OfferControl) => Props
}

/**
 * Focus among offers: a list of toolbars, after the ARIA practices. Each card is one tab stop, so five offers are five
 * stops, not twenty, and who knows no arrow keys still reaches each; left and right move along a card, up and down to
 * the same control of the next. A grid with one stop for all would say less of what a card holds, in a role that
 * promises cells.
 */
export function useOfferControls(offers: readonly Offer[]): OfferControls {
  const { direction } = useCrmSettings()
  const list = useRef<HTMLElement | null>(null)
  const [stops, setStops] = useState<ReadonlyMap<string, OfferControl>>(new Map())
  const [openedAt, setOpened] = useState<OpenedOffer | null>(null)
  const opened = openedAt !== null && offers.some(({ item }) => item.productId === openedAt.productId) ? openedAt : null
  const focusLater = useFocusLater(list)

  const controlsOf = (offer: Offer): readonly OfferControl[] => (offer.reaction === null ? ['reason', 'accept', 'dismiss'] : ['reason', 'undo'])
  const stopOf = (offer: Offer): OfferControl => {
    const kept = stops.get(offer.item.productId)
    const all = controlsOf(offer)
    return kept !== undefined && all.includes(kept) ? kept : all[0]!
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, offer: Offer): void => {
    const on = event.target instanceof Element ? event.target.closest('[data-control]')?.getAttribute('data-control') : null
    const at = controlsOf(offer).indexOf(on as OfferControl)
    if (at < 0 || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    const next = nextStop(event.key, offers, offers.indexOf(offer), controlsOf, at, direction)
    if (next === null) return
    event.preventDefault()
    find(list.current, next.productId, next.control)?.focus()
  }

  return {
    opened,
    isOpen: ({ item }, control) => opened?.productId === item.productId && opened.control === control,
    toggle: ({ item: { productId } }, control) => setOpened(opened?.productId === productId && opened.control === control ? null : { productId, control }),
    close: () => setOpened(null),
    focusLater,
    getListProps: () => ({ ref: list, role: 'list' }),
    getActionsProps: (offer, label) => ({ role: 'toolbar', 'aria-label': label, onKeyDown: (event: KeyboardEvent<HTMLElement>) => onKeyDown(event, offer) }),
    getControlProps: (productId, control) => {
      const offer = offers.find(({ item }) => item.productId === productId)
      return {
        'data-product': productId,
        'data-control': control,
        // A line to undo by has no other controls, so it is a stop of its own.
        tabIndex: offer === undefined || stopOf(offer) === control ? 0 : -1,
        onFocus: () => setStops((all) => (all.get(productId) === control ? all : new Map(all).set(productId, control))),
      }
    },
  }
}

interface Stop {
  readonly productId: string
  readonly control: OfferControl
}

/** Where a key leads; null where it leads nowhere. */
function nextStop(key: string, offers: readonly Offer[], place: number, controlsOf: (offer: Offer) => readonly OfferControl[], at: number, direction: 'ltr' | 'rtl'): Stop | null {
  const stop = (offer: Offer | undefined, index: number): Stop | null => {
    const control = offer === undefined ? undefined : controlsOf(offer).at(Math.min(index, controlsOf(offer).length - 1))
    return offer === undefined || control === undefined ? null : { productId: offer.item.productId, control }
  }
  const onward = direction === 'rtl' ? -1 : 1
  const along = (step: number): Stop | null => (at + step < 0 || at + step >= controlsOf(offers[place]!).length ? null : stop(offers[place], at + step))
  switch (key) {
    case 'ArrowRight': return along(onward)
    case 'ArrowLeft': return along(-onward)
    case 'ArrowDown': return stop(offers[place + 1], at)
    case 'ArrowUp': return place === 0 ? null : stop(offers[place - 1], at)
    case 'Home': return stop(offers[0], at)
    case 'End': return stop(offers.at(-1), at)
    default: return null
  }
}

/** The element is looked for after each render, as a card that comes back may come later. */
function useFocusLater(list: RefObject<HTMLElement | null>): OfferControls['focusLater'] {
  const wanted = useRef<Stop | null>(null)
  useEffect(() => {
    if (wanted.current === null || list.current === null) return
    const { activeElement, body } = list.current.ownerDocument
    const root = list.current.closest('.crm-root') ?? list.current
    // In a shadow root the document sees its host alone.
    const isElsewhere = activeElement !== null && activeElement !== body && !root.contains(activeElement) && !activeElement.contains(root) && activeElement.shadowRoot === null
    const found = isElsewhere ? null : find(list.current, wanted.current.productId, wanted.current.control)
    if (found !== null) found.focus()
    if (found !== null || isElsewhere) wanted.current = null
  })
  return (productId, control) => {
    wanted.current = { productId, control }
  }
}

function find(list: HTMLElement | null, productId: string, control: OfferControl): HTMLElement | null {
  const all = list?.querySelectorAll<HTMLElement>(`[data-control="${control}"]`) ?? []
  return [...all].find((one) => one.dataset['product'] === productId) ?? null
}
