import { PAIRS_COLUMNS } from '@crm/core/adapter'
import type { Batch, CallContext, DataAdapter, FieldType, ScanRequest, SummaryRequest } from '@crm/core/adapter'
import { isCrmError } from '@crm/core/errors'
import type { CrmError, CrmErrorCode } from '@crm/core/errors'
import { collect } from './collect.ts'
import type { ExpectedColumn } from './collect.ts'
import { CheckFailure, demand, show } from './failure.ts'
import type { Rule } from './failure.ts'
import { createReference } from './reference/reference.ts'
import type { Reference } from './reference/reference.ts'
import { firstDifference, sortedRows } from './reference/table.ts'
import type { Answer, Table } from './reference/table.ts'
import type { KitData } from './testkit.types.ts'

export type Request = ({ readonly kind: 'scan' } & ScanRequest) | SummaryRequest
export type RequestKind = Request['kind']

/** The adapter under test over one variant, with what the right answers are. */
export interface Subject {
  readonly adapter: DataAdapter
  readonly data: KitData
  readonly reference: Reference
  readonly patienceMs: number
  offers(kind: RequestKind): boolean
  /** The stream, not yet read. @throws {@link NotOffered} for a summary that the manifest does not claim. */
  open(request: Request, context?: Partial<CallContext>): AsyncIterable<Batch>
  /** One call, read to its end and checked for form. */
  ask(request: Request, context?: Partial<CallContext>): Promise<Answer>
  /** All pages of a request, joined. `look` sees each one. */
  askPages(request: Request, size: number, look?: (page: Answer) => void): Promise<Answer>
  /** What must come back, all pages in one. */
  expected(request: Request): Table
  columns(request: Request): readonly ExpectedColumn[]
  settle<Value>(asked: unknown, work: Promise<Value>, what: string): Promise<Value>
}

/** Thrown by a check that needs a summary which the adapter rightly does not offer. */
export class NotOffered extends Error {
  override readonly name: string = 'NotOffered'
}

let calls = 0
/** A call that nobody aborts, unless told otherwise. */
export function callContext(overrides: Partial<CallContext> = {}): CallContext {
  return Object.freeze({ signal: new AbortController().signal, requestId: `kit-${++calls}`, ...overrides })
}

/** The request as the contract has it: `kind: 'scan'` is a word of the kit. A copy, frozen in depth: nobody may write to it. */
export function contractRequest(request: Request): ScanRequest | SummaryRequest {
  if (request.kind !== 'scan') return frozenCopy(request)
  const { kind: _kind, ...plain } = request
  return frozenCopy(plain)
}

function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  const copy: unknown = Array.isArray(value) ? value.map(frozenCopy) : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, frozenCopy(member)]))
  return Object.freeze(copy) as Value
}

export function createSubject(adapter: DataAdapter, data: KitData, patienceMs: number): Subject {
  const reference = createReference(data)
  const settle = <Value>(asked: unknown, work: Promise<Value>, what: string): Promise<Value> => settleWithin(patienceMs, asked, work, what)
  const offers = (kind: RequestKind): boolean => kind === 'scan' || adapter.manifest.summaries.includes(kind)
  const open = (request: Request, context?: Partial<CallContext>): AsyncIterable<Batch> => {
    const plain = contractRequest(request)
    if (request.kind === 'scan') return adapter.scan(plain as ScanRequest, callContext(context))
    const stream = adapter.summarise === undefined ? null : adapter.summarise(plain as SummaryRequest, callContext(context))
    if (stream === null) {
      demand(!offers(request.kind), request, `"manifest.summaries" offers "${request.kind}", but summarise answered null`, 'streams')
      throw new NotOffered(request.kind)
    }
    demand(offers(request.kind), request, `"manifest.summaries" does not offer "${request.kind}", but summarise answered`, 'streams')
    return stream
  }
  const ask = (request: Request, context?: Partial<CallContext>): Promise<Answer> =>
    collect(request, open(request, context), columnsOf(data, request), (work, what) => settle(request, work, what), request.kind)

  return {
    adapter,
    data,
    reference,
    patienceMs,
    offers,
    open,
    ask,
    settle,
    columns: (request) => columnsOf(data, request),
    expected(request) {
      if (request.kind === 'scan') return reference.scan(request)
      if (request.kind === 'pairs') return reference.pairs(request)
      return request.kind === 'totals' ? reference.totals(request) : request.kind === 'bins' ? reference.bins(request) : reference.members(request)
    },
    async askPages(request, size, look) {
      const rows: Answer['rows'][number][] = []
      let after: string | undefined
      const seen = new Set<string>()
      for (let page = 0; ; page++) {
        const answer = await ask({ ...request, limit: size, ...(after === undefined ? {} : { after }) } as Request)
        demand(answer.rows.length <= size, { ...request, limit: size }, `Page ${page} has ${answer.rows.length} rows, more than its limit of ${size}`, 'order')
        look?.(answer)
        rows.push(...answer.rows)
        if (answer.next === null) return { ...answer, rows }
        demand(answer.rows.length === size, { ...request, limit: size }, `Page ${page} has ${answer.rows.length} of ${size} rows and is not the last`, 'order')
        demand(!seen.has(answer.next), { ...request, limit: size }, `Page ${page} ends with a cursor that came before: the pages go round in a circle`, 'order')
        seen.add(answer.next)
        after = answer.next
      }
    },
  }
}

async function settleWithin<Value>(patienceMs: number, asked: unknown, work: Promise<Value>, what: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new CheckFailure(asked, `Waited ${patienceMs} ms in vain for ${what}`, 'streams')), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Columns of an answer, with the types of the data. */
function columnsOf(data: KitData, request: Request): readonly ExpectedColumn[] {
  if (request.kind === 'scan') {
    const fields = data.sets.find(({ name }) => name === request.set)?.fields ?? []
    return request.select.map((name) => ({ name, ...typed(fields.find((field) => field.name === name)) }))
  }
  if (request.kind === 'pairs') {
    const fields = data.sets.find(({ name }) => name === (request.weight === 'rating' ? 'ratings' : 'transactions'))?.fields ?? []
    const { type } = typed(fields.find(({ name }) => name === (request.over === 'customers' ? 'customerId' : 'productId')))
    const number: FieldType = { kind: request.weight === 'rating' ? 'number' : 'integer' }
    return PAIRS_COLUMNS.map((name, c) => ({ name, type: c < 2 ? type : ['n', 'targetN', 'otherN'].includes(name) ? { kind: 'integer' } : number, nullable: false }))
  }
  const lines = data.sets.find(({ name }) => name === 'transactions')?.fields ?? []
  const customers = data.sets.find(({ name }) => name === 'customers')?.fields ?? lines.filter(({ name }) => name === 'customerId').map((field) => ({ ...field, nullable: false }))
  const money = lines.find(({ name }) => name === 'amount')?.type as FieldType
  const measures: Readonly<Record<string, { type: FieldType; nullable: boolean }>> = {
    firstDay: { type: { kind: 'date' }, nullable: true },
    lastDay: { type: { kind: 'date' }, nullable: true },
    recencyDays: { type: { kind: 'integer' }, nullable: true },
    orders: { type: { kind: 'integer' }, nullable: false },
    revenue: { type: money, nullable: false },
    returnedRevenue: { type: money, nullable: false },
    lines: { type: { kind: 'integer' }, nullable: false },
    meanOrderValue: { type: { kind: 'number' }, nullable: true },
  }
  const column = (name: string): ExpectedColumn => {
    if (Object.hasOwn(measures, name)) return { name, ...(measures[name] as { type: FieldType; nullable: boolean }) }
    // A customer that only lines know has no attributes.
    const { type, nullable } = typed(customers.find((field) => field.name === name))
    return { name, type, nullable: nullable || name !== 'customerId' }
  }
  const integer = (name: string): ExpectedColumn => ({ name, type: { kind: 'integer' }, nullable: false })
  if (request.kind === 'totals') return ['customerId', 'firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines'].map(column)
  if (request.kind === 'members') return request.select.map(column)
  return [
    ...request.axes.map(({ field, cut }): ExpectedColumn => (cut === 'values' ? { ...column(field), nullable: true } : { name: field, type: { kind: 'integer' }, nullable: true })),
    integer('customers'),
    ...request.sums.flatMap((field) => [integer(`${field} high`), integer(`${field} low`)]),
  ]
}

function typed(field: { type: FieldType; nullable: boolean } | undefined): { type: FieldType; nullable: boolean } {
  return field === undefined ? { type: { kind: 'text' }, nullable: true } : { type: field.type, nullable: field.nullable }
}

/** Demands the right answer to a request, in one call: its first page. The order of a bulk scan is the adapter's own. */
export async function expectAnswer(subject: Subject, request: Request, rule: Rule): Promise<Answer> {
  const answer = await subject.ask(request)
  const { rows, ...table } = subject.expected(request)
  compareTables(request, { ...table, rows: 'limit' in request ? rows.slice(0, request.limit) : rows }, answer, rule)
  return answer
}

export function compareTables(request: Request, expected: Table, got: Table, rule: Rule): void {
  const isBulk = request.kind === 'scan' && request.order === undefined && request.limit === undefined && request.after === undefined
  const difference = isBulk ? firstDifference(sortedRows(expected), sortedRows(got)) : firstDifference(expected, got)
  if (difference !== null) throw new CheckFailure(request, isBulk ? `After sorting both: ${difference}` : difference, rule)
}

/** What a call throws or rejects with; a failure of the kit itself goes through. */
export async function errorOf(subject: Subject, asked: unknown, call: () => unknown): Promise<unknown> {
  try {
    await subject.settle(asked, Promise.resolve(call()), 'an error')
  } catch (error) {
    if (error instanceof CheckFailure || error instanceof NotOffered) throw error
    return error
  }
  return null
}

/** Demands a coded error. */
export async function expectError(subject: Subject, asked: unknown, codes: readonly CrmErrorCode[], call: () => unknown, rule: Rule): Promise<CrmError> {
  const error = await errorOf(subject, asked, call)
  demand(error !== null, asked, `Expected ${codes.join(' or ')}, got an answer`, rule)
  demand(isCrmError(error), asked, `Expected ${codes.join(' or ')}, got an error without a code: ${show(String(error))}`, rule)
  demand(codes.includes(error.code), asked, `Expected ${codes.join(' or ')}, got ${error.code}`, rule)
  return error
}

/** Demands a coded error to a request, wherever in the call it comes. Form and order of an answer are not checked. */
export function expectRefusal(subject: Subject, request: Request, codes: readonly CrmErrorCode[], rule: Rule, context?: Partial<CallContext>): Promise<CrmError> {
  return expectError(subject, request, codes, () => drain(subject, request, context), rule)
}

/** Reads a stream to its end without looking, and never waits forever. */
export async function drain(subject: Subject, request: Request, context?: Partial<CallContext>): Promise<readonly Batch[]> {
  return drainStream(subject, request, subject.open(request, context))
}

export async function drainStream(subject: Subject, request: Request, stream: AsyncIterable<Batch>): Promise<readonly Batch[]> {
  const batches: Batch[] = []
  const iterator = stream[Symbol.asyncIterator]()
  for (;;) {
    const step = await subject.settle(request, Promise.resolve(iterator.next()), `batch ${batches.length}`)
    if (step.done === true) return batches
    batches.push(step.value)
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(() => resolve(), ms))
}
