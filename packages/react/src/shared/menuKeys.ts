import type { KeyboardEvent } from 'react'

/** The items of an open ARIA menu, in order. */
export function menuItemsOf(menu: Element | null): readonly HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
}

/**
 * The item that a key leads to from the one that has the focus: arrows around, Home and End, else the next whose words
 * begin with the letter. undefined where it leads nowhere.
 *
 * @see ARIA Authoring Practices, menu pattern
 */
export function nextMenuItem(items: readonly HTMLElement[], event: KeyboardEvent): HTMLElement | undefined {
  const at = items.indexOf(event.target as HTMLElement)
  switch (event.key) {
    case 'ArrowDown': return items[(at + 1) % items.length]
    case 'ArrowUp': return items.at(at - 1)
    case 'Home': return items[0]
    case 'End': return items.at(-1)
  }
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return undefined
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(({ textContent }) => textContent?.toLowerCase().startsWith(event.key.toLowerCase()))
}
