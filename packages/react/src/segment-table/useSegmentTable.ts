'use client'
import type { FocusEvent, KeyboardEvent, MouseEvent, SyntheticEvent } from 'react'
import { useMemo, useState } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import type { ChangeDetails } from '../shared/changeDetails.ts'
import { nextPlace } from '../shared/rovingFocus.ts'
import type { CellPlace } from '../shared/rovingFocus.ts'
import { useControlled } from '../shared/useControlled.ts'
import { DEFAULT_SEGMENT_COLUMNS, SHARE_COLUMNS, segmentColumns } from './segmentColumns.ts'
import type { SegmentColumn, SegmentColumnId } from './segmentColumns.ts'
import type { SegmentRow } from './segmentRows.ts'
import { nextSort, sortSegments } from './sortSegments.ts'
import type { SegmentSort } from './sortSegments.ts'
import { useSegments } from './useSegments.ts'
import type { SegmentsModel, UseSegmentsOptions } from './useSegments.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

/** Figures, bars of the two shares, or figures with bars between. */
export type SegmentTableView = 'table' | 'picture' | 'both'

export type SegmentSortChange = ChangeDetails<'heading' | 'code'>

export interface UseSegmentTableOptions extends UseSegmentsOptions {
  /** Controlled by `view`, else starts at `defaultView`, `both`. */
  readonly view?: SegmentTableView | undefined
  readonly defaultView?: SegmentTableView | undefined
  readonly onViewChange?: ((view: SegmentTableView) => void) | undefined
  /** `null` = the order of the map. Controlled by `sort`, else starts at `defaultSort`, `null`. */
  readonly sort?: SegmentSort | null | undefined
  readonly defaultSort?: SegmentSort | null | undefined
  readonly onSortChange?: ((sort: SegmentSort | null, change: SegmentSortChange) => void) | undefined
  /** Figures of the table, in this order. The picture always shows the two shares. Default: all but `timesAverage`. */
  readonly columns?: readonly SegmentColumnId[] | undefined
}

/** The scale that all bars share, 0 always on it. */
export interface ShareScale {
  /** 0 or less. */
  readonly min: number
  readonly max: number
}

type Props = Readonly<Record<string, unknown>>

/** State of one segment table, its rows and columns, and the props that make any markup an accessible grid. */
export interface SegmentTableModel extends SegmentsModel {
  readonly view: SegmentTableView
  readonly setView: (view: SegmentTableView) => void
  /** False where the host holds `view` and listens to no change: a control would do nothing. */
  readonly canSetView: boolean
  readonly sort: SegmentSort | null
  readonly setSort: (sort: SegmentSort | null, event?: SyntheticEvent) => void
  /** In the order of `sort`. */
  readonly rows: readonly SegmentRow[]
  /** Columns of this view; `name` is the first. */
  readonly columns: readonly SegmentColumn[]
  /** The column that the bars stand before, or `end`; null when none are drawn. */
  readonly barsBefore: SegmentColumn['id'] | 'end' | null
  readonly scale: ShareScale
  /** The cell that holds the one tab stop. Row 0 is the heading, the last row the totals. */
  readonly active: CellPlace
  /** What a live region says after the order changed. */
  readonly announcement: string
  /** For the element with role `grid`. `label` is its accessible name. */
  readonly getGridProps: (label: string) => Props
  readonly getHeadRowProps: () => Props
  readonly getHeadCellProps: (column: SegmentColumn) => Props
  readonly getSortButtonProps: (column: SegmentColumn) => Props
  readonly getRowProps: (row: SegmentRow) => Props
  readonly getCellProps: (row: SegmentRow, column: SegmentColumn) => Props
  readonly getTotalRowProps: () => Props
  readonly getTotalCellProps: (column: SegmentColumn) => Props
}

/**
 * The segment table without markup: figures, choice of groups, view and order, selection, one roving tab stop.
 *
 * @example
 * const table = useSegmentTable({ request: { spec }, onSelectionChange: (selection) => setSelection(selection) })
 */
export function useSegmentTable(options: UseSegmentTableOptions): SegmentTableModel {
  const { onViewChange, onSortChange, columns: asked = DEFAULT_SEGMENT_COLUMNS } = options
  const { direction } = useCrmSettings()
  const tools = useSegmentTableWords()
  const model = useSegments(options)
  const { result, group, segments, selection, isSelected, canSelect, select, clearSelection } = model
  const [view, setOwnView] = useControlled(options.view, options.defaultView ?? 'both')
  const [sort, setOwnSort] = useControlled(options.sort, options.defaultSort ?? null)
  const [announcement, setAnnouncement] = useState('')
  const [focused, setFocused] = useState<CellPlace>({ row: 1, column: 0 })

  const rows = useMemo(() => sortSegments(segments, sort, tools.format.locale), [segments, sort, tools])
  const askedKey = asked.join()
  const columns = useMemo(() => {
    const ids = view === 'picture' ? SHARE_COLUMNS : (askedKey.split(',') as SegmentColumnId[])
    return result === null ? [] : segmentColumns(tools, ids, group, segments, result)
  }, [view, askedKey, tools, group, segments, result])
  const scale = useMemo(() => {
    const shares = segments.flatMap((row) => [row.shareOfCustomers ?? 0, row.shareOfRevenue ?? 0])
    return { min: Math.min(0, ...shares), max: Math.max(0, ...shares) }
  }, [segments])

  const lastRow = rows.length + 1
  const active = { row: Math.min(focused.row, lastRow), column: Math.min(focused.column, columns.length - 1) }
  const setSort = (next: SegmentSort | null, event?: SyntheticEvent): void => {
    setOwnSort(next)
    onSortChange?.(next, event ? { reason: 'heading', event } : { reason: 'code', event: null })
    const field = columns.find(({ id }) => id === next?.column)?.header ?? ''
    const { sortedAscending, sortedDescending, sortedByMap } = tools.words
    setAnnouncement(next === null ? sortedByMap : tools.text(next.direction === 'ascending' ? sortedAscending : sortedDescending, { field }))
  }

  const onKeyDown = (event: KeyboardEvent<Element>): void => {
    if (event.altKey || event.defaultPrevented) return
    const row = rows[active.row - 1]
    if (event.key === 'Escape') {
      if (selection === null) return
      // Handled here: a dialog around the table stays open.
      event.preventDefault()
      event.stopPropagation()
      clearSelection(event)
    } else if ((event.key === 'Enter' || event.key === ' ') && active.row > 0) {
      event.preventDefault()
      if (row) select(row, { reason: 'key', event })
    } else {
      const next = nextPlace(active, event, lastRow + 1, columns.length, direction)
      if (next === null) return
      event.preventDefault()
      setFocused(next)
      event.currentTarget.querySelector<HTMLElement>(`[data-place="${next.row},${next.column}"]`)?.focus()
    }
  }

  const columnIndex = ({ id }: SegmentColumn): number => columns.findIndex((column) => column.id === id)
  /** A cell that keys reach: its place, and the tab stop where it is the active one. */
  const placed = (row: number, column: number): Props => ({
    'data-place': `${row},${column}`,
    tabIndex: row === active.row && column === active.column ? 0 : -1,
    onFocus: (event: FocusEvent) => {
      if (event.target === event.currentTarget) setFocused({ row, column })
    },
  })
  const cellProps = (row: number, column: SegmentColumn): Props => {
    const at = columnIndex(column)
    return { role: at === 0 ? 'rowheader' : 'gridcell', 'aria-colindex': at + 1, 'data-align': at === 0 ? undefined : 'end', ...placed(row, at) }
  }

  return {
    ...model,
    view,
    setView: (next) => {
      setOwnView(next)
      onViewChange?.(next)
    },
    canSetView: options.view === undefined || onViewChange !== undefined,
    sort,
    setSort,
    rows,
    columns,
    barsBefore: barsBefore(view, columns),
    scale,
    active,
    announcement,
    getGridProps: (label) => ({ role: 'grid', 'aria-label': label, 'aria-rowcount': lastRow + 1, 'aria-colcount': columns.length, onKeyDown }),
    getHeadRowProps: () => ({ role: 'row', 'aria-rowindex': 1 }),
    getHeadCellProps: (column) => ({
      role: 'columnheader',
      'aria-colindex': columnIndex(column) + 1,
      'aria-sort': sort?.column === column.id ? sort.direction : 'none',
      'data-align': column.id === 'name' ? undefined : 'end',
      'data-sorted': sort?.column === column.id ? sort.direction : undefined,
    }),
    getSortButtonProps: (column) => ({ ...placed(0, columnIndex(column)), onClick: (event: MouseEvent) => setSort(nextSort(sort, column.id), event) }),
    getRowProps: (row) => {
      const isEmpty = row.customers === 0
      return {
        role: 'row',
        'aria-rowindex': rows.indexOf(row) + 2,
        'aria-selected': isEmpty || !canSelect ? undefined : isSelected(row),
        'aria-disabled': isEmpty || undefined,
        'data-segment': row.id,
        'data-selected': isSelected(row) || undefined,
        'data-empty': isEmpty || undefined,
        'data-fixed': !canSelect || undefined,
        onClick: (event: MouseEvent) => {
          // A click that ends a selection of text is not meant to choose anything.
          if (event.currentTarget.ownerDocument.getSelection()?.isCollapsed !== false) select(row, { reason: 'press', event })
        },
      }
    },
    getCellProps: (row, column) => cellProps(rows.indexOf(row) + 1, column),
    getTotalRowProps: () => ({ role: 'row', 'aria-rowindex': lastRow + 1 }),
    getTotalCellProps: (column) => cellProps(lastRow, column),
  }
}

/** Between the two shares where they stand side by side, else after all figures. */
function barsBefore(view: SegmentTableView, columns: readonly SegmentColumn[]): SegmentTableModel['barsBefore'] {
  if (view === 'table') return null
  const [first, second] = SHARE_COLUMNS.map((id) => columns.findIndex((column) => column.id === id))
  return view === 'both' && first! > 0 && second === first! + 1 ? columns[second]!.id : 'end'
}
