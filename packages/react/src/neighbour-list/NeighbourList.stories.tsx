import type { Selection } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { CustomerTable } from '../customer-table/CustomerTable.tsx'
import '../styles.css'
import '../recommend/recommend.css'
import { DEMO_PREFERENCES, demoShopAdapter, failingShop, heldShop, partialShop } from '../testing/demoShop.ts'
import type { HeldAdapter } from '../testing/demoShop.ts'
import { errorState, forbiddenState, partialState } from '../testing/stateStories.ts'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { NeighbourList } from './NeighbourList.tsx'
import type { NeighbourListProps } from './NeighbourList.tsx'

const shop = createClient(demoShopAdapter())
const CUSTOMER = { over: 'customers', id: 'C-00012', preferences: DEMO_PREFERENCES, limit: 10 } as const
const PRODUCT = { over: 'products', id: 'P-001', preferences: DEMO_PREFERENCES, limit: 10 } as const

const meta: Meta<typeof NeighbourList> = {
  title: 'Widgets/NeighbourList',
  component: NeighbourList,
  args: { request: CUSTOMER, showsPersonalNames: true, onSelectionChange: fn() },
  parameters: { client: () => shop },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof NeighbourList>

/** Choose customers by mouse, touch or keyboard, and another measure of being alike. */
export const Playground: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const grid = await canvas.findByRole('grid')
    const [first, second] = [...grid.querySelectorAll<HTMLElement>('[data-neighbour]')]
    await userEvent.click(first!)
    await userEvent.click(second!)
    await expect(args.onSelectionChange).toHaveBeenCalledTimes(2)
    await expect(second).toHaveAttribute('aria-selected', 'true')
    second!.querySelector<HTMLElement>('[role="rowheader"]')!.focus()
    await userEvent.keyboard('{Escape}')
    await expect(first).toHaveAttribute('aria-selected', 'false')
    await userEvent.selectOptions(canvas.getByRole('combobox'), 'jaccard')
    await waitFor(() => expect(canvasElement.querySelector('.crm-root')).toHaveAttribute('data-status', 'ready'))
  },
}

/** Products like a product: who bought this also bought. Enter or a press opens one. */
export const Products: Story = {
  args: { request: PRODUCT, onOpen: fn() },
  play: async ({ canvasElement, args }) => {
    const grid = await within(canvasElement).findByRole('grid')
    await userEvent.click(within(grid).getAllByRole('rowheader')[0]!)
    await expect(args.onOpen).toHaveBeenCalledOnce()
    await expect(grid.querySelector('[aria-selected]')).toBeNull()
  },
}

/** Counts of orders instead of yes and no: more measures say something. */
export const ByCounts: Story = { args: { request: { ...CUSTOMER, preferences: { ...DEMO_PREFERENCES, weight: 'logCount' } }, defaultMeasure: 'centredCosine' } }

/** Names of people are personal data here, and the host has not allowed them: ids stand in their place. */
export const WithoutNames: Story = {
  args: { showsPersonalNames: false },
  play: async ({ canvasElement }) => {
    const grid = await within(canvasElement).findByRole('grid')
    for (const header of within(grid).getAllByRole('rowheader')) await expect(header.textContent).toMatch(/^C-\d+$/)
  },
}

/** A name opens, a row is chosen. */
export const Opens: Story = {
  args: { onOpen: fn() },
  play: async ({ canvasElement, args }) => {
    const grid = await within(canvasElement).findByRole('grid')
    within(grid).getAllByRole('rowheader')[0]!.focus()
    await userEvent.keyboard('{Enter}')
    await expect(args.onOpen).toHaveBeenCalledOnce()
    await userEvent.keyboard(' ')
    await expect(args.onSelectionChange).toHaveBeenCalledOnce()
  },
}

function Linked(props: NeighbourListProps): ReactElement {
  const [selection, setSelection] = useState<Selection | null>(null)
  const { asOf, timeZone } = DEMO_PREFERENCES
  return (
    <>
      <NeighbourList {...props} selection={selection} onSelectionChange={(next) => setSelection(next)} />
      <CustomerTable spec={{ asOf, timeZone }} selection={selection} onSelectionChange={(next) => setSelection(next)} />
    </>
  )
}

/** The selection lives in the host: customers chosen here are those of the table below. */
export const ControlledSelection: Story = {
  render: (args) => <Linked {...args} />,
  play: async ({ canvasElement }) => {
    const grid = (await within(canvasElement).findAllByRole('grid'))[0]!
    const rows = [...grid.querySelectorAll<HTMLElement>('[data-neighbour]')].slice(0, 3)
    for (const row of rows) await userEvent.click(row)
    await waitFor(() => expect(canvasElement.querySelector('.crm-table [aria-rowcount="4"]')).not.toBeNull(), { timeout: 5000 })
  },
}

/** The skeleton has the shape of what comes; after 300 ms it says what is being done. */
export const Loading: Story = {
  parameters: { client: () => createClient(heldShop(true)) },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('.crm-heat-doing > span')).not.toBeNull())
  },
}

/** Nobody is alike enough. */
export const Empty: Story = {
  args: { request: { ...CUSTOMER, similarity: { measure: 'cosine', minSupport: 500 } } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('[data-kind="empty"]')).toBeVisible())
  },
}

/** Nobody of this name has bought anything. */
export const Unknown: Story = {
  args: { request: { ...CUSTOMER, id: 'C-99999' } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('[data-kind="noMatch"]')).toBeVisible())
  },
}

/** A part of the data could not be reached: the list is shown, and said to be too short. */
export const Partial: Story = { ...partialState, parameters: { client: () => createClient(partialShop()) } }

/** The data changed and the new list takes long: the earlier one stays, grey. */
export const Stale: Story = {
  parameters: { client: () => createClient(heldShop()) },
  play: async ({ canvasElement, loaded }) => {
    await within(canvasElement).findByRole('grid')
    const client = loaded['client'] as CrmClient
    ;(client.adapter as HeldAdapter).hold()
    client.invalidate()
    await waitFor(() => expect(canvasElement.querySelector('[data-stale]')).not.toBeNull())
    await expect(await within(canvasElement).findByRole('grid')).toBeVisible()
  },
}

/** The data source fails; the button brings the list. */
export const ErrorWithRetry: Story = { ...errorState('grid'), name: 'Error', parameters: { client: () => createClient(failingShop('UNAVAILABLE', 1)) } }

/** This user may not see the figures. */
export const Forbidden: Story = { ...forbiddenState, parameters: { client: () => createClient(failingShop('FORBIDDEN')) } }

export const Dark: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } }, args: { onOpen: fn() } }

/** Mirrored: bars run to the left, and the left arrow key goes on to the next column. */
export const RightToLeft: Story = {
  name: 'RTL',
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const grid = await within(canvasElement).findByRole('grid')
    within(grid).getAllByRole('rowheader')[0]!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(document.activeElement).toHaveAttribute('data-place', '0,1')
  },
}

export const Compact: Story = { globals: { density: 'compact' } }

/** 358 pixels, as on a telephone. */
export const Narrow: Story = {
  render: (args) => (
    <div data-testid="phone">
      <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
      <NeighbourList {...args} />
    </div>
  ),
}

/** Simplified Chinese. */
export const Chinese: Story = {
  globals: { language: 'zh-Hans' },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByRole('grid')
    await expect(within(canvasElement).getByRole('heading')).toHaveTextContent('相似的客户')
  },
}
