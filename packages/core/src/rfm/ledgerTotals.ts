import type { WarningCount } from '../adapter/contract.ts'
import { takeValuesInSteps } from '../shared/columns.ts'
import { runToEnd } from '../shared/steps.ts'
import type { Totals } from '../shared/totals.ts'
import { doubled } from './ledgerLines.ts'
import type { CustomerTotals } from './rfm.types.ts'
import { customerTotals } from './summariseCustomers.ts'

/** The totals of one customer. Days are null without a purchase. */
export interface CustomerFigures {
  readonly firstDay: number | null
  readonly lastDay: number | null
  readonly recencyDays: number | null
  readonly orders: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
  readonly returnedRevenue: number
  readonly lines: number
}

/** Totals by customer number, in columns that grow. */
export interface LedgerTotals {
  /** Number of a new customer. */
  enter(customerId: string): number
  idOf(number: number): string
  /** Takes row `row` of totals over for a customer, who has lines or not. */
  set(number: number, from: Totals, row: number, hasLines: boolean): void
  /** Warnings: what the touched customers had is taken off, what they have now is put in. */
  count(before: readonly WarningCount[], after: readonly WarningCount[], strangers: number): void
  figures(number: number): CustomerFigures | null
  totals(): CustomerTotals
}

const COLUMNS = ['firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines'] as const
type Columns = Record<(typeof COLUMNS)[number], Int32Array | Float64Array>

export function createLedgerTotals(money: { readonly currency: string; readonly scale: number }): LedgerTotals {
  const ids: string[] = []
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, name === 'revenue' || name === 'returnedRevenue' ? new Float64Array(1024) : new Int32Array(1024)])) as Columns
  const counts = new Map<WarningCount['code'], number>()
  /** 1 = has lines. */
  let isHere = new Uint8Array(1024)
  let here = 0
  let known: CustomerTotals | null = null

  function makeTotals(): CustomerTotals {
    const warnings = [...counts].filter(([, count]) => count > 0).map(([code, count]) => Object.freeze({ code, count }))
    warnings.sort((a, b) => (a.code < b.code ? -1 : 1))
    const taken = {} as Columns
    let customerIds: string[]
    if (here === ids.length) {
      for (const name of COLUMNS) taken[name] = columns[name].slice(0, here)
      customerIds = ids.slice()
    } else {
      const index = new Int32Array(here)
      let n = 0
      for (let number = 0; number < ids.length; number++) if (isHere[number] === 1) index[n++] = number
      for (const name of COLUMNS) taken[name] = runToEnd(takeValuesInSteps(columns[name], columns[name] instanceof Float64Array ? new Float64Array(here) : new Int32Array(here), index))
      customerIds = Array.from(index, (number) => ids[number]!)
    }
    const { revenue, returnedRevenue, ...whole } = taken
    return customerTotals({ ...whole, revenue: revenue as Float64Array, returnedRevenue: returnedRevenue as Float64Array, count: here, counts: Object.freeze(warnings) }, customerIds, money)
  }

  return {
    enter(customerId) {
      const number = ids.push(customerId) - 1
      if (number >= isHere.length) {
        for (const name of COLUMNS) columns[name] = doubled(columns[name])
        const grown = new Uint8Array(2 * isHere.length)
        grown.set(isHere)
        isHere = grown
      }
      return number
    },
    idOf: (number) => ids[number]!,
    set(number, from, row, hasLines) {
      for (const name of COLUMNS) columns[name][number] = from[name][row]!
      here += +hasLines - isHere[number]!
      isHere[number] = +hasLines
      known = null
    },
    count(before, after, strangers) {
      const add = (code: WarningCount['code'], count: number): void => void counts.set(code, (counts.get(code) ?? 0) + count)
      for (const { code, count } of before) add(code, -count)
      for (const { code, count } of after) add(code, count)
      add('LINES_WITHOUT_CUSTOMER', strangers)
      known = null
    },
    figures(number) {
      if (isHere[number] !== 1) return null
      const orders = columns.orders[number]!
      const day = (name: 'firstDay' | 'lastDay' | 'recencyDays'): number | null => (orders > 0 ? columns[name][number]! : null)
      const { revenue, returnedRevenue, lines } = columns
      return Object.freeze({
        firstDay: day('firstDay'),
        lastDay: day('lastDay'),
        recencyDays: day('recencyDays'),
        orders,
        revenue: revenue[number]!,
        returnedRevenue: returnedRevenue[number]!,
        lines: lines[number]!,
      })
    },
    totals: () => (known ??= makeTotals()),
  }
}
