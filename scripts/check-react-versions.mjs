// Proves the packed packages in an empty application with React 18.2 and with React 19: they install without a peer
// complaint; the server's HTML holds all cells and the first rows without a style attribute; it hydrates in Chromium
// under StrictMode and style-src 'self' without a word on the console; and a click on a cell narrows the table.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from './chromium.mjs'
import { root, run } from './lib/process.mjs'
import { packPackages } from './lib/tarballs.mjs'

const reactVersions = ['18.2.0', '19']
const page = join(root, 'scripts/fixtures/react-smoke')
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; worker-src 'self'"

const folder = mkdtempSync(join(tmpdir(), 'react-versions-'))
let failures = 0
try {
  const packed = (await packPackages(folder)).filter(({ name }) => name === '@crm/core' || name === '@crm/react')
  const browser = await chromium.launch({ ...chromiumLaunchOptions })
  try {
    for (const version of reactVersions) await report(version, () => check(version, packed, browser))
  } finally {
    await browser.close()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failures > 0 ? 1 : 0

async function report(version, work) {
  try {
    console.log(`ok   React ${await work()}`)
  } catch (error) {
    failures++
    console.log(`FAIL React ${version}: ${error.message}`)
  }
}

async function check(version, packed, browser) {
  const app = join(folder, `app-${version}`)
  await installApp(app, version, packed)
  const assets = await bundleApp(app)
  const { render, version: installed } = await import(pathToFileURL(join(app, 'out/server.mjs')).href)
  const sent = await render()
  checkHtml(sent)
  const shown = await tryInBrowser(browser, sent, assets)
  return `${installed}: installed without a peer complaint; ${sent.cells} cells and ${sent.firstIds.length} rows from the server; hydrated without an error; a click narrowed ${sent.customers} customers to ${shown}`
}

/** Without a script the page must show every cell of the grid and the first rows of the table. */
function checkHtml({ html, cells, customers, firstIds }) {
  if (/\sstyle="/.test(html)) throw new Error(`the server's HTML holds a style attribute, which style-src 'self' blocks: ${/.{0,60}\sstyle="[^"]*"/.exec(html)?.[0]}`)
  const inCells = [...html.matchAll(/<svg[^>]*role="gridcell"[^>]*aria-label="([^"]*)"/g)]
  if (inCells.length !== cells) throw new Error(`the server's HTML holds ${inCells.length} cells of ${cells}`)
  if (!html.includes(`${customers} customers`)) throw new Error(`the server's HTML does not say that there are ${customers} customers`)
  const missing = firstIds.filter((id) => !html.includes(`>${id}<`))
  if (firstIds.length !== 20 || missing.length > 0) throw new Error(`the server's HTML lacks ${missing.length} of the first 20 customers: ${missing.join(', ')}`)
}

async function installApp(app, version, packed) {
  const tarballs = Object.fromEntries(packed.map(({ name, path }) => [name, `file:${path}`]))
  const { peerDependencies } = packed.find(({ name }) => name === '@crm/react').manifest
  const dependencies = { ...tarballs, '@tanstack/react-query': peerDependencies['@tanstack/react-query'], react: version, 'react-dom': version }
  mkdirSync(app, { recursive: true })
  const overrides = Object.fromEntries(packed.map(({ name }) => [name, `$${name}`]))
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'empty-app', private: true, type: 'module', dependencies, overrides }, null, 2))
  const npm = async (...args) => {
    const { code, output } = await run(['npm', ...args], { cwd: app, capture: true, timeoutMs: 240_000 })
    if (code !== 0 || /ERESOLVE|peer dep/i.test(output)) throw new Error(`npm ${args[0]} failed or complained about peers:\n${output}`)
  }
  // Without --strict-peer-deps, which reports a conflict of npm's own making: it tries react-dom 19 for a peer of
  // @tanstack/react-store, although 18.2 satisfies it. `npm ls --all` then fails on every peer out of range or missing.
  await npm('install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund')
  await npm('ls', '--all')
}

/** Bundles the page as an application would, from the installed packages alone. */
async function bundleApp(app) {
  cpSync(page, join(app, 'src'), { recursive: true })
  const common = { bundle: true, format: 'esm', jsx: 'automatic', outdir: join(app, 'out'), absWorkingDir: app, logLevel: 'silent', metafile: true }
  await build({ ...common, entryPoints: { server: 'src/server.jsx' }, platform: 'node', outExtension: { '.js': '.mjs' }, packages: 'external' })
  const { metafile } = await build({ ...common, entryPoints: { browser: 'src/browser.jsx' }, platform: 'browser', target: 'es2022', define: { 'process.env.NODE_ENV': '"development"' } })
  const strays = Object.keys(metafile.inputs).filter((input) => input.startsWith('..'))
  if (strays.length > 0) throw new Error(`the bundle reaches outside the application: ${strays[0]}`)
  return new Map(['browser.js', 'browser.css'].map((name) => [`/${name}`, readFileSync(join(app, 'out', name))]))
}

/** Hydrates the page, clicks a cell, and answers how many customers the table then shows. */
async function tryInBrowser(browser, { html, state, customers }, assets) {
  const head = '<title>Smoke</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/browser.css">'
  const body = `<div id="root">${html}</div><script type="application/json" id="state">${state}</script><script type="module" src="/browser.js"></script>`
  const shell = `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`
  const types = { '.js': 'text/javascript', '.css': 'text/css' }
  const server = createServer(({ url }, response) => {
    const asset = assets.get(url)
    if (asset === undefined && url !== '/') return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': types[extname(url)] ?? 'text/html; charset=utf-8', 'content-security-policy': policy }).end(asset ?? shell)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const context = await browser.newContext()
  try {
    const tab = await context.newPage()
    const complaints = []
    tab.on('console', (message) => /^(error|warning)$/.test(message.type()) && complaints.push(message.text()))
    tab.on('pageerror', (error) => complaints.push(error.message))
    await tab.addInitScript(() => {
      window.violations = []
      document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.sample}`))
    })
    await tab.goto(`http://127.0.0.1:${server.address().port}/`)
    await tab.waitForFunction(() => Array.isArray(window.recoverableErrors), undefined, { timeout: 15_000 })
    // Rows are placed by the DOM once the page is alive.
    await tab.locator('.crm-table-body[data-placed]').waitFor({ timeout: 15_000 })

    const count = tab.locator('.crm-table-count')
    await tab.getByText(`${customers} customers`).first().waitFor()
    const cell = tab.locator('[role="gridcell"][data-segment]:not([data-empty])').first()
    const shown = Number.parseInt(await cell.locator('text').first().innerHTML(), 10)
    if (!(shown > 0 && shown < customers)) throw new Error(`the cell shows "${shown}", which is no part of ${customers}`)
    await cell.click()
    await tab.waitForFunction((wanted) => document.querySelector('.crm-table-count').textContent === wanted, `${shown} customer${shown === 1 ? '' : 's'}`, { timeout: 15_000 }).catch(async () => {
      throw new Error(`after a click on a cell of ${shown} the table says "${await count.textContent()}"`)
    })
    const rows = await tab.locator('.crm-table-body [role="row"]').count()
    if (rows > shown) throw new Error(`the table draws ${rows} rows of ${shown} customers`)

    await tab.waitForLoadState('networkidle')
    complaints.push(...(await tab.evaluate(() => [...window.recoverableErrors, ...window.violations])))
    if (complaints.length > 0) throw new Error(`the browser complained:\n${complaints.join('\n')}`)
    return shown
  } finally {
    await context.close()
    server.close()
  }
}
