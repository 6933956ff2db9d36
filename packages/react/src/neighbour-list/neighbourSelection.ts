import type { Selection } from '@crm/core/adapter'
import { oneOf } from './neighboursRequest.ts'

/** Customers whom a selection picks by hand; nobody where it chooses by anything else. */
export function pickedIds(selection: Selection | null): readonly string[] {
  const where = selection?.where
  if (where === undefined || selection!.ranges.length > 0) return []
  if (where.op === 'in' && where.field === 'customerId') return where.values.map(String)
  return where.op === 'eq' && where.field === 'customerId' ? [String(where.value)] : []
}

/** Hand-picked customers as the page's Selection; nobody is none. */
export function selectIds(ids: readonly string[], label: string): Selection | null {
  return ids.length === 0 ? null : { label, where: oneOf(ids), ranges: [] }
}
