import '../styles.css'
import type { DataAdapter, MembersRequest, Selection, SummaryRequest } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { AdapterError } from '@crm/core/errors'
import { StrictMode, useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { CrmProvider } from '../provider/CrmProvider.tsx'
import type { CrmProviderProps } from '../provider/CrmProvider.tsx'
import { manyCustomerAt, manyCustomers } from '../testing/manyCustomers.ts'
import { STORY_SPEC, failingAdapter, partialAdapter, storyAdapter, storyRows, waitingAdapter } from '../testing/storyData.ts'
import { CustomerTable } from './CustomerTable.tsx'
import type { CustomerTableProps } from './CustomerTable.tsx'

const SELECTION: Selection = { label: 'Champions · R5 F5', ranges: [{ field: 'recencyDays', upTo: 60 }, { field: 'orders', above: 6 }] }

async function show(adapter: DataAdapter, props: Partial<CustomerTableProps> = {}, provider: Partial<CrmProviderProps> = {}) {
  const client = createClient(adapter, { allowMainThread: true, retry: { tries: 1 } })
  const ui = (more: Partial<CustomerTableProps>) => (
    <StrictMode>
      <CrmProvider client={client} theme="light" {...provider}>
        <CustomerTable spec={STORY_SPEC} {...props} {...more} />
      </CrmProvider>
    </StrictMode>
  )
  const screen = await render(ui({}))
  return { client, screen, rerender: (more: Partial<CustomerTableProps>) => screen.rerender(ui(more)) }
}

/** Notes every request and what became of it; `hold` may keep an answer back. */
function watched(adapter: DataAdapter, hold: (request: SummaryRequest, signal: AbortSignal) => Promise<void> = async () => {}) {
  const requests: SummaryRequest[] = []
  const aborted: SummaryRequest[] = []
  const summarise: NonNullable<DataAdapter['summarise']> = (request, context) => {
    requests.push(request)
    context.signal.addEventListener('abort', () => aborted.push(request))
    return (async function* () {
      await hold(request, context.signal)
      yield* adapter.summarise!(request, context)!
    })()
  }
  const watching: DataAdapter = { manifest: adapter.manifest, schema: (context) => adapter.schema(context), scan: (request, context) => adapter.scan(request, context), close: () => adapter.close(), summarise }
  return { adapter: watching, requests, aborted, pages: () => requests.filter((one): one is MembersRequest => one.kind === 'members') }
}

const grid = () => page.getByRole('grid').element() as HTMLElement
const ids = () => [...grid().querySelectorAll('[data-index] [role="rowheader"]')].map((cell) => cell.querySelector('.crm-table-detail')?.textContent ?? null).filter((id) => id !== null)
const focusedRow = () => document.activeElement?.closest('[role="row"]')?.getAttribute('aria-rowindex')
const rowsShown = async () => eventually(() => ids().length).toBeGreaterThan(5)
const announced = () => [...document.querySelectorAll('[aria-live="polite"]')].map((region) => region.textContent).join()

/** The machine may be busy: what is awaited may take its time. */
function eventually<Value>(read: () => Value) {
  return expect.poll(read, { timeout: 10_000 })
}

/** The order that the adapter itself gives, read in one piece. */
async function adapterOrder(adapter: DataAdapter, order: MembersRequest['order'], limit = 60): Promise<string[]> {
  const { customersOperation } = await import('@crm/core/customers')
  const client = createClient(adapter, { allowMainThread: true })
  const { data } = await client.run(customersOperation, { spec: STORY_SPEC, select: ['customerId'], order, limit })
  const { column } = data.columns[0]!
  return column.kind === 'text' ? Array.from(column.codes, (code) => column.dictionary[code]!) : []
}

afterEach(async () => {
  await cleanup()
})

describe('CustomerTable', () => {
  it('shows customers in the order of the adapter, and in the new one after a click on a heading', async () => {
    const adapter = storyAdapter()
    const onSortChange = vi.fn<NonNullable<CustomerTableProps['onSortChange']>>()
    await show(adapter, { onSortChange })
    await rowsShown()
    const byRevenue = await adapterOrder(adapter, [{ field: 'revenue', direction: 'descending', nulls: 'last' }])
    expect(ids()).toEqual(byRevenue.slice(0, ids().length))
    await page.getByRole('button', { name: 'Last purchase' }).click()
    const byDay = await adapterOrder(adapter, [{ field: 'lastDay', direction: 'descending', nulls: 'last' }])
    await eventually(() => ids()[0]).toBe(byDay[0])
    expect(ids()).toEqual(byDay.slice(0, ids().length))
    expect(onSortChange).toHaveBeenCalledWith({ field: 'lastDay', direction: 'descending' }, expect.objectContaining({ reason: 'heading' }))
    await eventually(announced).toBe('Sorted by Last purchase, descending. 620 customers.')
    expect(page.getByRole('columnheader', { name: 'Last purchase' }).element().getAttribute('aria-sort')).toBe('descending')
    expect(page.getByRole('columnheader', { name: 'Orders' }).element().getAttribute('aria-sort')).toBe('none')
  })

  it('puts customers without a purchase last, whichever way it sorts', async () => {
    await show(storyAdapter(), { defaultSort: { field: 'lastDay', direction: 'ascending' } })
    await rowsShown()
    grid().scrollTop = grid().scrollHeight
    await eventually(() => grid().querySelector('[aria-rowindex="621"] [data-column-index="1"]')?.textContent).toBe('—no value')
    await page.getByRole('button', { name: 'Last purchase' }).click()
    await eventually(announced).toContain('descending')
    grid().scrollTop = grid().scrollHeight
    await eventually(() => grid().querySelector('[aria-rowindex="621"]:not([data-pending])')).not.toBeNull()
    expect(grid().querySelector('[aria-rowindex="621"] [data-column-index="1"]')?.textContent).toBe('—no value')
  })

  it('reaches the last of 100,000 customers by Control + End, with one page read from the tail, and back by Control + Home', async () => {
    const { adapter, pages } = watched(manyCustomers(100_000))
    await show(adapter, { defaultSort: { field: 'customerId', direction: 'ascending' } })
    await rowsShown()
    expect(grid().getAttribute('aria-rowcount')).toBe('100001')
    const before = pages().length
    ;(grid().querySelector('[data-index="0"] [role="rowheader"]') as HTMLElement).focus()
    await userEvent.keyboard('{Control>}{End}{/Control}')
    await eventually(focusedRow).toBe('100001')
    await eventually(() => ids().at(-1)).toBe(manyCustomerAt(99_999).customerId)
    expect(focusedRow()).toBe('100001')
    expect(document.activeElement?.getAttribute('aria-colindex')).toBe('5')
    const [tail, ...more] = pages().slice(before)
    expect(tail).toMatchObject({ order: [{ field: 'customerId', direction: 'descending', nulls: 'first' }], limit: 200 })
    expect(more.length).toBe(0)
    const box = document.activeElement!.getBoundingClientRect()
    const room = grid().getBoundingClientRect()
    expect(box.bottom).toBeLessThanOrEqual(room.bottom + 1)
    await userEvent.keyboard('{Control>}{Home}{/Control}')
    await eventually(focusedRow).toBe('2')
    await eventually(() => ids()[0]).toBe(manyCustomerAt(0).customerId)
  })

  it('keeps the focus on its cell while the view is scrolled far away and back', async () => {
    await show(manyCustomers(5_000))
    await rowsShown()
    const cell = grid().querySelector('[data-index="2"] [data-column-index="1"]') as HTMLElement
    cell.focus()
    grid().scrollTop = 100_000
    await eventually(() => ids().length > 5 && grid().querySelector('[data-index="2276"]') !== null).toBe(true)
    expect(document.activeElement).toBe(cell)
    await userEvent.keyboard('{ArrowDown}')
    await eventually(focusedRow).toBe('5')
    expect(grid().scrollTop).toBeLessThan(1000)
  })

  it('shows each customer once over page borders and ties, from the head and from the tail', async () => {
    // 3 values of `orders` among 1,000 customers: every page border lies inside a tie.
    const adapter = manyCustomers(1_000)
    await show(adapter, { defaultSort: { field: 'orders', direction: 'descending' }, pageSize: 50 })
    await rowsShown()
    const expected = await adapterOrder(adapter, [{ field: 'orders', direction: 'descending', nulls: 'last' }], 1_000)
    const seen = new Map<number, string>()
    const look = () => {
      for (const row of grid().querySelectorAll('[data-index]:not([data-pending])')) seen.set(Number(row.getAttribute('data-index')), row.querySelector('.crm-table-detail')!.textContent!)
    }
    const stops = [0, 44_000, 30_000, 12_000, 12_400, 12_800, 31_000, 6_000, 43_000]
    for (const stop of stops) {
      grid().scrollTop = stop
      await eventually(() => grid().querySelectorAll('[data-pending]').length === 0 && grid().querySelector(`[data-index="${Math.min(999, Math.floor(stop / 44) + 2)}"]`) !== null).toBe(true)
      look()
    }
    expect(seen.size).toBeGreaterThan(100)
    for (const [index, id] of seen) expect(`${index} ${id}`).toBe(`${index} ${expected[index]!}`)
  })

  it('keeps at most twelve pages, the first among them', async () => {
    const { adapter, pages } = watched(manyCustomers(4_000))
    await show(adapter, { pageSize: 50 })
    await rowsShown()
    for (let at = 1; at <= 16; at += 1) {
      grid().scrollTop = at * 50 * 44
      await eventually(() => grid().querySelectorAll('[data-pending]').length).toBe(0)
    }
    // Pages that left are let go after a second.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const before = pages().length
    grid().scrollTop = 14 * 50 * 44
    await eventually(() => grid().querySelectorAll('[data-pending]').length).toBe(0)
    expect(pages().length).toBe(before)
    grid().scrollTop = 2 * 50 * 44
    await eventually(() => pages().length).toBeGreaterThan(before)
  })

  it('never lets a late page of an earlier sort stand in a newer one, and aborts it', async () => {
    let release = (): void => {}
    const { adapter, aborted } = watched(storyAdapter(), async (request, signal) => {
      if (request.kind !== 'members' || request.order[0]?.field !== 'orders') return
      await new Promise<void>((resolve, reject) => {
        release = resolve
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    })
    await show(adapter)
    await rowsShown()
    await page.getByRole('button', { name: 'Orders' }).click()
    await eventually(() => grid().getAttribute('aria-busy')).toBe('true')
    expect(ids().length).toBeGreaterThan(5)
    await page.getByRole('button', { name: 'Last purchase' }).click()
    const byDay = await adapterOrder(storyAdapter(), [{ field: 'lastDay', direction: 'descending', nulls: 'last' }])
    await eventually(() => ids()[0]).toBe(byDay[0])
    await eventually(() => aborted.some((one) => one.kind === 'members' && one.order[0]?.field === 'orders')).toBe(true)
    release()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(ids()).toEqual(byDay.slice(0, ids().length))
  })

  it('finds customers by a part of the name or the id, whatever the case, and says how many', async () => {
    await show(storyAdapter())
    await rowsShown()
    await page.getByRole('textbox').fill('TANAKA')
    await eventually(announced).toMatch(/^\d+ customers match “TANAKA”\.$/)
    const expected = storyRows().customers.filter(({ name }) => String(name).includes('Tanaka')).length
    expect(grid().getAttribute('aria-rowcount')).toBe(String(expected + 1))
    expect([...grid().querySelectorAll('[role="rowheader"] .crm-table-text')].every((name) => name.textContent!.includes('Tanaka'))).toBe(true)
    await page.getByRole('textbox').fill('c-10007')
    await eventually(ids).toEqual(['C-10007'])
    await userEvent.keyboard('{Escape}')
    await eventually(announced).toBe('Search cleared. 620 customers.')
  })

  it('says that nobody matches and offers to clear the search', async () => {
    await show(storyAdapter(), { defaultSearch: 'nobody at all' })
    await expect.element(page.getByText('No customer matches')).toBeVisible()
    await page.getByRole('button', { name: 'Clear search' }).last().click()
    await rowsShown()
  })

  it('names the selection with its count above the rows, and lets it go by its button or by Escape', async () => {
    const onSelectionChange = vi.fn<NonNullable<CustomerTableProps['onSelectionChange']>>()
    await show(storyAdapter(), { defaultSelection: SELECTION, onSelectionChange })
    await expect.element(page.getByText(/^Champions · R5 F5 — \d+ customers$/)).toBeVisible()
    const count = Number(grid().getAttribute('aria-rowcount')) - 1
    expect(page.getByText(/^Champions/).element().textContent).toContain(`— ${count} customers`)
    await page.getByRole('button', { name: 'Clear selection: Champions · R5 F5' }).click()
    expect(onSelectionChange).toHaveBeenCalledExactlyOnceWith(null, expect.objectContaining({ reason: 'clear' }))
    await eventually(() => grid().getAttribute('aria-rowcount')).toBe('621')
    await eventually(announced).toBe('Selection cleared. 620 customers.')
  })

  it('leaves a controlled selection to its host', async () => {
    const onSelectionChange = vi.fn<NonNullable<CustomerTableProps['onSelectionChange']>>()
    const { rerender } = await show(storyAdapter(), { selection: SELECTION, onSelectionChange })
    await rowsShown()
    ;(grid().querySelector('[data-index="0"] [role="rowheader"]') as HTMLElement).focus()
    await userEvent.keyboard('{Escape}')
    expect(onSelectionChange).toHaveBeenCalledOnce()
    expect(grid().getAttribute('aria-rowcount')).not.toBe('621')
    await rerender({ selection: null })
    await eventually(() => grid().getAttribute('aria-rowcount')).toBe('621')
  })

  it('is one tab stop, with row headers, indexes and every cell under its column', async () => {
    await show(storyAdapter())
    await rowsShown()
    expect(grid().querySelectorAll('[tabindex="0"]')).toHaveLength(1)
    page.getByRole('button', { name: 'Export' }).element().focus()
    await userEvent.keyboard('{Tab}')
    expect(focusedRow()).toBe('2')
    await userEvent.keyboard('{ArrowUp}')
    expect(document.activeElement).toBe(page.getByRole('button', { name: 'Customer' }).element())
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}')
    await eventually(announced).toContain('Sorted by Orders, descending')
    const rows = grid().querySelectorAll('[data-index]')
    for (const row of rows) {
      expect(row.getAttribute('aria-rowindex')).toBe(String(Number(row.getAttribute('data-index')) + 2))
      expect([...row.children].map((cell) => `${cell.getAttribute('role')} ${cell.getAttribute('aria-colindex')}`)).toEqual(['rowheader 1', 'gridcell 2', 'gridcell 3', 'gridcell 4', 'gridcell 5'])
    }
  })

  it('opens a customer by click and by Enter, and tells which', async () => {
    const onRowOpen = vi.fn<NonNullable<CustomerTableProps['onRowOpen']>>()
    await show(storyAdapter(), { onRowOpen })
    await rowsShown()
    const [first, second] = ids()
    ;(grid().querySelector('[data-index="0"] [data-column-index="2"]') as HTMLElement).click()
    expect(onRowOpen).toHaveBeenLastCalledWith(first, expect.objectContaining({ reason: 'press' }))
    ;(grid().querySelector('[data-index="0"] [role="rowheader"]') as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    expect(onRowOpen).toHaveBeenLastCalledWith(second, expect.objectContaining({ reason: 'key' }))
  })

  it('shows and hides columns from a menu without losing the rows', async () => {
    const onColumnVisibilityChange = vi.fn<NonNullable<CustomerTableProps['onColumnVisibilityChange']>>()
    await show(storyAdapter(), { onColumnVisibilityChange })
    await rowsShown()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'City' }).click()
    await expect.element(page.getByRole('columnheader', { name: 'City' })).toBeInTheDocument()
    expect(ids().length).toBeGreaterThan(5)
    await eventually(() => grid().querySelectorAll('[data-column-index="5"] .crm-table-placeholder').length).toBe(0)
    await page.getByRole('checkbox', { name: 'Orders' }).click()
    await expect.element(page.getByRole('columnheader', { name: 'Orders' })).not.toBeInTheDocument()
    expect(onColumnVisibilityChange.mock.lastCall?.[0]).toMatchObject({ orders: false, city: true })
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('checkbox', { name: 'Orders' })).not.toBeInTheDocument()
    expect(document.activeElement).toBe(page.getByRole('button', { name: 'Columns' }).element())
  })

  it('writes figures with the unit once in the heading, and a missing value as a dash that is read out', async () => {
    await show(storyAdapter(), { defaultSort: { field: 'revenue', direction: 'ascending' }, columns: ['customer', 'revenue', 'meanOrderValue', 'city'] }, { format: { locale: 'de-DE' } })
    await rowsShown()
    expect(page.getByRole('columnheader', { name: 'Revenue in Euro' }).element().textContent).toBe('Revenue€')
    const rows = [...grid().querySelectorAll('[data-index]')]
    expect(rows[0]!.querySelector('[data-column-index="2"]')!.textContent).toBe('—no value')
    for (const row of rows) expect(row.querySelector('[data-column-index="1"]')!.textContent).toMatch(/^\d{1,3}(\.\d{3})*,\d{2}$/)
  })
})

describe('CustomerTable states', () => {
  it('shows rows to come while it loads, and says after a while what it does', async () => {
    await show(waitingAdapter())
    await expect.element(page.getByText('Reading customers…')).toBeVisible()
    expect(grid().querySelectorAll('[data-pending]').length).toBeGreaterThan(8)
    expect(grid().getAttribute('aria-busy')).toBe('true')
  })

  it('says what failed, tries again, and then shows the rows', async () => {
    let isDown = true
    const { adapter } = watched(storyAdapter(), async () => {
      if (isDown) throw new AdapterError('UNAVAILABLE', { retryable: false })
    })
    await show(adapter)
    await expect.element(page.getByRole('alert')).toHaveTextContent('UNAVAILABLE')
    isDown = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await rowsShown()
  })

  it('says so in the rows when one page fails, keeps the others, and tries again by Enter', async () => {
    let isDown = true
    const { adapter } = watched(storyAdapter(), async (request) => {
      if (isDown && request.kind === 'members' && request.after !== undefined) throw new AdapterError('UNAVAILABLE', { retryable: false })
    })
    await show(adapter, { pageSize: 100 })
    await rowsShown()
    grid().scrollTop = 150 * 44
    await expect.element(page.getByText('Rows 101 to 200 could not be read.')).toBeVisible()
    expect(page.getByRole('alert').elements()).toHaveLength(0)
    isDown = false
    ;(grid().querySelector('[data-failed] [data-column-index="0"]') as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await eventually(() => grid().querySelectorAll('[data-failed], [data-pending]').length).toBe(0)
    expect(ids().length).toBeGreaterThan(5)
  })

  it('shows no earlier figures to a user who was refused', async () => {
    await show(failingAdapter('FORBIDDEN'))
    await expect.element(page.getByRole('alert')).toHaveTextContent('You have no access to these figures')
    expect(grid().querySelectorAll('[data-index]')).toHaveLength(0)
  })

  it('names a selection that does not fit the data as the cause, and lets go of it', async () => {
    await show(storyAdapter(), { defaultSelection: { label: 'Big feet', ranges: [{ field: 'shoeSize', above: 46 }] } })
    await expect.element(page.getByRole('alert')).toHaveTextContent(/The selection does not fit these data\..*Clear the selection\./)
    expect(page.getByRole('alert').getByRole('button').elements().map((button) => button.textContent)).toEqual(['Clear selection'])
    await page.getByRole('alert').getByRole('button').click()
    await rowsShown()
    expect(grid().contains(document.activeElement)).toBe(true)
  })

  it('does not blame the selection for a field that something else names', async () => {
    await show(storyAdapter(), { defaultSelection: SELECTION, sort: { field: 'shoeSize', direction: 'ascending' } })
    await expect.element(page.getByRole('alert')).toHaveTextContent(/Whoever built the page/)
    expect(page.getByRole('alert').getByRole('button').elements()).toHaveLength(0)
  })

  it('keeps the focus when a press takes away the button that was pressed', async () => {
    await show(storyAdapter(), { defaultSelection: SELECTION, defaultSearch: 'a' })
    await rowsShown()
    await page.getByRole('button', { name: 'Clear search' }).click()
    expect(document.activeElement).toBe(page.getByRole('textbox').element())
    await page.getByRole('button', { name: /^Clear selection/ }).click()
    expect(grid().contains(document.activeElement)).toBe(true)
  })

  it('marks a partial answer', async () => {
    await show(partialAdapter(['shard 3 of 4']))
    await expect.element(page.getByText(/shard 3 of 4 could not be reached/)).toBeVisible()
    await rowsShown()
  })

  it('says that there is nobody when there is nobody', async () => {
    await show(storyAdapter({ customers: [], transactions: [] }, 'nobody'))
    await expect.element(page.getByText('No customers yet')).toBeVisible()
    expect(grid().getAttribute('aria-rowcount')).toBe('1')
  })

  it('keeps the earlier rows, marked, while the data change', async () => {
    let gate: Promise<void> | null = null
    let open = (): void => {}
    const { adapter } = watched(storyAdapter(), async () => {
      await gate
    })
    const { client } = await show(adapter)
    await rowsShown()
    gate = new Promise((resolve) => {
      open = resolve
    })
    client.invalidate()
    await expect.element(page.getByText('Showing earlier figures while new ones are computed.'), { timeout: 10_000 }).toBeVisible()
    expect(ids().length).toBeGreaterThan(5)
    expect(grid().getAttribute('aria-busy')).toBe('true')
    open()
    await expect.element(page.getByText('Showing earlier figures while new ones are computed.'), { timeout: 10_000 }).not.toBeInTheDocument()
    await expect.element(page.getByText('620 customers', { exact: true })).toBeVisible()
  })

  it('counts again when the list turns out shorter than it was counted to be', async () => {
    const inner = storyAdapter()
    const { adapter } = watched(inner)
    let lies = true
    const summarise: NonNullable<DataAdapter['summarise']> = (request, context) =>
      (async function* () {
        for await (const batch of adapter.summarise!(request, context)!) {
          const isCount = request.kind === 'bins' && lies
          yield isCount ? { ...batch, columns: batch.columns.map((column, at) => (at === 0 && column.kind === 'float64' ? { kind: 'float64' as const, values: Float64Array.of(130) } : column)) } : batch
        }
        if (request.kind === 'bins') lies = false
      })()
    await show({ ...adapter, summarise }, { where: { op: 'lt', field: 'customerId', value: 'C-10101' } })
    await eventually(() => grid().getAttribute('aria-rowcount')).not.toBe('-1')
    await eventually(() => lies).toBe(false)
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '101')
  })
})

describe('CustomerTable in a narrow place', () => {
  it('scrolls inside itself with its first column fixed, and brings a focused cell out from under it', async () => {
    await page.viewport(390, 780)
    await show(storyAdapter())
    await rowsShown()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
    expect(grid().scrollWidth).toBeGreaterThan(grid().clientWidth)
    const header = grid().querySelector('[data-index="1"] [role="rowheader"]') as HTMLElement
    const before = header.getBoundingClientRect().left
    header.focus()
    await userEvent.keyboard('{End}')
    await eventually(() => grid().scrollLeft).toBeGreaterThan(100)
    expect(header.getBoundingClientRect().left).toBeCloseTo(before, 0)
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}')
    const cell = document.activeElement!.getBoundingClientRect()
    expect(cell.left).toBeGreaterThanOrEqual(header.getBoundingClientRect().right - 1)
    await page.viewport(1024, 768)
  })
})

describe('CustomerTable after a server', () => {
  it('takes over the rows of the server without a complaint and then places them', async () => {
    const { renderToString } = await import('react-dom/server')
    const { hydrateRoot } = await import('react-dom/client')
    const { QueryClient } = await import('@tanstack/react-query')
    const { prefetchCustomers } = await import('./customersQueryOptions.ts')
    const { dehydrateCrm, hydrateCrm } = await import('../hooks/hydration.ts')
    const client = createClient(storyAdapter(), { allowMainThread: true })
    const loader = new QueryClient()
    await prefetchCustomers(loader, client, { spec: STORY_SPEC })
    const state = dehydrateCrm(loader)
    const page1 = () => {
      const queryClient = new QueryClient()
      hydrateCrm(queryClient, state)
      return (
        <CrmProvider client={client} queryClient={queryClient}>
          <CustomerTable spec={STORY_SPEC} />
        </CrmProvider>
      )
    }
    const place = document.createElement('div')
    document.body.append(place)
    place.innerHTML = renderToString(page1())
    expect(place.querySelector('[style]')).toBeNull()
    const first = place.querySelector('[data-index="3"]')!
    const topBefore = first.getBoundingClientRect().top
    const complaints: unknown[] = []
    const errors = vi.spyOn(console, 'error').mockImplementation((...args) => void complaints.push(args))
    const root = hydrateRoot(place, page1(), { onRecoverableError: (error) => complaints.push(error) })
    await eventually(() => place.querySelector('[data-placed]')).not.toBeNull()
    expect(complaints).toEqual([])
    errors.mockRestore()
    expect(place.querySelector('[data-index="3"]')).toBe(first)
    expect(first.getBoundingClientRect().top).toBeCloseTo(topBefore, 0)
    root.unmount()
    place.remove()
  })
})

describe('two widgets on one page', () => {
  it('are linked by one selection held by the host', async () => {
    function Host() {
      const [selection, setSelection] = useState<Selection | null>(SELECTION)
      return (
        <>
          <button type="button" onClick={() => setSelection({ label: 'Once', ranges: [{ field: 'orders', upTo: 1 }] })}>
            pick
          </button>
          <CustomerTable spec={STORY_SPEC} selection={selection} onSelectionChange={setSelection} />
        </>
      )
    }
    const client = createClient(storyAdapter(), { allowMainThread: true })
    await render(
      <CrmProvider client={client}>
        <Host />
      </CrmProvider>,
    )
    await expect.element(page.getByText(/^Champions/)).toBeVisible()
    await page.getByRole('button', { name: 'pick' }).click()
    await expect.element(page.getByText(/^Once — \d+ customers$/)).toBeVisible()
    await eventually(announced).toMatch(/^Once: \d+ customers\.$/)
  })
})
