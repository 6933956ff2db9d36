import type { Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { pymcMarketingSegmentMap, rfmGridFromTotalsOperation } from '@crm/core/rfm'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, fn, userEvent, within } from 'storybook/test'
import '../styles.css'
import { manyCustomers } from '../testing/manyCustomers.ts'
import { STORY_SPEC, failingAdapter, waitingAdapter } from '../testing/storyData.ts'
import { emptyState, errorState, forbiddenState, noMatchState, partialState, staleState } from '../testing/stateStories.ts'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { RfmGrid } from './RfmGrid.tsx'
import type { RfmGridProps } from './RfmGrid.tsx'


const meta: Meta<typeof RfmGrid> = {
  title: 'Widgets/RfmGrid',
  component: RfmGrid,
  args: { request: { spec: STORY_SPEC }, onSelectionChange: fn() },
  argTypes: {
    y: { control: 'inline-radio', options: ['f', 'm', 'fm'] },
    measure: { control: 'inline-radio', options: ['customers', 'revenue', 'mean'] },
  },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof RfmGrid>

/** Choose cells by mouse, touch or keyboard; Control or Command adds a cell, Shift takes all between, Escape clears. */
export const Playground: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const champions = await canvas.findByRole('gridcell', { name: /^\d+ Champions, R 5.*F 5/ })
    await userEvent.click(champions)
    await expect(args.onSelectionChange).toHaveBeenCalledOnce()
    await expect(champions).toHaveAttribute('aria-selected', 'true')
    await userEvent.keyboard('{Escape}')
    await expect(champions).toHaveAttribute('aria-selected', 'false')
    await userEvent.click(canvas.getByRole('radio', { name: 'Revenue' }))
    await expect(canvas.getByRole('heading')).toHaveTextContent('Revenue by recency and frequency')
  },
}

function Controlled(props: RfmGridProps): ReactElement {
  const [selection, setSelection] = useState<Selection | null>(null)
  return (
    <>
      <RfmGrid {...props} selection={selection} onSelectionChange={(next) => setSelection(next)} />
      <pre data-testid="selection">{JSON.stringify(selection, null, 2)}</pre>
    </>
  )
}

/** The selection lives in the host: here it is printed, elsewhere it narrows other widgets or goes into the address. */
export const ControlledSelection: Story = {
  render: (args) => <Controlled {...args} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('gridcell', { name: /^\d+ (mostly )?Lost.*, R 1/ }))
    await expect(JSON.parse(canvas.getByTestId('selection').textContent)).toMatchObject({ ranges: [{ field: 'recencyDays' }, { field: 'orders' }] })
    await userEvent.click(canvas.getByRole('button', { name: 'Clear selection' }))
    await expect(canvas.getByTestId('selection')).toHaveTextContent('null')
  },
}

/** Recency against money. */
export const Monetary: Story = { args: { defaultY: 'm', defaultMeasure: 'revenue' } }

/** Ten scores on each axis. */
export const TenBins: Story = { args: { request: { spec: { ...STORY_SPEC, scoring: { method: 'quantile', bins: 10 } } } } }

/** Cut points chosen by the host instead of quantiles. */
export const FixedThresholds: Story = {
  args: { request: { spec: { ...STORY_SPEC, scoring: { method: 'thresholds', recencyDays: [30, 90, 180, 365], frequency: [1, 3, 6, 12], monetary: [10_000, 30_000, 60_000, 120_000] } } } },
}

/** 100,000 customers with 200,000 orders, summed and scored in memory. */
export const HundredThousandCustomers: Story = {
  name: '100,000 customers',
  args: { defaultY: 'm' },
  parameters: { client: () => createClient(manyCustomers(100_000), { allowMainThread: true }) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findByRole('grid', {}, { timeout: 15_000 })
    await expect(canvas.getByText(/^From .* orders, 100,000 customers/)).toBeVisible()
  },
}

/** The skeleton has the shape of what comes; after 300 ms it says what is being done. */
export const Loading: Story = {
  parameters: { client: () => createClient(waitingAdapter()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/Adding up the orders/)
  },
}

/** Nobody has bought anything yet. */
export const Empty: Story = emptyState

/** The selection that the grid was asked with leaves nobody. */
export const NoMatch: Story = noMatchState

/** A part of the data could not be reached: the figures are shown, and said to be too low. */
export const Partial: Story = partialState

/** The data changed and the new figures take long: the earlier ones stay, grey. */
export const Stale: Story = staleState('grid')

/** The data source fails; "Try again" brings the figures. */
export const ErrorWithRetry: Story = { ...errorState('grid'), name: 'Error' }

/** Scores and segments as pymc-marketing gives them: counted from the totals of every customer, selected like any other. */
export const CompatibilityMode: Story = {
  args: {
    operation: rfmGridFromTotalsOperation,
    request: { spec: { ...STORY_SPEC, order: 'day', monetary: 'mean', scoring: { method: 'pymc-marketing' }, segments: pymcMarketingSegmentMap } },
  },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const grid = await canvas.findByRole('grid')
    // Four scores to an axis.
    await expect(within(grid).getAllByRole('columnheader')).toHaveLength(4)
    const best = within(grid).getByRole('gridcell', { name: /R 4.*F 4/ })
    await userEvent.click(best)
    await expect(args.onSelectionChange).toHaveBeenCalledOnce()
    await expect(best).toHaveAttribute('aria-selected', 'true')
    await expect(within(grid).getAllByRole('gridcell', { selected: true })).toHaveLength(1)
  },
}

/** F is cut within each R score, M within both: a row is a score, not a range of orders, and its cells are selected all the same. */
export const NestedScores: Story = {
  args: { operation: rfmGridFromTotalsOperation, request: { spec: { ...STORY_SPEC, scoring: { method: 'nested', bins: 5 } } }, defaultY: 'm' },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const grid = await canvas.findByRole('grid')
    await expect(within(grid).getAllByRole('rowheader')[0]).toHaveAccessibleName('M 5: Monetary score 5 of 5')
    await canvas.findByText('Monetary score')
    const cell = within(grid).getByRole('gridcell', { name: /R 5.*M 4/ })
    await userEvent.click(cell)
    await expect(args.onSelectionChange).toHaveBeenCalledOnce()
    await expect(within(grid).getAllByRole('gridcell', { selected: true })).toEqual([cell])
  },
}

/** SQL's NTILE splits equal customers, so no condition finds those of one cell again: they are shown, not chosen. */
export const SplitTies: Story = {
  args: { operation: rfmGridFromTotalsOperation, request: { spec: { ...STORY_SPEC, scoring: { method: 'ntile', bins: 5 } } } },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const grid = await canvas.findByRole('grid')
    await userEvent.click(within(grid).getByRole('gridcell', { name: /R 5.*F 5/ }))
    await expect(args.onSelectionChange).not.toHaveBeenCalled()
    await expect(within(grid).queryAllByRole('gridcell', { selected: false })).toHaveLength(0)
    await canvas.findByText(/cells cannot be chosen/)
    await canvas.findByText('Recency score')
  },
}

/** The data source failed for good. */
export const ErrorAtRest: Story = { parameters: { client: () => createClient(failingAdapter('INTERNAL')) } }

/** The selection that the grid was asked with does not fit the data: trying again would not help, clearing it does. */
export const BadSelection: Story = {
  args: { request: { spec: STORY_SPEC, selection: { label: 'Big feet', ranges: [{ field: 'shoeSize', above: 46 }] } }, onClearFilter: fn() },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('alert')).toHaveTextContent('The selection does not fit these data.')
    await userEvent.click(canvas.getByRole('button', { name: 'Clear selection' }))
    await expect(args.onClearFilter).toHaveBeenCalledOnce()
  },
}

/** This user may not see the figures. */
export const Forbidden: Story = forbiddenState

export const Dark: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } } }

/** Mirrored: recent customers stand on the left, and the left arrow key goes there. */
export const RightToLeft: Story = {
  name: 'RTL',
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const grid = await within(canvasElement).findByRole('grid')
    const first = within(grid).getAllByRole('gridcell')[0]!
    first.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(document.activeElement).toHaveAttribute('data-r', '2')
  },
}

export const Compact: Story = { globals: { density: 'compact' } }

/** 358 pixels, as on a telephone. */
export const Narrow: Story = {
  render: (args) => (
    <div data-testid="phone">
      <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
      <RfmGrid {...args} />
    </div>
  ),
}

/** Words and figures in Simplified Chinese, loaded when the provider is given the language. */
export const Chinese: Story = {
  globals: { language: 'zh-Hans' },
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByRole('grid')).toHaveAccessibleName(/客户/)
    await expect(canvasElement.querySelector('.crm-root')).toHaveAttribute('lang', 'zh-Hans')
  },
}
