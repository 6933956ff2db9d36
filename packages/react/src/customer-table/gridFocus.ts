import { nextPlace } from '../shared/rovingFocus.ts'
import type { CellPlace, GridKey } from '../shared/rovingFocus.ts'

/** Size of the grid, the heading row (row 0) included. `pageRows` is what fits the viewport. */
export interface GridExtent {
  readonly rows: number
  readonly columns: number
  readonly pageRows: number
  readonly direction: 'ltr' | 'rtl'
}

/**
 * Where a key leads from a cell, or null when the key is none of the grid's. Row 0 is the heading.
 *
 * On top of the keys of every grid: Page Up and Page Down go by the viewport, Control + an arrow goes to the edge, and
 * Control + Home leads to the first customer rather than to the heading.
 */
export function moveInGrid(from: CellPlace, pressed: GridKey, { rows, columns, pageRows, direction }: GridExtent): CellPlace | null {
  const { key } = pressed
  const { row, column } = from
  const toEdge = pressed.ctrlKey || pressed.metaKey
  if (key === 'PageDown') return { row: Math.min(row + pageRows, rows - 1), column }
  if (key === 'PageUp') return { row: row <= 1 ? 0 : Math.max(1, row - pageRows), column }
  if (toEdge && key === 'Home') return { row: Math.min(1, rows - 1), column: 0 }
  const next = nextPlace(from, pressed, rows, columns, direction)
  if (next === null || !toEdge || !key.startsWith('Arrow')) return next
  if (key === 'ArrowDown') return { row: rows - 1, column }
  if (key === 'ArrowUp') return { row: 0, column }
  return { row, column: (key === 'ArrowRight') === (direction === 'ltr') ? columns - 1 : 0 }
}
