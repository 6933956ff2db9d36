import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { demoOpener } from './browser.ts'

const openDemo = demoOpener()

/** All figures of the page, as text: key figures, every cell of the grid, every segment, the first rows of the table. */
async function figuresOf(page: Page): Promise<Record<string, readonly string[]>> {
  await page.getByRole('grid', { name: /by recency/ }).waitFor()
  await page.getByRole('row', { name: 'Sean Miller' }).waitFor() // the customer with the highest revenue
  const texts = (selector: string): Promise<string[]> => page.locator(selector).evaluateAll((elements) => elements.map((element) => element.textContent ?? ''))
  return {
    key: await texts('.demo-figures dd'),
    cells: await page.getByRole('gridcell', { name: /^.+R \d.*F.* \d/ }).evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? '')),
    segments: await texts('.crm-segments tbody tr'),
    rows: (await page.getByRole('grid', { name: 'Customers', exact: true }).getByRole('row').allInnerTexts()).slice(0, 9),
  }
}

async function customersCounted(page: Page): Promise<number> {
  const text = await page.locator('.crm-table-count').innerText()
  return Number(text.replaceAll(/\D/g, ''))
}

test('shows the 793 customers of Superstore, in a policy without inline styles, without a complaint', async () => {
  const { page, complaints, close } = await openDemo()
  const figures = await figuresOf(page)
  // 9,994 lines, 793 customers, 5,009 orders; sales sum up to 2,297,200.8603 exactly.
  expect(figures['key']).toEqual(['793', '5,009', '$2,297,200.86', '$2,896.85'])
  expect(figures['cells']).toHaveLength(25)
  expect(figures['segments']).toHaveLength(11)
  expect(figures['rows']).toHaveLength(9)
  expect(figures['rows']?.[1]).toMatch(/Sean Miller[^]*25,043\.05/)
  expect(await page.locator('h1').count()).toBe(1)
  expect(complaints).toEqual([])
  await close()
})

test('gives the same figures from memory and from DuckDB, and says who computed them', async () => {
  const { page, complaints, close } = await openDemo()
  const memory = await figuresOf(page)
  await page.getByText('computed in memory').first().waitFor()
  await page.getByRole('radio', { name: 'DuckDB' }).check()
  await page.getByText('computed in DuckDB').nth(1).waitFor()
  expect(new URL(page.url()).searchParams.get('engine')).toBe('duckdb')
  expect(await figuresOf(page)).toEqual(memory)
  expect(complaints).toEqual([])
  await close()
})

for (const engine of ['memory', 'duckdb'] as const) {
  test(`a cell leads to exactly its customers (${engine})`, async () => {
    const { page, close } = await openDemo(`/?engine=${engine}`)
    const cell = page.getByRole('gridcell', { name: /R 5.*FM? 5/ })
    const counted = Number(/(\d+) customers?/.exec((await cell.getAttribute('aria-label')) ?? '')?.[1])
    expect(counted).toBeGreaterThan(0)
    await cell.click()
    await page.locator('.crm-table-count', { hasText: new RegExp(`^${counted} `) }).waitFor()
    expect(await customersCounted(page)).toBe(counted)
    await close()
  })
}

describe('the address', () => {
  test('keeps every choice over a reload, and the back button undoes them one by one', async () => {
    const { page, close } = await openDemo()
    await figuresOf(page)
    await page.getByRole('radio', { name: 'Revenue', exact: true }).check()
    await page.getByRole('rowheader', { name: 'Champions' }).click()
    await page.locator('.crm-table-count', { hasText: /^86 / }).waitFor()
    const chosen = page.url()
    await page.reload()
    await page.locator('.crm-table-count', { hasText: /^86 / }).waitFor()
    expect(page.url()).toBe(chosen)
    expect(await page.getByRole('radio', { name: 'Revenue', exact: true }).isChecked()).toBe(true)
    await page.goBack()
    await page.locator('.crm-table-count', { hasText: /^793 / }).waitFor()
    await page.goBack()
    expect(await page.getByRole('radio', { name: 'Customers', exact: true }).isChecked()).toBe(true)
    await close()
  })

  test('with a selection that names an unknown field shows an error in words and a way back', async () => {
    const selection = JSON.stringify({ label: 'From elsewhere', ranges: [{ field: 'shoeSize', above: 3 }] })
    const { page, close } = await openDemo(`/?selection=${encodeURIComponent(selection)}`)
    const alert = page.getByRole('alert').first()
    await alert.waitFor()
    expect(await alert.innerText()).toContain('The selection does not fit these data.')
    expect(await alert.innerText()).not.toMatch(/undefined|NaN|Error:|\bat .*:\d+/)
    // Pulled to its end, the page shows nothing beyond itself.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - Math.ceil(document.body.getBoundingClientRect().height))).toBeLessThanOrEqual(0)
    await alert.getByRole('button', { name: 'Clear selection' }).click()
    await page.locator('.crm-table-count', { hasText: /^793 / }).waitFor()
    expect(new URL(page.url()).search).toBe('')
    await close()
  })
})

test('every number that is drawn stands in the accessibility tree', async () => {
  const { page, close } = await openDemo()
  await figuresOf(page)
  const drawn = await page.evaluate(() => {
    const widgets = [...document.querySelectorAll('.crm-root, .demo-figures')]
    const texts = widgets.flatMap((widget) => {
      const walker = document.createTreeWalker(widget, NodeFilter.SHOW_TEXT)
      const found: string[] = []
      while (walker.nextNode()) {
        const { parentElement: parent, textContent } = walker.currentNode
        if (parent !== null && parent.checkVisibility() && parent.closest('[hidden]') === null) found.push(textContent ?? '')
      }
      return found
    })
    return [...new Set(texts.flatMap((text) => text.match(/\d[\d,.]*\d|\d/g) ?? []))]
  })
  expect(drawn.length).toBeGreaterThan(100)
  const tree = await (await page.context().newCDPSession(page)).send('Accessibility.getFullAXTree')
  const said = tree.nodes.filter(({ ignored }) => !ignored).map(({ name, value }) => `${String(name?.value ?? '')} ${String(value?.value ?? '')}`)
  const numbers = new Set(said.flatMap((text) => text.match(/\d[\d,.]*\d|\d/g) ?? []))
  expect(drawn.filter((number) => !numbers.has(number))).toEqual([])
  await close()
})

for (const [width, height] of [[390, 844], [768, 1024], [1440, 900]] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`fits ${width} pixels (${colorScheme}) without scrolling sideways`, async () => {
      const { page, complaints, close } = await openDemo('/', { viewport: { width, height }, colorScheme })
      await figuresOf(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      expect(await page.locator('body').innerText()).not.toMatch(/NaN|undefined|\[object/)
      expect(complaints).toEqual([])
      await close()
    })
  }
}

test('says what is wrong when the database cannot be reached, keeps the figures, and recovers', async () => {
  const { page, close } = await openDemo()
  await figuresOf(page)
  await page.route('**/api/duckdb/**', (route) => route.abort())
  await page.getByRole('radio', { name: 'DuckDB' }).check()
  await page.getByRole('alert').getByText('DuckDB could not be opened.').waitFor()
  expect(await page.locator('.demo-figures dd').first().innerText()).toBe('793')
  await page.unroute('**/api/duckdb/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('computed in DuckDB').first().waitFor()
  await close()
})

test('says in every part what could not be computed when the database goes away after it was opened', async () => {
  const { page, close } = await openDemo('/', { reducedMotion: 'reduce' })
  await page.route('**/api/duckdb/{scan,summarise}', (route) => route.abort())
  await page.goto(`${page.url()}?engine=duckdb`)
  await page.getByRole('alert').getByText('The data source cannot be reached.').nth(2).waitFor()
  expect(await page.getByRole('alert').count()).toBe(3)
  expect(await page.getByText('Counting…').count()).toBe(0)
  await page.unroute('**/api/duckdb/{scan,summarise}')
  for (const widget of ['.crm-rfm:not(.crm-segments)', '.crm-table']) await page.locator(widget).getByRole('button', { name: 'Try again' }).click()
  await figuresOf(page)
  await close()
})
