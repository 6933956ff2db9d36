import type { ExportTable } from '@crm/core/export'

export type ExportFormat = 'csv' | 'json' | 'png' | 'svg' | 'copy'

export interface ExportContext {
  /** Aborted when the person cancels or leaves. */
  readonly signal: AbortSignal
}

export interface ExportProgress {
  readonly rows: number
  /** null where it is not known. */
  readonly total: number | null
}

/** What became of an export. */
export interface ExportResult {
  /** Rows written; null for a picture. */
  readonly rows: number | null
  /** null for the clipboard. */
  readonly fileName: string | null
}

/** One export under way. */
export interface ExportJob {
  readonly format: ExportFormat
  readonly name: string
  readonly table: (context: ExportContext) => ExportTable | Promise<ExportTable>
  readonly spec: unknown
  readonly picture: SVGSVGElement | null
  readonly signal: AbortSignal
  readonly onProgress: (progress: ExportProgress) => void
}
