import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { ImportPlan, Selection } from '@crm/core/adapter'
import type { RecommendStrategy } from '@crm/core/recommend'
import type { RfmCuts } from '@crm/core/rfm'
import type { CustomerSort } from '@crm/react/customer-table'

export type Source = 'superstore' | 'shop' | 'file'
export type Engine = 'memory' | 'duckdb'
export type DemoPage = 'overview' | 'cuts' | 'map' | 'offers'
/** The steps of the import, and `use`: the pages over what was imported. */
export type FileStep = 'choose' | 'map' | 'check' | 'import' | 'use'
export type Language = 'en' | 'zh-Hans'
export type SegmentMapId = 'plain' | 'three-point' | 'recency-by-value' | 'r-rfm' | 'r-rfm-0.2' | 'pymc-marketing'
export type Theme = 'auto' | 'light' | 'dark'
export type GridAxis = 'f' | 'm' | 'fm'
export type GridMeasure = 'customers' | 'revenue' | 'mean'

/** All that a person can choose on the page. It lives in the address: reload, share and the back button keep it. */
export interface ViewState {
  /** A sample of real orders, a made-up shop, or a file of the visitor's own. */
  readonly data: Source
  readonly page: DemoPage
  /** Where the import of the file stands. The file itself stays in the page: an address cannot hold it. */
  readonly step: FileStep
  /** How the file is read, once that was decided. */
  readonly plan: ImportPlan | null
  readonly engine: Engine
  readonly theme: Theme
  readonly language: Language
  readonly y: GridAxis
  readonly measure: GridMeasure
  readonly selection: Selection | null
  readonly sort: CustomerSort
  /** What the table is searched for. */
  readonly search: string
  /** Whose segment is explained. */
  readonly customer: string | null
  /** Whose next offers are shown; null = the customer with the highest revenue. */
  readonly person: string | null
  /** How products are ranked, when a back-test's suggestion was taken. */
  readonly strategy: RecommendStrategy | null
  /** Cut points that were tried out and kept, in place of quintiles. */
  readonly cuts: RfmCuts | null
  /** The segment map, by its id. */
  readonly map: SegmentMapId
}

export const DEFAULT_SORT: CustomerSort = { field: 'revenue', direction: 'descending' }

/** What is chosen in one shop means nothing in another. */
export const FRESH = { selection: null, customer: null, person: null, strategy: null, cuts: null, map: 'plain', search: '', sort: DEFAULT_SORT } as const satisfies Partial<ViewState>

const CHOICES = {
  data: ['superstore', 'shop', 'file'],
  page: ['overview', 'cuts', 'map', 'offers'],
  step: ['choose', 'map', 'check', 'import', 'use'],
  engine: ['memory', 'duckdb'],
  theme: ['auto', 'light', 'dark'],
  language: ['en', 'zh-Hans'],
  map: ['plain', 'three-point', 'recency-by-value', 'r-rfm', 'r-rfm-0.2', 'pymc-marketing'],
  y: ['fm', 'f', 'm'],
  measure: ['customers', 'revenue', 'mean'],
} as const satisfies { [Key in Exclude<keyof ViewState, 'selection' | 'sort' | 'search' | 'plan' | 'customer' | 'person' | 'strategy' | 'cuts'>]: readonly ViewState[Key][] }

/** Reads the state from an address; what is missing or not understood has its default. */
export function readViewState(search: string): ViewState {
  const params = new URLSearchParams(search)
  const choice = <Key extends keyof typeof CHOICES>(key: Key): (typeof CHOICES)[Key][number] => {
    const options: readonly (typeof CHOICES)[Key][number][] = CHOICES[key]
    return options.find((option) => option === params.get(key)) ?? options[0]!
  }
  return {
    data: choice('data'),
    page: choice('page'),
    step: choice('step'),
    plan: readJson(params.get('plan'), isPlan),
    engine: choice('engine'),
    theme: choice('theme'),
    language: choice('language'),
    y: choice('y'),
    measure: choice('measure'),
    map: choice('map'),
    selection: readJson(params.get('selection'), isSelection),
    sort: readSort(params.get('sort')),
    search: params.get('search') ?? '',
    customer: params.get('customer'),
    person: params.get('person'),
    strategy: readJson(params.get('strategy'), isStrategy),
    cuts: readJson(params.get('cuts'), isCuts),
  }
}

/** The inverse of {@link readViewState}; defaults are left out. */
export function writeViewState(state: ViewState): string {
  const params = new URLSearchParams()
  for (const key of Object.keys(CHOICES) as (keyof typeof CHOICES)[]) {
    if (state[key] !== CHOICES[key][0]) params.set(key, state[key])
  }
  for (const key of ['plan', 'selection', 'cuts', 'strategy'] as const) {
    if (state[key] !== null) params.set(key, JSON.stringify(state[key]))
  }
  if (sortText(state.sort) !== sortText(DEFAULT_SORT)) params.set('sort', sortText(state.sort))
  if (state.search !== '') params.set('search', state.search)
  if (state.customer !== null) params.set('customer', state.customer)
  if (state.person !== null) params.set('person', state.person)
  const search = params.toString()
  return search === '' ? '' : `?${search}`
}

/** The shape only: who uses it checks fields and values, and shows its error with a way back. */
function readJson<Value>(text: string | null, isOne: (value: Partial<Value>) => boolean): Value | null {
  if (text === null) return null
  try {
    const value = JSON.parse(text) as Partial<Value> | null
    return value !== null && typeof value === 'object' && isOne(value) ? (value as Value) : null
  } catch {
    return null
  }
}

function isSelection({ label, ranges }: Partial<Selection>): boolean {
  return typeof label === 'string' && Array.isArray(ranges)
}

const PLAN_TEXTS = ['encoding', 'delimiter', 'decimal', 'dates', 'timeZone', 'currency', 'cancellationPrefix', 'duplicates', 'rejects'] as const satisfies readonly (keyof ImportPlan)[]

function isPlan(plan: Partial<ImportPlan>): boolean {
  const { header, roles, attributes, columns = [] } = plan
  const isWhole = (value: unknown): boolean => Number.isInteger(value)
  const has = (one: unknown, number: string, texts: readonly string[]): boolean => isWhole(Object(one)[number]) && texts.every((name) => typeof Object(one)[name] === 'string')
  return (
    typeof header === 'boolean' &&
    PLAN_TEXTS.every((name) => typeof plan[name] === 'string') &&
    typeof roles === 'object' &&
    roles !== null &&
    Object.values(roles).every(isWhole) &&
    Array.isArray(attributes) &&
    attributes.every((one) => has(one, 'column', ['name', 'of', 'kind'])) &&
    Array.isArray(columns) &&
    columns.every((one) => has(one, 'index', ['name']))
  )
}

function isStrategy({ kind }: Partial<RecommendStrategy>): boolean {
  return typeof kind === 'string'
}

function isCuts({ r, f, m }: Partial<RfmCuts>): boolean {
  return [r, f, m].every((cuts) => Array.isArray(cuts) && cuts.every((cut) => Number.isFinite(cut)))
}

function sortText({ field, direction }: CustomerSort): string {
  return `${field}.${direction}`
}

function readSort(text: string | null): CustomerSort {
  const [, field, direction] = /^(\w+)\.(ascending|descending)$/.exec(text ?? '') ?? []
  return field === undefined ? DEFAULT_SORT : { field, direction: direction === 'ascending' ? 'ascending' : 'descending' }
}

/** Changes some of the state; `replace` leaves no step for the back button. */
export type ChangeView = (change: Partial<ViewState>, how?: 'push' | 'replace') => void

const CHANGED = 'viewstatechange'

/**
 * The state of the address, and a way to change some of it. Each change is a step that the back button undoes, but for
 * those that `replace`: nobody goes back letter by letter.
 */
export function useViewState(): readonly [ViewState, ChangeView] {
  const search = useSyncExternalStore(subscribe, () => window.location.search)
  const change = useCallback<ChangeView>((part, how = 'push') => {
    const next = writeViewState({ ...readViewState(window.location.search), ...part })
    if (next === window.location.search) return
    window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', window.location.pathname + next)
    window.dispatchEvent(new Event(CHANGED))
  }, [])
  // Objects keep their identity while something else changes, and so does what is derived from them.
  const params = new URLSearchParams(search)
  const [selectionText, planText, cutsText, strategyText] = [params.get('selection'), params.get('plan'), params.get('cuts'), params.get('strategy')]
  const selection = useMemo(() => readJson(selectionText, isSelection), [selectionText])
  const plan = useMemo(() => readJson(planText, isPlan), [planText])
  const cuts = useMemo(() => readJson(cutsText, isCuts), [cutsText])
  const strategy = useMemo(() => readJson(strategyText, isStrategy), [strategyText])
  return [useMemo(() => ({ ...readViewState(search), selection, plan, cuts, strategy }), [search, selection, plan, cuts, strategy]), change]
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  window.addEventListener(CHANGED, listener)
  return () => {
    window.removeEventListener('popstate', listener)
    window.removeEventListener(CHANGED, listener)
  }
}
