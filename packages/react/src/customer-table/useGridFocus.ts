'use client'
import { useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent, RefObject } from 'react'
import type { CellPlace } from '../shared/rovingFocus.ts'
import { useSafeLayoutEffect } from '../shared/useSafeLayoutEffect.ts'
import { moveInGrid } from './gridFocus.ts'

export interface GridFocusOptions {
  readonly grid: RefObject<HTMLElement | null>
  /** Rows with the heading. */
  readonly rows: number
  readonly columns: number
  readonly pageRows: () => number
  readonly direction: 'ltr' | 'rtl'
  /** Brings a row into view; row 0 is the heading. Its cells exist after the next render. */
  readonly onReveal: (row: number) => void
}

export interface GridFocus {
  /** The one cell that Tab reaches. */
  readonly active: CellPlace
  /** Makes another cell the active one; the focus follows if it is in the body of the grid. */
  readonly reset: () => void
  /** @returns true when the key moved the focus */
  readonly onKeyDown: (event: KeyboardEvent) => boolean
  readonly onFocus: (event: FocusEvent) => void
}

/**
 * One tab stop for a grid of any length. The active row is always rendered, so the focus outlives scrolling; a key
 * that leads to a row not rendered renders it first and then moves the focus.
 */
export function useGridFocus({ grid, rows, columns, pageRows, direction, onReveal }: GridFocusOptions): GridFocus {
  const [chosen, setChosen] = useState<CellPlace>({ row: 1, column: 0 })
  const mustFocus = useRef(false)
  const active = { row: Math.max(0, Math.min(chosen.row, rows - 1)), column: Math.max(0, Math.min(chosen.column, columns - 1)) }

  useSafeLayoutEffect(() => {
    if (!mustFocus.current) return
    const cell = cellAt(grid.current, active)
    if (cell === null) return
    mustFocus.current = false
    const target = cell.querySelector<HTMLElement>('[data-cell-focus]') ?? cell
    // The row is scrolled to by the virtualizer, which knows where it will stand; here only the column.
    target.focus({ preventScroll: true })
    revealColumn(grid.current, cell)
  })

  return {
    active,
    reset: () => {
      const isInBody = grid.current?.querySelector('[data-index]:focus-within') != null
      if (isInBody) mustFocus.current = true
      setChosen((place) => (place.row === 0 ? place : { row: 1, column: place.column }))
    },
    onKeyDown: (event) => {
      const next = moveInGrid(active, event, { rows, columns, pageRows: pageRows(), direction })
      if (next === null) return false
      event.preventDefault()
      mustFocus.current = true
      setChosen(next)
      onReveal(next.row)
      return true
    },
    onFocus: (event) => {
      const place = placeOf(event.target)
      if (place !== null && (place.row !== active.row || place.column !== active.column)) setChosen(place)
    },
  }
}

/** Row and column of the cell that holds an element. */
export function placeOf(element: Element): CellPlace | null {
  const column = element.closest('[data-column-index]')?.getAttribute('data-column-index')
  const row = element.closest('[data-row]')?.getAttribute('data-row')
  return column == null || row == null ? null : { row: Number(row), column: Number(column) }
}

function cellAt(grid: HTMLElement | null, { row, column }: CellPlace): HTMLElement | null {
  return grid?.querySelector<HTMLElement>(`[data-row="${row}"] [data-column-index="${column}"]`) ?? null
}

/** Scrolls sideways until a cell is clear of the fixed first column and of the edge. */
function revealColumn(grid: HTMLElement | null, cell: HTMLElement): void {
  const fixed = cell.parentElement?.firstElementChild
  if (grid === null || fixed == null || fixed === cell) return
  const room = grid.getBoundingClientRect()
  const box = cell.getBoundingClientRect()
  const first = fixed.getBoundingClientRect()
  const isRtl = first.left > box.left
  const left = isRtl ? room.left : first.right
  const right = isRtl ? first.left : room.right
  if (box.left < left) grid.scrollLeft -= left - box.left
  else if (box.right > right) grid.scrollLeft += box.right - right
}
