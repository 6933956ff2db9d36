'use client'
import type { ReactElement, SVGProps } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useRfmGridModel } from './RfmGridContext.ts'
import type { RfmGridCellData } from './rfmGridModel.ts'

export interface RfmGridCellState {
  readonly isSelected: boolean
  readonly isEmpty: boolean
  readonly segment: string | null
  /** 0..7 */
  readonly step: number | null
}

export interface RfmGridCellProps extends PartProps<RfmGridCellState>, Omit<SVGProps<SVGSVGElement>, 'className'> {
  readonly cell: RfmGridCellData
  /** Id of the pattern that fills empty cells. */
  readonly hatchId: string
}

/**
 * One cell: an SVG element with role `gridcell`, whose accessible name holds every number of the cell. State:
 * `data-step`, `data-segment`, `data-selected`, `data-empty`. Children replace what is drawn inside.
 */
export function RfmGridCell({ cell, hatchId, ...theirs }: RfmGridCellProps): ReactElement {
  const model = useRfmGridModel()
  const isSelected = model.isSelected(cell)
  const isEmpty = cell.customers === 0
  const children = (
    <>
      <rect className="crm-cell-ground" x="1" y="1" width="99%" height="98%" {...(isEmpty ? { fill: `url(#${hatchId})` } : {})} />
      {isEmpty ? null : (
        // The name of the cell begins with these words, and says the rest too.
        <g aria-hidden="true">
          <text className="crm-cell-value" x="50%" y="50%" textAnchor="middle" dy="0.36em">{`${cell.text} `}</text>
          <text className="crm-cell-value crm-cell-short" x="50%" y="50%" textAnchor="middle" dy="0.36em">{`${cell.shortText} `}</text>
          <text className="crm-cell-segment" x="50%" y="50%" textAnchor="middle" dy="1.4em">{cell.segmentText}</text>
        </g>
      )}
      <rect className="crm-cell-ring" x="2" y="2" width="98%" height="96%" />
      {isSelected ? <path className="crm-cell-check" d="M11 16l3.5 3.5 6.5-7.5" /> : null}
    </>
  )
  return renderPart(
    'svg',
    { ...model.getCellProps(cell), className: 'crm-cell', height: '100%', children },
    theirs,
    { isSelected, isEmpty, segment: cell.segment?.id ?? null, step: cell.step },
  )
}
