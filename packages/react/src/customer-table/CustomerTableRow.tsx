'use client'
import { memo } from 'react'
import type { ComponentPropsWithRef, ComponentType, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { CrmButton } from '../shared/StateView.tsx'
import { cellText } from './cellText.ts'
import type { ResolvedColumn } from './customerColumns.ts'
import type { CustomerRow } from './customerRows.ts'
import { useRowContext } from './customerTableContext.ts'
import { getCustomerCellProps, getCustomerRowProps } from './useCustomers.ts'
import type { CustomerTableItem } from './useCustomers.ts'

export interface CustomerTableRowState {
  /** On the way. */
  readonly pending: boolean
  readonly failed: boolean
}

export interface CustomerTableRowProps extends CustomerTableItem, PartProps<CustomerTableRowState>, Omit<ComponentPropsWithRef<'div'>, 'className'> {
  /** The column whose cell Tab reaches, when it is in this row. */
  readonly activeColumn?: number | null
}

/** A customer, a place kept for one, or why a page of customers is missing. */
export const CustomerTableRow: ComponentType<CustomerTableRowProps> = memo(function CustomerTableRow(props: CustomerTableRowProps): ReactElement {
  const { index, row, failure, saysFailure, activeColumn = null, children, ...theirs } = props
  const { columns, virtualizer, canOpen, text, words, format, retryWord } = useRowContext()
  const own = {
    className: 'crm-table-row',
    ...getCustomerRowProps(index, virtualizer),
    'data-pending': row === null || undefined,
    'data-failed': failure !== null || undefined,
    'data-openable': (canOpen && row !== null) || undefined,
  }
  const state = { pending: row === null, failed: failure !== null }
  if (failure !== null && saysFailure) {
    const failed = text(words.pageFailed, { from: format.number(failure.first + 1), to: format.number(failure.last + 1) })
    const place = { role: 'gridcell', 'aria-colindex': 1, 'aria-colspan': columns.length, tabIndex: activeColumn === null ? -1 : 0, 'data-column-index': activeColumn ?? 0 }
    const cell = (
      <div className="crm-table-cell" {...place}>
        <span className="crm-table-failure">{failed}</span>
        <CrmButton quiet tabIndex={-1} onClick={failure.retry}>
          {retryWord}
        </CrmButton>
      </div>
    )
    return renderPart('div', { ...own, children: cell }, theirs, state)
  }
  const cells = columns.map((column, at) => <CustomerTableCell key={column.id} row={row} column={column} columnIndex={at} isActive={activeColumn === at} />)
  return renderPart('div', { ...own, children: children ?? cells }, theirs, state)
})

export interface CustomerTableCellState {
  readonly pending: boolean
  /** The customer has no value here. */
  readonly missing: boolean
}

export interface CustomerTableCellProps extends PartProps<CustomerTableCellState>, Omit<ComponentPropsWithRef<'div'>, 'className'> {
  readonly row: CustomerRow | null
  readonly column: ResolvedColumn
  /** Place among the columns shown, from 0. */
  readonly columnIndex: number
  /** Tab reaches this cell. */
  readonly isActive?: boolean
}

/** One value, written as its column says. */
export function CustomerTableCell({ row, column, columnIndex, isActive = false, ...theirs }: CustomerTableCellProps): ReactElement {
  const context = useRowContext()
  const content = row === null ? null : cellText(row, column, context)
  const text = content?.text ?? null
  // Most cells are words and nothing else: an element less in each, and a frame less work while scrolling.
  const isPlain = text !== null && content?.detail === null
  return renderPart(
    'div',
    {
      className: 'crm-table-cell',
      ...getCustomerCellProps(column, columnIndex, isActive),
      'data-plain': isPlain || undefined,
      // What is cut off can be read all the same.
      title: isPlain ? text : undefined,
      children: content === null ? <PendingCell isRowHeader={column.isRowHeader} word={context.words.rowLoading} /> : isPlain ? text : <CellContent {...content} word={context.words.noValue} />,
    },
    theirs,
    { pending: content === null, missing: content !== null && text === null },
  )
}

function PendingCell({ isRowHeader, word }: { readonly isRowHeader: boolean; readonly word: string }): ReactElement {
  return (
    <>
      <span className="crm-table-placeholder crm-skeleton" />
      {isRowHeader ? <span className="crm-visually-hidden">{word}</span> : null}
    </>
  )
}

function CellContent({ text, detail, word }: { readonly text: string | null; readonly detail: string | null; readonly word: string }): ReactElement {
  if (text === null) {
    return (
      <>
        <span className="crm-muted" aria-hidden="true">
          —
        </span>
        <span className="crm-visually-hidden">{word}</span>
      </>
    )
  }
  return (
    <>
      <span className="crm-table-text" title={text}>
        {text}
      </span>
      <span className="crm-table-detail crm-note">{detail}</span>
    </>
  )
}
