'use client'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { useCrmSettings } from '../provider/context.ts'
import { customersRequest } from './customersQueryOptions.ts'
import { useCustomerTable } from './customerTableContext.ts'
import { useTableWords } from './useTableWords.ts'

/** The export menu of the table: all customers it shows, not only those in memory, and what it was asked with. */
export function CustomerTableExport({ onExport }: Pick<ExportMenuProps, 'onExport'>): ReactElement {
  const { client } = useCrmSettings()
  const { customers } = useCustomerTable()
  const wording = useTableWords()
  const { query, list, columns } = customers
  const { spec, selection = null, filter = null, order } = customersRequest(query, columns, list.searchFields)
  return (
    <ExportMenu
      name="customers"
      disabled={list.status !== 'ready'}
      table={async ({ signal }) => {
        const { customersExport } = await import('./customersExport.ts')
        return customersExport({ client, query, columns, searchFields: list.searchFields, total: list.total, wording, signal })
      }}
      spec={{ ...spec, selection, filter, order }}
      onExport={onExport}
    />
  )
}
