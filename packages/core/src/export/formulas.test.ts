import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeFormulas, unescapeFormulas } from './formulas.ts'
import { hostileCells } from './testing/hostileCells.ts'

const TRIGGERS = ['=', '+', '-', '@', '＝', '＋', '－', '＠']
/** Texts made of what matters, so that hostile ones are common. */
const nasty = fc.array(fc.constantFrom(...TRIGGERS, "'", '"', ',', ';', '|', '\t', '\r', '\n', ' ', '\u00a0', '\u200b', 'a', '1'), { maxLength: 12 }).map((signs) => signs.join(''))

describe('escapeFormulas', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['-5', "'-5"],
    [' =1', " '=1"],
    ['\t=1', "\t'=1"],
    ['\r\n@A1', "\r\n'@A1"],
    ['＝1', "'＝1"],
    ['\u200b=1', "\u200b'=1"],
    ['\u0001\u0000=1', "\u0001\u0000'=1"],
    ['＠SUM(1)', "'＠SUM(1)"],
    ['a\rb,\t－2', "a\rb,\t'－2"],
    ['a;=1;b', "a;'=1;b"],
    ['"=1"', "\"'=1\""],
    ["'=1", "''=1"],
  ])('%j becomes %j', (text, escaped) => expect(escapeFormulas(text)).toBe(escaped))

  test.each(['Ada Albrecht', 'Jean-Luc', 'a=b', 'mail@example.test', '1+1', 'A − B', '', '≤ 30', '31–90', 'C++', "it's"])('%j stays as it is', (text) => expect(escapeFormulas(text)).toBe(text))

  test('no cell begins with a trigger, with whatever of , ; | tab the text is cut', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        for (const piece of escapeFormulas(text).split(/[,;|\t\r\n"]/)) expect(TRIGGERS).not.toContain(piece.trim().replace(/^\u200b+/, '').trim().charAt(0) || 'nothing')
      }),
      { numRuns: 2000 },
    )
  })

  test('unescapeFormulas gives back exactly the text that was', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        expect(unescapeFormulas(escapeFormulas(text))).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  test('500 hostile cells are 500 different ones, and each is changed', () => {
    expect(new Set(hostileCells).size).toBe(500)
    for (const cell of hostileCells) expect(escapeFormulas(cell)).not.toBe(cell)
  })

  test('a long run of blanks is read once', () => {
    // Quadratic work on this would be 4 * 10^10 steps: it would not end within the time of a test.
    const text = `a${'\t'.repeat(200_000)}b${' '.repeat(200_000)}=`
    expect(escapeFormulas(text)).toBe(text)
  })
})
