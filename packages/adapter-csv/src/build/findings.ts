import type { ReadyExportTable } from '@crm/core/export'
import type { ImportFinding, ImportFindingCode } from '@crm/core/adapter'
import { DataContractError } from '@crm/core/errors'
import { flat } from './textCodes.ts'

const EXAMPLES = 5
const EXAMPLE_CHARACTERS = 100
const REJECTED_ROWS = 10_000
/** A row may have a million columns. */
const REJECTED_CHARACTERS = 16 * 1024 * 1024

const WHAT: Readonly<Partial<Record<ImportFindingCode, string>>> = {
  AMOUNT_UNREADABLE: 'the amount is no number that can be kept exactly',
  AMOUNT_MISSING: 'there is no amount',
  DATE_UNREADABLE: 'the date cannot be read',
  DATE_MISSING: 'there is no date',
  COLUMNS_DIFFER: 'the line has more or fewer columns than the first',
  QUOTES_BROKEN: 'text follows a closing quote, and lines ran together',
}

/** Counts what is to be known of rows, and keeps those that are left out. */
export class Findings {
  rejected = 0
  private readonly found = new Map<ImportFindingCode, { rows: number; isRejected: boolean; examples: { line: number; value: string }[] }>()
  private readonly rows: { readonly line: number; readonly code: ImportFindingCode; readonly row: readonly string[] }[] = []
  private characters = 0
  private readonly stops: boolean

  /** @param stops the first rejected row ends the import */
  constructor(stops: boolean) {
    this.stops = stops
  }

  note(code: ImportFindingCode, line: number, value: string, isRejected = false): void {
    let entry = this.found.get(code)
    if (entry === undefined) this.found.set(code, (entry = { rows: 0, isRejected, examples: [] }))
    entry.rows++
    if (entry.examples.length < EXAMPLES) entry.examples.push({ line, value: flat(value.slice(0, EXAMPLE_CHARACTERS)) })
  }

  /** @throws DataContractError `DATA_INVALID` with the line, where the plan says so */
  reject(code: ImportFindingCode, line: number, value: string, row: readonly string[]): void {
    if (this.stops && code !== 'DUPLICATE_ROW') {
      throw new DataContractError('DATA_INVALID', `Line ${line} cannot be read: ${WHAT[code] ?? code}. Nothing of the file was kept. Correct the line, or leave out what cannot be read.`, {
        line,
        finding: code,
      })
    }
    this.rejected++
    this.note(code, line, value, true)
    if (this.rows.length >= REJECTED_ROWS || this.characters > REJECTED_CHARACTERS) return
    for (const text of row) this.characters += text.length + 16
    this.rows.push({ line, code, row: row.map(flat) })
  }

  list(): readonly ImportFinding[] {
    return Object.freeze(
      [...this.found].map(([code, { rows, isRejected, examples }]) => Object.freeze({ code, rows, isRejected, examples: Object.freeze(examples.map((example) => Object.freeze(example))) })),
    )
  }

  /** The rows left out: line, reason, then the columns as they stand; null when none was. */
  rejectedTable(header: readonly string[]): ReadyExportTable | null {
    if (this.rows.length === 0) return null
    // A header may have a million empty columns behind its names.
    const named = header.findLastIndex((name) => name !== '') + 1
    const width = this.rows.reduce((most, { row }) => Math.max(most, row.length), named)
    const names = Array.from({ length: width }, (_, column) => header[column] ?? '')
    return {
      columns: [{ name: 'line', type: { kind: 'integer' } }, { name: 'reason', type: { kind: 'text' } }, ...names.map((name) => ({ name, type: { kind: 'text' } as const }))],
      rows: this.rows.map(({ line, code, row }) => [line, code, ...names.map((_, column) => row[column] ?? null)]),
    }
  }
}
