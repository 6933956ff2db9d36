'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useNeighbourListModel } from './NeighbourListContext.ts'
import { useNeighbourListWords } from './useNeighbourListWords.ts'

export interface NeighbourListTitleProps extends PartProps<object>, Omit<ComponentPropsWithRef<'h3'>, 'className'> {
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly level?: 2 | 3 | 4 | 5 | 6
}

/** What is listed. Your own words as children replace it. */
export function NeighbourListTitle({ level = 3, ...theirs }: NeighbourListTitleProps): ReactElement {
  return renderPart(`h${level}`, { className: 'crm-title', children: useNeighbourListTitle() }, theirs, {})
}

/** The title of the list in words. */
export function useNeighbourListTitle(): string {
  const { status, request, name } = useNeighbourListModel()
  const { words, text } = useNeighbourListWords()
  const isOfProducts = request.over === 'products'
  if (status !== 'ready' && status !== 'stale') return isOfProducts ? words.titleProducts : words.title
  return text(isOfProducts ? words.titleProductsOf : words.titleCustomersOf, { name })
}

/** One sentence: how many are listed, of how many. */
export function NeighbourListFinding(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'p'>, 'className'>): ReactElement | null {
  const { result, rows, request, name } = useNeighbourListModel()
  const { words, text, format } = useNeighbourListWords()
  if (result === null) return null
  const { compared } = result
  const isOfProducts = request.over === 'products'
  const children =
    compared > rows.length
      ? text(isOfProducts ? words.findingProducts : words.findingCustomers, { shown: format.number(rows.length), all: format.number(compared), name })
      : text(isOfProducts ? words.findingAllProducts : words.findingAllCustomers, { count: rows.length, name })
  return renderPart('p', { className: 'crm-subtitle', children }, theirs, {})
}
