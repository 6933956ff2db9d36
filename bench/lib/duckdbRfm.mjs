// The rival: hand-written SQL in DuckDB, three ways to say the same thing, from what one writes first to the fastest found.
import { DOUBLE, DuckDBDataChunk, DuckDBInstance, INTEGER } from '@duckdb/node-api'

const CHUNK_ROWS = 2048

/** Loads the columns into a table `name` in the order they stand. */
export async function loadLines(connection, name, { customer, order, at, amount }) {
  await connection.run(`CREATE TABLE raw (customer INTEGER, "order" INTEGER, placed DOUBLE, amount DOUBLE)`)
  const appender = await connection.createAppender('raw')
  for (let start = 0; start < customer.length; start += CHUNK_ROWS) {
    const end = Math.min(start + CHUNK_ROWS, customer.length)
    const chunk = DuckDBDataChunk.create([INTEGER, INTEGER, DOUBLE, DOUBLE])
    chunk.setColumns([customer, order, at, amount].map((values) => Array.from(values.subarray(start, end))))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
  await connection.run(`CREATE TABLE ${name} AS SELECT customer, "order", epoch_ms(placed::BIGINT) AS placed, amount::BIGINT AS amount FROM raw`)
  await connection.run('DROP TABLE raw')
}

export async function openDuckdb(threads) {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: String(threads) })).connect()
  await connection.run('LOAD icu').catch(() => connection.run('INSTALL icu; LOAD icu'))
  return connection
}

const TOTALS = {
  'count(DISTINCT), a day per line': `
    SELECT customer, max(CASE WHEN amount > 0 THEN day END) AS last_day, count(DISTINCT CASE WHEN amount > 0 THEN "order" END) AS orders, sum(amount) AS revenue
    FROM (SELECT *, (timezone($zone, timezone('UTC', placed)))::DATE AS day FROM lines WHERE placed <= $as_of) GROUP BY customer`,
  'count(DISTINCT), a day per customer': `
    SELECT customer, (timezone($zone, timezone('UTC', max(CASE WHEN amount > 0 THEN placed END))))::DATE AS last_day,
      count(DISTINCT CASE WHEN amount > 0 THEN "order" END) AS orders, sum(amount) AS revenue
    FROM lines WHERE placed <= $as_of GROUP BY customer`,
  'GROUP BY order first, a day per customer': `
    SELECT customer, (timezone($zone, timezone('UTC', max(placed))))::DATE AS last_day, count(placed) AS orders, sum(revenue) AS revenue
    FROM (SELECT customer, "order", max(CASE WHEN amount > 0 THEN placed END) AS placed, sum(amount) AS revenue FROM lines WHERE placed <= $as_of GROUP BY ALL) GROUP BY customer`,
}

/** Ways to write the totals; all give the same grid. */
export const ways = Object.keys(TOTALS)

/** Quintile cut points of recency, orders and revenue and the counts of the 5 x 5 x 5 grid, in one statement. */
export async function rfmGridInDuckdb(connection, way, { zone, asOf, asOfDay }) {
  const sql = `
    WITH totals AS MATERIALIZED (SELECT $as_of_day::INTEGER - (last_day - DATE '1970-01-01') AS recency, orders, revenue::BIGINT AS revenue FROM (${TOTALS[way]}) WHERE last_day IS NOT NULL),
    cuts AS (SELECT quantile_disc(recency, [.2, .4, .6, .8]) AS r, quantile_disc(orders, [.2, .4, .6, .8]) AS f, quantile_disc(revenue, [.2, .4, .6, .8]) AS m FROM totals)
    SELECT ${['recency', 'orders', 'revenue'].map((field, axis) => bin(field, 'rfm'[axis])).join(', ')}, count(*) AS customers, sum(revenue) AS revenue, any_value(cuts.r), any_value(cuts.f), any_value(cuts.m)
    FROM totals, cuts GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`
  const reader = await connection.runAndReadAll(sql, { zone, as_of: asOfTimestamp(asOf), as_of_day: asOfDay })
  const rows = reader.getRowsJS()
  return {
    cuts: [5, 6, 7].map((column) => Array.from(rows[0][column], Number)),
    cells: rows.map((row) => row.slice(0, 5).map(Number)),
  }
}

function bin(field, axis) {
  const isAbove = (cut) => `(${field} > cuts.${axis}[${cut}])::INTEGER`
  return [1, 2, 3, 4].map(isAbove).join(' + ')
}

function asOfTimestamp(ms) {
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
}
