import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { Selection } from '@crm/core/adapter'

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
}

const CHOICES = {
  engine: ['memory', 'duckdb'],
  theme: ['auto', 'light', 'dark'],
  y: ['f', 'm', 'fm'],
  measure: ['customers', 'revenue', 'mean'],
} as const satisfies { [Key in Exclude<keyof ViewState, 'selection'>]: readonly ViewState[Key][] }

/** Reads the state from an address; what is missing or not understood has its default. */
export function readViewState(search: string): ViewState {
  const params = new URLSearchParams(search)
  const choice = <Key extends keyof typeof CHOICES>(key: Key): (typeof CHOICES)[Key][number] => {
    const options: readonly (typeof CHOICES)[Key][number][] = CHOICES[key]
    return options.find((option) => option === params.get(key)) ?? options[0]!
  }
  return { engine: choice('engine'), theme: choice('theme'), y: choice('y'), measure: choice('measure'), selection: readSelection(params.get('selection')) }
}

/** The inverse of {@link readViewState}; defaults are left out. */
export function writeViewState(state: ViewState): string {
  const params = new URLSearchParams()
  for (const key of Object.keys(CHOICES) as (keyof typeof CHOICES)[]) {
    if (state[key] !== CHOICES[key][0]) params.set(key, state[key])
  }
  if (state.selection !== null) params.set('selection', JSON.stringify(state.selection))
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

const CHANGED = 'viewstatechange'

/** The state of the address, and a way to change some of it. Each change is a step that the back button undoes. */
export function useViewState(): readonly [ViewState, (change: Partial<ViewState>) => void] {
  const search = useSyncExternalStore(subscribe, () => window.location.search)
  const change = useCallback((part: Partial<ViewState>) => {
    const next = writeViewState({ ...readViewState(window.location.search), ...part })
    if (next === window.location.search) return
    window.history.pushState(null, '', window.location.pathname + next)
    window.dispatchEvent(new Event(CHANGED))
  }, [])
  // One object per address, so that what is derived from the selection keeps its identity.
  return [useMemo(() => readViewState(search), [search]), change]
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  window.addEventListener(CHANGED, listener)
  return () => {
    window.removeEventListener('popstate', listener)
    window.removeEventListener(CHANGED, listener)
  }
}
