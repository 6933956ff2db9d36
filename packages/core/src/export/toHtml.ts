import type { Scalar } from '../adapter/contract.ts'
import type { ExportColumn, ExportRow, ExportTable, ReadyExportTable, StreamOptions } from './export.types.ts'
import { escapeFormulas } from './formulas.ts'
import { headerText } from './headerText.ts'
import { machineText } from './machineText.ts'
import { writeAll, writeInChunks } from './rowWriter.ts'
import type { RowWriter } from './rowWriter.ts'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * Writes a table as an HTML `table`, for pasting with cells into mail, documents and spreadsheets. Formulas are escaped
 * as `toCsv` does. Without styles, such as Excel's mark of text: a browser reads what it puts on the clipboard as a part
 * of the page, and a page with a strict content security policy complains of each.
 *
 * @throws InvalidInputError `LENGTH_MISMATCH`, `VALUE_NOT_FINITE`, `DATE_INVALID`, `REQUEST_INVALID`
 */
export function toHtml(table: ReadyExportTable): string {
  return writeAll(table, htmlWriter(table.columns))
}

/** {@link toHtml} in chunks of whole rows. */
export function streamHtml(table: ExportTable, options: StreamOptions = {}): AsyncGenerator<string, void, undefined> {
  return writeInChunks(table, htmlWriter(table.columns), options)
}

function htmlWriter(columns: readonly ExportColumn[]): RowWriter {
  const cell = (value: Scalar | null, column: number): string => {
    if (value === null) return '<td></td>'
    return `<td>${typeof value === 'string' ? htmlText(value) : machineText(value, columns[column]!.type)}</td>`
  }
  return {
    head: `<meta charset="utf-8"><table><thead><tr>${columns.map((column) => `<th>${htmlText(headerText(column))}</th>`).join('')}</tr></thead><tbody>`,
    row: (row: ExportRow) => `<tr>${row.map(cell).join('')}</tr>`,
    tail: '</tbody></table>',
  }
}

function htmlText(text: string): string {
  return escapeFormulas(text).replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign]!).replaceAll(/\r\n?|\n/g, '<br>')
}
