import type { Batch, MembersRequest, ResidentColumns, Steps } from '../adapter/contract.ts'
import { customerColumns } from './customerColumns.ts'
import { localProvenance } from './localProvenance.ts'
import { pageOfCustomers } from './pageOfCustomers.ts'
import { totalsOf } from './totals.ts'

/** The local twin of a `members` summary: a page of customers in the asked order. The request is checked. */
export function* membersBatches(request: MembersRequest, columns: ResidentColumns): Steps<readonly Batch[]> {
  const totals = yield* totalsOf(columns, request.totals)
  const source = customerColumns(columns, totals)
  const picked = request.select.map((field) => source.column(field))
  const end = { provenance: localProvenance(request.snapshot), counts: totals.counts }
  return yield* pageOfCustomers({ request, columns, source, ranges: request.ranges, order: request.order, picked, end })
}
