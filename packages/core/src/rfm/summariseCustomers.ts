import type { WarningCount } from '../adapter/contract.ts'
import { clusterTransactions as clusterInSteps } from '../shared/cluster.ts'
import type { ClusteredLines, TransactionColumns as CodedColumns } from '../shared/cluster.ts'
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

/** Checked lines with those of one customer side by side. Made by {@link clusterTransactions}. */
export interface ClusteredTransactions extends ClusteredLines {
  readonly kind: 'clustered-transactions'
  readonly version: 1
  readonly customerIds: readonly string[]
  readonly currency: string
  readonly scale: number
}

/**
 * Checks the lines and puts those of each customer side by side, once: then {@link summariseCustomers} costs a third.
 *
 * @param transactions columns of equal length. Columns that are in this order already are taken over without a copy
 *   and must not be written afterwards
 * @throws InvalidInputError `LENGTH_MISMATCH`
 * @throws DataContractError `DATA_INVALID` for amounts or times that are no whole numbers
 * @example
 * const lines = clusterTransactions(transactions)
 * const totals = specs.map((spec) => summariseCustomers(lines, spec))
 */
export function clusterTransactions(transactions: TransactionColumns): ClusteredTransactions {
  const { customers, customerIds = Array.from({ length: customers }, (_, code) => String(code)), currency = '', scale = 0 } = transactions
  return Object.freeze({ kind: 'clustered-transactions', version: 1, ...runToEnd(clusterInSteps(transactions)), customerIds, currency, scale })
}

/**
 * Turns transaction lines into one row per customer: first and last purchase day, recency, orders, revenue, returns.
 *
 * Days are calendar days in the zone of the spec; lines after `asOf` or before `from` are left out and counted in
 * `warnings`.
 *
 * @param transactions columns of equal length (see `transactionColumnsFromRows`), or the lines of {@link clusterTransactions}
 * @param spec an `RfmSpec` or its part about time, orders and returns
 * @throws InvalidInputError `LENGTH_MISMATCH`, `TIME_ZONE_UNKNOWN`, `DATE_INVALID`
 * @throws DataContractError `DATA_INVALID` for amounts or times that are no whole numbers, `MONEY_RANGE`
 * @example summariseCustomers(transactions, { asOf: Date.UTC(2017, 11, 31), timeZone: 'UTC' }).orders[0] // 5
 */
export function summariseCustomers(transactions: TransactionColumns | ClusteredTransactions, spec: TotalsWindow): CustomerTotals {
  const lines = 'offsets' in transactions ? transactions : clusterTransactions(transactions)
  return customerTotals(runToEnd(totalsOfLines(lines, totalsSpecOf(spec))), lines.customerIds, lines)
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
