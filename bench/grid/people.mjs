// 100,000 customers of eight columns, the same for every grid; nothing random that another machine would not make too.
const FIRST = ['Ada', 'Bo', 'Chen', 'Dina', 'Eva', 'Finn', 'Gül', 'Hugo', 'Ines', 'Jan', 'Kim', 'Liv', 'Max', 'Nora', 'Ole', 'Pia']
const CITIES = ['Berlin', 'Hamburg', 'Köln', 'Leipzig', 'München', 'Wien', 'Zürich']
export const AS_OF_DAY = 20_453 // 31 December 2025
export const COLUMNS = ['customer', 'city', 'firstDay', 'lastDay', 'orders', 'revenue', 'meanOrderValue', 'recencyDays']

/** One order of equal amount on each of `orders` days, 40 days apart. Amounts in cents. */
export function personAt(index) {
  // Multiplying by an odd number permutes the residues: values look shuffled, and anyone can compute them again.
  const mixed = Math.imul(index + 1, 2_654_435_761) >>> 0
  const orders = 1 + (mixed % 3)
  const each = 500 + ((mixed >>> 4) % 400) * 25
  const recencyDays = (mixed >>> 12) % 900
  return {
    customerId: `C${String(index).padStart(7, '0')}`,
    name: `${FIRST[mixed % 16]} ${FIRST[(mixed >>> 8) % 16]}son`,
    city: CITIES[(mixed >>> 20) % 7],
    orders,
    each,
    recencyDays,
    lastDay: AS_OF_DAY - recencyDays,
    firstDay: AS_OF_DAY - recencyDays - 40 * (orders - 1),
    revenue: orders * each,
    meanOrderValue: each,
  }
}

/** Rows as the other grids take them, in the order that our table opens with: highest revenue first, then by id. */
export function rowsOf(count) {
  return Array.from({ length: count }, (_, index) => personAt(index)).sort((a, b) => b.revenue - a.revenue || (a.customerId < b.customerId ? -1 : 1))
}
