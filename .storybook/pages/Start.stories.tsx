import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { Customers } from '../../examples/embed/src/Customers.tsx'
import { readGlobals } from '../withGround.tsx'
import { SUPERSTORE_SPEC, superstoreRows, superstoreSchema } from './superstore.ts'

const meta = { title: 'Pages/Start', tags: ['!autodocs', '!dev'] } satisfies Meta
export default meta
type Story = StoryObj<typeof meta>

async function superstoreClient() {
  const rows = await superstoreRows()
  const [customers, transactions] = superstoreSchema.sets.map(({ name, fields }) => ({ fields, rows: rows[name as keyof typeof rows] }))
  return createClient(createMemoryAdapter({ timeZone: 'UTC', data: { customers: customers!, transactions: transactions! } }))
}

function expectOne(found: Element | null): Element {
  expect(found).not.toBeNull()
  return found!
}

export const TenLines: Story = {
  loaders: [async () => ({ client: await superstoreClient() })],
  render: (_, { loaded, globals }) => <Customers client={loaded['client']} asOf={SUPERSTORE_SPEC.asOf} theme={readGlobals(globals).theme} />,
  play: async ({ canvasElement }) => {
    const champions = await waitFor(() => expectOne(canvasElement.querySelector('[role="gridcell"][data-segment="champions"]')), { timeout: 15_000 })
    const shown = Number.parseInt(champions.querySelector('text')?.textContent ?? '', 10)
    const count = canvasElement.querySelector('.crm-table .crm-table-count')
    await waitFor(() => expect(count).toHaveTextContent('793 customers'))
    await userEvent.click(champions)
    await waitFor(() => expect(count).toHaveTextContent(new RegExp(`^${shown} customers`)))
  },
}

export const Dark: Story = { ...TenLines, globals: { theme: 'dark' } }
