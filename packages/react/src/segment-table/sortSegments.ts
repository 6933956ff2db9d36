import type { SegmentColumnId, SegmentColumn } from './segmentColumns.ts'
import type { SegmentRow } from './segmentRows.ts'

/** Order of the rows; null in its place = the order of the map. */
export interface SegmentSort {
  readonly column: 'name' | SegmentColumnId
  readonly direction: 'ascending' | 'descending'
}

/** Rows in the order asked for. Equal values keep the order of the map; rows without a value come last either way. */
export function sortSegments(rows: readonly SegmentRow[], sort: SegmentSort | null, locale: string): readonly SegmentRow[] {
  if (sort === null) return rows
  const { column, direction } = sort
  const sign = direction === 'ascending' ? 1 : -1
  if (column === 'name') {
    const collator = new Intl.Collator(locale, { numeric: true })
    return rows.toSorted((a, b) => sign * collator.compare(a.name, b.name))
  }
  return rows.toSorted((a, b) => {
    const [left, right] = [a[column], b[column]]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (left - right)
  })
}

/** What pressing a heading does: largest figures (first names) on top, the other way round, the order of the map. */
export function nextSort(sort: SegmentSort | null, column: SegmentColumn['id']): SegmentSort | null {
  const first = column === 'name' ? 'ascending' : 'descending'
  if (sort?.column !== column) return { column, direction: first }
  return sort.direction === first ? { column, direction: first === 'ascending' ? 'descending' : 'ascending' } : null
}
