import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runToEnd } from './steps.ts'
import { sortTexts, textRanks } from './sortTexts.ts'
import { compareText, containsText, foldAscii, isNumericId, startsWithText } from './text.ts'

/** Units from both sides of the surrogates, and the surrogates themselves, whole and torn. */
const hostile = fc.string({ unit: fc.constantFrom('a', 'Z', '\u0000', 'é', '\ud7ff', '\ue000', '\uffff', '😀', '\u{10ffff}', '\ud83d', '\udc00', '\ud800'), maxLength: 5 })

/** Slow and obvious: lists of code points. Array.from takes a lone surrogate as its own code. */
function byCodePoints(a: string, b: string): number {
  const left = Array.from(a, (letter) => letter.codePointAt(0) as number)
  const right = Array.from(b, (letter) => letter.codePointAt(0) as number)
  for (let i = 0; i < Math.min(left.length, right.length); i++) if (left[i] !== right[i]) return (left[i] as number) - (right[i] as number)
  return left.length - right.length
}

describe('compareText', () => {
  test('orders by code point, lone surrogates by their own code', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(byCodePoints(a, b)))
      }),
      { numRuns: 2_000 },
    )
  })

  test('orders whole text as its UTF-8 bytes', () => {
    const whole = fc.string({ unit: 'binary', maxLength: 6 })
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))))
      }),
    )
  })

  test('puts an emoji behind U+FFFF, where `<` puts it before', () => {
    expect(['\uffff', '😀'].sort()).toEqual(['😀', '\uffff'])
    expect(compareText('😀', '\uffff')).toBeGreaterThan(0)
  })
})

describe('sortTexts', () => {
  test.each([
    ['hostile text', hostile],
    ['ids with a prefix', fc.integer({ min: 0, max: 99_999 }).map((id) => `C-${id}`)],
    ['long texts with a long common prefix', fc.string({ unit: fc.constantFrom('a', 'b', 'é', '中'), maxLength: 40 }).map((text) => `prefix${text}`)],
  ])('orders %s as a comparison does', (_, text) => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 60, maxLength: 200 }), (texts) => {
        const sorted = [...runToEnd(sortTexts(texts, false))].map((i) => texts[i])
        expect(sorted).toEqual([...texts].sort(compareText))
      }),
      { numRuns: 60 },
    )
  })

  test('orders numeric ids by number', () => {
    expect([...runToEnd(sortTexts(['10', '9', '-1', '0'], true))]).toEqual([2, 3, 1, 0])
    expect([...runToEnd(textRanks(['10', '9', '10'], true))]).toEqual([1, 0, 1])
  })
})

test('foldAscii folds A-Z and nothing else', () => {
  expect(foldAscii('ÀBC-İß')).toBe('Àbc-İß')
})

test.each([
  ['0', true],
  ['-1', true],
  ['999999999999999', true],
  ['1000000000000000', false],
  ['-0', false],
  ['01', false],
  ['1.0', false],
  [' 1', false],
  ['１', false],
  ['1\n', false],
])('isNumericId(%j) is %s', (id, isNumeric) => {
  expect(isNumericId(id)).toBe(isNumeric)
})

describe('containsText and startsWithText', () => {
  test('agree with a search over code points', () => {
    const units = fc.string({ unit: fc.constantFrom('a', 'b', '\ud83d', '\ude00', '\ud83d\ude00'), maxLength: 8 })
    fc.assert(
      fc.property(units, units, (text, part) => {
        const points = Array.from(text)
        const wanted = Array.from(part)
        const isAt = (start: number): boolean => wanted.every((point, i) => points[start + i] === point)
        expect(startsWithText(text, part)).toBe(isAt(0))
        expect(containsText(text, part)).toBe(Array.from({ length: points.length + 1 }, (_, start) => start).some(isAt))
      }),
    )
  })

  test('half of an emoji is not in it', () => {
    expect(containsText('\ud83d\ude00', '\ud83d')).toBe(false)
    expect(containsText('\ud83d\ude00 \ud83d', '\ud83d')).toBe(true)
    expect(startsWithText('\ud83d\ude00', '\ud83d')).toBe(false)
  })
})
