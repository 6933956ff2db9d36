import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { Selection } from '@crm/core/adapter'
import type { CustomerSort } from '@crm/react/customer-table'

export type Engine = 'memory' | 'duckdb'
export type Theme = 'auto' | 'light' | 'dark'
export type GridAxis = 'f' | 'm' | 'fm'
export type GridMeasure = 'customers' | 'revenue' | 'mean'

/** All that a person can choose on the page. It lives in the address: reload, share and the back button keep it. */
export interface ViewState {
  readonly engine: Engine
  readonly theme: Theme
  readonly y: GridAxis
  readonly measure: GridMeasure
  readonly selection: Selection | null
  readonly sort: CustomerSort
  /** What the table is searched for. */
  readonly search: string
}

const DEFAULT_SORT: CustomerSort = { field: 'revenue', direction: 'descending' }

const CHOICES = {
  engine: ['memory', 'duckdb'],
  theme: ['auto', 'light', 'dark'],
  y: ['fm', 'f', 'm'],
  measure: ['customers', 'revenue', 'mean'],
} as const satisfies { [Key in Exclude<keyof ViewState, 'selection' | 'sort' | 'search'>]: readonly ViewState[Key][] }

/** Reads the state from an address; what is missing or not understood has its default. */
export function readViewState(search: string): ViewState {
  const params = new URLSearchParams(search)
  const choice = <Key extends keyof typeof CHOICES>(key: Key): (typeof CHOICES)[Key][number] => {
    const options: readonly (typeof CHOICES)[Key][number][] = CHOICES[key]
    return options.find((option) => option === params.get(key)) ?? options[0]!
  }
  return {
    engine: choice('engine'),
    theme: choice('theme'),
    y: choice('y'),
    measure: choice('measure'),
    selection: readSelection(params.get('selection')),
    sort: readSort(params.get('sort')),
    search: params.get('search') ?? '',
  }
}

/** The inverse of {@link readViewState}; defaults are left out. */
export function writeViewState(state: ViewState): string {
  const params = new URLSearchParams()
  for (const key of Object.keys(CHOICES) as (keyof typeof CHOICES)[]) {
    if (state[key] !== CHOICES[key][0]) params.set(key, state[key])
  }
  if (state.selection !== null) params.set('selection', JSON.stringify(state.selection))
  if (sortText(state.sort) !== sortText(DEFAULT_SORT)) params.set('sort', sortText(state.sort))
  if (state.search !== '') params.set('search', state.search)
  const search = params.toString()
  return search === '' ? '' : `?${search}`
}

/** The shape only: the engine checks fields and values, and the table shows its error with a way back. */
function readSelection(text: string | null): Selection | null {
  if (text === null) return null
  try {
    const value = JSON.parse(text) as Selection | null
    return typeof value?.label === 'string' && Array.isArray(value.ranges) ? value : null
  } catch {
    return null
  }
}

function sortText({ field, direction }: CustomerSort): string {
  return `${field}.${direction}`
}

function readSort(text: string | null): CustomerSort {
  const [, field, direction] = /^(\w+)\.(ascending|descending)$/.exec(text ?? '') ?? []
  return field === undefined ? DEFAULT_SORT : { field, direction: direction === 'ascending' ? 'ascending' : 'descending' }
}

const CHANGED = 'viewstatechange'

/**
 * The state of the address, and a way to change some of it. Each change is a step that the back button undoes, but for
 * those that `replace`: nobody goes back letter by letter.
 */
export function useViewState(): readonly [ViewState, (change: Partial<ViewState>, how?: 'push' | 'replace') => void] {
  const search = useSyncExternalStore(subscribe, () => window.location.search)
  const change = useCallback((part: Partial<ViewState>, how: 'push' | 'replace' = 'push') => {
    const next = writeViewState({ ...readViewState(window.location.search), ...part })
    if (next === window.location.search) return
    window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', window.location.pathname + next)
    window.dispatchEvent(new Event(CHANGED))
  }, [])
  // The selection keeps its identity while something else changes, and so does what is derived from it.
  const selectionText = new URLSearchParams(search).get('selection')
  const selection = useMemo(() => readSelection(selectionText), [selectionText])
  return [useMemo(() => ({ ...readViewState(search), selection }), [search, selection]), change]
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  window.addEventListener(CHANGED, listener)
  return () => {
    window.removeEventListener('popstate', listener)
    window.removeEventListener(CHANGED, listener)
  }
}
