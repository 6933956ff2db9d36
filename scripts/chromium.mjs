// Finds a Chromium, in this order: CRM_CHROMIUM, the PATH, Playwright's own download; `ensureChromium` adds Debian's package.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from './lib/process.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Arguments every launch uses: no sandbox (containers, root), no GPU, no traffic of the browser's own. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const waysToGetChromium = `No Chromium found. Three ways to get one:
  1. point to one you have:       CRM_CHROMIUM=/path/to/chrome npm test
  2. install one on the PATH:     apt-get install chromium   (or Google Chrome; as root on Debian, npm test does this itself)
  3. take Playwright's download:  npx playwright install chromium`

/** Path of a Chromium that starts, or null. */
export function findChromium() {
  const named = process.env.CRM_CHROMIUM
  if (named) {
    if (starts(named)) return named
    throw new Error(`CRM_CHROMIUM is set to ${named}, and that does not start. Set it to a Chrome or Chromium executable, or unset it.`)
  }
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name)
      if (folder !== '' && isExecutable(path) && starts(path)) return path
    }
  }
  return playwrightsOwn()
}

/** As `findChromium`, but on Debian and as root it installs the package when there is none. */
export async function ensureChromium() {
  const found = findChromium()
  if (found !== null || !isDebian() || process.getuid?.() !== 0) return found
  try {
    await apt('update')
    await apt('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation')
  } catch (error) {
    console.error(`Debian's package could not be installed: ${error.message}`)
  }
  return findChromium()
}

async function apt(...args) {
  const { code, output } = await run(['apt-get', ...args], { capture: true, env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 300_000 })
  if (code !== 0) throw new Error(`apt-get ${args[0]} ended with code ${code}: ${output.trim().split('\n').at(-1)}`)
}

/** For launch options: `executablePath` is looked up when a browser is about to start, so unit runs need none. */
export const chromiumLaunchOptions = {
  args: chromiumArgs,
  get executablePath() {
    const path = findChromium()
    if (path === null) throw new Error(waysToGetChromium)
    return path
  },
}

// Some distributions put a stub on the PATH that only says where to get the browser.
function starts(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return status === 0 && /chrom/i.test(stdout)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function playwrightsOwn() {
  try {
    const path = createRequire(import.meta.url)('playwright').chromium.executablePath()
    return existsSync(path) && starts(path) ? path : null
  } catch {
    return null // not installed yet, or no build for this platform
  }
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = await ensureChromium()
  console.log(path ?? waysToGetChromium)
  process.exitCode = path === null ? 1 : 0
}
