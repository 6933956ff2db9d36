import type { FieldType } from '@crm/core/adapter'
import type { ExportTable } from '@crm/core/export'
import type { RfmGridResult } from '@crm/core/rfm'
import type { SegmentColumn, SegmentColumnId } from './segmentColumns.ts'
import type { SegmentFigures, SegmentRow } from './segmentRows.ts'

/**
 * Segments as they are shown, with the figures behind the rounded ones: the columns of the view, the rows in its order,
 * all customers last where the view has them.
 */
export function segmentExport(result: RfmGridResult, columns: readonly SegmentColumn[], rows: readonly SegmentRow[], total: { readonly name: string; readonly figures: SegmentFigures } | null): ExportTable {
  const figures = columns.flatMap(({ id }) => (id === 'name' ? [] : [id]))
  const line = (name: string, of: SegmentFigures): readonly (string | number | null)[] => [name, ...figures.map((id) => of[id])]
  const lines = [...rows.map((row) => line(row.name, row)), ...(total === null ? [] : [line(total.name, total.figures)])]
  return { columns: columns.map(({ id, header }) => ({ name: header, type: typeOf(id, result) })), rows: lines, rowCount: lines.length }
}

function typeOf(id: 'name' | SegmentColumnId, { currency, scale }: RfmGridResult): FieldType {
  switch (id) {
    case 'name': return { kind: 'text' }
    case 'customers': return { kind: 'integer' }
    case 'revenue':
    case 'meanRevenue': return { kind: 'money', currency, scale }
    default: return { kind: 'number' }
  }
}
