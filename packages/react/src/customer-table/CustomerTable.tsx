'use client'
import type { ReactElement } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { CustomerTableGrid } from './CustomerTableGrid.tsx'
import { CustomerTableRoot } from './CustomerTableRoot.tsx'
import { CustomerTableAnnouncer, CustomerTableBanners, CustomerTableSource, CustomerTableState } from './CustomerTableStates.tsx'
import type { CustomerTableSlots } from './CustomerTableStates.tsx'
import { CustomerTableSelection, CustomerTableToolbar } from './CustomerTableToolbar.tsx'
import { useCustomers } from './useCustomers.ts'
import type { UseCustomersOptions } from './useCustomers.ts'

export interface CustomerTableProps extends UseCustomersOptions {
  /** Heading of the table. Default "Customers". */
  readonly title?: string | undefined
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6 | undefined
  /** What may replace the states. */
  readonly slots?: CustomerTableSlots | undefined
  /** After an export. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * A table of customers, of any length: sorted, searched and counted by the data source, a window of it in memory.
 *
 * Narrow it by `selection`, which an `RfmGrid` on the same page may set. Its height is `--crm-table-height`.
 *
 * @example
 * <CustomerTable spec={spec} selection={selection} onSelectionChange={setSelection} onRowOpen={(id) => navigate(`/customers/${id}`)} />
 */
export function CustomerTable({ title, headingLevel, slots, onExport, className, ...options }: CustomerTableProps): ReactElement {
  const model = useCustomers(options)
  return (
    <CustomerTableRoot model={model} className={className}>
      <CustomerTableToolbar title={title} headingLevel={headingLevel} onExport={onExport} />
      <CustomerTableSelection />
      <CustomerTableBanners />
      <div className="crm-table-frame">
        <CustomerTableGrid />
        <CustomerTableState slots={slots} />
      </div>
      <CustomerTableAnnouncer />
      <CustomerTableSource />
    </CustomerTableRoot>
  )
}
