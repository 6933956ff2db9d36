import type { ExportColumn } from './export.types.ts'

/** The heading of a column where types are not written: money names its currency, once. */
export function headerText({ name, type }: ExportColumn): string {
  return type.kind === 'money' && !name.includes(type.currency) ? `${name} (${type.currency})` : name
}
