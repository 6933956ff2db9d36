// RFM from 5,000,000 lines: totals, quintile cut points, the 5 x 5 x 5 grid. Ours beside DuckDB and a Map of row objects,
// equal results required. Then 1,000,000 customers end to end in a worker. Prints CPU time and ratios of one run.
import assert from 'node:assert/strict'
import { Worker } from 'node:worker_threads'
import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { clusterTransactions, createRfmSpec, describeRfmGrid, rfmGridOperation, summariseCustomers } from '@crm/core/rfm'
import { loadLines, openDuckdb, rfmGridInDuckdb, ways } from './lib/duckdbRfm.mjs'
import { cpuOf, megabytes, printTable } from './lib/measure.mjs'
import { rfmGridFromRows, rowsOf } from './lib/rowsRfm.mjs'
import { clusterByCustomer, makeTransactions } from './lib/transactions.mjs'

const LINES = 5_000_000
const CUSTOMERS = 500_000
const zone = 'America/New_York'
const asOf = Date.UTC(2026, 0, 1)
const asOfDay = Math.floor(Date.UTC(2025, 11, 31) / 86_400_000) // 1 January 00:00 UTC is still 31 December there
const spec = createRfmSpec({ asOf, timeZone: zone })
const made = { seed: 20260101, from: Date.UTC(2023, 0, 1), to: asOf }
const customerIds = Array.from({ length: CUSTOMERS }, (_, code) => String(code))

const unsorted = { ...makeTransactions({ lines: LINES, customers: CUSTOMERS, ...made }), customerIds }
const layouts = { clustered: clusterByCustomer(unsorted), unsorted }
/** What an application keeps to ask many times; the client's worker does the same. */
const clustered = clusterTransactions(layouts.clustered)
const RUNS = 9

/** Cut points and cells in the form the SQL gives them, to compare. */
function plain(grid) {
  const { count, r, f, m, customers, revenue } = grid.cells
  const cells = Array.from({ length: count }, (_, i) => [5 - r[i], f[i] - 1, m[i] - 1, customers[i], revenue[i]])
  return { cuts: [grid.axes.r, grid.axes.f, grid.axes.m].map(({ cuts }) => [...cuts]), cells: cells.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]) }
}

console.log(`${LINES.toLocaleString('en')} lines, two an order, ${CUSTOMERS.toLocaleString('en')} customers, orders counted distinct, days in ${zone}. CPU of all threads, least of ${RUNS} runs (Map: of 2).\n`)
const ours = {}
for (const [layout, lines] of Object.entries({ clustered, unsorted })) {
  ours[layout] = await cpuOf(() => describeRfmGrid(summariseCustomers(lines, spec), spec), RUNS)
}
const expected = plain(ours.clustered.result)
assert.deepEqual(plain(ours.unsorted.result), expected)

const rows = []
for (const threads of [2, 1]) {
  const connection = await openDuckdb(threads)
  for (const [layout, columns] of Object.entries(layouts)) {
    await loadLines(connection, 'lines', columns)
    for (const way of ways) {
      const measured = await cpuOf(() => rfmGridInDuckdb(connection, way, { zone, asOf, asOfDay }), RUNS)
      assert.deepEqual(measured.result, expected, `DuckDB (${way}) and @crm/core differ`)
      rows.push([`DuckDB, ${threads} thread${threads > 1 ? 's' : ''}, ${layout}: ${way}`, ms(measured.least), ratio(measured.least / ours[layout].least)])
    }
    await connection.run('DROP TABLE lines')
  }
  connection.closeSync()
}

const rowObjects = rowsOf(unsorted)
const naive = await cpuOf(() => rfmGridFromRows(rowObjects, { zone, asOf, asOfDay }), 2)
assert.deepEqual(naive.result, expected, 'the Map of row objects and @crm/core differ')
rows.push(['Map of row objects, unsorted', ms(naive.least), ratio(naive.least / ours.unsorted.least)])
rowObjects.length = 0

printTable(
  ['', 'CPU ms', 'of @crm/core, same layout'],
  [['@crm/core, columns clustered once', ms(ours.clustered.least), '1.0x'], ['@crm/core, unsorted columns, clustered in each run', ms(ours.unsorted.least), '1.0x'], ...rows],
)
console.log('\nCut points and all cells are equal to the last digit.\n')

await endToEnd()

/** What an application does: rows of an adapter to a worker, clustered there, asked twice. */
async function endToEnd() {
  const customers = 1_000_000
  const lines = makeTransactions({ lines: LINES, customers, ...made })
  const name = (prefix, codes) => ({ codes, dictionary: Array.from({ length: codes.reduce((most, code) => Math.max(most, code), 0) + 1 }, (_, code) => `${prefix}${code}`) })
  const customer = name('C', lines.customer)
  const adapter = createMemoryAdapter({
    name: 'bench',
    timeZone: zone,
    data: {
      transactions: {
        fields: { amount: { kind: 'money', currency: 'USD', scale: 2 }, at: { kind: 'instant' } },
        columns: {
          orderId: { kind: 'text', ...name('O', lines.order) },
          customerId: { kind: 'text', ...customer },
          at: { kind: 'float64', values: lines.at },
          amount: { kind: 'float64', values: lines.amount },
        },
      },
    },
  })
  let worker = null
  const client = createClient(adapter, { worker: () => (worker = new Worker(new URL(import.meta.resolve('@crm/core/worker-entry')))) })
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let longestTask = 0
  let last = performance.now()
  const pulse = setInterval(() => {
    longestTask = Math.max(longestTask, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  const ask = (bins) => client.run(rfmGridOperation, { spec: createRfmSpec({ asOf, timeZone: zone, scoring: { method: 'quantile', bins } }) })
  const first = await cpuAndWall(() => ask(5))
  const again = await cpuAndWall(() => ask(10))
  clearInterval(pulse)
  console.log(`${customers.toLocaleString('en')} customers, ${LINES.toLocaleString('en')} lines, end to end in a worker (${first.result.provenance.engine}):`)
  printTable(
    ['', 'CPU ms', 'wall ms'],
    [['first answer: scan, copy to the worker, cluster, grid', ms(first.cpu), ms(first.wall)], ['next answer, other bins', ms(again.cpu), ms(again.wall)]],
  )
  console.log(`${first.result.data.totals.customers.toLocaleString('en')} customers with a purchase. Memory grew by ${megabytes(process.memoryUsage().rss - before)} MB at its end; longest pause of the calling thread ${ms(longestTask)} ms.`)
  client.close()
  await worker?.terminate()
}

async function cpuAndWall(work) {
  const from = performance.now()
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  return { result, cpu: (user + system) / 1000, wall: performance.now() - from }
}

function ms(value) {
  return value.toFixed(value < 10 ? 1 : 0)
}

function ratio(value) {
  return `${value.toFixed(1)}x`
}
