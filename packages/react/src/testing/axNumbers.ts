/** Every number drawn inside an element: text that is seen, whoever may hear it. */
export function numbersDrawn(root: Element): string[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: string[] = []
  while (walker.nextNode()) {
    const { parentElement: parent, textContent } = walker.currentNode
    if (parent !== null && parent.checkVisibility() && parent.closest('[hidden], .crm-visually-hidden') === null) found.push(textContent ?? '')
  }
  return found.flatMap(numbersIn)
}

/** Every number that assistive technology gets: names, and text that is not hidden from it nor replaced by a name. */
export function numbersHeard(root: Element): string[] {
  const named = [...root.querySelectorAll('[aria-label]')].filter((element) => element.checkVisibility() && element.closest('[aria-hidden="true"]') === null)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found = named.map((element) => element.getAttribute('aria-label') ?? '')
  while (walker.nextNode()) {
    const { parentElement: parent, textContent } = walker.currentNode
    if (parent !== null && parent.checkVisibility() && parent.closest('[hidden], [aria-hidden="true"]') === null && !isReplaced(parent, root)) found.push(textContent ?? '')
  }
  return found.flatMap(numbersIn)
}

/** A cell or an option with a name of its own is read out by that name. */
function isReplaced(element: Element, root: Element): boolean {
  const named = element.closest('[role="gridcell"][aria-label], [role="option"][aria-label]')
  return named !== null && root.contains(named)
}

function numbersIn(text: string): string[] {
  return text.match(/\d[\d,.]*\d|\d/g) ?? []
}
