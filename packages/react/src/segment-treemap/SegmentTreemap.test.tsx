import type { Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { rfmGridFromTotalsOperation, rfmGridOperation, selectRfmCells } from '@crm/core/rfm'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CrmProvider } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import { RfmGrid } from '../rfm-grid/RfmGrid.tsx'
import '../styles.css'
import { numbersDrawn, numbersHeard } from '../testing/axNumbers.ts'
import { LONG_NAMES, ONE_SEGMENT, refundingAdapter } from '../testing/segmentStories.ts'
import { STORY_SPEC, emptyAdapter, failingAdapter, partialAdapter, storyAdapter, waitingAdapter } from '../testing/storyData.ts'
import { SegmentTreemap } from './SegmentTreemap.tsx'
import type { SegmentTreemapProps } from './SegmentTreemap.tsx'
import { SegmentTreemapPlot } from './SegmentTreemapPlot.tsx'
import { SegmentTreemapRoot } from './SegmentTreemapRoot.tsx'
import { SegmentTreemapTile } from './SegmentTreemapTile.tsx'
import { useSegmentTreemap } from './useSegmentTreemap.ts'

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

async function renderTreemap(props: Partial<SegmentTreemapProps> = {}, provider: Partial<CrmProviderProps> = {}, client = createClient(storyAdapter()), width = 960) {
  const view = render(page(client, <div id="room"><style>{`#room{width:${width}px}`}</style><SegmentTreemap request={REQUEST} {...props} /></div>, provider))
  const list = await screen.findByRole('listbox')
  return { ...view, list, client, tiles: () => within(list).getAllByRole('option') }
}

/** The tile that is seen. */
const tile = (id: string): HTMLElement => [...document.querySelectorAll<HTMLElement>(`[role=option][data-segment="${id}"]`)].find((one) => one.getClientRects().length > 0)!
const idOf = (element: Element | null): string | null => element?.getAttribute('data-segment') ?? null
/** With the gap of one pixel around the ground of a tile. */
const areaOf = (element: Element): number => {
  const { width, height } = element.querySelector('.crm-cell-ground')!.getBoundingClientRect()
  return (width + 2) * (height + 2)
}
const roomOf = (list: Element): number => list.getBoundingClientRect().width * list.getBoundingClientRect().height

describe('picture', () => {
  test.each([
    ['revenue', 960],
    ['customers', 960],
    ['revenue', 358],
  ] as const)('areas are in proportion to the %s and fill the picture (%i px)', async (measure, width) => {
    const { list, client, tiles } = await renderTreemap({ measure }, {}, undefined, width)
    const { data } = await client.run(rfmGridOperation, REQUEST)
    expect(tiles()).toHaveLength(11)
    for (const one of tiles()) {
      const segment = data.segments.find(({ id }) => id === idOf(one))!
      expect(areaOf(one) / roomOf(list)).toBeCloseTo(segment[measure] / data.totals[measure], 3)
    }
    expect(list.getAttribute('data-shape')).toBe(width < 520 ? 'narrow' : 'wide')
  })

  test('who came lately, or brings more per customer, has the stronger ground', async () => {
    const { client, tiles } = await renderTreemap()
    const { data } = await client.run(rfmGridOperation, REQUEST)
    const mean = (id: string | null, of: 'recencyDays' | 'revenue'): number => {
      const segment = data.segments.find((one) => one.id === id)!
      return segment[of] / segment.customers
    }
    const steps = (of: 'recencyDays' | 'revenue'): number[] => tiles().toSorted((a, b) => mean(idOf(a), of) - mean(idOf(b), of)).map((one) => Number(one.getAttribute('data-step')))
    const byDays = steps('recencyDays')
    expect(byDays).toEqual(byDays.toSorted((a, b) => b - a))
    expect([byDays[0], byDays.at(-1)]).toEqual([7, 0])
    await userEvent.click(screen.getByRole('radio', { name: 'Revenue per customer' }))
    const byMoney = steps('revenue')
    expect(byMoney).toEqual(byMoney.toSorted((a, b) => a - b))
    expect(byMoney.at(-1)).toBe(7)
  })

  test.each([300, 358, 480, 560, 760, 1000])('what is drawn in a tile fits it (%i px)', async (width) => {
    for (const spec of [STORY_SPEC, { ...STORY_SPEC, segments: LONG_NAMES }]) {
      const { tiles, unmount } = await renderTreemap({ request: { spec } }, {}, undefined, width)
      for (const one of tiles()) {
        const room = one.querySelector('.crm-cell-ground')!.getBoundingClientRect()
        for (const text of one.querySelectorAll('text')) {
          const box = text.getBoundingClientRect()
          expect(box.width === 0 || (box.left >= room.left && box.right <= room.right && box.bottom <= room.bottom), `${text.textContent}at ${width}`).toBe(true)
        }
      }
      unmount()
    }
  })

  test('a segment without customers or with a revenue below zero is named below, and drawn where it has an area', async () => {
    const { tiles } = await renderTreemap({}, {}, createClient(refundingAdapter(2.5)))
    const undrawn = document.querySelector('.crm-tiles-undrawn')!
    expect(undrawn.textContent).toMatch(/New customers \(nobody\).*Hibernating \(168 customers, revenue \u2212\u2060€112,629\.53\)/)
    expect(tiles().map(idOf)).not.toContain('hibernating')
    await userEvent.click(screen.getByRole('radio', { name: 'Customers' }))
    expect(tiles().map(idOf)).toContain('hibernating')
    expect(undrawn.textContent).not.toMatch(/Hibernating/)
  })

  test('where nothing has an area it says so and what to do', async () => {
    const line = (lineId: string, amount: number) => ({ lineId, customerId: 'a', orderId: lineId, at: STORY_SPEC.asOf - 1, amount })
    const client = createClient(storyAdapter({ customers: [{ customerId: 'a' }], transactions: [line('bought', 500), line('returned', -600)] }, 'refund'))
    render(page(client, <SegmentTreemap request={REQUEST} />))
    expect(await screen.findByText('No area to draw')).toBeTruthy()
    expect(screen.queryByRole('listbox')).toBeNull()
    expect(document.querySelector('.crm-root')!.textContent).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('one segment fills the picture', async () => {
    const { list, tiles } = await renderTreemap({ request: { spec: { ...STORY_SPEC, segments: ONE_SEGMENT } } })
    expect(areaOf(tiles()[0]!)).toBeCloseTo(roomOf(list), 0)
  })
})

describe('selection', () => {
  test('a press selects just what the segment table and selectRfmCells would; another press frees it', async () => {
    const onSelectionChange = vi.fn()
    const { client, tiles } = await renderTreemap({ onSelectionChange })
    const { data } = await client.run(rfmGridOperation, REQUEST)
    for (const one of tiles()) {
      fireEvent.click(one)
      const segment = data.segments.find(({ id }) => id === idOf(one))!
      expect(onSelectionChange.mock.lastCall).toMatchObject([selectRfmCells(data, { segment: segment.id }, segment.name), { reason: 'press' }])
      expect(one.getAttribute('aria-selected')).toBe('true')
    }
    fireEvent.click(tiles().at(-1)!)
    expect(onSelectionChange.mock.lastCall).toMatchObject([null, { reason: 'clear' }])
  })

  test('cells of the grid beside it mark the tiles wholly inside', async () => {
    function Both(): ReactElement {
      const [selection, setSelection] = useState<Selection | null>(null)
      return (
        <>
          <RfmGrid request={REQUEST} defaultY="fm" selection={selection} onSelectionChange={(next) => setSelection(next)} />
          <SegmentTreemap request={REQUEST} selection={selection} onSelectionChange={(next) => setSelection(next)} />
        </>
      )
    }
    render(page(createClient(storyAdapter()), <Both />))
    await screen.findByRole('listbox')
    const cell = (r: number, y: number): Element => document.querySelector(`.crm-heat [data-r="${r}"][data-y="${y}"]`)!
    fireEvent.click(cell(5, 5))
    expect(tile('champions').getAttribute('aria-selected')).toBe('false')
    fireEvent.click(cell(5, 4), { ctrlKey: true })
    expect(tile('champions').getAttribute('aria-selected')).toBe('true')
  })

  test('where scores have no borders nothing can be selected, and the words say why', async () => {
    const onSelectionChange = vi.fn()
    const { tiles } = await renderTreemap({ request: { spec: { ...STORY_SPEC, scoring: { method: 'ntile', bins: 5 } } }, operation: rfmGridFromTotalsOperation, onSelectionChange })
    fireEvent.click(tiles()[0]!)
    expect(onSelectionChange).not.toHaveBeenCalled()
    expect(tiles()[0]!.getAttribute('aria-disabled')).toBe('true')
    expect(screen.getByText(/Scores of this method have no borders/)).toBeTruthy()
  })

  test('the button clears, and the focus goes on to the tiles that are seen', async () => {
    for (const width of [960, 358]) {
      const { tiles, unmount } = await renderTreemap({}, {}, undefined, width)
      fireEvent.click(tiles()[2]!)
      await userEvent.click(screen.getByRole('button', { name: 'Clear selection' }))
      expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
      expect(document.activeElement?.getAttribute('role')).toBe('option')
      expect(document.activeElement!.getClientRects().length).toBeGreaterThan(0)
      unmount()
    }
  })
})

describe('keyboard', () => {
  const KEYS = { ArrowLeft: 'right', ArrowRight: 'left', ArrowUp: 'bottom', ArrowDown: 'top' } as const

  test.each([
    ['ltr', 960],
    ['rtl', 960],
    ['ltr', 358],
  ] as const)('one tab stop; an arrow leads to the tile on that side of the screen, and all are reached (%s, %i px)', async (direction, width) => {
    const { tiles, list } = await renderTreemap({}, { direction }, undefined, width)
    expect(within(list).getAllByRole('option').filter((one) => one.getAttribute('tabindex') === '0')).toHaveLength(1)
    const reached = new Set([tiles()[0]!])
    for (const from of reached) {
      for (const [key, side] of Object.entries(KEYS)) {
        from.focus()
        fireEvent.keyDown(from, { key })
        const to = document.activeElement as HTMLElement
        const [a, b] = [from, to].map((one) => one.querySelector('.crm-cell-ground')!.getBoundingClientRect()) as [DOMRect, DOMRect]
        const opposite = { right: 'left', left: 'right', bottom: 'top', top: 'bottom' } as const
        const isOnThatSide = side === 'right' || side === 'bottom' ? b[side] <= a[opposite[side]] + 1 : b[side] >= a[opposite[side]] - 1
        expect(to === from || isOnThatSide, `${idOf(from)} ${key} ${idOf(to)}`).toBe(true)
        reached.add(to)
      }
    }
    expect(reached.size).toBe(11)
  })

  test('Home and End lead to the largest and the smallest; Enter and Space select; Escape clears and stays inside', async () => {
    const onKeyDown = vi.fn()
    const { tiles, baseElement } = await renderTreemap()
    baseElement.addEventListener('keydown', onKeyDown)
    tiles()[0]!.focus()
    await userEvent.keyboard('{End}')
    expect(document.activeElement).toBe(tiles().at(-1))
    await userEvent.keyboard('{Enter}')
    expect(tiles().at(-1)!.getAttribute('aria-selected')).toBe('true')
    await userEvent.keyboard('{Home} ')
    expect(tiles()[0]!.getAttribute('aria-selected')).toBe('true')
    onKeyDown.mockClear()
    await userEvent.keyboard('{Escape}')
    expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
    expect(onKeyDown).not.toHaveBeenCalled()
    await userEvent.keyboard('{Tab}')
    expect(document.activeElement?.closest('[role=listbox]')).toBeNull()
    baseElement.removeEventListener('keydown', onKeyDown)
  })
})

describe('accessibility tree', () => {
  test('every tile has its figures in its name, which begins with what is drawn; every number drawn is heard', async () => {
    const { tiles, container, client } = await renderTreemap()
    const { data } = await client.run(rfmGridOperation, REQUEST)
    for (const one of tiles()) {
      const segment = data.segments.find(({ id }) => id === idOf(one))!
      const name = one.getAttribute('aria-label')!
      const drawn = [...one.querySelectorAll('text')].map((text) => text.textContent).join('').trim()
      expect(name.startsWith(drawn)).toBe(true)
      const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' })
      expect(name).toContain(`${segment.customers} customer`)
      expect(name).toContain(`revenue ${money.format(segment.revenue / 100)}`)
      expect(name).toContain(`${money.format(segment.revenue / segment.customers / 100)} per customer, ${Math.round(segment.recencyDays / segment.customers)} days`)
    }
    fireEvent.pointerEnter(tiles().at(-1)!, { pointerType: 'mouse' })
    expect(container.querySelector('.crm-tooltip')).not.toBeNull()
    const heard = new Set(numbersHeard(container))
    const drawn = numbersDrawn(container)
    expect(drawn.length).toBeGreaterThan(15)
    expect(drawn.filter((number) => !heard.has(number))).toEqual([])
  })

  test('the tooltip of a tile too small for words names it and never covers it', async () => {
    const { tiles, container } = await renderTreemap()
    for (const one of tiles()) {
      fireEvent.pointerEnter(one, { pointerType: 'mouse' })
      const tooltip = container.querySelector('.crm-tooltip')!
      expect(one.getAttribute('aria-label')!.startsWith(tooltip.querySelector('.crm-tooltip-title')!.textContent)).toBe(true)
      const [box, ground] = [tooltip.getBoundingClientRect(), one.querySelector('.crm-cell-ground')!.getBoundingClientRect()]
      expect(box.bottom <= ground.top || box.top >= ground.bottom).toBe(true)
    }
  })
})

describe('states', () => {
  test('loading, empty, refused, partial and stale say so', async () => {
    for (const [adapter, words] of [
      [waitingAdapter(), /Scoring customers/],
      [emptyAdapter(), /There is no purchase up to Jun 30, 2026/],
      [failingAdapter('FORBIDDEN'), /You have no access to these figures/],
      [partialAdapter(['shard 3 of 4']), /shard 3 of 4 could not be reached/],
    ] as const) {
      const { unmount } = render(page(createClient(adapter), <SegmentTreemap request={REQUEST} />))
      expect(await screen.findByText(words)).toBeTruthy()
      unmount()
    }
    const client = createClient(waitingAdapter(1))
    const { list } = await renderTreemap({}, {}, client)
    client.invalidate()
    expect(await screen.findByText(/Showing earlier figures/)).toBeTruthy()
    expect(list.isConnected).toBe(true)
  })
})

describe('parts', () => {
  function Own(): ReactElement {
    const model = useSegmentTreemap({ request: REQUEST })
    return (
      <SegmentTreemapRoot model={model} className={({ status }) => `own-${status}`}>
        <SegmentTreemapPlot renderTile={(one, layout) => <SegmentTreemapTile tile={one} layout={layout} className={({ isSelected }) => (isSelected ? 'own on' : 'own')} />} />
      </SegmentTreemapRoot>
    )
  }

  test('parts take markup of your own; the class follows the state', async () => {
    render(page(createClient(storyAdapter()), <Own />))
    await screen.findByRole('listbox')
    fireEvent.click(tile('loyal'))
    expect(tile('loyal').getAttribute('class')).toBe('crm-cell own on')
    expect(document.querySelector('.crm-root')!.className).toBe('crm-root crm-rfm crm-treemap own-ready')
  })
})
