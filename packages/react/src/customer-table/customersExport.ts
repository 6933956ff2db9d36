import type { Answer, FieldType, Scalar } from '@crm/core/adapter'
import type { CrmClient } from '@crm/core/client'
import { customersOperation } from '@crm/core/customers'
import type { CustomersPage } from '@crm/core/customers'
import { AdapterError } from '@crm/core/errors'
import type { ExportRow, ExportTable } from '@crm/core/export'
import type { ResolvedColumn } from './customerColumns.ts'
import { rowsOfAnswer, valueOf } from './customerRows.ts'
import type { CustomerRow } from './customerRows.ts'
import { customersRequest } from './customersQueryOptions.ts'
import type { CustomersQuery } from './customersQueryOptions.ts'
import { ROWS_PER_READ } from './pageWindow.ts'
import type { TableWords } from './useTableWords.ts'

export interface CustomersExportOptions {
  readonly client: CrmClient
  readonly query: CustomersQuery
  /** Columns shown, in order. */
  readonly columns: readonly ResolvedColumn[]
  readonly searchFields: readonly string[]
  /** How many customers match, where it is known. */
  readonly total: number | null
  readonly wording: TableWords
  readonly signal: AbortSignal
}

/**
 * All customers that the table shows when it is scrolled to its end: same search, selection, order and columns, read page
 * by page while the file is written. The id and the days since a purchase, small print in the table, are columns here.
 */
export function customersExport({ client, query, columns, searchFields, total, wording, signal }: CustomersExportOptions): ExportTable {
  const fields = columns.flatMap((column) => fieldsOf(column, columns, wording))
  const request = { ...customersRequest(query, columns, searchFields), limit: ROWS_PER_READ }
  async function* rows(): AsyncGenerator<ExportRow, void, undefined> {
    const { dataVersion } = client
    let after: string | null = null
    do {
      const { data }: Answer<CustomersPage> = await client.run(customersOperation, { ...request, ...(after === null ? {} : { after }) }, { signal })
      // A file half of which is from before a change shows what never was.
      if (client.dataVersion !== dataVersion) throw new AdapterError('SNAPSHOT_GONE')
      for (const row of rowsOfAnswer(data, 0, (index) => index)) yield fields.map(({ read }) => read(row))
      after = data.next
    } while (after !== null)
  }
  return { columns: fields.map(({ name, type }) => ({ name, type })), rows: rows(), ...(total === null ? {} : { rowCount: total }) }
}

interface ExportField {
  readonly name: string
  readonly type: FieldType
  readonly read: (row: CustomerRow) => Scalar | null
}

const TEXT = { kind: 'text' } as const

function fieldsOf(column: ResolvedColumn, shown: readonly ResolvedColumn[], { words, format }: TableWords): ExportField[] {
  const { header, type, fields } = column
  const field = (name: string, of: FieldType, source: string): ExportField => ({ name, type: of, read: (row) => valueOf(row, source) ?? null })
  if (column.isRowHeader) {
    const id = field(fields.includes('name') ? words.fieldCustomerId : header, { kind: 'id' }, 'customerId')
    return fields.includes('name') ? [field(header, TEXT, 'name'), id] : [id]
  }
  const source = fields[0] ?? ''
  // What a host writes in words of its own only the host can read.
  if (column.format !== null) {
    const write = column.format
    return [{ name: header, type: TEXT, read: (row) => write(valueOf(row, source) ?? null, format) }]
  }
  const value = field(header, type, source)
  const isDays = column.id === 'lastDay' && !shown.some(({ id }) => id === 'recencyDays')
  return isDays ? [value, field(words.fieldRecencyDays, { kind: 'integer' }, 'recencyDays')] : [value]
}
