'use client'
import type { ReactElement } from 'react'
import { CustomerTableGrid } from './CustomerTableGrid.tsx'
import { CustomerTableRoot } from './CustomerTableRoot.tsx'
import type { CustomerTableRootProps } from './CustomerTableRoot.tsx'
import { CustomerTableAnnouncer, CustomerTableBanners, CustomerTableSource, CustomerTableState } from './CustomerTableStates.tsx'
import { CustomerTableSelection, CustomerTableToolbar } from './CustomerTableToolbar.tsx'

export interface CustomerTableProps extends Omit<CustomerTableRootProps, 'children'> {
  /** Heading of the table. Default "Customers". */
  readonly title?: string | undefined
}

/**
 * A table of customers, of any length: sorted, searched and counted by the data source, a window of it in memory.
 *
 * Narrow it by `selection`, which an `RfmGrid` on the same page may set. Its height is `--crm-table-height`.
 *
 * @example
 * <CustomerTable spec={spec} selection={selection} onSelectionChange={setSelection} onRowOpen={(id) => navigate(`/customers/${id}`)} />
 */
export function CustomerTable({ title, ...options }: CustomerTableProps): ReactElement {
  return (
    <CustomerTableRoot {...options}>
      <CustomerTableToolbar title={title} />
      <CustomerTableSelection />
      <CustomerTableBanners />
      <div className="crm-table-frame">
        <CustomerTableGrid />
        <CustomerTableState />
      </div>
      <CustomerTableAnnouncer />
      <CustomerTableSource />
    </CustomerTableRoot>
  )
}
