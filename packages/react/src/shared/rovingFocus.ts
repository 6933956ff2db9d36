/** Place of a cell, from 0, in reading order of the drawn grid. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** The keys of an ARIA grid. */
export interface GridKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/**
 * Where a key moves the focus in a grid of `rows` x `columns`, or null when the key moves nothing.
 *
 * Columns count from the side where reading starts, so under `rtl` the left arrow goes to the next column.
 *
 * @see ARIA Authoring Practices, grid pattern
 */
export function nextPlace(from: CellPlace, pressed: GridKey, rows: number, columns: number, direction: 'ltr' | 'rtl'): CellPlace | null {
  const { row, column } = from
  const toGridEdge = pressed.ctrlKey || pressed.metaKey
  const inside = (value: number, count: number): number => Math.min(Math.max(value, 0), count - 1)
  switch (pressed.key) {
    case 'ArrowUp': return { row: inside(row - 1, rows), column }
    case 'ArrowDown': return { row: inside(row + 1, rows), column }
    case 'ArrowLeft': return { row, column: inside(column + (direction === 'rtl' ? 1 : -1), columns) }
    case 'ArrowRight': return { row, column: inside(column + (direction === 'rtl' ? -1 : 1), columns) }
    case 'Home': return { row: toGridEdge ? 0 : row, column: 0 }
    case 'End': return { row: toGridEdge ? rows - 1 : row, column: columns - 1 }
    case 'PageUp': return { row: 0, column }
    case 'PageDown': return { row: rows - 1, column }
    default: return null
  }
}
