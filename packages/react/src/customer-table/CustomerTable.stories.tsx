import type { DataAdapter, Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { AdapterError } from '@crm/core/errors'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { RfmGrid } from '../rfm-grid/index.ts'
import '../styles.css'
import { manyCustomers } from '../testing/manyCustomers.ts'
import { STORY_SPEC, failingAdapter, partialAdapter, recoveringAdapter, storyAdapter, waitingAdapter } from '../testing/storyData.ts'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { CustomerTable } from './CustomerTable.tsx'
import type { CustomerTableProps } from './CustomerTable.tsx'
import { CustomerTableBody, CustomerTableGrid, CustomerTableHeader } from './CustomerTableGrid.tsx'
import { CustomerTableRoot } from './CustomerTableRoot.tsx'
import { CustomerTableSearch } from './CustomerTableToolbar.tsx'
import { useCustomers } from './useCustomers.ts'

const CHAMPIONS: Selection = { label: 'Champions · R5 F5', ranges: [{ field: 'recencyDays', upTo: 60 }, { field: 'orders', above: 6 }] }

const meta: Meta<typeof CustomerTable> = {
  title: 'Widgets/CustomerTable',
  component: CustomerTable,
  args: { spec: STORY_SPEC, onRowOpen: fn(), onSelectionChange: fn(), onSortChange: fn() },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof CustomerTable>

const firstCustomer = async (canvasElement: HTMLElement): Promise<HTMLElement> => {
  await waitFor(() => expect(canvasElement.querySelector('[data-index="0"]:not([data-pending])')).not.toBeNull(), { timeout: 15_000 })
  return canvasElement.querySelector<HTMLElement>('[data-index="0"] [role="rowheader"]')!
}

/** Sort by a heading, search, choose columns, open a customer by click or Enter. */
export const Playground: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const first = await firstCustomer(canvasElement)
    await userEvent.click(first)
    await expect(args.onRowOpen).toHaveBeenLastCalledWith(expect.stringMatching(/^C-/), expect.objectContaining({ reason: 'press' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Orders' }))
    await expect(args.onSortChange).toHaveBeenLastCalledWith({ field: 'orders', direction: 'descending' }, expect.objectContaining({ reason: 'heading' }))
    await waitFor(() => expect(canvas.getByText('Sorted by Orders, descending. 620 customers.')).toBeInTheDocument())
    await expect(canvas.getByRole('columnheader', { name: 'Orders' })).toHaveAttribute('aria-sort', 'descending')
  },
}

/** What was picked elsewhere stands above the rows, with its count. */
export const Selected: Story = {
  args: { defaultSelection: CHAMPIONS },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    await canvas.findByText(/^Champions · R5 F5 — \d+ customers$/)
    await userEvent.click(canvas.getByRole('button', { name: /^Clear selection/ }))
    await expect(args.onSelectionChange).toHaveBeenLastCalledWith(null, expect.objectContaining({ reason: 'clear' }))
    await waitFor(() => expect(canvas.getByRole('grid')).toHaveAttribute('aria-rowcount', '621'))
  },
}

function Linked(props: CustomerTableProps): ReactElement {
  const [selection, setSelection] = useState<Selection | null>(null)
  return (
    <div style={{ display: 'grid', gap: 24 }}>
      <RfmGrid request={{ spec: props.spec }} selection={selection} onSelectionChange={(next) => setSelection(next)} />
      <CustomerTable {...props} selection={selection} onSelectionChange={(next) => setSelection(next)} />
    </div>
  )
}

/** One selection, held by the host, narrows the table to the cell chosen in the grid. */
export const LinkedToRfmGrid: Story = {
  render: (args) => <Linked {...args} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const grid = await canvas.findByRole('grid', { name: /recency/ }, { timeout: 5000 })
    await userEvent.click(within(grid).getByRole('gridcell', { name: /Champions, R 5.*F 5/ }))
    await canvas.findByText(/ — \d+ customers$/)
    const table = canvas.getByRole('grid', { name: 'Customers' })
    await waitFor(() => expect(Number(table.getAttribute('aria-rowcount'))).toBeLessThan(621))
  },
}

/** Columns of the host's choice, among them its own format. */
export const OwnColumns: Story = {
  args: {
    columns: [
      'customer',
      { field: 'city', header: 'Home town' },
      'kind',
      { field: 'recencyDays', header: 'Quiet for', format: (days) => (typeof days === 'number' ? `${Math.round(days / 7)} weeks` : 'never bought') },
      'revenue',
      { field: 'firstDay', hidden: true },
    ],
    defaultSort: { field: 'recencyDays', direction: 'ascending' },
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await firstCustomer(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Columns' }))
    await userEvent.click(canvas.getByRole('checkbox', { name: 'First purchase' }))
    await canvas.findByRole('columnheader', { name: 'First purchase' })
    await userEvent.keyboard('{Escape}')
    await expect(canvas.queryByRole('checkbox')).toBeNull()
  },
}

/** The last of 100,000 customers is one key press away: a page is read from the end of the list. */
export const HundredThousandRows: Story = {
  parameters: { client: () => createClient(manyCustomers(100_000), { allowMainThread: true }) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const first = await firstCustomer(canvasElement)
    first.focus()
    await userEvent.keyboard('{Control>}{End}{/Control}')
    await waitFor(() => expect(document.activeElement?.closest('[role="row"]')).toHaveAttribute('aria-rowindex', '100001'), { timeout: 5000 })
    await waitFor(() => expect(canvasElement.querySelectorAll('[data-pending]')).toHaveLength(0), { timeout: 5000 })
    await userEvent.keyboard('{Control>}{Home}{/Control}')
    await waitFor(() => expect(document.activeElement?.closest('[role="row"]')).toHaveAttribute('aria-rowindex', '2'))
    await expect(canvas.getByRole('grid')).toHaveAttribute('aria-rowcount', '100001')
  },
}

/** The skeleton has the shape of what comes; after 300 ms the head says what is being done. */
export const Loading: Story = {
  parameters: { client: () => createClient(waitingAdapter()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('Reading customers…')
  },
}

/** There are no customers. */
export const Empty: Story = {
  parameters: { client: () => createClient(storyAdapter({ customers: [], transactions: [] }, 'nobody')) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('No customers yet')
  },
}

/** The search leaves nobody; one press takes it back. */
export const NoMatch: Story = {
  args: { defaultSearch: 'Zaphod' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findByText('No customer matches')
  },
}

/** A part of the data could not be reached. */
export const Partial: Story = {
  parameters: { client: () => createClient(partialAdapter()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/shard 3 of 4 could not be reached/)
  },
}

/** The data changed and the new rows take long: the earlier ones stay, grey. */
export const Stale: Story = {
  // The page and the count are answered, what comes later is not.
  parameters: { client: () => createClient(waitingAdapter(2)) },
  play: async ({ canvasElement, loaded }) => {
    await firstCustomer(canvasElement)
    ;(loaded['client'] as CrmClient).invalidate()
    await within(canvasElement).findByText(/Showing earlier figures/)
  },
}

/** The data source fails; "Try again" brings the rows. */
export const ErrorWithRetry: Story = {
  name: 'Error',
  parameters: { client: () => createClient(recoveringAdapter('UNAVAILABLE', 2)) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Try again' }))
    await firstCustomer(canvasElement)
  },
}

/** Answers the first page and refuses every later one. */
function brokenAfterFirstPage(): DataAdapter {
  const adapter = storyAdapter()
  return {
    manifest: Object.freeze({ ...adapter.manifest, scopeKey: 'broken-later' }),
    schema: (context) => adapter.schema(context),
    scan: (request, context) => adapter.scan(request, context),
    close: () => adapter.close(),
    summarise: (request, context) => {
      const isLater = request.kind === 'members' && (request.after !== undefined || request.order[0]?.nulls === 'first')
      return isLater ? refuse() : adapter.summarise!(request, context)
    },
  }
}
function refuse(): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new AdapterError('UNAVAILABLE', { retryable: false })) }) }
}

/** One page fails: its rows say so, the others stay. */
export const PageError: Story = {
  parameters: { client: () => createClient(brokenAfterFirstPage()) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await firstCustomer(canvasElement)
    canvas.getByRole('grid').scrollTop = 10_000
    await canvas.findByText(/^Rows 201 to 400 could not be read/)
  },
}

/** The selection does not fit the data: trying again would not help, clearing it does. */
export const BadSelection: Story = {
  args: { defaultSelection: { label: 'Big feet', ranges: [{ field: 'shoeSize', above: 46 }] } },
  play: async ({ canvasElement }) => {
    const alert = await within(canvasElement).findByRole('alert')
    await expect(alert).toHaveTextContent('The selection does not fit these data.')
    await userEvent.click(within(alert).getByRole('button', { name: 'Clear selection' }))
    await firstCustomer(canvasElement)
  },
}

/** The user may not see these data. */
export const Forbidden: Story = {
  parameters: { client: () => createClient(failingAdapter('FORBIDDEN')) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('You have no access to these figures')
  },
}

export const Dark: Story = { args: { defaultSelection: CHAMPIONS }, globals: { theme: 'dark' }, play: async ({ canvasElement }) => void (await firstCustomer(canvasElement)) }

/** Columns, arrows and the fixed first column follow the direction of reading. */
export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const first = await firstCustomer(canvasElement)
    first.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(document.activeElement).toHaveAttribute('aria-colindex', '2')
    await expect(document.activeElement!.getBoundingClientRect().left).toBeLessThan(first.getBoundingClientRect().left)
  },
}

export const Compact: Story = { globals: { density: 'compact' }, play: async ({ canvasElement }) => void (await firstCustomer(canvasElement)) }

export const Comfortable: Story = { globals: { density: 'comfortable' }, play: async ({ canvasElement }) => void (await firstCustomer(canvasElement)) }

/** 390 pixels: the first column stays, the others scroll under it, the page does not move. */
export const Narrow: Story = {
  args: { defaultSelection: CHAMPIONS },
  decorators: [
    (Story) => (
      <div style={{ maxWidth: 358 }}>
        <Story />
      </div>
    ),
  ],
  play: async ({ canvasElement }) => void (await firstCustomer(canvasElement)),
}

function Arranged(props: CustomerTableProps): ReactElement {
  const model = useCustomers(props)
  return (
    <CustomerTableRoot model={model} aria-label="Latest customers">
      <CustomerTableSearch />
      <div className="crm-table-frame">
        <CustomerTableGrid>
          <CustomerTableHeader />
          <CustomerTableBody />
        </CustomerTableGrid>
      </div>
      <p>
        {model.list.total} of them, sorted by {model.sort.field}
      </p>
    </CustomerTableRoot>
  )
}

/** The parts in another arrangement, around the same hook. */
export const FromParts: Story = {
  args: { defaultSort: { field: 'lastDay', direction: 'descending' } },
  render: (args) => <Arranged {...args} />,
  play: async ({ canvasElement }) => {
    await firstCustomer(canvasElement)
    await expect(within(canvasElement).getByText(/sorted by lastDay/)).toBeVisible()
  },
}

/** Words and figures in Simplified Chinese, loaded when the provider is given the language. */
export const Chinese: Story = {
  globals: { language: 'zh-Hans' },
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByRole('grid')).toHaveAccessibleName(/客户/)
    await expect(canvasElement.querySelector('.crm-root')).toHaveAttribute('lang', 'zh-Hans')
  },
}
