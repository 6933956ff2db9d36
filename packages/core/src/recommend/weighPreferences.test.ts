import { describe, expect, test } from 'vitest'
import { createPreferences } from './createPreferences.ts'
import { implicitToy, toyPreferences } from './testing/implicitToy.ts'
import type { SparseRows } from './recommend.types.ts'
import { weighPreferences } from './weighPreferences.ts'

const DAY = 86_400_000

function denseOf({ offsets, codes, weights }: SparseRows, columns: number): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, row) => {
    const dense = Array.from({ length: columns }, () => 0)
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) dense[codes[i]!] = weights[i]!
    return dense
  })
}

function transposed(table: readonly (readonly number[])[]): number[][] {
  return table[0]!.map((_, column) => table.map((row) => row[column]!))
}

function close(table: readonly (readonly number[])[]): unknown[][] {
  return table.map((row) => row.map((value) => expect.closeTo(value, 14)))
}

describe('weighPreferences', () => {
  // The weighting functions of implicit take a matrix whose rows are the documents: here customers.
  test.each([
    ['tfIdf', 'tfIdf'],
    ['bm25', { method: 'bm25' }],
  ] as const)('gives every weight that implicit gives by %s, from both sides', (name, weighting) => {
    const weighed = weighPreferences(toyPreferences, weighting, 'customers')
    expect(denseOf(weighed.byCustomer, 6)).toEqual(close(implicitToy[name]))
    expect(denseOf(weighed.byProduct, 7)).toEqual(close(transposed(implicitToy[name])))
  })

  test('takes products for the documents unless told otherwise: the same as the table turned over', () => {
    const turned = createPreferences(implicitToy.matrix.flatMap((row, u) => row.flatMap((weight, i) => (weight === 0 ? [] : [{ customerId: `i${i}`, productId: `u${u}`, weight }]))))
    for (const weighting of ['tfIdf', { method: 'bm25', k1: 2, b: 0.5 }] as const) {
      expect(weighPreferences(toyPreferences, weighting).byProduct.weights).toEqual(weighPreferences(turned, weighting, 'customers').byCustomer.weights)
    }
  })

  test('makes counts binary or logarithmic', () => {
    expect(weighPreferences(toyPreferences, 'binary').byProduct.weights).toEqual(toyPreferences.byProduct.weights.map(() => 1))
    expect(weighPreferences(toyPreferences, 'logCount').byCustomer.weights).toEqual(toyPreferences.byCustomer.weights.map((weight) => Math.log(1 + weight)))
  })

  test('halves by age, and leaves alone what has no time or lies ahead', () => {
    const asOf = 100 * DAY
    const entries = [asOf, asOf - 60 * DAY, asOf - 120 * DAY, asOf + 60 * DAY, null].map((at, i) => ({ customerId: 'a', productId: `p${i}`, weight: 8, at }))
    const halved = weighPreferences(createPreferences(entries), { method: 'halfLife', days: 60, asOf })
    expect(halved.byCustomer.weights).toEqual(Float64Array.of(8, 4, 2, 8, 8))
    expect(halved.byProduct.weights).toEqual(Float64Array.of(8, 4, 2, 8, 8))
  })

  test('leaves the input as it was, and a rating scale behind', () => {
    const rated = createPreferences([{ customerId: 'a', productId: 'p', weight: 4 }], { scale: { lowest: 1, highest: 5 } })
    const before = structuredClone(rated)
    expect(weighPreferences(rated, 'logCount').scale).toBeNull()
    expect(rated).toEqual(before)
  })

  test('gives a weight of 0 the weight 0, whatever the options', () => {
    const zero = createPreferences([{ customerId: 'a', productId: 'p', weight: 0 }])
    for (const weighting of ['tfIdf', { method: 'bm25', k1: 0 }, 'logCount'] as const) expect(weighPreferences(zero, weighting).byProduct.weights).toEqual(Float64Array.of(0))
  })

  test('refuses roots of what is below 0, and a half-life of nothing', () => {
    const negative = createPreferences([{ customerId: 'a', productId: 'p', weight: -1 }])
    for (const weighting of ['tfIdf', { method: 'bm25' }, 'logCount'] as const) {
      expect(() => weighPreferences(negative, weighting)).toThrowError(expect.objectContaining({ code: 'WEIGHTS_INVALID' }))
    }
    expect(() => weighPreferences(negative, { method: 'halfLife', days: 0, asOf: 0 })).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }))
    expect(() => weighPreferences(toyPreferences, 'lift' as never)).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
