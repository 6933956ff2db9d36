import { cloneElement, createElement } from 'react'
import type { ReactElement } from 'react'

/** What every part takes: another element, and a class that may depend on the state. */
export interface PartProps<State> {
  /** An element to render instead, or a function that gets the props and the state. */
  readonly render?: ReactElement | ((props: Readonly<Record<string, unknown>>, state: State) => ReactElement)
  readonly className?: string | undefined | ((state: State) => string | undefined)
}

type Bag = Record<string, unknown>

/**
 * Merges props of a part with those of its user: classes add up, handlers run user first and a prevented event stops
 * there, all else the user wins.
 */
export function mergeProps(own: Bag, theirs: Bag): Bag {
  const merged: Bag = { ...own }
  for (const [name, value] of Object.entries(theirs)) {
    if (value === undefined) continue
    const mine = own[name]
    if (name === 'className') merged.className = [mine, value].filter(Boolean).join(' ')
    else if (/^on[A-Z]/.test(name) && typeof mine === 'function' && typeof value === 'function') merged[name] = both(value as Handler, mine as Handler)
    else merged[name] = value
  }
  return merged
}

type Handler = (event: { readonly defaultPrevented?: boolean }) => void

function both(theirs: Handler, mine: Handler): Handler {
  return (event) => {
    theirs(event)
    if (event.defaultPrevented !== true) mine(event)
  }
}

/**
 * Renders the one element of a part.
 *
 * @param tag   element when the user asks for no other
 * @param own   what the part needs on its element; its `data-*` attributes carry the state
 * @param theirs props of the user, `render` and `className` among them
 */
export function renderPart<State>(tag: string, own: Bag, theirs: PartProps<State> & object, state: State): ReactElement {
  const { render, className, ...rest } = theirs as PartProps<State> & Bag
  const props = mergeProps(own, { ...rest, className: typeof className === 'function' ? className(state) : className })
  if (typeof render === 'function') return render(props, state)
  if (render !== undefined) return cloneElement(render, mergeProps(props, render.props as Bag))
  return createElement(tag, props)
}
