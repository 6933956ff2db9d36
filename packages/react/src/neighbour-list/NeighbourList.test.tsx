import { createMemoryAdapter } from '@crm/core/adapter'
import type { Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { customerCountOperation } from '@crm/core/customers'
import { similarOperation } from '@crm/core/recommend'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CrmProvider } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import '../styles.css'
import '../recommend/recommend.css'
import { numbersDrawn, numbersHeard } from '../testing/axNumbers.ts'
import { DEMO_PREFERENCES, DEMO_SHOP, demoShopAdapter, failingShop, heldShop, partialShop } from '../testing/demoShop.ts'
import { NeighbourList } from './NeighbourList.tsx'
import type { NeighbourListProps } from './NeighbourList.tsx'
import { NeighbourListGrid, NeighbourListRow } from './NeighbourListGrid.tsx'
import { NeighbourListRoot } from './NeighbourListRoot.tsx'
import { useNeighbours } from './useNeighbours.ts'

afterEach(cleanup)

const REQUEST = { over: 'customers', id: 'C-00012', preferences: DEMO_PREFERENCES, limit: 8 } as const
const PRODUCTS = { ...REQUEST, over: 'products', id: 'P-001' } as const

function page(client: CrmClient, children: ReactNode, provider: Partial<CrmProviderProps> = {}): ReactElement {
  return (
    <StrictMode>
      <CrmProvider client={client} theme="light" {...provider}>
        {children}
      </CrmProvider>
    </StrictMode>
  )
}

async function renderList(props: Partial<NeighbourListProps> = {}, provider: Partial<CrmProviderProps> = {}, client = createClient(demoShopAdapter())) {
  const view = render(page(client, <NeighbourList request={REQUEST} showsPersonalNames {...props} />, provider))
  const grid = await screen.findByRole('grid')
  return { ...view, grid, client }
}

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('tr[data-neighbour]')]
const texts = (role: string, at: number): (string | null)[] => rows().map((row) => within(row).getAllByRole(role)[at]!.textContent)
const focusedPlace = (): string | null => document.activeElement?.getAttribute('data-place') ?? null

describe('figures', () => {
  test('every row says what the operation says, in its order, under names', async () => {
    const { client } = await renderList()
    const { data } = await client.run(similarOperation, { ...REQUEST, similarity: { measure: 'cosine' } })
    expect(rows().map((row) => row.dataset['neighbour'])).toEqual(data.items.map(({ id }) => id))
    expect(texts('gridcell', 0)).toEqual(data.items.map(({ similarity }) => similarity.toFixed(2)))
    expect(texts('gridcell', 1)).toEqual(data.items.map(({ common }) => String(common)))
    expect(texts('gridcell', 2)).toEqual(data.items.map(({ partners }) => String(partners)))
    const names = DEMO_SHOP.data.customers.columns['name']!
    const nameOf = (id: string): string => (names.kind === 'text' ? names.dictionary[names.codes[Number(id.slice(2)) - 1]!]! : '')
    expect(texts('rowheader', 0)).toEqual(data.items.map(({ id }) => `${nameOf(id)}${id}`))
    expect(screen.getByRole('heading').textContent).toBe(`Customers like ${nameOf('C-00012')}`)
    expect(document.querySelector('.crm-subtitle')!.textContent).toBe(`The 8 most alike of ${data.compared} customers who share a product with ${nameOf('C-00012')}.`)
  })

  test('a bar is as long as its figure on a track from 0 to 1, from the side where reading starts', async () => {
    const { client, grid } = await renderList({}, { direction: 'rtl' })
    const { data } = await client.run(similarOperation, { ...REQUEST, similarity: { measure: 'cosine' } })
    const [track, bar] = [...grid.querySelector('.crm-bars')!.querySelectorAll('rect')].map((one) => one.getBoundingClientRect())
    expect(bar!.width / track!.width).toBeCloseTo(data.items[0]!.similarity, 2)
    expect(bar!.right).toBeCloseTo(track!.right, 0)
  })

  test('another measure is another question; the line beside it says what it means', async () => {
    const { client } = await renderList()
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Alike by' }), 'jaccard')
    const { data } = await client.run(similarOperation, { ...REQUEST, similarity: { measure: 'jaccard' } })
    await waitFor(() => expect(texts('gridcell', 0)).toEqual(data.items.map(({ similarity }) => similarity.toFixed(2))))
    expect(screen.getByText('What both have, as a share of what either has.')).toBeTruthy()
  })

  test('measures that say nothing about yes and no are offered for amounts alone', async () => {
    const { unmount } = await renderList()
    expect([...screen.getByRole('combobox').querySelectorAll('option')].map(({ value }) => value)).toEqual(['cosine', 'jaccard'])
    unmount()
    await renderList({ request: { ...REQUEST, preferences: { ...DEMO_PREFERENCES, weight: 'count' } } })
    expect(screen.getByRole('combobox').querySelectorAll('option')).toHaveLength(5)
  })

  test('products have names from their set and are not selected', async () => {
    const onSelectionChange = vi.fn()
    const { grid } = await renderList({ request: PRODUCTS, onSelectionChange })
    expect(screen.getByRole('heading').textContent).toBe('Products like Espresso beans, dark roast 1 kg')
    fireEvent.click(rows()[0]!)
    grid.querySelector<HTMLElement>('[tabindex="0"]')!.focus()
    await userEvent.keyboard(' ')
    expect(onSelectionChange).not.toHaveBeenCalled()
    expect(grid.querySelector('[aria-selected]')).toBeNull()
    expect(screen.queryByRole('button', { name: /Select all/ })).toBeNull()
  })

  test('products are called what the host calls them', async () => {
    await renderList({ request: PRODUCTS, productText: (id) => (id === 'P-001' ? { name: '浓缩咖啡豆' } : undefined) })
    expect(screen.getByRole('heading').textContent).toBe('Products like 浓缩咖啡豆')
    expect(texts('rowheader', 0)[0]).toMatch(/^[A-Z].*P-\d+$/)
  })

  test('an unlike neighbour has a figure below 0 with a minus sign and a hollow bar', async () => {
    const preferences = { from: 'ratings', asOf: 0, timeZone: 'UTC' } as const
    const ratings = [['a', 'x', 1], ['a', 'y', 5], ['b', 'x', 5], ['b', 'y', 1]].map(([customerId, productId, rating]) => ({ customerId: String(customerId), productId: String(productId), rating: Number(rating) }))
    const client = createClient(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { ratings } }))
    await renderList({ request: { over: 'customers', id: 'a', preferences, similarity: { measure: 'pearson', negatives: 'keep', minSimilarity: -2 } } }, {}, client)
    expect(texts('gridcell', 0)).toEqual(['\u22121.00'])
    expect(document.querySelectorAll('[data-of="unlike"]')).toHaveLength(1)
  })
})

describe('names', () => {
  test('personal names are neither asked for nor shown unless the host says so', async () => {
    const adapter = demoShopAdapter()
    const summarise = vi.fn(adapter.summarise!.bind(adapter))
    const client = createClient({ ...adapter, summarise })
    await renderList({ showsPersonalNames: false }, {}, client)
    expect(texts('rowheader', 0).every((text) => /^C-\d{5}$/.test(text!))).toBe(true)
    expect(screen.getByRole('heading').textContent).toBe('Customers like C-00012')
    expect(JSON.stringify(summarise.mock.calls.map(([request]) => request))).not.toContain('"name"')
  })
})

describe('selection', () => {
  test('each press adds a customer or takes one out: just they are the selection', async () => {
    const onSelectionChange = vi.fn()
    const { client } = await renderList({ onSelectionChange })
    const ids = rows().map((row) => row.dataset['neighbour']!)
    fireEvent.click(rows()[0]!)
    expect(onSelectionChange.mock.lastCall).toMatchObject([{ where: { op: 'in', field: 'customerId', values: [ids[0]] }, ranges: [] }, { reason: 'press' }])
    fireEvent.click(rows()[2]!)
    const [selection] = onSelectionChange.mock.lastCall as [Selection]
    expect(selection).toMatchObject({ label: expect.stringMatching(/^2 customers like /), where: { op: 'in', field: 'customerId', values: [ids[0], ids[2]] } })
    const { asOf, timeZone } = DEMO_PREFERENCES
    expect((await client.run(customerCountOperation, { spec: { asOf, timeZone }, selection })).data.customers).toBe(2)
    expect(rows().map((row) => row.getAttribute('aria-selected'))).toEqual(['true', 'false', 'true', 'false', 'false', 'false', 'false', 'false'])
    fireEvent.click(rows()[0]!)
    fireEvent.click(rows()[2]!)
    expect(onSelectionChange.mock.lastCall).toMatchObject([null, { reason: 'clear' }])
  })

  test('all are taken and freed by buttons; the focus stays in the list', async () => {
    const onSelectionChange = vi.fn()
    await renderList({ onSelectionChange })
    await userEvent.click(screen.getByRole('button', { name: 'Select all 8' }))
    expect(onSelectionChange.mock.lastCall).toMatchObject([{ where: { values: rows().map((row) => row.dataset['neighbour']) } }, { reason: 'all' }])
    expect(screen.queryByRole('button', { name: /Select all/ })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Clear selection' }))
    expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
    expect(document.activeElement?.closest('[role=grid]')).not.toBeNull()
  })

  test('a selection from elsewhere marks the customers it picks by hand; one by other conditions marks nobody', async () => {
    const client = createClient(demoShopAdapter())
    const { data } = await client.run(similarOperation, REQUEST)
    const values = [data.items[1]!.id, 'C-00299']
    const { unmount } = await renderList({ selection: { label: 'By hand', where: { op: 'in', field: 'customerId', values }, ranges: [] } }, {}, client)
    expect([...document.querySelectorAll('[aria-selected=true]')]).toEqual([rows()[1]])
    unmount()
    await renderList({ selection: { label: 'Often', where: { op: 'in', field: 'customerId', values }, ranges: [{ field: 'orders', above: 3 }] } }, {}, client)
    expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
  })

  test('controlled: nothing is marked until the host says so', async () => {
    const onSelectionChange = vi.fn()
    await renderList({ selection: null, onSelectionChange })
    fireEvent.click(rows()[0]!)
    expect(onSelectionChange).toHaveBeenCalledOnce()
    expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
  })
})

describe('keyboard', () => {
  test('the list is one tab stop; arrows, Home, End, Page Up and Page Down move', async () => {
    const { grid } = await renderList({ onOpen: () => {} })
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
    grid.querySelector<HTMLElement>('[tabindex="0"]')!.focus()
    for (const [keys, place] of [
      ['{ArrowDown}', '1,0'],
      ['{ArrowRight}', '1,1'],
      ['{End}', '1,3'],
      ['{PageDown}', '7,3'],
      ['{ArrowDown}', '7,3'],
      ['{Control>}{Home}{/Control}', '0,0'],
    ] as const) {
      await userEvent.keyboard(keys)
      expect(focusedPlace(), keys).toBe(place)
    }
    await userEvent.keyboard('{Tab}')
    expect(document.activeElement?.closest('[role=grid]')).toBeNull()
  })

  test('Space chooses, Enter opens where the host opens, else chooses; Escape clears and does not reach what is around', async () => {
    const [onSelectionChange, onOpen, onKeyDown] = [vi.fn(), vi.fn(), vi.fn()]
    const { grid, baseElement, unmount } = await renderList({ onSelectionChange, onOpen })
    baseElement.addEventListener('keydown', onKeyDown)
    grid.querySelector<HTMLElement>('[data-place="1,2"]')!.focus()
    await userEvent.keyboard(' ')
    expect(onSelectionChange.mock.lastCall).toMatchObject([{ label: expect.any(String) }, { reason: 'key' }])
    await userEvent.keyboard('{Enter}')
    expect(onOpen.mock.lastCall).toMatchObject([rows()[1]!.dataset['neighbour'], { reason: 'key' }])
    expect(onSelectionChange).toHaveBeenCalledOnce()
    onKeyDown.mockClear()
    await userEvent.keyboard('{Escape}')
    expect(onSelectionChange.mock.lastCall).toMatchObject([null, { reason: 'clear' }])
    expect(onKeyDown).not.toHaveBeenCalled()
    baseElement.removeEventListener('keydown', onKeyDown)
    unmount()
    const again = await renderList({ onSelectionChange })
    again.grid.querySelector<HTMLElement>('[tabindex="0"]')!.focus()
    await userEvent.keyboard('{Enter}')
    expect(onSelectionChange.mock.lastCall).toMatchObject([{ label: expect.any(String) }, { reason: 'key' }])
  })

  test('a press on a name opens and does not choose', async () => {
    const [onSelectionChange, onOpen] = [vi.fn(), vi.fn()]
    await renderList({ onSelectionChange, onOpen })
    await userEvent.click(within(rows()[0]!).getByRole('button'))
    expect(onOpen).toHaveBeenCalledOnce()
    expect(onSelectionChange).not.toHaveBeenCalled()
  })
})

describe('accessibility tree', () => {
  test('every number drawn is in it, each once', async () => {
    const { grid, container } = await renderList()
    const drawn = numbersDrawn(grid)
    expect(drawn.length).toBeGreaterThan(24)
    expect(numbersHeard(grid)).toEqual(drawn)
    const heard = new Set(numbersHeard(container))
    expect(numbersDrawn(container).filter((number) => !heard.has(number))).toEqual([])
  })
})

describe('states', () => {
  test('the first 300 ms are quiet, then the skeleton says what is done; leaving aborts the work', async () => {
    const onAbort = vi.fn()
    const { unmount } = render(page(createClient(heldShop(true, onAbort)), <NeighbourList request={REQUEST} />))
    expect(screen.queryByText(/Comparing with everybody/)).toBeNull()
    await screen.findByText(/Comparing with everybody/)
    unmount()
    await waitFor(() => expect(onAbort).toHaveBeenCalled())
  })

  test('refused, partial, unknown and nobody alike say so', async () => {
    for (const [adapter, request, words] of [
      [failingShop('FORBIDDEN'), REQUEST, /You have no access to these figures/],
      [partialShop(), REQUEST, /shard 3 of 4 could not be reached/],
      [demoShopAdapter(), { ...REQUEST, id: '__proto__' }, /Nothing to compare __proto__ by/],
      [demoShopAdapter(), { ...REQUEST, similarity: { measure: 'cosine', minSupport: 999 } }, /No other customer is alike by this measure/],
    ] as const) {
      const { unmount } = render(page(createClient(adapter), <NeighbourList request={request} />))
      expect(await screen.findByText(words)).toBeTruthy()
      unmount()
    }
  })

  test('where nobody has bought anything there is nothing to compare by; a spec that means nothing is an error in words', async () => {
    const empty = createClient(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions: [] } }))
    const view = render(page(empty, <NeighbourList request={REQUEST} />))
    expect(await screen.findByText('Nothing to compare C-00012 by')).toBeTruthy()
    view.rerender(page(empty, <NeighbourList request={{ ...REQUEST, preferences: { ...REQUEST.preferences, asOf: Number.NaN }, limit: 3 }} />))
    // What was there stays, with its day, under the words of the error.
    expect((await screen.findByRole('alert')).textContent).toContain('Showing earlier figures')
    expect(view.container.textContent).toContain('Nothing to compare C-00012 by')
    expect(view.container.textContent).not.toMatch(/NaN|undefined|Invalid/)
    view.unmount()
    render(page(empty, <NeighbourList request={{ ...REQUEST, preferences: { ...REQUEST.preferences, asOf: Number.NaN } }} />))
    expect(await screen.findByText(/SPEC_INVALID/)).toBeTruthy()
  })

  test('names that cannot be had leave the ids; the list stands', async () => {
    const adapter = demoShopAdapter()
    const client = createClient({
      ...adapter,
      summarise: (request, context) => {
        if (request.kind === 'members') throw new Error('no names today')
        return adapter.summarise!(request, context)
      },
    })
    await renderList({}, {}, client)
    expect(texts('rowheader', 0).every((text) => /^C-\d{5}$/.test(text!))).toBe(true)
  })

  test('neighbours of one customer are never shown under the name of another', async () => {
    const shop = heldShop()
    const client = createClient(shop)
    const { rerender } = await renderList({}, {}, client)
    shop.hold()
    rerender(page(client, <NeighbourList request={{ ...REQUEST, id: 'C-00020' }} showsPersonalNames />))
    await waitFor(() => expect(document.querySelector('.crm-root')!.getAttribute('data-status')).toBe('loading'))
    expect(rows()).toHaveLength(0)
  })

  test('changed data keep the earlier list, marked; a slot replaces a state', async () => {
    const shop = heldShop()
    const client = createClient(shop)
    const { grid, unmount } = await renderList({}, {}, client)
    const before = grid.textContent
    shop.hold()
    client.invalidate()
    await screen.findByText(/Showing earlier figures/)
    expect(screen.getByRole('grid').textContent).toBe(before)
    unmount()
    render(page(createClient(demoShopAdapter()), <NeighbourList request={{ ...REQUEST, id: 'nobody' }} slots={{ noMatch: () => <p>Who?</p> }} />))
    await screen.findByText('Who?')
  })
})

test.each(['customers', 'products'] as const)('at 358 pixels the list fits whole (%s)', async (over) => {
  const { container } = render(page(createClient(demoShopAdapter()), <div id="phone"><style>{'#phone{width:358px}'}</style><NeighbourList request={over === 'customers' ? REQUEST : PRODUCTS} showsPersonalNames /></div>))
  await screen.findByRole('grid')
  const frame = container.querySelector('.crm-segments-frame')!
  expect(frame.scrollWidth).toBe(frame.clientWidth)
})

test('customers cannot be picked where nobody listens', async () => {
  render(page(createClient(demoShopAdapter()), <NeighbourList request={REQUEST} />))
  await waitFor(() => expect(rows()).toHaveLength(8))
  fireEvent.click(rows()[0]!)
  expect(rows()[0]!.getAttribute('aria-selected')).toBeNull()
  expect(screen.queryByRole('button', { name: /select all/i })).toBeNull()
})

describe('parts', () => {
  function Own(): ReactElement {
    const model = useNeighbours({ request: REQUEST, defaultSelection: null })
    return (
      <NeighbourListRoot model={model} className={({ status }) => `own-${status}`}>
        <NeighbourListGrid renderRow={(row) => <NeighbourListRow row={row} className={({ isSelected }) => (isSelected ? 'own on' : 'own')} />} />
      </NeighbourListRoot>
    )
  }

  test('parts take markup of your own; the class follows the state', async () => {
    render(page(createClient(demoShopAdapter()), <Own />))
    await waitFor(() => expect(document.querySelectorAll('.own')).toHaveLength(8))
    fireEvent.click(rows()[3]!)
    expect(rows()[3]!.className).toBe('own on')
    expect(document.querySelector('.crm-root')!.className).toBe('crm-root crm-rfm crm-neighbours own-ready')
  })
})
