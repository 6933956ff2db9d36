import type { CrmClient } from '@crm/core/client'
import { rfmGridOperation } from '@crm/core/rfm'
import type { RfmGridRequest, RfmGridResult } from '@crm/core/rfm'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import type { OperationQueryOptions } from '../hooks/operationQueryOptions.ts'

/**
 * Key, fetcher and cache rules of an RFM grid, for loaders and server rendering.
 *
 * @example
 * await queryClient.prefetchQuery(rfmGridQueryOptions(client, { spec: { asOf, timeZone: 'America/New_York' } }))
 */
export function rfmGridQueryOptions(client: CrmClient, request: RfmGridRequest): OperationQueryOptions<RfmGridResult> {
  return operationQueryOptions(client, rfmGridOperation, request)
}
