import fc from 'fast-check'
import type { Operation, WarningCount } from '../../adapter/contract.ts'
import { runToEnd } from '../../shared/steps.ts'
import { runLocally } from '../../shared/collector.ts'
import { residentShop, SHOP_AS_OF } from '../../shared/testing/residentShop.ts'
import type { ShopCustomer, ShopLine } from '../../shared/testing/residentShop.ts'
import type { RfmSpecOptions } from '../rfm.types.ts'

/** An operation over a small shop, from the request to the result. */
export function runRfm<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
  operation: Operation<Request, Sums, Result>,
  request: Request,
  lines: readonly ShopLine[],
  customers: readonly ShopCustomer[] = [],
): Result {
  return runToEnd(runLocally(operation, request, residentShop(customers, lines)))
}

/** Everything of a spec but its scoring. */
export const windowArbitrary: fc.Arbitrary<RfmSpecOptions> = fc.record({
  asOf: fc.constant(SHOP_AS_OF),
  timeZone: fc.constantFrom('Europe/Berlin', 'Asia/Tokyo', 'UTC'),
  order: fc.constantFrom('orderId', 'day', 'line'),
  returns: fc.constantFrom('net', 'drop'),
  frequency: fc.constantFrom('all', 'repeat'),
  monetary: fc.constantFrom('sum', 'mean'),
})

/** Ascending numbers without repeats. */
export function ascendingArbitrary(values: fc.Arbitrary<number>, minLength: number, maxLength: number): fc.Arbitrary<number[]> {
  return fc.uniqueArray(values, { minLength, maxLength }).map((found) => found.sort((a, b) => a - b))
}
