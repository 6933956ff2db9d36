import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RowFingerprints } from './rowFingerprints.ts'

function add(prints: RowFingerprints, codes: readonly number[], texts: readonly string[]): boolean {
  for (const code of codes) prints.mixCode(code)
  for (const text of texts) prints.mixText(text)
  return prints.endRow()
}

describe('RowFingerprints', () => {
  test('tells equal rows from others as a set of whole rows does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\0', '商'), maxLength: 4 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 2, maxLength: 2 }), fc.array(text, { minLength: 2, maxLength: 2 })), { maxLength: 300 }), (rows) => {
        const prints = new RowFingerprints()
        const seen = new Set<string>()
        for (const [codes, texts] of rows) {
          const row = JSON.stringify([codes, texts])
          expect(add(prints, codes, texts)).toBe(seen.has(row))
          seen.add(row)
        }
        expect(prints.size).toBe(seen.size)
      }),
    )
  })

  test('finds no equal rows among 300,000 that differ in one digit or by neighbours', () => {
    const prints = new RowFingerprints()
    for (let i = 0; i < 100_000; i++) {
      add(prints, [i, i + 1], [`${i}`, ''])
      add(prints, [i + 1, i], [`${i}`, ''])
      add(prints, [i, i + 1], ['', `${i}`])
    }
    expect(prints.size).toBe(300_000)
  })

  test('gives the rows in another order another digest', () => {
    const digest = (...rows: readonly string[]): string => {
      const prints = new RowFingerprints()
      for (const row of rows) add(prints, [], [row])
      return prints.digest()
    }
    expect(digest('a', 'b')).toBe(digest('a', 'b'))
    expect(new Set([digest('a', 'b'), digest('b', 'a'), digest('a', 'b', 'b'), digest('ab', ''), digest()]).size).toBe(5)
  })
})
