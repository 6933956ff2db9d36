import { InvalidInputError } from '../errors/index.ts'

/** What totals need of a line beside its customer; `orderId` null = an order of its own. */
export interface LineEntry {
  readonly orderId: string | null
  readonly at: number
  readonly amount: number
}

/** Lines by customer number, in columns: an object per line would cost three times the memory. */
export interface LedgerLines {
  /** Slot of a line. @throws InvalidInputError `KEY_UNKNOWN` */
  slotOf(lineId: string): number
  has(lineId: string): boolean
  /** -1 = nobody known. */
  customerOf(slot: number): number
  /** Slots of the lines of a customer. */
  slotsOf(customer: number): number[]
  entry(slot: number): LineEntry
  add(lineId: string, customer: number, line: LineEntry): void
  remove(lineId: string): void
}

const NONE = -1

/** Slots are used again; the lines of a customer are a chain through them, linked both ways: a guest account can have 100,000. */
export function createLedgerLines(): LedgerLines {
  const slots = new Map<string, number>()
  const free: number[] = []
  const orderIds: (string | null)[] = []
  let at = new Float64Array(1024)
  let amount = new Float64Array(1024)
  let customers = new Int32Array(1024)
  let next = new Int32Array(1024)
  let previous = new Int32Array(1024)
  let heads = new Int32Array(1024).fill(NONE)

  function slotsOf(customer: number): number[] {
    const found: number[] = []
    for (let slot = heads[customer] ?? NONE; slot !== NONE; slot = next[slot]!) found.push(slot)
    return found
  }

  function slotOf(lineId: string): number {
    const slot = slots.get(lineId)
    if (slot === undefined) throw new InvalidInputError('KEY_UNKNOWN', 'A line to remove or correct is not in the ledger. Nothing was changed. Check its id, and whether it was removed before.')
    return slot
  }

  return {
    slotOf,
    has: (lineId) => slots.has(lineId),
    customerOf: (slot) => customers[slot]!,
    slotsOf,
    entry: (slot) => ({ orderId: orderIds[slot]!, at: at[slot]!, amount: amount[slot]! }),
    add(lineId, customer, line) {
      const slot = free.pop() ?? orderIds.length
      if (slot >= at.length) {
        at = doubled(at)
        amount = doubled(amount)
        customers = doubled(customers)
        next = doubled(next)
        previous = doubled(previous)
      }
      slots.set(lineId, slot)
      orderIds[slot] = line.orderId
      at[slot] = line.at
      amount[slot] = line.amount
      customers[slot] = customer
      if (customer === NONE) return
      while (customer >= heads.length) {
        const filled = heads.length
        heads = doubled(heads).fill(NONE, filled)
      }
      const after = heads[customer]!
      next[slot] = after
      previous[slot] = NONE
      if (after !== NONE) previous[after] = slot
      heads[customer] = slot
    },
    remove(lineId) {
      const slot = slotOf(lineId)
      const customer = customers[slot]!
      slots.delete(lineId)
      orderIds[slot] = null
      free.push(slot)
      if (customer === NONE) return
      const [before, after] = [previous[slot]!, next[slot]!]
      if (before === NONE) heads[customer] = after
      else next[before] = after
      if (after !== NONE) previous[after] = before
    },
  }
}

/** Twice the room, for typed columns that grow. */
export function doubled<Column extends Float64Array | Int32Array>(column: Column): Column {
  const larger = (column instanceof Float64Array ? new Float64Array(2 * column.length) : new Int32Array(2 * column.length)) as Column
  larger.set(column)
  return larger
}
