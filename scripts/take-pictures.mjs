// Takes the pictures of the README from the built demo: docs/images/demo-light.png and demo-dark.png. Run `pnpm build` before.
import { spawn } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from './chromium.mjs'
import { root } from './lib/process.mjs'

const largestBytes = 300_000
const folder = join(root, 'docs/images')
mkdirSync(folder, { recursive: true })

const server = spawn(process.execPath, [join(root, 'apps/demo/server.mjs')], { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] })
const browser = await chromium.launch({ ...chromiumLaunchOptions })
try {
  const address = await new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => /http:\S+/.test(text) && resolve(/http:\S+/.exec(text)[0]))
    server.on('exit', (code) => reject(new Error(`The demo ended with code ${code}. Build it with: pnpm build`)))
  })
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 1320, height: 1180 }, deviceScaleFactor: 1.2, colorScheme, reducedMotion: 'reduce' })
    await page.goto(address)
    await page.locator('[role="gridcell"][data-segment="champions"]').first().click()
    await page.getByText(/^Selected: Champions/).first().waitFor()
    await page.mouse.move(1, 1)
    await page.waitForLoadState('networkidle')
    const path = join(folder, `demo-${colorScheme}.png`)
    await page.screenshot({ path })
    const { size } = statSync(path)
    if (size > largestBytes) throw new Error(`${path} has ${size} bytes, more than ${largestBytes}.`)
    console.log(`${path}  ${Math.round(size / 1000)} kB`)
  }
} finally {
  await browser.close()
  server.kill()
}
