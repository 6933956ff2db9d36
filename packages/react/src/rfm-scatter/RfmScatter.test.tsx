import type { Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { customerCountOperation } from '@crm/core/customers'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CrmProvider } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import '../styles.css'
import { manyCustomers } from '../testing/manyCustomers.ts'
import { STORY_SPEC, recoveringAdapter, storyAdapter, waitingAdapter } from '../testing/storyData.ts'
import { RfmScatter } from './RfmScatter.tsx'
import type { RfmScatterProps } from './RfmScatter.tsx'

afterEach(cleanup)

const REQUEST = { spec: STORY_SPEC }

function page(client: CrmClient, props: Partial<RfmScatterProps>, provider: Partial<CrmProviderProps> = {}): ReactElement {
  return (
    <StrictMode>
      <CrmProvider client={client} theme="light" {...provider}>
        <RfmScatter request={REQUEST} {...props} />
      </CrmProvider>
    </StrictMode>
  )
}

async function renderSquares(props: Partial<RfmScatterProps> = {}, provider: Partial<CrmProviderProps> = {}, client = createClient(storyAdapter(), { allowMainThread: true })) {
  const view = render(page(client, { pointLimit: 0, ...props }, provider))
  const grid = await screen.findByRole('grid')
  return { ...view, grid, client }
}

const at = (row: number, column: number): SVGElement => document.querySelector<SVGElement>(`[data-place="${row},${column}"]`)!
const focused = (): string | null => document.activeElement?.getAttribute('data-place') ?? null
const selectedPlaces = (): (string | null)[] => [...document.querySelectorAll('[role=gridcell][aria-selected=true]')].map((cell) => cell.getAttribute('data-place'))
const customersIn = (cell: Element): number => Number(/: ([\d,]+) customer/.exec((cell.getAttribute('aria-label') ?? cell.firstElementChild?.getAttribute('aria-label'))!)![1]!.replaceAll(',', ''))
const filledCell = (least = 1): SVGElement => [...document.querySelectorAll<SVGElement>('.crm-bin[data-step]')].find((cell) => customersIn(cell) >= least)!
const area = (): SVGElement => document.querySelector<SVGElement>('.crm-scatter')!

/** Presses, moves and lets go at shares of the picture. */
function drag(from: readonly [number, number], to: readonly [number, number]): void {
  const box = area().getBoundingClientRect()
  const point = ([x, y]: readonly [number, number]) => ({ clientX: box.left + box.width * x, clientY: box.top + box.height * y, button: 0, pointerId: 1, isPrimary: true, pointerType: 'mouse' })
  fireEvent.pointerDown(area(), point(from))
  fireEvent.pointerMove(area(), point(to))
  fireEvent.pointerUp(area(), point(to))
}

describe('squares', () => {
  test('the grid is one tab stop, at the densest square; arrows, Home and End move inside it', async () => {
    const { grid } = await renderSquares()
    const stops = within(grid).getAllByRole('gridcell').filter((cell) => cell.tabIndex === 0)
    expect(stops).toHaveLength(1)
    const most = Math.max(...within(grid).getAllByRole('gridcell').map(customersIn))
    expect(customersIn(stops[0]!)).toBe(most)
    at(2, 2).focus()
    for (const [keys, place] of [
      ['{ArrowRight}', '2,3'],
      ['{ArrowDown}', '3,3'],
      ['{Home}', '3,0'],
      ['{ArrowLeft}', '3,0'],
      ['{Control>}{Home}{/Control}', '0,0'],
    ] as const) {
      await userEvent.keyboard(keys)
      expect(focused(), keys).toBe(place)
    }
  })

  test('names of squares add up to everybody, as do those of the columns and of the rows', async () => {
    const { grid } = await renderSquares()
    const sum = (role: string): number => within(grid).getAllByRole(role).reduce((total, cell) => total + customersIn(cell), 0)
    const everybody = sum('gridcell')
    expect(screen.getByText(new RegExp(`^From ${everybody} customers`))).toBeTruthy()
    expect(sum('columnheader')).toBe(everybody)
    expect(sum('rowheader')).toBe(everybody)
  })

  test('Enter selects the square with exactly its customers, Escape clears and does not reach what is around', async () => {
    const onSelectionChange = vi.fn()
    const outside = vi.fn()
    const { client, baseElement } = await renderSquares({ onSelectionChange })
    baseElement.addEventListener('keydown', outside)
    const cell = filledCell(3)
    cell.focus()
    await userEvent.keyboard('{Enter}')
    const [selection, change] = onSelectionChange.mock.lastCall as [Selection, unknown]
    expect(change).toMatchObject({ reason: 'key', customerId: null })
    const { data } = await client.run(customerCountOperation, { spec: STORY_SPEC, selection })
    expect(data.customers).toBe(customersIn(cell))
    expect(selectedPlaces()).toEqual([cell.getAttribute('data-place')])
    await userEvent.keyboard('{Escape}')
    expect(onSelectionChange.mock.lastCall).toMatchObject([null, { reason: 'clear' }])
    expect(outside.mock.calls.map(([event]) => (event as KeyboardEvent).key)).toEqual(['Enter'])
    baseElement.removeEventListener('keydown', outside)
  })

  test('Shift with arrow keys draws a rectangle from where it began, and back', async () => {
    const onSelectionChange = vi.fn()
    await renderSquares({ onSelectionChange })
    const [row, column] = filledCell(3).getAttribute('data-place')!.split(',').map(Number) as [number, number]
    at(row, column).focus()
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}')
    expect(selectedPlaces().length + document.querySelectorAll('[data-kind=selected]').length).toBeGreaterThan(1)
    const { ranges } = onSelectionChange.mock.lastCall![0] as Selection
    expect(ranges.map(({ field }) => field)).toEqual(['recencyDays', 'revenue'])
    expect(focused()).toBe(`${row + 1},${column + 1}`)
    await userEvent.keyboard('{Shift>}{ArrowUp}{ArrowLeft}{/Shift}')
    expect(selectedPlaces()).toEqual([`${row},${column}`])
  })

  test('dragging selects a rectangle once, with the customers that the squares count', async () => {
    const onSelectionChange = vi.fn()
    const { client } = await renderSquares({ onSelectionChange })
    drag([0.3, 0.2], [0.9, 0.8])
    expect(onSelectionChange).toHaveBeenCalledOnce()
    const [selection, change] = onSelectionChange.mock.lastCall as [Selection, unknown]
    expect(change).toMatchObject({ reason: 'brush' })
    const { data } = await client.run(customerCountOperation, { spec: STORY_SPEC, selection })
    const counted = [...document.querySelectorAll('[role=gridcell][aria-selected=true]')].reduce((sum, cell) => sum + customersIn(cell), 0)
    expect(counted).toBe(data.customers)
    expect(screen.getByText(new RegExp(`^${data.customers} customers \\(`))).toBeTruthy()
  })

  test('a press that trembles is a press; a second one on the same square clears', async () => {
    const onSelectionChange = vi.fn()
    await renderSquares({ onSelectionChange })
    const box = filledCell().getBoundingClientRect()
    const frame = area().getBoundingClientRect()
    const middle = [(box.left + box.width / 2 - frame.left) / frame.width, (box.top + box.height / 2 - frame.top) / frame.height] as const
    drag(middle, [middle[0] + 1 / frame.width, middle[1]])
    expect(onSelectionChange.mock.lastCall).toMatchObject([{ ranges: expect.any(Array) }, { reason: 'press' }])
    drag(middle, middle)
    expect(onSelectionChange.mock.lastCall).toMatchObject([null, { reason: 'clear' }])
  })

  test('a drag over nobody selects nobody, and one that is taken away by the page leaves nothing behind', async () => {
    const onSelectionChange = vi.fn()
    await renderSquares({ onSelectionChange })
    const empty = [...document.querySelectorAll<SVGElement>('.crm-bin:not([data-step])')][0]!
    empty.focus()
    await userEvent.keyboard('{Enter}')
    const box = area().getBoundingClientRect()
    fireEvent.pointerDown(area(), { clientX: box.left + 10, clientY: box.top + 10, button: 0, pointerId: 1, isPrimary: true })
    fireEvent.pointerMove(area(), { clientX: box.left + 90, clientY: box.top + 90, pointerId: 1, isPrimary: true })
    expect(document.querySelector('[data-kind=draft]')).not.toBeNull()
    fireEvent.pointerCancel(area(), { pointerId: 1 })
    expect(document.querySelector('[data-kind=draft]')).toBeNull()
    expect(onSelectionChange).not.toHaveBeenCalled()
  })

  test('a second finger draws nothing: two of them zoom the page', async () => {
    const onSelectionChange = vi.fn()
    await renderSquares({ onSelectionChange })
    const box = area().getBoundingClientRect()
    const second = { button: 0, pointerId: 2, isPrimary: false, pointerType: 'touch' }
    fireEvent.pointerDown(area(), { ...second, clientX: box.left, clientY: box.top })
    fireEvent.pointerMove(area(), { ...second, clientX: box.right, clientY: box.bottom })
    expect(document.querySelector('[data-kind=draft]')).toBeNull()
    fireEvent.pointerUp(area(), { ...second, clientX: box.right, clientY: box.bottom })
    expect(onSelectionChange).not.toHaveBeenCalled()
    expect(getComputedStyle(area()).touchAction).toContain('pinch-zoom')
  })

  test('under rtl the better end is on the left, and a drag there selects it', async () => {
    const onSelectionChange = vi.fn()
    await renderSquares({ onSelectionChange }, { direction: 'rtl' })
    expect(at(0, 1).getBoundingClientRect().left).toBeLessThan(at(0, 0).getBoundingClientRect().left)
    drag([0, 0.1], [0.1, 0.9])
    const { ranges } = onSelectionChange.mock.lastCall![0] as Selection
    const [recency] = ranges
    expect(recency).toMatchObject({ field: 'recencyDays', upTo: expect.any(Number) })
    expect(recency!.above).toBeUndefined()
  })

  test('a controlled selection is shown and not kept', async () => {
    const onSelectionChange = vi.fn()
    const client = createClient(storyAdapter())
    const view = render(page(client, { pointLimit: 0, selection: null, onSelectionChange }))
    await screen.findByRole('grid')
    const cell = filledCell()
    cell.focus()
    await userEvent.keyboard('{Enter}')
    expect(selectedPlaces()).toEqual([])
    view.rerender(page(client, { pointLimit: 0, selection: onSelectionChange.mock.lastCall![0] as Selection, onSelectionChange }))
    expect(selectedPlaces()).toEqual([cell.getAttribute('data-place')])
  })
})

describe('zoom and axes', () => {
  test('zooming in shows only the customers selected, with cut points where they were; Escape shows all again', async () => {
    await renderSquares()
    const everybody = customersTotal()
    drag([0.3, 0.2], [0.7, 0.8])
    const chosen = Number(/^([\d,]+) customers \(/.exec(screen.getByText(/customers \(.*revenue/, { selector: '.crm-selection-figures' }).textContent)![1])
    await userEvent.click(screen.getByRole('button', { name: 'Zoom in' }))
    await waitFor(() => expect(customersTotal()).toBe(chosen))
    expect(screen.queryByRole('button', { name: 'Zoom in' })).toBeNull()
    document.querySelector<SVGElement>('[role=gridcell][tabindex="0"]')!.focus()
    await userEvent.keyboard('{Escape}{Escape}')
    await waitFor(() => expect(customersTotal()).toBe(everybody))
  })

  test('choosing the measure of the other axis swaps the two', async () => {
    const [onXChange, onYChange] = [vi.fn(), vi.fn()]
    await renderSquares({ onXChange, onYChange })
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Across' }), 'revenue')
    expect(onXChange).toHaveBeenLastCalledWith('revenue')
    expect(onYChange).toHaveBeenLastCalledWith('recencyDays')
    await waitFor(() => expect(screen.getByRole('heading').textContent).toBe('Customers by revenue and recency'))
    await waitFor(() => expect(screen.getByRole('grid').getAttribute('aria-label')).toMatch(/revenue and recency/))
  })
})

const customersTotal = (): number => [...document.querySelectorAll('[role=gridcell]')].reduce((sum, cell) => sum + customersIn(cell), 0)

describe('points', () => {
  test('each customer is a named point; arrow keys follow the axes, and Enter selects one', async () => {
    const onSelectionChange = vi.fn()
    const client = createClient(storyAdapter())
    render(page(client, { onSelectionChange }))
    const list = await screen.findByRole('listbox')
    const points = within(list).getAllByRole('option')
    expect(points.length).toBe(602)
    expect(points.filter((point) => point.tabIndex === 0)).toHaveLength(1)
    points[300]!.focus()
    const left = (): number => Number(document.activeElement!.getAttribute('cx')!.replace('%', ''))
    const top = (): number => Number(document.activeElement!.getAttribute('cy')!.replace('%', ''))
    const [x, y] = [left(), top()]
    await userEvent.keyboard('{ArrowRight}')
    expect(left()).toBeGreaterThanOrEqual(x)
    points[300]!.focus()
    await userEvent.keyboard('{ArrowUp}')
    expect(top()).toBeLessThanOrEqual(y)
    await userEvent.keyboard('{Enter}')
    const id = /\((C-\d+)\)/.exec(document.activeElement!.getAttribute('aria-label')!)![1]
    expect(onSelectionChange.mock.lastCall).toMatchObject([{ where: { op: 'eq', field: 'customerId', value: id }, ranges: [] }, { customerId: id }])
    expect(document.activeElement!.getAttribute('aria-selected')).toBe('true')
  })

  test('a rectangle selects the points inside of it, as many as it says', async () => {
    render(page(createClient(storyAdapter()), {}))
    const list = await screen.findByRole('listbox')
    drag([0.3, 0.2], [0.7, 0.8])
    const chosen = Number(/^([\d,]+) customers \(/.exec(screen.getByText(/customers \(.*revenue/, { selector: '.crm-selection-figures' }).textContent)![1])
    expect(within(list).getAllByRole('option', { selected: true })).toHaveLength(chosen)
  })

  test('a press near a point is a press on it, one far from all of them clears', async () => {
    const onSelectionChange = vi.fn()
    render(page(createClient(storyAdapter()), { onSelectionChange }))
    const list = await screen.findByRole('listbox')
    const box = within(list).getAllByRole('option')[0]!.getBoundingClientRect()
    const spot = { clientX: box.left + box.width / 2 + 2, clientY: box.top + box.height / 2, button: 0, pointerId: 1, isPrimary: true, pointerType: 'mouse' }
    fireEvent.pointerDown(area(), spot)
    fireEvent.pointerUp(area(), spot)
    expect(onSelectionChange.mock.lastCall).toMatchObject([{ where: { field: 'customerId' } }, { reason: 'press' }])
  })

  test('personal names are not asked for unless the host says so', async () => {
    const shop = storyAdapter()
    const adapter = {
      ...shop,
      manifest: { ...shop.manifest, scopeKey: 'personal' },
      schema: async (context: Parameters<typeof shop.schema>[0]) => {
        const schema = await shop.schema(context)
        return { ...schema, sets: schema.sets.map((set) => ({ ...set, fields: set.fields.map((field) => (field.name === 'name' ? { ...field, sensitivity: 'personal' as const } : field)) })) }
      },
    }
    render(page(createClient(adapter), {}))
    const list = await screen.findByRole('listbox')
    expect(within(list).getAllByRole('option')[0]!.getAttribute('aria-label')).toMatch(/^C-\d+: last bought/)
  })
})

describe('many customers', () => {
  test('100,000 customers are fewer than 1,500 elements', async () => {
    await renderSquares({}, {}, createClient(manyCustomers(100_000), { allowMainThread: true }))
    expect(customersTotal()).toBe(100_000)
    expect(document.querySelectorAll('.crm-scatter *').length).toBeLessThan(1500)
  })
})

describe('states', () => {
  test('changed data keep the picture, marked stale', async () => {
    const client = createClient(waitingAdapter(3))
    const { container } = await renderSquares({}, {}, client)
    client.invalidate()
    await waitFor(() => expect(container.querySelector('[data-status=stale]')).not.toBeNull())
    expect(screen.getByRole('grid')).toBeTruthy()
    await screen.findByText(/Showing earlier figures/)
  })

  test('all that failed is asked again at once', async () => {
    const view = render(page(createClient(recoveringAdapter('UNAVAILABLE', 2)), { pointLimit: 0 }))
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    await screen.findByRole('grid')
    expect(view.container.querySelector('[role=alert]')).toBeNull()
  })
})
