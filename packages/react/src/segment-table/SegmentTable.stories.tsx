import type { Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { RfmGrid } from '../rfm-grid/RfmGrid.tsx'
import '../styles.css'
import { manyCustomers } from '../testing/manyCustomers.ts'
import { LONG_NAMES, ONE_SEGMENT, refundingAdapter } from '../testing/segmentStories.ts'
import { STORY_SPEC, failingAdapter, waitingAdapter } from '../testing/storyData.ts'
import { emptyState, errorState, forbiddenState, noMatchState, partialState, staleState } from '../testing/stateStories.ts'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { SegmentTable } from './SegmentTable.tsx'
import type { SegmentTableProps } from './SegmentTable.tsx'

const meta: Meta<typeof SegmentTable> = {
  title: 'Widgets/SegmentTable',
  component: SegmentTable,
  args: { request: { spec: STORY_SPEC }, onSelectionChange: fn() },
  argTypes: {
    group: { control: 'inline-radio', options: ['segments', 'tiers'] },
    view: { control: 'inline-radio', options: ['table', 'picture', 'both'] },
  },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof SegmentTable>

/** Choose a segment by mouse, touch or keyboard, sort by a heading, switch between figures and bars. */
export const Playground: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const grid = await canvas.findByRole('grid')
    const champions = canvasElement.querySelector<HTMLElement>('[data-segment="champions"]')!
    await userEvent.click(champions)
    await expect(args.onSelectionChange).toHaveBeenCalledOnce()
    await expect(champions).toHaveAttribute('aria-selected', 'true')
    champions.querySelector<HTMLElement>('[role="rowheader"]')!.focus()
    await userEvent.keyboard('{Escape}')
    await expect(champions).toHaveAttribute('aria-selected', 'false')
    await userEvent.click(within(grid).getAllByRole('columnheader')[1]!.querySelector('button')!)
    await expect(within(grid).getAllByRole('columnheader')[1]).toHaveAttribute('aria-sort', 'descending')
  },
}

/** Bars alone: share of customers over share of revenue, on one scale. */
export const Picture: Story = { args: { defaultView: 'picture' } }

/** Figures alone, with the revenue per customer against the average of the shop. */
export const Figures: Story = {
  args: {
    defaultView: 'table',
    columns: ['customers', 'shareOfCustomers', 'revenue', 'shareOfRevenue', 'timesAverage', 'meanRevenue', 'ordersPerCustomer', 'meanRecencyDays'],
    defaultSort: { column: 'timesAverage', direction: 'descending' },
  },
}

/** Value tiers in place of segments: from the highest sum of scores to the lowest. */
export const Tiers: Story = { args: { defaultGroup: 'tiers' } }

function Controlled(props: SegmentTableProps): ReactElement {
  const [selection, setSelection] = useState<Selection | null>(null)
  return (
    <>
      <SegmentTable {...props} selection={selection} onSelectionChange={(next) => setSelection(next)} />
      <RfmGrid request={props.request} selection={selection} onSelectionChange={(next) => setSelection(next)} />
      <pre data-testid="selection">{JSON.stringify(selection, null, 2)}</pre>
    </>
  )
}

/** The selection lives in the host: a segment chosen here is marked in the grid, and both ask once. */
export const ControlledSelection: Story = {
  render: (args) => <Controlled {...args} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findAllByRole('grid')
    const lost = canvasElement.querySelector<HTMLElement>('[role="row"][data-segment="lost"]')!
    await userEvent.click(lost)
    await expect(JSON.parse(canvas.getByTestId('selection').textContent)).toMatchObject({ ranges: expect.any(Array) })
    await userEvent.click(lost)
    await expect(canvas.getByTestId('selection')).toHaveTextContent('null')
  },
}

/** Names of the host's own: long, without a space, in another script. One segment is reached by nobody. */
export const LongNames: Story = { args: { request: { spec: { ...STORY_SPEC, segments: LONG_NAMES } } } }

/** A map with one segment. */
export const OneSegment: Story = { args: { request: { spec: { ...STORY_SPEC, segments: ONE_SEGMENT } } } }

/** Refunds outrun the sales of some segments: their bars run the other way. */
export const NegativeRevenue: Story = { parameters: { client: () => createClient(refundingAdapter(2.5)) } }

/** Refunds outrun all sales: revenue has no shares, and the table says so. */
export const NegativeTotal: Story = { parameters: { client: () => createClient(refundingAdapter(30)) } }

/** 100,000 customers with 200,000 orders, summed and scored in memory. */
export const HundredThousandCustomers: Story = {
  name: '100,000 customers',
  parameters: { client: () => createClient(manyCustomers(100_000), { allowMainThread: true }) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByRole('grid', {}, { timeout: 15_000 })
    await expect(canvasElement.querySelector('.crm-from')).toHaveTextContent('100,000')
  },
}

/** The skeleton has the shape of what comes; after 300 ms it says what is being done. */
export const Loading: Story = {
  parameters: { client: () => createClient(waitingAdapter()) },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('.crm-heat-doing > span')).not.toBeNull())
  },
}

/** Nobody has bought anything yet. */
export const Empty: Story = emptyState

/** The selection that the table was asked with leaves nobody. */
export const NoMatch: Story = noMatchState

/** A part of the data could not be reached: the figures are shown, and said to be too low. */
export const Partial: Story = partialState

/** The data changed and the new figures take long: the earlier ones stay, grey. */
export const Stale: Story = staleState('grid')

/** The data source fails; the button brings the figures. */
export const ErrorWithRetry: Story = { ...errorState('grid'), name: 'Error' }

/** The data source failed for good. */
export const ErrorAtRest: Story = { parameters: { client: () => createClient(failingAdapter('INTERNAL')) } }

/** This user may not see the figures. */
export const Forbidden: Story = forbiddenState

export const Dark: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } } }

/** Mirrored: bars run to the left, and the left arrow key goes on to the next column. */
export const RightToLeft: Story = {
  name: 'RTL',
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const grid = await within(canvasElement).findByRole('grid')
    within(grid).getAllByRole('rowheader')[0]!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(document.activeElement).toHaveAttribute('data-place', '1,1')
  },
}

export const Compact: Story = { globals: { density: 'compact' } }

/** 358 pixels, as on a telephone: the table scrolls inside itself under its first column. */
export const Narrow: Story = {
  render: (args) => (
    <div data-testid="phone">
      <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
      <SegmentTable {...args} />
    </div>
  ),
}

/** The picture fits a telephone whole. */
export const NarrowPicture: Story = { ...Narrow, args: { defaultView: 'picture' } }

/** Simplified Chinese, with the names of the segments and the figures as its readers write them. */
export const Chinese: Story = {
  globals: { language: 'zh-Hans' },
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByRole('heading')).toHaveTextContent('各分群的客户与收入')
    await expect(canvasElement.querySelector('[data-segment="champions"] [role="rowheader"]')).toHaveTextContent('冠军客户')
  },
}
