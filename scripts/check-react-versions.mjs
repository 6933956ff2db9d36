// Proves the packed packages in an empty application with React 18.2 and with React 19: they install without a peer
// complaint, render on a server, and hydrate in Chromium under a strict Content-Security-Policy without an error.
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
/** What the page shows once it is alive. */
const widgets = ['section', '.crm-table']

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
  const html = await render()
  if (/\sstyle="/.test(html)) throw new Error(`the server's HTML holds a style attribute, which style-src 'self' blocks: ${/.{60}\sstyle="[^"]*"/.exec(html)?.[0]}`)
  await hydrate(browser, html, assets)
  return `${installed}: installed without a peer complaint, ${html.length} characters from the server, hydrated without an error`
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

async function hydrate(browser, html, assets) {
  const shell = `<!doctype html><html lang="en"><head><title>Smoke</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/browser.css"></head><body><div id="root">${html}</div><script type="module" src="/browser.js"></script></body></html>`
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
    await tab.goto(`http://127.0.0.1:${server.address().port}/`)
    for (const selector of widgets) await tab.locator(selector).first().waitFor({ timeout: 15_000 })
    await tab.waitForFunction(() => Array.isArray(window.recoverableErrors), undefined, { timeout: 15_000 })
    await tab.waitForLoadState('networkidle')
    complaints.push(...(await tab.evaluate(() => window.recoverableErrors)))
    if (complaints.length > 0) throw new Error(`the browser complained:\n${complaints.join('\n')}`)
  } finally {
    await context.close()
    server.close()
  }
}
