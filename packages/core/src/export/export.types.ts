import type { FieldType, Scalar } from '../adapter/contract.ts'

export interface ExportColumn {
  /** As it stands in the header of the file: the word the view shows. CSV adds the currency of money: `Revenue (EUR)`. */
  readonly name: string
  readonly type: FieldType
}

/** Values in the order of the columns; null = no value. */
export type ExportRow = readonly (Scalar | null)[]

/** What a view shows, as rows: the one thing that CSV, JSON and the clipboard are written from. */
export interface ExportTable {
  readonly columns: readonly ExportColumn[]
  /** Money stays 10^-scale units (a mean may have a fraction of one), dates whole days, instants milliseconds. */
  readonly rows: Iterable<ExportRow> | AsyncIterable<ExportRow>
  /** Where it is known before the rows are: for a bar of progress. */
  readonly rowCount?: number
}

/** A table whose rows are all there. */
export interface ReadyExportTable extends ExportTable {
  readonly rows: Iterable<ExportRow>
}

export interface StreamOptions {
  /** Ends the stream with `signal.reason`, between two rows. */
  readonly signal?: AbortSignal
}
