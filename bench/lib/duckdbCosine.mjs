// The rival: similar products in hand-written SQL, two ways to say the same thing.
import { DuckDBDataChunk, DuckDBInstance, INTEGER } from '@duckdb/node-api'

const CHUNK_ROWS = 2048

const PAIRS = {
  'both directions of each pair': `SELECT a.product AS x, b.product AS y, count(*) AS common FROM has a JOIN has b USING (customer) WHERE a.product <> b.product GROUP BY ALL`,
  'one direction, then mirrored': `
    SELECT UNNEST([x, y]) AS x, UNNEST([y, x]) AS y, common
    FROM (SELECT a.product AS x, b.product AS y, count(*) AS common FROM has a JOIN has b ON a.customer = b.customer AND a.product < b.product GROUP BY ALL)`,
}

export const ways = Object.keys(PAIRS)

export async function openPurchases({ customer, product }, threads) {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: String(threads) })).connect()
  await connection.run('CREATE TABLE lines (customer INTEGER, product INTEGER)')
  const appender = await connection.createAppender('lines')
  for (let start = 0; start < customer.length; start += CHUNK_ROWS) {
    const end = Math.min(start + CHUNK_ROWS, customer.length)
    const chunk = DuckDBDataChunk.create([INTEGER, INTEGER])
    chunk.setColumns([customer, product].map((codes) => Array.from(codes.subarray(start, end))))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
  return connection
}

/**
 * The `top` most similar products of each, by cosine over who bought them; ties by common buyers, then by code.
 *
 * @returns {Promise<{ x: number, y: number, common: number, similarity: number }[]>} by x, then by rank
 */
export async function similarProductsInDuckdb(connection, way, top) {
  const sql = `
    WITH has AS MATERIALIZED (SELECT DISTINCT customer, product FROM lines),
    buyers AS (SELECT product, count(*) AS n FROM has GROUP BY product),
    pairs AS (${PAIRS[way]}),
    alike AS (SELECT x, y, common, common / (sqrt(p.n::DOUBLE) * sqrt(q.n::DOUBLE)) AS similarity FROM pairs JOIN buyers p ON p.product = x JOIN buyers q ON q.product = y)
    SELECT x, y, common, similarity FROM alike
    QUALIFY row_number() OVER (PARTITION BY x ORDER BY similarity DESC, common DESC, y) <= ${top} ORDER BY x, similarity DESC, common DESC, y`
  const reader = await connection.runAndReadAll(sql)
  return reader.getRowsJS().map(([x, y, common, similarity]) => ({ x: Number(x), y: Number(y), common: Number(common), similarity }))
}
