// The other rival: what one writes first in JavaScript. Row objects, a Map of customers, a Set of orders in each.

export function rowsOf({ customer, order, at, amount }) {
  return Array.from(customer, (code, line) => ({ customerId: `C${code}`, orderId: order[line], at: at[line], amount: amount[line] }))
}

export function rfmGridFromRows(rows, { zone, asOf, asOfDay }) {
  const dayOf = dayIn(zone)
  const customers = new Map()
  for (const { customerId, orderId, at, amount } of rows) {
    if (at > asOf) continue
    let customer = customers.get(customerId)
    if (customer === undefined) customers.set(customerId, (customer = { last: -Infinity, orders: new Set(), revenue: 0 }))
    customer.revenue += amount
    if (amount > 0) {
      if (at > customer.last) customer.last = at
      customer.orders.add(orderId)
    }
  }
  const totals = []
  for (const { last, orders, revenue } of customers.values()) {
    if (orders.size > 0) totals.push([asOfDay - dayOf(last), orders.size, revenue])
  }
  const cuts = [0, 1, 2].map((axis) => {
    const values = Float64Array.from(totals, (row) => row[axis]).sort()
    return [1, 2, 3, 4].map((rank) => values[Math.ceil((values.length * rank) / 5) - 1])
  })
  const cells = new Map()
  for (const row of totals) {
    const bins = row.map((value, axis) => cuts[axis].filter((cut) => cut < value).length)
    const key = bins.join()
    let cell = cells.get(key)
    if (cell === undefined) cells.set(key, (cell = [...bins, 0, 0]))
    cell[3]++
    cell[4] += row[2]
  }
  return { cuts, cells: [...cells.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]) }
}

/** Days by the offsets of the zone, asked of Intl once an hour of data and remembered. */
function dayIn(zone) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const known = new Map()
  return (at) => {
    const hour = Math.floor(at / 3_600_000)
    let day = known.get(hour)
    if (day === undefined) known.set(hour, (day = Date.parse(format.format(hour * 3_600_000)) / 86_400_000))
    return day
  }
}
