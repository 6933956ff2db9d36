import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Axis, Batch, BinsRequest, Column, DataSchema, Expr, MembersRequest, Order, Range, ResidentColumns, Scalar, TotalsRequest, TotalsSpec } from '../adapter/contract.ts'
import { collectBatches, readTotals } from './batches.ts'
import { binsBatches } from './binsBatches.ts'
import { valueAt } from './readColumns.ts'
import { membersBatches } from './membersBatches.ts'
import { readBins } from './readBins.ts'
import { createResidentBuilder } from './resident.ts'
import { estimateResidentBytes } from './residentBytes.ts'
import { runToEnd } from './steps.ts'
import { columnFromValues } from './testing/columnFromValues.ts'
import { compareText } from './text.ts'
import { totalsBatches } from './totalsBatches.ts'

const SCHEMA: DataSchema = {
  timeZone: 'UTC',
  sets: [
    {
      name: 'customers',
      estimatedRows: 10,
      fields: [
        { name: 'customerId', type: { kind: 'id' }, nullable: false },
        { name: 'city', type: { kind: 'text' }, nullable: true },
        { name: 'age', type: { kind: 'integer' }, nullable: true },
        { name: 'isBusiness', type: { kind: 'boolean' }, nullable: true },
      ],
    },
    {
      name: 'transactions',
      estimatedRows: 100,
      fields: [
        { name: 'customerId', type: { kind: 'id' }, nullable: true },
        { name: 'orderId', type: { kind: 'id' }, nullable: false },
        { name: 'at', type: { kind: 'instant' }, nullable: false },
        { name: 'amount', type: { kind: 'money', currency: 'EUR', scale: 2 }, nullable: false },
      ],
    },
  ],
}
const DAY = 86_400_000
const SPEC: TotalsSpec = { asOf: 30 * DAY, zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' }

/** Axes of any kind, and sums by name of the part. `readBins` reads numbers only. */
function decodeBins(batches: readonly Batch[]) {
  const { columns, end } = collectBatches(batches)
  const axes = columns.slice(0, end.cuts!.length)
  const [customers, ...parts] = columns.slice(axes.length).map((column) => (column as Extract<Column, { kind: 'float64' }>).values)
  const sums = parts.flatMap((high, i) => (i % 2 === 0 ? [Array.from(high, (_, row) => ({ high: high[row]!, low: parts[i + 1]![row]! }))] : []))
  return { axes, customers: customers!, sums, cuts: end.cuts }
}

interface Person {
  readonly customerId: string
  readonly city: string | null
  readonly age: number | null
  readonly isBusiness: boolean | null
}
interface Line {
  readonly customerId: string | null
  readonly orderId: string
  readonly at: number
  readonly amount: number
}

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', '😀', '\uffff', '__proto__')
const people = fc.uniqueArray(
  fc.record({
    customerId: ids,
    city: fc.constantFrom(null, 'x', 'y', '', '😀', '\uffff'),
    age: fc.option(fc.integer({ min: 0, max: 3 })),
    isBusiness: fc.option(fc.boolean()),
  }),
  { selector: ({ customerId }) => customerId },
)
const lines = fc.array(
  fc.record({
    customerId: fc.option(ids),
    orderId: fc.constantFrom('o1', 'o2', 'o3'),
    at: fc.integer({ min: 0, max: 32 }).map((day) => day * DAY),
    amount: fc.oneof(fc.integer({ min: -5, max: 9 }), fc.integer({ min: 2 ** 50, max: 2 ** 50 + 9 })),
  }),
  { maxLength: 40 },
)

/** Batches of the given sizes, each with a dictionary of its own, as an engine sends them. */
function batchesOf<Row extends object>(rows: readonly Row[], set: DataSchema['sets'][number], fields: readonly string[], sizes: readonly number[]): Batch[] {
  const batches: Batch[] = []
  for (let at = 0, i = 0; at < rows.length; i++) {
    const piece = rows.slice(at, at + (sizes[i % sizes.length] as number))
    at += piece.length
    const column = (name: string): Column =>
      columnFromValues(
        set.fields.find((field) => field.name === name)?.type ?? { kind: 'text' },
        piece.map((row) => (row as Record<string, Scalar | null>)[name] ?? null),
      )
    batches.push({ rows: piece.length, columns: fields.map(column) })
  }
  return batches
}

function residentOf(persons: readonly Person[], sales: readonly Line[], sizes: readonly number[] = [1000]): ResidentColumns {
  const builder = createResidentBuilder(SCHEMA)
  for (const batch of batchesOf(persons, SCHEMA.sets[0]!, builder.customerFields, sizes)) builder.addCustomers(batch)
  for (const batch of batchesOf(sales, SCHEMA.sets[1]!, builder.lineFields, sizes)) builder.addLines(batch)
  return runToEnd(builder.finish())
}

type Facts = Readonly<Record<string, Scalar | null>>

/** Slow and obvious: one object per customer with all attributes and measures. */
function slowCustomers(persons: readonly Person[], sales: readonly Line[]): Facts[] {
  const known = new Map<string, Person>(persons.map((person) => [person.customerId, person]))
  for (const { customerId } of sales) if (customerId !== null && !known.has(customerId)) known.set(customerId, { customerId, city: null, age: null, isBusiness: null })
  return [...known.values()].map((person) => {
    const own = sales.filter(({ customerId, at }) => customerId === person.customerId && at <= SPEC.asOf)
    const purchases = own.filter(({ amount }) => amount > 0)
    const orders = new Set(purchases.map(({ orderId }) => orderId)).size
    const days = purchases.map(({ at }) => at / DAY)
    const revenue = own.reduce((sum, { amount }) => sum + amount, 0)
    return {
      ...person,
      firstDay: orders === 0 ? null : Math.min(...days),
      lastDay: orders === 0 ? null : Math.max(...days),
      recencyDays: orders === 0 ? null : 30 - Math.max(...days),
      orders,
      revenue,
      returnedRevenue: own.reduce((sum, { amount }) => sum + Math.max(0, -amount), 0) + 0,
      lines: own.length,
      meanOrderValue: orders === 0 ? null : revenue / orders,
    }
  })
}

function rowsOf(batches: readonly Batch[]): (Scalar | null)[][] {
  const { rows, columns } = collectBatches(batches)
  return Array.from({ length: rows }, (_, row) => columns.map((column) => valueAt(column, row)))
}

const compare = (a: Scalar, b: Scalar) => (typeof a === 'string' ? compareText(a, b as string) : Number(a) - Number(b))

describe('totals', () => {
  test('are the same however the data were split into batches', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(people, lines, sizes, (persons, sales, some) => {
        const request: TotalsRequest = { kind: 'totals', totals: SPEC }
        const expected = slowCustomers(persons, sales).sort((a, b) => compare(a['customerId'] as string, b['customerId'] as string))
        const actual = rowsOf(runToEnd(totalsBatches(request, residentOf(persons, sales, some))))
        const names = ['customerId', 'firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines']
        expect(actual).toEqual(expected.map((facts) => names.map((name) => facts[name])))
      }),
    )
  })

  test('come in pages by id, narrowed by attributes and measures alike', () => {
    const columns = residentOf([{ customerId: 'z', city: 'x', age: 1, isBusiness: null }], ['b', 'a', 'c'].map((customerId, i) => ({ customerId, orderId: 'o', at: 0, amount: i })))
    const where: Expr = { op: 'or', of: [{ op: 'gt', field: 'revenue', value: 0 }, { op: 'eq', field: 'city', value: 'x' }] }
    const request: TotalsRequest = { kind: 'totals', totals: SPEC, where, limit: 2 }
    const first = readTotals(runToEnd(totalsBatches(request, columns)))
    expect(first.customerId.dictionary).toEqual(['a', 'c'])
    expect(first.counts).toEqual([{ code: 'CUSTOMERS_WITHOUT_PURCHASE', count: 2 }]) // before where
    const second = readTotals(runToEnd(totalsBatches({ ...request, after: first.end.next as string }, columns)))
    expect([second.customerId.dictionary, second.end.next]).toEqual([['z'], null])
  })
})

/** Slow and obvious: the bins of the contract, by sorting and by strings as keys. */
function slowBins(request: BinsRequest, facts: readonly Facts[], passes: (one: Facts) => boolean) {
  const scope = facts.filter(passes)
  const cuts = request.axes.map(({ field, cut }) => {
    const values = scope.flatMap((one) => (one[field] === null ? [] : [one[field] as number])).sort((a, b) => a - b)
    if (cut === 'values') return []
    if ('at' in cut) return [...cut.at]
    return values.length === 0 ? [] : cut.ranks.map((rank) => values[Math.floor((values.length * rank.of + rank.in - 1) / rank.in) - 1] as number)
  })
  const cells = new Map<string, { key: (Scalar | null)[]; members: Facts[] }>()
  if (request.axes.length === 0) cells.set('[]', { key: [], members: [] })
  for (const one of scope) {
    const key = request.axes.map(({ field, cut }, i) => {
      const value = one[field] as Scalar | null
      return value === null || cut === 'values' ? value : (cuts[i] as number[]).filter((point) => point < (value as number)).length
    })
    const name = JSON.stringify(key)
    cells.set(name, { key, members: [...(cells.get(name)?.members ?? []), one] })
  }
  const rows = [...cells.values()].sort((a, b) => {
    for (const [i, x] of a.key.entries()) {
      const y = b.key[i] as Scalar | null
      if (x === y) continue
      return x === null ? 1 : y === null ? -1 : compare(x, y)
    }
    return 0
  })
  return {
    cuts,
    rows: rows.map(({ key, members }) => ({
      key,
      customers: members.length,
      sums: request.sums.map((measure) => members.reduce((sum, one) => sum + BigInt((one[measure] as number | null) ?? 0), 0n)),
    })),
  }
}

describe('bins', () => {
  const fifths = { ranks: [1, 2, 3, 4].map((of) => ({ of, in: 5 })) }
  const axis = fc.oneof(
    fc.record({ field: fc.constantFrom('recencyDays', 'orders', 'revenue', 'meanOrderValue', 'age'), cut: fc.constantFrom(fifths, { ranks: [{ of: 1, in: 2 }] }, { at: [0, 0, 3] }, { at: [] }) }),
    fc.record({ field: fc.constantFrom('city', 'isBusiness', 'age', 'customerId', 'orders'), cut: fc.constant('values') }),
  ) as fc.Arbitrary<Axis>

  test('hold what a slow count holds, sums exact beyond 2^53', () => {
    fc.assert(
      fc.property(people, lines, fc.array(axis, { maxLength: 3 }), fc.boolean(), (persons, sales, axes, narrowed) => {
        const where: Expr = { op: 'not', of: { op: 'eq', field: 'age', value: 2 } }
        const request: BinsRequest = { kind: 'bins', totals: SPEC, axes, sums: ['revenue', 'orders', 'recencyDays'], ...(narrowed ? { where } : {}) }
        const answer = decodeBins(runToEnd(binsBatches(request, residentOf(persons, sales))))
        const expected = slowBins(request, slowCustomers(persons, sales), (one) => !narrowed || (one['age'] !== null && one['age'] !== 2))
        expect(answer.cuts).toEqual(expected.cuts)
        const rows = [...answer.customers].map((customers, row) => ({
          key: answer.axes.map((column) => valueAt(column, row)),
          customers,
          sums: answer.sums.map((sum) => BigInt(sum[row]!.high) * 2n ** 26n + BigInt(sum[row]!.low)),
        }))
        expect(rows).toEqual(expected.rows)
      }),
      { numRuns: 300 },
    )
  })

  test('of many axes with many values are found without a table of all cells', () => {
    const sales = Array.from({ length: 900 }, (_, i) => ({ customerId: `c${i}`, orderId: 'o', at: (i % 30) * DAY, amount: 1 + (i % 450) }))
    const axes: Axis[] = [
      { field: 'customerId', cut: 'values' },
      { field: 'revenue', cut: { at: Array.from({ length: 900 }, (_, i) => i) } },
    ]
    const answer = decodeBins(runToEnd(binsBatches({ kind: 'bins', totals: SPEC, axes, sums: [] }, residentOf([], sales))))
    expect(answer.customers.length).toBe(900)
    expect(valueAt(answer.axes[0] as Column, 1)).toBe('c1')
    expect(valueAt(answer.axes[1] as Column, 1)).toBe(2)
  })

  test('of more possible cells than 2^31 are numbered without overflow', () => {
    const persons = Array.from({ length: 50_000 }, (_, i) => ({ customerId: `c${i}`, city: `t${i}`, age: i, isBusiness: null }))
    const axes: Axis[] = [{ field: 'city', cut: 'values' }, { field: 'customerId', cut: 'values' }]
    const answer = decodeBins(runToEnd(binsBatches({ kind: 'bins', totals: SPEC, axes, sums: [] }, residentOf(persons, [], [50_000]))))
    expect(answer.customers.length).toBe(50_000)
    const pairs = new Set(Array.from(answer.customers, (_, row) => answer.axes.map((column) => String(valueAt(column, row)).slice(1)).join()))
    expect(persons.every((_, i) => pairs.has(`${i},${i}`))).toBe(true)
  })

  test('of more customers than one slice holds count each in the bins of its own values, NULLs too', () => {
    const persons = Array.from({ length: 140_000 }, (_, i) => ({ customerId: `c${i}`, city: i % 5 === 0 ? null : `t${i % 3}`, age: i % 7 === 0 ? null : i % 50, isBusiness: null }))
    const expected = new Map<string, number>()
    for (const { city, age } of persons) {
      const key = `${age === null ? null : age <= 10 ? 0 : age <= 30 ? 1 : 2} ${city}`
      expected.set(key, (expected.get(key) ?? 0) + 1)
    }
    const axes: Axis[] = [{ field: 'age', cut: { at: [10, 30] } }, { field: 'city', cut: 'values' }]
    const answer = decodeBins(runToEnd(binsBatches({ kind: 'bins', totals: SPEC, axes, sums: [] }, residentOf(persons, [], [140_000]))))
    expect(new Map(Array.from(answer.customers, (count, row) => [answer.axes.map((column) => String(valueAt(column, row))).join(' '), count]))).toEqual(expected)
  })

  test('are the same whatever was asked of the columns before', () => {
    const wheres: (Expr | undefined)[] = [undefined, { op: 'gt', field: 'revenue', value: 3 }, { op: 'gt', field: 'revenue', value: 4 }, { op: 'isNull', field: 'city' }]
    const ask = fc.record({ where: fc.constantFrom(...wheres), ranges: fc.constantFrom([], [{ field: 'orders', above: 1 }], [{ field: 'age', upTo: 1 }]) })
    fc.assert(
      fc.property(people, lines, fc.array(ask, { minLength: 2, maxLength: 6 }), (persons, sales, asks) => {
        const known = residentOf(persons, sales)
        for (const { where, ranges } of asks) {
          const narrow = where === undefined ? {} : { where }
          const bins: BinsRequest = { kind: 'bins', totals: SPEC, axes: [{ field: 'orders', cut: 'values' }], sums: ['revenue'], ...narrow }
          const members: MembersRequest = { kind: 'members', totals: SPEC, select: ['customerId'], ranges, order: [], limit: 100, ...narrow }
          const fresh = residentOf(persons, sales)
          expect(rowsOf(runToEnd(membersBatches(members, known)))).toEqual(rowsOf(runToEnd(membersBatches(members, fresh))))
          expect(rowsOf(runToEnd(binsBatches(bins, known)))).toEqual(rowsOf(runToEnd(binsBatches(bins, fresh))))
        }
      }),
    )
  })

  test('of nobody: no row with axes, one row of zeros without', () => {
    const none = residentOf([], [])
    const request: BinsRequest = { kind: 'bins', totals: SPEC, axes: [{ field: 'revenue', cut: fifths }], sums: ['revenue'] }
    expect(decodeBins(runToEnd(binsBatches(request, none)))).toMatchObject({ customers: new Float64Array(0), cuts: [[]] })
    expect(rowsOf(runToEnd(binsBatches({ ...request, axes: [] }, none)))).toEqual([[0, 0, 0]])
  })
})

describe('members', () => {
  const order = fc.uniqueArray(
    fc.record({
      field: fc.constantFrom('city', 'age', 'isBusiness', 'revenue', 'lastDay', 'customerId', 'meanOrderValue'),
      direction: fc.constantFrom('ascending', 'descending'),
      nulls: fc.constantFrom('first', 'last'),
    }),
    { selector: ({ field }) => field, maxLength: 3 },
  ) as fc.Arbitrary<Order[]>
  const range = fc.record({ field: fc.constantFrom('orders', 'recencyDays', 'age'), above: fc.integer({ min: -1, max: 2 }), upTo: fc.integer({ min: 0, max: 25 }) }, { requiredKeys: ['field'] }) as fc.Arbitrary<Range>

  test('come in pages of any size as a slow sort has them', () => {
    fc.assert(
      fc.property(people, lines, order, fc.array(range, { maxLength: 2 }), fc.constantFrom(1, 2, 7, 1000), (persons, sales, orders, ranges, limit) => {
        const keys: Order[] = [...orders, { field: 'customerId', direction: 'ascending', nulls: 'last' }]
        const expected = slowCustomers(persons, sales)
          .filter((one) => ranges.every(({ field, above = -Infinity, upTo = Infinity }) => one[field] !== null && (one[field] as number) > above && (one[field] as number) <= upTo))
          .sort((a, b) => {
            for (const { field, direction, nulls } of keys) {
              const [x, y] = [a[field] as Scalar | null, b[field] as Scalar | null]
              if (x === y) continue
              if (x === null || y === null) return (x === null) === (nulls === 'first') ? -1 : 1
              return direction === 'ascending' ? compare(x, y) : -compare(x, y)
            }
            return 0
          })
        const columns = residentOf(persons, sales)
        const request: MembersRequest = { kind: 'members', totals: SPEC, select: ['customerId', 'lastDay', 'city'], ranges, order: orders, limit }
        const all: unknown[] = []
        for (let after: string | null | undefined; after !== null; ) {
          const batches = runToEnd(membersBatches(after === undefined ? request : { ...request, after }, columns))
          all.push(...rowsOf(batches))
          after = collectBatches(batches).end.next
        }
        expect(all).toEqual(expected.map((one) => ['customerId', 'lastDay', 'city'].map((field) => one[field])))
      }),
      { numRuns: 200 },
    )
  })

  test('of 3,000 customers are sorted the same way by ranks as few are by comparison', () => {
    const sales = Array.from({ length: 3_000 }, (_, i) => ({ customerId: `c${(i * 7919) % 3_000}`, orderId: 'o', at: ((i * 13) % 40) * DAY, amount: (i * 31) % 7 }))
    const request: MembersRequest = {
      kind: 'members',
      totals: SPEC,
      select: ['customerId', 'lastDay', 'revenue'],
      ranges: [],
      order: [{ field: 'lastDay', direction: 'descending', nulls: 'first' }, { field: 'revenue', direction: 'ascending', nulls: 'last' }],
      limit: 3_000,
    }
    const rows = rowsOf(runToEnd(membersBatches(request, residentOf([], sales))))
    const expected = [...rows].sort(([aId, aDay, aRevenue], [bId, bDay, bRevenue]) => {
      if (aDay !== bDay) return aDay === null ? -1 : bDay === null ? 1 : (bDay as number) - (aDay as number)
      return (aRevenue as number) - (bRevenue as number) || compareText(aId as string, bId as string)
    })
    expect(rows).toEqual(expected)
    expect(new Set(rows.map(([id]) => id)).size).toBe(3_000)
  })
})

describe('createResidentBuilder', () => {
  test('takes the customers of both sets, those of the lines without attributes', () => {
    const columns = residentOf([{ customerId: 'p', city: 'x', age: null, isBusiness: true }], [{ customerId: 'q', orderId: 'o', at: 0, amount: 1 }, { customerId: null, orderId: 'o', at: 0, amount: 1 }])
    expect(columns.ids).toEqual(['p', 'q'])
    expect([...columns.offsets]).toEqual([0, 0, 1])
    expect(columns.linesWithoutCustomer).toBe(1)
    expect(['city', 'age', 'isBusiness'].map((field) => [0, 1].map((c) => valueAt(columns.fields.get(field) as Column, c)))).toEqual([['x', null], [null, null], [true, null]])
  })

  test('tells orders of equal name in different batches to be one', () => {
    const sales = ['o', 'o2', 'o'].map((orderId) => ({ customerId: 'c', orderId, at: 0, amount: 1 }))
    expect(readTotals(runToEnd(totalsBatches({ kind: 'totals', totals: SPEC }, residentOf([], sales, [1])))).orders).toEqual(Float64Array.of(2))
  })

  test.each([
    ['a repeated customer', [{ customerId: 'p' }, { customerId: 'p' }], []],
    ['a customer without id', [{ customerId: null }], []],
    ['a line without order', [], [{ orderId: null, at: 0, amount: 1 }]],
    ['a line without time', [], [{ orderId: 'o', at: null, amount: 1 }]],
    ['an amount that is no whole number', [], [{ orderId: 'o', customerId: 'c', at: 0, amount: 0.5 }]],
  ])('refuses %s', (_, persons, sales) => {
    expect(() => residentOf(persons as never, sales as never)).toThrowError(expect.objectContaining({ code: 'DATA_INVALID' }))
  })

  test('refuses a batch with other columns than selected', () => {
    expect(() => createResidentBuilder(SCHEMA).addLines({ rows: 0, columns: [] })).toThrowError(expect.objectContaining({ code: 'PROTOCOL' }))
  })

  test('estimates its memory from the row counts of the schema, or says that it cannot', () => {
    expect(estimateResidentBytes(SCHEMA)).toBeGreaterThan(100 * 28)
    const blind = { ...SCHEMA, sets: SCHEMA.sets.map((set) => ({ ...set, estimatedRows: null })) }
    expect(estimateResidentBytes(blind)).toBeNull()
  })
})

describe('reading an answer', () => {
  const provenance = { computedBy: 'backend', engine: 'x', exactness: 'exact', completeness: { kind: 'complete' }, snapshot: null } as const
  const end = { next: null, provenance, cuts: [[]] }
  const column: Column = { kind: 'float64', values: Float64Array.of(1) }
  const text: Column = { kind: 'text', codes: Int32Array.of(0), dictionary: ['a'] }
  test.each([
    ['nothing', []],
    ['no end', [{ rows: 1, columns: [column, column] }]],
    ['an early end', [{ rows: 1, columns: [column, column], end }, { rows: 1, columns: [column, column], end }]],
    ['batches of different columns', [{ rows: 1, columns: [text, column] }, { rows: 1, columns: [column, column], end }]],
    ['a column of another length', [{ rows: 2, columns: [column, column], end }]],
    ['half a sum', [{ rows: 1, columns: [column, column, column], end }]],
    ['no cuts', [{ rows: 1, columns: [column, column], end: { next: null, provenance } }]],
    ['a text where a count belongs', [{ rows: 1, columns: [column, text], end }]],
    ['a count that is NULL', [{ rows: 1, columns: [column, { ...column, validity: Uint8Array.of(0) }], end }]],
  ])('refuses %s', (_, batches) => {
    expect(() => readBins(batches as Batch[], 1, 0)).toThrowError(expect.objectContaining({ code: 'PROTOCOL' }))
  })

  test('refuses totals with other columns', () => {
    expect(() => readTotals([{ rows: 1, columns: [text], end }])).toThrowError(expect.objectContaining({ code: 'PROTOCOL' }))
  })
})
