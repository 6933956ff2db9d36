import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import type { RecommendStrategy } from '@crm/core/recommend'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import '../styles.css'
import '../recommend/recommend.css'
import { DEMO_PREFERENCES, DEMO_SHOP, demoShopAdapter, failingShop, heldShop, partialShop } from '../testing/demoShop.ts'
import type { HeldAdapter } from '../testing/demoShop.ts'
import { errorState, forbiddenState, partialState } from '../testing/stateStories.ts'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { RecommenderScorecard } from './RecommenderScorecard.tsx'
import type { RecommenderScorecardProps } from './RecommenderScorecard.tsx'

const shop = createClient(demoShopAdapter())
const REQUEST = { preferences: DEMO_PREFERENCES, samples: 200 } as const

const meta: Meta<typeof RecommenderScorecard> = {
  title: 'Widgets/RecommenderScorecard',
  component: RecommenderScorecard,
  args: { request: REQUEST, onChoose: fn() },
  argTypes: {
    metric: { control: 'inline-radio', options: ['ndcg', 'hitRate', 'precision', 'recall', 'map', 'mrr'] },
    view: { control: 'inline-radio', options: ['table', 'picture', 'both'] },
  },
  parameters: { client: () => shop },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof RecommenderScorecard>

const verdictOf = (canvasElement: HTMLElement): Promise<HTMLElement> =>
  waitFor(() => canvasElement.querySelector<HTMLElement>('[data-verdict]') ?? Promise.reject(new Error('no verdict yet')), { timeout: 20_000 })

/** What similar customers and similar products would have found in the last three months, beside popularity. Take one over. */
export const Playground: Story = {
  play: async ({ canvasElement, args }) => {
    const verdict = await verdictOf(canvasElement)
    await expect(verdict).toHaveAttribute('data-verdict', 'signal')
    const use = within(verdict).getByRole('button')
    await userEvent.click(use)
    await expect(args.onChoose).toHaveBeenCalledOnce()
    await expect(within(verdict).getByRole('button')).toHaveAttribute('aria-disabled', 'true')
    const popularity = canvasElement.querySelector<HTMLElement>('.crm-score-plot [data-reference]')!
    await expect(popularity).not.toHaveTextContent('%')
    await userEvent.selectOptions(within(canvasElement).getByRole('combobox'), 'hitRate')
    await expect(popularity).toHaveTextContent('%')
  },
}

/** The picture alone: means, 95 % intervals, the gain over popularity for the same customers. */
export const Picture: Story = { args: { defaultView: 'picture', defaultMetric: 'hitRate' } }

/** All figures of all strategies. */
export const Figures: Story = { args: { defaultView: 'table' } }

/** For whoever only shows it: no button takes a strategy over. */
export const WithoutChoice: Story = { args: { onChoose: undefined } }

const OWN: readonly { readonly name: string; readonly strategy: RecommendStrategy }[] = [
  { name: 'popularity', strategy: { kind: 'popularity' } },
  { name: 'Bestsellers of the quarter', strategy: { kind: 'popularity', windowDays: 90 } },
  { name: 'Jaccard, 50 neighbours, half-life of a month', strategy: { kind: 'customers', similarity: { measure: 'jaccard' }, neighbours: 50, halfLifeDays: 30 } },
]

/** Strategies of the host's own, under its names. */
export const OwnStrategies: Story = { args: { request: { ...REQUEST, strategies: OWN, chooseWeights: false } } }

function Controlled(props: RecommenderScorecardProps): ReactElement {
  const [strategy, setStrategy] = useState<RecommendStrategy | null>(null)
  return (
    <>
      <RecommenderScorecard {...props} strategy={strategy} onChoose={(next) => setStrategy(next)} />
      <pre data-testid="strategy">{JSON.stringify(strategy)}</pre>
    </>
  )
}

/** The strategy in use lives in the host. */
export const ControlledStrategy: Story = {
  render: (args) => <Controlled {...args} />,
  play: async ({ canvasElement }) => {
    const verdict = await verdictOf(canvasElement)
    await userEvent.click(within(verdict).getByRole('button'))
    await expect(JSON.parse(within(canvasElement).getByTestId('strategy').textContent)).toMatchObject({ kind: expect.any(String) })
  },
}

/** A shop where everybody buys at random: nothing beats popularity, and the verdict says so. */
export const NoSignal: Story = {
  parameters: { client: () => createClient(demoShopAdapter({ customers: 300, effects: { affinities: false } })) },
  play: async ({ canvasElement }) => {
    await expect(await verdictOf(canvasElement)).toHaveAttribute('data-verdict', 'noSignal')
  },
}

/** Twenty customers: too few to tell anything from. */
export const TooFew: Story = {
  parameters: { client: () => createClient(demoShopAdapter({ customers: 20 })) },
  play: async ({ canvasElement }) => {
    await expect(await verdictOf(canvasElement)).toHaveAttribute('data-verdict', 'tooFew')
  },
}

/** The orders are being read; after 300 ms the skeleton says what is done, and how far it is. */
export const Loading: Story = {
  parameters: { client: () => createClient(heldShop(true)) },
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByRole('progressbar')).toBeVisible()
  },
}

/** Before the first order there is nothing to learn from. */
export const Empty: Story = {
  args: { request: { ...REQUEST, preferences: { ...DEMO_PREFERENCES, asOf: Date.UTC(2001, 0, 1) } } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('[data-kind="empty"]')).toBeVisible())
  },
}

/** A part of the data could not be reached: the figures are shown, and said to be too low. */
export const Partial: Story = { ...partialState, parameters: { client: () => createClient(partialShop()) } }

/** The data changed and the test takes long: the earlier figures stay, grey. */
export const Stale: Story = {
  parameters: { client: () => createClient(heldShop()) },
  play: async ({ canvasElement, loaded }) => {
    await verdictOf(canvasElement)
    const client = loaded['client'] as CrmClient
    ;(client.adapter as HeldAdapter).hold()
    client.invalidate()
    await waitFor(() => expect(canvasElement.querySelector('[data-stale]')).not.toBeNull())
    await expect(await verdictOf(canvasElement)).toBeVisible()
  },
}

/** The data source fails; the button brings the figures. */
export const ErrorWithRetry: Story = { ...errorState('region'), name: 'Error', parameters: { client: () => createClient(failingShop('UNAVAILABLE', 1)) } }

/** This user may not see the figures. */
export const Forbidden: Story = { ...forbiddenState, parameters: { client: () => createClient(failingShop('FORBIDDEN')) } }

export const Dark: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } } }

/** Mirrored: the axis runs to the left. */
export const RightToLeft: Story = { name: 'RTL', globals: { direction: 'rtl' } }

export const Compact: Story = { globals: { density: 'compact' } }

/** 358 pixels, as on a telephone: the rows of the picture become cards, the table scrolls inside itself. */
export const Narrow: Story = {
  render: (args) => (
    <div data-testid="phone">
      <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
      <RecommenderScorecard {...args} />
    </div>
  ),
}

/** Simplified Chinese. */
export const Chinese: Story = {
  globals: { language: 'zh-Hans' },
  play: async ({ canvasElement }) => {
    await expect(await verdictOf(canvasElement)).toHaveTextContent('推荐会有效')
  },
}

/** A small shop without a single product in common: the answer of the real test, whatever it is, has no odd number in it. */
export const OneCustomer: Story = {
  parameters: {
    client: () =>
      createClient(
        createMemoryAdapter({
          timeZone: DEMO_SHOP.timeZone,
          currency: 'EUR',
          data: {
            transactions: [
              { lineId: '1', orderId: '1', customerId: 'C-1', productId: 'tea', at: DEMO_SHOP.asOf - 200 * 86_400_000, amount: 500 },
              { lineId: '2', orderId: '2', customerId: 'C-1', productId: 'pot', at: DEMO_SHOP.asOf - 5 * 86_400_000, amount: 900 },
            ],
          },
        }),
      ),
  },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('[data-verdict], [data-kind]')).not.toBeNull())
    await expect(canvasElement).not.toHaveTextContent(/NaN|Infinity|undefined/)
  },
}
