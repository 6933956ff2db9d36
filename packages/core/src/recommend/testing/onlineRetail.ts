import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { csvRows } from '../../shared/testing/csvRows.ts'
import type { Purchase } from './purchaseTables.ts'

const file = join(process.env.CRM_SHARED ?? join(import.meta.dirname, '../../../../../../shared'), 'data/online-retail.csv.gz')

/** UCI Online Retail is no part of the repository. */
export const isOnlineRetailHere: boolean = existsSync(file)

/** For a test title: why it was skipped. */
export const onlineRetailSkipReason: string = isOnlineRetailHere ? '' : ' (skipped: no data folder; set CRM_SHARED)'

/** Lines with quantity > 0, price > 0 and a customer. A product is its trimmed description; times are taken as UTC. */
export function onlineRetailPurchases(): Purchase[] {
  const purchases: Purchase[] = []
  for (const [orderId, , description, quantity, date, price, customerId] of csvRows(gunzipSync(readFileSync(file)).toString('utf8')).slice(1)) {
    if (!(Number(quantity) > 0 && Number(price) > 0 && customerId)) continue
    purchases.push({ customerId, productId: description!.trim(), orderId: orderId!, at: Date.parse(`${date!.replace(' ', 'T')}Z`) })
  }
  return purchases
}
