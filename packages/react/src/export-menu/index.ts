export { ExportMenu } from './ExportMenu.tsx'
export type { ExportMenuProps } from './ExportMenu.tsx'
export type { ExportContext, ExportFormat, ExportResult } from './export.types.ts'
