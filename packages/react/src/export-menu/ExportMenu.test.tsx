import '../styles.css'
import type { CallContext, DataAdapter, Selection, SummaryRequest } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { customersOperation } from '@crm/core/customers'
import type { JsonExport } from '@crm/core/export'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { CustomerTable } from '../customer-table/CustomerTable.tsx'
import { CrmProvider, createFormatters } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import { RfmGrid } from '../rfm-grid/RfmGrid.tsx'
import { manyCustomerAt, manyCustomers } from '../testing/manyCustomers.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { difference, pixelsOf, readCsv, takeFile } from './testing/takeFile.ts'

afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
})

function show(children: ReactNode, adapter: DataAdapter = storyAdapter(), provider: Partial<CrmProviderProps> = {}) {
  const client = createClient(adapter, { allowMainThread: true, retry: { tries: 1 } })
  render(
    <StrictMode>
      <CrmProvider client={client} theme="light" {...provider}>
        {children}
      </CrmProvider>
    </StrictMode>,
  )
  return client
}

const format = createFormatters('en')
const EUR = { currency: 'EUR', scale: 2 }
/** Exact decimal text of two places as units. */
const units = (text: string): number => Number(text.replace('.', ''))

describe('the grid, exported', () => {
  test('CSV read back holds what stands in the cells, in their order', async () => {
    show(<RfmGrid request={{ spec: STORY_SPEC }} defaultMeasure="revenue" />)
    const grid = await screen.findByRole('grid')
    const file = await takeFile(/^CSV/)
    expect(file.name).toMatch(/^rfm-grid-\d{4}-\d\d-\d\d\.csv$/)
    const [heading, ...rows] = readCsv(await file.text())
    expect(heading).toEqual(['F', 'Orders', 'R', 'Days since the last purchase', 'Segment', 'Customers', 'Revenue (EUR)', 'Mean per customer (EUR)', 'Share of customers', 'Share of revenue'])
    const cells = within(grid).getAllByRole('gridcell')
    const drawn = cells.map((cell) => [cell.querySelector('.crm-cell-value')?.textContent?.trim() ?? '', cell.querySelector('.crm-cell-segment')?.textContent ?? ''])
    expect(rows.map((row) => [row[5] === '0' ? '' : format.compact(units(row[6]!) / 100), row[4]])).toEqual(drawn)
    expect(rows.map((row) => [row[0], row[2]])).toEqual(cells.map((cell) => [cell.dataset['y'], cell.dataset['r']]))
    const headings = (role: string): (string | undefined)[] => within(grid).getAllByRole(role).map((one) => one.querySelector('.crm-heat-range')?.textContent)
    expect(rows.slice(0, 5).map((row) => row[3])).toEqual(headings('columnheader'))
    expect(rows.filter((_, at) => at % 5 === 0).map((row) => row[1])).toEqual(headings('rowheader'))
    rows.forEach((row, at) => {
      const name = cells[at]!.getAttribute('aria-label')!
      expect(name).toContain(`${format.number(Number(row[5]))} customer`)
      expect(name).toContain(`revenue ${format.money(units(row[6]!), EUR)}`)
      expect(name).toContain(row[7] === '' ? 'Nobody' : `mean ${format.money(Number(row[7]) * 100, EUR)}`)
    })
    const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]), 0)
    expect(sum(8)).toBeCloseTo(1, 12)
    expect(sum(9)).toBeCloseTo(1, 12)
  })

  test('JSON holds the same rows with the spec and the selection', async () => {
    show(<RfmGrid request={{ spec: STORY_SPEC }} defaultY="m" defaultSelection={{ label: 'Recent', ranges: [{ field: 'recencyDays', upTo: 60 }] }} />)
    await screen.findByRole('grid')
    const csv = readCsv(await (await takeFile(/^CSV/)).text())
    const file = JSON.parse(await (await takeFile(/^JSON/)).text()) as JsonExport
    expect(file).toMatchObject({ kind: 'crm-export', version: 1, name: 'rfm-grid', spec: { ...STORY_SPEC, y: 'm', picked: { label: 'Recent' } } })
    expect(file.columns.map(({ name }) => name)[0]).toBe('M')
    expect(file.rows.map((row) => row.map((value) => (value === null ? '' : String(value))))).toEqual(csv.slice(1))
  })

  test.each(['light', 'dark'] as const)('SVG stands on its own and looks like the widget (%s)', async (theme) => {
    show(<RfmGrid request={{ spec: STORY_SPEC }} />, storyAdapter(), { theme })
    const grid = await screen.findByRole('grid')
    const inPage = await pixelsOf(`data:image/png;base64,${await page.elementLocator(grid).screenshot({ save: false })}`)
    const file = await takeFile(/^SVG/)
    const text = await file.text()
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
    expect(svg.localName).toBe('svg')
    expect(text).not.toMatch(/<script|<style|<foreignObject|<parsererror| (?:class|style|on\w+|data-\w+|href)=|var\(|light-dark|oklch|%"|NaN/)
    expect(svg.querySelector('title')?.textContent).toBe('Customers by recency and frequency')
    const words = [...svg.querySelectorAll('text')].map(({ textContent }) => textContent)
    const drawn = [...grid.querySelectorAll('text')].filter((one) => getComputedStyle(one).display !== 'none' && one.textContent !== '').map((one) => one.textContent!.trim())
    expect(drawn.length).toBeGreaterThan(40)
    expect(words).toEqual(expect.arrayContaining(drawn))
    expect(words).toEqual(expect.arrayContaining(['Customers by recency and frequency', 'Orders', 'Days since the last purchase', 'Customers in a cell', 'nobody']))

    // The cells, as the browser has drawn them in the page, beside the same part of the file drawn alone.
    const { width, height } = grid.getBoundingClientRect()
    const part = { ...placeOfCells(svg), width, height }
    const inFile = await pixelsOf(file.blob, inPage, part)
    const beside = await pixelsOf(file.blob, inPage, { ...part, left: part.left + 12 })
    // The edges of letters differ by fractions of a pixel, from run to run by more or less (4 to 6 of 255); so that the measure can fail:
    // beside it the picture is another one.
    expect(difference(inFile, inPage)).toBeLessThan(8)
    expect(difference(beside, inPage)).toBeGreaterThan(2 * difference(inFile, inPage))
  })

  test('PNG is the same picture, twice as dense', async () => {
    show(<RfmGrid request={{ spec: STORY_SPEC }} />)
    await screen.findByRole('grid')
    const svg = await takeFile(/^SVG/)
    const file = await takeFile(/^PNG/)
    expect(file.name).toMatch(/\.png$/)
    expect(file.blob.type).toBe('image/png')
    expect([...new Uint8Array(await file.blob.slice(0, 8).arrayBuffer())]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const png = await pixelsOf(file.blob)
    const { width, height } = await pixelsOf(svg.blob)
    expect([png.width, png.height]).toEqual([2 * width, 2 * height])
    expect(new Set(new Uint32Array(png.data.buffer)).size).toBeGreaterThan(50)
    expect(difference(png, await pixelsOf(svg.blob, png))).toBeLessThan(2)
  })

  test('a picture shows no mark of the mouse that rests on a cell, and the mark of a chosen one', async () => {
    show(<RfmGrid request={{ spec: STORY_SPEC }} />)
    const grid = await screen.findByRole('grid')
    const rings = async (): Promise<number> => (await (await takeFile(/^SVG/)).text()).match(/fill="none" stroke="#[0-9a-f]{6}"(?: stroke-width="3")? paint-order|<rect[^>]*fill="none" stroke="#[0-9a-f]{6}"\/>/g)?.length ?? 0
    const [cell] = within(grid).getAllByRole('gridcell', { name: /Champions/ })
    const atRest = await rings()
    await userEvent.hover(cell!)
    expect(getComputedStyle(cell!.querySelector('.crm-cell-ring')!).strokeWidth).toBe('1px')
    expect(await rings()).toBe(atRest)
    await userEvent.click(cell!)
    expect(await rings()).toBe(atRest + 1)
  })
})

/** Where the cells begin in a file: the corner of the leftmost, topmost ground, one pixel outside of it as in the page. */
function placeOfCells(svg: Element): { readonly left: number; readonly top: number } {
  const grounds = [...svg.querySelectorAll(':scope > rect[rx="3"]')]
  const move = (rect: Element): readonly [number, number] => {
    const [, x = '0', y = '0'] = /translate\(([-\d.]+) ([-\d.]+)\)/.exec(rect.getAttribute('transform') ?? '') ?? []
    return [Number(x) + Number(rect.getAttribute('x')), Number(y) + Number(rect.getAttribute('y'))]
  }
  const places = grounds.map(move)
  return { left: Math.round(Math.min(...places.map(([x]) => x)) - 1), top: Math.round(Math.min(...places.map(([, y]) => y)) - 1) }
}

describe('the customer table, exported', () => {
  const shownIds = (): string[] => [...document.querySelectorAll('[data-index]:not([data-pending])')].map((row) => /C-\d{5}/.exec(row.textContent ?? '')?.[0] ?? '')

  test('CSV read back holds what stands in the rows, and the rows further down in the same order', async () => {
    const adapter = storyAdapter()
    show(<CustomerTable spec={STORY_SPEC} />, adapter)
    await waitFor(() => expect(shownIds().length).toBeGreaterThan(10))
    const file = await takeFile(/^CSV/)
    expect(file.name).toMatch(/^customers-/)
    const [heading, ...rows] = readCsv(await file.text())
    expect(heading).toEqual(['Customer', 'Customer ID', 'Last purchase', 'Days since purchase', 'Orders', 'Revenue (EUR)', 'Mean order value (EUR)'])
    expect(rows).toHaveLength(620)
    const shown = [...document.querySelectorAll('[data-index]:not([data-pending])')]
    for (const row of shown) {
      const [name, id, day, days, orders, revenue, mean] = rows[Number(row.getAttribute('data-index'))]!
      const cells = [...row.querySelectorAll('[data-column-index]')].map(({ textContent }) => textContent)
      const lastPurchase = format.day(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
      const ago = days === '0' ? 'today' : `${format.number(Number(days))} day${days === '1' ? '' : 's'} ago`
      expect(cells).toEqual([`${name}${id}`, `${lastPurchase}${ago}`, format.number(Number(orders)), format.amount(units(revenue!), EUR), format.amount(Number(mean) * 100, EUR)])
    }
    const client = createClient(adapter, { allowMainThread: true })
    const { data } = await client.run(customersOperation, { spec: STORY_SPEC, select: ['customerId'], order: [{ field: 'revenue', direction: 'descending', nulls: 'last' }], limit: 1000 })
    const { column } = data.columns[0]!
    expect(rows.map((row) => row[1])).toEqual(column.kind === 'text' ? Array.from(column.codes, (code) => column.dictionary[code]) : [])
  })

  test('holds whom the search and the selection leave, sorted as shown, in the columns shown', async () => {
    const selection: Selection = { label: 'Recent', ranges: [{ field: 'recencyDays', upTo: 120 }] }
    show(<CustomerTable spec={STORY_SPEC} columns={['customer', 'orders', { field: 'city', hidden: true }, { field: 'kind', format: (value) => `kind: ${String(value)}` }]} defaultSelection={selection} defaultSearch="an" defaultSort={{ field: 'orders', direction: 'ascending' }} />)
    await waitFor(() => expect(shownIds().length).toBeGreaterThan(5))
    const [heading, ...rows] = readCsv(await (await takeFile(/^CSV/)).text())
    expect(heading).toEqual(['Customer', 'Customer ID', 'Orders', 'Kind'])
    const counted = Number(screen.getByText(/^\d+ customers$/).textContent!.split(' ')[0])
    expect(rows).toHaveLength(counted)
    expect(counted).toBeLessThan(620)
    expect(rows.every(([name, id]) => `${name} ${id}`.toLowerCase().includes('an'))).toBe(true)
    const orders = rows.map((row) => Number(row[2]))
    expect(orders).toEqual(orders.toSorted((a, b) => a - b))
    expect(new Set(rows.map((row) => row[3]))).toEqual(new Set(['kind: person', 'kind: organisation']))
    expect(rows.map((row) => row[1]).slice(0, 5)).toEqual(shownIds().slice(0, 5))
    const file = JSON.parse(await (await takeFile(/^JSON/)).text()) as JsonExport
    expect(file.rows).toHaveLength(counted)
    expect(file.spec).toMatchObject({ ...STORY_SPEC, selection, filter: { op: 'or' }, order: [{ field: 'orders', direction: 'ascending' }, { field: 'customerId' }] })
  })

  test('100,000 customers come in pages, each once, while the page keeps answering', async () => {
    const requests: SummaryRequest[] = []
    const source = manyCustomers(100_000)
    const adapter: DataAdapter = { ...source, summarise: (request, context: CallContext) => (requests.push(request), source.summarise!(request, context)) }
    show(<CustomerTable spec={STORY_SPEC} defaultSort={{ field: 'customerId', direction: 'ascending' }} />, adapter)
    await waitFor(() => expect(document.querySelector('[data-index]:not([data-pending])')).not.toBeNull(), { timeout: 15_000 })
    await screen.findByText('100,000 customers', {}, { timeout: 15_000 })
    requests.length = 0
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    const file = await takeFile(/^CSV/)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(10)
    const rows = readCsv(await file.text()).slice(1)
    expect(requests.filter(({ kind }) => kind === 'members')).toHaveLength(10)
    expect(rows).toHaveLength(100_000)
    for (const at of [0, 9999, 10_000, 54_321, 99_999]) {
      const { customerId, name, orders, revenue } = manyCustomerAt(at)
      expect([rows[at]![1], rows[at]![0], rows[at]![4], units(rows[at]![5]!)]).toEqual([customerId, name, String(orders), revenue])
    }
    expect(new Set(rows.map((row) => row[1])).size).toBe(100_000)
  }, 60_000)

  test('a cancelled export stops the work at the source and saves nothing', async () => {
    const source = manyCustomers(30_000)
    let aborted = 0
    let pages = 0
    const adapter: DataAdapter = {
      ...source,
      summarise: (request, context) => {
        if (request.kind !== 'members' || request.limit < 10_000 || pages++ === 0) return source.summarise!(request, context)
        return (async function* () {
          await new Promise((_, reject) => {
            context.signal.addEventListener('abort', () => {
              aborted += 1
              reject(context.signal.reason as Error)
            })
          })
          yield* source.summarise!(request, context)!
        })()
      },
    }
    show(<CustomerTable spec={STORY_SPEC} />, adapter)
    await screen.findByText('30,000 customers', {}, { timeout: 15_000 })
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click')
    await waitFor(() => expect(screen.getByRole('button', { name: 'Export' })).not.toHaveAttribute('aria-disabled'))
    screen.getByRole('button', { name: 'Export' }).click()
    ;(await screen.findByRole('menuitem', { name: /^CSV/ })).click()
    await screen.findByText('10,000 of 30,000 rows', {}, { timeout: 15_000 })
    ;(await screen.findByRole('button', { name: 'Cancel export' })).click()
    await screen.findByText('Export cancelled. Nothing was saved.')
    await waitFor(() => expect(aborted).toBe(1))
    expect(saved).not.toHaveBeenCalled()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Export' }))
  }, 40_000)

  test('data that change half way make no file of both', async () => {
    const source = manyCustomers(20_000)
    let change: () => void = () => {}
    const adapter: DataAdapter = {
      ...source,
      summarise: (request, context) => {
        if (request.kind === 'members' && request.limit === 10_000 && request.after !== undefined) change()
        return source.summarise!(request, context)
      },
    }
    const client = show(<CustomerTable spec={STORY_SPEC} />, adapter)
    await screen.findByText('20,000 customers', {}, { timeout: 15_000 })
    change = () => client.invalidate()
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click')
    // The customers are counted before the first of them are there.
    await waitFor(() => expect(screen.getByRole('button', { name: 'Export' })).not.toHaveAttribute('aria-disabled'))
    screen.getByRole('button', { name: 'Export' }).click()
    ;(await screen.findByRole('menuitem', { name: /^CSV/ })).click()
    expect(await screen.findByText(/^Nothing was exported\. The data have moved on\./, {}, { timeout: 15_000 })).toBeTruthy()
    expect(saved).not.toHaveBeenCalled()
  }, 40_000)
})

describe('the clipboard', () => {
  const table = { columns: [{ name: 'Name', type: { kind: 'text' } as const }, { name: 'Revenue', type: { kind: 'money', ...EUR } as const }], rows: [['=1+1', 1250], ['a\tb', null]] }

  test('gets the table as text and as cells', async () => {
    const write = vi.spyOn(navigator.clipboard, 'write').mockResolvedValue()
    const onExport = vi.fn()
    show(<ExportMenu name="x" table={() => table} onExport={onExport} />)
    screen.getByRole('button', { name: 'Export' }).click()
    ;(await screen.findByRole('menuitem', { name: /^Copy/ })).click()
    await screen.findByText('2 rows copied')
    const item = write.mock.calls[0]![0][0]!
    expect(await (await item.getType('text/plain')).text()).toBe(`Name\t"Revenue (EUR)"\r\n"'=1+1"\t12.50\r\n"a\tb"\t\r\n`)
    const html = await (await item.getType('text/html')).text()
    const cells = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('td')].map(({ textContent }) => textContent)
    expect(cells).toEqual(["'=1+1", '12.50', 'a\tb', ''])
    expect(onExport).toHaveBeenCalledWith('copy', { rows: 2, fileName: null })
  })

  test('that the browser keeps closed is said, with another way', async () => {
    vi.spyOn(navigator.clipboard, 'write').mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    show(<ExportMenu name="x" table={() => table} />)
    screen.getByRole('button', { name: 'Export' }).click()
    ;(await screen.findByRole('menuitem', { name: /^Copy/ })).click()
    expect((await screen.findByRole('alert')).textContent).toBe('Nothing was exported. The browser does not let this page write to the clipboard. Export CSV instead.')
  })

  test('an error of the data is told as what it is', async () => {
    vi.spyOn(navigator.clipboard, 'write').mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    show(<ExportMenu name="x" table={() => Promise.reject(new Error('host'))} />)
    screen.getByRole('button', { name: 'Export' }).click()
    ;(await screen.findByRole('menuitem', { name: /^Copy/ })).click()
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Nothing was exported\. Something went wrong\./)
  })
})

describe('ExportMenu', () => {
  test('is left out where the provider says so', async () => {
    show(<RfmGrid request={{ spec: STORY_SPEC }} />, storyAdapter(), { canExport: false })
    await screen.findByRole('grid')
    expect(screen.queryByRole('button', { name: 'Export' })).toBeNull()
  })

  test('offers nothing while there is nothing, and stays a place for the focus', async () => {
    show(<ExportMenu name="x" table={() => ({ columns: [], rows: [] })} disabled />)
    const button = screen.getByRole('button', { name: 'Export' })
    button.focus()
    await userEvent.keyboard('{Enter}{ArrowDown}')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(document.activeElement).toBe(button)
  })

  test('closes when something else is pressed or gets the focus', async () => {
    show(<><ExportMenu name="x" table={() => ({ columns: [], rows: [] })} /><button type="button">Other</button></>)
    const button = screen.getByRole('button', { name: 'Export' })
    const isOpen = () => waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('menuitem'))
    button.click()
    await isOpen()
    fireEvent.pointerDown(screen.getByText('Other'))
    expect(screen.queryByRole('menu')).toBeNull()
    button.click()
    await isOpen()
    await userEvent.keyboard('{Tab}')
    expect(screen.queryByRole('menu')).toBeNull()
  })
})
