import { streamCsv } from '@crm/core/export'
import type { ImportPlan, ImportProgress, ImportReport, ImportSource } from '@crm/core/adapter'
import { checkPlan } from './build/checkPlan.ts'
import { createTableBuilder, type BuiltTable, type TableBuilder } from './build/tableBuilder.ts'
import { malformed, tooLarge } from './faults.ts'
import { createRecordReader, type RecordReader, type Records } from './read/readRecords.ts'
import { readTexts } from './read/readTexts.ts'
import { delimiterLine, endsWithCarriageReturns, lineBreakOf } from './read/sniffDialect.ts'
import { READING_SHARE, sizeOf } from './reading.ts'
import type { Breaks } from './breaks.ts'

export interface ReadTableOptions {
  /** False for a dry run. */
  readonly keepsRows: boolean
  readonly memoryLimitBytes: number
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
  readonly breaks: Breaks
}

export interface ReadTable extends Pick<BuiltTable, 'sets' | 'fields' | 'preview' | 'digest'> {
  readonly report: ImportReport
}

/** Characters in which an LF shows, if lines end with one. */
const HEAD = 64 * 1024
/** Where the need of memory is measured: what the first half of it adds is not yet typical, as all ids are new there. */
const PROBE_BYTES = 4 * 1024 * 1024

/** Reads a source to its end by a plan. Holds nothing of it when it fails. */
export async function readTable(source: ImportSource, plan: ImportPlan, options: ReadTableOptions): Promise<ReadTable> {
  const { keepsRows, signal, onProgress, breaks } = options
  const size = sizeOf(source)
  let records: RecordReader | null = null
  let table: TableBuilder | null = null
  const guard = memoryGuard(size, options.memoryLimitBytes)
  const top = keepsRows ? READING_SHARE : 1

  const take = (found: Records | null): void => {
    if (found === null || found.rows.length === 0) return
    if (table !== null) return table.add(found)
    const start = startOf(found, plan)
    if (start === null) return
    const { header, body } = start
    checkPlan(plan, start.width)
    table = createTableBuilder(plan, header, start.width, keepsRows)
    table.add(body)
  }
  const tell = (bytes: number): void => onProgress({ phase: 'reading', rows: table?.rows() ?? 0, bytes, share: size === null ? null : top * Math.min(1, size === 0 ? 1 : bytes / size) })

  let read = 0
  let head = ''
  for await (const { text, bytes } of readTexts(source, plan.encoding, signal, () => records?.line() ?? 1)) {
    read = bytes
    if (records === null) {
      // A lone CR ends records only where no LF does: look at a piece before deciding.
      head += text
      if (head.length < HEAD && lineBreakOf(head) !== '\n') continue
      records = createRecordReader(delimiterOf(plan), endsWithCarriageReturns(head))
    }
    take(records.push(head === '' ? text : head))
    head = ''
    if (table !== null) guard(bytes, (table as TableBuilder).bytes())
    await breaks.pause(() => tell(read))
  }
  if (records === null && head !== '') {
    records = createRecordReader(delimiterOf(plan), endsWithCarriageReturns(head))
    take(records.push(head))
  }
  if (records !== null) take(records.end())
  if (table === null) throw emptyFile()
  const built = await breaks.run((table as TableBuilder).finish())
  let rejectedCsv: string | null = null
  if (built.rejected !== null) {
    const parts: string[] = []
    for await (const part of streamCsv(built.rejected, { signal })) parts.push(part)
    rejectedCsv = parts.join('')
  }
  tell(size ?? read)
  const { sets, fields, preview, digest } = built
  return { report: Object.freeze({ ...built.report, rejectedCsv }), sets, fields, preview, digest }
}

export function emptyFile(): Error {
  return malformed(1, 'empty', 'the file is empty', 'Choose a file with a header and rows')
}

/** Papaparse takes any delimiter but these; the plan is checked as a whole once the columns are known. */
function delimiterOf({ delimiter }: ImportPlan): string {
  return typeof delimiter === 'string' && delimiter.length === 1 ? delimiter : ','
}

interface Start {
  readonly header: readonly string[]
  readonly width: number
  readonly body: Records
}

/** The first record that is not empty says how many columns there are. A line `sep=;` before it is passed over. */
export function startOf({ rows, lineOf, broken }: Records, { header, delimiter }: Pick<ImportPlan, 'header' | 'delimiter'>): Start | null {
  let first = 0
  while (first < rows.length && (isEmptyRow(rows[first] as readonly string[]) || (first === 0 && delimiterLine(rows[0] as readonly string[], delimiter) !== null))) first++
  const row = rows[first]
  if (row === undefined) return null
  const skipped = header ? first + 1 : first
  return {
    header: header ? [...row] : [],
    width: row.length,
    body: {
      rows: rows.slice(skipped),
      lineOf: (index) => lineOf(index + skipped),
      broken: broken === null ? null : new Set([...broken].filter((index) => index >= skipped).map((index) => index - skipped)),
    },
  }
}

function isEmptyRow(row: readonly string[]): boolean {
  return row.length === 1 && (row[0] as string).trim() === ''
}

/** Refuses a source whose columns would not fit, as soon as 4 MB of it tell how much they take; later, what did not fit after all. */
function memoryGuard(size: number | null, limit: number): (bytes: number, held: number) => void {
  let early: { readonly bytes: number; readonly held: number } | null = null
  let isProbed = false
  return (bytes, held) => {
    if (held > limit) throw tooLarge(size === null || bytes === 0 ? held : Math.max(held, (held * size) / bytes), limit)
    if (isProbed || size === null) return
    if (early === null && bytes >= PROBE_BYTES / 2) early = { bytes, held }
    if (early === null || bytes < PROBE_BYTES) return
    isProbed = true
    const estimate = held + ((held - early.held) / (bytes - early.bytes)) * Math.max(0, size - bytes)
    if (estimate > limit) throw tooLarge(estimate, limit)
  }
}
