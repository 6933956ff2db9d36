import { columnKindOf, nullColumn } from '../shared/columns.ts'
import { customerColumns, customersInScope } from '../shared/customerColumns.ts'
import { canonicalJson } from '../shared/cursor.ts'
import { evaluateInSlices } from '../shared/expr.ts'
import { localProvenance } from '../shared/localProvenance.ts'
import { isMeasure, NULL_WITHOUT_ORDERS } from '../shared/measures.ts'
import { pairsBatches } from '../shared/pairsBatches.ts'
import { pairTable, type PairSource, type PairTable } from '../shared/pairTable.ts'
import { STEP_ROWS } from '../shared/radix.ts'
import { shareSteps } from '../shared/shareSteps.ts'
import { textRanks } from '../shared/sortTexts.ts'
import { lineWindow, totalsOf } from '../shared/totals.ts'
import type { Column, FieldType, PairsRequest, ResidentColumns, Steps, WarningCount } from './contract.ts'
import { quietly, type ScanSteps } from './memoryScan.ts'
import type { MemoryState, StoredSet } from './memoryStore.ts'

type TextColumn = Extract<Column, { kind: 'text' }>
type NumberColumn = Extract<Column, { kind: 'float64' }>
type ResidentOf = () => Steps<ResidentColumns>

/** A checked `pairs` request on one state. */
export function* summarisePairs(request: PairsRequest, state: MemoryState, residentOf: ResidentOf): ScanSteps {
  const set = state.sets.get(request.weight === 'rating' ? 'ratings' : 'transactions') as StoredSet
  const { table, counts } = yield* quietly(countedOf(request, set, state, residentOf))
  const end = { next: null, provenance: localProvenance(state.version), counts }
  yield* pairsBatches(table, request, isByNumber(set, request.over === 'customers' ? 'customerId' : 'productId'), end)
}

interface Counted {
  readonly table: PairTable
  readonly counts: readonly WarningCount[]
}

/** The last table of each set: who looks at one customer after the other asks with the same window again and again. */
const remembered = new WeakMap<StoredSet, { readonly key: string; readonly counted: () => Steps<Counted> }>()

function countedOf(request: PairsRequest, set: StoredSet, state: MemoryState, residentOf: ResidentOf): Steps<Counted> {
  const { weight, totals, where } = request
  const key = canonicalJson([weight, weight === 'rating' && where === undefined ? null : totals, where])
  const last = remembered.get(set)
  if (last?.key === key) return last.counted()
  const counted = shareSteps(() => count(request, set, state, residentOf))
  remembered.set(set, { key, counted })
  return counted()
}

function* count({ weight, totals: spec, where }: PairsRequest, set: StoredSet, state: MemoryState, residentOf: ResidentOf): Steps<Counted> {
  const customer = set.column('customerId') as TextColumn
  const product = set.column('productId') as TextColumn
  let counts: readonly WarningCount[] = []
  let scope: Uint8Array | null = null
  if (weight !== 'rating' || where !== undefined) {
    const resident = yield* residentOf()
    const totals = yield* totalsOf(resident, spec)
    if (weight !== 'rating') counts = totals.counts
    if (where !== undefined) {
      const source = customerColumns(resident, totals)
      const passes = (yield* customersInScope(source, resident.count, where)) as Uint8Array
      scope = yield* scopeByCode(passes, customer, state)
      if (weight === 'rating') yield* addRaters(scope, customer, state, where, source.types)
    }
  }
  const customerRank = yield* textRanks(customer.dictionary, isByNumber(set, 'customerId'))
  const productRank = yield* textRanks(product.dictionary, isByNumber(set, 'productId'))
  const source: PairSource = {
    customer: customer.codes,
    product: product.codes,
    customerRank,
    productRank,
    scope,
    rating: weight === 'rating' ? (set.column('rating') as NumberColumn).values : null,
    lines:
      weight === 'rating'
        ? null
        : {
            at: (set.column('at') as NumberColumn).values,
            amount: (set.column('amount') as NumberColumn).values,
            order: (set.column('orderId') as TextColumn).codes,
            window: lineWindow(spec, set.types.get('at')?.kind === 'date' ? 'date' : 'instant'),
            weight,
            orderBy: spec.order,
          },
  }
  const table = yield* pairTable(source, yield* inOrder(customer.dictionary, customerRank), yield* inOrder(product.dictionary, productRank))
  const { linesWithoutProduct } = table
  if (linesWithoutProduct > 0) counts = withCount(counts, { code: 'LINES_WITHOUT_PRODUCT', count: linesWithoutProduct })
  return { table, counts }
}

function isByNumber(set: StoredSet, field: string): boolean {
  const type = set.types.get(field) as FieldType
  return type.kind === 'id' && type.numericId === true
}

function* inOrder(texts: readonly string[], rank: Int32Array): Steps<readonly string[]> {
  const sorted = texts.slice()
  for (let code = 0; code < texts.length; code++) {
    sorted[rank[code] as number] = texts[code] as string
    if (code % STEP_ROWS === STEP_ROWS - 1) yield
  }
  return sorted
}

function withCount(counts: readonly WarningCount[], more: WarningCount): readonly WarningCount[] {
  return Object.freeze([...counts, Object.freeze(more)].sort((a, b) => (a.code < b.code ? -1 : 1)))
}

/**
 * Who passes, by the code of the customer's id in the store. The resident columns number ids by first appearance, in
 * `customers` and then in `transactions`; all sets share one dictionary of these ids, so nothing is looked up by text.
 */
function* scopeByCode(passes: Uint8Array, { dictionary }: TextColumn, state: MemoryState): Steps<Uint8Array> {
  const scope = new Uint8Array(dictionary.length).fill(UNSEEN)
  let seen = 0
  for (const name of ['customers', 'transactions'] as const) {
    const codes = (state.sets.get(name)?.column('customerId') as TextColumn | undefined)?.codes ?? new Int32Array(0)
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number
      if (code >= 0 && scope[code] === UNSEEN) scope[code] = passes[seen++] as number
      if (row % STEP_ROWS === STEP_ROWS - 1) yield
    }
  }
  return scope
}

/** Of a customer that only `ratings` knows, until {@link addRaters} asked the filter. */
const UNSEEN = 2

/** Customers that only `ratings` knows have no attributes and no orders. */
function* addRaters(scope: Uint8Array, { codes, dictionary }: TextColumn, state: MemoryState, where: NonNullable<PairsRequest['where']>, types: ReadonlyMap<string, FieldType>): Steps<void> {
  const strangers: number[] = []
  for (let row = 0; row < codes.length; row++) {
    if (row % STEP_ROWS === STEP_ROWS - 1) yield
    const code = codes[row] as number
    if (scope[code] !== UNSEEN) continue
    scope[code] = 0
    strangers.push(code)
  }
  const rows = strangers.length
  const columnOf = (field: string): Column => {
    if (field === 'customerId') return { kind: 'text', codes: Int32Array.from(strangers), dictionary }
    if (isMeasure(field) && !NULL_WITHOUT_ORDERS.has(field) && state.sets.has('transactions')) return { kind: 'float64', values: new Float64Array(rows) }
    return nullColumn(columnKindOf(types.get(field) as FieldType), rows)
  }
  const passes = yield* evaluateInSlices(where, columnOf, types, rows)
  for (let i = 0; i < rows; i++) scope[strangers[i] as number] = passes[i] as number
}
