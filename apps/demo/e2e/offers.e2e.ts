import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { demoOpener } from './browser.ts'

const openDemo = demoOpener()

const offers = (page: Page, title: string) => page.locator('.crm-root', { has: page.getByRole('heading', { name: title, exact: true }) }).locator('.crm-offer', { has: page.getByRole('heading') })

test('offers five new products with reasons that add up, keeps the list full, and forgets nothing over a reload', async () => {
  const { page, complaints, close } = await openDemo('/?data=shop&page=offers')
  const fresh = offers(page, 'New for them')
  await fresh.nth(4).waitFor()
  expect(await fresh.count()).toBe(5)
  const first = await fresh.first().getByRole('heading').innerText()

  await fresh.first().getByRole('button', { expanded: false }).first().click()
  const shares = (await page.getByText(/^\d+(?:\.\d+)? ?%$/).allInnerTexts()).map((text) => Number(text.replace('%', '')))
  expect(shares.length).toBeGreaterThan(1)
  expect(shares.at(-1)).toBe(100) // the total, and the parts before it
  expect(shares.slice(0, -1).reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 6)
  await page.keyboard.press('Escape')

  await fresh.first().getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('menuitem', { name: 'Not relevant' }).click()
  await page.getByRole('button', { name: `Undo: ${first} was dismissed` }).waitFor()
  await expect.poll(async () => (await fresh.getByRole('heading').allInnerTexts()).length, { timeout: 20_000 }).toBe(5)
  expect(await fresh.getByRole('heading').allInnerTexts()).not.toContain(first)
  await page.reload()
  await fresh.nth(4).waitFor()
  expect(await fresh.getByRole('heading').allInnerTexts()).not.toContain(first)
  expect(complaints).toEqual([])
  await close()
})

test('what a customer buys again is apart from what is new to them', async () => {
  const { page, complaints, close } = await openDemo('/?data=shop&page=offers')
  await offers(page, 'New for them').nth(4).waitFor()
  await offers(page, 'Buy again').nth(2).waitFor()
  const names = async (title: string): Promise<string[]> => offers(page, title).getByRole('heading').allInnerTexts()
  const known = new Set(await names('Buy again'))
  expect((await names('New for them')).filter((name) => known.has(name))).toEqual([])
  expect(await offers(page, 'Buy again').first().textContent()).toMatch(/Bought \d+ times, last \d+ days? ago/)
  expect(complaints).toEqual([])
  await close()
})

test('the back-test finds the habits of the made-up shop, and says of Superstore that there are none', async () => {
  const shop = await openDemo('/?data=shop&page=offers')
  await shop.page.getByText('It would have worked.').waitFor({ timeout: 45_000 })
  await shop.page.getByRole('button', { name: 'Use this strategy' }).click()
  await shop.page.getByText('Products are ranked by the strategy chosen in the back-test below.').waitFor()
  expect(JSON.parse(new URL(shop.page.url()).searchParams.get('strategy') ?? 'null')).toMatchObject({ kind: expect.any(String) })
  await offers(shop.page, 'New for them').nth(4).waitFor()
  expect(shop.complaints).toEqual([])
  await shop.close()

  const superstore = await openDemo('/?page=offers')
  await superstore.page.getByText('No signal.').waitFor({ timeout: 45_000 })
  await superstore.page.getByText(/These data do not tell what this customer will buy next/).waitFor()
  expect(superstore.complaints).toEqual([])
  await superstore.close()
})

test('a customer leads to their offers, and DuckDB compares customers itself', async () => {
  const { page, complaints, close } = await openDemo('/?engine=duckdb')
  await page.getByRole('rowheader', { name: 'Sean Miller' }).click()
  await page.getByRole('button', { name: 'Offers for this customer' }).click()
  await page.getByRole('heading', { name: 'Offers for Sean Miller' }).waitFor()
  const alike = page.locator('.crm-root', { has: page.getByRole('heading', { name: 'Customers like Sean Miller' }) })
  await alike.getByText(/computed in DuckDB/).waitFor()
  const pushed = await alike.getByRole('row').allInnerTexts()
  await page.getByRole('radio', { name: 'Browser memory' }).check()
  await alike.getByText(/computed in memory/).waitFor()
  expect(await alike.getByRole('row').allInnerTexts()).toEqual(pushed)
  expect(complaints).toEqual([])
  await close()
})
