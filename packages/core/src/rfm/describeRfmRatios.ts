import type { Column } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import type { RfmMeasures } from './rfm.types.ts'
import { findBuyers } from './scoreRfm.ts'

/** Three columns of n customers, NULL (`validity` 0) where a ratio has no meaning. */
export interface RfmRatios {
  readonly kind: 'rfm-ratios'
  readonly version: 1
  /** Days since the last purchase / observation days; NULL without a purchase. */
  readonly recency: Column
  /** Purchases / observation days; 0 without a purchase. */
  readonly frequency: Column
  /** ln(revenue in currency units + 1); NULL where the revenue is -1 currency unit or less. */
  readonly monetary: Column
}

/**
 * RFM as plain ratios instead of scores: small R is recent, large F is frequent, large M is much.
 *
 * @param totals `scale` decimals are taken off `revenue`, default 0
 * @param options `observationDays` > 0, the length of the period that the totals cover
 * @throws InvalidInputError `OPTION_INVALID`, `LENGTH_MISMATCH`, `VALUE_NOT_FINITE`
 * @example
 * // 30 days ago, 5 purchases, 1000.00 in all, a year: 0.082, 0.014, 6.91
 * describeRfmRatios({ recencyDays: f64(30), orders: f64(5), revenue: f64(100000), scale: 2 }, { observationDays: 365 })
 */
export function describeRfmRatios(totals: RfmMeasures, options: { readonly observationDays: number }): RfmRatios {
  const { observationDays } = options
  if (!(observationDays > 0 && observationDays < Infinity)) {
    throw new InvalidInputError('OPTION_INVALID', `\`observationDays\` must be above 0, got ${observationDays}. Everything is divided by it. Pass the days that the totals cover.`)
  }
  const { recencyDays, orders, revenue, scale = 0 } = totals
  findBuyers(totals)
  const unit = 10 ** scale
  const column = (value: (row: number) => number | null): Column => {
    const values = new Float64Array(orders.length)
    const validity = new Uint8Array(orders.length)
    for (let row = 0; row < values.length; row++) {
      const found = value(row)
      if (found === null) continue
      values[row] = found
      validity[row] = 1
    }
    return Object.freeze({ kind: 'float64', values, validity })
  }
  return Object.freeze({
    kind: 'rfm-ratios',
    version: 1,
    recency: column((row) => (orders[row]! > 0 ? recencyDays[row]! / observationDays : null)),
    frequency: column((row) => orders[row]! / observationDays),
    // Not log1p: the definition adds 1 to the total, and one rounding of the sum is what others get too.
    monetary: column((row) => (revenue[row]! / unit > -1 ? Math.log(revenue[row]! / unit + 1) : null)),
  })
}
