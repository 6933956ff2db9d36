import type { BinsRequest, DataField, TotalsSpec } from '@crm/core/adapter'
import { describe, expect, test } from 'vitest'
import type { Cell, KitData } from '../testkit.types.ts'
import { compareCodePoints } from './compare.ts'
import { evaluate } from './evaluate.ts'
import { createReference } from './reference.ts'
import { firstDifference, show } from './table.ts'

// The row-wise versions are held against figures worked out by hand, so that they are not only equal to the memory adapter.
const DAY = 86_400_000
const FIELDS: readonly DataField[] = [
  { name: 'lineId', type: { kind: 'id' }, nullable: false },
  { name: 'orderId', type: { kind: 'id' }, nullable: false },
  { name: 'customerId', type: { kind: 'id' }, nullable: true },
  { name: 'at', type: { kind: 'instant' }, nullable: false },
  { name: 'amount', type: { kind: 'money', currency: 'EUR', scale: 2 }, nullable: false },
]
const LINES: readonly (readonly Cell[])[] = [
  ['1', 'o1', 'ann', 10 * DAY, 100],
  ['2', 'o1', 'ann', 10 * DAY + 1, 50],
  ['3', 'o2', 'ann', 20 * DAY - 1, 25],
  ['4', 'o2', 'ann', 21 * DAY, -25],
  ['5', 'o1', 'bob', 30 * DAY, 7],
  ['6', 'o9', 'bob', 31 * DAY, 1000],
  ['7', 'o5', 'cyd', 5 * DAY, -3],
  ['8', 'o6', 'dan', 6 * DAY, 0],
  ['9', 'o7', null, 6 * DAY, 9],
]
const DATA = { variant: 'main', schema: { timeZone: 'UTC', sets: [] }, sets: [{ name: 'transactions', fields: FIELDS, rows: LINES, columns: [] }] } as unknown as KitData
const SPEC: TotalsSpec = { asOf: 30 * DAY, zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' }

describe('totals, by hand', () => {
  const reference = createReference(DATA)

  test('net', () => {
    const { rows, counts } = reference.totals({ kind: 'totals', totals: SPEC })
    expect(rows).toEqual([
      ['ann', 10, 19, 11, 2, 150, 25, 4],
      ['bob', 30, 30, 0, 1, 7, 0, 1],
      ['cyd', null, null, null, 0, -3, 3, 1],
      ['dan', null, null, null, 0, 0, 0, 1],
    ])
    expect(counts).toEqual([
      { code: 'CUSTOMERS_WITHOUT_PURCHASE', count: 2 },
      { code: 'LINES_AFTER_AS_OF', count: 1 },
      { code: 'LINES_WITHOUT_CUSTOMER', count: 1 },
      { code: 'ORDERS_NOT_POSITIVE', count: 1 },
    ])
  })

  test('drop, by line', () => {
    const { rows, counts } = reference.totals({ kind: 'totals', totals: { ...SPEC, returns: 'drop', order: 'line', from: 10 * DAY + 1 } })
    expect(rows).toEqual([
      ['ann', 10, 19, 11, 2, 75, 25, 2],
      ['bob', 30, 30, 0, 1, 7, 0, 1],
      ['cyd', null, null, null, 0, 0, 0, 0],
      ['dan', null, null, null, 0, 0, 0, 0],
    ])
    expect(counts).toEqual([
      { code: 'CUSTOMERS_WITHOUT_PURCHASE', count: 2 },
      { code: 'LINES_AFTER_AS_OF', count: 1 },
      { code: 'LINES_BEFORE_FROM', count: 3 },
      { code: 'LINES_WITHOUT_CUSTOMER', count: 1 },
      { code: 'RETURNS_DROPPED', count: 1 },
    ])
  })

  test('days in a zone that changes', () => {
    const zone = [
      { since: 5 * DAY, offsetMinutes: 60 },
      { since: 20 * DAY - 1, offsetMinutes: -60 },
    ]
    expect(reference.totals({ kind: 'totals', totals: { ...SPEC, zone, order: 'day' } }).rows.slice(0, 2)).toEqual([
      ['ann', 10, 19, 10, 2, 150, 25, 4],
      ['bob', 29, 29, 0, 1, 7, 0, 1],
    ])
  })

  test('bins: ranks, ties, NULL and negative sums', () => {
    const request: BinsRequest = { kind: 'bins', totals: SPEC, axes: [{ field: 'recencyDays', cut: { ranks: [{ of: 1, in: 2 }] } }], sums: ['revenue'] }
    const { rows, cuts } = reference.bins(request)
    expect(cuts).toEqual([[0]])
    expect(rows).toEqual([
      [0, 1, 0, 7],
      [1, 1, 0, 150],
      [null, 2, -1, 2 ** 26 - 3],
    ])
  })

  test('members: a range leaves NULL out, the mean orders', () => {
    const { rows } = reference.members({ kind: 'members', totals: SPEC, select: ['customerId', 'meanOrderValue'], ranges: [{ field: 'meanOrderValue', above: 7 }], order: [], limit: 10 })
    expect(rows).toEqual([['ann', 75]])
  })
})

describe('pairs, by hand', () => {
  const fields: readonly DataField[] = [...FIELDS, { name: 'productId', type: { kind: 'id' }, nullable: true }]
  const products = ['tea', 'tea', 'tea', 'tea', 'tea', 'pot', 'tea', 'tea', 'tea']
  const bought = LINES.map((row, i): readonly Cell[] => [...row, products[i] as string])
  const more: readonly (readonly Cell[])[] = [
    ['10', 'o1', 'ann', 10 * DAY, 4, 'pot'],
    ['11', 'o3', 'bob', 2 * DAY, 4, 'pot'],
    ['12', 'o3', 'bob', 2 * DAY, 4, null],
    ['13', 'o3', 'eve', 2 * DAY, 4, 'pot'],
  ]
  const ratings: readonly (readonly Cell[])[] = [['ann', 'tea', 4.5], ['ann', 'pot', -2], ['fay', 'pot', 3]]
  const ratingFields = [FIELDS[2], { name: 'productId', type: { kind: 'id' } }, { name: 'rating', type: { kind: 'number' } }]
  const sets = [{ name: 'transactions', fields, rows: [...bought, ...more], columns: [] }, { name: 'ratings', fields: ratingFields, rows: ratings, columns: [] }]
  const reference = createReference({ ...DATA, sets } as unknown as KitData)
  const ask = { kind: 'pairs', totals: SPEC, over: 'products', weight: 'count', targets: ['pot', 'cup'] } as const

  test('orders of a product, shared and in all', () => {
    // ann has tea in o1 (twice) and o2, the pot in o1; bob has tea in o1, the pot in o3 and, too late, in o9; eve has the pot.
    const { rows, counts } = reference.pairs(ask)
    expect(rows).toEqual([['pot', 'tea', 2, 2, 3, 3, 2, 5, 3, 3, 3, 2, 3, 5]])
    expect(counts?.at(-2)).toEqual({ code: 'LINES_WITHOUT_PRODUCT', count: 1 })
    expect(reference.pairs({ ...ask, weight: 'one', over: 'customers', targets: ['eve', 'ann'] }).rows).toEqual([
      ['ann', 'bob', 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2],
      ['ann', 'eve', 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1],
      ['eve', 'ann', 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2],
      ['eve', 'bob', 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2],
    ])
  })

  test('without those whom the filter leaves out', () => {
    expect(reference.pairs({ ...ask, where: { op: 'gt', field: 'orders', value: 1 } }).rows).toEqual([['pot', 'tea', 2, 2, 3, 3, 2, 5, 2, 2, 2, 2, 3, 5]])
    expect(reference.pairs({ ...ask, where: { op: 'lt', field: 'revenue', value: 100 } }).rows).toEqual([['pot', 'tea', 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1]])
  })

  test('ratings, also of somebody whom no other set knows', () => {
    expect(reference.pairs({ ...ask, weight: 'rating' })).toMatchObject({ rows: [['pot', 'tea', 1, -2, 4.5, -9, 4, 20.25, 2, 1, 13, 1, 4.5, 20.25]], counts: [] })
    expect(reference.pairs({ ...ask, weight: 'rating', where: { op: 'eq', field: 'orders', value: 0 } }).rows).toEqual([])
  })
})

test('code points order differs from UTF-16 order, and lone surrogates have their own place', () => {
  expect(compareCodePoints('\uffff', '\u{10000}')).toBeLessThan(0)
  expect(['\u{10000}', '\uffff'].sort()).toEqual(['\u{10000}', '\uffff'])
  expect(compareCodePoints('\ud800', '\ue000')).toBeLessThan(0)
  expect(compareCodePoints('a', 'aa')).toBeLessThan(0)
  expect(compareCodePoints('\ud83d\ude00', '\ud83d')).toBeGreaterThan(0)
})

test('unknown and false is false, unknown or true is true, else unknown stays', () => {
  const row = { cell: (field: string): Cell => (field === 'yes' ? true : field === 'no' ? false : null), type: () => ({ kind: 'boolean' }) as const }
  const is = (field: string): { op: 'eq'; field: string; value: boolean } => ({ op: 'eq', field, value: true })
  expect(evaluate({ op: 'and', of: [is('null'), is('no')] }, row)).toBe(false)
  expect(evaluate({ op: 'and', of: [is('null'), is('yes')] }, row)).toBeNull()
  expect(evaluate({ op: 'or', of: [is('null'), is('yes')] }, row)).toBe(true)
  expect(evaluate({ op: 'or', of: [is('null'), is('no')] }, row)).toBeNull()
  expect(evaluate({ op: 'not', of: is('null') }, row)).toBeNull()
  expect(evaluate({ op: 'not', of: { op: 'in', field: 'null', values: [] } }, row)).toBe(true)
})

test('the first difference is named by row and column, to the bit', () => {
  const table = (...rows: Cell[][]) => ({ names: ['a', 'b'], kinds: ['float64', 'text'] as const, rows })
  expect(firstDifference(table([1, 'x']), table([1, 'x']))).toBeNull()
  expect(firstDifference(table([0, 'x']), table([-0, 'x']))).toBe('Row 0, column 0 "a": expected 0, got -0; both have 1 rows')
  expect(firstDifference(table([1, 'x'], [2, 'y']), table([1, 'x']))).toContain('the first one missing is row 1')
  expect(show('a\u202eb\u0301')).toBe('"a\\u202eb\\u0301"')
})
