import type { Batch, Column, DataSchema, FieldType, ResidentTable, ResidentTables, Steps, TableRead } from '../adapter/contract.ts'
import { columnKindOf } from './columns.ts'
import { fieldsOfSet } from './measures.ts'
import { concatColumns } from './readColumns.ts'
import { BYTES_AN_ID } from './residentBytes.ts'
import { expectColumns } from './resident.ts'

/** Collects batches of whole sets. */
export interface TablesBuilder {
  /** @param read place in the list of reads */
  add(read: number, batch: Batch): void
  /** Once, after the last batch. The builder is empty afterwards. */
  finish(): Steps<ResidentTables>
  /** Bytes held now, estimated. */
  bytes(): number
}

/** @throws DataContractError `PROTOCOL` when a batch has other columns than selected */
export function createTablesBuilder(schema: DataSchema, reads: readonly TableRead[]): TablesBuilder {
  const kinds = reads.map(({ set, select }) => select.map((name) => columnKindOf(fieldsOfSet(schema, set)?.get(name) as FieldType)))
  const pieces: Column[][][] = kinds.map((fields) => fields.map(() => []))
  const rows = reads.map(() => 0)
  const dictionaries = new Set<readonly string[]>()
  let bytes = 0

  return {
    add(read, batch) {
      expectColumns(batch, kinds[read] as Column['kind'][], (reads[read] as TableRead).set)
      batch.columns.forEach((column, field) => {
        pieces[read]?.[field]?.push(column)
        bytes += column.kind === 'text' ? column.codes.byteLength : column.values.byteLength + (column.validity?.byteLength ?? 0)
        if (column.kind !== 'text' || dictionaries.has(column.dictionary)) return
        dictionaries.add(column.dictionary)
        bytes += column.dictionary.length * BYTES_AN_ID
      })
      rows[read] = (rows[read] as number) + batch.rows
    },
    *finish() {
      const sets: ResidentTable[] = []
      for (const [read, { set, select }] of reads.entries()) {
        const columns: Column[] = []
        for (const [field, parts] of (pieces[read] as Column[][]).entries()) {
          columns.push(concatColumns(kinds[read]?.[field] as Column['kind'], parts.splice(0)))
          yield
        }
        sets.push(Object.freeze({ set, select, rows: rows[read] as number, columns: Object.freeze(columns) }))
      }
      return Object.freeze({ schema, sets: Object.freeze(sets) })
    },
    // Joining the pieces holds both for a moment.
    bytes: () => 2 * bytes,
  }
}
