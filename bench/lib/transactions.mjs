// Seeded transaction lines as plain columns: two lines an order, orders in order of time, customers in no order.

/** mulberry32: 32-bit state, 0 <= x < 1. */
export function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * @param {{ lines: number, customers: number, seed: number, from: number, to: number }} options instants in epoch ms
 * @returns {{ customers: number, customer: Int32Array, order: Int32Array, at: Float64Array, atKind: 'instant', amount: Float64Array }}
 *   `amount` in cents, 1 line in 40 a return; some customers buy much more often than others
 */
export function makeTransactions({ lines, customers, seed, from, to }) {
  const random = randomFrom(seed)
  const customer = new Int32Array(lines)
  const order = new Int32Array(lines)
  const at = new Float64Array(lines)
  const amount = new Float64Array(lines)
  for (let line = 0; line < lines; line++) {
    const isSecond = (line & 1) === 1
    customer[line] = isSecond ? customer[line - 1] : Math.floor(customers * random() ** 1.5)
    order[line] = line >> 1
    at[line] = isSecond ? at[line - 1] : from + Math.floor((to - from) * random())
    amount[line] = random() < 0.025 ? -Math.ceil(random() * 3_000) : Math.ceil(random() ** 2 * 20_000)
  }
  return { customers, customer, order, at, atKind: 'instant', amount }
}

/** The same lines with those of one customer side by side, orders kept together: the layout the client keeps in memory. */
export function clusterByCustomer(columns) {
  const { customers, customer } = columns
  const next = new Int32Array(customers + 1)
  for (const code of customer) next[code + 1]++
  for (let code = 0; code < customers; code++) next[code + 1] += next[code]
  const place = Int32Array.from(customer, (code) => next[code]++)
  const moved = (values) => {
    const result = new values.constructor(values.length)
    for (let line = 0; line < place.length; line++) result[place[line]] = values[line]
    return result
  }
  return { ...columns, customer: moved(customer), order: moved(columns.order), at: moved(columns.at), amount: moved(columns.amount) }
}
