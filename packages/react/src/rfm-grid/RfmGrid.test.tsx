import type { Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { rfmGridOperation } from '@crm/core/rfm'
import { QueryClient } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CrmProvider, dehydrateCrm, hydrateCrm } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import '../styles.css'
import { STORY_SPEC, emptyAdapter, failingAdapter, partialAdapter, recoveringAdapter, storyAdapter, storyRows, waitingAdapter } from '../testing/storyData.ts'
import { RfmGrid } from './RfmGrid.tsx'
import type { RfmGridProps } from './RfmGrid.tsx'
import { RfmGridCell } from './RfmGridCell.tsx'
import { RfmGridRoot } from './RfmGridRoot.tsx'
import { RfmGridPlot } from './RfmGridPlot.tsx'
import { rfmGridQueryOptions } from './rfmGridQueryOptions.ts'
import { useRfmGrid } from './useRfmGrid.ts'

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

async function renderGrid(props: Partial<RfmGridProps> = {}, provider: Partial<CrmProviderProps> = {}, client = createClient(storyAdapter())) {
  const view = render(page(client, <RfmGrid request={REQUEST} {...props} />, provider))
  const grid = await screen.findByRole('grid')
  return { ...view, grid, client, cells: () => within(grid).getAllByRole('gridcell') }
}

const focusedPlace = (): string | null => document.activeElement?.getAttribute('data-place') ?? null
const cell = (r: number, y: number): HTMLElement => document.querySelector<HTMLElement>(`[data-r="${r}"][data-y="${y}"]`)!

describe('keyboard', () => {
  test('the grid is one tab stop; arrows, Home, End and Control with them move inside it', async () => {
    const { cells } = await renderGrid()
    expect(cells().filter((one) => one.tabIndex === 0)).toHaveLength(1)
    cells()[0]!.focus()
    for (const [keys, place] of [
      ['{ArrowRight}', '0,1'],
      ['{ArrowDown}', '1,1'],
      ['{End}', '1,4'],
      ['{ArrowRight}', '1,4'],
      ['{Home}', '1,0'],
      ['{Control>}{End}{/Control}', '4,4'],
      ['{ArrowDown}', '4,4'],
      ['{ArrowLeft}', '4,3'],
      ['{PageUp}', '0,3'],
      ['{Control>}{Home}{/Control}', '0,0'],
    ] as const) {
      await userEvent.keyboard(keys)
      expect(focusedPlace(), keys).toBe(place)
    }
    expect(cells().filter((one) => one.tabIndex === 0)).toEqual([document.activeElement])
    await userEvent.keyboard('{Tab}')
    expect(document.activeElement?.closest('[role=grid]')).toBeNull()
  })

  test('under rtl the left arrow goes on to more recent customers, which are drawn further left', async () => {
    const { cells } = await renderGrid({}, { direction: 'rtl' })
    cells()[0]!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    expect(focusedPlace()).toBe('0,1')
    expect(cell(2, 5).getBoundingClientRect().left).toBeLessThan(cell(1, 5).getBoundingClientRect().left)
  })

  test('Enter and Space select, Escape clears and does not reach what is around', async () => {
    const onSelectionChange = vi.fn()
    const onKeyDown = vi.fn()
    const view = render(page(createClient(storyAdapter()), <RfmGrid request={REQUEST} onSelectionChange={onSelectionChange} />))
    await screen.findByRole('grid')
    // Around the root that React listens on, as a dialog of the host would.
    view.baseElement.addEventListener('keydown', onKeyDown)
    cell(5, 5).focus()
    await userEvent.keyboard('{Enter}')
    expect(onSelectionChange.mock.lastCall).toMatchObject([{ ranges: expect.any(Array) }, { reason: 'key' }])
    expect(cell(5, 5).getAttribute('aria-selected')).toBe('true')
    await userEvent.keyboard('{Escape}')
    expect(onSelectionChange.mock.lastCall).toMatchObject([null, { reason: 'clear' }])
    expect(onKeyDown.mock.calls.map(([event]) => (event as KeyboardEvent).key)).toEqual(['Enter'])
    view.baseElement.removeEventListener('keydown', onKeyDown)
    await userEvent.keyboard(' ')
    expect(cell(5, 5).getAttribute('aria-selected')).toBe('true')
  })
})

describe('selection', () => {
  test('a click selects a cell as the ranges of its cut points; its members are as many as the cell says', async () => {
    const onSelectionChange = vi.fn()
    const { client } = await renderGrid({ onSelectionChange })
    await userEvent.click(cell(4, 4))
    const selection = onSelectionChange.mock.lastCall?.[0] as Selection
    const narrowed = await client.run(rfmGridOperation, { ...REQUEST, selection })
    expect(cell(4, 4).textContent).toContain(String(narrowed.data.totals.customers))
    expect(selection.label).toMatch(/^mostly Loyal: \d+–\d+ days since the last purchase, \d+–\d+ orders$/)
  })

  test('Control adds and removes cells, Shift takes the rectangle, a plain click starts anew, a second one clears', async () => {
    await renderGrid()
    const selected = (): string[] => [...document.querySelectorAll('[aria-selected=true]')].map((one) => `${one.getAttribute('data-r')}${one.getAttribute('data-y')}`).sort()
    fireEvent.click(cell(5, 5))
    fireEvent.click(cell(1, 1), { ctrlKey: true })
    expect(selected()).toEqual(['11', '55'])
    fireEvent.click(cell(5, 5), { ctrlKey: true })
    expect(selected()).toEqual(['11'])
    fireEvent.click(cell(4, 4))
    fireEvent.click(cell(5, 3), { shiftKey: true })
    expect(selected()).toEqual(['43', '44', '53', '54'])
    fireEvent.click(cell(2, 2))
    expect(selected()).toEqual(['22'])
    fireEvent.click(cell(2, 2))
    expect(selected()).toEqual([])
  })

  test('an empty cell is not selected', async () => {
    const onSelectionChange = vi.fn()
    await renderGrid({ onSelectionChange })
    const empty = document.querySelector('[data-empty]')!
    fireEvent.click(empty)
    expect(onSelectionChange).not.toHaveBeenCalled()
    expect(empty.getAttribute('aria-disabled')).toBe('true')
  })

  test('controlled: nothing changes until the host says so', async () => {
    const onSelectionChange = vi.fn()
    await renderGrid({ selection: null, onSelectionChange })
    fireEvent.click(cell(5, 5))
    expect(onSelectionChange).toHaveBeenCalledOnce()
    expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
  })

  test('a selection that comes as JSON marks the cells it holds, in F, M and FM', async () => {
    const client = createClient(storyAdapter())
    for (const y of ['f', 'm', 'fm'] as const) {
      const onSelectionChange = vi.fn()
      const first = await renderGrid({ defaultY: y, onSelectionChange }, {}, client)
      fireEvent.click(cell(5, 5))
      fireEvent.click(cell(3, 2), { ctrlKey: true })
      const json = JSON.parse(JSON.stringify(onSelectionChange.mock.lastCall?.[0])) as Selection
      first.unmount()
      const second = await renderGrid({ defaultY: y, selection: json }, {}, client)
      expect([...document.querySelectorAll('[aria-selected=true]')], y).toEqual([cell(5, 5), cell(3, 2)])
      second.unmount()
    }
  })

  test('the selection is named in words with its figures, and a button clears it', async () => {
    await renderGrid()
    fireEvent.click(cell(5, 5))
    const count = cell(5, 5).querySelector('text')!.textContent.trim()
    expect(document.querySelector('.crm-selection')!.textContent).toMatch(new RegExp(`^Selected: Champions: .*orders${count} customers \\(`))
    await userEvent.click(screen.getByRole('button', { name: 'Clear selection' }))
    expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
    // The button is gone; the focus is not.
    expect(document.activeElement?.getAttribute('role')).toBe('gridcell')
  })
})

describe('accessibility tree', () => {
  test('every number drawn in a cell is in its accessible name, with segment, scores, revenue and mean', async () => {
    const { grid, client } = await renderGrid()
    const { data } = await client.run(rfmGridOperation, REQUEST)
    const cells = within(grid).getAllByRole('gridcell')
    expect(cells).toHaveLength(25)
    const drawnIn = (one: HTMLElement): string | undefined => one.querySelector('text')?.textContent.trim()
    const [peopled, empty] = [cells.filter((one) => drawnIn(one) !== undefined), cells.filter((one) => drawnIn(one) === undefined)]
    expect(empty.length).toBeGreaterThan(0)
    for (const one of empty) expect(one.getAttribute('aria-label')).toMatch(/^Nobody, R \d: .*0 customers, revenue €0\.00$/)
    let customers = 0
    for (const one of peopled) {
      const drawn = drawnIn(one)
      expect(one.getAttribute('aria-label')).toMatch(new RegExp(`^${drawn} (mostly )?[A-Z].*, R \\d: .*, F \\d: .* orders: ${drawn} customers?, revenue €[\\d,.]+, mean €[\\d,.]+$`))
      customers += Number(drawn)
    }
    expect(customers).toBe(data.totals.customers)
  })

  test('a cell that several segments share says so, and how many are in the one it is named after', async () => {
    const { grid } = await renderGrid()
    const shared = within(grid).getAllByRole('gridcell').filter((one) => one.querySelector('.crm-cell-segment')?.textContent?.startsWith('mostly '))
    expect(shared.length).toBeGreaterThan(0)
    for (const one of shared) {
      const [, part, all] = /mostly .* \((\d+) of (\d+)\)/.exec(one.getAttribute('aria-label') ?? '') ?? []
      expect(Number(part)).toBeLessThan(Number(all))
      expect(Number(all)).toBe(Number(one.querySelector('text')?.textContent))
    }
  })

  test('rows and columns are counted, headed and labelled', async () => {
    const { grid } = await renderGrid()
    expect(grid.getAttribute('aria-rowcount')).toBe('6')
    expect(grid.getAttribute('aria-colcount')).toBe('6')
    expect(within(grid).getAllByRole('row')).toHaveLength(6)
    expect(within(grid).getAllByRole('columnheader').map((one) => one.getAttribute('aria-label'))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^R 5: ≤ \d+ days since the last purchase$/), expect.stringMatching(/^R 1: ≥ \d+ days since the last purchase$/)]),
    )
    expect(within(grid).getAllByRole('rowheader')).toHaveLength(5)
    expect(grid.getAttribute('aria-label')).toBe('Customers by recency and frequency, 5 rows by 5 columns')
  })
})

describe('states', () => {
  test('the first 300 ms are quiet, then the skeleton says what is done; an unmount aborts the work', async () => {
    const onAbort = vi.fn()
    const { unmount } = render(page(createClient(waitingAdapter(0, onAbort)), <RfmGrid request={REQUEST} />))
    expect(document.querySelector('.crm-heat[data-loading]')).not.toBeNull()
    expect(screen.queryByText(/Adding up/)).toBeNull()
    await screen.findByText(/Adding up the orders/)
    onAbort.mockClear()
    unmount()
    await waitFor(() => expect(onAbort).toHaveBeenCalledOnce())
  })

  test('without purchases: why there is nothing, and the next step', async () => {
    render(page(createClient(emptyAdapter()), <RfmGrid request={REQUEST} />))
    expect(await screen.findByText(/There is no purchase up to Jun 30, 2026/)).toBeTruthy()
  })

  test('a selection that leaves nobody is named and can be cleared', async () => {
    const onClearFilter = vi.fn()
    const selection = { label: 'Oslo', where: { op: 'eq', field: 'city', value: 'Oslo' }, ranges: [] } as const
    render(page(createClient(storyAdapter()), <RfmGrid request={{ ...REQUEST, selection }} onClearFilter={onClearFilter} />))
    await userEvent.click(await screen.findByRole('button', { name: 'Clear selection' }))
    expect(onClearFilter).toHaveBeenCalledOnce()
    expect(screen.getByText(/“Oslo” leaves no customer/)).toBeTruthy()
  })

  test('an error says three sentences by its code; Try again brings the figures', async () => {
    // Strict mode mounts twice in development, so two runs fail at most before the button.
    render(page(createClient(recoveringAdapter('UNAVAILABLE')), <RfmGrid request={REQUEST} />))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The data source cannot be reached. No answer came. Check the connection and try again.')
    expect(alert.textContent).toContain('UNAVAILABLE')
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('grid')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('bad input is an error with the next step, not a blank page', async () => {
    render(page(createClient(storyAdapter()), <RfmGrid request={{ spec: { ...STORY_SPEC, scoring: { method: 'quantile', bins: 11 } } }} />))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('BINS_RANGE')
    expect(alert.textContent).toContain('Choose a number from 2 to 10.')
    expect(within(alert).queryByRole('button')).toBeNull()
  })

  test('a selection that does not fit the data is named as the cause and can be cleared; asking again is not offered', async () => {
    const onClearFilter = vi.fn()
    const selection = { label: 'Big feet', ranges: [{ field: 'shoeSize', above: 46 }] }
    render(page(createClient(storyAdapter()), <RfmGrid request={{ ...REQUEST, selection }} onClearFilter={onClearFilter} />))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The selection does not fit these data.')
    expect(within(alert).getAllByRole('button').map((button) => button.textContent)).toEqual(['Clear selection'])
    await userEvent.click(within(alert).getByRole('button'))
    expect(onClearFilter).toHaveBeenCalledOnce()
  })

  test('asking again is offered only where it can help', async () => {
    for (const [code, isOffered] of [['UNAVAILABLE', true], ['UNAUTHENTICATED', true], ['FORBIDDEN', false], ['RESOURCE_EXHAUSTED', false]] as const) {
      const { unmount } = render(page(createClient(failingAdapter(code)), <RfmGrid request={REQUEST} />))
      expect(within(await screen.findByRole('alert')).queryByRole('button') !== null, code).toBe(isOffered)
      unmount()
    }
  })

  test('refused access hides earlier figures', async () => {
    const { rerender } = render(page(createClient(storyAdapter()), <RfmGrid request={REQUEST} />))
    await screen.findByRole('grid')
    rerender(page(createClient(failingAdapter('FORBIDDEN')), <RfmGrid request={REQUEST} />))
    await screen.findByText('You have no access to these figures')
    expect(screen.queryByRole('grid')).toBeNull()
  })

  test('changed data keep the earlier picture, marked, until the new figures are there', async () => {
    const client = createClient(waitingAdapter(1))
    const { grid } = await renderGrid({}, {}, client)
    const before = grid.textContent
    client.invalidate()
    await screen.findByText(/Showing earlier figures/)
    expect(screen.getByRole('grid').textContent).toBe(before)
    expect(document.querySelector('[data-stale]')).not.toBeNull()
  })

  test('a failed update keeps the picture under a message with Try again', async () => {
    const adapter = storyAdapter()
    let fails = false
    const broken = failingAdapter('OVERLOADED')
    const client = createClient({ ...broken, manifest: broken.manifest, summarise: (request, context) => (fails ? broken : adapter).summarise!(request, context) })
    await renderGrid({}, {}, client)
    fails = true
    client.invalidate()
    expect((await screen.findByRole('alert')).textContent).toContain('The data source is busy.')
    expect(screen.getByRole('grid')).toBeTruthy()
    fails = false
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  test('a partial answer is never silent', async () => {
    await renderGrid({}, {}, createClient(partialAdapter(['shard 3 of 4'])))
    expect(screen.getByText(/shard 3 of 4 could not be reached/)).toBeTruthy()
  })

  test('the line under the grid says from what it was computed; what was left out is counted', async () => {
    const { client } = await renderGrid()
    const { data } = await client.run(rfmGridOperation, REQUEST)
    const line = document.querySelector('.crm-from')!.textContent
    expect(line).toContain(`From ${data.totals.orders.toLocaleString('en')} orders, ${data.totals.customers} customers, as of Jun 30, 2026, computed in memory, exact`)
    expect(line).toContain('12 lines after the as-of date were left out.')
  })

  test('a slot replaces a state', async () => {
    render(page(createClient(emptyAdapter()), <RfmGrid request={REQUEST} slots={{ empty: () => <p>Open the shop first</p> }} />))
    expect(await screen.findByText('Open the shop first')).toBeTruthy()
  })
})

describe('controls', () => {
  test('rows and measure change title and numbers without asking again', async () => {
    const adapter = storyAdapter()
    const summarise = vi.fn(adapter.summarise!.bind(adapter))
    const client = createClient({ manifest: adapter.manifest, schema: (context) => adapter.schema(context), scan: (request, context) => adapter.scan(request, context), summarise, close: () => adapter.close() })
    await renderGrid({}, {}, client)
    const asked = summarise.mock.calls.length
    await userEvent.click(screen.getByRole('radio', { name: 'Monetary' }))
    await userEvent.click(screen.getByRole('radio', { name: 'Mean revenue' }))
    expect(screen.getByRole('heading').textContent).toBe('Mean revenue by recency and monetary value')
    expect(cell(5, 5).getAttribute('aria-label')).toMatch(/M 5: revenue > [\d,.]+ €/)
    expect(summarise.mock.calls.length).toBe(asked)
  })
})

describe('providers', () => {
  test('two on one page share no data, words, theme or format', async () => {
    const rows = storyRows(90, 3)
    render(
      <>
        <div data-testid="a">{page(createClient(storyAdapter()), <RfmGrid request={REQUEST} />)}</div>
        <div data-testid="b">
          {page(createClient(storyAdapter(rows)), <RfmGrid request={REQUEST} />, {
            theme: 'dark',
            language: 'de',
            format: { locale: 'de-DE' },
            messages: { rfmGrid: { titleF: '{measure} nach Aktualität und Häufigkeit', measureCustomers: 'Kunden' } },
          })}
        </div>
      </>,
    )
    const [a, b] = [await within(screen.getByTestId('a')).findByRole('grid'), await within(screen.getByTestId('b')).findByRole('grid')]
    // Same client id on purpose: only the caches are apart.
    expect(a.textContent).not.toBe(b.textContent)
    expect(within(screen.getByTestId('b')).getByRole('heading').textContent).toBe('Kunden nach Aktualität und Häufigkeit')
    expect(within(screen.getByTestId('a')).getByRole('heading').textContent).toBe('Customers by recency and frequency')
    const roots = document.querySelectorAll('.crm-root')
    expect([...roots].map((root) => `${root.getAttribute('data-crm-theme')} ${root.getAttribute('lang')}`)).toEqual(['light en', 'dark de'])
    expect(getComputedStyle(roots[0]!).backgroundColor).not.toBe(getComputedStyle(roots[1]!).backgroundColor)
  })

  test('mounting and unmounting leaves the page as it was', async () => {
    const host = document.createElement('main')
    host.innerHTML = '<h1>Shop</h1><p>text <a href="#x">link</a></p><button>Buy</button><table><tbody><tr><td>1</td></tr></tbody></table>'
    document.body.append(host)
    const styles = (): string[] => [document.documentElement, document.body, ...host.querySelectorAll('*')].map((one) => JSON.stringify([...getComputedStyle(one)].map((name) => getComputedStyle(one).getPropertyValue(name)).slice(0, 400)))
    const attributes = (): string[] => [document.documentElement, document.body].map((one) => [...one.attributes].map((attribute) => attribute.name + attribute.value).join())
    const [stylesBefore, attributesBefore] = [styles(), attributes()]
    const { unmount } = await renderGrid()
    expect(attributes()).toEqual(attributesBefore)
    unmount()
    expect(styles().slice(2)).toEqual(stylesBefore.slice(2))
    expect(attributes()).toEqual(attributesBefore)
    host.remove()
  })
})

describe('strict content security policy', () => {
  test("under style-src 'self' nothing is violated, not even by the tooltip", async () => {
    const frame = document.createElement('iframe')
    const isLoaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="style-src 'self'"><div id="app"></div>`
    document.body.append(frame)
    await isLoaded
    const inside = frame.contentDocument!
    const violations: string[] = []
    inside.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))
    const container = inside.getElementById('app')!
    const view = render(page(createClient(storyAdapter()), <RfmGrid request={REQUEST} />), { container })
    await waitFor(() => expect(inside.querySelectorAll('[role=gridcell]')).toHaveLength(25))
    fireEvent.pointerOver(inside.querySelector('[data-r="5"][data-y="5"]')!)
    await waitFor(() => expect(inside.querySelector('.crm-tooltip')).not.toBeNull())
    expect(violations).toEqual([])
    // The policy is at work: an attribute is refused.
    container.setAttribute('style', 'color: red')
    await waitFor(() => expect(violations).toHaveLength(1))
    view.unmount()
    frame.remove()
  })
})

describe('server rendering', () => {
  test('hydration finds the figures that the server sent and changes nothing', async () => {
    const client = createClient(storyAdapter())
    const onServer = new QueryClient()
    await onServer.prefetchQuery(rfmGridQueryOptions(client, REQUEST))
    const html = renderToString(page(client, <RfmGrid request={REQUEST} />, { queryClient: onServer }))
    const sent = JSON.stringify(dehydrateCrm(onServer))

    const inBrowser = new QueryClient()
    hydrateCrm(inBrowser, JSON.parse(sent))
    const container = document.createElement('div')
    container.innerHTML = html
    document.body.append(container)
    const first = container.querySelector('[role=gridcell]')
    const consoleError = vi.spyOn(console, 'error').mockImplementation(() => {})
    const onRecoverableError = vi.fn()
    const adapter = storyAdapter()
    const summarise = vi.fn(adapter.summarise!.bind(adapter))
    const other = createClient({ manifest: adapter.manifest, schema: (context) => adapter.schema(context), scan: (request, context) => adapter.scan(request, context), summarise, close: () => adapter.close() })
    const root = hydrateRoot(container, page(other, <RfmGrid request={REQUEST} />, { queryClient: inBrowser }), { onRecoverableError })
    await waitFor(() => expect(Object.keys(first!).some((key) => key.startsWith('__reactProps'))).toBe(true))
    fireEvent.click(first!)
    expect(container.querySelector('[role=gridcell]')).toBe(first)
    expect(onRecoverableError).not.toHaveBeenCalled()
    expect(consoleError).not.toHaveBeenCalled()
    expect(summarise).not.toHaveBeenCalled()
    consoleError.mockRestore()
    root.unmount()
    container.remove()
  })
})

describe('words from left to right in a page from right to left', () => {
  test('signs and full stops stay where English puts them; what stands at the right edge stays there', async () => {
    const { container } = await renderGrid({}, { direction: 'rtl' })
    const edges = (element: Element, at: number): DOMRect => {
      const range = document.createRange()
      const text = element.firstChild!
      range.setStart(text, at)
      range.setEnd(text, at + 1)
      return range.getBoundingClientRect()
    }
    const highest = container.querySelector('[role="rowheader"] .crm-heat-range')!
    expect(highest.textContent).toMatch(/^≥ \d+$/)
    expect(edges(highest, 0).left).toBeLessThan(edges(highest, 2).left)
    const finding = container.querySelector('.crm-subtitle')!
    expect(edges(finding, 0).left).toBeLessThan(edges(finding, finding.textContent.length - 1).left)
    const nobody = container.querySelector('.crm-selection-text')!
    expect(edges(nobody, nobody.textContent.length - 1).right).toBeGreaterThan(nobody.getBoundingClientRect().right - 2)
  })
})

describe('tooltip', () => {
  test('never covers its cell, the title or the controls', async () => {
    const { cells, container } = await renderGrid()
    const controls = container.querySelector('.crm-rfm-head')!.getBoundingClientRect()
    for (const one of cells()) {
      fireEvent.pointerEnter(one, { pointerType: 'mouse' })
      const tooltip = container.querySelector('.crm-tooltip')!.getBoundingClientRect()
      const ground = one.querySelector('.crm-cell-ground')!.getBoundingClientRect()
      expect(tooltip.bottom <= ground.top || tooltip.top >= ground.bottom, one.getAttribute('aria-label')!).toBe(true)
      expect(tooltip.top).toBeGreaterThanOrEqual(controls.bottom)
    }
  })
})

describe('narrow', () => {
  test.each([278, 358])('at %i pixels no control leaves the root and no two headings of columns touch', async (width) => {
    const { container } = render(page(createClient(storyAdapter()), <div id="phone"><style>{`#phone{width:${width}px}`}</style><RfmGrid request={REQUEST} /></div>))
    await screen.findByRole('grid')
    const root = container.querySelector('.crm-root')!.getBoundingClientRect()
    for (const control of container.querySelectorAll('.crm-segmented-item')) expect(control.getBoundingClientRect().right).toBeLessThan(root.right - 12)
    const headings = [...container.querySelectorAll<SVGTextElement>('[role="columnheader"] > .crm-heat-range')]
    expect(headings).toHaveLength(5)
    const isAslant = getComputedStyle(headings[0]!).rotate !== '0deg' && getComputedStyle(headings[0]!).rotate !== 'none'
    expect(isAslant).toBe(width < 300)
    const boxes = headings.map((heading) => heading.getBoundingClientRect())
    // Aslant, the boxes overlap and the lines do not: they are as far apart as the columns, seen at 45 degrees.
    const gaps = boxes.slice(1).map((box, at) => (isAslant ? (box.x + box.width / 2 - boxes[at]!.x - boxes[at]!.width / 2) * Math.SQRT1_2 - 11 : box.left - boxes[at]!.right))
    for (const gap of gaps) expect(gap).toBeGreaterThan(0)
  })

  test('at 358 pixels nothing leaves the root and no text is smaller than 11 px', async () => {
    const view = render(page(createClient(storyAdapter()), <div id="phone"><style>{'#phone{width:358px}'}</style><RfmGrid request={{ spec: { ...STORY_SPEC, scoring: { method: 'quantile', bins: 10 } } }} /></div>))
    await screen.findByRole('grid')
    const root = view.container.querySelector('.crm-root')!
    expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth)
    const right = root.getBoundingClientRect().right
    for (const text of root.querySelectorAll('svg text')) {
      const box = text.getBoundingClientRect()
      if (box.width === 0) continue
      expect(Number.parseFloat(getComputedStyle(text).fontSize)).toBeGreaterThanOrEqual(11)
      expect(box.right).toBeLessThanOrEqual(right)
    }
  })
})

describe('parts', () => {
  function Own(): ReactElement {
    const model = useRfmGrid({ request: REQUEST })
    const [clicks, setClicks] = useState(0)
    return (
      <RfmGridRoot model={model} data-clicks={clicks} className={({ status }) => `own-${status}`}>
        <RfmGridPlot renderCell={({ cell: one, ...props }) => <RfmGridCell cell={one} {...props} onClick={() => setClicks((count) => count + 1)} className={({ step }) => (step === null ? 'own' : `own step-${step}`)} />} />
      </RfmGridRoot>
    )
  }

  test('parts take markup of your own; the class follows the state', async () => {
    render(page(createClient(storyAdapter()), <Own />))
    const grid = await screen.findByRole('grid')
    expect(grid.querySelectorAll('.own')).toHaveLength(25)
    expect(grid.querySelectorAll('.crm-cell.step-7').length).toBeGreaterThan(0)
    expect(document.querySelector('.crm-root')!.className).toBe('crm-root crm-rfm own-ready')
    fireEvent.click(grid.querySelector('.own')!)
    expect(document.querySelector('[data-clicks="1"]')).not.toBeNull()
  })
})
