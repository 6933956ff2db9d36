import type { Answer, Operation, WarningCount } from '@crm/core/adapter'
import { canonicalRequest } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { tellProgress } from './runProgress.ts'

/** `['crm', client id, data version, operation, request]`: equal keys mean equal figures. */
export type OperationQueryKey = readonly ['crm', clientId: string, dataVersion: string, operation: string, request: string]

/** Options for `useQuery`, `queryClient.prefetchQuery` and route loaders. */
export interface OperationQueryOptions<Result> extends QueryRules {
  readonly queryKey: OperationQueryKey
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Answer<Result>>
}

/** How the cache treats what a client answers. */
export interface QueryRules {
  readonly retry: false
  readonly networkMode: 'always'
  readonly structuralSharing: false
  readonly staleTime: number
  readonly refetchOnWindowFocus: false
}

/**
 * Retry and single flight live in the client, so the query does neither; a result changes only with the data version,
 * which is part of the key, so it never goes stale by time. Deep structural sharing is off: it walks 200,000 rows in
 * 152 ms and never shares typed arrays.
 */
export const QUERY_RULES: QueryRules = {
  retry: false,
  networkMode: 'always',
  structuralSharing: false,
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
}

/**
 * Key, fetcher and cache rules of one operation with one request.
 *
 * @example
 * await queryClient.prefetchQuery(operationQueryOptions(client, rfmGridOperation, { spec }))
 */
export function operationQueryOptions<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
  client: CrmClient,
  operation: Operation<Request, Sums, Result>,
  request: Request,
): OperationQueryOptions<Result> {
  const queryKey: OperationQueryKey = ['crm', client.id, client.dataVersion, operation.name, canonicalRequest(request)]
  const name = queryKey.join('\n')
  return {
    queryKey,
    queryFn: async ({ signal }) => {
      try {
        return await client.run(operation, request, { signal, onProgress: (progress) => tellProgress(client, name, progress) })
      } finally {
        tellProgress(client, name, null)
      }
    },
    ...QUERY_RULES,
  }
}
