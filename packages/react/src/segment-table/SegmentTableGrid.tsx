'use client'
import { Fragment, useId } from 'react'
import type { ComponentPropsWithRef, ReactElement, ReactNode } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { SHARE_COLUMNS } from './segmentColumns.ts'
import type { SegmentColumn } from './segmentColumns.ts'
import type { SegmentRow } from './segmentRows.ts'
import { SegmentBars } from './SegmentBars.tsx'
import { useSegmentTableModel } from './SegmentTableContext.ts'
import { useSegmentTableTitle } from './SegmentTableTitle.tsx'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

export interface SegmentTableGridProps {
  /** Draws one row. Default {@link SegmentTableRow}. */
  readonly renderRow?: (row: SegmentRow) => ReactNode
}

/**
 * The table: a row per group and the totals below. One tab stop. The bars are drawings of the figures beside them, so
 * they are hidden from assistive technology.
 */
export function SegmentTableGrid({ renderRow = (row) => <SegmentTableRow row={row} /> }: SegmentTableGridProps): ReactElement | null {
  const model = useSegmentTableModel()
  const { words } = useSegmentTableWords()
  const title = useSegmentTableTitle()
  const helpId = useId()
  const { columns, rows, total, announcement } = model
  if (total === null) return null
  return (
    <div className="crm-segments-frame" data-view={model.view} data-picture>
      <table className="crm-segments-table" {...model.getGridProps(title)} aria-describedby={helpId}>
        <thead>
          <tr {...model.getHeadRowProps()}>
            <Cells bars={<td aria-hidden="true" />}>{(column) => <SegmentTableHeaderCell column={column} />}</Cells>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.id}>{renderRow(row)}</Fragment>
          ))}
        </tbody>
        <tfoot>
          <tr {...model.getTotalRowProps()}>
            <Cells bars={<td aria-hidden="true" />}>
              {(column) => (column === columns[0] ? <th {...model.getTotalCellProps(column)}><span className="crm-segments-words">{words.total}</span></th> : <td {...model.getTotalCellProps(column)}><Figure text={column.text(total)} /></td>)}
            </Cells>
          </tr>
        </tfoot>
      </table>
      <p id={helpId} hidden>{words.gridHelp}</p>
      <p className="crm-visually-hidden" role="status">{announcement}</p>
    </div>
  )
}

export interface SegmentTableHeaderCellProps extends PartProps<object>, Omit<ComponentPropsWithRef<'th'>, 'className'> {
  readonly column: SegmentColumn
}

/** A heading: a button that sorts, the unit of its column, the colour of its bar, an arrow when sorted. */
export function SegmentTableHeaderCell({ column, ...theirs }: SegmentTableHeaderCellProps): ReactElement {
  const model = useSegmentTableModel()
  const direction = model.sort?.column === column.id ? model.sort.direction : null
  const isKey = model.barsBefore !== null && (SHARE_COLUMNS as readonly string[]).includes(column.id)
  const children = (
    <button type="button" className="crm-table-sort" {...model.getSortButtonProps(column)}>
      <Icon className="crm-table-arrow" size={12} path={direction === 'ascending' ? 'M6 9.5v-7M3 5.2l3-3 3 3' : 'M6 2.5v7M3 6.8l3 3 3-3'} />
      <span className="crm-segments-words">
        {isKey ? (
          <>
            <span className="crm-segments-key" data-of={column.id} aria-hidden="true" />{' '}
          </>
        ) : null}
        {column.header}
        {column.unit === null ? null : <span className="crm-table-unit">{` ${column.unit}`}</span>}
      </span>
    </button>
  )
  return renderPart('th', { ...model.getHeadCellProps(column), children }, theirs, {})
}

export interface SegmentTableRowState {
  readonly isSelected: boolean
  readonly isEmpty: boolean
}

export interface SegmentTableRowProps extends PartProps<SegmentTableRowState>, Omit<ComponentPropsWithRef<'tr'>, 'className'> {
  readonly row: SegmentRow
}

/** One group. State: `data-segment`, `data-selected`, `data-empty`. */
export function SegmentTableRow({ row, ...theirs }: SegmentTableRowProps): ReactElement {
  const model = useSegmentTableModel()
  const isSelected = model.isSelected(row)
  const children = (
    <Cells
      bars={
        <td aria-hidden="true" className="crm-segments-bars">
          <SegmentBars row={row} />
        </td>
      }
    >
      {(column) => {
        const props = model.getCellProps(row, column)
        if (column.id !== 'name') return <td {...props}><Figure text={column.text(row)} /></td>
        return (
          <th {...props}>
            {isSelected ? <Icon className="crm-segments-check" size={12} path="M2.5 6.5l2.5 2.5 4.5-5.5" /> : null}
            <span className="crm-segments-words">{row.name}</span>
          </th>
        )
      }}
    </Cells>
  )
  return renderPart('tr', { ...model.getRowProps(row), children }, theirs, { isSelected, isEmpty: row.customers === 0 })
}

/** The cells of a row, with what stands in the place of the bars. */
function Cells({ bars, children }: { readonly bars: ReactElement; readonly children: (column: SegmentColumn) => ReactElement }): ReactElement {
  const { columns, barsBefore } = useSegmentTableModel()
  return (
    <>
      {columns.map((column) => (
        <Fragment key={column.id}>
          {column.id === barsBefore ? bars : null}
          {children(column)}
        </Fragment>
      ))}
      {barsBefore === 'end' ? bars : null}
    </>
  )
}

function Figure({ text }: { readonly text: string | null }): ReactElement | string {
  const { words } = useSegmentTableWords()
  if (text !== null) return text
  return (
    <>
      <span aria-hidden="true">—</span>
      <span className="crm-visually-hidden">{words.noValue}</span>
    </>
  )
}
