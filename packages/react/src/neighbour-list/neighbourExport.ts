import type { ExportTable } from '@crm/core/export'
import type { NeighboursRequest } from '@crm/core/recommend'
import type { CrmMessages } from '../messages/index.ts'
import type { NeighbourRow } from './useNeighbours.ts'

/** Neighbours in the order of the view, with the figures behind the rounded ones; names only where the view shows some. */
export function neighbourExport(words: CrmMessages['neighbourList'], over: NeighboursRequest['over'], rows: readonly NeighbourRow[]): ExportTable {
  const isOfProducts = over === 'products'
  const hasNames = rows.some(({ name }) => name !== null)
  return {
    columns: [
      { name: words.fieldId, type: { kind: 'id' } },
      ...(hasNames ? [{ name: isOfProducts ? words.fieldProduct : words.fieldCustomer, type: { kind: 'text' } } as const] : []),
      { name: words.fieldSimilarity, type: { kind: 'number' } },
      { name: words.fieldCommon, type: { kind: 'integer' } },
      { name: isOfProducts ? words.fieldCustomers : words.fieldProducts, type: { kind: 'integer' } },
    ],
    rows: rows.map(({ id, name, similarity, common, partners }) => [id, ...(hasNames ? [name] : []), similarity, common, partners]),
    rowCount: rows.length,
  }
}
