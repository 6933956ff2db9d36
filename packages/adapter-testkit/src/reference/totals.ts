import type { TotalsSpec, WarningCode, WarningCount, ZoneOffsets } from '@crm/core/adapter'
import type { Cell, KitData } from '../testkit.types.ts'

/** A customer of a summary: attributes and measures by name. */
export type CustomerRow = ReadonlyMap<string, Cell>

interface Line {
  readonly orderId: string
  readonly productId: string | null
  readonly at: number
  readonly amount: number
}

const DAY = 86_400_000

/** Totals of every customer of a summary, with what was left out. Sums in BigInt, days by the list of offsets. */
export function customerTotals(data: KitData, spec: TotalsSpec): { rows: readonly CustomerRow[]; counts: readonly WarningCount[] } {
  const counts = new Map<WarningCode, number>()
  const count = (code: WarningCode): void => void counts.set(code, (counts.get(code) ?? 0) + 1)
  const { attributesOf, linesOf, linesWithoutCustomer, isDayBased } = customersAndLines(data)
  for (let i = 0; i < linesWithoutCustomer; i++) count('LINES_WITHOUT_CUSTOMER')

  const { dayOf, asOfDay, isAfter, isBefore } = windowOf(spec, isDayBased)

  const rows: CustomerRow[] = []
  for (const [customerId, attributes] of attributesOf) {
    const used: Line[] = []
    let returned = 0n
    for (const line of linesOf.get(customerId) ?? []) {
      if (isAfter(line)) count('LINES_AFTER_AS_OF')
      else if (isBefore(line)) count('LINES_BEFORE_FROM')
      else {
        if (line.amount < 0) returned -= BigInt(line.amount)
        if (line.amount < 0 && spec.returns === 'drop') count('RETURNS_DROPPED')
        else used.push(line)
      }
    }
    const purchases = used.filter(({ amount }) => amount > 0)
    const days = purchases.map(({ at }) => dayOf(at))
    const orderKey = (line: Line): string | number => keyOfOrder(line, spec, dayOf)
    const orderKeys = new Set(purchases.map(orderKey))
    const orders = spec.order === 'line' ? purchases.length : orderKeys.size
    const revenue = used.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
    if (orders === 0) count('CUSTOMERS_WITHOUT_PURCHASE')
    if (spec.order !== 'line' && spec.returns === 'net') {
      for (const key of orderKeys) {
        const net = used.filter((line) => orderKey(line) === key).reduce((sum, { amount }) => sum + BigInt(amount), 0n)
        if (net <= 0n) count('ORDERS_NOT_POSITIVE')
      }
    }
    const firstDay = orders === 0 ? null : Math.min(...days)
    const lastDay = orders === 0 ? null : Math.max(...days)
    rows.push(
      new Map<string, Cell>([
        ...attributes,
        ['firstDay', firstDay],
        ['lastDay', lastDay],
        ['recencyDays', lastDay === null ? null : asOfDay - lastDay],
        ['orders', orders],
        ['revenue', Number(revenue)],
        ['returnedRevenue', Number(returned)],
        ['lines', used.length],
        ['meanOrderValue', orders === 0 ? null : Number(revenue) / orders],
      ]),
    )
  }
  return { rows, counts: [...counts].map(([code, n]) => ({ code, count: n })).sort((a, b) => (a.code < b.code ? -1 : 1)) }
}

/** A purchase line in the window: whose, of what, and of which order of theirs. */
export interface Purchase {
  readonly customerId: string
  readonly productId: string | null
  readonly orderKey: string | number
}

/** Every line in the window with an amount above 0 and a customer. A line is an order of its own where the spec says so. */
export function purchasesInWindow(data: KitData, spec: TotalsSpec): readonly Purchase[] {
  const { linesOf, isDayBased } = customersAndLines(data)
  const { dayOf, isAfter, isBefore } = windowOf(spec, isDayBased)
  return [...linesOf].flatMap(([customerId, lines]) =>
    lines
      .filter((line) => line.amount > 0 && !isAfter(line) && !isBefore(line))
      .map((line, i): Purchase => ({ customerId, productId: line.productId, orderKey: spec.order === 'line' ? i : keyOfOrder(line, spec, dayOf) })),
  )
}

function windowOf(spec: TotalsSpec, isDayBased: boolean): { dayOf: (at: number) => number; asOfDay: number; isAfter: (line: Line) => boolean; isBefore: (line: Line) => boolean } {
  const asOfDay = dayInZone(spec.asOf, spec.zone)
  const fromDay = spec.from === undefined ? null : dayInZone(spec.from, spec.zone)
  return {
    dayOf: (at) => (isDayBased ? at : dayInZone(at, spec.zone)),
    asOfDay,
    isAfter: ({ at }) => (isDayBased ? at > asOfDay : at > spec.asOf),
    isBefore: ({ at }) => (isDayBased ? fromDay !== null && at < fromDay : spec.from !== undefined && at < spec.from),
  }
}

function keyOfOrder({ orderId, at }: Line, spec: TotalsSpec, dayOf: (at: number) => number): string | number {
  return spec.order === 'day' ? dayOf(at) : orderId
}

/** The rows of `customers` and the distinct ids of the lines, each once. */
function customersAndLines(data: KitData): { attributesOf: Map<string, [string, Cell][]>; linesOf: Map<string, Line[]>; linesWithoutCustomer: number; isDayBased: boolean } {
  const attributesOf = new Map<string, [string, Cell][]>()
  const customers = data.sets.find(({ name }) => name === 'customers')
  const idPlace = customers?.fields.findIndex(({ name }) => name === 'customerId') ?? -1
  for (const row of customers?.rows ?? []) attributesOf.set(row[idPlace] as string, customers?.fields.map(({ name }, f): [string, Cell] => [name, row[f] as Cell]) ?? [])

  const transactions = data.sets.find(({ name }) => name === 'transactions')
  if (transactions === undefined) throw new Error('The data of the kit always hold transactions.')
  const place = (field: string): number => transactions.fields.findIndex(({ name }) => name === field)
  const [atCustomer, atOrder, atTime, atAmount, atProduct] = [place('customerId'), place('orderId'), place('at'), place('amount'), place('productId')]
  const linesOf = new Map<string, Line[]>()
  let linesWithoutCustomer = 0
  for (const row of transactions.rows) {
    const customerId = row[atCustomer] as string | null
    if (customerId === null) {
      linesWithoutCustomer++
      continue
    }
    if (!attributesOf.has(customerId)) attributesOf.set(customerId, [['customerId', customerId]])
    if (!linesOf.has(customerId)) linesOf.set(customerId, [])
    linesOf.get(customerId)?.push({ orderId: row[atOrder] as string, productId: (row[atProduct] ?? null) as string | null, at: row[atTime] as number, amount: row[atAmount] as number })
  }
  return { attributesOf, linesOf, linesWithoutCustomer, isDayBased: transactions.fields[atTime]?.type.kind === 'date' }
}

/** The entry with the greatest `since` that is not later, or the first. */
export function dayInZone(at: number, zone: ZoneOffsets): number {
  let offset = zone[0]?.offsetMinutes ?? 0
  for (const entry of zone) if (entry.since <= at) offset = entry.offsetMinutes
  return Math.floor((at + offset * 60_000) / DAY)
}
