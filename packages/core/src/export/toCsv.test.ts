import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { FieldType, Scalar } from '../adapter/contract.ts'
import { streamCsv, toCsv, unescapeFormulas } from './index.ts'
import type { CsvOptions, ExportRow, ExportTable } from './index.ts'
import { decimalText } from './machineText.ts'
import { parseCsv } from './testing/parseCsv.ts'

const EUR: FieldType = { kind: 'money', currency: 'EUR', scale: 2 }
const TEXT: FieldType = { kind: 'text' }
const NUMBER: FieldType = { kind: 'number' }

/** One column, its cells as they stand in the file. */
const cells = (type: FieldType, values: readonly (Scalar | null)[], options: CsvOptions = {}): string[] => {
  const lines = toCsv({ columns: [{ name: 'A', type }, { name: 'B', type: NUMBER }], rows: values.map((value) => [value, 0]) }, { bom: false, ...options }).split('\r\n')
  return lines.slice(1, -1).map((line) => line.slice(0, -2))
}

async function joined(chunks: AsyncIterable<string>): Promise<string> {
  const parts: string[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return parts.join('')
}

const columnOf = fc.constantFrom<FieldType>(TEXT, { kind: 'id' }, { kind: 'integer' }, NUMBER, { kind: 'boolean' }, EUR, { kind: 'money', currency: 'JPY', scale: 0 }, { kind: 'money', currency: 'KWD', scale: 3 }, { kind: 'instant' }, { kind: 'date' })
const valueOf = (type: FieldType): fc.Arbitrary<Scalar | null> => {
  switch (type.kind) {
    case 'id':
    case 'text': return fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('"', ',', ';', '\t', '\r', '\n', "'", '=', '-', 'a', ' ')).map((signs) => signs.join(''))))
    case 'boolean': return fc.option(fc.boolean())
    case 'number': return fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }))
    case 'date': return fc.option(fc.integer({ min: -100_000, max: 2_000_000 }))
    case 'instant': return fc.option(fc.integer({ min: -8.64e15, max: 8.64e15 }))
    default: return fc.option(fc.maxSafeInteger())
  }
}
const tables = fc.array(columnOf, { minLength: 2, maxLength: 5 }).chain((types) =>
  fc.record({
    columns: fc.tuple(...types.map((type) => fc.record({ name: fc.string({ unit: 'binary', minLength: 1 }), type: fc.constant(type) }))),
    rows: fc.array(fc.tuple(...types.map(valueOf)), { maxLength: 20 }),
  }),
)

/** What a field of the file means, by ways that the writer does not take. */
function readBack(field: string, type: FieldType): Scalar | null {
  if (field === '' && type.kind !== 'text' && type.kind !== 'id') return null
  switch (type.kind) {
    case 'id':
    case 'text': return unescapeFormulas(field)
    case 'boolean': return field === 'true'
    // Fixed decimals: the digits without the point are the units.
    case 'money': return Number(field.replace('.', ''))
    case 'instant': return Date.parse(field)
    case 'date': return Date.parse(`${field}T00:00:00Z`) / 86_400_000
    default: return Number(field)
  }
}

describe('toCsv', () => {
  test('writes a heading and lines that end in CRLF, behind a byte order mark', () => {
    const table = { columns: [{ name: 'Customer', type: TEXT }, { name: 'Revenue', type: EUR }], rows: [['Ada', 123_450], ['Bo "B" Costa, Jr.', null]] }
    expect(toCsv(table)).toBe('\ufeffCustomer,"Revenue (EUR)"\r\nAda,1234.50\r\n"Bo ""B"" Costa, Jr.",\r\n')
  })

  test('writes money as exact decimal text of its scale', () => {
    expect(cells(EUR, [0, 5, -5, 29, 100, -123_450, 9_007_199_254_740_991])).toEqual(['0.00', '0.05', '-0.05', '0.29', '1.00', '-1234.50', '90071992547409.91'])
    expect(cells({ kind: 'money', currency: 'JPY', scale: 0 }, [0, -1234])).toEqual(['0', '-1234'])
    expect(cells({ kind: 'money', currency: 'KWD', scale: 3 }, [1, 12_345])).toEqual(['0.001', '12.345'])
  })

  test('keeps the fraction of a unit that a mean has', () => {
    expect(cells(EUR, [1234.5, 0.125, 200 / 3])).toEqual(['12.345', '0.00125', '0.6666666666666667'])
  })

  test('writes numbers with a point and without an exponent', () => {
    expect(cells(NUMBER, [-5, 0.1 + 0.2, 1e21, -1.5e-7, -0, 12_345.678])).toEqual(['-5', '0.30000000000000004', '1000000000000000000000', '-0.00000015', '0', '12345.678'])
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(decimalText(value)).not.toContain('e')
        expect(Number(decimalText(value))).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  test('writes whole days and instants in ISO 8601, never shifted', () => {
    expect(cells({ kind: 'date' }, [0, -1, 17_531])).toEqual(['1970-01-01', '1969-12-31', '2017-12-31'])
    expect(cells({ kind: 'instant' }, [Date.UTC(2017, 11, 31, 23, 59, 59, 7)])).toEqual(['2017-12-31T23:59:59.007Z'])
  })

  test('tells no value from empty text', () => {
    expect(cells(TEXT, [null, '', 'null'])).toEqual(['', '""', 'null'])
    expect(toCsv({ columns: [{ name: 'A', type: TEXT }], rows: [[null], ['x']] }, { bom: false })).toBe('A\r\n""\r\nx\r\n')
  })

  test('escapes text that a spreadsheet would evaluate, in headings too, and leaves negative numbers numbers', () => {
    expect(cells(TEXT, ['=1+1', '-5'])).toEqual([`"'=1+1"`, `"'-5"`])
    expect(cells(TEXT, ['=1+1', '-5'], { formulas: 'keep' })).toEqual(['"=1+1"', '"-5"'])
    expect(cells(NUMBER, [-5])).toEqual(['-5'])
    expect(toCsv({ columns: [{ name: '=cmd()', type: TEXT }, { name: '@a', type: EUR }], rows: [] }, { bom: false })).toBe(`"'=cmd()","'@a (EUR)"\r\n`)
  })

  test('names the currency in the heading once', () => {
    const heading = (name: string): string => toCsv({ columns: [{ name, type: EUR }], rows: [] }, { bom: false })
    expect(heading('Revenue')).toBe('"Revenue (EUR)"\r\n')
    expect(heading('Revenue in EUR')).toBe('Revenue in EUR\r\n')
  })

  test('any table reads back as it was, by a reader that knows nothing of the writer', () => {
    fc.assert(
      fc.property(tables, fc.constantFrom<CsvOptions>({}, { delimiter: ';' }, { delimiter: '\t', bom: false }, { delimiter: '|' }), (table, options) => {
        const [heading, ...lines] = parseCsv(toCsv(table, options), options.delimiter)
        const unit = (type: FieldType): string => (type.kind === 'money' ? ` (${type.currency})` : '')
        expect(heading?.map(unescapeFormulas)).toEqual(table.columns.map(({ name, type }) => (unit(type) !== '' && name.includes(unit(type).slice(2, 5)) ? name : name + unit(type))))
        expect(lines.map((line) => line.map((field, at) => readBack(field, table.columns[at]!.type)))).toEqual(
          // In a field of text, null and empty text differ by the quotes alone, which this reader does not report.
          table.rows.map((row) => row.map((value, at) => (value === null && ['text', 'id'].includes(table.columns[at]!.type.kind) ? '' : value === 0 ? 0 : value))),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('takes text in a column of figures as text: what a source sends does not escape by its type', () => {
    expect(cells(EUR, ['=1+1'])).toEqual([`"'=1+1"`])
  })

  test.each([
    ['a row of another length', [[1]], 'LENGTH_MISMATCH'],
    ['NaN', [[Number.NaN, 0]], 'VALUE_NOT_FINITE'],
    ['an infinite number', [[Number.POSITIVE_INFINITY, 0]], 'VALUE_NOT_FINITE'],
  ])('refuses %s', (_, rows, code) => {
    const columns = [{ name: 'A', type: NUMBER }, { name: 'B', type: NUMBER }]
    expect(() => toCsv({ columns, rows })).toThrow(expect.objectContaining({ code }))
  })

  test('refuses half a day, an instant out of range, an unknown delimiter and rows that are not there yet', () => {
    const one = (type: FieldType, value: number) => () => toCsv({ columns: [{ name: 'A', type }], rows: [[value]] })
    expect(one({ kind: 'date' }, 0.5)).toThrow(expect.objectContaining({ code: 'DATE_INVALID' }))
    expect(one({ kind: 'instant' }, 9e15)).toThrow(expect.objectContaining({ code: 'DATE_INVALID' }))
    expect(() => toCsv({ columns: [], rows: [] }, { delimiter: 'x' as ',' })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    const later: ExportTable = { columns: [], rows: (async function* () {})() }
    expect(() => toCsv(later as never)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }))
    expectTypeOf(later).not.toMatchTypeOf<Parameters<typeof toCsv>[0]>()
  })

  test('leaves its input alone', () => {
    const table = Object.freeze({ columns: Object.freeze([Object.freeze({ name: '=a', type: TEXT })]), rows: Object.freeze([Object.freeze(['=1'])]) })
    toCsv(table)
    expect(table.rows).toEqual([['=1']])
  })
})

describe('streamCsv', () => {
  const columns = [{ name: 'Id', type: { kind: 'id' } as const }, { name: 'Revenue', type: EUR }]
  const row = (index: number): ExportRow => [`C${index}`, index * 7]

  test('writes the same text as toCsv, from rows that are there and from rows that come', async () => {
    const rows = Array.from({ length: 3500 }, (_, index) => row(index))
    const coming = async function* () {
      yield* rows
    }
    const whole = toCsv({ columns, rows })
    expect(await joined(streamCsv({ columns, rows }))).toBe(whole)
    expect(await joined(streamCsv({ columns, rows: coming() }))).toBe(whole)
  })

  test('writes whole lines into every chunk, and more than one chunk', async () => {
    const chunks: string[] = []
    for await (const chunk of streamCsv({ columns, rows: Array.from({ length: 2500 }, (_, index) => row(index)) })) chunks.push(chunk)
    expect(chunks).toHaveLength(3)
    for (const chunk of chunks) expect(chunk.endsWith('\r\n')).toBe(true)
  })

  test('gives the event loop turns while it writes 100,000 rows', async () => {
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    const length = (await joined(streamCsv({ columns, rows: Array.from({ length: 100_000 }, (_, index) => row(index)) }))).split('\r\n').length
    clearInterval(timer)
    expect(length).toBe(100_002)
    expect(turns).toBeGreaterThan(2)
  })

  test('an abort ends it with the reason and lets the source go', async () => {
    const stop = new AbortController()
    let isClosed = false
    const endless = async function* () {
      try {
        for (let index = 0; ; index += 1) yield row(index)
      } finally {
        isClosed = true
      }
    }
    const reason = new Error('enough')
    const read = async (): Promise<number> => {
      let chunks = 0
      for await (const _ of streamCsv({ columns, rows: endless() }, { signal: stop.signal })) if (++chunks === 3) stop.abort(reason)
      return chunks
    }
    await expect(read()).rejects.toBe(reason)
    expect(isClosed).toBe(true)
    await expect(joined(streamCsv({ columns, rows: [] }, { signal: stop.signal }))).rejects.toBe(reason)
  })

  test('fails with what the rows fail with', async () => {
    const reason = new Error('gone')
    const failing = async function* () {
      yield row(0)
      throw reason
    }
    await expect(joined(streamCsv({ columns, rows: failing() }))).rejects.toBe(reason)
  })
})
