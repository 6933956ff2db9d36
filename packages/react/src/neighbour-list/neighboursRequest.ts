import type { DataSchema, Expr } from '@crm/core/adapter'
import type { CrmClient } from '@crm/core/client'
import { customersOperation } from '@crm/core/customers'
import type { CustomersRequest } from '@crm/core/customers'
import { productNamesOperation, similarOperation } from '@crm/core/recommend/operations'
import type { NeighbourList, NeighboursRequest, PreferenceSpec, ProductNamesRequest, SimilarityMeasure } from '@crm/core/recommend'
import type { QueryClient } from '@tanstack/react-query'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import { schemaQueryOptions } from '../hooks/schemaQueryOptions.ts'

/** Under equal weights the others are 0 or 1 whatever both have. */
const OF_SETS: readonly SimilarityMeasure[] = ['cosine', 'jaccard']
const OF_AMOUNTS: readonly SimilarityMeasure[] = ['cosine', 'jaccard', 'pearson', 'centredCosine', 'msd']

/** The measures that tell customers or products apart, for what the preferences are made of. */
export function measuresFor({ from, weight = 'binary' }: PreferenceSpec): readonly SimilarityMeasure[] {
  return from === 'transactions' && weight === 'binary' ? OF_SETS : OF_AMOUNTS
}

/** The measure of a request that names none. */
export const DEFAULT_MEASURE: SimilarityMeasure = 'cosine'

/** The request with the measure chosen. */
export function withMeasure(request: NeighboursRequest, measure: SimilarityMeasure): NeighboursRequest {
  return { ...request, similarity: { ...request.similarity, measure } }
}

/** Everybody to name: the one compared with, and the neighbours. */
export function idsToName({ id, items }: Pick<NeighbourList, 'id' | 'items'>): string[] {
  return [id, ...items.map((one) => one.id)]
}

/** May names of customers be asked for? Personal ones only when the host says so. */
export function hasCustomerNames(schema: DataSchema, showsPersonalNames: boolean): boolean {
  const name = schema.sets.find((set) => set.name === 'customers')?.fields.find((field) => field.name === 'name')
  return name !== undefined && (showsPersonalNames || name.sensitivity !== 'personal')
}

export function hasProductNames(schema: DataSchema): boolean {
  return schema.sets.some((set) => set.name === 'products' && set.fields.some(({ name }) => name === 'name'))
}

/** Names of customers by id. */
export function customerNamesRequest({ preferences: { asOf, timeZone } }: NeighboursRequest, ids: readonly string[]): CustomersRequest {
  return {
    // Names depend on no day.
    spec: { asOf, timeZone: timeZone ?? 'UTC' },
    filter: oneOf(ids),
    select: ['customerId', 'name'],
    order: [{ field: 'customerId', direction: 'ascending', nulls: 'last' }],
    limit: Math.max(1, ids.length),
  }
}

export function productNamesRequest(ids: readonly string[]): ProductNamesRequest {
  return { ids }
}

/** Hand-picked customers, as a condition. */
export function oneOf(ids: readonly string[]): Expr {
  return { op: 'in', field: 'customerId', values: ids }
}

export interface NeighboursQuery {
  readonly request: NeighboursRequest
  readonly showsPersonalNames?: boolean | undefined
}

/**
 * Reads into a cache what the first paint of a `NeighbourList` with the same props needs: the neighbours and their names.
 *
 * @example
 * await prefetchNeighbours(queryClient, client, { request: { over: 'customers', id: 'C-10023', preferences } })
 */
export async function prefetchNeighbours(queryClient: QueryClient, client: CrmClient, { request, showsPersonalNames = false }: NeighboursQuery): Promise<void> {
  const asked = withMeasure(request, request.similarity?.measure ?? DEFAULT_MEASURE)
  const [schema, { data }] = await Promise.all([
    queryClient.fetchQuery(schemaQueryOptions(client)),
    queryClient.fetchQuery(operationQueryOptions(client, similarOperation, asked)),
  ])
  const ids = idsToName(data)
  if (request.over === 'products') {
    if (hasProductNames(schema)) await queryClient.prefetchQuery(operationQueryOptions(client, productNamesOperation, productNamesRequest(ids)))
  } else if (hasCustomerNames(schema, showsPersonalNames)) {
    await queryClient.prefetchQuery(operationQueryOptions(client, customersOperation, customerNamesRequest(request, ids)))
  }
}
