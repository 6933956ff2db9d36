import type { Batch, Column, DataSchema, Operation, Provenance, ResidentColumns, ResidentTables, Steps, StreamEnd, WarningCount } from '../../adapter/contract.ts'

export function text(...values: (string | null)[]): Column {
  const dictionary = [...new Set(values.filter((value) => value !== null))]
  return { kind: 'text', codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))), dictionary }
}

export function numbers(...values: number[]): Column {
  return { kind: 'float64', values: Float64Array.from(values) }
}

export const COMPLETE: Provenance = { computedBy: 'backend', engine: 'Scripted', exactness: 'exact', completeness: { kind: 'complete' }, snapshot: null }

export function batch(columns: readonly Column[], end?: Partial<StreamEnd>): Batch {
  const [first] = columns
  const rows = first === undefined ? 0 : first.kind === 'text' ? first.codes.length : first.values.length
  return { rows, columns, ...(end === undefined ? {} : { end: { next: null, provenance: COMPLETE, ...end } }) }
}

/** `null` rows: a source that does not know its size. */
export function shopSchema(rows: { customers: number | null; transactions: number | null }): DataSchema {
  return {
    timeZone: 'UTC',
    sets: [
      { name: 'customers', estimatedRows: rows.customers, fields: [{ name: 'customerId', type: { kind: 'id' }, nullable: false }] },
      {
        name: 'transactions',
        estimatedRows: rows.transactions,
        fields: [
          { name: 'lineId', type: { kind: 'id' }, nullable: false },
          { name: 'customerId', type: { kind: 'id' }, nullable: true },
          { name: 'orderId', type: { kind: 'id' }, nullable: false },
          { name: 'at', type: { kind: 'date' }, nullable: false },
          { name: 'amount', type: { kind: 'money', currency: 'EUR', scale: 2 }, nullable: false },
        ],
      },
    ],
  }
}

/** Three customers, one of them without a purchase; four lines worth 100 in two batches. */
export const CUSTOMERS: readonly Batch[] = [batch([text('ada', 'bob', 'cyd')], {})]
export const LINES: readonly Batch[] = [
  batch([text('ada', 'bob'), text('o1', 'o2'), numbers(10, 20), numbers(50, 30)]),
  batch([text('ada', 'ada'), text('o1', 'o3'), numbers(10, 30), numbers(15, 5)], {}),
]

export interface TestRequest {
  readonly minimum?: number
}

export interface TestResult {
  readonly customers: number
  readonly revenue: number
  readonly minimum: number
  /** Large enough to be moved by a worker. */
  readonly perCustomer: Float64Array
  readonly groups: readonly { readonly id: string }[]
  readonly warnings: readonly WarningCount[]
}

interface TestSums {
  readonly customers: number
  readonly revenue: number
}

const LARGE = 10_000

/** Customers and revenue of everybody: pushed down as bins without axes, or counted here. */
export const revenueOperation: Operation<TestRequest, TestSums, TestResult> = {
  name: 'test/revenue',
  request: () => ({
    kind: 'bins',
    totals: { asOf: 0, zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' },
    axes: [],
    sums: ['revenue'],
  }),
  *summarise(_, columns: ResidentColumns) {
    let revenue = 0
    for (let line = 0; line < columns.amount.length; line++) {
      revenue += columns.amount[line] ?? 0
      yield
    }
    return { customers: columns.count, revenue }
  },
  read(batches) {
    const [customers, high, low] = (batches[0]?.columns ?? []).map((column) => (column.kind === 'float64' ? (column.values[0] ?? 0) : 0))
    return { customers: customers ?? 0, revenue: (high ?? 0) * 2 ** 26 + (low ?? 0) }
  },
  finish({ customers, revenue }, { minimum = 0 }) {
    return Object.freeze({
      customers,
      revenue,
      minimum,
      perCustomer: new Float64Array(LARGE).fill(revenue / customers),
      groups: Object.freeze([Object.freeze({ id: 'all' })]),
      warnings: Object.freeze([Object.freeze({ code: 'LINES_WITHOUT_CUSTOMER', count: 7 } as const)]),
    })
  },
}

/** What a backend answers to {@link revenueOperation}. */
export const REVENUE: readonly Batch[] = [batch([numbers(3), numbers(0), numbers(100)], {})]

interface AmountsResult {
  readonly sum: number
  readonly rows: number
  /** Numbers the sets it was computed from: equal while they are the same. */
  readonly tables: number
  readonly warnings: readonly WarningCount[]
}

const seen = new WeakMap<ResidentTables, number>()
let sightings = 0

interface AmountsRequest {
  readonly only: number
  /** Takes four slices. */
  readonly slow?: boolean
}

function* addUp({ slow = false }: AmountsRequest, tables: ResidentTables): Steps<AmountsResult> {
  const amount = tables.sets[0]?.columns[3]
  let sum = 0
  if (amount?.kind === 'float64') for (const value of amount.values) sum += value
  for (let step = 0; slow && step < 4; step++) {
    const until = Date.now() + 30
    while (Date.now() < until);
    yield step / 4
  }
  if (!seen.has(tables)) seen.set(tables, ++sightings)
  return { sum, rows: tables.sets[0]?.rows ?? 0, tables: seen.get(tables) ?? 0, warnings: [] }
}

/** Adds up amounts from whole sets: no summary says it. */
export const amountsOperation: Operation<AmountsRequest, AmountsResult, AmountsResult> = {
  name: 'test/amounts',
  request: () => null,
  tables: {
    reads: () => [{ set: 'transactions', select: ['customerId', 'orderId', 'at', 'amount'] }],
    load: async () => addUp,
  },
  read: () => {
    throw new Error('no backend was asked')
  },
  finish: (result) => result,
}
