import type { DataSchema } from '@crm/core/adapter'
import type { CrmClient } from '@crm/core/client'
import type { OperationQueryKey } from './operationQueryOptions.ts'

/** Options for `useQuery` and loaders, as those of an operation. */
export interface SchemaQueryOptions {
  readonly queryKey: OperationQueryKey
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<DataSchema>
  readonly retry: false
  readonly networkMode: 'always'
  readonly structuralSharing: false
  readonly staleTime: number
  readonly refetchOnWindowFocus: false
}

/** What the data hold: key, fetcher and cache rules. */
export function schemaQueryOptions(client: CrmClient): SchemaQueryOptions {
  return {
    queryKey: ['crm', client.id, client.dataVersion, 'schema', ''],
    queryFn: ({ signal }) => client.schema({ signal }),
    retry: false,
    networkMode: 'always',
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  }
}
