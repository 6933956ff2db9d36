import type { Batch, Column, ResidentColumns, Steps, StreamEnd, TotalsRequest } from '../adapter/contract.ts'
import { SUMMABLE_MEASURES } from './measures.ts'
import { customerColumns, measureColumn } from './customerColumns.ts'
import { pageOfCustomers } from './pageOfCustomers.ts'
import { localProvenance } from './localProvenance.ts'
import { totalsOf } from './totals.ts'

/** The local twin of a `totals` summary: a row per customer in order of `customerId`. The request is checked. */
export function* totalsBatches(request: TotalsRequest, columns: ResidentColumns): Steps<readonly Batch[]> {
  const totals = yield* totalsOf(columns, request.totals)
  const source = customerColumns(columns, totals)
  const picked: readonly Column[] = [source.column('customerId'), ...SUMMABLE_MEASURES.map((measure) => measureColumn(totals, measure))]
  const end: Omit<StreamEnd, 'next'> = { provenance: localProvenance(request.snapshot), counts: totals.counts }
  return yield* pageOfCustomers({ request, columns, source, ranges: [], order: [], picked, end })
}
