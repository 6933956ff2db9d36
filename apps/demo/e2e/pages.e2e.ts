import { expect, test } from 'vitest'
import { demoOpener } from './browser.ts'

const openDemo = demoOpener()

test('the page speaks Chinese when it is asked to, the widgets with it, and loads the words then only', async () => {
  const { page, complaints, close } = await openDemo()
  await page.getByRole('rowheader', { name: 'Champions' }).waitFor()
  const scripts = (): Promise<string[]> => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /zh/.test(name)))
  expect(await scripts()).toEqual([])
  await page.getByRole('radio', { name: '简体中文' }).check()
  await page.getByRole('rowheader', { name: '冠军客户' }).waitFor()
  expect(await scripts()).toHaveLength(2)
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans')
  expect(await page.title()).toBe('Superstore 客户 · CRM Kit 演示')
  // The data stay as they are; of the page's own words none is left in English.
  const text = await page.locator('header, nav, .crm-root header, .crm-rfm, .crm-from, footer').allInnerTexts()
  expect(text.join('\n').replaceAll(/Superstore|DuckDB|English|Tableau|CRM Kit/g, '')).not.toMatch(/[A-Za-z]{4}/)
  expect(complaints).toEqual([])
  await close()
})

test('cut points that are kept hold on every page, and go back to quintiles', async () => {
  const { page, complaints, close } = await openDemo('/?page=cuts')
  const handle = page.getByRole('slider').first()
  await handle.focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('button', { name: 'Save as spec' }).click()
  await page.getByText('Scored by a rule of your own').waitFor()
  const kept = new URL(page.url()).searchParams.get('cuts')
  expect(JSON.parse(kept ?? 'null')).toMatchObject({ r: expect.any(Array), f: expect.any(Array), m: expect.any(Array) })
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('grid', { name: /by recency/ }).waitFor()
  expect(new URL(page.url()).searchParams.get('cuts')).toBe(kept)
  await page.getByRole('button', { name: 'Back to quintiles' }).click()
  await page.getByText('Scored by a rule of your own').waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('')
  expect(complaints).toEqual([])
  await close()
})

test('the map and the scatter give the same customers as the table counts', async () => {
  const { page, complaints, close } = await openDemo('/?page=map')
  await page.getByText(/^From 793 customers/).waitFor()
  await page.locator('[data-segment="champions"], [data-id="champions"]').first().click()
  await page.locator('.crm-table-count', { hasText: /^86 / }).waitFor()
  expect(complaints).toEqual([])
  await close()
})

test('a customer of the table says why it is in its segment, and the back button closes that', async () => {
  const { page, complaints, close } = await openDemo()
  await page.getByRole('rowheader', { name: 'Sean Miller' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/bought 80 days ago/).waitFor()
  expect(new URL(page.url()).searchParams.get('customer')).toBe('SM-20320')
  await page.goBack()
  await dialog.waitFor({ state: 'hidden' })
  await page.goForward()
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  // A dialog is hidden a moment before it says that it was closed.
  await expect.poll(() => new URL(page.url()).searchParams.get('customer')).toBeNull()
  expect(complaints).toEqual([])
  await close()
})

for (const path of ['/?page=cuts', '/?page=map', '/?data=file', '/?language=zh-Hans', '/?page=cuts&language=zh-Hans']) {
  for (const width of [390, 768] as const) {
    test(`${path} fits ${width} pixels without scrolling sideways`, async () => {
      const { page, complaints, close } = await openDemo(path, { viewport: { width, height: 844 } })
      await page.locator('.crm-root').first().waitFor()
      await page.waitForLoadState('networkidle')
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      expect(await page.locator('body').innerText()).not.toMatch(/NaN|undefined|\[object/)
      expect(complaints).toEqual([])
      await close()
    })
  }
}
