import type { ExportTable } from '@crm/core/export'
import type { CrmMessages } from '../messages/index.ts'

export type ExportFormat = 'csv' | 'json' | 'png' | 'svg' | 'copy'

export interface ExportContext {
  /** Aborted when the person cancels or leaves. */
  readonly signal: AbortSignal
  /** Headings that only a file has, in the language of the page. */
  readonly words: CrmMessages['exportMenu']
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
export interface ExportJob extends ExportContext {
  readonly format: ExportFormat
  readonly name: string
  readonly table: (context: ExportContext) => ExportTable | Promise<ExportTable>
  readonly spec: unknown
  readonly picture: SVGSVGElement | null
  readonly onProgress: (progress: ExportProgress) => void
}
