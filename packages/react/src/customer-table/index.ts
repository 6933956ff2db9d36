export { CustomerTable } from './CustomerTable.tsx'
export type { CustomerTableProps } from './CustomerTable.tsx'
export { CustomerTableExport } from './CustomerTableExport.tsx'
export { CustomerTableRoot } from './CustomerTableRoot.tsx'
export type { CustomerTableRootProps, CustomerTableRootState } from './CustomerTableRoot.tsx'
export { CustomerTableBody, CustomerTableGrid, CustomerTableHeader, CustomerTableHeaderCell } from './CustomerTableGrid.tsx'
export type {
  CustomerTableBodyProps,
  CustomerTableGridProps,
  CustomerTableGridState,
  CustomerTableHeaderCellProps,
  CustomerTableHeaderCellState,
  CustomerTableHeaderProps,
} from './CustomerTableGrid.tsx'
export { CustomerTableCell, CustomerTableRow } from './CustomerTableRow.tsx'
export type { CustomerTableCellProps, CustomerTableCellState, CustomerTableRowProps, CustomerTableRowState } from './CustomerTableRow.tsx'
export { CustomerTableSearch, CustomerTableSelection, CustomerTableToolbar } from './CustomerTableToolbar.tsx'
export type { CustomerTableToolbarProps } from './CustomerTableToolbar.tsx'
export { ColumnsMenu as CustomerTableColumnsMenu } from './ColumnsMenu.tsx'
export { CustomerTableAnnouncer, CustomerTableBanners, CustomerTableSource, CustomerTableState } from './CustomerTableStates.tsx'
export type { CustomerTableSlots } from './CustomerTableStates.tsx'
export { useCustomerTable } from './customerTableContext.ts'
export type { CustomerTableContextValue } from './customerTableContext.ts'
export { getCustomerCellProps, getCustomerRowProps, useCustomers } from './useCustomers.ts'
export type {
  ColumnVisibilityReason,
  CustomerTableFeatures,
  CustomerTableItem,
  Customers,
  ElementProps,
  RowOpenReason,
  SearchReason,
  SelectionReason,
  SortReason,
  UseCustomersOptions,
} from './useCustomers.ts'
export type { CustomerList, PageFailure } from './useCustomerList.ts'
export type { CustomerColumn, CustomerColumnWidth, ResolvedColumn } from './customerColumns.ts'
export type { CustomerRow } from './customerRows.ts'
export type { CustomerSort } from './customerRequest.ts'
export { customerCountQueryOptions, customersQueryOptions, prefetchCustomers } from './customersQueryOptions.ts'
export type { CustomersQuery } from './customersQueryOptions.ts'
