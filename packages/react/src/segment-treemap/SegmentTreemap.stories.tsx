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
import { SegmentTreemap } from './SegmentTreemap.tsx'
import type { SegmentTreemapProps } from './SegmentTreemap.tsx'

const meta: Meta<typeof SegmentTreemap> = {
  title: 'Widgets/SegmentTreemap',
  component: SegmentTreemap,
  args: { request: { spec: STORY_SPEC }, onSelectionChange: fn() },
  argTypes: {
    group: { control: 'inline-radio', options: ['segments', 'tiers'] },
    measure: { control: 'inline-radio', options: ['revenue', 'customers'] },
    shade: { control: 'inline-radio', options: ['meanRecencyDays', 'meanRevenue'] },
  },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof SegmentTreemap>

/** Choose a tile by mouse, touch or keyboard; arrow keys follow the picture; area and colour have two readings each. */
export const Playground: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const list = await canvas.findByRole('listbox')
    const champions = within(list).getAllByRole('option').find((tile) => tile.dataset['segment'] === 'champions')!
    await userEvent.click(champions)
    await expect(args.onSelectionChange).toHaveBeenCalledOnce()
    await expect(champions).toHaveAttribute('aria-selected', 'true')
    await userEvent.keyboard('{Escape}')
    await expect(champions).toHaveAttribute('aria-selected', 'false')
  },
}

/** Area by customers: the many who bring little take the room they have. */
export const Customers: Story = { args: { defaultMeasure: 'customers', defaultShade: 'meanRevenue' } }

/** Value tiers in place of segments. */
export const Tiers: Story = { args: { defaultGroup: 'tiers' } }

function Controlled(props: SegmentTreemapProps): ReactElement {
  const [selection, setSelection] = useState<Selection | null>(null)
  return (
    <>
      <SegmentTreemap {...props} selection={selection} onSelectionChange={(next) => setSelection(next)} />
      <RfmGrid request={props.request} selection={selection} onSelectionChange={(next) => setSelection(next)} />
      <pre data-testid="selection">{JSON.stringify(selection, null, 2)}</pre>
    </>
  )
}

/** The selection lives in the host: a tile chosen here is marked in the grid, and both ask once. */
export const ControlledSelection: Story = {
  render: (args) => <Controlled {...args} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const lost = within(await canvas.findByRole('listbox')).getAllByRole('option').find((tile) => tile.dataset['segment'] === 'lost')!
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

/** Refunds outrun the sales of some segments: below zero there is no area, so they are named below. */
export const NegativeRevenue: Story = { parameters: { client: () => createClient(refundingAdapter(2.5)) } }

/** Refunds outrun all sales: revenue has no shares. What is above zero is drawn all the same. */
export const NegativeTotal: Story = { parameters: { client: () => createClient(refundingAdapter(30)) } }

/** 100,000 customers with 200,000 orders, summed and scored in memory. */
export const HundredThousandCustomers: Story = {
  name: '100,000 customers',
  parameters: { client: () => createClient(manyCustomers(100_000), { allowMainThread: true }) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByRole('listbox', {}, { timeout: 15_000 })
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

/** The selection that the picture was asked with leaves nobody. */
export const NoMatch: Story = noMatchState

/** A part of the data could not be reached: the figures are shown, and said to be too low. */
export const Partial: Story = partialState

/** The data changed and the new figures take long: the earlier ones stay, grey. */
export const Stale: Story = staleState('listbox')

/** The data source fails; the button brings the figures. */
export const ErrorWithRetry: Story = { ...errorState('listbox'), name: 'Error' }

/** The data source failed for good. */
export const ErrorAtRest: Story = { parameters: { client: () => createClient(failingAdapter('INTERNAL')) } }

/** This user may not see the figures. */
export const Forbidden: Story = forbiddenState

export const Dark: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } } }

/** Mirrored: the largest tile stands at the right, and the left arrow key goes away from it. */
export const RightToLeft: Story = {
  name: 'RTL',
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const tiles = within(await within(canvasElement).findByRole('listbox')).getAllByRole('option')
    tiles[0]!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(document.activeElement).not.toBe(tiles[0])
    await expect(document.activeElement!.getBoundingClientRect().left).toBeLessThan(tiles[0]!.getBoundingClientRect().left)
  },
}

export const Compact: Story = { globals: { density: 'compact' } }

/** 358 pixels, as on a telephone: laid out anew for a tall picture. */
export const Narrow: Story = {
  render: (args) => (
    <div data-testid="phone">
      <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
      <SegmentTreemap {...args} />
    </div>
  ),
}

/** Simplified Chinese, with the names of the segments and the figures as its readers write them. */
export const Chinese: Story = {
  globals: { language: 'zh-Hans' },
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByRole('heading')).toHaveTextContent('各分群的收入')
    await expect(await within(canvasElement).findByRole('option', { name: /^冠军客户/ })).toBeVisible()
  },
}
