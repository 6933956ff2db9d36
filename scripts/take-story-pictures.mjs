// Takes a picture of every story in every language, for a designer's eye: artifacts/stories/<language>/<story>.png.
//   node scripts/take-story-pictures.mjs [--only <part of an id>] [--languages en,zh-Hans] [--theme dark] [--width 390]
// Run `pnpm build:storybook` before. Stories with a play function are pictured as they are before it.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from './chromium.mjs'
import { root } from './lib/process.mjs'

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' }
const { values: asked } = parseArgs({
  options: { only: { type: 'string', default: '' }, languages: { type: 'string', default: 'en,zh-Hans' }, theme: { type: 'string' }, width: { type: 'string', default: '1100' } },
})
const built = join(root, 'storybook-static')
if (!existsSync(join(built, 'index.json'))) throw new Error('Storybook is not built. There are no stories to take pictures of. Run `pnpm build:storybook` first.')
const { entries } = JSON.parse(readFileSync(join(built, 'index.json'), 'utf8'))
const stories = Object.values(entries).filter(({ type, id }) => type === 'story' && id.includes(asked.only))

const server = createServer((request, response) => {
  const path = join(built, normalize(new URL(request.url, 'http://localhost').pathname))
  if (!path.startsWith(built) || !existsSync(path)) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(path))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const browser = await chromium.launch({ ...chromiumLaunchOptions })
let failures = 0
try {
  for (const language of asked.languages.split(',')) {
    const folder = join(root, 'artifacts/stories', [language, asked.theme, asked.width === '1100' ? undefined : asked.width].filter(Boolean).join('-'))
    mkdirSync(folder, { recursive: true })
    const context = await browser.newContext({ viewport: { width: Number(asked.width), height: 800 }, reducedMotion: 'reduce' })
    // Two pages side by side: one waits for the network while the other draws.
    const queue = [...stories]
    await Promise.all([0, 1].map(async () => {
      const page = await context.newPage()
      for (let story = queue.shift(); story !== undefined; story = queue.shift()) {
        const complaints = []
        const note = (error) => complaints.push(error.message)
        page.on('pageerror', note)
        // A story's own globals (Dark, Chinese, RTL) win over those of the address.
        const globals = [`language:${language}`, ...(asked.theme ? [`theme:${asked.theme}`] : [])].join(';')
        await page.goto(`http://127.0.0.1:${server.address().port}/iframe.html?id=${story.id}&viewMode=story&globals=${globals}`)
        await page.locator('#storybook-root > *').first().waitFor({ timeout: 30_000 }).catch(note)
        await page.waitForFunction(() => document.querySelector('.crm-root[data-status="loading"]') === null, { timeout: 4_000 }).catch(() => {})
        await page.waitForTimeout(400)
        await page.screenshot({ path: join(folder, `${story.id}.png`), fullPage: true })
        page.off('pageerror', note)
        if (complaints.length > 0) {
          failures++
          console.error(`${language} ${story.id}: ${complaints.join('; ')}`)
        }
      }
    }))
    await context.close()
    console.log(`${folder}  ${stories.length} pictures`)
  }
} finally {
  await browser.close()
  server.close()
}
process.exitCode = failures > 0 ? 1 : 0
