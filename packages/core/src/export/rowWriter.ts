import { InvalidInputError } from '../errors/index.ts'
import type { ExportRow, ExportTable, ReadyExportTable, StreamOptions } from './export.types.ts'

/** One format of a file: what comes before the rows, each row, what comes after. */
export interface RowWriter {
  readonly head: string
  /** `index` from 0. */
  readonly row: (row: ExportRow, index: number) => string
  readonly tail: string
}

/** About 100 kB and 3 ms: few enough parts for a `Blob`, and a break after each is often enough. */
const ROWS_PER_CHUNK = 1000
/** Milliseconds of writing between two breaths of the event loop: below one frame. */
const SLICE_MS = 12

/** The whole file at once. */
export function writeAll({ columns, rows }: ReadyExportTable, writer: RowWriter): string {
  if (!(Symbol.iterator in rows)) {
    throw new InvalidInputError('REQUEST_INVALID', 'The rows of the table come one after the other. They cannot be written at once. Use the streaming twin of this function.')
  }
  const parts = [writer.head]
  let index = 0
  for (const row of rows) parts.push(writer.row(sized(row, columns.length, index), index++))
  parts.push(writer.tail)
  return parts.join('')
}

/** The file in chunks of whole rows. Lets the event loop have a turn every 12 ms, so that a page stays responsive. */
export async function* writeInChunks({ columns, rows }: ExportTable, writer: RowWriter, { signal }: StreamOptions): AsyncGenerator<string, void, undefined> {
  signal?.throwIfAborted()
  let chunk = [writer.head]
  let index = 0
  let until = Date.now() + SLICE_MS
  for await (const row of rows) {
    signal?.throwIfAborted()
    chunk.push(writer.row(sized(row, columns.length, index), index++))
    if (index % ROWS_PER_CHUNK !== 0) continue
    yield chunk.join('')
    chunk = []
    if (Date.now() < until) continue
    await new Promise<void>((resolve) => setTimeout(resolve, 0))
    until = Date.now() + SLICE_MS
  }
  signal?.throwIfAborted()
  chunk.push(writer.tail)
  yield chunk.join('')
}

/** A row of another length would move all values after it under a wrong heading. */
function sized(row: ExportRow, columns: number, index: number): ExportRow {
  if (row.length === columns) return row
  throw new InvalidInputError('LENGTH_MISMATCH', `Row ${index} has ${row.length} values for ${columns} columns. They would stand under wrong headings. Give each row one value, or null, for every column.`, { row: index })
}
