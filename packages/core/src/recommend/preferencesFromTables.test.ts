import { describe, expect, test } from 'vitest'
import type { DataSchema, FieldType, ResidentTables, Scalar } from '../adapter/contract.ts'
import { columnFromValues } from '../shared/testing/columnFromValues.ts'
import { runToEnd } from '../shared/steps.ts'
import { preferenceReads } from './preferenceReads.ts'
import { preferencesFromTables } from './preferencesFromTables.ts'
import type { PreferenceSpec } from './recommend.types.ts'

const DAY = 86_400_000
const AS_OF = Date.UTC(2024, 5, 30)

type Cells = readonly (Scalar | null)[]

function tablesOf(sets: Readonly<Record<string, { readonly types: Readonly<Record<string, FieldType>>; readonly rows: readonly Cells[] }>>, timeZone = 'UTC'): ResidentTables {
  const schema: DataSchema = {
    timeZone,
    sets: Object.entries(sets).map(([name, { types }]) => ({
      name: name as 'transactions',
      estimatedRows: null,
      fields: Object.entries(types).map(([field, type]) => ({ name: field, type, nullable: true })),
    })),
  }
  return {
    schema,
    sets: Object.entries(sets).map(([name, { types, rows }]) => ({
      set: name as 'transactions',
      select: Object.keys(types),
      rows: rows.length,
      columns: Object.values(types).map((type, i) => columnFromValues(type, rows.map((row) => row[i]!))),
    })),
  }
}

const id = { kind: 'id' } as const
const lineTypes: Record<string, FieldType> = { customerId: id, productId: id, orderId: id, at: { kind: 'instant' }, amount: { kind: 'money', currency: 'EUR', scale: 2 } }
const lines: readonly Cells[] = [
  ['bob', 'tea', 'o1', AS_OF - 9 * DAY, 500],
  ['ann', 'tea', 'o2', AS_OF - 8 * DAY, 500],
  ['ann', 'tea', 'o2', AS_OF - 8 * DAY, 250],
  ['ann', 'tea', 'o3', AS_OF - 3 * DAY, 500],
  ['ann', 'cup', 'o3', AS_OF - 3 * DAY, 900],
  ['ann', 'cup', 'o4', AS_OF - DAY, -900],
  ['ann', 'pot', 'o5', AS_OF + 1, 900],
  [null, 'pot', 'o6', AS_OF - DAY, 900],
  ['bob', null, 'o7', AS_OF - DAY, 900],
  ['bob', null, 'o7', AS_OF - DAY, -900],
  ['bob', 'pot', 'o8', AS_OF - 90 * DAY, 900],
]
const shop = { transactions: { types: lineTypes, rows: lines } }
const ratingTypes: Record<string, FieldType> = { customerId: id, productId: id, rating: { kind: 'number' }, at: { kind: 'instant' } }
const ratings = {
  ratings: {
    types: ratingTypes,
    rows: [
      ['cat', 'tea', 5, AS_OF - 2 * DAY],
      ['ann', 'cup', 1, null],
      ['bob', 'tea', 4, AS_OF - 5 * DAY],
    ],
  },
}

function make(tables: ResidentTables, spec: Partial<PreferenceSpec> = {}) {
  const preferences = runToEnd(preferencesFromTables(tables, { from: 'transactions', asOf: AS_OF, ...spec }))
  const cells: Record<string, readonly [number, number?]> = {}
  const { offsets, codes, weights, at } = preferences.byCustomer
  preferences.customers.forEach((customer, row) => {
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) cells[`${customer} ${preferences.products[codes[i]!]}`] = at === null ? [weights[i]!] : [weights[i]!, (AS_OF - at[i]!) / DAY]
  })
  return { preferences, cells }
}

describe('preferencesFromTables', () => {
  test('takes purchases up to `asOf`, 1 for each pair, with the days since the last', () => {
    const { preferences, cells } = make(tablesOf(shop))
    expect(cells).toEqual({ 'ann tea': [1, 3], 'ann cup': [1, 3], 'bob tea': [1, 9], 'bob pot': [1, 90] })
    expect(preferences.customers).toEqual(['ann', 'bob'])
    expect(preferences.warnings).toEqual([
      { code: 'LINES_AFTER_AS_OF', count: 1 },
      { code: 'LINES_WITHOUT_CUSTOMER', count: 1 },
      { code: 'LINES_WITHOUT_PRODUCT', count: 1 },
    ])
    expect(preferences.scale).toBeNull()
  })

  test('leaves out what lies before `since`, and products that nobody has then', () => {
    const { preferences, cells } = make(tablesOf(shop), { since: AS_OF - 8 * DAY })
    expect(cells).toEqual({ 'ann tea': [1, 3], 'ann cup': [1, 3] })
    expect(preferences.products).toEqual(['cup', 'tea'])
    expect(preferences.warnings.find(({ code }) => code === 'LINES_BEFORE_FROM')).toEqual({ code: 'LINES_BEFORE_FROM', count: 2 })
  })

  test('counts orders, not lines', () => {
    expect(make(tablesOf(shop), { weight: 'count' }).cells).toEqual({ 'ann tea': [2, 3], 'ann cup': [1, 3], 'bob tea': [1, 9], 'bob pot': [1, 90] })
    expect(make(tablesOf(shop), { weight: 'logCount' }).cells['ann tea']).toEqual([Math.log(3), 3])
  })

  test('reads days in the zone of the shop, up to the day of `asOf` there', () => {
    const asOf = Date.UTC(2024, 5, 30, 20) // 04:00 of the next day in Shanghai
    const today = asOf / DAY + 8 / 24
    const types = { ...lineTypes, at: { kind: 'date' } as const }
    const rows = [0, 1].map((later) => ['ann', `p${later}`, 'o', Math.floor(today) + later, 1])
    const { preferences } = make(tablesOf({ transactions: { types, rows } }, 'Asia/Shanghai'), { asOf })
    expect(preferences.products).toEqual(['p0'])
    expect(preferences.byCustomer.at).toEqual(Float64Array.of(asOf - 4 * 3_600_000))
    expect(preferences.warnings).toEqual([{ code: 'LINES_AFTER_AS_OF', count: 1 }])
  })

  test('takes ratings as weights, with the scale they span', () => {
    const { preferences, cells } = make(tablesOf(ratings), { from: 'ratings' })
    expect(cells).toEqual({ 'ann cup': [1, NaN], 'bob tea': [4, 5], 'cat tea': [5, 2] })
    expect(preferences.scale).toEqual({ lowest: 1, highest: 5 })
  })

  test('under `both` counts a good rating as one order more and takes out what is rated badly', () => {
    const tables = tablesOf({ ...shop, ...ratings })
    expect(make(tables, { from: 'both', likedFrom: 4, weight: 'count' }).cells).toEqual({ 'ann tea': [2, 3], 'bob tea': [2, 5], 'bob pot': [1, 90], 'cat tea': [1, 2] })
    expect(make(tables, { from: 'both', likedFrom: 5 }).cells).toEqual({ 'ann tea': [1, 3], 'bob pot': [1, 90], 'cat tea': [1, 2] })
  })

  test('orders numeric ids by number', () => {
    const types = { ...lineTypes, customerId: { kind: 'id', numericId: true } as const }
    const rows = ['10', '9'].map((customer) => [customer, 'p', 'o', AS_OF, 1])
    expect(make(tablesOf({ transactions: { types, rows } })).preferences.customers).toEqual(['9', '10'])
  })

  test('of no lines is empty', () => {
    expect(make(tablesOf({ transactions: { types: lineTypes, rows: [] } })).preferences).toMatchObject({ customers: [], products: [], warnings: [] })
  })

  test.each([
    ['SPEC_INVALID', { asOf: NaN }],
    ['SPEC_INVALID', { since: AS_OF + 1 }],
    ['SPEC_INVALID', { from: 'clicks' as never }],
    ['SPEC_INVALID', { from: 'both' }],
    ['SPEC_INVALID', { weight: 'amount' as never }],
    ['SET_MISSING', { from: 'ratings' }],
  ] as const)('throws %s', (code, spec) => {
    expect(() => make(tablesOf(shop), spec)).toThrowError(expect.objectContaining({ code }))
    const full = { from: 'transactions', asOf: AS_OF, ...spec } as const
    expect(() => preferenceReads(full, tablesOf(shop).schema)).toThrowError(expect.objectContaining({ code }))
  })

  test('refuses a line without time and a rating without a number', () => {
    const line = ['ann', 'tea', 'o', null, 5]
    expect(() => make(tablesOf({ transactions: { types: lineTypes, rows: [line] } }))).toThrowError(expect.objectContaining({ code: 'DATA_INVALID', details: { set: 'transactions', index: 0 } }))
    expect(() => make(tablesOf({ ratings: { types: ratingTypes, rows: [['ann', 'tea', null, null]] } }), { from: 'ratings' })).toThrowError(expect.objectContaining({ code: 'DATA_INVALID' }))
  })
})

describe('preferenceReads', () => {
  const extra: Record<string, FieldType> = { ...lineTypes, lineId: id, quantity: { kind: 'number' }, note: { kind: 'text' } }
  const schema = tablesOf({
    transactions: { types: extra, rows: [] },
    products: { types: { productId: id, category: { kind: 'text' }, price: { kind: 'money', currency: 'EUR', scale: 2 }, size: { kind: 'text' } }, rows: [] },
    customers: { types: { customerId: id, name: { kind: 'text' }, city: { kind: 'text' }, vip: { kind: 'boolean' }, age: { kind: 'integer' } }, rows: [] },
    ...ratings,
  }).schema

  test('names what is needed and what there is of the rest', () => {
    expect(preferenceReads({ from: 'transactions', asOf: AS_OF }, schema)).toEqual([
      { set: 'transactions', select: ['customerId', 'productId', 'orderId', 'at', 'amount', 'quantity'] },
      { set: 'products', select: ['productId', 'category', 'price'] },
      { set: 'customers', select: ['customerId', 'name', 'city', 'vip'] },
    ])
    expect(preferenceReads({ from: 'both', asOf: AS_OF, likedFrom: 4 }, schema).map(({ set }) => set)).toEqual(['transactions', 'ratings', 'products', 'customers'])
    expect(preferenceReads({ from: 'ratings', asOf: AS_OF }, schema)[0]).toEqual({ set: 'ratings', select: ['customerId', 'productId', 'rating', 'at'] })
  })

  test('says so when purchases do not name their product', () => {
    const { productId: _, ...types } = lineTypes
    expect(() => preferenceReads({ from: 'transactions', asOf: AS_OF }, tablesOf({ transactions: { types, rows: [] } }).schema)).toThrowError(
      expect.objectContaining({ code: 'SET_MISSING', details: { set: 'transactions' } }),
    )
  })
})
