import type { DataSchema } from '@crm/core/adapter'
import { customerValue } from '@crm/core/customers'
import type { CustomersPage, CustomersRequest } from '@crm/core/customers'
import type { RfmCustomer, RfmGridRequest } from '@crm/core/rfm'

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
