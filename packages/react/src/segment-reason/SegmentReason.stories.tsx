import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { rRfmSegmentMap, rfmGridFromTotalsOperation } from '@crm/core/rfm'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { CustomerTable } from '../customer-table/index.ts'
import '../styles.css'
import { STORY_SPEC, emptyAdapter, failingAdapter, partialAdapter, recoveringAdapter, waitingAdapter } from '../testing/storyData.ts'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { SegmentReason } from './SegmentReason.tsx'
import type { SegmentReasonProps } from './SegmentReason.tsx'

const meta: Meta<typeof SegmentReason> = {
  title: 'Widgets/SegmentReason',
  component: SegmentReason,
  args: { request: { spec: STORY_SPEC }, customerId: 'C-10023' },
  argTypes: { variant: { control: 'inline-radio', options: ['panel', 'popover'] } },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof SegmentReason>

/** The customer is read by id. */
export const Playground: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findByRole('heading', { name: /\(C-10023\): / })
    await expect(canvas.getAllByRole('img', { name: / is [RFM] \d\. [RFM] 1: / })).toHaveLength(3)
    await canvas.findByRole('heading', { name: 'What would change the segment' })
  },
}

/** What the customer bought is known to the page: nothing is read but the cut points. */
export const GivenCustomer: Story = {
  args: { customerId: undefined, customer: { name: 'Mei Huang', recencyDays: 12, orders: 9, revenue: 124_000 } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findByText(/bought 12 days ago \(R 5\), 9 orders and €1,240\.00 \(FM \d\)\./)
  },
}

/** Money is looked at per order, and ten scores stand on each axis. */
export const TenScores: Story = {
  args: { customer: { recencyDays: 0, orders: 4, revenue: 82_000 }, customerId: undefined, request: { spec: { ...STORY_SPEC, monetary: 'mean', scoring: { method: 'quantile', bins: 10 } } } },
}

/** Scored as R's rfm does: its cut points come from the totals of every customer. */
export const CompatibilityMode: Story = {
  args: { operation: rfmGridFromTotalsOperation, request: { spec: { ...STORY_SPEC, scoring: { method: 'r-rfm', bins: 5 }, segments: rRfmSegmentMap } } },
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByText(/What would change the segment/)).toBeVisible()
  },
}

/** Without a frame, for what the host opens. */
export const Popover: Story = {
  args: { variant: 'popover' },
  render: (args) => (
    <div data-testid="popover">
      <style>{'[data-testid="popover"] { inline-size: 340px; overflow: clip; border-radius: 8px; box-shadow: 0 4px 16px rgb(0 0 0 / 0.2) }'}</style>
      <SegmentReason {...args} />
    </div>
  ),
}

function TableWithReasonsPage(props: SegmentReasonProps): ReactElement {
  const [customerId, setCustomerId] = useState<string | null>(null)
  return (
    <>
      <CustomerTable spec={props.request.spec} onRowOpen={setCustomerId} />
      {customerId === null ? null : <SegmentReason {...props} customerId={customerId} />}
    </>
  )
}

/** A row of the table opens the reason of its customer. */
export const TableWithReasons: Story = {
  render: (args) => <TableWithReasonsPage {...args} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await waitFor(() => expect(canvasElement.querySelector('[data-index="0"]:not([data-pending])')).not.toBeNull())
    const header = canvasElement.querySelector<HTMLElement>('[data-index="0"] [role="rowheader"]')!
    await userEvent.click(header)
    const id = /C-\d+/.exec(header.textContent)![0]
    await canvas.findByRole('heading', { name: new RegExp(`\\(${id}\\): `) })
  },
}

/** The skeleton keeps the place; after 300 ms it says what is being done. */
export const Loading: Story = {
  parameters: { client: () => createClient(waitingAdapter()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/Reading the customer/)
  },
}

/** The customer has bought nothing yet. */
export const Empty: Story = {
  args: { customerId: 'C-1' },
  parameters: { client: () => createClient(emptyAdapter()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('No score yet')
  },
}

/** There is no customer with this id. */
export const NoMatch: Story = {
  args: { customerId: 'C-0' },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('No such customer')
  },
}

/** A part of the data could not be reached. */
export const Partial: Story = {
  parameters: { client: () => createClient(partialAdapter()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/shard 3 of 4 could not be reached/)
  },
}

/** The data changed and the new cut points take long: the earlier explanation stays, grey. */
export const Stale: Story = {
  args: { customer: { name: 'Mei Huang', recencyDays: 12, orders: 9, revenue: 124_000 }, customerId: undefined },
  parameters: { client: () => createClient(waitingAdapter(1)) },
  play: async ({ canvasElement, loaded }) => {
    const canvas = within(canvasElement)
    await canvas.findByRole('heading', { name: /^Mei Huang: / })
    ;(loaded['client'] as CrmClient).invalidate()
    await canvas.findByRole('heading', { name: /^Mei Huang: / })
    await expect(canvasElement.querySelector('[data-status="stale"]')).not.toBeNull()
  },
}

/** The data source fails; "Try again" brings the explanation. */
export const ErrorWithRetry: Story = {
  name: 'Error',
  parameters: { client: () => createClient(recoveringAdapter('UNAVAILABLE', 2)) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Try again' }))
    await canvas.findByRole('heading', { name: /\(C-10023\): / })
  },
}

/** This user may not see the figures. */
export const Forbidden: Story = {
  parameters: { client: () => createClient(failingAdapter('FORBIDDEN')) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('You have no access to these figures')
  },
}

export const Dark: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } } }

/** Better stands on the left. */
export const RightToLeft: Story = { name: 'RTL', globals: { direction: 'rtl' } }

export const Chinese: Story = { globals: { language: 'zh-Hans' } }

/** 358 pixels, as on a telephone. */
export const Narrow: Story = {
  render: (args) => (
    <div data-testid="phone">
      <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
      <SegmentReason {...args} />
    </div>
  ),
}
