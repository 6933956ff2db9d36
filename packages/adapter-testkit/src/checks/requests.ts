import type { Axis, BinsRequest, DataSetName, Expr, MembersRequest, Order, PairsRequest, Rank, ScanRequest, TotalsRequest, TotalsSpec } from '@crm/core/adapter'
import { AS_OF, FROM } from '../data/mainSets.ts'
import { UTC } from '../data/zones.ts'
import type { Request, Subject } from '../subject.ts'

/** The spec that checks use unless they are about the spec. */
export const SPEC: TotalsSpec = { asOf: AS_OF, zone: UTC, order: 'orderId', returns: 'net' }
export const WINDOW: TotalsSpec = { ...SPEC, from: FROM }

export type Scan = { readonly kind: 'scan' } & ScanRequest

/** Every field of a set, in the order of its key. */
export function readAll(subject: Subject, set: DataSetName, more: Partial<ScanRequest> = {}): Scan {
  const fields = subject.data.sets.find(({ name }) => name === set)?.fields ?? []
  return { kind: 'scan', set, select: fields.map(({ name }) => name), order: [], ...more }
}

/** The key with one field. An empty order asks for the order of the key. */
export function readField(set: DataSetName, key: string, field: string, more: Partial<ScanRequest> = {}): Scan {
  return { kind: 'scan', set, select: field === key ? [key] : [key, field], order: [], ...more }
}

/** Ids of the customers that pass. */
export function customersWhere(where: Expr): Scan {
  return { kind: 'scan', set: 'customers', select: ['customerId'], where, order: [] }
}

export function by(field: string, direction: Order['direction'] = 'ascending', nulls: Order['nulls'] = 'last'): Order {
  return { field, direction, nulls }
}

/** All four ways to order by a field. */
export function allOrders(field: string): Order[] {
  return (['ascending', 'descending'] as const).flatMap((direction) => (['first', 'last'] as const).map((nulls) => by(field, direction, nulls)))
}

export function totals(spec: TotalsSpec = SPEC, more: Partial<TotalsRequest> = {}): TotalsRequest {
  return { kind: 'totals', totals: spec, ...more }
}

export function bins(axes: readonly Axis[], more: Partial<BinsRequest> = {}): BinsRequest {
  return { kind: 'bins', totals: SPEC, axes, sums: ['orders', 'revenue'], ...more }
}

export function members(more: Partial<MembersRequest> = {}): MembersRequest {
  return { kind: 'members', totals: SPEC, select: ['customerId', 'orders', 'revenue'], ranges: [], order: [], limit: 100_000, ...more }
}

export function pairs(subject: Subject, more: Partial<PairsRequest> = {}): PairsRequest {
  const { over = 'products', weight = 'count' } = more
  return { kind: 'pairs', totals: SPEC, over, weight, targets: idsOf(subject, over, weight).slice(0, 20), ...more }
}

/** Ids that have partners, or could have some: every id of the set that the weights come from, each once. */
export function idsOf({ data }: Subject, over: PairsRequest['over'], weight: PairsRequest['weight']): readonly string[] {
  const set = data.sets.find(({ name }) => name === (weight === 'rating' ? 'ratings' : 'transactions'))
  const place = set?.fields.findIndex(({ name }) => name === (over === 'customers' ? 'customerId' : 'productId')) ?? -1
  return [...new Set(set?.rows.map((row) => row[place]).filter((cell) => typeof cell === 'string'))]
}

/** Whether its lines have products: without them there are no pairs of purchases. */
export function hasProducts({ data }: Subject): boolean {
  return data.sets.some(({ name, fields }) => name === 'transactions' && fields.some((field) => field.name === 'productId'))
}

/** Ranks of k equal bins. */
export function quantiles(k: number): readonly Rank[] {
  return Array.from({ length: k - 1 }, (_, i) => ({ of: i + 1, in: k }))
}

export function onRanks(field: string, k: number): Axis {
  return { field, cut: { ranks: quantiles(k) } }
}

/** One request of each kind, to try something on all of them. */
export function oneOfEach(subject: Subject): readonly Request[] {
  const requests: readonly Request[] = [
    { kind: 'scan', set: 'transactions', select: ['lineId', 'amount'], order: [by('at')], limit: 100_000 },
    totals(),
    bins([onRanks('recencyDays', 5), onRanks('orders', 5)]),
    members(),
    ...(hasProducts(subject) ? [pairs(subject, subject.data.variant === 'empty' ? { targets: ['nothing'] } : {})] : []),
  ]
  return requests.filter(({ kind }) => subject.offers(kind))
}
