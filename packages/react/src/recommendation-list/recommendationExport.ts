import type { ExportTable } from '@crm/core/export'
import type { RecommendationList } from '@crm/core/recommend'
import type { Offer, OfferTools } from './offers.ts'

/** The offers as they are shown, with the figures behind the rounded ones. */
export function recommendationExport({ words }: OfferTools, offers: readonly Offer[], { money }: RecommendationList): ExportTable {
  const [text, integer, number] = [{ kind: 'text' }, { kind: 'integer' }, { kind: 'number' }] as const
  const amount = money.currency === '' ? number : ({ kind: 'money', ...money } as const)
  const units = (value: number | null): number | null => (value === null || money.currency !== '' ? value : value / 10 ** money.scale)
  const rows = offers.map(({ item, name, source, confidence, reason }) => [
    item.rank, name, item.productId, item.category, units(item.price), item.suggestedQuantity, units(item.estimatedValue), source, confidence, item.score, reason,
  ])
  const columns = [
    { name: words.columnRank, type: integer },
    { name: words.columnProduct, type: text },
    { name: words.columnProductId, type: text },
    { name: words.columnCategory, type: text },
    { name: words.columnPrice, type: amount },
    { name: words.columnQuantity, type: number },
    { name: words.columnValue, type: amount },
    { name: words.columnSource, type: text },
    { name: words.columnConfidence, type: text },
    { name: words.columnScore, type: number },
    { name: words.columnReason, type: text },
  ]
  return { columns, rows, rowCount: rows.length }
}
