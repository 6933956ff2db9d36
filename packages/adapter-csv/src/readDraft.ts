import type { ImportColumn, ImportDoubt, ImportDraft, ImportOpenOptions, ImportSource } from '@crm/core/adapter'
import type { Breaks } from './breaks.ts'
import { malformed } from './faults.ts'
import { createTextReader, UndecodableBytes, withoutBom } from './read/decodeText.ts'
import { readBytes } from './read/readBytes.ts'
import { createRecordReader } from './read/readRecords.ts'
import { sniffEncoding } from './read/sniffEncoding.ts'
import { endsWithCarriageReturns, sniffDelimiter } from './read/sniffDialect.ts'
import { MOST_BYTES, sizeOf } from './reading.ts'
import { emptyFile, startOf } from './readTable.ts'
import { plainHeading, ROLE_HEADINGS } from './suggest/headings.ts'
import { suggestPlan, type PlanHints, type SampleColumn } from './suggest/suggestPlan.ts'
import { shareOfMoments, shareOfNumbers } from './suggest/sniffValues.ts'

/** About 2,000 order lines: enough to tell day from month. */
const SAMPLE_BYTES = 192 * 1024
/** Enough to tell the delimiter. */
const DIALECT_CHARACTERS = 16 * 1024
/** Characters parsed at once. */
const PIECE = 48 * 1024
const MOST_COLUMNS = 1000
const MOST_VALUES = 500
const SAMPLES = 5
const SAMPLE_CHARACTERS = 100

/** Reads the beginning of a source and suggests a plan. */
export async function readDraft(source: ImportSource, signal: AbortSignal, reading: NonNullable<ImportOpenOptions['reading']>, hints: PlanHints, breaks: Breaks): Promise<ImportDraft> {
  const { text, isWhole, encoding, doubts } = await readBeginning(source, signal, reading.encoding)
  await breaks.rest()
  const head = text.slice(0, DIALECT_CHARACTERS + Math.max(0, text.search(/[\r\n]/)))
  const delimiter = reading.delimiter ?? sniffDelimiter(head, isWhole && head.length === text.length)
  const reader = createRecordReader(delimiter, endsWithCarriageReturns(text))
  const found: (readonly string[])[] = []
  for (let start = 0; start < text.length; start += PIECE) {
    await breaks.rest()
    for (const row of reader.push(text.slice(start, start + PIECE))?.rows ?? []) found.push(row)
  }
  if (!isWhole) found.push(...reader.flush().rows)
  if (isWhole || found.length === 0) found.push(...reader.end().rows)
  await breaks.rest()
  const whole = startOf({ rows: found, lineOf: (index) => index + 1, broken: null }, { header: false, delimiter })
  if (whole === null) throw emptyFile()
  const rows = whole.body.rows.filter((row) => row.length === whole.width)
  const header = reading.header === undefined ? guessHeader(rows) : { value: reading.header, isOpen: false }
  await breaks.rest()
  const body = header.value ? rows.slice(1) : rows
  const columns = sampleColumns(header.value ? (rows[0] ?? []) : [], body, whole.width)
  await breaks.rest()
  const suggested = await breaks.run(suggestPlan(columns, body, delimiter, hints))
  return Object.freeze({
    name: typeof source === 'string' ? '' : (source.name ?? ''),
    size: sizeOf(source),
    columns: Object.freeze(columns.map(shownColumn)),
    plan: Object.freeze({ encoding, delimiter, header: header.value, ...suggested.plan }),
    doubts: Object.freeze([...doubts, ...(header.isOpen ? (['header'] as const) : []), ...suggested.doubts]),
  })
}

interface Beginning {
  readonly text: string
  readonly isWhole: boolean
  readonly encoding: string
  readonly doubts: readonly ImportDoubt[]
}

async function readBeginning(source: ImportSource, signal: AbortSignal, settled: string | undefined): Promise<Beginning> {
  if (typeof source === 'string') {
    const most = withoutBom(source.slice(0, MOST_BYTES))
    const text = most.slice(0, lengthOfSample(most))
    return { text, isWhole: source.length <= MOST_BYTES && text.length === most.length, encoding: 'utf-8', doubts: [] }
  }
  const chunks: Uint8Array[] = []
  let length = 0
  let isWhole = true
  let [feeds, returns] = [0, 0]
  for await (const chunk of readBytes(source, signal)) {
    chunks.push(chunk)
    length += chunk.length
    feeds += countOf(chunk, 10)
    returns += countOf(chunk, 13)
    // The end of a header and of a row, or there is none in sight.
    if ((length >= SAMPLE_BYTES && Math.max(feeds, returns) >= 2) || length >= MOST_BYTES) {
      isWhole = length === source.size
      break
    }
  }
  if (length === 0) throw emptyFile()
  const bytes = joined(chunks, length)
  const guess = sniffEncoding(bytes)
  const encoding = settled ?? guess.encoding
  try {
    const reader = createTextReader(encoding)
    return { text: reader.decode(bytes) + (isWhole ? reader.end() : ''), isWhole, encoding, doubts: settled === undefined ? guess.doubts : [] }
  } catch (error) {
    if (!(error instanceof UndecodableBytes)) throw error
    throw malformed(1 + error.breaks, 'encoding', `bytes that are not ${encoding}`, `Read the file as ${guess.encoding}`, { encoding, suggestedEncoding: guess.encoding })
  }
}

/** The sample of a text, or longer up to where the first row ends. */
function lengthOfSample(text: string): number {
  const header = text.indexOf('\n')
  const row = text.indexOf('\n', header + 1)
  if (row >= 0) return Math.max(SAMPLE_BYTES, row + 1)
  return header < 0 && text.includes('\r') ? SAMPLE_BYTES : text.length
}

function countOf(bytes: Uint8Array, byte: number): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++
  return count
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** A row of names above rows of values: none of its cells is a number or a date. Open where nothing tells it from the rows. */
function guessHeader(rows: readonly (readonly string[])[]): { readonly value: boolean; readonly isOpen: boolean } {
  const [first = [], ...others] = rows
  const filled = first.slice(0, MOST_COLUMNS).filter((text) => text.trim() !== '')
  if (shareOfNumbers(filled) > 0 || shareOfMoments(filled) > 0) return { value: false, isOpen: others.length === 0 }
  const known = new Set(Object.values(ROLE_HEADINGS).flat())
  const isKnown = filled.some((text) => known.has(plainHeading(text)))
  const differs = filled.some((_, column) => {
    const values = others.slice(0, 50).map((row) => row[column] ?? '').filter((text) => text.trim() !== '')
    return shareOfNumbers(values) > 0.8 || shareOfMoments(values) > 0.8
  })
  return { value: true, isOpen: !isKnown && !differs }
}

/** Columns with a name or a value, the first 1,000 of them. */
function sampleColumns(header: readonly string[], rows: readonly (readonly string[])[], width: number): SampleColumn[] {
  const columns: SampleColumn[] = []
  const sample = rows.slice(0, MOST_VALUES)
  for (let index = 0; index < width && columns.length < MOST_COLUMNS; index++) {
    const heading = header[index]?.trim() ?? ''
    const values: string[] = []
    for (const row of sample) if ((row[index] as string).trim() !== '') values.push(row[index] as string)
    if (heading !== '' || values.length > 0) columns.push({ index, heading, values })
  }
  return columns
}

function shownColumn({ index, heading, values }: SampleColumn): ImportColumn {
  return Object.freeze({ index, name: heading === '' ? `Column ${index + 1}` : heading, samples: Object.freeze(values.slice(0, SAMPLES).map((value) => value.slice(0, SAMPLE_CHARACTERS))) })
}
