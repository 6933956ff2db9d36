import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareScored, sortScored, topOf } from './selectProducts.ts'

/** Scores that tie often, or differ by their last bits; support decides, then the code. */
const score = fc.oneof(fc.constantFrom(0.1, 0.2, 0.1 + 0.2, 0.3, 1 / 3, -0.5), fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -2, max: 1e9 }))
const rows = fc.array(fc.record({ score, support: fc.nat(2) }), { maxLength: 200 })

function sheetOf(list: readonly { readonly score: number; readonly support: number }[]) {
  return { scores: Float64Array.from(list, (one) => one.score), support: Int32Array.from(list, (one) => one.support) }
}

describe('sortScored and topOf', () => {
  it('give the order of score, support and code, in whatever order codes come', () => {
    fc.assert(
      fc.property(rows, fc.nat(60), fc.boolean(), (list, limit, isReversed) => {
        const sheet = sheetOf(list)
        const codes = Int32Array.from(list, (_, i) => (isReversed ? list.length - 1 - i : i))
        const expected = [...codes].sort((a, b) => list[b]!.score - list[a]!.score || list[b]!.support - list[a]!.support || a - b)
        expect([...sortScored(codes, sheet)]).toEqual(expected)
        expect([...topOf(codes, limit, sheet)]).toEqual(expected.slice(0, limit))
        expect([...codes].sort((a, b) => compareScored(a, b, sheet))).toEqual(expected)
      }),
      { numRuns: 400 },
    )
  })

  it('leave the codes as they came', () => {
    const codes = Int32Array.from({ length: 40 }, (_, i) => 39 - i)
    sortScored(codes, sheetOf(Array.from({ length: 40 }, (_, i) => ({ score: i, support: 1 }))))
    expect(codes[0]).toBe(39)
  })
})
