import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPreferences } from '../createPreferences.ts'
import { splitEntries } from './splitEntries.ts'
import type { SplitRule } from './splitEntries.ts'
import { splitPreferences } from './splitPreferences.ts'

const entriesArbitrary = fc
  .array(fc.tuple(fc.nat(5), fc.nat(30)), { minLength: 5, maxLength: 40 })
  .map((rows) => ({ customer: Int32Array.from(rows, ([customer]) => customer), at: Float64Array.from(rows, ([, at]) => at) }))

const ruleArbitrary: fc.Arbitrary<SplitRule> = fc.oneof(
  fc.record({ kind: fc.constant('kFold' as const), folds: fc.integer({ min: 2, max: 5 }), seed: fc.integer() }),
  fc.record({ kind: fc.constant('leaveLastOut' as const), entries: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('time' as const), cutoff: fc.nat(30) }),
)

describe('splitEntries', () => {
  test('every entry is in training or in the test, in each split', () => {
    fc.assert(
      fc.property(entriesArbitrary, ruleArbitrary, (entries, rule) => {
        for (const { train, test: tested } of splitEntries(entries, rule)) {
          expect([...train, ...tested].sort((a, b) => a - b)).toEqual([...entries.customer.keys()])
          expect([...train]).toEqual([...train].sort((a, b) => a - b))
        }
      }),
    )
  })

  test('folds: each entry is tested once, sizes differ by one at most, the same seed gives the same folds', () => {
    fc.assert(
      fc.property(entriesArbitrary, fc.integer({ min: 2, max: 5 }), fc.integer(), (entries, folds, seed) => {
        const splits = splitEntries(entries, { kind: 'kFold', folds, seed })
        expect(splits.flatMap((split) => [...split.test]).sort((a, b) => a - b)).toEqual([...entries.customer.keys()])
        const sizes = splits.map((split) => split.test.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        expect(splitEntries(entries, { kind: 'kFold', folds, seed })).toEqual(splits)
      }),
    )
    const entries = { customer: new Int32Array(40) }
    expect(splitEntries(entries, { kind: 'kFold', seed: 1 })).not.toEqual(splitEntries(entries, { kind: 'kFold', seed: 2 }))
  })

  test('leave last out: the last entries of whoever has more, and nothing in training of the same customer is later', () => {
    fc.assert(
      fc.property(entriesArbitrary, fc.integer({ min: 1, max: 3 }), ({ customer, at }, entries) => {
        const [split] = splitEntries({ customer, at }, { kind: 'leaveLastOut', entries })
        for (const who of new Set(customer)) {
          const of = (places: Int32Array) => [...places].filter((place) => customer[place] === who).map((place) => at[place]!)
          const [known, tested] = [of(split!.train), of(split!.test)]
          const all = known.length + tested.length
          expect(tested).toHaveLength(all > entries ? entries : 0)
          expect(tested.every((at) => known.every((earlier) => earlier <= at))).toBe(true)
        }
      }),
    )
  })

  test('leave last out: of two entries at one time the later place is left out', () => {
    expect(splitEntries({ customer: Int32Array.of(0, 0, 0), at: Float64Array.of(5, 5, 1) }, { kind: 'leaveLastOut' })).toEqual([{ train: Int32Array.of(0, 2), test: Int32Array.of(1) }])
  })

  test('time: what lies on the cut is tested', () => {
    const entries = { customer: Int32Array.of(0, 0, 1), at: Float64Array.of(10, 20, 15) }
    expect(splitEntries(entries, { kind: 'time', cutoff: 15 })).toEqual([{ train: Int32Array.of(0), test: Int32Array.of(1, 2) }])
  })

  test('refuses entries without a time where time decides', () => {
    const customer = Int32Array.of(0, 0)
    for (const rule of [{ kind: 'leaveLastOut' }, { kind: 'time', cutoff: 1 }] as const) {
      expect(() => splitEntries({ customer, at: null }, rule)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
      expect(() => splitEntries({ customer, at: Float64Array.of(1, NaN) }, rule)).toThrow(expect.objectContaining({ code: 'VALUE_NOT_FINITE', details: { index: 1 } }))
      expect(() => splitEntries({ customer, at: Float64Array.of(1) }, rule)).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
    }
    expect(splitEntries({ customer, at: null }, { kind: 'kFold', folds: 2 })).toHaveLength(2)
  })

  test('refuses what is no rule', () => {
    const entries = { customer: Int32Array.of(0, 0), at: Float64Array.of(1, 2) }
    const rules = [{ kind: 'kFold', folds: 1 }, { kind: 'kFold', folds: 3 }, { kind: 'kFold', folds: 2, seed: NaN }, { kind: 'leaveLastOut', entries: 0 }, { kind: 'time', cutoff: NaN }, { kind: 'other' }]
    for (const rule of rules) expect(() => splitEntries(entries, rule as SplitRule), JSON.stringify(rule)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})

describe('splitPreferences', () => {
  const rowsArbitrary = fc.uniqueArray(fc.record({ customerId: fc.constantFrom('ann', 'bob', 'cem', 'dan'), productId: fc.constantFrom('a', 'b', 'c', 'd', 'e'), weight: fc.integer({ min: 1, max: 5 }), at: fc.nat(30) }), {
    minLength: 5,
    selector: ({ customerId, productId }) => customerId + productId,
  })

  /** Entries from one side, as text. */
  const listed = ({ customers, products, byCustomer, byProduct }: ReturnType<typeof createPreferences>) => {
    const read = ({ offsets, codes, weights, at }: typeof byCustomer, name: (row: number, code: number) => string) =>
      Array.from(offsets.subarray(0, -1)).flatMap((start, row) => Array.from(codes.subarray(start, offsets[row + 1]), (code, i) => `${name(row, code)} ${weights[start + i]} ${at?.[start + i]}`))
    return {
      byCustomer: read(byCustomer, (row, code) => `${customers[row]} ${products[code]}`).sort(),
      byProduct: read(byProduct, (row, code) => `${customers[code]} ${products[row]}`).sort(),
    }
  }

  test('training and test hold all entries between them, seen from both sides, over the same lists', () => {
    fc.assert(
      fc.property(rowsArbitrary, ruleArbitrary, (rows, rule) => {
        const all = createPreferences(rows)
        for (const { train, test: tested } of splitPreferences(all, rule)) {
          for (const part of [train, tested]) {
            expect(part.customers).toBe(all.customers)
            expect(part.products).toBe(all.products)
            expect(listed(part).byProduct).toEqual(listed(part).byCustomer)
          }
          expect([...listed(train).byCustomer, ...listed(tested).byCustomer].sort()).toEqual(listed(all).byCustomer)
        }
      }),
    )
  })

  test('by time everything in training is earlier than the cut', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.nat(30), (rows, cutoff) => {
        const [split] = splitPreferences(createPreferences(rows), { kind: 'time', cutoff })
        expect(split!.train.byCustomer.at!.every((at) => at < cutoff)).toBe(true)
        expect(split!.test.byProduct.at!.every((at) => at >= cutoff)).toBe(true)
      }),
    )
  })
})
