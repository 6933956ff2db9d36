import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRecordReader } from './readRecords.ts'
import { endsWithCarriageReturns } from './sniffDialect.ts'

interface Read {
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly number[]
  readonly broken: readonly number[]
}

/** Reads pieces one after the other; empty lines are left out, as everywhere. */
function readAll(pieces: readonly string[], delimiter = ',', carriageReturns = endsWithCarriageReturns(pieces.join(''))): Read {
  const reader = createRecordReader(delimiter, carriageReturns)
  const rows: (readonly string[])[] = []
  const lines: number[] = []
  const broken: number[] = []
  for (const records of [...pieces.map((piece) => reader.push(piece)), reader.end()]) {
    records?.rows.forEach((row, i) => {
      if (row.length === 1 && row[0] === '') return
      if (records.broken?.has(i)) broken.push(records.lineOf(i))
      rows.push(row)
      lines.push(records.lineOf(i))
    })
  }
  return { rows, lines, broken }
}

function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  return [...at, text.length].map((end, i) => text.slice(at[i - 1] ?? 0, end))
}

/** What every writer of CSV must quote, and anything else at will. */
function written(text: string, delimiter: string, quotes: boolean): string {
  const needs = text.includes('"') || text.includes(delimiter) || /[\r\n]/.test(text) || text !== text.trim()
  return needs || quotes ? `"${text.replaceAll('"', '""')}"` : text
}

const cell = fc.oneof(fc.string({ unit: fc.constantFrom('a', '1', ' ', ',', ';', '\t', '"', '\n', '\r', 'é', '商', '😀', "'"), maxLength: 8 }), fc.string({ maxLength: 20 }))
const table = fc.integer({ min: 2, max: 5 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }))

describe('createRecordReader', () => {
  test('reads back what was written, whatever is quoted, whatever ends the lines, wherever the text is cut', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), fc.infiniteStream(fc.boolean()), fc.infiniteStream(fc.constantFrom('\n', '\r\n')), fc.array(fc.nat(), { maxLength: 12 }), fc.boolean(), (rows, delimiter, quotes, ends, places, hasEnd) => {
        const breaks = rows.map(() => ends.next().value as string)
        const text = rows.map((row, i) => row.map((value) => written(value, delimiter, quotes.next().value as boolean)).join(delimiter) + (i < rows.length - 1 || hasEnd ? breaks[i] : '')).join('')
        const read = readAll(cut(text, places), delimiter, false)
        expect(read.rows).toEqual(rows)
        // The line of a record: all LF before it.
        let line = 1
        const lines = rows.map((row, i) => {
          const begins = line
          line += row.join('').split('\n').length - 1 + (breaks[i] === undefined ? 0 : 1)
          return begins
        })
        expect(read.lines).toEqual(lines)
        expect(read.broken).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  test('gives the same records and lines for any text, however it is cut', () => {
    const noise = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', '\r'), maxLength: 60 })
    const outcome = (pieces: readonly string[]): unknown => {
      try {
        return readAll(pieces, ',', false)
      } catch (error) {
        return (error as { details: unknown }).details
      }
    }
    fc.assert(
      fc.property(noise, fc.array(fc.nat(), { maxLength: 8 }), (text, places) => {
        expect(outcome(cut(text, places))).toEqual(outcome([text]))
      }),
      { numRuns: 2000 },
    )
  })

  test('ends records at a lone CR in a file without LF', () => {
    expect(readAll(['a,b\r1,"x\ny"\r2,z\r'])).toMatchObject({ rows: [['a', 'b'], ['1', 'x\ny'], ['2', 'z']], lines: [1, 2, 3] })
  })

  test('keeps a CR within a quoted value and drops that of the line break', () => {
    expect(readAll(['a,"b\r"\r\nc,d\r\ne,"f\n"\n']).rows).toEqual([['a', 'b\r'], ['c', 'd'], ['e', 'f\n']])
  })

  test('keeps a quote within a bare value', () => {
    expect(readAll(['5" nail,x\n6" nail,y\n']).rows).toEqual([['5" nail', 'x'], ['6" nail', 'y']])
  })

  test('names records in which lines ran together behind a broken quote', () => {
    expect(readAll(['a,b\n"5" nail,x\ny",2\n3,4\n'])).toMatchObject({ lines: [1, 2, 4], broken: [2] })
  })

  test.each([
    ['a,b\n1,2\n3,"4\n5,6\n', 3],
    ['a,"b', 1],
    ['a,"x\ny"\n"', 3],
    ['a,"x\ny","\n\n', 2],
  ])('names the line of a quote that is never closed: %j', (text, line) => {
    for (const pieces of [[text], [...text]]) expect(() => readAll(pieces)).toThrowError(expect.objectContaining({ code: 'FILE_MALFORMED', details: { line, fault: 'quote' } }))
  })

  test('gives up an open quote after 4 MB, at its line, without reading on', () => {
    const reader = createRecordReader(',', false)
    reader.push('a,b\n1,"2\n')
    let pushed = 0
    const more = (): void => {
      for (; pushed < 400; pushed++) reader.push('x'.repeat(64 * 1024))
    }
    expect(more).toThrowError(expect.objectContaining({ code: 'FILE_MALFORMED', details: { line: 2, fault: 'quote' } }))
    expect(pushed).toBeLessThan(140)
  })

  test('reads a header of 1,000,000 empty columns', () => {
    const text = `${','.repeat(999_999)}\n1,2\n`
    const { rows } = readAll(cut(text, Array.from({ length: 15 }, (_, i) => i * 65_536)))
    expect(rows.map((row) => row.length)).toEqual([1_000_000, 2])
  })
})
