'use client'
import type { Answer, Selection } from '@crm/core/adapter'
import { similarOperation } from '@crm/core/recommend/operations'
import type { NeighbourList as NeighbourListResult, NeighboursRequest, SimilarityMeasure } from '@crm/core/recommend'
import { useState } from 'react'
import type { FocusEvent, KeyboardEvent, MouseEvent, SyntheticEvent } from 'react'
import { useDataZone } from '../hooks/useDataZone.ts'
import { useOperation } from '../hooks/useOperation.ts'
import { useCrmSettings } from '../provider/context.ts'
import type { ChangeDetails } from '../shared/changeDetails.ts'
import type { ProductTexts } from '../shared/productText.ts'
import { nextPlace } from '../shared/rovingFocus.ts'
import type { CellPlace } from '../shared/rovingFocus.ts'
import { useAsked } from '../shared/useAsked.ts'
import { useControlled } from '../shared/useControlled.ts'
import { widgetStatus } from '../shared/widgetState.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { pickedIds, selectIds } from './neighbourSelection.ts'
import { DEFAULT_MEASURE, measuresFor, withMeasure } from './neighboursRequest.ts'
import { useNeighbourListWords } from './useNeighbourListWords.ts'
import { useNeighbourNames } from './useNeighbourNames.ts'

/** `press` by mouse or touch, `key` by keyboard, `all` by the button, `clear` by Escape, a button or when nobody is left. */
export type NeighbourSelectionChange = ChangeDetails<'press' | 'key' | 'all' | 'clear'>

export interface UseNeighboursOptions {
  /** Whom or what to compare, with what. `similarity` holds all but the measure chosen. */
  readonly request: NeighboursRequest
  /** How alike is measured. Controlled by `measure`, else starts at `defaultMeasure`, that of the request, `cosine`. */
  readonly measure?: SimilarityMeasure | undefined
  readonly defaultMeasure?: SimilarityMeasure | undefined
  readonly onMeasureChange?: ((measure: SimilarityMeasure) => void) | undefined
  /** Measures to choose from. Default: those that say something about these preferences. */
  readonly measures?: readonly SimilarityMeasure[] | undefined
  /** The choice of customers as the page's {@link Selection}; `null` is none. Controlled by `selection`. Without these three nothing is selected, nor are products. */
  readonly selection?: Selection | null | undefined
  readonly defaultSelection?: Selection | null | undefined
  readonly onSelectionChange?: ((selection: Selection | null, change: NeighbourSelectionChange) => void) | undefined
  /** A name was pressed, or Enter on a row. Without it rows do not open. */
  readonly onOpen?: ((id: string, change: ChangeDetails<'press' | 'key'>) => void) | undefined
  /** The name of a customer may be personal data; by default that of such a field is not asked for. */
  readonly showsPersonalNames?: boolean | undefined
  /** Names of products in the place of those in the data, say in another language. Default: the data's. */
  readonly productText?: ProductTexts | undefined
  /** False asks nothing yet. Default true. */
  readonly enabled?: boolean | undefined
  /** Shown, marked stale, until the first answer comes. */
  readonly placeholder?: Answer<NeighbourListResult> | undefined
}

/** One neighbour as it is drawn. */
export interface NeighbourRow {
  readonly id: string
  /** null where the data carry none, or it must not be shown. */
  readonly name: string | null
  readonly similarity: number
  /** Partners that both have. */
  readonly common: number
  /** Partners that the neighbour has. */
  readonly partners: number
}

export type NeighbourColumn = 'name' | 'similarity' | 'common' | 'partners'

export const NEIGHBOUR_COLUMNS: readonly NeighbourColumn[] = ['name', 'similarity', 'common', 'partners']

type Props = Readonly<Record<string, unknown>>

/** State of one list of neighbours, and the props that make any markup an accessible grid. */
export interface NeighboursModel {
  readonly status: WidgetStatus
  readonly request: NeighboursRequest
  readonly answer: Answer<NeighbourListResult> | undefined
  readonly result: NeighbourListResult | null
  /** Up to when the purchases go that were compared; of the earlier list while that is shown. Epoch milliseconds. */
  readonly asOf: number
  readonly error: Error | null
  readonly isFetching: boolean
  readonly retry: () => void
  /** The one compared with, by name where there is one. */
  readonly name: string
  /** Of the request, else of the data; undefined until it is known. */
  readonly timeZone: string | undefined
  readonly rows: readonly NeighbourRow[]
  /** End of the scale of similarities: 1, or the highest of a measure without bounds. */
  readonly mostSimilar: number
  readonly measure: SimilarityMeasure
  readonly measures: readonly SimilarityMeasure[]
  readonly setMeasure: (measure: SimilarityMeasure) => void
  /** False where there is no choice, or the host holds it and listens to no change. */
  readonly canSetMeasure: boolean
  readonly selection: Selection | null
  /** Only customers are. */
  readonly canSelect: boolean
  readonly isSelected: (row: NeighbourRow) => boolean
  readonly areAllSelected: boolean
  /** Adds a customer to the selection, or takes one out. */
  readonly toggle: (row: NeighbourRow, change: NeighbourSelectionChange) => void
  readonly selectAll: (event?: SyntheticEvent) => void
  readonly clearSelection: (event?: SyntheticEvent) => void
  readonly open: ((row: NeighbourRow, change: ChangeDetails<'press' | 'key'>) => void) | null
  /** The cell that holds the one tab stop. Row 0 is the first neighbour. */
  readonly active: CellPlace
  /** For the element with role `grid`. `label` is its accessible name. */
  readonly getGridProps: (label: string) => Props
  readonly getRowProps: (row: NeighbourRow) => Props
  readonly getCellProps: (row: NeighbourRow, column: NeighbourColumn) => Props
}

/**
 * Customers like a customer, or products like a product, without markup: names, measure, selection, one roving tab stop.
 *
 * @example
 * const { rows } = useNeighbours({ request: { over: 'customers', id: 'C-10023', preferences: { from: 'transactions', asOf, timeZone } } })
 */
export function useNeighbours(options: UseNeighboursOptions): NeighboursModel {
  const { request, onMeasureChange, onSelectionChange, onOpen, showsPersonalNames = false, productText, enabled, placeholder } = options
  const { direction } = useCrmSettings()
  const dataZone = useDataZone(enabled)
  const { words, text } = useNeighbourListWords()
  const [measure, setOwnMeasure] = useControlled(options.measure, options.defaultMeasure ?? request.similarity?.measure ?? DEFAULT_MEASURE)
  const [selection, setOwnSelection] = useControlled(options.selection, options.defaultSelection ?? null)
  const [focused, setFocused] = useState<CellPlace>({ row: 0, column: 0 })
  const state = useOperation(similarOperation, withMeasure(request, measure), {
    ...(enabled === undefined ? {} : { enabled }),
    ...(placeholder === undefined ? {} : { placeholder }),
  })
  // Neighbours of somebody else are never shown under the name of this one.
  const isOther = state.answer !== undefined && (state.answer.data.id !== request.id || state.answer.data.over !== request.over)
  const answer = isOther ? undefined : state.answer
  const asOf = useAsked(answer !== undefined && state.isStale, request.preferences.asOf)
  const { nameOf, isPending } = useNeighbourNames(request, answer?.data, showsPersonalNames, productText)

  const known = widgetStatus({ ...state, answer }, ({ compared, items }) => (compared === 0 ? 'noMatch' : items.length === 0 ? 'empty' : null))
  const status = isPending && (known === 'ready' || known === 'stale') ? 'loading' : known
  const result = answer && status !== 'forbidden' ? answer.data : null
  const rows = (result?.items ?? []).map((item): NeighbourRow => ({ ...item, name: nameOf(item.id) }))
  const name = nameOf(request.id) ?? request.id
  const measures = [...new Set([...(options.measures ?? measuresFor(request.preferences)), measure])]

  const canSelect = request.over === 'customers' && (onSelectionChange !== undefined || options.selection !== undefined || options.defaultSelection !== undefined)
  const picked = canSelect ? pickedIds(selection) : []
  const isSelected = ({ id }: NeighbourRow): boolean => picked.includes(id)
  const change = (ids: readonly string[], details: NeighbourSelectionChange): void => {
    const [first] = ids
    const label = ids.length === 1 ? (nameOf(first!) ?? first!) : text(words.selectionMany, { count: ids.length, name })
    const next = selectIds(ids, label)
    setOwnSelection(next)
    onSelectionChange?.(next, next === null ? { ...details, reason: 'clear' } : details)
  }
  const toggle = (row: NeighbourRow, details: NeighbourSelectionChange): void => {
    if (canSelect) change(isSelected(row) ? picked.filter((id) => id !== row.id) : [...picked, row.id], details)
  }
  const open = onOpen === undefined ? null : (row: NeighbourRow, details: ChangeDetails<'press' | 'key'>) => onOpen(row.id, details)

  const active = { row: Math.max(0, Math.min(focused.row, rows.length - 1)), column: focused.column }
  const onKeyDown = (event: KeyboardEvent<Element>): void => {
    if (event.altKey || event.defaultPrevented) return
    const row = rows[active.row]
    if (event.key === 'Escape') {
      if (!canSelect || selection === null) return
      // Handled here: a dialog around the list stays open.
      event.preventDefault()
      event.stopPropagation()
      change([], { reason: 'clear', event })
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (row === undefined) return
      if (open !== null && (event.key === 'Enter' || !canSelect)) open(row, { reason: 'key', event })
      else toggle(row, { reason: 'key', event })
    } else {
      const next = nextPlace(active, event, rows.length, NEIGHBOUR_COLUMNS.length, direction)
      if (next === null) return
      event.preventDefault()
      setFocused(next)
      event.currentTarget.querySelector<HTMLElement>(`[data-place="${next.row},${next.column}"]`)?.focus()
    }
  }

  return {
    status,
    request,
    answer,
    result,
    asOf,
    error: state.error,
    isFetching: state.isFetching,
    retry: state.retry,
    name,
    timeZone: request.preferences.timeZone ?? dataZone,
    rows,
    mostSimilar: Math.max(1, ...rows.map(({ similarity }) => similarity)),
    measure,
    measures,
    setMeasure: (next) => {
      setOwnMeasure(next)
      onMeasureChange?.(next)
    },
    canSetMeasure: measures.length > 1 && (options.measure === undefined || onMeasureChange !== undefined),
    selection: canSelect ? selection : null,
    canSelect,
    isSelected,
    areAllSelected: rows.every(isSelected),
    toggle,
    selectAll: (event) => change([...new Set([...picked, ...rows.map(({ id }) => id)])], { reason: 'all', event: event ?? null }),
    clearSelection: (event) => change([], { reason: 'clear', event: event ?? null }),
    open,
    active,
    getGridProps: (label) => ({ role: 'grid', 'aria-label': label, 'aria-rowcount': rows.length + 1, 'aria-multiselectable': canSelect || undefined, onKeyDown }),
    getRowProps: (row) => ({
      role: 'row',
      'aria-rowindex': rows.indexOf(row) + 2,
      'aria-selected': canSelect ? isSelected(row) : undefined,
      'data-neighbour': row.id,
      'data-selected': isSelected(row) || undefined,
      'data-fixed': (!canSelect && open === null) || undefined,
      onClick: (event: MouseEvent) => {
        // A click that ends a selection of text is not meant to choose anything.
        if (event.currentTarget.ownerDocument.getSelection()?.isCollapsed === false) return
        if (canSelect) toggle(row, { reason: 'press', event })
        else open?.(row, { reason: 'press', event })
      },
    }),
    getCellProps: (row, column) => {
      const place = { row: rows.indexOf(row), column: NEIGHBOUR_COLUMNS.indexOf(column) }
      return {
        role: column === 'name' ? 'rowheader' : 'gridcell',
        'data-align': column === 'name' ? undefined : 'end',
        'data-place': `${place.row},${place.column}`,
        tabIndex: place.row === active.row && place.column === active.column ? 0 : -1,
        onFocus: (event: FocusEvent) => {
          if (event.target === event.currentTarget) setFocused(place)
        },
      }
    },
  }
}
