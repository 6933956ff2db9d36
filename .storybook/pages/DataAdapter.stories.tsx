import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { readGlobals } from '../withGround.tsx'
import { LiveAdapter } from './LiveAdapter.tsx'
import { LiveSuite } from './LiveSuite.tsx'

const meta = { title: 'Pages/Data adapter', tags: ['!autodocs', '!dev'] } satisfies Meta
export default meta
type Story = StoryObj<typeof meta>

/** The grid of the thirty lines above. */
export const Grid: Story = {
  render: (_, { globals }) => <LiveAdapter {...readGlobals(globals)} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await waitFor(() => expect(canvas.getAllByRole('gridcell').length).toBe(25), { timeout: 15_000 })
    await expect(canvas.getByRole('list', { name: 'Calls of the API' })).toHaveTextContent(/GET \/schema .* kB.*GET \/transactions/s)
    await expect(canvasElement).toHaveTextContent('793 customers')
  },
}

export const Suite: Story = {
  render: () => <LiveSuite />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Run the contract suite here' }))
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(/^\d+ passed, 0 failed, \d+ not offered/), { timeout: 25_000 })
  },
}
