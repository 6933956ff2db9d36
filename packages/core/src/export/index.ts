export type { ExportColumn, ExportTable } from './export.types.ts'
