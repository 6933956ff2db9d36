import { createCallContext, type Batch, type DataAdapter, type DataSetName, type ImportDraft, type ImportPlan, type ImportSource, type Scalar } from '@crm/core/adapter'
import { createCsvImporter } from '../createCsvImporter.ts'

const importer = createCsvImporter({ timeZone: 'Europe/London', currency: 'GBP' })

/** A text as bytes, in chunks of so many, as a file would give them. */
export function fileOf(content: string | Uint8Array, chunkBytes = 65_536, name = 'shop.csv'): { name: string; size: number; stream(): AsyncGenerator<Uint8Array> } {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    name,
    size: bytes.length,
    async *stream() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.slice(at, at + chunkBytes)
    },
  }
}

export function open(source: ImportSource): Promise<ImportDraft> {
  return importer.open(source)
}

/** The plan that is suggested, with changes. */
export async function planOf(source: ImportSource, changes: Partial<ImportPlan> = {}): Promise<ImportPlan> {
  return { ...(await importer.open(source)).plan, ...changes }
}

export async function run(source: ImportSource, changes: Partial<ImportPlan> = {}): ReturnType<typeof importer.run> {
  return importer.run(source, await planOf(source, changes))
}

/** All rows of a set, as records of the fields asked for. */
export async function rowsOf(adapter: DataAdapter, set: DataSetName, select: readonly string[]): Promise<Record<string, Scalar | null>[]> {
  const rows: Record<string, Scalar | null>[] = []
  for await (const batch of adapter.scan({ set, select }, createCallContext())) {
    for (let i = 0; i < batch.rows; i++) rows.push(Object.fromEntries(select.map((name, column) => [name, valueAt(batch, column, i)])))
  }
  return rows
}

/** How many rows have each finding. */
export function counts(report: { readonly findings: readonly { readonly code: string; readonly rows: number }[] }): Record<string, number> {
  return Object.fromEntries(report.findings.map(({ code, rows }) => [code, rows]))
}

export const HEADER = 'customer_id,order_id,purchase_date,product_id,amount\n'

function valueAt(batch: Batch, index: number, row: number): Scalar | null {
  const column = batch.columns[index] as Batch['columns'][number]
  if (column.kind === 'text') return (column.codes[row] as number) < 0 ? null : (column.dictionary[column.codes[row] as number] as string)
  if (column.validity?.[row] === 0) return null
  return column.kind === 'boolean' ? column.values[row] === 1 : (column.values[row] as number)
}
