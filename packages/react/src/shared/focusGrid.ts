/**
 * Moves the focus from an element that is about to go to the grid or list of its widget, so that it does not fall to the
 * top of the page. Nothing happens where there is none in sight.
 */
export function focusGrid(from: Element): void {
  const stops = from.closest('.crm-root')?.querySelectorAll<HTMLElement | SVGElement>(':is([role="grid"], [role="listbox"]) [tabindex="0"]')
  const shown = [...(stops ?? [])].find((stop) => stop.getClientRects().length > 0)
  shown?.focus({ preventScroll: true })
}
