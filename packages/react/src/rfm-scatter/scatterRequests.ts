import type { DataSchema, Expr, Range, Selection } from '@crm/core/adapter'
import type { CrmClient } from '@crm/core/client'
import { customersOperation } from '@crm/core/customers'
import type { CustomersRequest } from '@crm/core/customers'
import { rfmDensityOperation, rfmSpreadOperation } from '@crm/core/rfm'
import type { RfmDensityRequest, RfmField, RfmGridRequest, RfmSpreadRequest } from '@crm/core/rfm'
import type { QueryClient } from '@tanstack/react-query'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import { schemaQueryOptions } from '../hooks/schemaQueryOptions.ts'
import type { ScoreBounds } from '../rfm-grid/scoreRanges.ts'
import { MOST_BINS, axisOfSpread } from './scatterBorders.ts'
import type { ScatterAxis } from './scatterAxis.ts'

/** A part of the picture, in values. */
export interface ScatterZoom {
  readonly label: string
  readonly x: ScoreBounds
  readonly y: ScoreBounds
}

/** Customers that have a place in the picture. */
const HAS_PURCHASE: Expr = { op: 'not', of: { op: 'isNull', field: 'lastDay' } }

/** Above this many customers the picture is squares: each point is an element of the page, and a thousand more of them are felt. */
export const POINT_LIMIT = 2000

/** Bounds as ranges of a selection; open on both sides is no range. */
export function rangesOf(x: RfmField, y: RfmField, zoom: Pick<ScatterZoom, 'x' | 'y'>): Range[] {
  return ([[x, zoom.x], [y, zoom.y]] as const).flatMap(([field, bounds]) => (bounds.above === undefined && bounds.upTo === undefined ? [] : [{ field, ...bounds }]))
}

/** Customers with a purchase inside of bounds, among those asked for: what a rectangle of the picture becomes. */
export function selectBetween(given: Selection | null | undefined, label: string, ranges: readonly Range[]): Selection {
  const where: Expr = given?.where === undefined ? HAS_PURCHASE : { op: 'and', of: [given.where, HAS_PURCHASE] }
  return Object.freeze({ label, where, ranges: [...(given?.ranges ?? []), ...ranges] })
}

/** The selection that a view is asked with: that of the request, and the part zoomed to. */
export function viewSelection(request: RfmGridRequest, x: RfmField, y: RfmField, zoom: ScatterZoom | null): Selection | undefined {
  return zoom === null ? request.selection : selectBetween(request.selection, zoom.label, rangesOf(x, y, zoom))
}

export function spreadRequest({ spec }: RfmGridRequest, selection: Selection | undefined, field: RfmField): RfmSpreadRequest {
  return { spec, field, ...(selection === undefined ? {} : { selection }) }
}

export function densityRequest({ spec }: RfmGridRequest, selection: Selection | undefined, x: ScatterAxis, y: ScatterAxis): RfmDensityRequest {
  const side = ({ field, edges }: ScatterAxis): RfmDensityRequest['x'] => ({ field, borders: edges.slice(1, -1) })
  return { spec, x: side(x), y: side(y), ...(selection === undefined ? {} : { selection }) }
}

/** Every customer in view, by id. A personal name is asked for only when the host says so. */
export function pointsRequest({ spec }: RfmGridRequest, selection: Selection | undefined, schema: DataSchema | undefined, limit: number, showsPersonalNames: boolean): CustomersRequest {
  const name = schema?.sets.find((set) => set.name === 'customers')?.fields.find((field) => field.name === 'name')
  const showsName = name !== undefined && (showsPersonalNames || name.sensitivity !== 'personal')
  return {
    spec,
    selection: selectBetween(selection, selection?.label ?? '', []),
    select: ['customerId', ...(showsName ? ['name'] : []), 'recencyDays', 'orders', 'revenue', 'meanOrderValue'],
    order: [{ field: 'customerId', direction: 'ascending', nulls: 'last' }],
    limit,
  }
}

export interface RfmScatterQuery {
  readonly request: RfmGridRequest
  /** Default `recencyDays`. */
  readonly x?: RfmField | undefined
  /** Default `revenue`. */
  readonly y?: RfmField | undefined
  /** Default 2,000. */
  readonly pointLimit?: number | undefined
  readonly showsPersonalNames?: boolean | undefined
}

/**
 * Reads into a cache what the first paint of an `RfmScatter` with the same props needs: how both measures are spread,
 * the bins, and the single customers where they are few.
 *
 * @example
 * await prefetchRfmScatter(queryClient, client, { request: { spec } })
 * const state = dehydrateCrm(queryClient)
 */
export async function prefetchRfmScatter(queryClient: QueryClient, client: CrmClient, query: RfmScatterQuery): Promise<void> {
  const { request, x = 'recencyDays', y = 'revenue', pointLimit = POINT_LIMIT, showsPersonalNames = false } = query
  const spread = (field: RfmField) => queryClient.fetchQuery(operationQueryOptions(client, rfmSpreadOperation, spreadRequest(request, request.selection, field)))
  const [spreadX, spreadY, schema] = await Promise.all([spread(x), spread(y), queryClient.fetchQuery(schemaQueryOptions(client))])
  const axes = [axisOfSpread(spreadX.data, spreadX.data, MOST_BINS.x, {}), axisOfSpread(spreadY.data, spreadY.data, MOST_BINS.y, {})] as const
  const density = await queryClient.fetchQuery(operationQueryOptions(client, rfmDensityOperation, densityRequest(request, request.selection, ...axes)))
  const { customers } = density.data.totals
  if (customers === 0 || customers > pointLimit) return
  await queryClient.prefetchQuery(operationQueryOptions(client, customersOperation, pointsRequest(request, request.selection, schema, pointLimit, showsPersonalNames)))
}
