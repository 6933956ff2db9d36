'use client'
import { useLayoutEffect } from 'react'
import type { RefObject } from 'react'

/** Space between a mark and its tooltip, px. */
const GAP = 6

/**
 * Places a tooltip over the mark it speaks of, inside the frame it is positioned in; below where there is no room above.
 *
 * @param mark selector of the mark within the frame
 * @param key  changes whenever the tooltip must be placed anew
 */
export function useTooltipPlace(ref: RefObject<HTMLElement | null>, mark: string, key: unknown): void {
  // Through CSSOM, which a strict content security policy allows, unlike a style attribute in HTML.
  useLayoutEffect(() => {
    const tooltip = ref.current
    const frame = tooltip?.offsetParent
    const marked = frame?.querySelector(mark)
    if (!tooltip || !frame || !marked) return
    const [box, within] = [marked.getBoundingClientRect(), frame.getBoundingClientRect()]
    const above = box.top - within.top - tooltip.offsetHeight - GAP
    const middle = box.left - within.left + box.width / 2 - tooltip.offsetWidth / 2
    // Over the mark where that stays inside the picture and the window, so that title and controls are seen; else below.
    const top = above >= Math.max(0, -within.top) ? above : box.bottom - within.top + GAP
    tooltip.style.setProperty('top', `${Math.round(top)}px`)
    tooltip.style.setProperty('left', `${Math.round(Math.min(Math.max(middle, 0), within.width - tooltip.offsetWidth))}px`)
  }, [ref, mark, key])
}
