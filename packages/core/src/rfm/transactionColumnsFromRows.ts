import { InvalidInputError } from '../errors/index.ts'
import type { InvalidInputCode } from '../errors/index.ts'
import type { TransactionColumns } from './summariseCustomers.ts'

/** One line of an order. */
export interface TransactionRow {
  /** null or '' = nobody known. */
  readonly customerId: string | null
  /** Left out: the line is an order of its own. */
  readonly orderId?: string
  /** Epoch milliseconds or a Date; with `atKind: 'date'` days since 1970-01-01. */
  readonly at: number | Date
  /** Currency units, at most `scale` decimals; negative = return. */
  readonly amount: number
}

/** What the rows cannot say themselves. */
export interface TransactionRowsOptions {
  readonly currency?: string
  /** Decimals kept, 0..6. Default 2. */
  readonly scale?: number
  /** Default `instant`. */
  readonly atKind?: 'instant' | 'date'
}

/**
 * Puts rows into columns for `summariseCustomers`. Amounts become whole numbers of 10^-scale; only the noise of
 * float arithmetic is rounded away.
 *
 * @throws InvalidInputError `OPTION_INVALID`; `VALUE_NOT_FINITE`, `NOT_INTEGER` (more decimals than `scale`), `DATE_INVALID`,
 *   with the row
 * @example transactionColumnsFromRows([{ customerId: 'a', orderId: '1', at: Date.UTC(2024, 0, 31), amount: 12.5 }], { currency: 'EUR' })
 */
export function transactionColumnsFromRows(rows: readonly TransactionRow[], options: TransactionRowsOptions = {}): TransactionColumns {
  const { currency = '', scale = 2, atKind = 'instant' } = options
  if (!(Number.isInteger(scale) && scale >= 0 && scale <= 6)) throw new InvalidInputError('OPTION_INVALID', `\`scale\` must be 0 to 6, got ${scale}. It counts decimals. Use 2 for cents.`)
  const customerCodes = new Map<string, number>()
  const orderCodes = new Map<string, number>()
  const n = rows.length
  const customer = new Int32Array(n)
  const order = new Int32Array(n)
  const at = new Float64Array(n)
  const amount = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const row = rows[i]!
    customer[i] = row.customerId ? codeOf(customerCodes, row.customerId) : -1
    // Marked, so that a given id never meets that of a line.
    order[i] = codeOf(orderCodes, row.orderId === undefined ? `l${i}` : `o${row.orderId}`)
    at[i] = instantOf(row.at, i)
    amount[i] = wholeUnits(row.amount, scale, i)
  }
  return { customers: customerCodes.size, customerIds: [...customerCodes.keys()], customer, order, at, atKind, amount, currency, scale }
}

function codeOf(codes: Map<string, number>, id: string): number {
  const known = codes.get(id)
  if (known !== undefined) return known
  codes.set(id, codes.size)
  return codes.size - 1
}

function instantOf(at: number | Date, index: number): number {
  const value = Math.floor(Number(at))
  if (!(Math.abs(value) <= 8.64e15)) throw badRow('DATE_INVALID', index, 'has no time')
  return value
}

function wholeUnits(amount: number, scale: number, index: number): number {
  if (!Number.isFinite(amount)) throw badRow('VALUE_NOT_FINITE', index, 'has no amount')
  const whole = Math.round(amount * 10 ** scale)
  // 6 * 2.55 is 15.299999999999999: the last bits of a float are noise, further decimals are not.
  if (Math.abs(whole / 10 ** scale - amount) > 4 * Number.EPSILON * Math.abs(amount) || !Number.isSafeInteger(whole)) {
    throw badRow('NOT_INTEGER', index, `has more than ${scale} decimals, or is too large for them`)
  }
  return whole + 0
}

function badRow(code: InvalidInputCode, index: number, what: string): InvalidInputError {
  return new InvalidInputError(code, `Row ${index} ${what}. Totals would be wrong without it. Correct the row, or the options.`, { index })
}
