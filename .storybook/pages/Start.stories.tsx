import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { Customers } from '../../examples/embed/src/Customers.tsx'
import { readGlobals } from '../withCrm.tsx'
import { SUPERSTORE_SPEC, superstoreRows, superstoreSchema } from './superstore.ts'

const meta = { title: 'Pages/Start', tags: ['!autodocs', '!dev'] } satisfies Meta
export default meta
type Story = StoryObj<typeof meta>

async function superstoreClient() {
  const rows = await superstoreRows()
  const [customers, transactions] = superstoreSchema.sets.map(({ name, fields }) => ({ fields, rows: rows[name as keyof typeof rows] }))
  return createClient(createMemoryAdapter({ timeZone: 'UTC', data: { customers: customers!, transactions: transactions! } }))
}

export const TenLines: Story = {
  loaders: [async () => ({ client: await superstoreClient() })],
  render: (_, { loaded, globals }) => <Customers client={loaded['client']} asOf={SUPERSTORE_SPEC.asOf} theme={readGlobals(globals).theme} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const champions = await canvas.findByRole('gridcell', { name: /^Champions, R 5.*F 5/ }, { timeout: 15_000 })
    const [shown] = /\d+/.exec(champions.textContent ?? '') ?? ['']
    await waitFor(() => expect(canvasElement).toHaveTextContent('793 customers'))
    await userEvent.click(champions)
    await waitFor(() => expect(within(canvasElement.querySelector('.crm-table') as HTMLElement).getAllByText(new RegExp(`${shown} customers`)).length).toBeGreaterThan(0))
  },
}

export const Dark: Story = { ...TenLines, globals: { theme: 'dark' } }
