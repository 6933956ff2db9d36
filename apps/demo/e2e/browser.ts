import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright'
import { afterAll, beforeAll, inject } from 'vitest'
import { chromiumLaunchOptions } from '../../../scripts/chromium.mjs'

/** A page of the demo, with everything it complained about: console errors, uncaught errors, failed requests. */
export interface DemoPage {
  readonly page: Page
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** Call at the top of a test file. Answers a function that opens a path of the demo in a fresh browser context. */
export function demoOpener(): (path?: string, options?: BrowserContextOptions) => Promise<DemoPage> {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ ...chromiumLaunchOptions })
  })
  afterAll(async () => {
    await browser?.close()
  })
  return async (path = '/', options = {}) => {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('requestfailed', (request) => {
      // The page itself gives up requests whose answer it no longer needs.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`${request.method()} ${request.url()} ${request.failure()?.errorText}`)
    })
    await page.goto(inject('address') + path)
    return { page, complaints, close: () => context.close() }
  }
}
