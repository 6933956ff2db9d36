import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { compareText } from '../shared/text.ts'
import { valueAt } from '../shared/readColumns.ts'
import type { Batch, DataAdapter, Expr, Order, Scalar, ScanRequest, SummaryRequest, TotalsSpec } from './contract.ts'
import { createCallContext } from './createCallContext.ts'
import { createMemoryAdapter, type MemoryAdapter } from './createMemoryAdapter.ts'
import type { MemoryAdapterOptions, MemoryRow, RowKey } from './memory.types.ts'

type Cells = readonly (Scalar | null)[]

async function collect(stream: AsyncIterable<Batch> | null): Promise<{ rows: Cells[]; batches: Batch[]; next: string | null }> {
  const rows: Cells[] = []
  const batches: Batch[] = []
  for await (const batch of stream as AsyncIterable<Batch>) {
    batches.push(batch)
    for (let row = 0; row < batch.rows; row++) rows.push(batch.columns.map((column) => valueAt(column, row)))
  }
  const end = batches.at(-1)?.end
  if (end === undefined) throw new Error('no end')
  return { rows, batches, next: end.next }
}

const scan = (adapter: DataAdapter, request: ScanRequest) => collect(adapter.scan(request, createCallContext()))
const summarise = (adapter: DataAdapter, request: SummaryRequest) => collect(adapter.summarise?.(request, createCallContext()) ?? null)

/** All pages, by following the cursor. */
async function pages(read: (after: string | undefined) => Promise<{ rows: Cells[]; next: string | null }>): Promise<Cells[]> {
  const all: Cells[] = []
  for (let after: string | undefined; ; ) {
    const { rows, next } = await read(after)
    all.push(...rows)
    if (next === null) return all
    after = next
  }
}

const OPTIONS = { timeZone: 'Europe/London', currency: 'GBP' } as const
const make = (data: MemoryAdapterOptions['data']) => createMemoryAdapter({ ...OPTIONS, data })
const TOTALS: TotalsSpec = { asOf: Date.UTC(2024, 11, 31), zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' }

/** 1,500 customers with many ties and NULLs, and texts of several planes. */
const CUSTOMERS: MemoryRow[] = Array.from({ length: 1_500 }, (_, i) => ({
  customerId: `c${(i * 7919) % 1_500}`,
  city: [null, 'a', 'B', '😀', '\uffff', ''][i % 6],
  age: i % 7 === 0 ? null : (i * 31) % 5,
  isBusiness: [true, false, null][i % 3],
}))
const LINES: MemoryRow[] = Array.from({ length: 3_000 }, (_, i) => ({
  lineId: `l${i}`,
  customerId: i % 50 === 0 ? null : `c${(i * 31) % 1_700}`,
  orderId: `o${Math.floor(i / 2)}`,
  at: Date.UTC(2024, 0, 1) + ((i * 7919) % 400) * 86_400_000,
  amount: ((i * 13) % 200) - 20,
}))

describe('rows', () => {
  test('purchases that are to come may name products: an empty set holds the field', async () => {
    const adapter = make({ transactions: [] })
    const fields = async (): Promise<string[]> => (await adapter.schema(createCallContext())).sets[0]!.fields.map(({ name }) => name)
    expect(await fields()).toContain('productId')
    await adapter.append('transactions', [{ customerId: 'ann', orderId: 'o1', productId: 'tea', at: 0, amount: 1 }])
    expect((await scan(adapter, { set: 'transactions', select: ['productId'] })).rows).toEqual([['tea']])
    // Rows without products, and fields that are declared, are taken at their word.
    for (const transactions of [[{ customerId: 'ann', orderId: 'o1', at: 0, amount: 1 }], { rows: [], fields: {} }]) {
      const [set] = (await make({ transactions }).schema(createCallContext())).sets
      expect(set!.fields.map(({ name }) => name)).not.toContain('productId')
    }
  })

  test('need nothing but ids, a time and an amount', async () => {
    const adapter = make({ transactions: [{ customerId: 7, orderId: 'o1', at: '2024-05-01', amount: 1250, gift: true, weight: 0.5, note: 'x' }] })
    const { sets, timeZone } = await adapter.schema(createCallContext())
    expect(timeZone).toBe('Europe/London')
    expect(sets.map(({ name, estimatedRows }) => [name, estimatedRows])).toEqual([['transactions', 1]])
    expect(Object.fromEntries(sets[0]?.fields.map(({ name, type, nullable }) => [name, [type, nullable]]) ?? [])).toEqual({
      lineId: [{ kind: 'id', numericId: true }, false],
      orderId: [{ kind: 'id' }, false],
      at: [{ kind: 'date' }, false],
      amount: [{ kind: 'money', currency: 'GBP', scale: 2 }, false],
      customerId: [{ kind: 'id' }, true],
      gift: [{ kind: 'boolean' }, true],
      weight: [{ kind: 'number' }, true],
      note: [{ kind: 'text' }, true],
    })
    expect((await scan(adapter, { set: 'transactions', select: ['lineId', 'customerId', 'at', 'amount', 'gift', 'weight'] })).rows).toEqual([['0', '7', 19844, 1250, true, 0.5]])
  })

  test('may say instants as Date, milliseconds or ISO text with a zone; finer time is floored', async () => {
    const times = [new Date(1000), 1000, 1000.9, '1970-01-01T01:00:01+01:00', '1970-01-01T00:00:01.000Z']
    const adapter = make({ transactions: times.map((at, i) => ({ orderId: `${i}`, at, amount: 1 })) })
    expect((await scan(adapter, { set: 'transactions', select: ['at'] })).rows.flat()).toEqual([1000, 1000, 1000, 1000, 1000])
  })

  const line = { lineId: 'l', customerId: 'c', orderId: 'o', at: 0, amount: 1 }
  test.each([
    ['ID_MISSING', 'orderId', { ...line, orderId: null }],
    ['ID_MISSING', 'lineId', { ...line, lineId: undefined }],
    ['FIELD_TYPE', 'customerId', { ...line, customerId: {} }],
    ['FIELD_TYPE', 'customerId', { ...line, customerId: 1.5 }],
    ['VALUE_NOT_FINITE', 'amount', { ...line, amount: NaN }],
    ['VALUE_NOT_FINITE', 'amount', { ...line, amount: '1' }],
    ['VALUE_NOT_FINITE', 'amount', { ...line, amount: null }],
    ['NOT_INTEGER', 'amount', { ...line, amount: 0.1 }],
    ['NOT_INTEGER', 'amount', { ...line, amount: 2 ** 53 }],
    ['DATE_INVALID', 'at', { ...line, at: new Date(NaN) }],
    ['DATE_INVALID', 'at', { ...line, at: '2024-05-01' }], // the row before is an instant
    ['DATE_INVALID', 'at', { ...line, at: '2024-05-01T10:00:00' }], // no zone
    ['DATE_INVALID', 'at', { ...line, at: Infinity }],
    ['KEY_DUPLICATE', undefined, { ...line, lineId: 'l0' }],
  ])('are refused with %s, naming row and field %s', (code, field, row) => {
    const details = { set: 'transactions', index: 1, ...(field === undefined ? {} : { field }) }
    expect(() => make({ transactions: [{ ...line, lineId: 'l0' }, row] })).toThrowError(expect.objectContaining({ code, details }))
  })

  test.each([
    ['DATE_INVALID', { products: [{ productId: 'p', since: '2023-02-29' }] }, { since: { kind: 'date' } }],
    ['ID_NOT_NUMERIC', { products: [{ productId: '01' }] }, { productId: { kind: 'id', numericId: true } }],
    ['FIELD_TYPE', { products: [{ productId: 'p', size: 'L' }, { productId: 'q', size: 40 }] }, undefined],
    ['FIELD_TYPE', { products: [{ productId: 'p' }] }, { productId: { kind: 'text' } }],
  ] as const)('of products are refused with %s', (code, { products }, fields) => {
    expect(() => make({ products: { rows: products, ...(fields === undefined ? {} : { fields }) } })).toThrowError(expect.objectContaining({ code }))
  })

  test('of customers may not take the name of a measure, and ratings repeat no pair', () => {
    expect(() => make({ customers: [{ customerId: 'c', revenue: 1 }] })).toThrowError(expect.objectContaining({ code: 'FIELD_RESERVED' }))
    const rating = { customerId: 'c', productId: 'p', rating: 5 }
    expect(() => make({ ratings: [rating, { ...rating, productId: 'q' }] })).not.toThrow()
    expect(() => make({ ratings: [rating, { ...rating, rating: 4 }] })).toThrowError(expect.objectContaining({ code: 'KEY_DUPLICATE' }))
  })

  test('in another currency are refused with their count', () => {
    const rows = ['GBP', 'EUR', 'EUR'].map((currency, i) => ({ ...line, lineId: `${i}`, currency }))
    expect(() => make({ transactions: rows })).toThrowError(expect.objectContaining({ code: 'CURRENCY_MIXED', details: { count: 2 } }))
    expect(() => createMemoryAdapter({ timeZone: 'UTC', data: { transactions: rows.slice(1) } })).not.toThrow()
    expect(() => createMemoryAdapter({ timeZone: 'UTC', data: { transactions: [line] } })).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })

  test('with hostile names are read as data', async () => {
    const customers = [JSON.parse('{"customerId":"__proto__","__proto__":"x","constructor":"y","toString":"z"}') as MemoryRow, { customerId: 'constructor' }]
    const select = ['customerId', '__proto__', 'constructor', 'toString']
    expect((await scan(make({ customers }), { set: 'customers', select })).rows).toEqual([
      ['__proto__', 'x', 'y', 'z'],
      ['constructor', null, null, null],
    ])
    expect(Object.prototype).not.toHaveProperty('x')
  })

  test('are answered in a program that froze its intrinsics, errors included', async () => {
    const at = (file: string): string => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)))
    const program = `
      import { createCallContext, createMemoryAdapter } from ${at('./index.ts')}
      import { createClient } from ${at('../client/index.ts')}
      import { rfmGridOperation } from ${at('../rfm/index.ts')}
      for (const one of [Object, Function, Array, String, Number, Boolean, Error, Map, Set, WeakMap, Promise, Float64Array, Int32Array, Uint8Array, Date, RegExp]) {
        Object.freeze(one)
        Object.freeze(one.prototype)
      }
      const customers = [JSON.parse('{"customerId":"ann","__proto__":"x","constructor":"y","toString":"z"}')]
      const transactions = [{ customerId: 'ann', orderId: 'o1', at: '2026-01-05', amount: 1250 }]
      const adapter = createMemoryAdapter({ timeZone: 'Europe/London', currency: 'GBP', data: { customers, transactions } })
      const said = []
      for await (const { columns } of adapter.scan({ set: 'customers', select: ['__proto__', 'constructor', 'toString'] }, createCallContext())) {
        said.push(columns.map(({ codes, dictionary }) => dictionary[codes[0]]).join())
      }
      const { data } = await createClient(adapter).run(rfmGridOperation, { spec: { asOf: Date.UTC(2026, 1, 1), timeZone: 'Europe/London' } })
      said.push(data.totals.revenue)
      await adapter.append('customers', [{ customerId: 'ann' }]).catch((error) => said.push(error.code))
      console.log(said.join(' '))`
    const { outputFiles } = await build({ stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) }, bundle: true, write: false, format: 'esm', platform: 'node' })
    expect(execFileSync(process.execPath, ['--input-type=module', '-'], { input: outputFiles[0]!.text, encoding: 'utf8' })).toBe('x,y,z 1250 KEY_DUPLICATE\n')
  })

  test('are not changed, and later changes to them are not seen', async () => {
    const rows = structuredClone(LINES.slice(0, 20))
    const adapter = make({ transactions: rows })
    await summarise(adapter, { kind: 'totals', totals: TOTALS })
    expect(rows).toEqual(LINES.slice(0, 20))
    ;(rows[0] as { amount: number }).amount = 1e9
    expect((await scan(adapter, { set: 'transactions', select: ['amount'], limit: 1 })).rows).toEqual([[-20]])
  })

  test.each([
    ['TIME_ZONE_UNKNOWN', { timeZone: 'Nowhere' }],
    ['SET_UNKNOWN', { data: { people: [] } }],
    ['OPTION_INVALID', { data: { customers: {} } }],
  ])('with wrong options are refused: %s', (code, options) => {
    expect(() => createMemoryAdapter({ ...OPTIONS, data: {}, ...options } as MemoryAdapterOptions)).toThrowError(expect.objectContaining({ code }))
  })
})

describe('columns', () => {
  const at = Float64Array.of(1, 2)
  const ids = { kind: 'text', codes: Int32Array.of(0, 1), dictionary: Object.freeze(['a', 'b']) } as const
  const columns = { lineId: ids, orderId: ids, customerId: ids, at: { kind: 'float64', values: at }, amount: { kind: 'float64', values: Float64Array.of(-0, 7), validity: Uint8Array.of(1, 1) } } as const

  test('answer as rows do, and stay the caller’s', async () => {
    const adapter = make({ transactions: { columns } })
    const { rows } = await scan(adapter, { set: 'transactions', select: ['lineId', 'at', 'amount'] })
    expect(rows).toEqual([['a', 1, 0], ['b', 2, 7]])
    expect(Object.is(rows[0]?.[2], -0)).toBe(false)
    await adapter.append('transactions', [{ lineId: 'c', orderId: 'a', customerId: 'z', at: 3, amount: 1 }])
    expect(ids.dictionary).toEqual(['a', 'b'])
    expect(Object.is(columns.amount.values[0], -0)).toBe(true)
    expect((await scan(adapter, { set: 'transactions', select: ['lineId', 'orderId', 'customerId'] })).rows).toEqual([['a', 'a', 'a'], ['b', 'b', 'b'], ['c', 'a', 'z']])
  })

  test('may come in the order of a full declaration', async () => {
    const fields = [
      { name: 'productId', type: { kind: 'id' }, nullable: false },
      { name: '__proto__', type: { kind: 'number' }, nullable: true },
    ] as const
    const adapter = make({ products: { fields, columns: [ids, { kind: 'float64', values: Float64Array.of(9, 0.5), validity: Uint8Array.of(0, 1) }] } })
    expect((await adapter.schema(createCallContext())).sets[0]?.fields).toEqual(fields)
    expect((await scan(adapter, { set: 'products', select: ['productId', '__proto__'] })).rows).toEqual([['a', null], ['b', 0.5]])
    expect((await scan(adapter, { set: 'products', select: ['__proto__'] })).batches[0]?.columns[0]).toMatchObject({ values: Float64Array.of(0, 0.5) })
  })

  test.each([
    ['LENGTH_MISMATCH', { at: { kind: 'float64', values: new Float64Array(3) } }],
    ['FIELD_TYPE', { at: ids }],
    ['NOT_INTEGER', { amount: { kind: 'float64', values: Float64Array.of(1, 1.5) } }],
    ['VALUE_NOT_FINITE', { amount: { kind: 'float64', values: Float64Array.of(1, NaN) } }],
    ['ID_MISSING', { orderId: { ...ids, codes: Int32Array.of(0, -1) } }],
    ['ID_MISSING', { orderId: { ...ids, codes: Int32Array.of(0, 2) } }],
    ['KEY_DUPLICATE', { lineId: { ...ids, dictionary: ['a', 'a'] } }],
  ])('are refused with %s', (code, fault) => {
    expect(() => make({ transactions: { columns: { ...columns, ...fault } as never } })).toThrowError(expect.objectContaining({ code }))
  })
})

const ORDERS: readonly (readonly Order[])[] = [
  [],
  [{ field: 'city', direction: 'ascending', nulls: 'first' }],
  [{ field: 'city', direction: 'descending', nulls: 'last' }],
  [
    { field: 'age', direction: 'descending', nulls: 'first' },
    { field: 'isBusiness', direction: 'ascending', nulls: 'last' },
  ],
  [{ field: 'customerId', direction: 'descending', nulls: 'last' }],
]

/** Slow and obvious: sort plain rows by the rules of the contract. */
function slowSort(rows: readonly MemoryRow[], order: readonly Order[]): readonly MemoryRow[] {
  const keys: Order[] = [...order, { field: 'customerId', direction: 'ascending', nulls: 'last' }]
  return [...rows].sort((a, b) => {
    for (const { field, direction, nulls } of keys) {
      const [x, y] = [a[field] ?? null, b[field] ?? null] as [Scalar | null, Scalar | null]
      if (x === y) continue
      if (x === null || y === null) return (x === null) === (nulls === 'first') ? -1 : 1
      const ascending = typeof x === 'string' ? compareText(x, y as string) : Number(x) - Number(y)
      return direction === 'ascending' ? ascending : -ascending
    }
    return 0
  })
}

describe('pages of a scan', () => {
  const adapter = make({ customers: CUSTOMERS })
  const select = ['customerId', 'city', 'age', 'isBusiness']
  const where: Expr = { op: 'not', of: { op: 'eq', field: 'age', value: 4 } }
  test.each([1, 2, 7, 1000])('of %d rows join to the whole, with ties and NULLs, in every order', async (limit) => {
    for (const order of ORDERS) {
      const few: Expr = limit === 1 ? { op: 'and', of: [where, { op: 'startsWith', field: 'customerId', value: 'c1', fold: 'none' }] } : where
      const expected = slowSort(
        CUSTOMERS.filter(({ age, customerId }) => age !== null && age !== 4 && (limit > 1 || String(customerId).startsWith('c1'))),
        order,
      ).map((row) => select.map((field) => row[field]))
      expect((await scan(adapter, { set: 'customers', select, where: few, order })).rows).toEqual(expected)
      const request: ScanRequest = { set: 'customers', select, where: few, order, limit }
      expect(await pages((after) => scan(adapter, after === undefined ? request : { ...request, after }))).toEqual(expected)
    }
  })

  test('go on behind the last row even when that row is gone or others came before it', async () => {
    const changing = make({ customers: CUSTOMERS })
    const request: ScanRequest = { set: 'customers', select: ['customerId'], order: [], limit: 3 }
    const first = await scan(changing, request)
    await changing.append('customers', [{ customerId: 'a' }, { customerId: 'c' }])
    await changing.forget(first.rows[2]?.[0] as string)
    const second = await scan(changing, { ...request, after: first.next as string })
    const ids = CUSTOMERS.map(({ customerId }) => customerId as string).sort(compareText)
    expect(second.rows.flat()).toEqual(ids.slice(3, 6))
  })

  test.each([
    ['of another order', { order: [{ field: 'city', direction: 'ascending', nulls: 'first' }] }],
    ['of another filter', { where }],
    ['of another selection', { select: ['customerId', 'city'] }],
    ['that is damaged', { after: 'abc' }],
    ['that is empty', { after: '' }],
  ] as const)('refuse a cursor %s', async (_, other) => {
    const request: ScanRequest = { set: 'customers', select: ['customerId'], order: [], limit: 3 }
    const { next } = await scan(adapter, request)
    await expect(scan(adapter, { ...request, after: next as string, ...other } as ScanRequest)).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
    await expect(scan(adapter, { ...request, limit: 5, after: next as string })).resolves.toBeDefined()
  })

  test('carry only the texts of their rows', async () => {
    const { batches } = await scan(adapter, { set: 'customers', select: ['customerId'], limit: 2 })
    expect(batches[0]?.columns[0]).toMatchObject({ dictionary: { length: 2 } })
  })
})

describe('a bulk read', () => {
  const rows = Array.from({ length: 140_000 }, (_, i) => ({ lineId: `l${i}`, orderId: `o${i % 9}`, at: i, amount: i }))
  const adapter = make({ transactions: rows })

  test('comes in batches of at most 65,536 rows, the last with the end', async () => {
    const { batches } = await scan(adapter, { set: 'transactions', select: ['amount'] })
    expect(batches.map(({ rows: n, end }) => [n, end !== undefined])).toEqual([[65_536, false], [65_536, false], [8_928, true]])
    const where: Expr = { op: 'ge', field: 'amount', value: 70_000 }
    const filtered = await scan(adapter, { set: 'transactions', select: ['amount'], where })
    expect(filtered.rows.flat()).toEqual(rows.slice(70_000).map(({ amount }) => amount))
    expect(filtered.batches.map(({ rows: n }) => n)).toEqual([65_536, 4_464])
  })

  test('of nothing is one batch of 0 rows with an end', async () => {
    const none = await scan(adapter, { set: 'transactions', select: ['amount'], where: { op: 'or', of: [] } })
    expect(none.batches).toMatchObject([{ rows: 0, columns: [{ kind: 'float64' }], end: { next: null } }])
    expect((await scan(make({ customers: { rows: [] } }), { set: 'customers', select: ['customerId'] })).batches).toHaveLength(1)
  })

  test('hands out arrays of its own: a reader may move them away', async () => {
    const { batches } = await scan(adapter, { set: 'transactions', select: ['amount'] })
    const { values } = (batches[0] as Batch).columns[0] as { values: Float64Array<ArrayBuffer> }
    structuredClone(values, { transfer: [values.buffer] })
    expect((await scan(adapter, { set: 'transactions', select: ['amount'], limit: 1 })).rows).toEqual([[0]])
  })

  test('is made as it is read, and ends with an abort, a deadline, a return or a close', async () => {
    const request: ScanRequest = { set: 'transactions', select: ['amount'] }
    const controller = new AbortController()
    const aborted = adapter.scan(request, createCallContext({ signal: controller.signal }))[Symbol.asyncIterator]()
    expect((await aborted.next()).value).toMatchObject({ rows: 65_536 })
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(aborted.next()).rejects.toBe(reason)

    let time = 0
    const own = createMemoryAdapter({ ...OPTIONS, now: () => time, data: { transactions: rows } })
    const late = own.scan(request, { ...createCallContext(), deadlineAt: 10 })[Symbol.asyncIterator]()
    await late.next()
    time = 10
    await expect(late.next()).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' })

    const left = own.scan(request, createCallContext())[Symbol.asyncIterator]()
    await left.next()
    await left.return?.()
    expect(await left.next()).toEqual({ done: true, value: undefined })

    const closing = own.scan(request, createCallContext())[Symbol.asyncIterator]()
    await closing.next()
    await own.close()
    await own.close()
    await expect(closing.next()).rejects.toMatchObject({ code: 'ADAPTER_CLOSED' })
    for (const call of [own.schema(createCallContext()), scan(own, request), own.append('transactions', []), own.forget('x')]) await expect(call).rejects.toMatchObject({ code: 'ADAPTER_CLOSED' })
  })

  test('lets go of the thread while a sort is under way, and an abort stops it', async () => {
    const controller = new AbortController()
    const reason = new Error('stop')
    let turns = 0
    const timer = setInterval(() => ++turns === 2 && controller.abort(reason), 0)
    const sorted: ScanRequest = { set: 'transactions', select: ['amount'], order: [{ field: 'lineId', direction: 'descending', nulls: 'last' }] }
    // A clock that runs fast: every slice is over at once, so the work breathes at each step.
    let ticks = 0
    const now = vi.spyOn(Date, 'now').mockImplementation(() => (ticks += 100))
    try {
      await expect(collect(adapter.scan(sorted, createCallContext({ signal: controller.signal })))).rejects.toBe(reason)
    } finally {
      now.mockRestore()
      clearInterval(timer)
    }
    expect(turns).toBeGreaterThanOrEqual(2)
    expect((await scan(adapter, { ...sorted, limit: 1 })).rows).toEqual([[99_999]])
  })
})

describe('requests', () => {
  const adapter = make({ customers: CUSTOMERS, transactions: LINES })
  const members = { kind: 'members', totals: TOTALS, select: [], ranges: [], order: [], limit: 10 } as const
  test.each([
    ['SET_UNKNOWN', { set: '__proto__', select: [] }],
    ['SET_MISSING', { set: 'products', select: [] }],
    ['FIELD_UNKNOWN', { set: 'customers', select: ['__proto__'] }],
    ['FIELD_UNKNOWN', { set: 'customers', select: ['revenue'] }],
    ['FIELD_DUPLICATE', { set: 'customers', select: ['city', 'city'] }],
    ['FIELD_UNKNOWN', { set: 'customers', select: [], order: [{ field: 'x', direction: 'ascending', nulls: 'last' }] }],
    ['REQUEST_INVALID', { set: 'customers', select: [], order: [{ field: 'city', direction: 'up', nulls: 'last' }] }],
    ['REQUEST_INVALID', { set: 'customers', select: 'city' }],
    ['LIMIT_RANGE', { set: 'customers', select: [], limit: 0 }],
    ['LIMIT_RANGE', { set: 'customers', select: [], limit: 100_001 }],
    ['LIMIT_RANGE', { set: 'customers', select: [], limit: 1.5 }],
    ['SNAPSHOT_GONE', { set: 'customers', select: [], snapshot: 'yesterday' }],
    ['REQUEST_INVALID', null],
  ])('of a scan are refused with %s', async (code, request) => {
    await expect(scan(adapter, request as ScanRequest)).rejects.toMatchObject({ code })
  })

  test.each([
    ['SPEC_INVALID', { ...members, totals: { ...TOTALS, asOf: NaN } }],
    ['SPEC_INVALID', { ...members, totals: { ...TOTALS, from: TOTALS.asOf + 1 } }],
    ['SPEC_INVALID', { ...members, totals: { ...TOTALS, zone: [] } }],
    ['SPEC_INVALID', { ...members, totals: { ...TOTALS, zone: [{ since: 1, offsetMinutes: 0 }, { since: 1, offsetMinutes: 60 }] } }],
    ['SPEC_INVALID', { ...members, totals: { ...TOTALS, order: 'week' } }],
    ['LIMIT_RANGE', { ...members, limit: undefined }],
    ['FIELD_UNKNOWN', { ...members, select: ['score'] }],
    ['FIELD_TYPE', { ...members, ranges: [{ field: 'city', upTo: 3 }] }],
    ['FIELD_TYPE', { kind: 'bins', totals: TOTALS, axes: [{ field: 'city', cut: { at: [1] } }], sums: [] }],
    ['FIELD_TYPE', { kind: 'bins', totals: TOTALS, axes: [{ field: 'revenue', cut: 'values' }], sums: [] }],
    ['FIELD_UNKNOWN', { kind: 'bins', totals: TOTALS, axes: [], sums: ['meanOrderValue'] }],
    ['CUTS_NOT_ASCENDING', { kind: 'bins', totals: TOTALS, axes: [{ field: 'revenue', cut: { at: [2, 1] } }], sums: [] }],
    ['RANK_INVALID', { kind: 'bins', totals: TOTALS, axes: [{ field: 'revenue', cut: { ranks: [{ of: 5, in: 5 }] } }], sums: [] }],
  ])('of a summary are refused with %s', async (code, request) => {
    await expect(summarise(adapter, request as SummaryRequest)).rejects.toMatchObject({ code })
  })

  test('of an unknown kind are answered by null at once', () => {
    expect(adapter.summarise?.({ kind: 'triples' } as never, createCallContext())).toBeNull()
  })

  test('need transactions', async () => {
    await expect(summarise(make({ customers: CUSTOMERS }), members)).rejects.toMatchObject({ code: 'SET_MISSING' })
  })

  test('that were aborted before are not begun', async () => {
    const reason = new Error('late')
    const signal = AbortSignal.abort(reason)
    await expect(adapter.schema(createCallContext({ signal }))).rejects.toBe(reason)
    await expect(collect(adapter.scan({ set: 'customers', select: [] }, createCallContext({ signal })))).rejects.toBe(reason)
  })
})

describe('changes', () => {
  const line = fc.record({
    customerId: fc.constantFrom('a', 'b', '__proto__', null),
    orderId: fc.constantFrom('o1', 'o2', 'o3'),
    at: fc.integer({ min: 0, max: 5 }).map((day) => day * 86_400_000),
    amount: fc.integer({ min: -3, max: 9 }),
  })
  const person = fc.constantFrom('a', 'b', 'c', '__proto__')
  const everything = async (adapter: MemoryAdapter) => ({
    schema: await adapter.schema(createCallContext()),
    totals: (await summarise(adapter, { kind: 'totals', totals: TOTALS })).rows,
    counts: (await summarise(adapter, { kind: 'totals', totals: TOTALS })).batches[0]?.end?.counts,
    lines: (await scan(adapter, { set: 'transactions', select: ['lineId', 'customerId', 'orderId', 'at', 'amount'], order: [] })).rows,
    customers: (await scan(adapter, { set: 'customers', select: ['customerId', 'city'], order: [] })).rows,
    ratings: (await scan(adapter, { set: 'ratings', select: ['customerId', 'productId', 'rating'], order: [] })).rows,
  })
  const fields = { transactions: { lineId: { kind: 'id' } }, customers: { city: { kind: 'text' } } } as const
  const dataOf = (lines: readonly MemoryRow[], people: readonly string[]): MemoryAdapterOptions['data'] => ({
    transactions: { rows: lines, fields: fields.transactions },
    customers: { rows: people.map((customerId, i) => ({ customerId, city: i % 2 === 0 ? `in ${customerId}` : null })), fields: fields.customers },
    ratings: people.map((customerId) => ({ customerId, productId: 'p', rating: 3 })),
  })

  test('append and forget leave what a rebuild with the same rows would hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.nat(20), fc.uniqueArray(person, { minLength: 1 }), fc.option(person), async (some, at, people, gone) => {
        const lines = some.map((one, i) => ({ ...one, lineId: `l${i}` }))
        const adapter = make(dataOf(lines.slice(0, at), people))
        await everything(adapter) // what is remembered must not outlive the change
        await adapter.append('transactions', lines.slice(at))
        expect(await everything(adapter)).toEqual(await everything(make(dataOf(lines, people))))
        if (gone === null) return
        await adapter.forget(gone)
        const data = dataOf(lines, people)
        const kept = (rows: unknown) => (rows as MemoryRow[]).filter(({ customerId }) => customerId !== gone)
        const rebuilt = make({
          transactions: { ...data.transactions, rows: kept((data.transactions as { rows: unknown }).rows) },
          customers: { ...data.customers, rows: kept((data.customers as { rows: unknown }).rows) },
          ratings: { rows: kept(data.ratings), fields: { customerId: { kind: 'id' }, productId: { kind: 'id' } } },
        } as MemoryAdapterOptions['data'])
        expect(await everything(adapter)).toEqual(await everything(rebuilt))
      }),
      { numRuns: 40 },
    )
  })

  test('remove leaves what a rebuild without the rows would hold, and what is added again is there again', async () => {
    const declared = { ...fields, ratings: { customerId: { kind: 'id' }, productId: { kind: 'id' } } } as const
    type Rows = Readonly<Record<keyof typeof declared, readonly MemoryRow[]>>
    const keyOf: Record<keyof Rows, (row: MemoryRow) => unknown> = { transactions: ({ lineId }) => lineId, customers: ({ customerId }) => customerId, ratings: ({ customerId, productId }) => [customerId, productId] }
    const sets = Object.keys(keyOf) as (keyof Rows)[]
    const each = (rowsOf: (set: keyof Rows) => readonly MemoryRow[]): Rows => Object.fromEntries(sets.map((set) => [set, rowsOf(set)])) as Rows
    const holding = (rows: Rows): MemoryAdapter => make(Object.fromEntries(sets.map((set) => [set, { rows: rows[set], fields: declared[set] }])))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.uniqueArray(person, { minLength: 1 }), fc.infiniteStream(fc.boolean()), async (some, people, coins) => {
        const all = each((set) => ({
          transactions: some.map((one, i) => ({ ...one, lineId: `l${i}` })),
          customers: people.map((customerId, i) => ({ customerId, city: i % 2 === 0 ? `in ${customerId}` : null })),
          ratings: people.map((customerId) => ({ customerId, productId: 'p', rating: 3 })),
        })[set])
        const goes = new Set(sets.flatMap((set) => all[set]).filter(() => coins.next().value))
        const left = each((set) => all[set].filter((row) => !goes.has(row)))
        const gone = each((set) => all[set].filter((row) => goes.has(row)))
        const adapter = holding(all)
        await everything(adapter) // what is remembered must not outlive the change
        for (const set of sets) await adapter.remove(set, gone[set].map(keyOf[set]) as RowKey[])
        expect(await everything(adapter)).toEqual(await everything(holding(left)))
        for (const set of sets) await adapter.append(set, gone[set])
        expect(await everything(adapter)).toEqual(await everything(holding(each((set) => [...left[set], ...gone[set]]))))
      }),
      { numRuns: 40 },
    )
  })

  test('remove takes lines by the ids that were made for them, and refuses what is not there', async () => {
    const lines = [0, 1, 2, 3].map((i) => ({ customerId: `c${i}`, orderId: `o${i}`, at: 0, amount: i }))
    const adapter = make({ transactions: lines, customers: [{ customerId: 'c1' }] })
    const ids = async (): Promise<unknown[]> => (await scan(adapter, { set: 'transactions', select: ['lineId', 'customerId'] })).rows
    await adapter.remove('transactions', ['1', '3'])
    expect(await ids()).toEqual([['0', 'c0'], ['2', 'c2']])
    for (const keys of [['0', '1'], ['01'], ['c0'], ['']]) await expect(adapter.remove('transactions', keys)).rejects.toMatchObject({ code: 'KEY_UNKNOWN', details: { count: 1 } })
    await expect(adapter.remove('transactions', ['0', '0'])).rejects.toMatchObject({ code: 'KEY_DUPLICATE' })
    await expect(adapter.remove('products', ['p'])).rejects.toMatchObject({ code: 'SET_MISSING' })
    await adapter.remove('transactions', [])
    expect((await scan(adapter, { set: 'transactions', select: ['lineId'] })).batches[0]?.end?.provenance.snapshot).toBe('1') // no change
    await adapter.append('transactions', [{ customerId: 'c4', orderId: 'o4', at: 0, amount: 4 }])
    expect(await ids()).toEqual([['0', 'c0'], ['2', 'c2'], ['4', 'c4']])
  })

  test('are announced with the sets they touch', async () => {
    const adapter = make({ customers: [{ customerId: 'a' }], transactions: LINES.slice(0, 2) })
    const controller = new AbortController()
    const news = adapter.changes?.(controller.signal)[Symbol.asyncIterator]() as AsyncIterator<unknown>
    let waiting = news.next()
    await adapter.append('customers', [{ customerId: 'b' }])
    expect((await waiting).value).toEqual({ sets: ['customers'], version: '1' })
    waiting = news.next()
    await adapter.forget('a')
    await adapter.forget('nobody')
    await adapter.append('transactions', LINES.slice(2, 4))
    expect((await waiting).value).toEqual({ sets: ['customers'], version: '2' })
    expect((await news.next()).value).toEqual({ sets: ['transactions'], version: '3' })
    const reason = new Error('unmounted')
    waiting = news.next()
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    const open = adapter.changes?.(new AbortController().signal)[Symbol.asyncIterator]().next()
    await adapter.close()
    await expect(open).rejects.toMatchObject({ code: 'ADAPTER_CLOSED' })
  })

  test('that are refused change nothing and hold up nobody', async () => {
    const adapter = make({ transactions: LINES.slice(0, 2) })
    await expect(adapter.append('transactions', [LINES[2] as MemoryRow, { ...LINES[3], amount: 0.5 }])).rejects.toMatchObject({ code: 'NOT_INTEGER', details: { index: 3 } })
    await expect(adapter.append('transactions', [LINES[1] as MemoryRow])).rejects.toMatchObject({ code: 'KEY_DUPLICATE' })
    await expect(adapter.append('transactions', [{ ...LINES[3], colour: 'red' }])).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await adapter.append('transactions', [LINES[2] as MemoryRow])
    expect((await scan(adapter, { set: 'transactions', select: ['lineId'] })).rows.flat()).toEqual(['l0', 'l1', 'l2'])
  })

  test('do not reach a scan that began before', async () => {
    const adapter = make({ customers: CUSTOMERS })
    const reading = adapter.scan({ set: 'customers', select: ['customerId'], order: [], limit: 100_000 }, createCallContext())[Symbol.asyncIterator]()
    const first = reading.next()
    await adapter.forget('c1')
    expect((await first).value).toMatchObject({ rows: 1_500 })
  })

  test('leave no text of a forgotten person in any dictionary', async () => {
    const adapter = make({
      customers: [{ customerId: 'ann', name: 'Ann Secret' }, { customerId: 'bob', name: 'Bob' }],
      transactions: [{ customerId: 'ann', orderId: 'o-ann', at: 0, amount: 1, note: 'for Ann' }, { customerId: 'bob', orderId: 'o-bob', at: 0, amount: 1 }],
    })
    await adapter.forget('ann')
    const context = createCallContext()
    const held: Batch[] = []
    for (const [set, select] of [['customers', ['customerId', 'name']], ['transactions', ['customerId', 'orderId', 'note']]] as const) for await (const batch of adapter.scan({ set, select }, context)) held.push(batch)
    expect(JSON.stringify(held).toLowerCase()).not.toContain('ann')
    expect((await scan(adapter, { set: 'transactions', select: ['lineId'] })).rows).toEqual([['1']]) // generated ids stay
    await adapter.append('transactions', [{ customerId: 'cy', orderId: 'o', at: 0, amount: 1 }])
    expect((await scan(adapter, { set: 'transactions', select: ['lineId'] })).rows).toEqual([['1'], ['2']])
  })
})

test('the manifest is frozen JSON', () => {
  const { manifest } = make({})
  expect(Object.isFrozen(manifest) && Object.isFrozen(manifest.summaries)).toBe(true)
  expect(JSON.parse(JSON.stringify(manifest))).toEqual({
    contract: 1,
    name: 'memory',
    scopeKey: 'memory',
    summaries: ['totals', 'bins', 'members', 'pairs'],
    snapshot: 'monotonic',
    cancel: 'engine',
    maxConcurrency: 16,
    runs: 'here',
  })
})
