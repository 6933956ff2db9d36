import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPreferences } from './createPreferences.ts'
import type { PreferenceEntry } from './createPreferences.ts'
import { codeOfId, rowOf, rowOfBasket } from './preferenceRows.ts'
import type { Preferences, SparseRows } from './recommend.types.ts'

const entries: readonly PreferenceEntry[] = [
  { customerId: 'dan', productId: 'tea', weight: 3 },
  { customerId: 'ann', productId: 'tea', weight: 1 },
  { customerId: 'ann', productId: 'cup', weight: 2 },
]

function cellsOf({ customers, products, byCustomer }: Preferences): Record<string, number> {
  const cells: Record<string, number> = {}
  customers.forEach((customer, row) => {
    for (let i = byCustomer.offsets[row]!; i < byCustomer.offsets[row + 1]!; i++) cells[`${customer} ${products[byCustomer.codes[i]!]}`] = byCustomer.weights[i]!
  })
  return cells
}

function denseOf(rows: SparseRows, columns: number): number[][] {
  return Array.from({ length: rows.offsets.length - 1 }, (_, row) => {
    const dense = Array.from({ length: columns }, () => NaN)
    for (let i = rows.offsets[row]!; i < rows.offsets[row + 1]!; i++) dense[rows.codes[i]!] = rows.weights[i]!
    return dense
  })
}

describe('createPreferences', () => {
  test('numbers ids in ascending order and keeps both sides', () => {
    const preferences = createPreferences(entries)
    expect(preferences.customers).toEqual(['ann', 'dan'])
    expect(preferences.products).toEqual(['cup', 'tea'])
    expect(preferences.byCustomer).toEqual({ offsets: Int32Array.of(0, 2, 3), codes: Int32Array.of(0, 1, 1), weights: Float64Array.of(2, 1, 3), at: null, sequence: null })
    expect(preferences.byProduct).toEqual({ offsets: Int32Array.of(0, 1, 3), codes: Int32Array.of(0, 0, 1), weights: Float64Array.of(2, 1, 3), at: null, sequence: null })
    expect(preferences.warnings).toEqual([])
    expect(Object.isFrozen(preferences)).toBe(true)
  })

  test('orders numeric ids by number where they are said to be', () => {
    const numbered = [9, 10, 1].map((id) => ({ customerId: String(id), productId: String(id), weight: 1 }))
    expect(createPreferences(numbered).customers).toEqual(['1', '10', '9'])
    expect(createPreferences(numbered, { numericIds: true }).customers).toEqual(['1', '9', '10'])
    const mixed = createPreferences(numbered, { numericIds: { products: true } })
    expect([mixed.customers, mixed.products]).toEqual([['1', '10', '9'], ['1', '9', '10']])
    expect(() => createPreferences(entries, { numericIds: true })).toThrowError(expect.objectContaining({ code: 'ID_NOT_NUMERIC' }))
  })

  test('takes columns, whose lists may hold ids that nobody uses or that repeat', () => {
    const columns = {
      customerIds: ['zoe', 'dan', 'ann', 'ann'],
      productIds: ['tea', 'cup', 'pot'],
      customer: Int32Array.of(1, 2, 3),
      product: Int32Array.of(0, 0, 1),
      weight: Float64Array.of(3, 1, 2),
    }
    expect(createPreferences(columns)).toEqual(createPreferences(entries))
    expect(createPreferences({ ...columns, weight: undefined as never }).byCustomer.weights).toEqual(Float64Array.of(1, 1, 1))
  })

  test.each([
    ['sum', 7],
    ['mean', 3.5],
    ['max', 5],
    ['last', 2],
  ] as const)('merges a repeated pair by %s', (duplicates, weight) => {
    const twice = [5, 2].map((weight) => ({ customerId: 'ann', productId: 'tea', weight }))
    const preferences = createPreferences(twice, { duplicates })
    expect(preferences.byCustomer.weights).toEqual(Float64Array.of(weight))
    expect(preferences.warnings).toEqual([{ code: 'DUPLICATES_MERGED', count: 1 }])
  })

  test('takes for last what is last by time, wherever it stands', () => {
    const twice = [
      { customerId: 'ann', productId: 'tea', weight: 5, at: 20 },
      { customerId: 'ann', productId: 'tea', weight: 2, at: 10 },
      { customerId: 'ann', productId: 'tea', weight: 4 },
    ]
    const { byCustomer } = createPreferences(twice, { duplicates: 'last' })
    expect([byCustomer.weights, byCustomer.at]).toEqual([Float64Array.of(5), Float64Array.of(20)])
  })

  test('adds purchases and keeps the last of ratings unless told otherwise', () => {
    const twice = [5, 2].map((weight) => ({ customerId: 'ann', productId: 'tea', weight }))
    expect(createPreferences(twice).byCustomer.weights).toEqual(Float64Array.of(7))
    expect(createPreferences(twice, { scale: { lowest: 1, highest: 5 } })).toMatchObject({ byCustomer: { weights: Float64Array.of(2) }, scale: { lowest: 1, highest: 5 } })
  })

  test('keeps the place in the input when asked', () => {
    const { byCustomer, byProduct } = createPreferences(entries, { keepSequence: true })
    expect([byCustomer.sequence, byProduct.sequence]).toEqual([Int32Array.of(2, 1, 0), Int32Array.of(2, 1, 0)])
  })

  test('marks a time that is not known by NaN, and has none where no entry has', () => {
    const timed = createPreferences([{ ...entries[0]!, at: 5 }, entries[1]!])
    expect(timed.byCustomer.at).toEqual(Float64Array.of(NaN, 5))
    expect(createPreferences(entries).byCustomer.at).toBeNull()
  })

  test.each([
    ['VALUE_NOT_FINITE', { weight: NaN }],
    ['VALUE_NOT_FINITE', { weight: Infinity }],
    ['VALUE_NOT_FINITE', { weight: 1, at: NaN }],
    ['ID_MISSING', { customerId: '' }],
    ['ID_MISSING', { productId: undefined as never }],
  ] as const)('refuses an entry with %s and names it', (code, change) => {
    expect(() => createPreferences([entries[0]!, { ...entries[1]!, ...change }])).toThrowError(expect.objectContaining({ code, details: { index: 1 } }))
  })

  test('refuses columns of unequal length, codes without an id, a repeat under `error` and a scale upside down', () => {
    const columns = { customerIds: ['a'], productIds: ['p'], customer: Int32Array.of(0, 0), product: Int32Array.of(0, 0) }
    expect(() => createPreferences({ ...columns, weight: Float64Array.of(1) })).toThrowError(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
    expect(() => createPreferences({ ...columns, product: Int32Array.of(0, 1) })).toThrowError(expect.objectContaining({ code: 'ID_MISSING', details: { index: 1 } }))
    expect(() => createPreferences({ ...columns, product: Int32Array.of(0, -1) })).toThrowError(expect.objectContaining({ code: 'ID_MISSING', details: { index: 1 } }))
    expect(() => createPreferences(columns, { duplicates: 'error' })).toThrowError(expect.objectContaining({ code: 'KEY_DUPLICATE', details: { index: 1 } }))
    expect(() => createPreferences([], { scale: { lowest: 5, highest: 1 } })).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }))
    expect(() => createPreferences([], { duplicates: 'min' as never })).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })

  test('of nothing is empty', () => {
    expect(createPreferences([])).toMatchObject({ customers: [], products: [], byCustomer: { offsets: Int32Array.of(0) }, byProduct: { offsets: Int32Array.of(0) } })
  })

  const anyEntry = fc.record({ customerId: fc.constantFrom('a', 'b', 'c', 'd'), productId: fc.constantFrom('p', 'q', 'r', 's', 't'), weight: fc.double({ min: -9, max: 9, noNaN: true }), at: fc.integer({ min: 0, max: 5 }) })

  test('gives equal preferences for equal data in any order', () => {
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 60 }).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        fc.constantFrom('sum', 'mean', 'max', 'last'),
        ([list, shuffled], duplicates) => {
          expect(createPreferences(shuffled, { duplicates })).toEqual(createPreferences(list, { duplicates }))
        },
      ),
    )
  })

  test('holds what a table of pairs holds, equal from both sides, in rows of any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6000 }), fc.integer({ min: 1, max: 4000 }), fc.integer(), (customers, count, products, seed) => {
        let state = seed >>> 0
        const next = (below: number): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below
        const list = Array.from({ length: count }, () => ({ customerId: `c${next(customers)}`, productId: `p${next(products)}`, weight: 1 + next(5) }))
        const table: Record<string, number> = {}
        for (const { customerId, productId, weight } of list) table[`${customerId} ${productId}`] = (table[`${customerId} ${productId}`] ?? 0) + weight
        const preferences = createPreferences(list)
        expect(cellsOf(preferences)).toEqual(table)
        const across = denseOf(preferences.byProduct, preferences.customers.length)
        expect(across).toEqual(preferences.products.map((_, p) => denseOf(preferences.byCustomer, preferences.products.length).map((row) => row[p]!)))
        for (let row = 0; row < preferences.customers.length; row++) {
          const { codes } = rowOf(preferences, row)
          expect(codes.every((code, i) => i === 0 || code > codes[i - 1]!)).toBe(true)
        }
      }),
      { numRuns: 12 },
    )
  })

  test('survives a structured clone', () => {
    const preferences = createPreferences(entries)
    expect(structuredClone(preferences)).toEqual(preferences)
  })
})

describe('rowOf and rowOfBasket', () => {
  const preferences = createPreferences(entries)

  test('give the entries of a customer, and an empty row for a stranger', () => {
    expect(rowOf(preferences, 0)).toEqual({ customer: 0, codes: Int32Array.of(0, 1), weights: Float64Array.of(2, 1), at: null })
    expect(rowOf(preferences, 7)).toMatchObject({ customer: -1, codes: new Int32Array(0) })
    expect(rowOf(preferences, -1).codes).toHaveLength(0)
  })

  test('make a row of a basket, in any order, and count what nobody knows', () => {
    expect(rowOfBasket(preferences, ['tea', 'pot', 'cup', 'tea', 'pot', 'jug'])).toEqual({
      row: { customer: -1, codes: Int32Array.of(0, 1), weights: Float64Array.of(1, 1), at: null },
      unknown: 2,
    })
  })

  test('find every id and no other, by text and by number', () => {
    const ids = ['-3', '0', '2', '9', '10', '11', '100']
    expect(ids.map((id) => codeOfId(ids, id))).toEqual([0, 1, 2, 3, 4, 5, 6])
    const texts = [...ids].sort()
    expect(texts.map((id) => codeOfId(texts, id))).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(['', '1', '010', 'x', '12'].map((id) => [codeOfId(ids, id), codeOfId(texts, id)])).toEqual(Array(5).fill([-1, -1]))
  })
})
