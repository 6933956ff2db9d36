import { productNamesOperation, recommendOperation } from '@crm/core/recommend/operations'
import type { RecommendationList } from '@crm/core/recommend'
import type { CrmClient } from '@crm/core/client'
import type { QueryClient } from '@tanstack/react-query'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import type { OperationQueryOptions } from '../hooks/operationQueryOptions.ts'
import { schemaQueryOptions } from '../hooks/schemaQueryOptions.ts'
import { recommendationRequest } from './recommendationRequest.ts'
import type { RecommendationsQuestion } from './recommendationRequest.ts'

/**
 * Key and fetcher of a list of offers, for route loaders and servers.
 *
 * @param dismissed products that the person has dismissed, where the server knows them
 * @example
 * await queryClient.prefetchQuery(recommendationsQueryOptions(client, { customerId, preferences }))
 */
export function recommendationsQueryOptions(client: CrmClient, question: RecommendationsQuestion, dismissed: readonly string[] = []): OperationQueryOptions<RecommendationList> {
  return operationQueryOptions(client, recommendOperation, recommendationRequest(question, dismissed))
}

/** Asks ahead for all that a `RecommendationList` with the same question shows: same questions, same cache entries. */
export async function prefetchRecommendations(queryClient: QueryClient, client: CrmClient, question: RecommendationsQuestion, dismissed: readonly string[] = []): Promise<void> {
  const { productId } = question
  await Promise.all([
    queryClient.prefetchQuery(recommendationsQueryOptions(client, question, dismissed)),
    // The zone of the data, and what the product is called.
    queryClient.prefetchQuery(schemaQueryOptions(client)),
    productId === undefined ? undefined : queryClient.prefetchQuery(operationQueryOptions(client, productNamesOperation, { ids: [productId] })),
  ])
}
