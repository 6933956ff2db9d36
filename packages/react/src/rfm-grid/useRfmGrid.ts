'use client'
import type { Answer, Selection } from '@crm/core/adapter'
import { rfmGridOperation, selectRfmCells } from '@crm/core/rfm'
import type { RfmGridRequest, RfmGridResult, RfmPivotAxis } from '@crm/core/rfm'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent, MouseEvent, PointerEvent, SyntheticEvent } from 'react'
import { useOperation } from '../hooks/useOperation.ts'
import { useCrmSettings } from '../provider/context.ts'
import { useSegmentNames } from '../provider/useSegmentNames.ts'
import { nextPlace } from '../shared/rovingFocus.ts'
import type { CellPlace } from '../shared/rovingFocus.ts'
import { useControlled } from '../shared/useControlled.ts'
import { widgetStatus } from '../shared/widgetState.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { rfmGridTable } from './rfmGridModel.ts'
import type { RfmGridOperation } from './rfmGridQueryOptions.ts'
import type { RfmGridCellData, RfmGridMeasure, RfmGridRow, RfmGridTable } from './rfmGridModel.ts'
import { cellsInSelection } from './selectedCells.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'
import type { WordTools } from './useRfmGridWords.ts'

export interface RfmGridSelectionChange {
  /** `press` by mouse or touch, `key` by keyboard, `clear` by Escape or a button. */
  readonly reason: 'press' | 'key' | 'clear'
  readonly event: SyntheticEvent | null
}

export interface UseRfmGridOptions {
  /** What to score, up to when, and among whom. */
  readonly request: RfmGridRequest
  /**
   * Default `rfmGridOperation`. Scoring by `nested`, `r-rfm`, `pymc-marketing` or `ntile` needs
   * `rfmGridFromTotalsOperation`, which reads a row per customer.
   */
  readonly operation?: RfmGridOperation | undefined
  /** What stands against recency. Controlled by `y`, else starts at `defaultY`, `f`. */
  readonly y?: RfmPivotAxis | undefined
  readonly defaultY?: RfmPivotAxis | undefined
  readonly onYChange?: ((y: RfmPivotAxis) => void) | undefined
  /** What the number in a cell is. Controlled by `measure`, else starts at `defaultMeasure`, `customers`. */
  readonly measure?: RfmGridMeasure | undefined
  readonly defaultMeasure?: RfmGridMeasure | undefined
  readonly onMeasureChange?: ((measure: RfmGridMeasure) => void) | undefined
  /** The choice of cells as the page's {@link Selection}; `null` is none. Controlled by `selection`. */
  readonly selection?: Selection | null | undefined
  readonly defaultSelection?: Selection | null | undefined
  readonly onSelectionChange?: ((selection: Selection | null, change: RfmGridSelectionChange) => void) | undefined
  /** False asks nothing yet. Default true. */
  readonly enabled?: boolean | undefined
  /** Shown, marked stale, until the first answer comes. */
  readonly placeholder?: Answer<RfmGridResult> | undefined
}

type Props = Readonly<Record<string, unknown>>

/** State of one RFM grid, its rows and cells, and the props that make any markup an accessible grid. */
export interface RfmGridModel {
  readonly status: WidgetStatus
  readonly request: RfmGridRequest
  readonly answer: Answer<RfmGridResult> | undefined
  readonly result: RfmGridResult | null
  /** null until there is a result. */
  readonly table: RfmGridTable | null
  readonly error: Error | null
  readonly isFetching: boolean
  readonly retry: () => void
  readonly y: RfmPivotAxis
  readonly setY: (y: RfmPivotAxis) => void
  readonly measure: RfmGridMeasure
  readonly setMeasure: (measure: RfmGridMeasure) => void
  /** False under `ntile`, whose scores no condition can tell apart. */
  readonly canSelect: boolean
  readonly selection: Selection | null
  readonly selectedCells: readonly RfmGridCellData[]
  readonly isSelected: (cell: RfmGridCellData) => boolean
  readonly clearSelection: (event?: SyntheticEvent) => void
  /** The cell that holds the one tab stop. */
  readonly active: CellPlace
  /** The cell under the mouse, or the one that keys moved to. */
  readonly pointed: RfmGridCellData | null
  /** For the element with role `grid`. `label` is its accessible name. */
  readonly getGridProps: (label: string) => Props
  /** For the row of column headings. */
  readonly getHeadRowProps: () => Props
  readonly getColumnHeadingProps: (column: number) => Props
  readonly getRowProps: (row: RfmGridRow) => Props
  readonly getRowHeadingProps: (row: RfmGridRow) => Props
  readonly getCellProps: (cell: RfmGridCellData) => Props
}

/**
 * The RFM grid without markup: figures, choice of axis and measure, selection, one roving tab stop.
 *
 * @example
 * const grid = useRfmGrid({ request: { spec }, onSelectionChange: (selection) => setSelection(selection) })
 */
export function useRfmGrid(options: UseRfmGridOptions): RfmGridModel {
  const { request, onYChange, onMeasureChange, onSelectionChange, enabled, placeholder } = options
  const { direction } = useCrmSettings()
  const tools = useRfmGridWords()
  const segmentName = useSegmentNames()
  const operation = useOperation((options.operation ?? rfmGridOperation) as typeof rfmGridOperation, request, {
    ...(enabled === undefined ? {} : { enabled }),
    ...(placeholder === undefined ? {} : { placeholder }),
  })
  const [y, setOwnY] = useControlled(options.y, options.defaultY ?? 'f')
  const [measure, setOwnMeasure] = useControlled(options.measure, options.defaultMeasure ?? 'customers')
  const [selection, setOwnSelection] = useControlled(options.selection, options.defaultSelection ?? null)

  const status = widgetStatus(operation, (grid) => (grid.totals.customers > 0 ? null : grid.selection === null ? 'empty' : 'noMatch'))
  const result = operation.answer && status !== 'forbidden' ? operation.answer.data : null
  const canSelect = result?.spec.scoring.method !== 'ntile'
  const table = useMemo(
    () => (result === null ? null : rfmGridTable(tools, result, y, measure, segmentName)),
    [tools, result, y, measure, segmentName],
  )
  const selectedCells = useMemo(() => {
    if (table === null || result === null) return []
    const isInside = cellsInSelection(result, y, selection)
    return table.rows.flatMap(({ cells }) => cells.filter((cell) => cell.customers > 0 && isInside(cell.r, cell.y)))
  }, [table, result, y, selection])

  const [focused, setFocused] = useState<CellPlace>({ row: 0, column: 0 })
  const [pointedPlace, setPointed] = useState<CellPlace | null>(null)
  const anchor = useRef<CellPlace | null>(null)
  const rowCount = table?.rows.length ?? 0
  const columnCount = table?.columns.length ?? 0
  const active = { row: Math.min(focused.row, Math.max(rowCount - 1, 0)), column: Math.min(focused.column, Math.max(columnCount - 1, 0)) }
  const cellAt = (place: CellPlace | null): RfmGridCellData | null => (place === null ? null : (table?.rows[place.row]?.cells[place.column] ?? null))

  const changeSelection = useCallback(
    (next: Selection | null, change: RfmGridSelectionChange) => {
      setOwnSelection(next)
      onSelectionChange?.(next, change)
    },
    [setOwnSelection, onSelectionChange],
  )
  const clearSelection = useCallback((event?: SyntheticEvent) => changeSelection(null, { reason: 'clear', event: event ?? null }), [changeSelection])

  const isSelected = (cell: RfmGridCellData): boolean => selectedCells.includes(cell)
  const pick = (cell: RfmGridCellData, event: MouseEvent | KeyboardEvent, reason: 'press' | 'key'): void => {
    if (cell.customers === 0 || table === null || result === null || !canSelect) return
    let cells: readonly RfmGridCellData[]
    if (event.shiftKey && anchor.current !== null) {
      cells = cellsBetween(table, anchor.current, cell.place)
    } else if (event.ctrlKey || event.metaKey) {
      cells = isSelected(cell) ? selectedCells.filter((one) => one !== cell) : [...selectedCells, cell]
      anchor.current = cell.place
    } else {
      cells = isSelected(cell) && selectedCells.length === 1 ? [] : [cell]
      anchor.current = cell.place
    }
    if (cells.length === 0) changeSelection(null, { reason: 'clear', event })
    else changeSelection(selectionOf(tools, result, y, table, cells), { reason, event })
  }

  const onGridKeyDown = (event: KeyboardEvent<Element>): void => {
    if (table === null || event.altKey) return
    if (event.key === 'Escape') {
      setPointed(null)
      if (selection === null) return
      // Handled here: a dialog around the grid stays open.
      event.preventDefault()
      event.stopPropagation()
      clearSelection(event)
      return
    }
    if (event.key === 'Enter' || event.key === ' ') {
      const cell = cellAt(active)
      event.preventDefault()
      if (cell) pick(cell, event, 'key')
      return
    }
    const next = nextPlace(active, event, rowCount, columnCount, direction)
    if (next === null) return
    event.preventDefault()
    setFocused(next)
    setPointed(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-place="${placeKey(next)}"]`)?.focus()
  }

  return {
    status,
    request,
    answer: operation.answer,
    result,
    table,
    error: operation.error,
    isFetching: operation.isFetching,
    retry: operation.retry,
    y,
    setY: (next) => {
      setOwnY(next)
      onYChange?.(next)
    },
    measure,
    setMeasure: (next) => {
      setOwnMeasure(next)
      onMeasureChange?.(next)
    },
    canSelect,
    selection,
    selectedCells,
    isSelected,
    clearSelection,
    active,
    pointed: cellAt(pointedPlace),
    getGridProps: (label) => ({
      role: 'grid',
      'aria-label': label,
      'aria-rowcount': rowCount + 1,
      'aria-colcount': columnCount + 1,
      'aria-multiselectable': canSelect || undefined,
      onKeyDown: onGridKeyDown,
      onPointerLeave: () => setPointed(null),
      onBlur: (event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setPointed(null)
      },
    }),
    getHeadRowProps: () => ({ role: 'row', 'aria-rowindex': 1 }),
    getColumnHeadingProps: (column) => ({ role: 'columnheader', 'aria-colindex': column + 2, 'aria-label': table?.columns[column]?.name }),
    getRowProps: (row) => ({ role: 'row', 'aria-rowindex': (row.cells[0]?.place.row ?? 0) + 2 }),
    getRowHeadingProps: (row) => ({ role: 'rowheader', 'aria-colindex': 1, 'aria-label': row.heading.name }),
    getCellProps: (cell) => {
      const isEmpty = cell.customers === 0
      return {
        role: 'gridcell',
        'aria-colindex': cell.place.column + 2,
        'aria-label': cell.name,
        'aria-selected': isEmpty || !canSelect ? undefined : isSelected(cell),
        'aria-disabled': isEmpty || undefined,
        tabIndex: cell.place.row === active.row && cell.place.column === active.column ? 0 : -1,
        'data-place': placeKey(cell.place),
        'data-r': cell.r,
        'data-y': cell.y,
        'data-step': cell.step ?? undefined,
        'data-segment': cell.segment?.id,
        'data-selected': isSelected(cell) || undefined,
        'data-empty': isEmpty || undefined,
        onClick: (event: MouseEvent) => pick(cell, event, 'press'),
        onFocus: (event: FocusEvent<Element>) => {
          setFocused(cell.place)
          if (event.currentTarget.matches(':focus-visible')) setPointed(cell.place)
        },
        onPointerEnter: (event: PointerEvent) => {
          if (event.pointerType !== 'touch') setPointed(cell.place)
        },
      }
    },
  }
}

function placeKey({ row, column }: CellPlace): string {
  return `${row},${column}`
}

function cellsBetween(table: RfmGridTable, from: CellPlace, to: CellPlace): RfmGridCellData[] {
  const [top, bottom] = [Math.min(from.row, to.row), Math.max(from.row, to.row)]
  const [first, last] = [Math.min(from.column, to.column), Math.max(from.column, to.column)]
  return table.rows.slice(top, bottom + 1).flatMap(({ cells }) => cells.slice(first, last + 1).filter((cell) => cell.customers > 0))
}

/** The cells as the page's Selection, named in words. */
function selectionOf({ words, text }: WordTools, result: RfmGridResult, y: RfmPivotAxis, table: RfmGridTable, cells: readonly RfmGridCellData[]): Selection {
  const [first] = cells
  const names = [...new Set(cells.flatMap(({ segmentText }) => (segmentText === '' ? [] : [segmentText])))]
  const segments = names.length <= 2 ? names.join(', ') : text(words.selectionMore, { segments: names.slice(0, 2).join(', '), count: names.length - 2 })
  const label =
    cells.length === 1 && first
      ? text(words.selectionCell, { segment: segments, r: table.columns[first.place.column]!.valueText, y: table.rows[first.place.row]!.heading.valueText })
      : text(words.selectionCells, { cells: text(words.cells, { count: cells.length }), segments })
  return selectRfmCells(result, { cells: cells.map((cell) => ({ r: cell.r, [y]: cell.y })) }, label)
}
