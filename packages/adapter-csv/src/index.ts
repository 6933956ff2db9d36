export { createCsvImporter } from './createCsvImporter.ts'
export type { CsvImporterOptions } from './createCsvImporter.ts'
