'use client'
import { memo, useId } from 'react'
import type { ComponentType, ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import type { RfmScatterBin, RfmScatterLine, RfmScatterView } from './rfmScatterModel.ts'
import { useRfmScatterTitle } from './RfmScatterTitle.tsx'
import { RfmScatterList } from './RfmScatterList.tsx'
import { outlineOf, rectangleOf } from './scatterSelection.ts'
import type { ScatterRectangle } from './scatterSelection.ts'
import { useRfmScatterWords } from './useRfmScatterWords.ts'

/** Longest bar in the margins, px, and the space between it and the squares. */
const BAR = 22
const BAR_GAP = 4

/**
 * The picture: squares for many customers, points for few, the cut points of the spec as lines, everybody of a column
 * or a row as bars in the margins.
 *
 * As in the grid of scores all places are percentages of an element that CSS sizes, so it needs no measuring, text
 * keeps its size, and the server draws the same.
 */
export function RfmScatterPlot(): ReactElement | null {
  const model = useRfmScatterModel()
  const { direction } = useCrmSettings()
  const { words, text } = useRfmScatterWords()
  const title = useRfmScatterTitle()
  const helpId = useId()
  const { view, points, selected, active } = model
  if (view === null) return null
  const isMirrored = direction === 'rtl'
  const [columnCount, rowCount] = [view.x.bins, view.y.bins]
  return (
    <>
      <svg className="crm-heat crm-scatter" {...model.getAreaProps()}>
        <rect className="crm-scatter-ground" width="100%" height="100%" />
        {points === null ? (
          <g
            {...model.getGridProps(text(words.gridLabel, { title, rows: rowCount, columns: columnCount }))}
            aria-describedby={helpId}
            data-stale={model.status === 'stale' || undefined}
          >
            <ColumnBars columns={view.columns} isMirrored={isMirrored} />
            {view.bins.map((bins, row) => (
              <ScatterRow
                key={row}
                bins={bins}
                line={view.rows[row]!}
                row={row}
                rowCount={rowCount}
                isMirrored={isMirrored}
                activeColumn={active.row === row ? active.column : null}
                isSelected={selected.isSelected}
              />
            ))}
          </g>
        ) : (
          <>
            <Bars lines={view.columns} axis="x" isMirrored={isMirrored} />
            <Bars lines={view.rows} axis="y" isMirrored={isMirrored} />
          </>
        )}
        <Cuts view={view} isMirrored={isMirrored} />
        {points === null ? null : <RfmScatterList points={points} helpId={helpId} />}
        <Marks view={view} isMirrored={isMirrored} />
      </svg>
      <p id={helpId} hidden>
        {points === null ? words.gridHelp : words.pointsHelp}
      </p>
    </>
  )
}

/** What is selected, what is being drawn and what is pointed at. */
function Marks({ view, isMirrored }: { readonly view: RfmScatterView; readonly isMirrored: boolean }): ReactElement {
  const { selected, isAllSelected, draft, pointed, points } = useRfmScatterModel()
  const [columnCount, rowCount] = [view.x.bins, view.y.bins]
  const placeX = (column: number): number => (isMirrored ? columnCount - 1 - column : column)
  const boxOf = ({ left, right, top, bottom }: ScatterRectangle) => ({
    x: percent(Math.min(placeX(left), placeX(right)), columnCount),
    y: percent(top, rowCount),
    width: percent(right - left + 1, columnCount),
    height: percent(bottom - top + 1, rowCount),
  })
  // Each line has a halo, which keeps it apart from grounds of its own colour.
  const mark = (rectangle: ScatterRectangle, kind: 'selected' | 'draft' | 'pointed', byKey?: boolean): ReactElement => (
    <>
      <rect className="crm-scatter-mark" {...boxOf(rectangle)} />
      <rect className="crm-scatter-mark" {...boxOf(rectangle)} data-kind={kind} data-by-key={byKey || undefined} />
    </>
  )
  return (
    <g aria-hidden="true">
      {isAllSelected ? null : selected.rectangle !== null ? (
        mark(selected.rectangle, 'selected')
      ) : (
        outlineOf(selected, placeX).map(({ x1, y1, x2, y2 }) => (
          <line
            key={`${x1} ${y1} ${x2} ${y2}`}
            className="crm-scatter-mark"
            data-kind="selected"
            x1={percent(x1, columnCount)}
            y1={percent(y1, rowCount)}
            x2={percent(x2, columnCount)}
            y2={percent(y2, rowCount)}
          />
        ))
      )}
      {draft === null ? null : mark(draft, 'draft')}
      {pointed === null || points !== null ? null : mark(rectangleOf(pointed.bin.place, pointed.bin.place), 'pointed', pointed.byKey)}
    </g>
  )
}

interface ColumnBarsProps {
  readonly columns: readonly RfmScatterLine[]
  readonly isMirrored: boolean
}

/** The head of the grid: a bar for each column, whose name tells its range and everybody in it. */
const ColumnBars: ComponentType<ColumnBarsProps> = memo(function ColumnBars({ columns, isMirrored }: ColumnBarsProps): ReactElement {
  return (
    <g role="row" aria-rowindex={1}>
      {columns.map((line, column) => (
        <g key={line.bin} role="columnheader" aria-colindex={column + 2}>
          <ColumnBar line={line} isNamed at={isMirrored ? columns.length - 1 - column : column} count={columns.length} />
        </g>
      ))}
    </g>
  )
})

interface BarProps {
  readonly line: RfmScatterLine
  readonly at: number
  readonly count: number
  /** In a heading: the bar is an image with a name, from which the heading has its own. */
  readonly isNamed?: boolean
}

function nameOf({ name }: RfmScatterLine, isNamed: boolean): { readonly role?: 'img'; readonly 'aria-label'?: string } {
  return isNamed ? { role: 'img', 'aria-label': name } : {}
}

function ColumnBar({ line, at, count, isNamed = false }: BarProps): ReactElement {
  const height = BAR * line.length
  return <rect className="crm-scatter-bar" {...nameOf(line, isNamed)} x={percent(at, count)} width={percent(1, count)} y={-BAR_GAP - height} height={height} />
}

function RowBar({ line, at, count, isMirrored, isNamed = false }: BarProps & { readonly isMirrored: boolean }): ReactElement {
  const width = BAR * line.length
  const place = isMirrored ? { x: -BAR_GAP - width } : { x: '100%', transform: `translate(${BAR_GAP} 0)` }
  return <rect className="crm-scatter-bar" {...nameOf(line, isNamed)} {...place} y={percent(at, count)} height={percent(1, count)} width={width} />
}

/** The same bars without a grid around: the points tell all that they tell. */
function Bars({ lines, axis, isMirrored }: { readonly lines: readonly RfmScatterLine[]; readonly axis: 'x' | 'y'; readonly isMirrored: boolean }): ReactElement {
  return (
    <g aria-hidden="true">
      {lines.map((line, at) =>
        axis === 'x' ? (
          <ColumnBar key={line.bin} line={line} at={isMirrored ? lines.length - 1 - at : at} count={lines.length} />
        ) : (
          <RowBar key={line.bin} line={line} at={at} count={lines.length} isMirrored={isMirrored} />
        ),
      )}
    </g>
  )
}

interface ScatterRowProps {
  readonly bins: readonly RfmScatterBin[]
  readonly line: RfmScatterLine
  readonly row: number
  readonly rowCount: number
  readonly isMirrored: boolean
  /** The column that Tab reaches, when it is in this row. */
  readonly activeColumn: number | null
  readonly isSelected: (place: RfmScatterBin['place']) => boolean
}

/** A row of squares. Memoised: a key press draws two rows anew, not six hundred squares. */
const ScatterRow: ComponentType<ScatterRowProps> = memo(function ScatterRow({ bins, line, row, rowCount, isMirrored, activeColumn, isSelected }: ScatterRowProps): ReactElement {
  return (
    <g role="row" aria-rowindex={row + 2}>
      <g role="rowheader" aria-colindex={1}>
        <RowBar line={line} isNamed at={row} count={rowCount} isMirrored={isMirrored} />
      </g>
      {bins.map((bin, column) => (
        <rect
          key={column}
          className="crm-bin"
          x={percent(isMirrored ? bins.length - 1 - column : column, bins.length)}
          y={percent(row, rowCount)}
          width={percent(1, bins.length)}
          height={percent(1, rowCount)}
          {...getRfmScatterBinProps(bin, column === activeColumn, isSelected(bin.place))}
        />
      ))}
    </g>
  )
})

/** Role, name and state of one square, for markup of your own inside of `getGridProps`. */
export function getRfmScatterBinProps(bin: RfmScatterBin, isActive: boolean, isSelected: boolean): Readonly<Record<string, unknown>> {
  const isEmpty = bin.customers === 0
  return {
    role: 'gridcell',
    'aria-colindex': bin.place.column + 2,
    'aria-label': bin.name,
    'aria-selected': isEmpty ? undefined : isSelected,
    tabIndex: isActive ? 0 : -1,
    'data-place': `${bin.place.row},${bin.place.column}`,
    'data-step': bin.step ?? undefined,
  }
}

/** Cut points as lines, the scores between them, and the labels of both axes. */
function Cuts({ view, isMirrored }: { readonly view: RfmScatterView; readonly isMirrored: boolean }): ReactElement {
  const { ticks, bands } = view
  const left = (position: number): string => `${(isMirrored ? 1 - position : position) * 100}%`
  const top = (position: number): string => `${(1 - position) * 100}%`
  const end = isMirrored ? -1 : 1
  const beyond = BAR_GAP + BAR
  return (
    <>
      <g aria-hidden="true">
        {view.lines.x.map((position) => (
          <line key={position} className="crm-scatter-cut" x1={left(position)} x2={left(position)} y1={-beyond} y2="100%" />
        ))}
        {view.lines.y.map((position) => (
          <line key={position} className="crm-scatter-cut" x1="0" x2="100%" y1={top(position)} y2={top(position)} />
        ))}
      </g>
      {bands.x.map(({ from, to, text, isMinor }) => (
        <text key={from} className="crm-heat-score" data-minor={isMinor || undefined} x={left((from + to) / 2)} y={-beyond - 5} textAnchor="middle">{text}</text>
      ))}
      {bands.y.map(({ from, to, text }) => (
        <text key={from} className="crm-heat-score" x={isMirrored ? '0%' : '100%'} y={top((from + to) / 2)} dx={end * (beyond + 5)} dy="0.36em" textAnchor="start">{text}</text>
      ))}
      {ticks.x.map(({ position, text, isCut, isMinor }) => (
        <text key={position} className="crm-heat-range" data-cut={isCut || undefined} data-minor={isMinor || undefined} x={left(position)} y="100%" dy="1.5em" textAnchor="middle">{text}</text>
      ))}
      {ticks.y.map(({ position, text, isCut }) => (
        <text key={position} className="crm-heat-range" data-cut={isCut || undefined} x={isMirrored ? '100%' : '0%'} y={top(position)} dx={end * -8} dy="0.36em" textAnchor="end">{text}</text>
      ))}
    </>
  )
}

function percent(part: number, count: number): string {
  return `${(part * 100) / count}%`
}
