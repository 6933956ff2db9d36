import type { Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { CustomerTable } from '../customer-table/index.ts'
import '../styles.css'
import { manyCustomers } from '../testing/manyCustomers.ts'
import { STORY_SPEC, waitingAdapter } from '../testing/storyData.ts'
import { emptyState, errorState, forbiddenState, noMatchState, partialState, staleState } from '../testing/stateStories.ts'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { RfmScatter } from './RfmScatter.tsx'
import type { RfmScatterProps } from './RfmScatter.tsx'

const FIELDS = ['recencyDays', 'orders', 'revenue', 'meanOrderValue']

const meta: Meta<typeof RfmScatter> = {
  title: 'Widgets/RfmScatter',
  component: RfmScatter,
  args: { request: { spec: STORY_SPEC }, onSelectionChange: fn() },
  argTypes: {
    x: { control: 'inline-radio', options: FIELDS },
    y: { control: 'inline-radio', options: FIELDS },
    measure: { control: 'inline-radio', options: ['customers', 'revenue'] },
  },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof RfmScatter>

/** Few customers are drawn one by one. Choose one, drag a rectangle, or hold Shift with the arrow keys. */
export const Playground: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const list = await canvas.findByRole('listbox')
    const first = within(list).getAllByRole('option')[0]!
    first.focus()
    await userEvent.keyboard('{ArrowRight}{Enter}')
    await expect(args.onSelectionChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ where: { op: 'eq', field: 'customerId', value: expect.stringMatching(/^C-/) } }),
      expect.objectContaining({ reason: 'key' }),
    )
    await expect(document.activeElement).toHaveAttribute('aria-selected', 'true')
    await userEvent.keyboard('{Escape}')
    await expect(document.activeElement).toHaveAttribute('aria-selected', 'false')
  },
}

/** The same customers counted in squares: `pointLimit` decides from how many on. */
export const Squares: Story = {
  args: { pointLimit: 0 },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const grid = await canvas.findByRole('grid')
    const cell = grid.querySelector<SVGElement>('[tabindex="0"]')!
    cell.focus()
    await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowDown}{/Shift}')
    await expect(args.onSelectionChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ ranges: expect.arrayContaining([expect.objectContaining({ field: 'recencyDays' }), expect.objectContaining({ field: 'revenue' })]) }),
      expect.objectContaining({ reason: 'key' }),
    )
    await expect(canvasElement.querySelectorAll('[aria-selected=true]').length).toBeGreaterThan(0)
    await userEvent.click(canvas.getByRole('button', { name: 'Zoom in' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Show all' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Clear selection' }))
    await expect(canvasElement.querySelectorAll('[aria-selected=true]')).toHaveLength(0)
  },
}

/** Number of orders against money per order; the ground of a square is the revenue in it. */
export const RevenueBySquare: Story = { args: { pointLimit: 0, defaultX: 'orders', defaultY: 'meanOrderValue', defaultMeasure: 'revenue' } }

/** Cut points chosen by the host. */
export const FixedThresholds: Story = {
  args: {
    request: { spec: { ...STORY_SPEC, scoring: { method: 'thresholds', recencyDays: [30, 90, 180, 365], frequency: [1, 3, 6, 12], monetary: [10_000, 30_000, 60_000, 120_000] } } },
    defaultX: 'orders',
  },
}

function Linked(props: RfmScatterProps): ReactElement {
  const [selection, setSelection] = useState<Selection | null>(null)
  return (
    <>
      <RfmScatter {...props} selection={selection} onSelectionChange={(next) => setSelection(next)} />
      <CustomerTable spec={props.request.spec} selection={selection} onSelectionChange={(next) => setSelection(next)} />
    </>
  )
}

/** One selection, held by the host, narrows the table to the square chosen. */
export const LinkedToCustomerTable: Story = {
  args: { pointLimit: 0 },
  render: (args) => <Linked {...args} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const grid = await canvas.findByRole('grid', { name: /recency and revenue/ })
    const cell = grid.querySelector<SVGElement>('[tabindex="0"]')!
    cell.focus()
    await userEvent.keyboard('{Enter}')
    const customers = Number(/: (\d+) customer/.exec(cell.getAttribute('aria-label')!)![1])
    await waitFor(() => expect(canvas.getByRole('grid', { name: 'Customers' })).toHaveAttribute('aria-rowcount', String(customers + 1)))
  },
}

/** 100,000 customers with 200,000 orders, counted in memory. */
export const HundredThousandCustomers: Story = {
  name: '100,000 customers',
  parameters: { client: () => createClient(manyCustomers(100_000), { allowMainThread: true }) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findByRole('grid', {}, { timeout: 15_000 })
    await expect(canvas.getByText(/^From 100,000 customers/)).toBeVisible()
  },
}

/** A million customers with two million orders. Out of the test run: making the data alone takes seconds. */
export const MillionCustomers: Story = {
  name: '1,000,000 customers',
  tags: ['!test', '!autodocs'],
  parameters: { client: () => createClient(manyCustomers(1_000_000), { allowMainThread: true }) },
}

/** The skeleton keeps the place; after 300 ms it says what is being done. */
export const Loading: Story = {
  parameters: { client: () => createClient(waitingAdapter()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/Counting customers/)
  },
}

/** Nobody has bought anything yet. */
export const Empty: Story = emptyState

/** The selection that the picture was asked with leaves nobody. */
export const NoMatch: Story = noMatchState

/** A part of the data could not be reached: the figures are shown, and said to be too low. */
export const Partial: Story = partialState

/** The data changed and the new figures take long: the earlier ones stay, grey. */
// Two measures are spread, then the customers counted; what comes later is not answered.
export const Stale: Story = { ...staleState('grid', 3), args: { pointLimit: 0 } }

/** The data source fails; "Try again" brings the figures. */
export const ErrorWithRetry: Story = { ...errorState('listbox', 2), name: 'Error' }

/** This user may not see the figures. */
export const Forbidden: Story = forbiddenState

export const Dark: Story = { args: { pointLimit: 0 }, globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } } }

export const DarkPoints: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } } }

/** Mirrored: better is on the left, and the left arrow key goes there. */
export const RightToLeft: Story = {
  name: 'RTL',
  args: { pointLimit: 0 },
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const grid = await within(canvasElement).findByRole('grid')
    const cell = grid.querySelector<SVGElement>('[data-place="3,3"]')!
    cell.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(document.activeElement).toHaveAttribute('data-place', '3,4')
    await expect(document.activeElement!.getBoundingClientRect().left).toBeLessThan(cell.getBoundingClientRect().left)
  },
}

export const Chinese: Story = { args: { pointLimit: 0 }, globals: { language: 'zh-Hans' } }

/** 358 pixels, as on a telephone. */
export const Narrow: Story = {
  args: { pointLimit: 0 },
  render: (args) => (
    <div data-testid="phone">
      <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
      <RfmScatter {...args} />
    </div>
  ),
}

export const NarrowPoints: Story = { ...Narrow, args: {} }
