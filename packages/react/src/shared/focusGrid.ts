/**
 * Moves the focus from an element that is about to go to the grid of its widget, so that it does not fall to the top of
 * the page. Nothing happens where there is no grid.
 */
export function focusGrid(from: Element): void {
  from.closest('.crm-root')?.querySelector<HTMLElement | SVGElement>('[role="grid"] [tabindex="0"]')?.focus({ preventScroll: true })
}
