// UCI Online Retail (49 MB, 541,909 lines) from file to data adapter, in Node and in Chromium, beside papaparse alone with
// `header` and `dynamicTyping`, which ends with row objects and no check. Every figure comes from a fresh process: CPU time
// of all its threads, wall time, the most memory it ever had, and the longest time its main thread was held: in Node between
// two turns of the event loop, in Chromium the CPU time of the longest task in a trace, which other programs do not stretch.
import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createGunzip } from 'node:zlib'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../scripts/chromium.mjs'
import { megabytes, printTable } from './lib/measure.mjs'

const RUNS = Number(process.argv[2] ?? 3)
const here = fileURLToPath(new URL('.', import.meta.url))
const packed = join(process.env.CRM_SHARED ?? join(here, '../../shared'), 'data/online-retail.csv.gz')

if (existsSync(packed)) await main()
else console.log(`Skipped: ${packed} is not there. It is no part of the repository; set CRM_SHARED to the folder that has data/online-retail.csv.gz.`)

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'crm-bench-csv-'))
  try {
    const file = join(folder, 'online-retail.csv')
    await pipeline(createReadStream(packed), createGunzip(), createWriteStream(file))
    console.log(`${(statSync(file).size / 1e6).toFixed(0)} MB, 541,909 lines. Medians of ${RUNS} fresh processes each, taken in turn. Above 1x we are ahead.\n`)
    await inNode(file)
    await inChromium(file, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function inNode(file) {
  const contenders = [
    ['@crm/adapter-csv: adapter and report', 'ours'],
    ['@crm/adapter-csv, in a worker', 'oursInWorker'],
    ['@crm/adapter-csv: dry run, report only', 'dryRun'],
    ['papaparse, header and dynamicTyping: row objects', 'papaparse'],
    ['DuckDB read_csv into a table, for orientation', 'duckdb'],
  ]
  const runs = await inTurn(contenders, (name) => inChild(name, file))
  print('Node', contenders, runs)
}

async function inChild(name, file) {
  const { stdout } = await promisify(execFile)(process.execPath, [join(here, 'csv/readInNode.mjs'), name, file], { maxBuffer: 2 ** 24 })
  return JSON.parse(stdout)
}

async function inChromium(file, folder) {
  const executablePath = chromiumLaunchOptions.executablePath
  const outdir = join(folder, 'page')
  await build({
    entryPoints: { page: join(here, 'csv/page.mjs'), worker: fileURLToPath(import.meta.resolve('@crm/adapter-csv/worker-entry')) },
    outdir,
    bundle: true,
    format: 'esm',
    minify: true,
    logLevel: 'error',
  })
  const server = await serve(outdir, file)
  const address = `http://127.0.0.1:${server.address().port}`
  const contenders = [
    ['@crm/adapter-csv, with its worker', 'oursInWorker'],
    ['@crm/adapter-csv, in slices on the page', 'ours'],
    ['papaparse, header and dynamicTyping, in chunks', 'papaparse'],
    ['papaparse, the same, worker: true', 'papaparseInWorker'],
  ]
  try {
    const runs = await inTurn(contenders, (name) => inPage(name, address, executablePath))
    print('Chromium', contenders, runs)
  } finally {
    server.close()
  }
}

/** A browser of its own: the memory of a process only ever grows. */
async function inPage(name, address, executablePath) {
  const browser = await chromium.launch({ executablePath, args: [...chromiumLaunchOptions.args, '--js-flags=--expose-gc'] })
  try {
    const page = await browser.newPage()
    await page.goto(address)
    await page.evaluate(() => globalThis.prepare())
    const session = await browser.newBrowserCDPSession()
    const before = await rendererOf(session)
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
    const result = await page.evaluate((contender) => globalThis.measure(contender), name)
    const after = await rendererOf(session)
    const longest = longestTask(await browser.stopTracing(), after.id)
    return { ...result, longest, cpu: (after.cpuTime - before.cpuTime) * 1000, memory: statusBytes(after.id, 'VmHWM') - before.bytes }
  } finally {
    await browser.close()
  }
}

/** CPU milliseconds of the longest task on the main thread of a process. */
function longestTask(buffer, pid) {
  const { traceEvents } = JSON.parse(buffer.toString())
  const main = traceEvents.find((event) => event.pid === pid && event.name === 'thread_name' && event.args.name === 'CrRendererMain')
  const tasks = traceEvents.filter((event) => event.pid === pid && event.tid === main.tid && event.ph === 'X' && event.name.endsWith('RunTask'))
  return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0)
}

/** The process of the page: of all renderers the one that worked most. */
async function rendererOf(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)
  return { ...renderers[0], bytes: statusBytes(renderers[0].id, 'VmRSS') }
}

/** NaN where there is no /proc. */
function statusBytes(pid, key) {
  try {
    return Number(new RegExp(`${key}:\\s*(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
  } catch {
    return NaN
  }
}

async function inTurn(contenders, measure) {
  const runs = new Map(contenders.map(([, name]) => [name, []]))
  for (let run = 0; run < RUNS; run++) for (const [, name] of contenders) runs.get(name).push(await measure(name))
  return runs
}

function print(where, contenders, runs) {
  const median = (name, key) => {
    const values = runs.get(name).map((run) => run[key]).sort((a, b) => a - b)
    return values[values.length >> 1]
  }
  const [, first] = contenders[0]
  printTable(
    [where, 'CPU ms', 'of ours', 'wall ms', 'peak memory MB', 'main thread held ms', 'rows'],
    contenders.map(([title, name]) => [
      title,
      median(name, 'cpu').toFixed(0),
      `${(median(name, 'cpu') / median(first, 'cpu')).toFixed(1)}x`,
      median(name, 'wall').toFixed(0),
      megabytes(median(name, 'memory')),
      median(name, 'longest').toFixed(0),
      runs.get(name)[0].rows.toLocaleString('en'),
    ]),
  )
  console.log('')
}

function serve(folder, file) {
  const types = { '/page.js': 'text/javascript', '/worker.js': 'text/javascript' }
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': "default-src 'self'; worker-src 'self' blob:" })
      return response.end('<!doctype html><title>CSV</title><script type="module" src="/page.js"></script>')
    }
    const path = request.url === '/file.csv' ? file : types[request.url] === undefined ? null : join(folder, request.url)
    if (path === null) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': types[request.url] ?? 'text/csv' })
    createReadStream(path).pipe(response)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
