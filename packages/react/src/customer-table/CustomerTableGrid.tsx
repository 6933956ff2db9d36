'use client'
import type { ComponentPropsWithRef, ReactElement, ReactNode } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import type { ResolvedColumn } from './customerColumns.ts'
import { useCustomerTable } from './customerTableContext.ts'
import { CustomerTableRow } from './CustomerTableRow.tsx'
import type { CustomerTableItem } from './useCustomers.ts'
import { useTableWords } from './useTableWords.ts'

export interface CustomerTableGridState {
  readonly status: string
  readonly stale: boolean
}

export interface CustomerTableGridProps extends PartProps<CustomerTableGridState>, Omit<ComponentPropsWithRef<'div'>, 'className'> {}

/** The scrolling grid: heading and body. One tab stop. */
export function CustomerTableGrid({ children, ...theirs }: CustomerTableGridProps): ReactElement {
  const { customers, ids } = useCustomerTable()
  const { words } = useTableWords()
  const { list, canOpen } = customers
  return (
    <>
      <span id={ids.hint} hidden>
        {canOpen ? words.gridHintOpen : words.gridHint}
      </span>
      {renderPart(
        'div',
        {
          className: 'crm-table-grid',
          ...customers.getGridProps(),
          'aria-describedby': ids.hint,
          children: children ?? (
            <>
              <CustomerTableHeader />
              <CustomerTableBody />
            </>
          ),
        },
        theirs,
        { status: list.status, stale: list.isStale },
      )}
    </>
  )
}

export interface CustomerTableHeaderProps extends PartProps<object>, Omit<ComponentPropsWithRef<'div'>, 'className' | 'children'> {
  /** Draws one heading. Default {@link CustomerTableHeaderCell}. */
  readonly children?: (column: ResolvedColumn, columnIndex: number) => ReactNode
}

/** The heading row, which stays in view. */
export function CustomerTableHeader({ children, ...theirs }: CustomerTableHeaderProps): ReactElement {
  const { customers } = useCustomerTable()
  const cells = customers.columns.map((column, at) => (children ? children(column, at) : <CustomerTableHeaderCell key={column.id} column={column} columnIndex={at} />))
  return renderPart(
    'div',
    { className: 'crm-table-head', role: 'rowgroup', children: <div className="crm-table-row" {...customers.getHeadRowProps()}>{cells}</div> },
    theirs,
    {},
  )
}

export interface CustomerTableHeaderCellState {
  readonly sorted: 'ascending' | 'descending' | null
}

export interface CustomerTableHeaderCellProps extends PartProps<CustomerTableHeaderCellState>, Omit<ComponentPropsWithRef<'div'>, 'className'> {
  readonly column: ResolvedColumn
  /** Place among the columns shown, from 0. */
  readonly columnIndex: number
}

/** A heading: a button that sorts, the unit of its column, an arrow when sorted. */
export function CustomerTableHeaderCell({ column, columnIndex, ...theirs }: CustomerTableHeaderCellProps): ReactElement {
  const { customers } = useCustomerTable()
  const sorted = column.sortField === customers.sort.field ? customers.sort.direction : null
  return renderPart(
    'div',
    {
      className: 'crm-table-cell',
      ...customers.getHeadCellProps(column, columnIndex),
      children: (
        <button type="button" className="crm-table-sort" {...customers.getSortButtonProps(column, columnIndex)}>
          <span className="crm-table-heading">{column.header}</span>
          {column.unit === null ? null : <span className="crm-table-unit">{column.unit}</span>}
          <Icon className="crm-table-arrow" size={12} path={sorted === 'ascending' ? 'M6 9.5v-7M3 5.2l3-3 3 3' : 'M6 2.5v7M3 6.8l3 3 3-3'} />
        </button>
      ),
    },
    theirs,
    { sorted },
  )
}

export interface CustomerTableBodyProps extends PartProps<object>, Omit<ComponentPropsWithRef<'div'>, 'className' | 'children'> {
  /** Draws one row. Default {@link CustomerTableRow}. */
  readonly children?: (item: CustomerTableItem, activeColumn: number | null) => ReactNode
}

/** The rows in view. Its height is that of all rows. */
export function CustomerTableBody({ children, ...theirs }: CustomerTableBodyProps): ReactElement {
  const { customers } = useCustomerTable()
  const { items, active } = customers
  const rows = items.map((item) => {
    const activeColumn = active.row === item.index + 1 ? active.column : null
    if (children) return children(item, activeColumn)
    return <CustomerTableRow key={item.index} {...item} activeColumn={activeColumn} />
  })
  return renderPart(
    'div',
    {
      className: 'crm-table-body',
      ...customers.getBodyProps(),
      children: (
        <>
          <div className="crm-table-probe" {...customers.getProbeProps()} />
          {rows}
        </>
      ),
    },
    theirs,
    {},
  )
}
