import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { customerCountOperation } from '@crm/core/customers'
import { CrmProvider } from '@crm/react/provider'
import { CustomerTable, prefetchCustomers } from '@crm/react/customer-table'
import { QueryClient } from '@tanstack/react-query'
import { AS_OF_DAY, COLUMNS, personAt } from './people.mjs'

export const name = '@crm/react CustomerTable'
const DAY_MS = 86_400_000
const spec = { asOf: AS_OF_DAY * DAY_MS, timeZone: 'UTC' }
const zone = { timeZone: 'UTC', currency: 'EUR' }

/** Data before the clock: the adapter over the orders of the customers, asked once, as the other grids get finished rows. */
export async function prepare(count) {
  const lines = []
  const customers = []
  for (let index = 0; index < count; index++) {
    const { customerId, name, city, orders, each, lastDay } = personAt(index)
    customers.push({ customerId, name, city })
    for (let o = 0; o < orders; o++) lines.push({ customerId, orderId: `${customerId}-${o}`, at: lastDay - 40 * o, amount: each })
  }
  const text = (values) => {
    const codes = new Map()
    const codeOf = (value) => codes.get(value) ?? (codes.set(value, codes.size), codes.size - 1)
    return { kind: 'text', codes: Int32Array.from(values, codeOf), dictionary: [...codes.keys()] }
  }
  const numbers = (values) => ({ kind: 'float64', values: Float64Array.from(values) })
  const adapter = createMemoryAdapter({
    ...zone,
    data: {
      customers: { columns: { customerId: text(customers.map(({ customerId }) => customerId)), name: text(customers.map(({ name }) => name)), city: text(customers.map(({ city }) => city)) } },
      transactions: {
        columns: { customerId: text(lines.map(({ customerId }) => customerId)), orderId: text(lines.map(({ orderId }) => orderId)), at: numbers(lines.map(({ at }) => at)), amount: numbers(lines.map(({ amount }) => amount)) },
        fields: { at: { kind: 'date' }, amount: { kind: 'money' } },
      },
    },
  })
  const client = createClient(adapter, { allowMainThread: true })
  await client.run(customerCountOperation, { spec })
  return client
}

export function Grid({ data: client, queryClient }) {
  return (
    <CrmProvider client={client} {...(queryClient ? { queryClient } : {})} theme="light">
      <CustomerTable spec={spec} columns={COLUMNS} />
    </CrmProvider>
  )
}

/** What a server does before it renders. */
export async function beforeServer(client) {
  const queryClient = new QueryClient()
  await prefetchCustomers(queryClient, client, { spec, columns: COLUMNS })
  return { queryClient }
}
