import type { CrmClient } from '@crm/core/client'
import { rfmGridOperation } from '@crm/core/rfm'
import type { rfmGridFromTotalsOperation, RfmGridRequest, RfmGridResult } from '@crm/core/rfm'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import type { OperationQueryOptions } from '../hooks/operationQueryOptions.ts'

/** What a grid can be asked with: `rfmGridOperation` reads a row per cell, `rfmGridFromTotalsOperation` knows every scoring method. */
export type RfmGridOperation = typeof rfmGridOperation | typeof rfmGridFromTotalsOperation

/**
 * Key, fetcher and cache rules of an RFM grid, for loaders and server rendering.
 *
 * @param operation as the `operation` of the grid. Default `rfmGridOperation`
 * @example
 * await queryClient.prefetchQuery(rfmGridQueryOptions(client, { spec: { asOf, timeZone: 'America/New_York' } }))
 */
export function rfmGridQueryOptions(client: CrmClient, request: RfmGridRequest, operation: RfmGridOperation = rfmGridOperation): OperationQueryOptions<RfmGridResult> {
  // What the sums are is between an operation and itself.
  return operationQueryOptions(client, operation as typeof rfmGridOperation, request)
}
