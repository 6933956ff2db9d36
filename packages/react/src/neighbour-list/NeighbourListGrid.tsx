'use client'
import { Fragment, useId } from 'react'
import type { ComponentPropsWithRef, ReactElement, ReactNode } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { Icon } from '../shared/Icon.tsx'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useNeighbourListModel } from './NeighbourListContext.ts'
import { useNeighbourListTitle } from './NeighbourListTitle.tsx'
import type { NeighbourRow } from './useNeighbours.ts'
import { useNeighbourListWords } from './useNeighbourListWords.ts'

const BOX = 'M1.5 1.5h11v11h-11z'
const CHECK = 'M4 7.2l2.2 2.3 3.8-5'

export interface NeighbourListGridProps {
  /** Draws one row. Default {@link NeighbourListRow}. */
  readonly renderRow?: (row: NeighbourRow) => ReactNode
}

/** The list: a row per neighbour, the most alike first. One tab stop. */
export function NeighbourListGrid({ renderRow = (row) => <NeighbourListRow row={row} /> }: NeighbourListGridProps): ReactElement {
  const { rows, request, canSelect, open, getGridProps } = useNeighbourListModel()
  const { words } = useNeighbourListWords()
  const title = useNeighbourListTitle()
  const helpId = useId()
  const isOfProducts = request.over === 'products'
  return (
    <div className="crm-segments-frame">
      <table className="crm-segments-table crm-neighbours-table" {...getGridProps(title)} aria-describedby={helpId}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{isOfProducts ? words.fieldProduct : words.fieldCustomer}</th>
            <th scope="col" data-align="end">{words.fieldSimilarity}</th>
            <th scope="col" data-align="end">{words.fieldCommon}</th>
            <th scope="col" data-align="end">{isOfProducts ? words.fieldCustomers : words.fieldProducts}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.id}>{renderRow(row)}</Fragment>
          ))}
        </tbody>
      </table>
      <p id={helpId} hidden>
        {canSelect ? words.gridHelpSelect : words.gridHelp} {open === null ? null : words.gridHelpOpen}
      </p>
    </div>
  )
}

export interface NeighbourListRowState {
  readonly isSelected: boolean
}

export interface NeighbourListRowProps extends PartProps<NeighbourListRowState>, Omit<ComponentPropsWithRef<'tr'>, 'className'> {
  readonly row: NeighbourRow
}

/** One neighbour. State: `data-neighbour`, `data-selected`. */
export function NeighbourListRow({ row, ...theirs }: NeighbourListRowProps): ReactElement {
  const model = useNeighbourListModel()
  const { format } = useNeighbourListWords()
  const isSelected = model.isSelected(row)
  const { open, getCellProps } = model
  const called = row.name ?? row.id
  const children = (
    <>
      <th {...getCellProps(row, 'name')}>
        {model.canSelect ? <Icon className="crm-neighbours-box" size={14} path={isSelected ? BOX + CHECK : BOX} /> : null}
        {open === null ? (
          <span className="crm-segments-words">{called}</span>
        ) : (
          <button
            type="button"
            className="crm-segments-words crm-neighbours-open"
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation()
              open(row, { reason: 'press', event })
            }}
          >
            {called}
          </button>
        )}
        {row.name === null ? null : <span className="crm-note crm-neighbours-id">{row.id}</span>}
      </th>
      <td {...getCellProps(row, 'similarity')}>
        <span className="crm-row crm-neighbours-similarity">
          <SimilarityBar similarity={row.similarity} most={model.mostSimilar} />
          {format.number(row.similarity, 2, 2)}
        </span>
      </td>
      <td {...getCellProps(row, 'common')}>{format.number(row.common)}</td>
      <td {...getCellProps(row, 'partners')}>{format.number(row.partners)}</td>
    </>
  )
  return renderPart('tr', { ...model.getRowProps(row), children }, theirs, { isSelected })
}

/** Height of a bar, px. */
const BAR = 8

/** A similarity on a track from 0 to `most`; below 0 it is drawn hollow, from the same side. */
function SimilarityBar({ similarity, most }: { readonly similarity: number; readonly most: number }): ReactElement {
  const isMirrored = useCrmSettings().direction === 'rtl'
  const width = Math.min(Math.abs(similarity) / most, 1) * 100
  return (
    <svg className="crm-bars" height={BAR} aria-hidden="true" focusable="false">
      <rect width="100%" height={BAR} rx="1" />
      <rect data-of={similarity < 0 ? 'unlike' : 'alike'} x={`${isMirrored ? 100 - width : 0}%`} width={`${width}%`} height={BAR} rx="1" />
    </svg>
  )
}
