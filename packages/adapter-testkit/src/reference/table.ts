import type { Column, Provenance, WarningCount } from '@crm/core/adapter'
import type { Cell } from '../testkit.types.ts'

/** An answer as rows: what the checks compare. */
export interface Table {
  readonly names: readonly string[]
  readonly kinds: readonly Column['kind'][]
  readonly rows: readonly (readonly Cell[])[]
  /** `bins` only. */
  readonly cuts?: readonly (readonly number[])[]
  /** Summaries only. */
  readonly counts?: readonly WarningCount[]
}

/** A table that came out of an adapter. */
export interface Answer extends Table {
  readonly next: string | null
  readonly provenance: Provenance
  readonly batches: number
}

/**
 * Where two tables differ first, as one sentence, or null when they are the same to the bit (0 is not -0 here).
 */
export function firstDifference(expected: Table, got: Table): string | null {
  if (expected.kinds.length !== got.kinds.length) return `Expected ${expected.kinds.length} columns, got ${got.kinds.length}`
  for (let c = 0; c < expected.kinds.length; c++) {
    if (expected.kinds[c] !== got.kinds[c]) return `Column ${c} "${expected.names[c]}": expected kind ${expected.kinds[c]}, got ${got.kinds[c]}`
  }
  const rows = Math.max(expected.rows.length, got.rows.length)
  for (let r = 0; r < rows; r++) {
    const want = expected.rows[r]
    const have = got.rows[r]
    if (want === undefined) return `Expected ${expected.rows.length} rows, got ${got.rows.length}: the first one too many is row ${r}, ${showRow(have as readonly Cell[])}`
    if (have === undefined) return `Expected ${expected.rows.length} rows, got ${got.rows.length}: the first one missing is row ${r}, ${showRow(want)}`
    for (let c = 0; c < want.length; c++) {
      if (!Object.is(want[c], have[c])) return `Row ${r}, column ${c} "${expected.names[c]}": expected ${show(want[c])}, got ${show(have[c])}; ${countSentence(expected, got)}`
    }
  }
  if (expected.cuts !== undefined) {
    const difference = firstListDifference('cuts', expected.cuts, got.cuts)
    if (difference !== null) return difference
  }
  if (expected.counts !== undefined) {
    const difference = firstListDifference('end.counts', expected.counts, got.counts)
    if (difference !== null) return difference
  }
  return null
}

function firstListDifference(what: string, expected: readonly unknown[], got: readonly unknown[] | undefined): string | null {
  if (got === undefined) return `The end carries no ${what}`
  for (let i = 0; i < Math.max(expected.length, got.length); i++) {
    if (show(expected[i]) !== show(got[i])) return `${what}[${i}]: expected ${show(expected[i])}, got ${show(got[i])}`
  }
  return null
}

function countSentence(expected: Table, got: Table): string {
  return expected.rows.length === got.rows.length ? `both have ${got.rows.length} rows` : `expected ${expected.rows.length} rows, got ${got.rows.length}`
}

/** Rows in an order of their own, for answers whose order is the adapter's. */
export function sortedRows<Rows extends Table>(table: Rows): Rows {
  const keyed = table.rows.map((row) => ({ row, key: JSON.stringify(row) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return { ...table, rows: keyed.map(({ row }) => row) }
}

const showRow = (row: readonly Cell[]): string => show(row)

/** JSON that tells -0, NaN and undefined apart and keeps invisible characters visible. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  if (typeof value === 'string' && value.length > 80) return `${visible(value.slice(0, 40))}… (${value.length} code units)`
  return visible(value)
}

function visible(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).replace(/[\p{Cc}\p{Cf}\p{Mn}\p{Zl}\p{Zp}\u00a0]/gu, (char) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0'))
}
