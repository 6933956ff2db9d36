import type { RecommendationList } from '@crm/core/recommend'
import type { ProductTexts } from '../shared/productText.ts'
import type { OfferReaction } from './reactions.ts'

/** The list with products called what the host calls them: the offers, and those that speak for them. */
export function listInWords(list: RecommendationList, productText: ProductTexts | undefined): RecommendationList {
  if (productText === undefined) return list
  const items = list.items.map((item) => {
    const { name = item.name, category = item.category } = productText(item.productId) ?? {}
    const contributions = item.reason.contributions.map((one) => {
      const said = one.kind === 'product' && one.id !== null ? productText(one.id)?.name : undefined
      return said === undefined ? one : { ...one, name: said }
    })
    return { ...item, name, category, reason: { ...item.reason, contributions } }
  })
  return { ...list, items }
}

/** The same of what was done with offers, which may have been in another language. */
export function reactionsInWords(reactions: readonly OfferReaction[], productText: ProductTexts | undefined): readonly OfferReaction[] {
  return productText === undefined ? reactions : reactions.map((one) => ({ ...one, name: productText(one.productId)?.name ?? one.name }))
}
