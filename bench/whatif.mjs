// What moving a cut point costs at 1,000,000 customers, and what one order more or less costs. Prints CPU time of one run.
import assert from 'node:assert/strict'
import { createDuckdbAdapter } from '@crm/adapter-sql/duckdb'
import { createCallContext, createMemoryAdapter } from '@crm/core/adapter'
import {
  clusterTransactions,
  compareRfmSegments,
  createCustomerLedger,
  createRfmSpec,
  describeRfmCube,
  describeRfmGrid,
  freezeRfmCuts,
  rfmBorders,
  rfmCubeOperation,
  rfmGridOperation,
  rfmHistogram,
  rfmSpreadOperation,
  summariseCustomers,
} from '@crm/core/rfm'
import { loadLines, openDuckdb } from './lib/duckdbRfm.mjs'
import { cpuOf, megabytes, printTable } from './lib/measure.mjs'
import { makeTransactions } from './lib/transactions.mjs'

const LINES = 5_000_000
const CUSTOMERS = 1_000_000
const RUNS = 9
const zone = 'America/New_York'
const asOf = Date.UTC(2026, 0, 1)
const spec = createRfmSpec({ asOf, timeZone: zone })
const columns = makeTransactions({ lines: LINES, customers: CUSTOMERS, seed: 20260101, from: Date.UTC(2023, 0, 1), to: asOf })
const rows = []
const measure = async (name, work, note = '', runs = RUNS) => {
  const { least, median, result } = await cpuOf(work, runs)
  rows.push([name, ms(least), ms(median), note])
  return result
}

// A page that holds only the totals; the engines below would share its heap, and their texts its garbage collector.
const totals = summariseCustomers(clusterTransactions(columns), spec)
const before = freezeRfmCuts(spec, describeRfmGrid(totals, spec).axes)
const anywhere = { ...before, scoring: { ...before.scoring, recencyDays: before.scoring.recencyDays.map((cut) => cut + 1), monetary: before.scoring.monetary.map((cut) => cut + 1) } }
const anyCut = await measure('a cut moves anywhere', () => describeRfmGrid(totals, anywhere), 'from the totals of every customer')

const memory = createMemoryAdapter({
  timeZone: zone,
  data: {
    transactions: {
      fields: { amount: { kind: 'money', currency: 'USD', scale: 2 }, at: { kind: 'instant' } },
      columns: {
        orderId: text('O', columns.order, LINES / 2),
        customerId: text('C', columns.customer, CUSTOMERS),
        at: { kind: 'float64', values: columns.at },
        amount: { kind: 'float64', values: columns.amount },
      },
    },
  },
})
const inMemory = await asking(memory)
same(await inMemory(rfmGridOperation, { spec: anywhere }), anyCut) // lines are clustered and totals counted here, once

// One slider, 1,000,000 customers: the cube is asked for once, then every move is arithmetic on the page.
const borders = await measure('borders of three histograms', () => bordersBy(inMemory), 'memory, asked once', 3)
const after = moved(before, borders)
const cube = await measure('cube', () => inMemory(rfmCubeOperation, { spec, borders }), 'memory, asked once')
const described = await measure('a cut moves to another border', () => describeRfmCube(cube, after), 'all segments anew, from the cube')
await measure('the same beside the old segments', () => compareRfmSegments(cube, before, after), 'with every flow between them')
await measure('three histograms', () => ['r', 'f', 'm'].map((axis) => rfmHistogram(cube, axis)), 'from the cube')
const asked = await measure('a cut moves anywhere, asked', () => inMemory(rfmGridOperation, { spec: after }), 'memory adapter, totals remembered')
for (const threads of [2, 1]) {
  const connection = await openDuckdb(threads)
  await loadLines(connection, 'lines', columns)
  await connection.run('CREATE VIEW shop AS SELECT rowid AS id, * FROM lines')
  const inDuckdb = await asking(await duckdbOver(connection))
  const runs = threads === 2 ? 3 : 2
  const grid = await measure('a cut moves anywhere, asked', () => inDuckdb(rfmGridOperation, { spec: after }), `DuckDB adapter, ${threads} thread${threads > 1 ? 's' : ''}, lines anew`, runs)
  same(grid, described)
  if (threads === 2) {
    const pushed = await measure('cube', () => inDuckdb(rfmCubeOperation, { spec, borders }), 'DuckDB adapter, 2 threads, asked once', runs)
    same(describeRfmCube(pushed, after), described)
  }
  connection.closeSync()
}
same(asked, described)

console.log(`${CUSTOMERS.toLocaleString('en')} customers, ${described.totals.customers.toLocaleString('en')} with a purchase, ${LINES.toLocaleString('en')} lines; cube of ${cube.count.toLocaleString('en')} bins. CPU ms of all threads.\n`)
printTable(['', 'least', 'median', ''], rows)
console.log('\nAll ways give the same cells, to the last digit.\n')
rows.length = 0

await incremental()

/** Orders come, are refunded and are deleted one by one; totals are kept, not counted anew. */
async function incremental() {
  const ledger = createCustomerLedger(spec, { currency: 'USD', scale: 2 })
  const line = (i) => ({ lineId: `L${i}`, customerId: `C${columns.customer[i]}`, orderId: `O${columns.order[i]}`, at: columns.at[i], amount: columns.amount[i] / 100 })
  globalThis.gc?.()
  const held = heldNow()
  const filled = await cpuOf(() => {
    for (let start = 0; start < LINES; start += 100_000) ledger.add(Array.from({ length: 100_000 }, (_, i) => line(start + i)))
  }, 1)
  globalThis.gc?.()
  const grown = heldNow() - held
  const ORDERS = 1_000
  let touched = 0
  const each = (work) => async () => {
    touched = 0
    for (let i = 0; i < ORDERS; i++) touched += work(i).length
  }
  const lineIds = (i) => [`N${i}a`, `N${i}b`]
  const order = (i) => lineIds(i).map((lineId) => ({ lineId, customerId: `C${(i * 7919) % CUSTOMERS}`, orderId: `N${i}`, at: asOf - i * 60_000, amount: 12.5 }))
  const one = async (name, work) => {
    const { least } = await cpuOf(each(work), 1)
    rows.push([name, (least / ORDERS).toFixed(3), `${((100 * touched) / ORDERS / CUSTOMERS).toFixed(4)} %`])
  }
  await one('an order of two lines is added', (i) => ledger.add(order(i)))
  await one('it is refunded', (i) => ledger.add([{ ...order(i)[0], lineId: `R${i}`, amount: -12.5 }]))
  await one('it is deleted', (i) => ledger.remove([...lineIds(i), `R${i}`]))
  const snapshot = await cpuOf(() => {
    ledger.add(order(0))
    ledger.remove(lineIds(0))
    return ledger.totals()
  }, 5)
  const rebuilt = summariseCustomers(clusterTransactions(columns), spec)
  same(describeRfmGrid(ledger.totals(), before), describeRfmGrid(rebuilt, before))
  console.log(`Ledger of ${LINES.toLocaleString('en')} lines, filled in ${(filled.least / 1000).toFixed(1)} s of CPU; it holds ${megabytes(grown)} MB.`)
  printTable(['', 'CPU ms', 'customers touched'], rows)
  console.log(`All totals as columns after a change: ${ms(snapshot.least)} ms. The grid of the ledger is that of a rebuild.`)

  const removing = await cpuOf(() => memory.remove('transactions', ['0', '1']), 1)
  const again = await cpuOf(() => inMemory(rfmGridOperation, { spec: after }), 1)
  console.log(`Memory adapter: two lines removed in ${ms(removing.least)} ms, first answer after it ${ms(again.least)} ms: it clusters all lines again, in slices.`)
}

function heldNow() {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Ask as a client does that pushes everything down. */
async function asking(adapter) {
  const schema = await adapter.schema(createCallContext())
  return async (operation, request) => {
    const batches = []
    for await (const batch of adapter.summarise(operation.request(request, schema), createCallContext())) batches.push(batch)
    return operation.finish(operation.read(batches), request, schema)
  }
}

async function bordersBy(ask) {
  const of = async (field) => rfmBorders(await ask(rfmSpreadOperation, { spec: before, field }))
  return { r: await of('recencyDays'), f: await of('orders'), m: await of('revenue') }
}

/** One cut of each measure moves to the next border. */
function moved(frozen, { r, f, m }) {
  const { recencyDays, frequency, monetary } = frozen.scoring
  const next = (cuts, among) => cuts.with(-1, among.find((border) => border > cuts.at(-1)))
  return { ...frozen, scoring: { method: 'thresholds', recencyDays: next(recencyDays, r), frequency: next(frequency, f), monetary: next(monetary, m) } }
}

function duckdbOver(connection) {
  const fields = {
    lineId: { column: 'id', type: { kind: 'id', numericId: true } },
    orderId: { column: 'order', type: { kind: 'id', numericId: true } },
    customerId: { column: 'customer', type: { kind: 'id', numericId: true } },
    at: { column: 'placed' },
    amount: { column: 'amount', stored: 'minor', type: { kind: 'money', currency: 'USD', scale: 2 } },
  }
  return createDuckdbAdapter({ connection, timeZone: zone, scope: { key: 'bench' }, mapping: { transactions: { table: 'shop', fields } } })
}

function plain({ cells, totals: sums }) {
  return { cells, sums }
}

function same(grid, other) {
  assert.deepEqual(plain(grid), plain(other))
}

function text(prefix, codes, count) {
  return { kind: 'text', codes, dictionary: Array.from({ length: count }, (_, code) => `${prefix}${code}`) }
}

function ms(value) {
  return value.toFixed(value < 10 ? 2 : 0)
}
