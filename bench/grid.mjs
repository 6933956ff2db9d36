// 100,000 customers of eight columns in Chromium: our table beside AG Grid Community and MUI X DataGrid, the same data,
// the same script, one run. CPU is that of the page's main thread; medians of several fresh pages, taken in turn.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../scripts/chromium.mjs'
import { printTable } from './lib/measure.mjs'

const ROWS = 100_000
const RUNS = Number(process.argv[2] ?? 5)
const FRAMES = 180
const STEP_PX = 400
const SLOWDOWN = 4
const HEIGHT_PX = 600
const here = fileURLToPath(new URL('.', import.meta.url))
const rivals = join(here, 'rivals')

/** `scroller` is what scrolls; `sort` what a person presses to order by the number of orders. */
const grids = [
  { id: 'ours', scroller: '.crm-table-grid', sort: '[role="columnheader"] button:has-text("Orders")' },
  { id: 'agGrid', scroller: '.ag-body-viewport, .ag-grid-viewport, .ag-body', sort: '[role="columnheader"]:has-text("Orders")' },
  { id: 'muiX', scroller: '.MuiDataGrid-virtualScroller', sort: '[role="columnheader"]:has-text("Orders")' },
]

install()
const folder = mkdtempSync(join(tmpdir(), 'crm-bench-'))
const server = await serve(await bundle())
const { port } = server.address()
const browser = await chromium.launch({ executablePath: chromiumLaunchOptions.executablePath, args: [...chromiumLaunchOptions.args, '--js-flags=--expose-gc'] })
try {
  const names = new Map()
  const runs = new Map(grids.map(({ id }) => [id, []]))
  for (let run = 0; run < RUNS; run++) {
    for (const grid of grids) runs.get(grid.id).push(await measureOnce(grid, run === 0))
  }
  const html = {}
  for (const { id } of grids) {
    const server = await renderOnServer(id)
    names.set(id, server.name)
    html[id] = server.rows
  }
  const median = (id, key) => {
    const values = runs.get(id).map((run) => run[key]).filter((value) => value !== undefined).sort((a, b) => a - b)
    return values[values.length >> 1]
  }
  const ours = (key) => median('ours', key)
  const beside = (key, digits) => (id) => (id === 'ours' ? median(id, key).toFixed(digits) : `${median(id, key).toFixed(digits)} = ${(median(id, key) / ours(key)).toFixed(1)}x`)
  const first = (key) => (id) => runs.get(id)[0][key]
  const lines = [
    ['mount, CPU ms', beside('mountCpu', 0)],
    ['mount, wall ms', beside('mountWall', 0)],
    ['frame while scrolling, 95th percentile ms', beside('p95', 1)],
    [`the same on a processor ${SLOWDOWN} times slower, median ms`, beside('slow50', 1)],
    [`the same on a processor ${SLOWDOWN} times slower, 95th percentile ms`, beside('slow95', 1)],
    [`scrolling ${FRAMES} frames, CPU ms`, beside('scrollCpu', 0)],
    ['frames without a row in the middle', (id) => `${(100 * median(id, 'blank')).toFixed(0)} %`],
    ['sort by a column, wall ms', beside('sortWall', 0)],
    ['heap and buffers with the data, MB', beside('heap', 1)],
    ['heap and buffers the grid adds, MB', beside('grown', 1)],
    ['DOM nodes', (id) => median(id, 'nodes')],
    ["rows in the server's HTML, of 100", (id) => html[id]],
    ["violations of style-src 'self'", first('violations')],
    ['Tab presses to get past it', first('tabStops')],
    ['Ctrl+End reaches row', first('lastRow')],
  ]
  console.log(`${ROWS.toLocaleString('en')} rows, 8 columns, ${HEIGHT_PX} px high; scrolled ${STEP_PX} px a frame. Medians of ${RUNS} pages. Above 1x we are ahead.\n`)
  printTable(['', ...grids.map(({ id }) => names.get(id))], lines.map(([line, cell]) => [line, ...grids.map(({ id }) => cell(id))]))
} finally {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
}

/** The other grids are no part of the workspace: nobody else should download them. */
function install() {
  if (existsSync(join(rivals, 'node_modules/.package-lock.json'))) return
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: rivals, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error('The other grids could not be installed. Without them there is nothing to compare. Check the connection to the npm registry.')
}

function options(id) {
  return {
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    // The same React for all three.
    alias: { '#grid': join(here, 'grid', `${id}.jsx`), ...Object.fromEntries(['react', 'react-dom'].map((name) => [name, join(rivals, 'node_modules', name)])) },
    nodePaths: [join(rivals, 'node_modules')],
    logLevel: 'error',
    write: false,
  }
}

async function bundle() {
  const files = new Map()
  for (const { id } of grids) {
    const { outputFiles } = await build({ ...options(id), entryPoints: [join(here, 'grid/page.jsx')], target: 'es2022', outdir: folder })
    files.set(`/${id}.js`, ['text/javascript', outputFiles[0].contents])
    files.set(`/${id}.html`, ['text/html', page(id)])
  }
  const css = await build({ entryPoints: [join(here, 'grid/page.css')], bundle: true, write: false, outdir: folder })
  const kit = await build({ entryPoints: [join(here, '../packages/react/dist/styles.css')], bundle: true, write: false, outdir: folder, logLevel: 'silent' })
  return files.set('/page.css', ['text/css', css.outputFiles[0].contents]).set('/kit.css', ['text/css', kit.outputFiles[0].contents])
}

function page(id) {
  const kit = id === 'ours' ? '<link rel="stylesheet" href="/kit.css">' : ''
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${id}</title>${kit}<link rel="stylesheet" href="/page.css"><button id="before">before</button><div id="root"></div><button id="after">after</button><script type="module" src="/${id}.js"></script></html>`
}

async function serve(files) {
  const http = createServer(({ url }, response) => {
    const [path, query] = url.split('?')
    const [type, body] = files.get(path) ?? ['text/plain', '']
    // Speed is measured without a policy, as it would stop the others from styling themselves.
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, ...(query === 'strict' ? { 'content-security-policy': "default-src 'self'; style-src 'self'" } : {}) })
    response.end(body)
  })
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve))
  return http
}

async function open(id, query = '') {
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 } })
  const tab = await context.newPage()
  await tab.addInitScript(() => {
    window.violations = 0
    document.addEventListener('securitypolicyviolation', () => window.violations++)
  })
  await tab.goto(`http://127.0.0.1:${port}/${id}.html${query}`)
  await tab.waitForFunction(() => window.grid !== undefined)
  await tab.evaluate((count) => window.grid.prepare(count), ROWS)
  return { tab, close: () => context.close() }
}

async function measureOnce({ id, scroller, sort }, withManners) {
  const { tab, close } = await open(id)
  const cdp = await tab.context().newCDPSession(tab)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const cpu = async () => 1000 * (await cdp.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value
  const collect = async () => {
    await cdp.send('HeapProfiler.collectGarbage')
    const { usedSize, backingStorageSize = 0 } = await cdp.send('Runtime.getHeapUsage')
    return (usedSize + backingStorageSize) / 2 ** 20
  }
  const dataOnly = await collect()
  const before = await cpu()
  const mountWall = await tab.evaluate(() => window.grid.mount())
  await tab.waitForTimeout(300) // what is put off to idle time is work too
  const mountCpu = (await cpu()) - before
  const heap = await collect()
  const nodes = await tab.evaluate(() => document.getElementById('root').querySelectorAll('*').length)

  const beforeScroll = await cpu()
  const scroll = (look) => tab.evaluate(scrollThrough, { scroller, frames: FRAMES, step: STEP_PX, look })
  const intervals = (await scroll(false)).sort((a, b) => a - b)
  const scrollCpu = (await cpu()) - beforeScroll
  // At 60 frames a second all may keep up here: the slower processor of a telephone tells them apart.
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  const slow = (await scroll(false)).sort((a, b) => a - b)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const blanks = await scroll(true)
  await tab.evaluate((selector) => (document.querySelector(selector).scrollTop = 0), scroller)
  await tab.waitForTimeout(200)
  const sortWall = await timeSort(tab, sort)
  const at = (values, share) => values[Math.floor(values.length * share)]
  const result = { mountWall, mountCpu, heap, grown: heap - dataOnly, nodes, scrollCpu, p95: at(intervals, 0.95), slow50: at(slow, 0.5), slow95: at(slow, 0.95), blank: blanks.filter(Boolean).length / blanks.length, sortWall }
  await close()
  return withManners ? { ...result, ...(await manners(id)) } : result
}

/** Runs in the page. Frame intervals, or whether a row with text lies under the middle of the view on each frame. */
async function scrollThrough({ scroller, frames, step, look }) {
  const element = document.querySelector(scroller)
  const box = element.getBoundingClientRect()
  const middle = box.top + box.height / 2
  element.scrollTop = 0
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  await frame()
  await frame()
  const found = []
  let last = performance.now()
  let direction = 1
  for (let i = 0; i < frames; i++) {
    // Where the rows end, and a page of 100 rows ends soon, it goes back the way it came.
    if (element.scrollTop + element.clientHeight + step > element.scrollHeight) direction = -1
    else if (element.scrollTop < step) direction = 1
    element.scrollTop += direction * step
    const now = await frame()
    if (look) {
      const covered = [...element.querySelectorAll('[role="row"]')].some((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        return top <= middle && bottom >= middle && row.textContent !== ''
      })
      found.push(!covered)
    } else found.push(now - last)
    last = now
  }
  return found
}

/** From the press on the heading to the first row that differs, in the page's own clock. */
async function timeSort(tab, selector) {
  const heading = await tab.locator(selector).first().elementHandle()
  return heading.evaluate(
    (element) =>
      new Promise((resolve) => {
        const first = () => [...document.querySelectorAll('[role="row"]')].filter((row) => row.querySelector('[role="gridcell"]') && row.textContent !== '').toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0]?.textContent
        const before = first()
        const start = performance.now()
        const target = element.querySelector('.ag-header-cell-label') ?? element
        target.dispatchEvent(new MouseEvent('click', { bubbles: true }))
        const look = () => {
          const now = first()
          if (now !== undefined && now !== before) requestAnimationFrame(() => resolve(performance.now() - start))
          else if (performance.now() - start > 20_000) resolve(Number.NaN)
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

/** How it behaves in somebody's page: under a strict policy, for who tabs through, for who wants the last row. */
async function manners(id) {
  const strict = await open(id, '?strict')
  await strict.tab.evaluate(() => window.grid.mount()).catch(() => {})
  const violations = await strict.tab.evaluate(() => window.violations)
  await strict.close()
  const { tab, close } = await open(id)
  await tab.evaluate(() => window.grid.mount())
  await tab.locator('#before').focus()
  let tabStops = 0
  for (; tabStops <= 40; tabStops++) {
    await tab.keyboard.press('Tab')
    if (await tab.evaluate(() => document.activeElement?.id === 'after')) break
  }
  await tab.locator('[role="gridcell"]').first().click()
  await tab.keyboard.press('Control+End')
  await tab.waitForTimeout(1500)
  const lastRow = await tab.evaluate(() => {
    const row = document.activeElement?.closest('[role="row"]')
    // The heading is row 1.
    return row ? Number(row.getAttribute('aria-rowindex')) - 1 : 0
  })
  await close()
  return { violations, tabStops: tabStops > 40 ? 'over 40' : tabStops, lastRow: `${lastRow.toLocaleString('en')} of ${ROWS.toLocaleString('en')}` }
}

/** Rows with text in what `renderToString` gives for 100 customers. */
async function renderOnServer(id) {
  const file = join(folder, `${id}.server.mjs`)
  const contents = `import { renderToString } from 'react-dom/server'
import * as grid from '#grid'
export const name = grid.name
export async function render() {
  const data = await grid.prepare(100)
  const more = grid.beforeServer ? await grid.beforeServer(data) : {}
  return renderToString(<grid.Grid data={data} {...more} />)
}`
  await build({ ...options(id), stdin: { contents, loader: 'jsx', resolveDir: join(here, 'grid') }, platform: 'node', target: 'node20', write: true, outfile: file, banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(import.meta.url)});` } })
  const { name, render } = await import(pathToFileURL(file).href)
  const html = await render().catch(() => '')
  return { name, rows: (html.match(/role="row"(?=(?:(?!role="row").)*role="gridcell")/gs) ?? []).length }
}
