import type { FieldType, Scalar } from '../adapter/contract.ts'

export interface ExportColumn {
  /** As it stands in the header of the file: the word the view shows. */
  readonly name: string
  readonly type: FieldType
}

/** What a view shows, as rows: the one thing that CSV, JSON and the clipboard are written from. */
export interface ExportTable {
  readonly columns: readonly ExportColumn[]
  /** Values in the order of `columns`. Money stays integer units, dates whole days, instants milliseconds. */
  readonly rows: Iterable<readonly (Scalar | null)[]> | AsyncIterable<readonly (Scalar | null)[]>
}
