import { Parser, type ParserResult } from './papaparse.ts'
import { malformed } from '../faults.ts'

/** Complete records, in the order of the file. */
export interface Records {
  readonly rows: readonly (readonly string[])[]
  /** Line of the file, from 1, on which a record begins. */
  readonly lineOf: (index: number) => number
  /** Records in which other text follows a closing quote and lines ran together; null without any. */
  readonly broken: ReadonlySet<number> | null
}

export interface RecordReader {
  /** Records that are complete with this text; null while there is none. */
  push(text: string): Records | null
  /** Records that are complete and were not tried yet. */
  flush(): Records
  /** The last record, which may end without a line break. */
  end(): Records
  /** Line on which the text not yet handed out begins. */
  line(): number
}

/**
 * Longest record: an open quote swallows the rest of the file, and this is where it is given up. A header of 1,000,000
 * empty columns has 1 MB.
 */
const MAX_RECORD_CHARACTERS = 4 * 1024 * 1024

const LF = 10
const CR = 13

/**
 * Cuts text into records with papaparse, whatever way the text is cut into pieces.
 *
 * Papaparse takes one kind of line break per call, re-reads an unfinished record with every piece and does not number
 * lines; this adds those. A record ends at LF, at CR LF, or (in a file without LF) at CR; all three may be quoted.
 *
 * @param carriageReturns records end at a lone CR, as old Macintosh programs wrote them
 * @throws DataContractError `FILE_MALFORMED` with the line of a quote that is never closed
 */
export function createRecordReader(delimiter: string, carriageReturns: boolean): RecordReader {
  let rest = ''
  let line = 1
  /** Characters to wait for before an unfinished record is tried again: twice as many each time, so the work stays linear. */
  let enough = 0

  function read(isLast: boolean): Records {
    const input = rest
    const { breaks, isMixed, newline } = carriageReturns ? { breaks: countCr(input), isMixed: false, newline: '\r' as const } : lineBreaksOf(input)
    const { rows, cursor, broken, openQuoteAt } = isMixed ? parseMixed(input, delimiter, isLast) : parse(input, delimiter, newline, isLast)
    if (openQuoteAt !== null) throw openQuote(line + countBreaks(input.slice(0, openQuoteAt), carriageReturns))
    rest = input.slice(cursor)
    if (isLast) dropEmptyEnd(rows, input)
    const first = line
    const consumed = breaks - countBreaks(rest, carriageReturns)
    line += consumed
    // One break a record: lines follow by counting. Else the breaks within the fields are counted too.
    const lines = consumed === rows.length && !isLast ? null : linesOf(rows, first, carriageReturns)
    const brokenRows = broken.filter((row) => row < rows.length && hasBreak(rows[row] as string[], carriageReturns))
    return {
      rows,
      lineOf: lines === null ? (index) => first + index : (index) => lines[index] as number,
      broken: brokenRows.length === 0 ? null : new Set(brokenRows),
    }
  }

  return {
    line: () => line,
    push(text) {
      rest = rest === '' ? text : rest + text
      if (rest.length < enough) return null
      const records = read(false)
      enough = records.rows.length > 0 ? 0 : Math.min(rest.length * 2, MAX_RECORD_CHARACTERS + 1)
      if (rest.length > MAX_RECORD_CHARACTERS) {
        const { openQuoteAt } = parse(rest, delimiter, carriageReturns ? '\r' : '\n', true)
        if (openQuoteAt !== null) throw openQuote(line + countBreaks(rest.slice(0, openQuoteAt), carriageReturns))
        throw malformed(line, 'lineTooLong', `the line is longer than ${MAX_RECORD_CHARACTERS} characters`, 'Check that this is a CSV file')
      }
      return records.rows.length > 0 ? records : null
    },
    flush: () => read(false),
    end() {
      if (!carriageReturns && rest.endsWith('\r')) rest = rest.slice(0, -1) // cut off within CR LF
      return read(true)
    },
  }
}

interface Parsed {
  readonly rows: string[][]
  readonly cursor: number
  /** Rows with text after a closing quote. */
  readonly broken: number[]
  readonly openQuoteAt: number | null
}

function parse(input: string, delimiter: string, newline: '\n' | '\r' | '\r\n', isLast: boolean): Parsed {
  const { data, errors, meta } = new Parser({ delimiter, newline }).parse(input, 0, !isLast)
  return {
    rows: data,
    cursor: isLast ? input.length : meta.cursor,
    broken: errors.filter(({ code }) => code === 'InvalidQuotes').map(({ row = 0 }) => row),
    openQuoteAt: errors.find(({ code }) => code === 'MissingQuotes')?.index ?? null,
  }
}

/** Both LF and CR LF: parsed by LF; the CR before it belongs to the line break unless it was quoted. */
function parseMixed(input: string, delimiter: string, isLast: boolean): Parsed {
  const rows: string[][] = []
  const broken: number[] = []
  let cursor = 0
  let openQuoteAt: number | null = null
  const step = ({ data, errors, meta }: ParserResult): void => {
    const row = data[0]
    for (const { code, index = 0 } of errors) {
      if (code === 'InvalidQuotes') broken.push(rows.length)
      if (code === 'MissingQuotes') openQuoteAt = index
    }
    if (row === undefined) return
    cursor = meta.cursor
    const last = row.length - 1
    const value = row[last] as string
    const end = input.charCodeAt(cursor - 1) === LF ? cursor - 1 : cursor
    if (value.charCodeAt(value.length - 1) === CR && isBare(input, value, end, delimiter)) row[last] = value.slice(0, -1)
    rows.push(row)
  }
  new Parser({ delimiter, newline: '\n', step }).parse(input, 0, !isLast)
  return { rows, cursor: isLast ? input.length : cursor, broken, openQuoteAt }
}

/** Does the value stand before `end` as it is, without quotes? Then it begins after a delimiter or a line break. */
function isBare(input: string, value: string, end: number, delimiter: string): boolean {
  const start = end - value.length
  if (start < 0 || value.startsWith('"') || !input.startsWith(value, start)) return false
  return start === 0 || input[start - 1] === '\n' || input[start - 1] === delimiter
}

/** After the last line break papaparse sees one more record, an empty one. */
function dropEmptyEnd(rows: string[][], input: string): void {
  const last = rows.at(-1)
  if (last?.length === 1 && last[0] === '' && !input.endsWith('"')) rows.pop()
}

function lineBreaksOf(input: string): { breaks: number; isMixed: boolean; newline: '\n' | '\r\n' } {
  let breaks = 0
  let withCr = 0
  for (let at = input.indexOf('\n'); at >= 0; at = input.indexOf('\n', at + 1)) {
    breaks++
    if (input.charCodeAt(at - 1) === CR) withCr++
  }
  return { breaks, isMixed: withCr > 0 && withCr < breaks, newline: withCr > 0 ? '\r\n' : '\n' }
}

function countBreaks(text: string, carriageReturns: boolean): number {
  const mark = carriageReturns ? '\r' : '\n'
  let count = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count++
  return count
}

const countCr = (text: string): number => countBreaks(text, true)

function linesOf(rows: readonly string[][], first: number, carriageReturns: boolean): Float64Array {
  const lines = new Float64Array(rows.length)
  let line = first
  for (let row = 0; row < lines.length; row++) {
    lines[row] = line++
    for (const field of rows[row] as string[]) line += countBreaks(field, carriageReturns)
  }
  return lines
}

function hasBreak(row: readonly string[], carriageReturns: boolean): boolean {
  return row.some((field) => field.includes(carriageReturns ? '\r' : '\n'))
}

function openQuote(line: number): Error {
  return malformed(line, 'quote', 'a quote is opened and never closed', 'Close the quote on this line, or double it where it belongs to the text')
}
