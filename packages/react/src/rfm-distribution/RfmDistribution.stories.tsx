import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { rfmGridOperation } from '@crm/core/rfm'
import type { RfmCuts, RfmSpec } from '@crm/core/rfm'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test'
import '../styles.css'
import { manyCustomers } from '../testing/manyCustomers.ts'
import { STORY_SPEC, storyAdapter, storyRows, waitingAdapter } from '../testing/storyData.ts'
import { emptyState, errorState, forbiddenState, noMatchState, partialState, staleState } from '../testing/stateStories.ts'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { RfmDistribution } from './RfmDistribution.tsx'
import type { RfmDistributionProps } from './RfmDistribution.tsx'

const meta: Meta<typeof RfmDistribution> = {
  title: 'Widgets/RfmDistribution',
  component: RfmDistribution,
  args: { request: { spec: STORY_SPEC }, onCutsChange: fn(), onSave: fn() },
  argTypes: { measure: { control: 'inline-radio', options: ['customers', 'revenue'] } },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof RfmDistribution>

const sliders = (canvas: ReturnType<typeof within>): Promise<HTMLElement[]> => canvas.findAllByRole('slider', {}, { timeout: 15_000 })

/** Drag a cut point, or focus it and use the arrow keys: the segments beside it follow at once. */
export const Playground: Story = {
  play: async ({ canvasElement, args, loaded }) => {
    const canvas = within(canvasElement)
    const [cut] = await sliders(canvas)
    cut!.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    await userEvent.click(canvas.getByRole('button', { name: /Save as spec|保存为规则/ }))
    // The figures in the page are those that the data source gives for the new rule.
    const spec = (args.onSave as ReturnType<typeof fn>).mock.lastCall?.[0] as RfmSpec
    const { data } = await (loaded['client'] as CrmClient).run(rfmGridOperation, { spec })
    const shown = [...canvasElement.querySelectorAll('.crm-dist-table[data-change] tbody tr')].map((row) => Number(row.querySelector('.crm-dist-after')!.textContent.replaceAll(',', '')))
    await expect(shown).toEqual(data.segments.map(({ customers }) => customers))
    await userEvent.click(canvas.getByRole('button', { name: /^(Reset|重置)$/ }))
  },
}

/** A cut point dragged with the pointer. */
export const DragCut: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const cut = (await sliders(canvas))[1]!
    const before = Number(cut.getAttribute('aria-valuenow'))
    const grip = cut.querySelector('.crm-dist-grip')!.getBoundingClientRect()
    const plot = cut.closest('svg.crm-dist-plot')!.getBoundingClientRect()
    const at = { pointerId: 1, button: 0, buttons: 1, clientY: grip.top + 10, pointerType: 'mouse' }
    // A pointer of a test cannot be captured.
    cut.setPointerCapture = () => {}
    fireEvent.pointerDown(cut, { ...at, clientX: grip.left + grip.width / 2 })
    // A hand leaves the page time to draw between two events.
    await waitFor(() => expect(cut).toHaveAttribute('data-dragging'))
    const there = { ...at, clientX: grip.left + grip.width / 2 + plot.width * 0.1 }
    fireEvent.pointerMove(cut, there)
    await waitFor(() => expect(Number(cut.getAttribute('aria-valuenow'))).toBeGreaterThan(before))
    fireEvent.pointerUp(cut, { ...there, buttons: 0 })
    await waitFor(() => expect(cut).not.toHaveAttribute('data-dragging'))
    await expect(args.onCutsChange).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ reason: 'drop' }))
  },
}

/** Another segment map than the spec's: both side by side, and who would go where. */
export const CompareMaps: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await sliders(canvas)
    await userEvent.selectOptions(canvas.getByRole('combobox'), 'r-rfm')
    await expect(canvas.getAllByRole('table')).toHaveLength(3)
  },
}

function Saved(props: RfmDistributionProps): ReactElement {
  const [spec, setSpec] = useState<RfmSpec | null>(null)
  return (
    <>
      <RfmDistribution {...props} onSave={setSpec} />
      <pre data-testid="spec">{JSON.stringify(spec?.scoring ?? null, null, 2)}</pre>
    </>
  )
}

/** The rule in use as a spec with thresholds, which other customers cannot move any more. */
export const SaveAsSpec: Story = {
  render: (args) => <Saved {...args} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const [cut] = await sliders(canvas)
    cut!.focus()
    await userEvent.keyboard('{End}')
    await userEvent.click(canvas.getByRole('button', { name: /Save as spec|保存为规则/ }))
    const scoring = JSON.parse(canvas.getByTestId('spec').textContent) as Extract<RfmSpec['scoring'], { method: 'thresholds' }>
    await expect(scoring.method).toBe('thresholds')
    await expect(scoring.recencyDays[0]).toBe(Number(cut!.getAttribute('aria-valuenow')))
  },
}

/** Frequency counts the orders after the first; its cut points are shown in orders, and saved as repeats. */
export const RepeatFrequency: Story = { args: { request: { spec: { ...STORY_SPEC, frequency: 'repeat' } } } }

/** Money as the mean of an order. */
export const MeanOrderValue: Story = { args: { request: { spec: { ...STORY_SPEC, monetary: 'mean' } } } }

/** Most customers have one order, so two cut points fall on it: nobody has the score between them, and each can still be moved. */
export const TiesInFrequency: Story = {
  parameters: {
    client: () => {
      const rows = storyRows(300)
      // Two thirds keep one order only.
      const first = new Map<unknown, unknown>()
      const transactions = rows.transactions.filter(({ customerId, orderId }) => {
        if (Number(String(customerId).slice(-1)) % 3 === 0) return true
        if (!first.has(customerId)) first.set(customerId, orderId)
        return first.get(customerId) === orderId
      })
      return createClient(storyAdapter({ customers: rows.customers, transactions }, 'ties'))
    },
  },
}

const CUTS: RfmCuts = { r: [30, 90, 180, 365], f: [1, 3, 6, 12], m: [10_000, 30_000, 60_000, 120_000] }

function Controlled(props: RfmDistributionProps): ReactElement {
  const [cuts, setCuts] = useState<RfmCuts | null>(CUTS)
  return (
    <>
      <RfmDistribution {...props} cuts={cuts} onCutsChange={setCuts} />
      <pre data-testid="cuts">{JSON.stringify(cuts)}</pre>
    </>
  )
}

/** The cut points live in the host: here they are printed, elsewhere they go into the address. */
export const ControlledCuts: Story = {
  render: (args) => <Controlled {...args} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const [cut] = await sliders(canvas)
    cut!.focus()
    await userEvent.keyboard('{ArrowRight}')
    await waitFor(() => expect((JSON.parse(canvas.getByTestId('cuts').textContent) as RfmCuts).r[0]).toBeGreaterThan(30))
  },
}

/** 100,000 customers: three small questions, one cube, and no more while a cut point moves. */
export const HundredThousandCustomers: Story = {
  name: '100,000 customers',
  parameters: { client: () => createClient(manyCustomers(100_000), { allowMainThread: true }) },
  play: async ({ canvasElement }) => {
    await sliders(within(canvasElement))
  },
}

/** The skeleton has the shape of what comes; after 300 ms it says what is being done. */
export const Loading: Story = {
  parameters: { client: () => createClient(waitingAdapter()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/Counting the customers|正在按/)
  },
}

/** Nobody has bought anything yet. */
export const Empty: Story = emptyState

/** The selection that the distributions were asked with leaves nobody. */
export const NoMatch: Story = noMatchState

/** A part of the data could not be reached: the figures are shown, and said to be too low. */
export const Partial: Story = partialState

/** The data changed and the new figures take long: the earlier ones stay, grey. */
export const Stale: Story = staleState('slider', 4)

/** The data source fails; "Try again" brings the figures. */
export const ErrorWithRetry: Story = { ...errorState('slider', 3), name: 'Error' }

/** This user may not see the figures. */
export const Forbidden: Story = forbiddenState

export const Dark: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } } }

/** Mirrored: higher values stand further left, and the left arrow key goes there. */
export const RightToLeft: Story = {
  name: 'RTL',
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const [cut] = await sliders(within(canvasElement))
    const [value, place] = [Number(cut!.getAttribute('aria-valuenow')), cut!.getBoundingClientRect().left]
    cut!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(Number(cut!.getAttribute('aria-valuenow'))).toBeGreaterThan(value)
    await expect(cut!.getBoundingClientRect().left).toBeLessThan(place)
  },
}

/** 358 pixels, as on a telephone. */
export const Narrow: Story = {
  render: (args) => (
    <div data-testid="phone">
      <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
      <RfmDistribution {...args} />
    </div>
  ),
}

export const Chinese: Story = { globals: { language: 'zh-Hans' } }
