import type { Steps } from '../adapter/contract.ts'
import { isWithin } from './decay.ts'
import { codeOfId } from './preferenceRows.ts'
import type { ProductCosines } from './productCosines.ts'
import type { Catalogue } from './productFacts.ts'
import type { FilterName, PreferenceRow, RecommendFilters, Shortfall } from './recommend.types.ts'
import type { ScoreSheet } from './scorer.types.ts'

/** In the order in which they are looked at: a product that several would take away is counted by the first. */
const FILTERS = ['bought', 'inStock', 'categories', 'price', 'allow', 'deny', 'dismissed', 'perCategory'] as const satisfies readonly FilterName[]
const PER_CATEGORY: number = FILTERS.indexOf('perCategory')

/** What is looked through, in turn: the next one only fills what the one before leaves open. */
export interface Stage<Source> {
  readonly source: Source
  /** Writes the scores; called only when they are needed. */
  readonly score: (sheet: ScoreSheet) => Steps<void>
}

/** A product that made it into the list. */
export interface Selected<Source> {
  readonly product: number
  readonly score: number
  readonly support: number
  readonly stage: Source
}

export interface SelectionTask<Source> {
  readonly stages: readonly Source[]
  readonly limit: number
  readonly filters: RecommendFilters
  readonly asOf: number
  /** What the customer has, with times: for `bought`. Several rows add up. */
  readonly bought: readonly PreferenceRow[]
  readonly products: readonly string[]
  readonly catalogue: Catalogue
  /** Asked for only under `diversity`. */
  readonly cosines: () => ProductCosines
  /** Of nobody else until the choice is made. */
  readonly sheet: ScoreSheet
}

/**
 * The best products that pass all filters: exactly `limit`, or fewer and what took the others away.
 *
 * Filters come before the choice, so that no filter shortens a list that could be full. Equal scores: more support first,
 * then the lower id.
 */
export function* selectProducts<Source extends Stage<unknown>>(task: SelectionTask<Source>): Steps<{ readonly selected: readonly Selected<Source>[]; readonly shortfall: Shortfall | null }> {
  const { limit, filters, products, catalogue, sheet } = task
  const { perCategory = Infinity, diversity = 0 } = filters
  const filterOf = createFilter(task)
  const removed = new Int32Array(FILTERS.length)
  const marks = markBought(task)
  const taken = new Map<number, number>()
  const selected: Selected<Source>[] = []
  let scored = 0
  let passed = 0

  for (const stage of task.stages) {
    if (selected.length === limit) break
    yield* stage.score(sheet)
    const candidates = new Int32Array(sheet.count)
    let count = 0
    for (let i = 0; i < sheet.count; i++) {
      const product = sheet.touched[i] as number
      const mark = marks[product] as number
      if (mark === SEEN || !((sheet.scores[product] as number) > 0)) continue
      marks[product] = SEEN
      scored++
      const filter = mark === BOUGHT ? FIRST : filterOf === null ? NONE : filterOf(product)
      if (filter === NONE) candidates[count++] = product
      else removed[filter]!++
    }
    passed += count
    const ofStage = candidates.subarray(0, count)
    const take = (product: number): void => {
      const category = catalogue.category[product] as number
      taken.set(category, (taken.get(category) ?? 0) + 1)
      selected.push({ product, score: sheet.scores[product] as number, support: sheet.support[product] as number, stage })
    }
    const isFull = (product: number): boolean => (taken.get(catalogue.category[product] as number) ?? 0) >= perCategory
    if (diversity > 0) yield* takeDiverse(ofStage, sheet, limit, diversity, selected, task.cosines(), isFull, take)
    else if (perCategory === Infinity) for (const product of topOf(ofStage, limit - selected.length, sheet)) take(product)
    else {
      for (const product of sortScored(ofStage, sheet)) {
        if (selected.length === limit) break
        if (!isFull(product)) take(product)
      }
    }
  }
  if (selected.length === limit) return { selected, shortfall: null }
  removed[PER_CATEGORY] = passed - selected.length
  const counted: { filter: FilterName | 'noSignal'; count: number }[] = FILTERS.map((filter, i) => ({ filter, count: removed[i] as number }))
  counted.push({ filter: 'noSignal', count: products.length + catalogue.unsold - scored })
  return { selected, shortfall: Object.freeze({ asked: limit, found: selected.length, removed: Object.freeze(counted.filter(({ count }) => count > 0).map((one) => Object.freeze(one))) }) }
}

/** Negative when `a` comes first: the higher score, then the more support, then the lower id. */
export function compareScored(a: number, b: number, { scores, support }: Pick<ScoreSheet, 'scores' | 'support'>): number {
  return (scores[b] as number) - (scores[a] as number) || (support[b] as number) - (support[a] as number) || a - b
}

/** The best `limit` of many, in order: a candidate below the last place so far costs one comparison. */
export function topOf(candidates: Int32Array, limit: number, sheet: Pick<ScoreSheet, 'scores' | 'support'>): Int32Array {
  const { scores } = sheet
  const top = new Int32Array(Math.min(limit, candidates.length))
  let count = 0
  let least = -Infinity
  for (let i = 0; i < candidates.length; i++) {
    const candidate = candidates[i] as number
    if (count === top.length && ((scores[candidate] as number) < least || compareScored(candidate, top[count - 1] as number, sheet) > 0)) continue
    let place = count < top.length ? count++ : count - 1
    while (place > 0 && compareScored(candidate, top[place - 1] as number, sheet) < 0) top[place] = top[--place] as number
    top[place] = candidate
    if (count === top.length) least = scores[top[count - 1] as number] as number
  }
  return top
}

/** Numbers below 2^53 hold so many steps of score and so many places. */
const SCORE_STEPS = 2 ** 31
const MOST_PACKED = 2 ** 21

/**
 * Codes in the order of {@link compareScored}: score and place packed into one number, which sorts without a comparator; only
 * what falls into one step is compared. 4,500 neighbours: 0.3 ms, by comparator 1.1.
 */
export function sortScored(codes: Int32Array, sheet: Pick<ScoreSheet, 'scores' | 'support'>): Int32Array {
  const { scores } = sheet
  const n = codes.length
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < n; i++) {
    const score = scores[codes[i] as number] as number
    if (score < least) least = score
    if (score > most) most = score
  }
  const step = (most - least) / SCORE_STEPS
  if (n < 32 || n > MOST_PACKED || !(step > 1e-300 && step < 1e300)) return codes.slice().sort((a, b) => compareScored(a, b, sheet))
  const keys = new Float64Array(n)
  for (let i = 0; i < n; i++) keys[i] = Math.floor((most - (scores[codes[i] as number] as number)) / step) * MOST_PACKED + i
  keys.sort()
  const sorted = new Int32Array(n)
  let before = -1
  for (let i = 0; i < n; i++) {
    const key = keys[i] as number
    const bucket = Math.floor(key / MOST_PACKED)
    const code = codes[key - bucket * MOST_PACKED] as number
    let place = i
    if (bucket === before) while (place > 0 && compareScored(code, sorted[place - 1] as number, sheet) < 0) sorted[place] = sorted[--place] as number
    sorted[place] = code
    before = bucket
  }
  return sorted
}

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998): next comes whoever is best at (1 - d) * score / highest score
 * - d * highest cosine with what stands in the list already.
 */
function* takeDiverse<Source>(
  candidates: Int32Array,
  sheet: ScoreSheet,
  limit: number,
  diversity: number,
  selected: readonly Selected<Source>[],
  cosines: ProductCosines,
  isFull: (product: number) => boolean,
  take: (product: number) => void,
): Steps<void> {
  const alike = new Float64Array(candidates.length)
  const isOpen = new Uint8Array(candidates.length).fill(1)
  let highest = 0
  for (const product of candidates) highest = Math.max(highest, sheet.scores[product] as number)
  const compareWith = (product: number): void => {
    const row = cosines.of(product)
    for (let i = 0; i < candidates.length; i++) alike[i] = Math.max(alike[i] as number, row[candidates[i] as number] as number)
  }
  for (const { product } of selected) {
    compareWith(product)
    yield
  }
  while (selected.length < limit) {
    let best = -1
    let bestValue = -Infinity
    for (let i = 0; i < candidates.length; i++) {
      const product = candidates[i] as number
      if (isOpen[i] === 0 || isFull(product)) continue
      const value = (1 - diversity) * ((sheet.scores[product] as number) / highest) - diversity * (alike[i] as number)
      if (value > bestValue || (value === bestValue && compareScored(product, candidates[best] as number, sheet) < 0)) {
        best = i
        bestValue = value
      }
    }
    if (best < 0) return
    isOpen[best] = 0
    take(candidates[best] as number)
    if (selected.length < limit) compareWith(candidates[best] as number)
    yield
  }
}

const BOUGHT = 1
const SEEN = 2

/** By product: {@link BOUGHT} where the customer has it, as far as that matters. */
function markBought({ filters: { bought: rule = 'exclude' }, asOf, bought, products }: SelectionTask<Stage<unknown>>): Uint8Array {
  const marks = new Uint8Array(products.length)
  if (rule === 'include') return marks
  for (const { codes, at } of bought) {
    for (let i = 0; i < codes.length; i++) {
      const product = codes[i] as number // -1: only the history knows it
      if (product >= 0 && (rule === 'exclude' || isWithin(at === null ? NaN : (at[i] as number), asOf, rule.notWithinDays))) marks[product] = BOUGHT
    }
  }
  return marks
}

const NONE = -1
/** Place of `bought` in {@link FILTERS}. */
const FIRST = 0

/** Which of the filters behind `bought` takes a product away; null when none can. */
function createFilter({ filters, products, catalogue }: SelectionTask<Stage<unknown>>): ((product: number) => number) | null {
  const { inStock = false, categories = {}, price = {}, allow, deny, dismissed } = filters
  const codesOf = (ids: readonly string[] | undefined): Set<number> | null => (ids === undefined ? null : new Set(ids.map((id) => codeOfId(products, id))))
  const categoriesOf = (names: readonly string[] | undefined): Set<number> | null => (names === undefined ? null : new Set(names.map((name) => catalogue.categoryNames.indexOf(name)).filter((code) => code >= 0)))
  const [allowed, denied, hidden] = [codesOf(allow), codesOf(deny), codesOf(dismissed)]
  const [allowedCategories, deniedCategories] = [categoriesOf(categories.allow), categoriesOf(categories.deny)]
  const { min = -Infinity, max = Infinity } = price
  const hasPrice = price.min !== undefined || price.max !== undefined
  if (!inStock && !hasPrice && [allowedCategories, deniedCategories, allowed, denied, hidden].every((one) => one === null)) return null
  return (product) => {
    if (inStock && catalogue.isAvailable[product] === 0) return 1
    const category = catalogue.category[product] as number
    if (allowedCategories?.has(category) === false || deniedCategories?.has(category) === true) return 2
    const cost = catalogue.price[product] as number
    if (hasPrice && !(cost >= min && cost <= max)) return 3
    if (allowed?.has(product) === false) return 4
    if (denied?.has(product) === true) return 5
    return hidden?.has(product) === true ? 6 : NONE
  }
}
