'use client'
import { useEffect } from 'react'
import type { RefObject } from 'react'
import { useSafeLayoutEffect } from '../shared/useSafeLayoutEffect.ts'

/** Space between a control and what it opens, px. */
const GAP = 4

/**
 * What opens at a control: stands under it (above, where there is no room below), inside the widget, and closes on a
 * press elsewhere and when a list scrolls away under it.
 *
 * Its frame is outside the list, which may scroll and clip: an element is clipped only by what lies between it and the
 * element it is placed by.
 *
 * @param control selector of what has opened it, within the same card
 */
export function useOpenedBox(box: RefObject<HTMLElement | null>, control: string, onClose: () => void): void {
  useSafeLayoutEffect(() => {
    const element = box.current
    const frame = element?.offsetParent
    const card = element?.closest('.crm-offer')
    const anchor = card?.querySelector(control)
    if (!element || !frame || !anchor) return undefined
    // Through CSSOM, which a strict content security policy allows, unlike a style attribute in HTML.
    const place = (): void => {
      const [at, within] = [anchor.getBoundingClientRect(), frame.getBoundingClientRect()]
      const isMirrored = getComputedStyle(element).direction === 'rtl'
      const left = (isMirrored ? at.right - element.offsetWidth : at.left) - within.left
      const isHigh = at.bottom + GAP + element.offsetHeight > window.innerHeight && at.top - GAP - element.offsetHeight > 0
      const top = isHigh ? at.top - GAP - element.offsetHeight : at.bottom + GAP
      element.style.setProperty('left', `${Math.round(Math.max(0, Math.min(left, within.width - element.offsetWidth)))}px`)
      element.style.setProperty('top', `${Math.round(top - within.top)}px`)
    }
    place()
    const observer = new ResizeObserver(place)
    observer.observe(frame)
    return () => observer.disconnect()
  }, [box, control])
  useEffect(() => {
    const card = box.current?.closest('.crm-offer')
    const list = card?.parentElement
    const page = card?.ownerDocument
    // The path, because inside a shadow root `target` is the host.
    const onPointerDown = (event: Event): void => {
      if (card != null && !event.composedPath().includes(card)) onClose()
    }
    page?.addEventListener('pointerdown', onPointerDown)
    list?.addEventListener('scroll', onClose)
    return () => {
      page?.removeEventListener('pointerdown', onPointerDown)
      list?.removeEventListener('scroll', onClose)
    }
  }, [box, onClose])
}
