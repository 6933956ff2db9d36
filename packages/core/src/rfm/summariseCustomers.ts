import type { WarningCount } from '../adapter/contract.ts'
import { clusterTransactions } from '../shared/cluster.ts'
import type { TransactionColumns as CodedColumns } from '../shared/cluster.ts'
import { runToEnd } from '../shared/steps.ts'
import { totalsOfLines } from '../shared/totals.ts'
import { totalsSpecOf } from '../shared/totalsSpec.ts'
import type { TotalsWindow } from '../shared/totalsSpec.ts'
import type { CustomerTotals } from './rfm.types.ts'

/** Transaction lines as plain columns, in any order. */
export interface TransactionColumns extends CodedColumns {
  /** Id of every customer code. Left out: the codes themselves. */
  readonly customerIds?: readonly string[]
  /** ISO 4217. Default '' = no currency. */
  readonly currency?: string
  /** Decimals in `amount`. Default 0. */
  readonly scale?: number
}

/**
 * Turns transaction lines into one row per customer: first and last purchase day, recency, orders, revenue, returns.
 *
 * Days are calendar days in the zone of the spec; lines after `asOf` or before `from` are left out and counted in
 * `warnings`.
 *
 * @param transactions columns of equal length; see `transactionColumnsFromRows`
 * @param spec an `RfmSpec` or its part about time, orders and returns
 * @throws InvalidInputError `LENGTH_MISMATCH`, `TIME_ZONE_UNKNOWN`, `DATE_INVALID`
 * @throws DataContractError `DATA_INVALID` for amounts or times that are no whole numbers, `MONEY_RANGE`
 * @example summariseCustomers(transactions, { asOf: Date.UTC(2017, 11, 31), timeZone: 'UTC' }).orders[0] // 5
 */
export function summariseCustomers(transactions: TransactionColumns, spec: TotalsWindow): CustomerTotals {
  const { customers, customerIds = Array.from({ length: customers }, (_, code) => String(code)), currency = '', scale = 0 } = transactions
  return customerTotals(runToEnd(totalsOfLines(runToEnd(clusterTransactions(transactions)), totalsSpecOf(spec))), customerIds, { currency, scale })
}

/** Totals as the kernels count them, dressed for the user. */
export function customerTotals(
  totals: Omit<CustomerTotals, 'kind' | 'version' | 'customerIds' | 'currency' | 'scale' | 'warnings'> & { readonly counts: readonly WarningCount[] },
  customerIds: readonly string[],
  { currency, scale }: { readonly currency: string; readonly scale: number },
): CustomerTotals {
  const { count, firstDay, lastDay, recencyDays, orders, revenue, returnedRevenue, lines, counts: warnings } = totals
  return Object.freeze({ kind: 'customer-totals', version: 1, count, customerIds, firstDay, lastDay, recencyDays, orders, revenue, returnedRevenue, lines, currency, scale, warnings })
}
