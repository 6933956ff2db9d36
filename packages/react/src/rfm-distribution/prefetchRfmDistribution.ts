import type { CrmClient } from '@crm/core/client'
import { rfmCubeOperation, rfmSpreadOperation } from '@crm/core/rfm'
import type { RfmField, RfmGridRequest, RfmSpread } from '@crm/core/rfm'
import type { QueryClient } from '@tanstack/react-query'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import { distributionBars, fieldsOfSpec } from './distributionBars.ts'

/**
 * Asks in advance what the distributions will ask: three spreads, then one cube. For loaders and server rendering.
 *
 * @throws what the client throws
 * @example await prefetchRfmDistribution(queryClient, client, { spec: { asOf, timeZone: 'America/New_York' } })
 */
export async function prefetchRfmDistribution(queryClient: QueryClient, client: CrmClient, request: RfmGridRequest): Promise<void> {
  const fields = fieldsOfSpec(request.spec)
  const spreadOf = async (field: RfmField): Promise<RfmSpread> => (await queryClient.fetchQuery(operationQueryOptions(client, rfmSpreadOperation, { ...request, field }))).data
  const [r, f, m] = await Promise.all([spreadOf(fields.r), spreadOf(fields.f), spreadOf(fields.m)])
  if (r.customers === 0) return
  await queryClient.fetchQuery(operationQueryOptions(client, rfmCubeOperation, { ...request, borders: distributionBars({ r, f, m }).known }))
}
