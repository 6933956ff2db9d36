import { createMemoryAdapter } from '@crm/core/adapter'
import type { Column, DataAdapter } from '@crm/core/adapter'
import { STORY_AS_OF, STORY_TIME_ZONE } from './storyData.ts'

const DAY_MS = 86_400_000
const NAMES = ['Ada', 'Bo', 'Chen', 'Dina', 'Eva', 'Finn', 'Gül', 'Hugo', 'Ines', 'Jan', 'Kim', 'Liv', 'Max', 'Nora', 'Ole', 'Pia']

/** Customer `index` of {@link manyCustomers}: id, name, orders, days since the last one, revenue in cents. */
export function manyCustomerAt(index: number): { customerId: string; name: string; orders: number; daysAgo: number; revenue: number } {
  // Multiplying by an odd number permutes the residues: values look shuffled, and anyone can compute them again.
  const mixed = Math.imul(index + 1, 2_654_435_761) >>> 0
  const orders = 1 + (mixed % 3)
  const each = 500 + ((mixed >>> 4) % 400) * 25
  return { customerId: `C${String(index).padStart(7, '0')}`, name: `${NAMES[mixed % 16]!} ${NAMES[(mixed >>> 8) % 16]!}son`, orders, daysAgo: (mixed >>> 12) % 900, revenue: orders * each }
}

/** A memory adapter over `count` customers, one line per order, built from columns: 100,000 customers take about 0.2 s. */
export function manyCustomers(count: number): DataAdapter {
  const ids: string[] = []
  const names: string[] = []
  const codes: number[] = []
  const orderIds: string[] = []
  const lineIds: string[] = []
  const at: number[] = []
  const amount: number[] = []
  for (let c = 0; c < count; c += 1) {
    const { customerId, name, orders, daysAgo, revenue } = manyCustomerAt(c)
    ids.push(customerId)
    names.push(name)
    for (let o = 0; o < orders; o += 1) {
      codes.push(c)
      orderIds.push(`${customerId}-${o}`)
      lineIds.push(`${customerId}-${o}-0`)
      at.push(STORY_AS_OF - (daysAgo + 40 * o) * DAY_MS - 3_600_000)
      amount.push(revenue / orders)
    }
  }
  const each = (dictionary: readonly string[]): Column => ({ kind: 'text', codes: Int32Array.from(dictionary, (_, row) => row), dictionary })
  const numbers = (values: readonly number[]): Column => ({ kind: 'float64', values: Float64Array.from(values) })
  return createMemoryAdapter({
    scopeKey: `many-${count}`,
    timeZone: STORY_TIME_ZONE,
    currency: 'EUR',
    data: {
      customers: { columns: { customerId: each(ids), name: each(names) } },
      transactions: {
        columns: { lineId: each(lineIds), customerId: { kind: 'text', codes: Int32Array.from(codes), dictionary: ids }, orderId: each(orderIds), at: numbers(at), amount: numbers(amount) },
        fields: { at: { kind: 'instant' }, amount: { kind: 'money' } },
      },
    },
  })
}
