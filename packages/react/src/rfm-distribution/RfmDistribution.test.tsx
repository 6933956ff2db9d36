import type { DataAdapter, SummaryRequest } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { rfmGridOperation, rRfmSegmentMap } from '@crm/core/rfm'
import type { RfmCuts, RfmGridResult, RfmSpec, RfmSpecOptions } from '@crm/core/rfm'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CrmProvider } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import '../styles.css'
import { STORY_SPEC, emptyAdapter, failingAdapter, storyAdapter, storyRows } from '../testing/storyData.ts'
import { RfmDistribution } from './RfmDistribution.tsx'
import type { RfmDistributionProps } from './RfmDistribution.tsx'

afterEach(cleanup)

function page(client: CrmClient, props: Partial<RfmDistributionProps>, provider: Partial<CrmProviderProps> = {}): ReactElement {
  return (
    <StrictMode>
      <CrmProvider client={client} theme="light" {...provider}>
        <RfmDistribution request={{ spec: STORY_SPEC }} {...props} />
      </CrmProvider>
    </StrictMode>
  )
}

async function open(props: Partial<RfmDistributionProps> = {}, adapter: DataAdapter = storyAdapter(), provider: Partial<CrmProviderProps> = {}) {
  const asked: SummaryRequest['kind'][] = []
  const client = createClient({
    manifest: adapter.manifest,
    schema: (context) => adapter.schema(context),
    scan: (request, context) => adapter.scan(request, context),
    summarise: (request, context) => {
      asked.push(request.kind)
      return adapter.summarise!(request, context)
    },
    close: () => adapter.close(),
  })
  const onSave = vi.fn<(spec: RfmSpec) => void>()
  const view = render(page(client, { onSave, ...props }, provider))
  await screen.findAllByRole('slider')
  const saved = async (): Promise<RfmSpec> => {
    fireEvent.click(screen.getByRole('button', { name: 'Save as spec' }))
    return onSave.mock.lastCall![0]
  }
  const gridOf = async (spec: RfmSpecOptions): Promise<RfmGridResult> => (await client.run(rfmGridOperation, { spec })).data
  return { ...view, client, asked, saved, gridOf }
}

const cuts = (): HTMLElement[] => screen.getAllByRole('slider')
const now = (cut: Element): number => Number(cut.getAttribute('aria-valuenow'))
const segmentRows = (): { name: string; customers: number }[] =>
  [...document.querySelectorAll('.crm-dist-table[data-change] tbody tr')].map((row) => ({
    name: row.querySelector('th')!.textContent,
    customers: Number(row.querySelector('td .crm-dist-after')!.textContent.replaceAll(',', '')),
  }))

/** The page says what the data source would answer to the rule it saves. */
async function expectEqualToGrid({ saved, gridOf }: Awaited<ReturnType<typeof open>>): Promise<RfmGridResult> {
  const grid = await gridOf(await saved())
  expect(segmentRows()).toEqual(grid.segments.map(({ name, customers }) => ({ name, customers })))
  return grid
}

/** A pointer of a test cannot be captured. */
function press(cut: HTMLElement): { move: (share: number) => void; up: () => void; cancel: () => void } {
  cut.setPointerCapture = () => {}
  const plot = cut.closest('[data-plot]')!.getBoundingClientRect()
  const grip = cut.querySelector('.crm-dist-grip')!.getBoundingClientRect()
  const start = grip.left + grip.width / 2
  let clientX = start
  const at = { pointerId: 7, button: 0, clientY: grip.top + 8 }
  fireEvent.pointerDown(cut, { ...at, clientX })
  return {
    move(share) {
      clientX = start + share * plot.width
      fireEvent.pointerMove(cut, { ...at, clientX })
    },
    up: () => fireEvent.pointerUp(cut, { ...at, clientX }),
    cancel: () => fireEvent.pointerCancel(cut, { ...at, clientX }),
  }
}

describe('keyboard', () => {
  test('arrows move a cut point; the segments equal the grid operation under the saved spec, without a question in between', async () => {
    const view = await open()
    const before = view.asked.length
    const [first, second] = cuts()
    first!.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{PageUp}')
    second!.focus()
    await userEvent.keyboard('{PageUp}{ArrowLeft}')
    expect(view.asked).toHaveLength(before)
    const grid = await expectEqualToGrid(view)
    expect(grid.axes.r.cuts.slice(0, 2)).toEqual([now(cuts()[0]!), now(cuts()[1]!)])
    // Every score says how many customers it has.
    const scores = [...document.querySelectorAll('[data-axis=r] .crm-dist-count')].map((one) => Number(one.textContent))
    expect(scores).toEqual([5, 4, 3, 2, 1].map((score) => grid.cells.r.reduce((sum, r, i) => (r === score ? sum + grid.cells.customers[i]! : sum), 0)))
  })

  test('End and Home stop before the neighbours, and no further key goes past them', async () => {
    await open()
    const [first, second, third] = cuts()
    second!.focus()
    await userEvent.keyboard('{End}')
    expect(now(second!)).toBeLessThan(now(third!))
    const end = now(second!)
    await userEvent.keyboard('{ArrowRight}{PageUp}')
    expect(now(second!)).toBe(end)
    expect(Number(second!.getAttribute('aria-valuemax'))).toBe(end)
    await userEvent.keyboard('{Home}{PageDown}{ArrowLeft}')
    expect(now(second!)).toBeGreaterThan(now(first!))
    expect(Number(second!.getAttribute('aria-valuemin'))).toBe(now(second!))
  })

  test('a slider says where it stands and which scores meet there', async () => {
    await open()
    const [first] = cuts()
    expect(first!.getAttribute('aria-label')).toBe('Recency: cut point between R 5 and R 4')
    expect(first!.getAttribute('aria-valuetext')).toBe(`${now(first!)} days: scores 5 and 4 meet`)
    expect(cuts()[8]!.getAttribute('aria-valuetext')).toMatch(/^€[\d,.]+: scores 1 and 2 meet$/)
  })

  test('one undo takes back the moves of one cut point; reset goes back to the cut points of the spec', async () => {
    const onCutsChange = vi.fn()
    await open({ onCutsChange })
    const [first, second] = cuts()
    const start = [now(first!), now(second!)]
    first!.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    second!.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    await userEvent.keyboard('{Control>}z{/Control}')
    expect(now(second!)).toBe(start[1])
    expect(now(first!)).toBeGreaterThan(start[0]!)
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(cuts().slice(0, 2).map(now)).toEqual(start)
    expect(screen.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true')
    first!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await userEvent.click(screen.getByRole('button', { name: 'Reset' }))
    expect(cuts().slice(0, 2).map(now)).toEqual(start)
    expect(onCutsChange.mock.lastCall).toMatchObject([null, { reason: 'reset' }])
  })

  test('under rtl the left arrow raises the value and moves the grip to the left', async () => {
    await open({}, storyAdapter(), { direction: 'rtl' })
    const [first] = cuts()
    const [value, left] = [now(first!), first!.getBoundingClientRect().left]
    first!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    expect(now(first!)).toBeGreaterThan(value)
    expect(first!.getBoundingClientRect().left).toBeLessThan(left)
  })
})

describe('pointer', () => {
  test('a real drag takes the cut point along, snapped to a border; the figures are those of the grid operation', async () => {
    const onCutsChange = vi.fn()
    const view = await open({ onCutsChange })
    const before = view.asked.length
    const second = cuts()[1]!
    const start = now(second)
    const grip = second.querySelector('.crm-dist-grip')!
    const plot = second.closest('[data-plot]')!
    const box = plot.getBoundingClientRect()
    const x = grip.getBoundingClientRect().left + 8 - box.left + box.width * 0.08
    await userEvent.dragAndDrop(grip, plot, { targetPosition: { x, y: box.height - 30 }, force: true })
    await waitFor(() => expect(now(second)).toBeGreaterThan(start))
    expect(onCutsChange.mock.calls.map(([, { reason }]) => reason as string)).toEqual(expect.arrayContaining(['drag', 'drop']))
    // Under the pointer, to half a bar.
    expect(Math.abs(grip.getBoundingClientRect().left + 8 - box.left - x)).toBeLessThan(box.width / 40)
    expect(view.asked).toHaveLength(before)
    await expectEqualToGrid(view)
  })

  test('no drag brings a cut point past its neighbours or off the axis', async () => {
    await open()
    const [first, second, third] = cuts()
    const right = press(second!)
    right.move(2)
    expect(now(second!)).toBeLessThan(now(third!))
    right.move(-2)
    expect(now(second!)).toBeGreaterThan(now(first!))
    right.up()
    const left = press(first!)
    left.move(-2)
    left.up()
    expect(now(first!)).toBe(Number(first!.getAttribute('aria-valuemin')))
  })

  test('Escape while dragging puts the cut point back and leaves nothing to undo; so does a cancelled pointer', async () => {
    const onCutsChange = vi.fn()
    await open({ onCutsChange })
    const second = cuts()[1]!
    const start = now(second)
    for (const end of ['Escape', 'cancel']) {
      const pointer = press(second)
      pointer.move(0.1)
      expect(now(second)).not.toBe(start)
      if (end === 'Escape') await userEvent.keyboard('{Escape}')
      else pointer.cancel()
      expect(now(second)).toBe(start)
      expect(onCutsChange.mock.lastCall).toMatchObject([null, { reason: 'cancel' }])
      pointer.up()
      expect(screen.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true')
    }
  })

  test('a drag is one step to undo, and one that ends where it began is none', async () => {
    await open()
    const second = cuts()[1]!
    const start = now(second)
    const there = press(second)
    for (const share of [0.02, 0.05, 0.08, 0.1]) there.move(share)
    there.up()
    expect(now(second)).not.toBe(start)
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(now(second)).toBe(start)
    const back = press(second)
    back.move(0.1)
    back.move(0)
    back.up()
    expect(now(second)).toBe(start)
    expect(screen.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true')
  })

  test('grips are targets of 24 pixels, also where cut points stand on one place', async () => {
    await open({ request: { spec: { ...STORY_SPEC, scoring: { method: 'thresholds', recencyDays: [30, 90], frequency: [1, 1.1, 1.2, 1.3], monetary: [10_000, 30_000] } } } })
    const tied = cuts().filter((cut) => cut.getAttribute('aria-label')!.startsWith('Frequency'))
    expect(tied.map(now)).toEqual([1, 1, 1, 1])
    const boxes = tied.map((cut) => cut.querySelectorAll('.crm-dist-target')[1]!.getBoundingClientRect())
    for (const box of boxes) expect([Math.round(box.width), Math.round(box.height)]).toEqual([24, 24])
    const tops = boxes.map(({ top }) => Math.round(top)).toSorted((a, b) => a - b)
    expect(Math.min(...tops.slice(1).map((top, i) => top - tops[i]!))).toBeGreaterThanOrEqual(24)
  })
})

describe('exact values', () => {
  const field = (): HTMLElement => screen.getByRole('spinbutton', { name: /^Recency: exact cut point between R 5 and R 4/ })

  test('a typed value asks for one more cube and holds exactly', async () => {
    const view = await open()
    const before = view.asked.length
    await userEvent.fill(field(), '23')
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(view.asked).toHaveLength(before + 1))
    await waitFor(() => expect(document.querySelector('.crm-root')!.getAttribute('data-status')).toBe('ready'))
    expect(now(cuts()[0]!)).toBe(23)
    const grid = await expectEqualToGrid(view)
    expect(grid.axes.r.cuts[0]).toBe(23)
    // Going away from it and back asks nothing.
    cuts()[0]!.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowLeft}')
    expect(now(cuts()[0]!)).toBe(23)
    expect(view.asked.filter((kind) => kind === 'bins')).toHaveLength(before + 2) // the grid operation of this test
  })

  test('a value that would pass a neighbour is refused in words; Escape puts the field back', async () => {
    const view = await open()
    const start = now(cuts()[0]!)
    await userEvent.fill(field(), '9999')
    await userEvent.keyboard('{Enter}')
    expect(screen.getByRole('alert').textContent).toBe(`Only values below ${now(cuts()[1]!)} keep the cut points in order.`)
    expect(field().getAttribute('aria-invalid')).toBe('true')
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('alert')).toBeNull()
    expect((field() as HTMLInputElement).value).toBe(String(start))
    await expectEqualToGrid(view)
  })

  test('money is typed in currency units and kept to the cent', async () => {
    const view = await open()
    await userEvent.fill(screen.getByRole('spinbutton', { name: /^Monetary value: exact cut point between M 1 and M 2/ }), '98.765')
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(document.querySelector('.crm-root')!.getAttribute('data-status')).toBe('ready'))
    expect((await expectEqualToGrid(view)).axes.m.cuts[0]).toBe(9877)
  })
})

describe('accessibility tree', () => {
  test('every bar names its range, customers and revenue; together they are all customers', async () => {
    const { gridOf } = await open()
    const grid = await gridOf(STORY_SPEC)
    for (const list of document.querySelectorAll('[role=list][aria-label*=" by "]')) {
      const names = within(list as HTMLElement).getAllByRole('listitem').map((bar) => bar.getAttribute('aria-label')!)
      const customers = names.map((name) => Number(/: ([\d,]+) customers? \(/.exec(name)![1]!.replaceAll(',', '')))
      expect(customers.reduce((sum, count) => sum + count, 0)).toBe(grid.totals.customers)
      for (const name of names) expect(name).toMatch(/revenue [−€\d,.]+, [RFM] \d/)
    }
  })

  test('the bars of a histogram are one tab stop; arrows go from bar to bar', async () => {
    await open()
    const list = document.querySelector<HTMLElement>('[role=list]')!
    const bars = within(list).getAllByRole('listitem')
    expect(bars.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
    bars[0]!.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    expect(document.activeElement).toBe(bars[2])
    expect(document.querySelector('.crm-dist-reading')!.textContent).toBe(bars[2]!.getAttribute('aria-label'))
    await userEvent.keyboard('{End}')
    expect(document.activeElement).toBe(bars.at(-1))
    expect(bars.filter(({ tabIndex }) => tabIndex === 0)).toEqual([bars.at(-1)])
  })

  test('a change says sign, arrow and word', async () => {
    await open()
    cuts()[0]!.focus()
    await userEvent.keyboard('{PageUp}')
    const changes = [...document.querySelectorAll('.crm-dist-change')].map((one) => one.textContent.trim())
    expect(changes.length).toBeGreaterThan(2)
    for (const change of changes) expect(change).toMatch(/^(▲ \+[\d.,kKM]+ more|▼ \u2212[\d.,kKM]+ (fewer|less))$/)
    const moved = /^(\d+) of (\d+) customers/.exec(document.querySelector('.crm-subtitle')!.textContent)!
    expect(document.querySelector('.crm-dist-table tfoot td')!.textContent).toBe(moved[1])
  })

  test('there is no style attribute in the page', async () => {
    const { container } = await open()
    expect(container.querySelectorAll('[style]')).toHaveLength(0)
  })
})

describe('rules', () => {
  test('frequency of repeats is shown in orders and saved as repeats', async () => {
    const view = await open({ request: { spec: { ...STORY_SPEC, frequency: 'repeat' } } })
    const frequency = cuts().find((cut) => cut.getAttribute('aria-label')!.startsWith('Frequency'))!
    frequency.focus()
    await userEvent.keyboard('{ArrowLeft}')
    const spec = await view.saved()
    expect(spec.scoring).toMatchObject({ method: 'thresholds' })
    expect((spec.scoring as { frequency: readonly number[] }).frequency[0]).toBe(now(frequency) - 1)
    await expectEqualToGrid(view)
  })

  test('money as a mean of an order is cut by the mean', async () => {
    const view = await open({ request: { spec: { ...STORY_SPEC, monetary: 'mean' } } })
    cuts()[8]!.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    const grid = await expectEqualToGrid(view)
    expect(grid.axes.m.field).toBe('meanOrderValue')
    expect(grid.axes.m.cuts[0]! / 100).toBe(now(cuts()[8]!))
  })

  test('equal cut points change nobody, and each way out of the tie is a rule of its own', async () => {
    const rows = storyRows(300)
    const transactions = rows.transactions.filter(({ customerId, orderId }) => Number(String(customerId).slice(-1)) % 3 === 0 || String(orderId).endsWith('-0'))
    const view = await open({}, storyAdapter({ customers: rows.customers, transactions }, 'ties'))
    const frequency = cuts().filter((cut) => cut.getAttribute('aria-label')!.startsWith('Frequency'))
    expect(now(frequency[0]!)).toBe(now(frequency[1]!))
    const [before, frozen] = [await view.gridOf(STORY_SPEC), await expectEqualToGrid(view)]
    expect(frozen.segments.map(({ customers }) => customers)).toEqual(before.segments.map(({ customers }) => customers))
    const last = frequency.filter((cut) => now(cut) === 1).at(-1)!
    last.focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(now(last)).toBe(2)
    await expectEqualToGrid(view)
  })

  test('another map stands beside that of the spec, with who would go where, largest first', async () => {
    const view = await open()
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Segments by' }), 'r-rfm')
    const [before, after, flows] = screen.getAllByRole('table')
    const counts = (table: HTMLElement): number[] => [...table.querySelectorAll('tbody tr')].map((row) => Number(row.querySelector('td')!.textContent.replaceAll(',', '')))
    expect(counts(before!)).toEqual((await view.gridOf(STORY_SPEC)).segments.map(({ customers }) => customers))
    expect(counts(after!)).toEqual((await view.gridOf({ ...STORY_SPEC, segments: rRfmSegmentMap })).segments.map(({ customers }) => customers))
    fireEvent.click(screen.getByRole('button', { name: /^Show all/ }))
    const customers = [...flows!.querySelectorAll('tbody tr')].map((row) => Number(row.querySelectorAll('td')[1]!.textContent))
    expect(customers).toEqual(customers.toSorted((a, b) => b - a))
    expect((await view.saved()).segments.id).toBe('r-rfm')
    expect(document.querySelector('.crm-subtitle')!.textContent).toMatch(new RegExp(`^${customers.reduce((sum, count) => sum + count, 0)} of `))
  })

  test('controlled cut points stay until the host says so', async () => {
    const onCutsChange = vi.fn()
    const given: RfmCuts = { r: [30, 90, 180, 365], f: [1, 3, 6, 12], m: [10_000, 30_000, 60_000, 120_000] }
    const view = await open({ cuts: given, onCutsChange })
    await waitFor(() => expect(cuts().map(now)).toEqual([30, 90, 180, 365, 1, 3, 6, 12, 100, 300, 600, 1200]))
    await expectEqualToGrid(view)
    cuts()[0]!.focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(onCutsChange).toHaveBeenCalledOnce()
    expect((onCutsChange.mock.lastCall![0] as RfmCuts).r[0]).toBeGreaterThan(30)
    expect(now(cuts()[0]!)).toBe(30)
  })

  test('another spec drops cut points that were moved under the one before', async () => {
    const view = await open()
    cuts()[0]!.focus()
    await userEvent.keyboard('{PageUp}')
    view.rerender(page(view.client, { request: { spec: { ...STORY_SPEC, scoring: { method: 'quantile', bins: 4 } } } }))
    await waitFor(() => expect(cuts()).toHaveLength(9))
    expect(document.querySelector('.crm-subtitle')!.textContent).toBe('Move a cut point to see who would change segment.')
  })
})

describe('states', () => {
  test('nobody, no access, and a scoring without cut points are said in words', async () => {
    const empty = render(page(createClient(emptyAdapter()), {}))
    await screen.findByText('No customer has bought anything yet')
    empty.unmount()
    const refused = render(page(createClient(failingAdapter('FORBIDDEN')), {}))
    await screen.findByText('You have no access to these figures')
    refused.unmount()
    render(page(createClient(storyAdapter()), { request: { spec: { ...STORY_SPEC, scoring: { method: 'r-rfm', bins: 5 } } } }))
    expect((await screen.findByRole('alert')).textContent).toContain('SCORING_UNSUPPORTED')
  })

  test('cut points of the host that do not ascend are an error, not a crash', async () => {
    render(page(createClient(storyAdapter()), { cuts: { r: [90, 30], f: [1], m: [100, Number.NaN] } }))
    expect((await screen.findByRole('alert')).textContent).toContain('CUTS_NOT_ASCENDING')
  })
})
