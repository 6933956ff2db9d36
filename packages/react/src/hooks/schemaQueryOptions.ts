import type { DataSchema } from '@crm/core/adapter'
import type { CrmClient } from '@crm/core/client'
import { QUERY_RULES } from './operationQueryOptions.ts'
import type { OperationQueryKey, QueryRules } from './operationQueryOptions.ts'

/** Options for `useQuery` and loaders, as those of an operation. */
export interface SchemaQueryOptions extends QueryRules {
  readonly queryKey: OperationQueryKey
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<DataSchema>
}

/** What the data hold: key, fetcher and cache rules. */
export function schemaQueryOptions(client: CrmClient): SchemaQueryOptions {
  return {
    queryKey: ['crm', client.id, client.dataVersion, 'schema', ''],
    queryFn: ({ signal }) => client.schema({ signal }),
    ...QUERY_RULES,
  }
}
