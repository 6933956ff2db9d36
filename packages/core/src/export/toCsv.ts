import type { Scalar } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import type { ExportColumn, ExportRow, ExportTable, ReadyExportTable, StreamOptions } from './export.types.ts'
import { escapeFormulas } from './formulas.ts'
import { headerText } from './headerText.ts'
import { machineText } from './machineText.ts'
import { writeAll, writeInChunks } from './rowWriter.ts'
import type { RowWriter } from './rowWriter.ts'

export interface CsvOptions {
  /** Default a comma. A tab makes text for the clipboard. */
  readonly delimiter?: ',' | ';' | '\t' | '|'
  /**
   * A byte order mark in front. Default true: without it Excel reads UTF-8 as the code page of the machine, and every
   * name that is not ASCII comes out wrong. Readers of CSV skip it.
   */
  readonly bom?: boolean
  /**
   * `escape`, the default, makes text that a spreadsheet would evaluate stay text, see {@link escapeFormulas}; headings
   * too. `keep` writes it as it is: only for programs that never evaluate a cell.
   */
  readonly formulas?: 'escape' | 'keep'
}

/** Text that is its own field whatever a reader takes for delimiter, quote or blank. */
const plain = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}.])?$/u

/**
 * Writes a table as CSV (RFC 4180): a heading, lines that end in CRLF, quotes doubled.
 *
 * Numbers have a decimal point and nothing else, money the decimals of its scale, dates are `2017-12-31`, instants
 * `2017-12-31T23:59:59.000Z`. No value is an empty field; empty text is `""`. The heading of money names the currency.
 *
 * @param table rows that are all there; for others {@link streamCsv}
 * @throws InvalidInputError `OPTION_INVALID`, `LENGTH_MISMATCH`, `VALUE_NOT_FINITE`, `DATE_INVALID`, `REQUEST_INVALID`
 * @see RFC 4180; OWASP, CSV Injection
 * @example
 * toCsv({ columns: [{ name: 'Revenue', type: { kind: 'money', currency: 'EUR', scale: 2 } }], rows: [[-1250]] }, { bom: false }) // 'Revenue (EUR)\r\n-12.50\r\n'
 */
export function toCsv(table: ReadyExportTable, options: CsvOptions = {}): string {
  return writeAll(table, csvWriter(table.columns, options))
}

/**
 * {@link toCsv} in chunks of whole lines, for rows that come one after the other or are many.
 *
 * @throws on abort `signal.reason`; what the rows throw
 * @example
 * for await (const chunk of streamCsv(table, { signal })) parts.push(chunk)
 */
export function streamCsv(table: ExportTable, options: CsvOptions & StreamOptions = {}): AsyncGenerator<string, void, undefined> {
  return writeInChunks(table, csvWriter(table.columns, options), options)
}

function csvWriter(columns: readonly ExportColumn[], { delimiter = ',', bom = true, formulas = 'escape' }: CsvOptions): RowWriter {
  if (![',', ';', '\t', '|'].includes(delimiter)) {
    throw new InvalidInputError('OPTION_INVALID', 'The delimiter is no comma, semicolon, tab or bar. A file with it would be read wrongly. Choose one of these four.')
  }
  const field = (text: string): string => {
    const safe = formulas === 'escape' ? escapeFormulas(text) : text
    return plain.test(safe) ? safe : `"${safe.replaceAll('"', '""')}"`
  }
  const cell = (value: Scalar | null, column: number): string => {
    // A line of one empty field looks like no line at all.
    if (value === null) return columns.length === 1 ? '""' : ''
    return typeof value === 'string' ? field(value) : machineText(value, columns[column]!.type)
  }
  const line = (fields: readonly string[]): string => `${fields.join(delimiter)}\r\n`
  return {
    head: (bom ? '\ufeff' : '') + line(columns.map((column) => field(headerText(column)))),
    row: (row: ExportRow) => line(row.map(cell)),
    tail: '',
  }
}
