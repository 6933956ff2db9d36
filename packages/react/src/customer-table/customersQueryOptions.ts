import type { DataSchema, Expr, Selection } from '@crm/core/adapter'
import type { CrmClient } from '@crm/core/client'
import { customerCountOperation, customersOperation } from '@crm/core/customers'
import type { CustomerCount, CustomerCountRequest, CustomersPage, CustomersRequest, CustomersWindow } from '@crm/core/customers'
import type { QueryClient } from '@tanstack/react-query'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import type { OperationQueryOptions } from '../hooks/operationQueryOptions.ts'
import { schemaQueryOptions } from '../hooks/schemaQueryOptions.ts'
import { customerTableMessages } from '../messages/customerTable.ts'
import { createFormatters } from '../provider/format.ts'
import type { CustomerColumn, ResolvedColumn } from './customerColumns.ts'
import { resolveColumns } from './customerColumns.ts'
import { bothHold, orderOf, searchFilter } from './customerRequest.ts'
import type { CustomerSort } from './customerRequest.ts'

/** Rows of one page. About a dozen viewports; 200 rows of eight values are 13 kB. */
export const PAGE_SIZE = 200

/** Whom a table shows, and how: what the props of `CustomerTable` say to the data source. */
export interface CustomersQuery {
  /** Which lines count, up to when. An `RfmSpec` fits. */
  readonly spec: CustomersWindow
  /** Default: customer, last purchase, orders, revenue, mean order value. */
  readonly columns?: readonly (string | CustomerColumn)[] | undefined
  /** What was picked elsewhere on the page. */
  readonly selection?: Selection | null | undefined
  /** A further condition of the host, which the table neither shows nor clears. */
  readonly where?: Expr | undefined
  /** Default: highest revenue first. */
  readonly sort?: CustomerSort | undefined
  readonly search?: string | undefined
  /** By column id; overrides what `columns` says. */
  readonly columnVisibility?: Readonly<Record<string, boolean>> | undefined
  /** 1..10,000. Default 200. */
  readonly pageSize?: number | undefined
}

/** Highest revenue first: the customers that matter most stand on top. */
export const DEFAULT_SORT: CustomerSort = Object.freeze({ field: 'revenue', direction: 'descending' })

/** One page of customers: key, fetcher and cache rules, for loaders and server rendering. */
export function customersQueryOptions(client: CrmClient, request: CustomersRequest): OperationQueryOptions<CustomersPage> {
  return operationQueryOptions(client, customersOperation, request)
}

/** How many customers there are: key, fetcher and cache rules, for loaders and server rendering. */
export function customerCountQueryOptions(client: CrmClient, request: CustomerCountRequest): OperationQueryOptions<CustomerCount> {
  return operationQueryOptions(client, customerCountOperation, request)
}

/** Who is counted. */
export function customerCountRequest({ spec, selection, where, search }: CustomersQuery, searchFields: readonly string[]): CustomerCountRequest {
  const filter = bothHold(where, searchFilter(search ?? '', searchFields))
  return { spec: windowOf(spec), ...(selection ? { selection } : {}), ...(filter ? { filter } : {}) }
}

/** The request of the first page; later pages are the same with `after`. */
export function customersRequest(query: CustomersQuery, columns: readonly ResolvedColumn[], searchFields: readonly string[]): CustomersRequest {
  const { sort = DEFAULT_SORT, columnVisibility, pageSize = PAGE_SIZE } = query
  const select = new Set(['customerId'])
  for (const column of columns) {
    if (isColumnVisible(column, columnVisibility)) for (const field of column.fields) select.add(field)
  }
  return { ...customerCountRequest(query, searchFields), select: [...select], order: orderOf(sort), limit: pageSize }
}

export function isColumnVisible(column: ResolvedColumn, visibility: Readonly<Record<string, boolean>> | undefined): boolean {
  return column.isRowHeader || (visibility?.[column.id] ?? !column.isHiddenAtFirst)
}

/**
 * Reads into a cache what the first paint of a `CustomerTable` with the same props needs: the schema, the first page and the count.
 *
 * @example
 * await prefetchCustomers(queryClient, client, { spec })
 * const state = dehydrateCrm(queryClient)
 */
export async function prefetchCustomers(queryClient: QueryClient, client: CrmClient, query: CustomersQuery): Promise<void> {
  const schema: DataSchema = await queryClient.fetchQuery(schemaQueryOptions(client))
  const { columns, searchFields } = resolveColumns(query.columns, schema, customerTableMessages, createFormatters('en'))
  await Promise.all([
    queryClient.prefetchQuery(customersQueryOptions(client, customersRequest(query, columns, searchFields))),
    queryClient.prefetchQuery(customerCountQueryOptions(client, customerCountRequest(query, searchFields))),
  ])
}

/** Only what measures depend on, so that a change of scoring does not read the table anew. */
function windowOf({ asOf, timeZone, from, order, returns }: CustomersWindow): CustomersWindow {
  return {
    asOf,
    timeZone,
    ...(from === undefined ? {} : { from }),
    ...(order === undefined ? {} : { order }),
    ...(returns === undefined ? {} : { returns }),
  }
}
