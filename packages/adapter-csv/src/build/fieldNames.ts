import type { ImportAttribute } from '@crm/core/adapter'

type Owner = ImportAttribute['of']

/** Names that the importer gives itself, and measures of the contract: no attribute may have them. */
const RESERVED: Readonly<Record<Owner, readonly string[]>> = {
  customers: ['customerId', 'name', 'firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines', 'meanOrderValue'],
  products: ['productId', 'name', 'category'],
  transactions: ['lineId', 'orderId', 'customerId', 'productId', 'at', 'amount', 'quantity', 'unitPrice'],
}

/** Names with a meaning in the contract: an attribute gets them when a person says so, not by chance. */
const MEANT: Readonly<Record<Owner, readonly string[]>> = {
  customers: ['kind', 'createdAt', 'stage'],
  products: ['price', 'cost', 'available'],
  transactions: ['currency'],
}

export function isReserved(name: string, of: Owner): boolean {
  return RESERVED[of].includes(name)
}

/** A name for a column: its heading, with a number behind it where the name is taken or means something else. */
export function fieldNameFor(heading: string, of: Owner, taken: ReadonlySet<string>): string {
  const base = heading.trim()
  let name = base
  for (let n = 2; taken.has(name) || isReserved(name, of) || MEANT[of].includes(name); n++) name = `${base} (${n})`
  return name
}
