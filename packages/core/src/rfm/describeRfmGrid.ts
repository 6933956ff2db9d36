import { createRfmSpec } from './createRfmSpec.ts'
import { finishRfmGrid } from './finishRfmGrid.ts'
import { gridSumsOfTotals } from './gridSums.ts'
import type { CustomerTotals, RfmGridResult, RfmSpecOptions } from './rfm.types.ts'
import { scoreRfm } from './scoreRfm.ts'

/**
 * The RFM grid of customers in memory: cells, segments, tiers, totals. `rfmGridOperation` gives the same figures from
 * a database.
 *
 * @param totals of `summariseCustomers`
 * @param spec the one the totals were made by
 * @returns frozen; customers without a purchase are in no cell
 * @throws InvalidInputError as `createRfmSpec` and `scoreRfm`
 * @example describeRfmGrid(summariseCustomers(transactions, spec), spec).segments[0] // { id: 'champions', customers: 57, ... }
 */
export function describeRfmGrid(totals: CustomerTotals, spec: RfmSpecOptions): RfmGridResult {
  const full = createRfmSpec(spec)
  return finishRfmGrid(gridSumsOfTotals(totals, scoreRfm(totals, full)), full, null, totals)
}
