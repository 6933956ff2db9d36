import type { Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { rfmGridOperation, selectRfmCells } from '@crm/core/rfm'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmClient } from '@crm/core/client'
import { CrmProvider } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import { RfmGrid } from '../rfm-grid/RfmGrid.tsx'
import '../styles.css'
import { numbersDrawn, numbersHeard } from '../testing/axNumbers.ts'
import { LONG_NAMES, ONE_SEGMENT, refundingAdapter } from '../testing/segmentStories.ts'
import { STORY_SPEC, emptyAdapter, failingAdapter, partialAdapter, storyAdapter, waitingAdapter } from '../testing/storyData.ts'
import { SegmentTable } from './SegmentTable.tsx'
import type { SegmentTableProps } from './SegmentTable.tsx'
import { SegmentTableGrid, SegmentTableRow } from './SegmentTableGrid.tsx'
import { SegmentTableRoot } from './SegmentTableRoot.tsx'
import { useSegmentTable } from './useSegmentTable.ts'

afterEach(cleanup)

const REQUEST = { spec: STORY_SPEC }

function page(client: CrmClient, children: ReactNode, provider: Partial<CrmProviderProps> = {}): ReactElement {
  return (
    <StrictMode>
      <CrmProvider client={client} theme="light" {...provider}>
        {children}
      </CrmProvider>
    </StrictMode>
  )
}

async function renderTable(props: Partial<SegmentTableProps> = {}, provider: Partial<CrmProviderProps> = {}, client = createClient(storyAdapter())) {
  const view = render(page(client, <SegmentTable request={REQUEST} {...props} />, provider))
  const grid = await screen.findByRole('grid')
  return { ...view, grid, client }
}

const row = (id: string): HTMLElement => document.querySelector<HTMLElement>(`tr[data-segment="${id}"]`)!
const order = (): (string | null)[] => [...document.querySelectorAll('tr[data-segment]')].map((one) => one.getAttribute('data-segment'))
const focusedPlace = (): string | null => document.activeElement?.getAttribute('data-place') ?? null
const heading = (name: RegExp): HTMLElement => within(screen.getByRole('columnheader', { name })).getByRole('button')
/** Figures of a column, top down. */
const column = (index: number): string[] => [...document.querySelectorAll('tr[data-segment]')].map((one) => one.querySelectorAll('[role=gridcell]')[index]!.textContent)

describe('figures', () => {
  test('every row says what the grid result says of its segment; the totals add up', async () => {
    const { client, grid } = await renderTable({ columns: ['customers', 'shareOfCustomers', 'revenue', 'shareOfRevenue', 'meanRevenue', 'timesAverage', 'ordersPerCustomer', 'meanRecencyDays'] })
    const { data } = await client.run(rfmGridOperation, REQUEST)
    expect(order()).toEqual(data.segments.map(({ id }) => id))
    const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
    const one = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
    for (const segment of data.segments) {
      const { customers, orders, revenue, recencyDays } = segment
      expect([...row(segment.id).querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent)).toEqual([
        whole.format(customers),
        percent.format(customers / data.totals.customers),
        whole.format(revenue / 100),
        percent.format(revenue / data.totals.revenue),
        whole.format(revenue / customers / 100),
        `${one.format(revenue / data.totals.revenue / (customers / data.totals.customers))}×`,
        one.format(orders / customers),
        whole.format(recencyDays / customers),
      ])
    }
    const last = within(grid).getAllByRole('row').at(-1)!
    expect(last.textContent).toContain(`All customers${data.totals.customers}100%`)
    expect(within(last).getAllByRole('gridcell')[5]!.textContent).toBe('1.0×')
  })

  test('the finding names the segment whose share of revenue is furthest above its share of customers', async () => {
    const { client } = await renderTable()
    const { data } = await client.run(rfmGridOperation, REQUEST)
    const best = data.segments.toSorted((a, b) => b.shareOfRevenue! - b.shareOfCustomers! - (a.shareOfRevenue! - a.shareOfCustomers!))[0]!
    const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
    expect(document.querySelector('.crm-subtitle')!.textContent).toBe(
      `${best.name}: ${percent(best.shareOfCustomers!)} of customers bring ${percent(best.shareOfRevenue!)} of revenue, ${(best.shareOfRevenue! / best.shareOfCustomers!).toFixed(1)} times the average per customer.`,
    )
  })

  test('tiers take the place of segments, in words too', async () => {
    const { client } = await renderTable()
    await userEvent.click(screen.getByRole('radio', { name: 'Value tiers' }))
    const { data } = await client.run(rfmGridOperation, REQUEST)
    expect(order()).toEqual(data.tiers.map(({ id }) => id))
    expect(screen.getByRole('heading').textContent).toBe('Customers and revenue by value tier')
    expect(screen.getByRole('columnheader', { name: 'Value tier' })).toBeTruthy()
  })

  test('columns of unknown names and repeated ones are left out', async () => {
    await renderTable({ columns: ['revenue', 'customers', 'revenue', 'constructor' as 'revenue'], defaultView: 'table' })
    expect(screen.getAllByRole('columnheader').map((one) => one.textContent)).toEqual(['Segment', 'Revenue €', 'Customers'])
  })

  test('a revenue that adds up to nothing has no shares: a dash to see, words to hear, no bars and a finding that says so', async () => {
    const { grid } = await renderTable({}, {}, createClient(refundingAdapter(30)))
    const champions = within(row('champions')).getAllByRole('gridcell')
    expect(champions[2]!.textContent).toBe('—no value')
    for (const bar of grid.querySelectorAll('rect[data-of="shareOfRevenue"]')) expect(bar.getBoundingClientRect().width).toBe(0)
    expect(document.querySelector('.crm-subtitle')!.textContent).toMatch(/Revenue adds up to zero or less/)
    expect(document.querySelector('.crm-root')!.textContent).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('one segment is said to be everybody', async () => {
    await renderTable({ request: { spec: { ...STORY_SPEC, segments: ONE_SEGMENT } } })
    expect(document.querySelector('.crm-subtitle')!.textContent).toBe('Everybody is in one group: Everyone who has bought.')
    expect(column(1)).toEqual(['100%'])
  })

  test('names of the host stand before those of the map', async () => {
    await renderTable({}, { messages: { segments: { champions: 'Crème de la crème' } } })
    expect(within(row('champions')).getByRole('rowheader').textContent).toBe('Crème de la crème')
  })
})

describe('bars', () => {
  test('all shares are drawn on one scale from one line; the longest fills the width', async () => {
    const { grid, client } = await renderTable({ defaultView: 'picture' })
    const { data } = await client.run(rfmGridOperation, REQUEST)
    const longest = Math.max(...data.segments.flatMap(({ shareOfCustomers, shareOfRevenue }) => [shareOfCustomers!, shareOfRevenue!]))
    const room = grid.querySelector('.crm-segments-bars > svg')!.getBoundingClientRect()
    for (const segment of data.segments) {
      for (const id of ['shareOfCustomers', 'shareOfRevenue'] as const) {
        const bar = row(segment.id).querySelector(`rect[data-of="${id}"]`)!.getBoundingClientRect()
        expect(bar.width / room.width).toBeCloseTo(segment[id]! / longest, 3)
        expect(bar.left).toBeCloseTo(room.left, 1)
      }
    }
  })

  test('a share below zero runs to the other side of the line, under rtl mirrored', async () => {
    for (const direction of ['ltr', 'rtl'] as const) {
      const { unmount, container } = await renderTable({}, { direction }, createClient(refundingAdapter(2.5)))
      const zero = container.querySelector('.crm-segments-bars line')!.getBoundingClientRect()
      const below = row('hibernating').querySelector('rect[data-of="shareOfRevenue"]')!.getBoundingClientRect()
      const above = row('hibernating').querySelector('rect[data-of="shareOfCustomers"]')!.getBoundingClientRect()
      expect(below.width).toBeGreaterThan(1)
      const [first, second] = direction === 'ltr' ? [below, above] : [above, below]
      expect(first.right).toBeLessThanOrEqual(zero.left + 1)
      expect(second.left).toBeGreaterThanOrEqual(zero.left - 1)
      unmount()
    }
  })

  test('the view chooses figures, bars or both, and asks nothing again', async () => {
    const adapter = storyAdapter()
    const summarise = vi.fn(adapter.summarise!.bind(adapter))
    const client = createClient({ manifest: adapter.manifest, schema: (context) => adapter.schema(context), scan: (request, context) => adapter.scan(request, context), summarise, close: () => adapter.close() })
    const { grid } = await renderTable({}, {}, client)
    const asked = summarise.mock.calls.length
    expect(within(grid).getAllByRole('columnheader')).toHaveLength(8)
    await userEvent.click(screen.getByRole('radio', { name: 'Table' }))
    expect(grid.querySelectorAll('rect')).toHaveLength(0)
    await userEvent.click(screen.getByRole('radio', { name: 'Picture' }))
    expect(within(grid).getAllByRole('columnheader').map((one) => one.textContent.trim())).toEqual(['Segment', 'Share of customers', 'Share of revenue'])
    expect(grid.querySelectorAll('rect')).toHaveLength(22)
    expect(summarise.mock.calls.length).toBe(asked)
  })
})

describe('controls', () => {
  test('are not drawn where the host holds the value and listens to no change', async () => {
    const onViewChange = vi.fn()
    await renderTable({ group: 'tiers', view: 'picture', onViewChange })
    expect(screen.queryByRole('group', { name: 'Groups' })).toBeNull()
    await userEvent.click(screen.getByRole('radio', { name: 'Table' }))
    expect(onViewChange).toHaveBeenCalledWith('table')
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Picture' }).checked).toBe(true)
  })
})

describe('order', () => {
  test('a heading sorts by its column, is marked and announced, and the third press brings back the map', async () => {
    const { client } = await renderTable()
    const { data } = await client.run(rfmGridOperation, REQUEST)
    const byCustomers = data.segments.toSorted((a, b) => b.customers - a.customers).map(({ id }) => id)
    await userEvent.click(heading(/^Customers$/))
    expect(order()).toEqual(byCustomers)
    expect(screen.getByRole('columnheader', { name: 'Customers' }).getAttribute('aria-sort')).toBe('descending')
    expect(screen.getByText('Sorted by Customers, descending.')).toBeTruthy()
    await userEvent.click(heading(/^Customers$/))
    expect(screen.getByText('Sorted by Customers, ascending.')).toBeTruthy()
    await userEvent.click(heading(/^Customers$/))
    expect(order()).toEqual(data.segments.map(({ id }) => id))
    expect(screen.getByText('In the order of the segment map.')).toBeTruthy()
  })

  test('controlled: nothing moves until the host says so', async () => {
    const onSortChange = vi.fn()
    await renderTable({ sort: null, onSortChange })
    const before = order()
    await userEvent.click(heading(/^Segment$/))
    expect(onSortChange.mock.lastCall).toMatchObject([{ column: 'name', direction: 'ascending' }, { reason: 'heading' }])
    expect(order()).toEqual(before)
  })
})

describe('selection', () => {
  test('a press selects just the customers that the row counts, as selectRfmCells says it; another press frees them', async () => {
    const onSelectionChange = vi.fn()
    const { client } = await renderTable({ onSelectionChange })
    const { data } = await client.run(rfmGridOperation, REQUEST)
    for (const segment of data.segments) {
      fireEvent.click(row(segment.id))
      const [selection, change] = onSelectionChange.mock.lastCall as [Selection, { reason: string }]
      expect(change.reason).toBe('press')
      expect(selection).toEqual(selectRfmCells(data, { segment: segment.id }, segment.name))
      const narrowed = await client.run(rfmGridOperation, { ...REQUEST, selection })
      expect(narrowed.data.totals.customers, segment.id).toBe(segment.customers)
      expect(row(segment.id).getAttribute('aria-selected')).toBe('true')
      expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(1)
    }
    fireEvent.click(row('lost'))
    expect(onSelectionChange.mock.lastCall).toMatchObject([null, { reason: 'clear' }])
  })

  test('tiers are selected the same way', async () => {
    const onSelectionChange = vi.fn()
    const { client } = await renderTable({ defaultGroup: 'tiers', onSelectionChange })
    const { data } = await client.run(rfmGridOperation, REQUEST)
    for (const tier of data.tiers) {
      fireEvent.click(row(tier.id))
      expect(onSelectionChange.mock.lastCall?.[0]).toEqual(selectRfmCells(data, { tier: tier.id }, tier.name))
    }
  })

  test('cells chosen in the grid beside it mark the segments that lie wholly inside, and both widgets ask once', async () => {
    const adapter = storyAdapter()
    const summarise = vi.fn(adapter.summarise!.bind(adapter))
    const client = createClient({ manifest: adapter.manifest, schema: (context) => adapter.schema(context), scan: (request, context) => adapter.scan(request, context), summarise, close: () => adapter.close() })
    function Both(): ReactElement {
      const [selection, setSelection] = useState<Selection | null>(null)
      return (
        <>
          <RfmGrid request={REQUEST} defaultY="fm" selection={selection} onSelectionChange={(next) => setSelection(next)} />
          <SegmentTable request={REQUEST} selection={selection} onSelectionChange={(next) => setSelection(next)} />
        </>
      )
    }
    // One provider, so one cache.
    render(<CrmProvider client={client} theme="light"><Both /></CrmProvider>)
    await screen.findAllByRole('grid')
    expect(summarise).toHaveBeenCalledOnce()
    const cell = (r: number, y: number): Element => document.querySelector(`.crm-heat [data-r="${r}"][data-y="${y}"]`)!
    // Champions are R 5 with FM 4 and 5.
    fireEvent.click(cell(5, 5))
    expect(row('champions').getAttribute('aria-selected')).toBe('false')
    fireEvent.click(cell(5, 4), { ctrlKey: true })
    expect(row('champions').getAttribute('aria-selected')).toBe('true')
    expect(document.querySelectorAll('tr[aria-selected=true]')).toHaveLength(1)
    // And back: Lost is R 1 with FM 1.
    fireEvent.click(row('lost'))
    await waitFor(() => expect(cell(1, 1).getAttribute('aria-selected')).toBe('true'))
    expect(document.querySelectorAll('.crm-heat [aria-selected=true]')).toHaveLength(1)
  })

  test('a selection that comes as JSON, from an address, marks its segment; its name does not matter', async () => {
    const client = createClient(storyAdapter())
    const { data } = await client.run(rfmGridOperation, REQUEST)
    const selection = JSON.parse(JSON.stringify(selectRfmCells(data, { segment: 'atRisk' }, 'In Gefahr'))) as Selection
    await renderTable({ selection }, {}, client)
    expect([...document.querySelectorAll('[aria-selected=true]')]).toEqual([row('atRisk')])
    expect(document.querySelector('.crm-selection')!.textContent).toMatch(/^Selected: In Gefahr\d+ customers \(/)
  })

  test('an empty segment is shown as empty and not chosen', async () => {
    const onSelectionChange = vi.fn()
    await renderTable({ request: { spec: { ...STORY_SPEC, segments: LONG_NAMES } }, onSelectionChange })
    expect(row('never').getAttribute('aria-disabled')).toBe('true')
    expect(row('never').hasAttribute('aria-selected')).toBe(false)
    fireEvent.click(row('never'))
    row('never').querySelector<HTMLElement>('[role=rowheader]')!.focus()
    await userEvent.keyboard('{Enter}')
    expect(onSelectionChange).not.toHaveBeenCalled()
  })

  test('controlled: nothing is marked until the host says so; the button clears and the focus stays in the table', async () => {
    const onSelectionChange = vi.fn()
    const { unmount } = await renderTable({ selection: null, onSelectionChange })
    fireEvent.click(row('loyal'))
    expect(onSelectionChange).toHaveBeenCalledOnce()
    expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
    unmount()
    await renderTable()
    fireEvent.click(row('loyal'))
    await userEvent.click(screen.getByRole('button', { name: 'Clear selection' }))
    expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
    expect(document.activeElement?.closest('[role=grid]')).not.toBeNull()
  })
})

describe('keyboard', () => {
  test('the table is one tab stop; arrows, Home, End, Page Up and Page Down move through heading, rows and totals', async () => {
    const { grid } = await renderTable()
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
    grid.querySelector<HTMLElement>('[tabindex="0"]')!.focus()
    for (const [keys, place] of [
      ['{ArrowUp}', '0,0'],
      ['{ArrowRight}', '0,1'],
      ['{ArrowDown}', '1,1'],
      ['{End}', '1,7'],
      ['{PageDown}', '12,7'],
      ['{ArrowDown}', '12,7'],
      ['{Home}', '12,0'],
      ['{Control>}{Home}{/Control}', '0,0'],
      ['{Control>}{End}{/Control}', '12,7'],
    ] as const) {
      await userEvent.keyboard(keys)
      expect(focusedPlace(), keys).toBe(place)
    }
    expect([...grid.querySelectorAll('[tabindex="0"]')]).toEqual([document.activeElement])
    await userEvent.keyboard('{Tab}')
    expect(document.activeElement?.closest('[role=grid]')).toBeNull()
  })

  test('Enter sorts on a heading and selects on a row; Space selects; Escape clears and does not reach what is around', async () => {
    const onKeyDown = vi.fn()
    const onSelectionChange = vi.fn()
    const { baseElement, grid } = await renderTable({ onSelectionChange })
    baseElement.addEventListener('keydown', onKeyDown)
    grid.querySelector<HTMLElement>('[data-place="0,1"]')!.focus()
    await userEvent.keyboard('{Enter}')
    expect(screen.getByRole('columnheader', { name: 'Customers' }).getAttribute('aria-sort')).toBe('descending')
    expect(focusedPlace()).toBe('0,1')
    await userEvent.keyboard('{ArrowDown}{Enter}')
    expect(onSelectionChange.mock.lastCall).toMatchObject([{ label: expect.any(String) }, { reason: 'key' }])
    onKeyDown.mockClear()
    await userEvent.keyboard('{Escape}')
    expect(onSelectionChange.mock.lastCall).toMatchObject([null, { reason: 'clear' }])
    expect(onKeyDown).not.toHaveBeenCalled()
    await userEvent.keyboard(' ')
    expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(1)
    baseElement.removeEventListener('keydown', onKeyDown)
  })

  test('under rtl the left arrow goes on to the next column', async () => {
    const { grid } = await renderTable({}, { direction: 'rtl' })
    grid.querySelector<HTMLElement>('[data-place="1,0"]')!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    expect(focusedPlace()).toBe('1,1')
  })
})

describe('accessibility tree', () => {
  test.each(['table', 'picture', 'both'] as const)('every number drawn is in it, each once (%s)', async (defaultView) => {
    const { grid, container } = await renderTable({ defaultView })
    const drawn = numbersDrawn(grid)
    expect(drawn.length).toBeGreaterThan(20)
    // Nothing drawn is hidden from it and nothing is said twice: the same numbers in the same order.
    expect(numbersHeard(grid)).toEqual(drawn)
    const heard = new Set(numbersHeard(container))
    expect(numbersDrawn(container).filter((number) => !heard.has(number))).toEqual([])
  })

  test('rows and columns are counted and headed; the bars stay out', async () => {
    const { grid } = await renderTable()
    expect(grid.getAttribute('aria-rowcount')).toBe('13')
    expect(grid.getAttribute('aria-colcount')).toBe('8')
    expect(within(grid).getAllByRole('row')).toHaveLength(13)
    expect(within(grid).getAllByRole('rowheader')).toHaveLength(12)
    expect(within(grid).getAllByRole('gridcell')).toHaveLength(12 * 7)
    expect(grid.getAttribute('aria-label')).toBe('Customers and revenue by segment')
  })
})

describe('states', () => {
  test('the first 300 ms are quiet, then the skeleton says what is done', async () => {
    render(page(createClient(waitingAdapter()), <SegmentTable request={REQUEST} />))
    expect(screen.queryByText(/Scoring customers/)).toBeNull()
    await screen.findByText(/Scoring customers/)
  })

  test('empty, refused and partial say so', async () => {
    for (const [adapter, words] of [
      [emptyAdapter(), /There is no purchase up to Jun 30, 2026/],
      [failingAdapter('FORBIDDEN'), /You have no access to these figures/],
      [partialAdapter(['shard 3 of 4']), /shard 3 of 4 could not be reached/],
    ] as const) {
      const { unmount } = render(page(createClient(adapter), <SegmentTable request={REQUEST} />))
      expect(await screen.findByText(words)).toBeTruthy()
      unmount()
    }
  })

  test('a selection that leaves nobody is named and can be cleared', async () => {
    const onClearFilter = vi.fn()
    const selection = { label: 'Oslo', where: { op: 'eq', field: 'city', value: 'Oslo' }, ranges: [] } as const
    render(page(createClient(storyAdapter()), <SegmentTable request={{ ...REQUEST, selection }} onClearFilter={onClearFilter} />))
    await userEvent.click(await screen.findByRole('button', { name: 'Clear selection' }))
    expect(onClearFilter).toHaveBeenCalledOnce()
  })

  test('changed data keep the earlier table, marked; a slot replaces a state', async () => {
    const client = createClient(waitingAdapter(1))
    const { grid, unmount } = await renderTable({}, {}, client)
    const before = grid.textContent
    client.invalidate()
    await screen.findByText(/Showing earlier figures/)
    expect(screen.getByRole('grid').textContent).toBe(before)
    expect(document.querySelector('.crm-rfm-body[data-stale]')).not.toBeNull()
    unmount()
    render(page(createClient(emptyAdapter()), <SegmentTable request={REQUEST} slots={{ empty: () => <p>Open the shop first</p> }} />))
    await screen.findByText('Open the shop first')
  })
})

describe('narrow', () => {
  async function renderPhone(defaultView: 'table' | 'picture' | 'both'): Promise<{ readonly grid: HTMLElement; readonly root: Element; readonly frame: Element }> {
    const { container } = render(page(createClient(storyAdapter()), <div id="phone"><style>{'#phone{width:358px}'}</style><SegmentTable request={REQUEST} defaultView={defaultView} /></div>))
    return { grid: await screen.findByRole('grid'), root: container.querySelector('.crm-root')!, frame: container.querySelector('.crm-segments-frame')! }
  }

  test.each(['table', 'both'] as const)('at 358 pixels the table scrolls inside itself under its first column (%s)', async (view) => {
    const { root, frame } = await renderPhone(view)
    expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth)
    expect(frame.scrollWidth).toBeGreaterThan(frame.clientWidth)
    frame.scrollLeft = 200
    expect(row('champions').querySelector('[role=rowheader]')!.getBoundingClientRect().left).toBeLessThan(frame.getBoundingClientRect().left + 4)
  })

  test('at 358 pixels the picture fits whole, with bars across its width', async () => {
    const { grid, root, frame } = await renderPhone('picture')
    expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth)
    expect(frame.scrollWidth).toBe(frame.clientWidth)
    expect(grid.querySelector('.crm-segments-bars > svg')!.getBoundingClientRect().width).toBeGreaterThan(280)
  })
})

describe('parts', () => {
  function Own(): ReactElement {
    const model = useSegmentTable({ request: REQUEST })
    return (
      <SegmentTableRoot model={model} className={({ status }) => `own-${status}`}>
        <SegmentTableGrid renderRow={(segment) => <SegmentTableRow row={segment} className={({ isSelected }) => (isSelected ? 'own on' : 'own')} />} />
      </SegmentTableRoot>
    )
  }

  test('parts take markup of your own; the class follows the state', async () => {
    render(page(createClient(storyAdapter()), <Own />))
    const grid = await screen.findByRole('grid')
    expect(grid.querySelectorAll('.own')).toHaveLength(11)
    fireEvent.click(row('lost'))
    expect(row('lost').className).toBe('own on')
    expect(document.querySelector('.crm-root')!.className).toBe('crm-root crm-rfm crm-segments own-ready')
  })
})
