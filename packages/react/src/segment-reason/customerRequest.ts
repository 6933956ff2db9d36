import type { DataSchema } from '@crm/core/adapter'
import type { CrmClient } from '@crm/core/client'
import { customerValue, customersOperation } from '@crm/core/customers'
import type { CustomersPage, CustomersRequest } from '@crm/core/customers'
import type { RfmCustomer, RfmGridRequest } from '@crm/core/rfm'
import type { QueryClient } from '@tanstack/react-query'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import { schemaQueryOptions } from '../hooks/schemaQueryOptions.ts'
import { rfmGridQueryOptions } from '../rfm-grid/rfmGridQueryOptions.ts'
import type { RfmGridOperation } from '../rfm-grid/rfmGridQueryOptions.ts'

/** A customer to explain: what was bought, and who it is if that is known. */
export interface ReasonCustomer extends RfmCustomer {
  readonly name?: string | undefined
  readonly customerId?: string | undefined
}

/** The totals of one customer, by id. A personal name is asked for only when the host says so. */
export function customerRequest({ spec }: RfmGridRequest, customerId: string, schema: DataSchema | undefined, showsPersonalNames: boolean): CustomersRequest {
  const name = schema?.sets.find((set) => set.name === 'customers')?.fields.find((field) => field.name === 'name')
  const showsName = name !== undefined && (showsPersonalNames || name.sensitivity !== 'personal')
  return {
    spec,
    filter: { op: 'eq', field: 'customerId', value: customerId },
    select: ['customerId', ...(showsName ? ['name'] : []), 'recencyDays', 'orders', 'revenue'],
    order: [{ field: 'customerId', direction: 'ascending', nulls: 'last' }],
    limit: 1,
  }
}

/** The customer of an answer. `unknown`: no such id; `noPurchase`: nothing bought up to the day of the analysis. */
export function customerOfPage(page: CustomersPage): ReasonCustomer | 'unknown' | 'noPurchase' {
  if (page.rows === 0) return 'unknown'
  const [recencyDays, orders, revenue, name] = ['recencyDays', 'orders', 'revenue', 'name'].map((field) => customerValue(page, 0, field))
  if (typeof recencyDays !== 'number' || typeof orders !== 'number' || typeof revenue !== 'number' || orders === 0) return 'noPurchase'
  return { customerId: String(customerValue(page, 0, 'customerId')), recencyDays, orders, revenue, ...(typeof name === 'string' && name !== '' ? { name } : {}) }
}

export interface SegmentReasonQuery {
  readonly request: RfmGridRequest
  readonly operation?: RfmGridOperation | undefined
  readonly customerId: string
  readonly showsPersonalNames?: boolean | undefined
}

/**
 * Reads into a cache what the first paint of a `SegmentReason` with the same props needs: the cut points and the customer.
 *
 * @example
 * await prefetchSegmentReason(queryClient, client, { request: { spec }, customerId: 'C-10023' })
 */
export async function prefetchSegmentReason(queryClient: QueryClient, client: CrmClient, { request, operation, customerId, showsPersonalNames = false }: SegmentReasonQuery): Promise<void> {
  const schema = await queryClient.fetchQuery(schemaQueryOptions(client))
  await Promise.all([
    queryClient.prefetchQuery(rfmGridQueryOptions(client, request, operation)),
    queryClient.prefetchQuery(operationQueryOptions(client, customersOperation, customerRequest(request, customerId, schema, showsPersonalNames))),
  ])
}
