'use client'
import { HeatmapRect } from '@visx/heatmap'
import { Fragment, useId } from 'react'
import type { ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { RfmGridCell } from './RfmGridCell.tsx'
import type { RfmGridCellProps } from './RfmGridCell.tsx'
import { useRfmGridModel } from './RfmGridContext.ts'
import type { RfmGridCellData, RfmGridRow, RfmGridTable } from './rfmGridModel.ts'
import { useRfmGridTitle } from './RfmGridTitle.tsx'
import { useRfmGridWords } from './useRfmGridWords.ts'

export interface RfmGridPlotProps {
  /** A cell of your own instead of {@link RfmGridCell}. */
  readonly renderCell?: (props: RfmGridCellProps) => ReactElement
}

/** Letters under the columns, all as wide as the widest, that a telephone's width holds: 252 px at 6.3 px each. */
const LETTERS_IN_A_ROW = 40

/**
 * The heat grid: one SVG with role `grid`.
 *
 * All places are percentages of an element that CSS sizes, so it fits any column without measuring: text keeps its
 * size, the server draws the same picture, and nothing jumps. The headings are drawn in the margins of the element,
 * because `calc()` on a nested `svg` is not the same in all browsers.
 */
export function RfmGridPlot({ renderCell }: RfmGridPlotProps): ReactElement | null {
  const { table } = useRfmGridModel()
  return table === null ? null : <Plot table={table} renderCell={renderCell ?? ((props) => <RfmGridCell {...props} />)} />
}

function Plot({ table, renderCell }: { readonly table: RfmGridTable } & Required<RfmGridPlotProps>): ReactElement {
  const model = useRfmGridModel()
  const { direction } = useCrmSettings()
  const { words, text } = useRfmGridWords()
  const title = useRfmGridTitle()
  const helpId = useId()
  // Colons of React 18 ids do not survive in url(#…).
  const hatchId = `crm-hatch-${useId().replace(/\W/g, '')}`
  const { columns, rows } = table
  const binWidth = 100 / columns.length
  const binHeight = 100 / rows.length
  const left = (column: number): number => (direction === 'rtl' ? columns.length - 1 - column : column) * binWidth
  const label = text(words.gridLabel, { title, rows: rows.length, columns: columns.length })
  const isTight = columns.length * Math.max(...columns.map(({ rangeText }) => rangeText.length)) >= LETTERS_IN_A_ROW
  const data = columns.map((_, column) => ({ bins: rows.map((row) => row.cells[column]!) }))
  return (
    <>
      <svg className="crm-heat" data-rows={rows.length} data-columns={columns.length} data-tight={isTight || undefined} {...model.getGridProps(label)} aria-describedby={helpId}>
        <defs>
          <pattern id={hatchId} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className="crm-hatch-ground" width="6" height="6" />
            <line className="crm-hatch-line" x1="0" y1="0" x2="0" y2="6" />
          </pattern>
        </defs>
        <svg y="100%" height="42" {...model.getHeadRowProps()}>
          {columns.map((heading, column) => {
            const middle = `${left(column) + binWidth / 2}%`
            return (
              <g key={heading.score} {...model.getColumnHeadingProps(column)}>
                <text className="crm-heat-range" x={middle} y="18" textAnchor="middle">{heading.rangeText}</text>
                <text className="crm-heat-score" x={middle} y="34" textAnchor="middle">{heading.scoreText}</text>
              </g>
            )
          })}
        </svg>
        <HeatmapRect<(typeof data)[number], RfmGridCellData>
          data={data}
          bins={(column) => column.bins}
          count={(cell) => cell.value ?? 0}
          xScale={left}
          yScale={(row) => row * binHeight}
          binWidth={binWidth}
          binHeight={binHeight}
          gap={0}
        >
          {(heatmap) =>
            // The picture comes by columns; a grid is read by rows.
            rows.map((row, index) => (
              <svg key={row.heading.score} y={`${index * binHeight}%`} height={`${binHeight}%`} {...model.getRowProps(row)}>
                <RowHeading row={row} isMirrored={direction === 'rtl'} />
                {heatmap.map((column) => {
                  const { x, width, bin } = column[index]!
                  return <Fragment key={bin.r}>{renderCell({ cell: bin, hatchId, x: `${x}%`, width: `${width}%` })}</Fragment>
                })}
              </svg>
            ))
          }
        </HeatmapRect>
      </svg>
      <p id={helpId} hidden>{words.gridHelp}</p>
    </>
  )
}

function RowHeading({ row, isMirrored }: { readonly row: RfmGridRow; readonly isMirrored: boolean }): ReactElement {
  const model = useRfmGridModel()
  // In the margin beside the cells. `end` follows the direction, so it is the side of the cells in both.
  const place = { x: isMirrored ? '100%' : '0%', dx: isMirrored ? 10 : -10, textAnchor: 'end' } as const
  return (
    <g {...model.getRowHeadingProps(row)}>
      <text className="crm-heat-range" y="50%" dy="-0.1em" {...place}>{row.heading.rangeText}</text>
      <text className="crm-heat-score" y="50%" dy="1.15em" {...place}>{row.heading.scoreText}</text>
    </g>
  )
}
