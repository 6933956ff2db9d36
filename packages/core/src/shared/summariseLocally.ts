import type { Batch, Operation, ResidentColumns, Steps, SummaryRequest, WarningCount } from '../adapter/contract.ts'
import { UnsupportedError } from '../errors/index.ts'
import { binsBatches } from './binsBatches.ts'
import { checkSummaryRequest } from './checkRequest.ts'
import { membersBatches } from './membersBatches.ts'
import { totalsBatches } from './totalsBatches.ts'

/**
 * What a backend would have counted, counted here: by the operation's own twin, or by the one of its kind of request.
 * Operations are loaded by pages that let a database compute; this is loaded only where columns are.
 */
export function* summariseLocally<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
  operation: Operation<Request, Sums, Result>,
  request: SummaryRequest,
  columns: ResidentColumns,
): Steps<Sums> {
  checkSummaryRequest(request, columns.schema)
  return operation.summarise ? yield* operation.summarise(request, columns) : operation.read(yield* batchesOf(request, columns))
}

function batchesOf(request: SummaryRequest, columns: ResidentColumns): Steps<readonly Batch[]> {
  switch (request.kind) {
    case 'totals':
      return totalsBatches(request, columns)
    case 'bins':
      return binsBatches(request, columns)
    case 'members':
      return membersBatches(request, columns)
    case 'pairs':
      // The resident columns know no products: an operation that asks for pairs reads whole sets instead.
      throw new UnsupportedError('SUMMARY_UNSUPPORTED', 'Pairs cannot be counted from totals of customers. They need products or ratings. Give the operation a twin over whole sets, `tables`.')
  }
}
