import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { demoOpener } from './browser.ts'

const openDemo = demoOpener()

/** Chooses a format in the export menu of a widget and reads the file that the browser saves. */
async function exported(page: Page, widget: string, format: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.locator(`${widget} .crm-export > button:not([aria-disabled])`).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: format }).click()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

test('exports files and pictures under a policy that lets nothing be loaded from memory, without a complaint', async () => {
  const { page, complaints, close } = await openDemo()
  await page.getByRole('row', { name: 'Sean Miller' }).waitFor()

  const grid = await exported(page, '.crm-root:has(.crm-heat)', 'CSV')
  expect(grid.name).toMatch(/^rfm-grid-\d{4}-\d\d-\d\d\.csv$/)
  const lines = grid.bytes.toString('utf8').trim().split('\r\n')
  expect(lines).toHaveLength(26)

  const customers = (await exported(page, '.crm-table', 'CSV')).bytes.toString('utf8').trim().split('\r\n')
  // 793 customers of Superstore and a heading; the highest revenue first.
  expect(customers).toHaveLength(794)
  expect(customers[1]).toMatch(/^Sean Miller,/)
  expect(customers[1]).toContain('25043.05')

  const json = JSON.parse((await exported(page, '.crm-table', 'JSON')).bytes.toString('utf8')) as { kind: string; rows: unknown[]; spec: { asOf: number } }
  expect(json).toMatchObject({ kind: 'crm-export', version: 1 })
  expect(json.rows).toHaveLength(793)
  expect(json.spec.asOf).toBeGreaterThan(0)

  const svg = (await exported(page, '.crm-root:has(.crm-heat)', 'SVG')).bytes.toString('utf8')
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+"/)
  const png = (await exported(page, '.crm-root:has(.crm-heat)', 'PNG')).bytes
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
  const [, width] = /width="(\d+)"/.exec(svg)!
  // The width stands in the first chunk of a PNG.
  expect(png.readUInt32BE(16)).toBe(2 * Number(width))
  expect(complaints).toEqual([])
  await close()
})

test('copies all customers with their cells', async () => {
  const { page, complaints, close } = await openDemo('/', { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.getByRole('row', { name: 'Sean Miller' }).waitFor()
  await page.locator('.crm-table .crm-export > button:not([aria-disabled])').click()
  await page.getByRole('menuitem', { name: 'Copy table' }).click()
  await page.getByText('793 rows copied').waitFor()
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    return { text: await (await item!.getType('text/plain')).text(), html: await (await item!.getType('text/html')).text() }
  })
  expect(copied.text.trim().split(/\r?\n/)).toHaveLength(794)
  expect(copied.html.match(/<tr/g)).toHaveLength(794)
  expect(complaints).toEqual([])
  await close()
})
