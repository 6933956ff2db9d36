import type { PreferenceSpec, RecommendFilters, RecommendRequest, RecommendStrategy } from '@crm/core/recommend'

/** Whom or what offers are for: a customer, the products of a basket, or one product. */
export type RecommendationsTarget =
  | { readonly customerId: string; readonly basket?: undefined; readonly productId?: undefined }
  | { readonly basket: readonly string[]; readonly customerId?: undefined; readonly productId?: undefined }
  | { readonly productId: string; readonly customerId?: undefined; readonly basket?: undefined }

/** How offers are chosen; the defaults are those of `RecommendRequest`. */
export interface RecommendationsRules {
  /** What counts as having, and up to when. */
  readonly preferences: PreferenceSpec
  readonly strategy?: RecommendStrategy | undefined
  readonly filters?: RecommendFilters | undefined
  readonly limit?: number | undefined
  /** What fills a list that the strategy leaves short, marked by its source. */
  readonly fill?: RecommendRequest['fill'] | undefined
  /** An attribute of customers: whoever has no purchases gets what others with the same value buy. */
  readonly segmentField?: string | undefined
  readonly explain?: RecommendRequest['explain'] | undefined
}

/** What is asked of `recommendOperation`. */
export type RecommendationsQuestion = RecommendationsTarget & RecommendationsRules

/**
 * The request of a question, with the products that were dismissed filtered away, so that others take their places.
 * Products dismissed in another order make the same request, and so the same cache entry.
 */
export function recommendationRequest(question: RecommendationsQuestion, dismissed: readonly string[] = []): RecommendRequest {
  const { customerId, basket, productId, preferences, filters, ...rules } = question
  const hidden = [...new Set([...(filters?.dismissed ?? []), ...dismissed])].toSorted()
  const kept = { ...filters, ...(hidden.length === 0 ? {} : { dismissed: hidden }) }
  return {
    for: productId !== undefined ? { productId } : basket !== undefined ? { basket } : { customerId: customerId ?? '' },
    preferences,
    ...(Object.keys(kept).length === 0 ? {} : { filters: kept }),
    ...pickGiven(rules, ['strategy', 'limit', 'fill', 'segmentField', 'explain']),
  }
}

function pickGiven<From extends object, Key extends keyof From>(from: From, keys: readonly Key[]): { [Name in Key]?: Exclude<From[Name], undefined> } {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))) as { [Name in Key]?: Exclude<From[Name], undefined> }
}
