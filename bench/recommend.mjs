// Recommendations: similar products of real and made-up ratings, lists for a customer, and similar products of 5,000,000
// purchases beside SQL in DuckDB, equal results required. Prints CPU time, ratios of one run, and peak memory.
import assert from 'node:assert/strict'
import { createPreferences, createRecommender, fitSimilarProducts } from '@crm/core/recommend'
import { openPurchases, similarProductsInDuckdb, ways } from './lib/duckdbCosine.mjs'
import { cpuOf, megabytes, printTable } from './lib/measure.mjs'
import { makePairs, makePurchases, readMovieLens } from './lib/purchases.mjs'

const RUNS = 5
const TOP = 20
const ASKED = 500
const asOf = Date.UTC(2026, 0, 1)
const similarity = { measure: 'cosine', weighting: 'tfIdf' }

const ratings = readMovieLens()
if (ratings === null) console.log('ml-latest-small is left out: its folder is not there.\n')
const sets = {
  ...(ratings === null ? {} : { 'ml-latest-small, 100,004 ratings of 671 by 9,066': ratings }),
  'made up, 1,000,209 pairs of 6,040 by 3,706, Zipf 1.0': makePairs({ customers: 6_040, products: 3_706, pairs: 1_000_209, exponent: 1, seed: 20260101 }),
}
console.log(`CPU of all threads, least of ${RUNS} runs. A list: the best 10 without what a customer has, mean of ${ASKED} customers; ranked, and with reasons.\n`)
const rows = []
for (const [name, columns] of Object.entries(sets)) {
  const { least: build, result: preferences } = await cpuOf(() => createPreferences(columns), RUNS)
  const { least: fit } = await cpuOf(() => fitSimilarProducts(preferences, { similarity, neighbours: TOP }), RUNS)
  const people = Array.from({ length: ASKED }, (_, i) => preferences.customers[Math.floor((i * preferences.customers.length) / ASKED)])
  const perList = async (strategy) => {
    const recommender = createRecommender(preferences, { asOf, strategy })
    const each = (ask) => cpuOf(() => people.forEach((customerId) => ask({ customerId, limit: 10 })), RUNS)
    return [await each(recommender.rank), await each(recommender.recommend)].map(({ least }) => least / ASKED)
  }
  const item = await perList({ kind: 'products', similarity, neighbours: TOP })
  const user = await perList({ kind: 'customers', neighbours: TOP })
  rows.push([name, build.toFixed(0), fit.toFixed(0), ...item.map((ms) => (ms * 1000).toFixed(0)), ...user.map((ms) => ms.toFixed(2))])
}
printTable(['', 'preferences, ms', 'item-kNN fit, ms', 'ranked, µs', 'with reasons, µs', 'user-kNN ranked, ms', 'with reasons, ms'], rows)
console.log(`\nPeak memory of the process ${peak()} MB.`)

const lines = makePurchases({ customers: 500_000, products: 5_000, lines: 5_000_000, exponent: 0.8, seed: 20260101 })
console.log(`\nThe ${TOP} most similar products of each of 5,000, by cosine over who bought them: 5,000,000 purchases of 500,000 customers, from unsorted lines.\n`)
const fitted = await cpuOf(() => {
  const preferences = createPreferences(lines, { duplicates: 'max' })
  return { preferences, model: fitSimilarProducts(preferences, { similarity: { measure: 'cosine' }, neighbours: TOP }) }
}, 3)
const table = [['@crm/core', fitted.least.toFixed(0), '1.0x']]
for (const threads of [1, 2]) {
  const connection = await openPurchases(lines, threads)
  for (const way of ways) {
    const measured = await cpuOf(() => similarProductsInDuckdb(connection, way, TOP), 2)
    compare(fitted.result, measured.result)
    table.push([`DuckDB, ${threads} thread${threads > 1 ? 's' : ''}: ${way}`, measured.least.toFixed(0), `${(measured.least / fitted.least).toFixed(1)}x`])
  }
  connection.closeSync()
}
printTable(['', 'CPU ms', 'of @crm/core'], table)
console.log(`\nLists equal: the same products with the same number of common customers, similarities within 1e-12. Peak memory of the process ${peak()} MB, DuckDB included.`)

function peak() {
  return megabytes(process.resourceUsage().maxRSS * 1024)
}

/** Similarities that are equal by algebra differ in the last bit by the order of operations, so such products may change places. */
function compare({ model }, found) {
  assert.equal(model.codes.length, found.length)
  for (let x = 0; x < model.offsets.length - 1; x++) {
    const [start, end] = [model.offsets[x], model.offsets[x + 1]]
    const theirs = new Map(found.slice(start, end).map(({ y, common }) => [y, common]))
    for (let entry = start; entry < end; entry++) {
      const alike = model.similarities[entry]
      assert.equal(found[entry].x, x)
      assert.ok(Math.abs(alike - found[entry].similarity) <= 1e-12)
      if (alike > model.similarities[end - 1] + 1e-12) assert.equal(theirs.get(model.codes[entry]), model.support[entry])
    }
  }
}
