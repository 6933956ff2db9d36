// One reading in a process of its own: `node readInNode.mjs <contender> <file>` prints what it took as JSON.
import { openAsBlob, readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

const [name, file] = process.argv.slice(2)
const PLAN = { timeZone: 'Europe/London', currency: 'GBP' }

const contenders = {
  ours: () => imported({}, 'run'),
  oursInWorker: () => imported({ worker: () => new Worker(new URL(import.meta.resolve('@crm/adapter-csv/worker-entry'))) }, 'run'),
  dryRun: () => imported({}, 'dryRun'),
  async papaparse() {
    const { default: Papa } = await import('papaparse')
    return () => Papa.parse(readFileSync(file, 'utf8'), { header: true, dynamicTyping: true, skipEmptyLines: true }).data.length
  },
  async duckdb() {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
    return async () => {
      await connection.run(`CREATE TABLE lines AS SELECT * FROM read_csv('${file.replaceAll("'", "''")}')`)
      return Number((await connection.runAndReadAll('SELECT count(*) FROM lines')).getRows()[0][0])
    }
  },
}

async function imported(options, method) {
  const { createCsvImporter } = await import('@crm/adapter-csv')
  const importer = createCsvImporter(options)
  const source = await openAsBlob(file)
  return async () => {
    const { plan } = await importer.open(source)
    return (await importer[method](source, { ...plan, ...PLAN })).report.rows
  }
}

const work = await contenders[name]()
const before = { cpu: process.cpuUsage(), memory: process.memoryUsage().rss }
const hold = watchHolds()
const from = performance.now()
const rows = await work()
const wall = performance.now() - from
const longest = await hold()
const { user, system } = process.cpuUsage(before.cpu)
console.log(JSON.stringify({ rows, wall, longest, cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS * 1024 - before.memory }))
process.exit(0)

/** Longest time between two turns of the event loop. */
function watchHolds() {
  let last = performance.now()
  let longest = 0
  const look = () => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  const timer = setInterval(look, 1)
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 2))
    clearInterval(timer)
    return longest
  }
}
