import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { demoOpener } from './browser.ts'

const openDemo = demoOpener()
const shared = process.env['CRM_SHARED'] ?? fileURLToPath(new URL('../../../../shared', import.meta.url))
const onlineRetail = `${shared}/data/online-retail.csv.gz`

const ORDERS = `customer_id;purchase_date;product_id;amount
007;2026-01-05;A;1.250,50
007;2026-03-01;B;99,90
008;2026-02-11;A;12,00
009;not a date;A;5,00
010;2026-02-28;"C
of two lines";=1+1
`

const stepOf = (page: Page): string | null => new URL(page.url()).searchParams.get('step')
const choose = (page: Page, name: string, text: string | Buffer): Promise<void> =>
  page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const go = (page: Page): Promise<void> => page.locator('.crm-import-actions button').last().click()
/** The check is done when it offers the way on. */
const checked = (page: Page): Promise<void> => page.locator('.crm-import-actions button').nth(1).waitFor({ timeout: 60_000 })

test('a file of orders becomes customers on the page; the address keeps each step, and the back button goes through them', async () => {
  const { page, complaints, close } = await openDemo('/?data=file')
  await choose(page, 'orders.csv', ORDERS)
  await page.getByText('orders.csv', { exact: false }).first().waitFor()
  await page.waitForURL(/step=map/)
  await go(page)
  await page.waitForURL(/step=check/)
  await checked(page)
  // Two rows cannot be read, and say so with their lines; ids keep their zeros, amounts their cents.
  expect(await page.locator('main').innerText()).toMatch(/line 5[^]*line 6/)
  expect(await page.locator('main').innerText()).toContain('1,250.50')
  await go(page)
  await page.getByRole('button', { name: 'Show the customers' }).click()
  await page.locator('.crm-table-count', { hasText: /^2 / }).waitFor()
  expect(await page.locator('.demo-figures dd').allInnerTexts()).toEqual(['2', '3', expect.stringContaining('1,362.40'), expect.stringContaining('681.20')])
  expect(await page.getByRole('rowheader', { name: '007' }).count()).toBe(1)
  for (const step of ['import', 'check', 'map']) {
    await page.goBack()
    await expect.poll(() => stepOf(page)).toBe(step)
  }
  await page.goForward()
  await expect.poll(() => stepOf(page)).toBe('check')
  expect(complaints).toEqual([])
  await close()
})

test('a look at the sample does not lose the file, and a reload asks for it again with the plan kept', async () => {
  const { page, close } = await openDemo('/?data=file')
  await choose(page, 'orders.csv', ORDERS)
  await page.waitForURL(/step=map/)
  await page.getByRole('radio', { name: 'Superstore' }).check()
  await page.locator('.crm-table-count', { hasText: /^793 / }).waitFor()
  await page.getByRole('radio', { name: 'Use my file' }).check()
  await page.getByText('What do the columns mean?').waitFor()
  await page.reload()
  await page.locator('input[type="file"]').waitFor({ state: 'attached' })
  await expect.poll(() => stepOf(page)).toBe(null)
  expect(new URL(page.url()).searchParams.get('plan')).toContain('"decimal":","')
  await close()
})

test('a second file starts anew, and going back over the first finds the second under every step', async () => {
  const { page, complaints, close } = await openDemo('/?data=file')
  const bring = async (name: string, text: string): Promise<void> => {
    await choose(page, name, text)
    await page.waitForURL(/step=map/)
    await go(page)
    await checked(page)
    await go(page)
    await page.getByRole('button', { name: 'Show the customers' }).click()
    await page.getByText(`From ${name}`).waitFor()
  }
  await bring('first.csv', ORDERS)
  await page.locator('.crm-table input').first().fill('008')
  await expect.poll(() => new URL(page.url()).searchParams.get('search')).toBe('008')
  await page.getByRole('button', { name: 'Import another file' }).click()
  await bring('second.csv', 'customer_id,purchase_date,amount\nann,2026-01-05,1.00\nbob,2026-02-06,2.00\n')
  // What was looked for in the first shop narrows nothing in the second.
  await page.locator('.crm-table-count', { hasText: /^2 / }).waitFor()
  expect(new URL(page.url()).searchParams.get('search')).toBeNull()
  for (const step of ['import', 'check', 'map', null, 'use'] as const) {
    await page.goBack()
    await expect.poll(() => stepOf(page)).toBe(step)
  }
  await page.getByText('From second.csv').waitFor()
  expect(complaints).toEqual([])
  await close()
})

test('an address with a plan that is none opens the import all the same', async () => {
  const { page, complaints, close } = await openDemo('/?data=file&step=check&plan={"roles":{},"attributes":[],"timeZone":"UTC"}')
  await choose(page, 'orders.csv', ORDERS)
  await page.waitForURL(/step=map/)
  expect(complaints).toEqual([])
  await close()
})

test('a file that cannot be read says where, and another one can be chosen', async () => {
  const { page, complaints, close } = await openDemo('/?data=file')
  await choose(page, 'broken.csv', 'customer_id,purchase_date,amount\nann,2026-01-05,1.00\nbob,"2026-01-06,2.00\n')
  const alert = page.getByRole('alert')
  await alert.waitFor()
  expect(await alert.innerText()).toMatch(/line 3/i)
  expect(await page.locator('body').innerText()).not.toMatch(/NaN|undefined|Error:/)
  await choose(page, 'orders.csv', ORDERS)
  await page.waitForURL(/step=map/)
  expect(complaints).toEqual([])
  await close()
})

test.skipIf(!existsSync(onlineRetail))(`541,909 rows come in with every count of the file, and become its 4,338 buyers (needs ${onlineRetail})`, { timeout: 180_000 }, async () => {
  const { page, complaints, close } = await openDemo('/?data=file')
  await choose(page, 'online-retail.csv', gunzipSync(readFileSync(onlineRetail)))
  await page.waitForURL(/step=map/)
  await go(page)
  await checked(page)
  const report = await page.locator('main').innerText()
  for (const count of ['541,909', '4,372', '25,900', '4,070', '135,080', '10,624', '9,288', '5,268', '2,515']) expect(report).toContain(count)
  await go(page)
  await page.getByRole('button', { name: 'Show the customers' }).click({ timeout: 60_000 })
  await page.locator('.crm-table-count', { hasText: /^4,372 / }).waitFor()
  expect((await page.locator('.demo-figures dd').allInnerTexts())[0]).toBe('4,338')
  expect(complaints).toEqual([])
  await close()
})
