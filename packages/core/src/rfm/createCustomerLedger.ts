import type { WarningCount } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { clusterTransactions } from '../shared/cluster.ts'
import { runToEnd } from '../shared/steps.ts'
import { totalsOfLines } from '../shared/totals.ts'
import type { Totals } from '../shared/totals.ts'
import { totalsSpecOf } from '../shared/totalsSpec.ts'
import type { TotalsWindow } from '../shared/totalsSpec.ts'
import { createLedgerLines } from './ledgerLines.ts'
import type { LineEntry } from './ledgerLines.ts'
import { createLedgerTotals } from './ledgerTotals.ts'
import type { CustomerFigures } from './ledgerTotals.ts'
import type { CustomerTotals } from './rfm.types.ts'
import { transactionColumnsFromRows } from './transactionColumnsFromRows.ts'
import type { TransactionRow, TransactionRowsOptions } from './transactionColumnsFromRows.ts'

/** A line that can be named again later. A refund is a line of its own, with a negative amount. */
export interface LedgerLine extends TransactionRow {
  readonly lineId: string
}

/** A customer whose lines changed. null = without lines. */
export interface CustomerChange {
  readonly customerId: string
  readonly before: CustomerFigures | null
  readonly after: CustomerFigures | null
}

/**
 * Customer totals that follow their lines. Every change is all or nothing, works only on the customers of its lines, and
 * tells what it made of them.
 */
export interface CustomerLedger {
  /**
   * Books lines, late ones and refunds too.
   *
   * @throws InvalidInputError `KEY_DUPLICATE`, `ID_MISSING`, and as `transactionColumnsFromRows`; DataContractError `MONEY_RANGE`
   */
  add(lines: readonly LedgerLine[]): readonly CustomerChange[]
  /** Takes lines out as if they had never been: a deleted order. @throws InvalidInputError `KEY_UNKNOWN`, `KEY_DUPLICATE` */
  remove(lineIds: readonly string[]): readonly CustomerChange[]
  /** Puts lines in the place of those with the same ids, at once. @throws as `add` and `remove` */
  correct(lines: readonly LedgerLine[]): readonly CustomerChange[]
  /** null for somebody without lines. */
  customer(customerId: string): CustomerFigures | null
  /** What `summariseCustomers` gives for the lines as they are now; the same object until the next change. */
  totals(): CustomerTotals
}

/**
 * Keeps customer totals up to date line by line, where {@link summariseCustomers} would count all lines anew.
 *
 * @param spec an `RfmSpec` or its part about time, orders and returns. Its `asOf` stays; a new day is a new ledger
 * @param options as for `transactionColumnsFromRows`
 * @throws InvalidInputError `TIME_ZONE_UNKNOWN`, `DATE_INVALID`, `OPTION_INVALID`
 * @example
 * const ledger = createCustomerLedger(spec, { currency: 'EUR' })
 * ledger.add([{ lineId: 'l1', customerId: 'ann', orderId: 'o1', at: Date.UTC(2024, 4, 1), amount: 12.5 }])
 * ledger.remove(['l1']) // [{ customerId: 'ann', before: { orders: 1, ... }, after: null }]
 */
export function createCustomerLedger(spec: TotalsWindow, options: TransactionRowsOptions = {}): CustomerLedger {
  const totalsSpec = totalsSpecOf(spec)
  const { atKind = 'instant', currency = '', scale = 2 } = transactionColumnsFromRows([], options)
  const lines = createLedgerLines()
  const totals = createLedgerTotals({ currency, scale })
  const numbers = new Map<string, number>()

  /** The one rule for totals, over the lines of a few customers. Throws before anything is changed. */
  function summarise(linesOf: readonly (readonly LineEntry[])[]): Totals {
    const size = linesOf.reduce((sum, { length }) => sum + length, 0)
    const columns = { customer: new Int32Array(size), order: new Int32Array(size), at: new Float64Array(size), amount: new Float64Array(size) }
    let row = 0
    let order = 0
    for (let c = 0; c < linesOf.length; c++) {
      const orders = new Map<string, number>()
      for (const line of linesOf[c]!) {
        const known = line.orderId === null ? undefined : orders.get(line.orderId)
        const code = known ?? order++
        if (known === undefined && line.orderId !== null) orders.set(line.orderId, code)
        columns.customer[row] = c
        columns.order[row] = code
        columns.at[row] = line.at
        columns.amount[row] = line.amount
        row++
      }
    }
    return runToEnd(totalsOfLines(runToEnd(clusterTransactions({ customers: linesOf.length, ...columns, atKind })), totalsSpec))
  }

  function change(removedIds: readonly string[], added: readonly LedgerLine[]): readonly CustomerChange[] {
    const removed = new Set(removedIds.map(lines.slotOf))
    if (removed.size < removedIds.length) throw duplicate()
    const entries = entriesOf(added)
    const ids = new Set<string>()
    for (const { lineId } of added) {
      if (ids.has(lineId) || (lines.has(lineId) && !removed.has(lines.slotOf(lineId)))) throw duplicate()
      ids.add(lineId)
    }
    // Everybody a line belongs to, in order of first mention.
    const touched = new Map<string, LineEntry[]>()
    for (const slot of removed) if (lines.customerOf(slot) >= 0) touched.set(totals.idOf(lines.customerOf(slot)), [])
    added.forEach(({ customerId }, i) => {
      if (!customerId) return
      const own = touched.get(customerId)
      if (own === undefined) touched.set(customerId, [entries[i]!])
      else own.push(entries[i]!)
    })
    const customerIds = [...touched.keys()]
    const slots = customerIds.map((id) => (numbers.has(id) ? lines.slotsOf(numbers.get(id)!) : []))
    const before = slots.map((own) => own.map(lines.entry))
    const after = slots.map((own, c) => [...own.filter((slot) => !removed.has(slot)).map(lines.entry), ...touched.get(customerIds[c]!)!])
    const [old, young] = [summarise(before), summarise(after)] // may throw: until here nothing was written

    let strangers = 0
    for (const slot of removed) if (lines.customerOf(slot) < 0) strangers--
    for (const lineId of removedIds) lines.remove(lineId)
    added.forEach(({ lineId, customerId }, i) => {
      if (!customerId) strangers++
      lines.add(lineId, customerId ? numberOf(customerId) : -1, entries[i]!)
    })
    const changes = customerIds.map((customerId, c) => {
      const number = numberOf(customerId)
      const change = { customerId, before: totals.figures(number), after: null }
      totals.set(number, young, c, after[c]!.length > 0)
      return Object.freeze({ ...change, after: totals.figures(number) })
    })
    totals.count(countsOf(old, before), countsOf(young, after), strangers)
    return Object.freeze(changes)
  }

  function numberOf(customerId: string): number {
    let number = numbers.get(customerId)
    if (number === undefined) numbers.set(customerId, (number = totals.enter(customerId)))
    return number
  }

  function entriesOf(rows: readonly LedgerLine[]): LineEntry[] {
    const { at, amount } = transactionColumnsFromRows(rows, options)
    return rows.map(({ lineId, orderId = null }, i) => {
      if (typeof lineId !== 'string' || lineId === '') {
        throw new InvalidInputError('ID_MISSING', `Row ${i} has no \`lineId\`. It could not be removed or corrected later. Give every line its own id.`, { index: i })
      }
      return { orderId, at: at[i]!, amount: amount[i]! }
    })
  }

  return Object.freeze({
    add: (added: readonly LedgerLine[]) => change([], added),
    remove: (lineIds: readonly string[]) => change(lineIds, []),
    correct: (corrected: readonly LedgerLine[]) => change(corrected.map(({ lineId }) => lineId), corrected),
    customer(customerId: string) {
      const number = numbers.get(customerId)
      return number === undefined ? null : totals.figures(number)
    },
    totals: totals.totals,
  })
}

/** Somebody without lines is no customer of theirs, and lacks no purchase. */
function countsOf({ counts }: Totals, linesOf: readonly (readonly LineEntry[])[]): readonly WarningCount[] {
  const nobody = linesOf.filter(({ length }) => length === 0).length
  return [...counts, { code: 'CUSTOMERS_WITHOUT_PURCHASE', count: -nobody }]
}

function duplicate(): InvalidInputError {
  return new InvalidInputError('KEY_DUPLICATE', 'A line has the id of another one. Its amount would count twice. Give every line its own id, or use `correct`.')
}
