import { expect, test } from 'vitest'
import { demoOpener } from './browser.ts'

const openDemo = demoOpener()

test('the demo opens without a complaint', async () => {
  const { page, complaints, close } = await openDemo()
  await page.waitForLoadState('networkidle')
  expect(await page.locator('h1').count()).toBe(1)
  expect(complaints).toEqual([])
  await close()
})
