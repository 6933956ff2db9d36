import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { csvRows } from '../../shared/testing/csvRows.ts'
import type { TransactionColumns } from '../summariseCustomers.ts'
import { transactionColumnsFromRows } from '../transactionColumnsFromRows.ts'
import type { TransactionRow } from '../transactionColumnsFromRows.ts'

const shared = process.env.CRM_SHARED ?? join(import.meta.dirname, '../../../../../../shared')
const dataFile = join(shared, 'data/online-retail.csv.gz')

/** Where a reference output of a tool lies. */
export function vectorFile(name: string): string {
  return join(shared, 'vectors/rfm', name)
}

/** UCI Online Retail and the reference outputs are not part of the repository. */
export function isHere(...vectors: readonly string[]): boolean {
  return [dataFile, ...vectors.map(vectorFile)].every((path) => existsSync(path))
}

/** For a test title: why it was skipped. */
export function skipReason(isThere: boolean): string {
  return isThere ? '' : ' (skipped: no data folder; set CRM_SHARED)'
}

/** Rows with quantity > 0, price > 0 and a customer; an invoice is an order; amounts in tenths of a penny. */
export function onlineRetail(): TransactionColumns {
  const rows: TransactionRow[] = []
  for (const [invoice, , , quantity, date, price, customerId] of csvRows(gunzipSync(readFileSync(dataFile)).toString('utf8')).slice(1)) {
    const [count, each] = [Number(quantity), Number(price)]
    if (!(count > 0 && each > 0 && customerId)) continue
    rows.push({ customerId, orderId: invoice!, at: Date.parse(`${date!.replace(' ', 'T')}Z`), amount: count * each })
  }
  return transactionColumnsFromRows(rows, { currency: 'GBP', scale: 3 })
}

/** The lines of a reference output, without its header. */
export function vectorRows(name: string): string[][] {
  return csvRows(readFileSync(vectorFile(name), 'utf8')).slice(1)
}
