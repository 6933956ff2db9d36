import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pairAt, readPairs } from '../shared/readPairs.ts'
import { PAIRS_COLUMNS, type Batch, type PairsRequest, type TotalsSpec } from './contract.ts'
import { createCallContext } from './createCallContext.ts'
import { createMemoryAdapter, type MemoryAdapter } from './createMemoryAdapter.ts'
import type { MemoryRow } from './memory.types.ts'

const DAY = 86_400_000
const asOf = 100 * DAY
const SPEC: TotalsSpec = { asOf, zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' }

interface Line {
  readonly customerId: string | null
  readonly productId: string | null
  readonly orderId: string
  readonly at: number
  readonly amount: number
}

function adapterOf(transactions: readonly Line[], more: Pick<Parameters<typeof createMemoryAdapter>[0]['data'], 'customers' | 'ratings'> = {}): MemoryAdapter {
  return createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions: { rows: transactions as readonly object[] as readonly MemoryRow[], fields: { productId: {} } }, ...more } })
}

async function ask(adapter: MemoryAdapter, request: PairsRequest): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of adapter.summarise!(request, createCallContext())!) batches.push(batch)
  return batches
}

/** Rows as `[target, other, ...numbers]`. */
async function rowsOf(adapter: MemoryAdapter, request: Partial<PairsRequest>): Promise<unknown[][]> {
  const answer = readPairs(await ask(adapter, { kind: 'pairs', totals: SPEC, over: 'products', targets: ['p'], weight: 'one', ...request }))
  return Array.from({ length: answer.rows }, (_, row) => [answer.target.dictionary[answer.target.codes[row]!], answer.other.dictionary[answer.other.codes[row]!], ...Object.values(pairAt(answer, row))])
}

const line = (customerId: string | null, productId: string | null, orderId = 'o', at = 50 * DAY, amount = 100): Line => ({ customerId, productId, orderId, at, amount })

test('two products share the customers who bought both', async () => {
  const adapter = adapterOf([line('ann', 'p'), line('ann', 'q'), line('bob', 'p'), line('bob', 'q'), line('cyd', 'q'), line('dan', 'r')])
  // n, five sums over ann and bob; p has 2 customers, q 3.
  expect(await rowsOf(adapter, {})).toEqual([['p', 'q', 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3]])
})

test('count is the number of orders, by id, by day or by line', async () => {
  const adapter = adapterOf([line('ann', 'p', 'o1'), line('ann', 'p', 'o1', 51 * DAY), line('ann', 'p', 'o2', 51 * DAY + 1), line('ann', 'p', 'o3', 52 * DAY, -100), line('ann', 'q', 'o2', 60 * DAY), line('bob', 'q', 'o9'), line('bob', 'q', 'o9')])
  const numbers = async (order: TotalsSpec['order']) => (await rowsOf(adapter, { weight: 'count', totals: { ...SPEC, order } }))[0]!.slice(2)
  expect(await numbers('orderId')).toEqual([1, 2, 1, 2, 4, 1, 1, 2, 4, 2, 2, 2])
  expect(await numbers('day')).toEqual([1, 2, 1, 2, 4, 1, 1, 2, 4, 2, 2, 2])
  expect(await numbers('line')).toEqual([1, 3, 1, 3, 9, 1, 1, 3, 9, 2, 3, 5])
})

test('ratings are weights as they are, and need no transactions', async () => {
  const ratings = [['ann', 'p', 4.5], ['ann', 'q', -2], ['bob', 'q', 3]].map(([customerId, productId, rating]) => ({ customerId, productId, rating }))
  const adapter = createMemoryAdapter({ timeZone: 'UTC', data: { ratings } })
  expect(await rowsOf(adapter, { weight: 'rating' })).toEqual([['p', 'q', 1, 4.5, -2, -9, 20.25, 4, 1, 4.5, 20.25, 2, 1, 13]])
  expect(await rowsOf(adapter, { weight: 'rating', over: 'customers', targets: ['bob', 'ann'] })).toEqual([
    ['ann', 'bob', 1, -2, 3, -6, 4, 9, 2, 2.5, 24.25, 1, 3, 9],
    ['bob', 'ann', 1, 3, -2, -6, 9, 4, 1, 3, 9, 2, 2.5, 24.25],
  ])
  expect(await rowsOf(adapter, { weight: 'rating', where: { op: 'ne', field: 'customerId', value: 'bob' } })).toEqual([['p', 'q', 1, 4.5, -2, -9, 20.25, 4, 1, 4.5, 20.25, 1, -2, 4]])
  await expect(rowsOf(adapter, {})).rejects.toMatchObject({ code: 'SET_MISSING' })
})

test('purchase lines without a product are counted, others are not', async () => {
  const adapter = adapterOf([line('ann', 'p'), line('ann', null), line('ann', null, 'o', 50 * DAY, -5), line(null, null), line('ann', null, 'o', asOf + 1), line('bob', 'p', 'o', 50 * DAY, 0)])
  const [batch] = await ask(adapter, { kind: 'pairs', totals: SPEC, over: 'products', targets: ['p'], weight: 'one', where: { op: 'eq', field: 'customerId', value: 'bob' } })
  expect(batch!.end!.counts).toEqual([
    { code: 'CUSTOMERS_WITHOUT_PURCHASE', count: 1 },
    { code: 'LINES_AFTER_AS_OF', count: 1 },
    { code: 'LINES_WITHOUT_CUSTOMER', count: 1 },
    { code: 'LINES_WITHOUT_PRODUCT', count: 1 },
  ])
})

test('numeric ids ascend by number, others by code point, whatever the order of targets', async () => {
  const lines = ['10', '9', '-1', '100'].map((productId) => line('ann', productId))
  const fields = { productId: { kind: 'id', numericId: true } } as const
  const numeric = createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions: { rows: lines as readonly object[] as readonly MemoryRow[], fields } } })
  const ids = async (adapter: MemoryAdapter, targets: string[]) => (await rowsOf(adapter, { targets })).map(([target, other]) => `${target} ${other}`)
  expect(await ids(numeric, ['10', '9'])).toEqual(['9 -1', '9 10', '9 100', '10 -1', '10 9', '10 100'])
  expect(await ids(adapterOf(lines), ['9', '10'])).toEqual(['10 -1', '10 100', '10 9', '9 -1', '9 10', '9 100'])
  const hostile = ['\uffff', '😀', '', '__proto__']
  expect(await ids(adapterOf(hostile.map((productId) => line('ann', productId))), ['__proto__'])).toEqual(['__proto__ ', '__proto__ \uffff', '__proto__ 😀'])
})

describe('a request that makes no sense is refused', () => {
  const adapter = adapterOf([line('ann', 'p')])
  const many = Array.from({ length: 1001 }, (_, i) => String(i))
  test.each([
    ['no targets', { targets: [] }, 'REQUEST_INVALID'],
    ['a target that is no text', { targets: [1] }, 'REQUEST_INVALID'],
    ['no list', { targets: 'p' }, 'REQUEST_INVALID'],
    ['neither customers nor products', { over: 'orders' }, 'REQUEST_INVALID'],
    ['another weight', { weight: 'two' }, 'REQUEST_INVALID'],
    ['1,001 targets', { targets: many }, 'LIST_TOO_LONG'],
    ['a target twice', { targets: ['p', 'p'] }, 'KEY_DUPLICATE'],
    ['ratings that are not there', { weight: 'rating' }, 'SET_MISSING'],
    ['a filter of lines', { where: { op: 'isNull', field: 'productId' } }, 'FIELD_UNKNOWN'],
    ['totals without a zone', { totals: { ...SPEC, zone: [] } }, 'SPEC_INVALID'],
  ])('%s', async (_, wrong, code) => {
    await expect(rowsOf(adapter, wrong as object)).rejects.toMatchObject({ code })
  })

  test('but a thousand unknown targets are none', async () => {
    expect(await rowsOf(adapter, { targets: many.slice(1) })).toEqual([])
  })

  test('numeric targets must be numbers, and lines must have products', async () => {
    const numeric = createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions: { rows: [{ customerId: '1', orderId: 'o', at: 0, amount: 1, productId: '2' }], fields: { customerId: { numericId: true } } } } })
    await expect(rowsOf(numeric, { over: 'customers', targets: ['07'] })).rejects.toMatchObject({ code: 'ID_NOT_NUMERIC' })
    expect(await rowsOf(numeric, { over: 'products', targets: ['07'] })).toEqual([])
    const bare = createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions: [{ customerId: '1', orderId: 'o', at: 0, amount: 1 }] } })
    await expect(rowsOf(bare, {})).rejects.toMatchObject({ code: 'FIELD_UNKNOWN', details: { field: 'productId' } })
  })
})

const text = (prefix: string, most: number) => fc.integer({ min: 1, max: most }).map((i) => `${prefix}${i}`)
const lines = fc.array(
  fc.record({ customerId: fc.option(text('c', 8), { freq: 9 }), productId: fc.option(text('p', 7), { freq: 9 }), orderId: text('o', 5), at: fc.integer({ min: 90, max: 102 }).map((day) => day * DAY), amount: fc.integer({ min: -2, max: 5 }) }),
  { maxLength: 80 },
)
const customers = fc.uniqueArray(fc.record({ customerId: text('c', 10), level: fc.option(fc.integer({ min: 1, max: 3 })) }), { selector: ({ customerId }) => customerId, maxLength: 10 })
const ratings = fc.uniqueArray(fc.record({ customerId: text('c', 12), productId: text('p', 7), rating: fc.integer({ min: -2, max: 10 }).map((half) => half / 2) }), { selector: (one) => `${one.customerId} ${one.productId}`, maxLength: 40 })

test('every pair is what a slow count over customers and products says', async () => {
  await fc.assert(
    fc.asyncProperty(
      lines,
      customers,
      ratings,
      fc.constantFrom<PairsRequest['over']>('customers', 'products'),
      fc.constantFrom<PairsRequest['weight']>('one', 'count', 'rating'),
      fc.constantFrom<TotalsSpec['order']>('orderId', 'day', 'line'),
      fc.option(fc.constantFrom(1, 2), { nil: undefined }),
      fc.subarray(Array.from({ length: 8 }, (_, i) => i + 1), { minLength: 1 }),
      async (rows, people, rated, over, weight, order, level, numbers) => {
        const adapter = adapterOf(rows, { customers: { rows: people, fields: { level: { kind: 'integer' } } }, ratings: rated })
        const from = 92 * DAY
        const where = level === undefined ? undefined : ({ op: 'or', of: [{ op: 'eq', field: 'level', value: level }, { op: 'ge', field: 'orders', value: 2 }] } as const)
        const targets = numbers.map((i) => `${over === 'customers' ? 'c' : 'p'}${i}`)
        const totals = { ...SPEC, from, order }

        const bought = rows.filter(({ customerId, at, amount }) => customerId !== null && at >= from && at <= asOf && amount > 0)
        const keyOf = (one: Line, index: number): unknown => (order === 'orderId' ? one.orderId : order === 'day' ? Math.floor(one.at / DAY) : index)
        const ordersOf = (id: string): number => new Set(bought.flatMap((one, i) => (one.customerId === id ? [keyOf(one, i)] : []))).size
        const passes = (id: string): boolean => where === undefined || people.find(({ customerId }) => customerId === id)?.level === level || ordersOf(id) >= 2
        const weights = new Map<string, Map<string, number>>()
        const put = (customer: string, product: string, value: number): void => {
          const [a, b] = over === 'customers' ? [customer, product] : [product, customer]
          if (!passes(customer)) return
          if (!weights.has(a)) weights.set(a, new Map())
          weights.get(a)!.set(b, value)
        }
        if (weight === 'rating') for (const { customerId, productId, rating } of rated) put(customerId, productId, rating)
        else {
          const sets = new Map<string, Set<unknown>>()
          bought.forEach((one, i) => {
            if (one.productId === null) return
            const key = `${one.customerId}|${one.productId}`
            sets.set(key, (sets.get(key) ?? new Set()).add(keyOf(one, i)))
          })
          for (const [key, orders] of sets) put(key.split('|')[0]!, key.split('|')[1]!, weight === 'one' ? 1 : orders.size)
        }
        const expected: unknown[][] = []
        const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0)
        for (const target of targets.toSorted()) {
          for (const other of [...weights.keys()].toSorted()) {
            const [mine, theirs] = [weights.get(target), weights.get(other)!]
            if (mine === undefined || other === target) continue
            const shared = [...mine.keys()].filter((key) => theirs.has(key))
            if (shared.length === 0) continue
            const x = shared.map((key) => mine.get(key)!)
            const y = shared.map((key) => theirs.get(key)!)
            const [all, others] = [[...mine.values()], [...theirs.values()]]
            const squares = (values: number[]): number => sum(values.map((value) => value * value))
            expected.push([target, other, shared.length, sum(x), sum(y), sum(x.map((value, i) => value * y[i]!)), squares(x), squares(y), all.length, sum(all), squares(all), others.length, sum(others), squares(others)])
          }
        }
        expect(await rowsOf(adapter, { over, weight, targets, totals, ...(where === undefined ? {} : { where }) })).toEqual(expected)
      },
    ),
    { numRuns: 300 },
  )
})

test('a long answer comes in batches that join, and names only the ids of each', async () => {
  const size = 70_000
  const adapter = adapterOf([...Array.from({ length: size }, (_, i) => line('ann', `q${i}`)), line('ann', 'p'), line('bob', 'p'), line('bob', 'q7')])
  const batches = await ask(adapter, { kind: 'pairs', totals: SPEC, over: 'products', targets: ['p', 'q7'], weight: 'one' })
  expect(batches.map(({ rows }) => rows)).toEqual([65_536, 65_536, 2 * size - 131_072])
  expect(batches.every(({ columns }) => columns.length === PAIRS_COLUMNS.length)).toBe(true)
  const answer = readPairs(batches)
  expect(answer.rows).toBe(2 * size)
  const pairs = Array.from({ length: answer.rows }, (_, row) => `${answer.target.dictionary[answer.target.codes[row]!]} ${answer.other.dictionary[answer.other.codes[row]!]}`)
  expect(pairs).toEqual(pairs.toSorted())
  expect(answer.numbers.n.filter((n) => n === 2)).toHaveLength(2)
  expect(batches[2]!.columns.map((column) => (column.kind === 'text' ? column.dictionary.length : 0)).slice(0, 2)).toEqual([1, 2 * size - 131_072])
})

test('an abort between two batches ends the answer', async () => {
  const adapter = adapterOf([...Array.from({ length: 66_000 }, (_, i) => line('ann', `q${i}`)), line('ann', 'p')])
  const controller = new AbortController()
  const stream = adapter.summarise!({ kind: 'pairs', totals: SPEC, over: 'products', targets: ['p'], weight: 'one' }, createCallContext({ signal: controller.signal }))![Symbol.asyncIterator]()
  expect((await stream.next()).value.rows).toBe(65_536)
  controller.abort('enough')
  await expect(stream.next()).rejects.toBe('enough')
})

test('pairs follow a change of the data', async () => {
  const adapter = adapterOf([line('ann', 'p'), line('ann', 'q')], { customers: [{ customerId: 'zoe', level: 1 }] })
  const noLevel = { where: { op: 'isNull', field: 'level' } } as const
  expect((await rowsOf(adapter, noLevel)).length).toBe(1)
  await adapter.append('transactions', [line('bob', 'p'), line('bob', 'r')] as readonly object[] as readonly MemoryRow[])
  expect((await rowsOf(adapter, noLevel)).map(([, other]) => other)).toEqual(['q', 'r'])
  await adapter.forget('ann')
  expect((await rowsOf(adapter, noLevel)).map(([, other]) => other)).toEqual(['r'])
})
