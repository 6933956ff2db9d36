import { createClient } from '@crm/core/client'
import { demoShopTruth } from '@crm/example-demo-shop'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactElement } from 'react'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { createMemoryStore } from '../shared/personalStore.ts'
import type { PersonalStore } from '../shared/personalStore.ts'
import '../styles.css'
import '../recommend/recommend.css'
import { SHOP_PREFERENCES, chineseShop, failingShop, recoveringShop, shopAdapter, waitingShop, wordyShop } from '../testing/shopStories.ts'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { RecommendationList } from './RecommendationList.tsx'
import type { RecommendationListProps } from './RecommendationList.tsx'
import type { RecommendationsBehaviour } from './useRecommendations.ts'

const shop = createClient(shopAdapter())

/** A story may be of a customer, a basket or a product: what the widget takes as a union. */
type StoryArgs = RecommendationsBehaviour &
  Pick<RecommendationListProps, 'layout' | 'title' | 'headingLevel' | 'slots' | 'onExport' | 'className'> & {
    readonly customerId?: string | undefined
    readonly basket?: readonly string[]
    readonly productId?: string
  }

const meta: Meta<StoryArgs> = {
  title: 'Widgets/RecommendationList',
  component: RecommendationList as unknown as (props: StoryArgs) => ReactElement,
  render: (args) => <RecommendationList {...(args as unknown as RecommendationListProps)} />,
  args: { customerId: 'C-00008', preferences: SHOP_PREFERENCES, limit: 5, onAccept: fn(), onDismiss: fn(), onUndo: fn() },
  argTypes: { layout: { control: 'inline-radio', options: ['list', 'grid', 'carousel'] } },
  parameters: { client: () => shop },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<StoryArgs>

type Canvas = ReturnType<typeof within>

async function cardsOf(canvas: Canvas): Promise<HTMLElement[]> {
  return (await canvas.findAllByRole('toolbar', {}, { timeout: 15_000 })).map((bar: HTMLElement) => bar.closest('li')!)
}

/** The notes under a widget are a list too. */
function listOf(canvasElement: HTMLElement): HTMLElement {
  return canvasElement.querySelector<HTMLElement>('ol')!
}

const nameOf = (card: HTMLElement): string => within(card).getByRole('heading').textContent

/** A reason opens what adds up to the score; accept and dismiss report to the host; the list stays as long as asked. */
export const Playground: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const [first, second] = await cardsOf(canvas)
    await userEvent.click(within(first!).getByRole('button', { expanded: false, name: /bought|Goes with|Popular/ }))
    const shares = within(within(first!).getByRole('table')).getAllByRole('row').slice(1, -1).map((row) => Number.parseFloat(within(row).getAllByRole('cell')[0]!.textContent))
    await expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 6)
    await userEvent.keyboard('{Escape}')
    await expect(canvas.queryByRole('table')).toBeNull()

    await userEvent.click(within(second!).getByRole('button', { name: 'Accept' }))
    await expect(args.onAccept).toHaveBeenCalledWith(expect.objectContaining({ rank: 2, reason: null, listId: expect.stringMatching(/^\w+$/) }), expect.objectContaining({ reason: 'press' }))
    await waitFor(() => expect(within(second!).getByRole('button', { name: /^Undo: .* was accepted$/ })).toHaveFocus())

    const gone = nameOf(first!)
    await userEvent.click(within(first!).getByRole('button', { name: 'Dismiss' }))
    await userEvent.click(await within(first!).findByRole('menuitem', { name: 'Too expensive' }))
    await expect(args.onDismiss).toHaveBeenCalledWith(expect.objectContaining({ rank: 1, reason: 'tooExpensive' }), expect.anything())
    await waitFor(async () => expect(await cardsOf(canvas)).toHaveLength(5))
    await expect((await cardsOf(canvas)).map(nameOf)).not.toContain(gone)
    await userEvent.click(canvas.getByRole('button', { name: `Undo: ${gone} was dismissed` }))
    await waitFor(async () => expect(nameOf((await cardsOf(canvas))[0]!)).toBe(gone))
    await expect(args.onUndo).toHaveBeenCalledWith(expect.objectContaining({ kind: 'dismissed', reason: 'tooExpensive' }), expect.anything())
  },
}

/** Side by side, as many as fit. */
export const Grid: Story = { args: { layout: 'grid', limit: 6 } }

/** A row that scrolls, by buttons, touch and keyboard. */
export const Carousel: Story = {
  args: { layout: 'carousel', limit: 10 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await cardsOf(canvas)
    const list = listOf(canvasElement)
    const back = canvas.getByRole('button', { name: 'Show earlier offers' })
    const forward = canvas.getByRole('button', { name: 'Show further offers' })
    await expect(back).toHaveAttribute('aria-disabled', 'true')
    await userEvent.click(forward)
    await waitFor(() => expect(list.scrollLeft).toBeGreaterThan(200))
    await waitFor(() => expect(back).not.toHaveAttribute('aria-disabled'))
    await waitFor(
      async () => {
        await userEvent.click(forward)
        await expect(forward).toHaveAttribute('aria-disabled', 'true')
      },
      { timeout: 15_000, interval: 500 },
    )
    await expect(forward).toHaveFocus()
  },
}

/** The reason of an offer, opened: parts, shares that add up to 100 %, and the score. */
export const Reason: Story = {
  args: { explain: { privacy: 'anonymous', contributions: 4 }, limit: 3 },
  play: async ({ canvasElement }) => {
    const [first] = await cardsOf(within(canvasElement))
    await userEvent.click(within(first!).getAllByRole('button')[0]!)
    await expect(within(first!).getByRole('table')).toBeVisible()
  },
}

/** The menu of reasons to dismiss an offer, the second of a carousel: not clipped by the row that scrolls. */
export const DismissMenu: Story = {
  args: { layout: 'carousel', limit: 8 },
  play: async ({ canvasElement }) => {
    const [, second] = await cardsOf(within(canvasElement))
    await userEvent.click(second!.querySelector('[data-control="dismiss"]')!)
    const items = await within(second!).findAllByRole('menuitem')
    await waitFor(() => expect(items[0]).toHaveFocus())
    const menu = within(second!).getByRole('menu').getBoundingClientRect()
    await expect(document.elementFromPoint(menu.left + menu.width / 2, menu.bottom - 8)?.closest('[role="menu"]')).not.toBeNull()
    await userEvent.keyboard('{ArrowUp}')
    await expect(items.at(-1)).toHaveFocus()
  },
}

/** What goes with what is in a basket. Nobody is known, so nothing is remembered. */
export const Basket: Story = { args: { customerId: undefined, basket: ['P-001', 'P-010'], layout: 'grid', limit: 4 } }

/** What is bought together with one product. */
export const Product: Story = { args: { customerId: undefined, productId: 'P-019', layout: 'carousel', limit: 6 } }

/** What one order usually takes more than one of: price times quantity, marked as an estimate. */
export const EstimatedValue: Story = {
  args: { layout: 'grid', limit: 3, filters: { bought: 'include', allow: ['P-017', 'P-038', 'P-109'] } },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('2 × €21.90')
  },
}

/** Names as a catalogue may have them, two lines shown, and products without a category: what is not known is left out. */
export const LongNames: Story = { args: { layout: 'grid', limit: 6 }, parameters: { client: () => createClient(wordyShop()) } }

/** Nothing bought yet: what others of the same city buy, and said so. */
export const ColdStart: Story = {
  args: { customerId: 'C-00103', segmentField: 'city' },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/^No purchases yet/)
  },
}

/** Rules leave less than asked for: how many, and what each rule took. */
export const PartialByFilters: Story = {
  args: { limit: 8, filters: { inStock: true, price: { max: 1000 }, categories: { allow: ['Coffee & tea'] } }, customerId: 'C-00002' },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/of 8: only .*Left out: /)
  },
}

/** What they bought before, and how often: apart from what is new for them. */
export const BuyAgain: Story = { args: { strategy: { kind: 'buyAgain', halfLifeDays: 90 }, filters: { bought: 'include' } } }

/** A back-test of these data found no signal: the host says so, and the widget puts it into words. */
export const NoSignal: Story = {
  args: { verdict: 'noSignal', strategy: { kind: 'popularity', windowDays: 90 }, limit: 3 },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/^These data do not tell/)
  },
}

const LIST_ID = 'earlier'
const remembered = (): PersonalStore =>
  createMemoryStore({
    'offers/C-00008': [
      { productId: 'P-036', kind: 'dismissed', reason: 'alreadyHas', at: 0, listId: LIST_ID, rank: 1, name: 'Soy sauce, light 500 ml' },
      { productId: 'P-107', kind: 'dismissed', reason: 'tooExpensive', at: 0, listId: LIST_ID, rank: 3, name: 'Tool box, steel' },
    ],
  })

/** What was dismissed on earlier days stays away, counted under the list, and can be brought back. */
export const Remembered: Story = {
  args: { store: remembered(), limit: 3 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await cardsOf(canvas)
    await userEvent.click(canvas.getByText('2 dismissed'))
    await userEvent.click(canvas.getByRole('button', { name: 'Undo: Tool box, steel was dismissed' }))
    await canvas.findByText('1 dismissed')
  },
}

/** The line in the place of a dismissed offer, and the offer that took its place at the end. */
export const Dismissed: Story = {
  args: { limit: 3 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const [, second] = await cardsOf(canvas)
    const gone = nameOf(second!)
    await userEvent.click(second!.querySelector('[data-control="dismiss"]')!)
    await userEvent.click((await within(second!).findAllByRole('menuitem'))[1]!)
    await waitFor(async () => expect(await cardsOf(canvas)).toHaveLength(3))
    await expect(within(listOf(canvasElement)).getAllByRole('listitem').map((one) => one.dataset['kind'])).toEqual([undefined, 'dismissed', undefined, undefined])
    const undo = canvas.getAllByRole('button').find((one) => one.dataset['control'] === 'undo')!
    await waitFor(() => expect(undo).toHaveFocus())
    await expect(undo).toHaveAccessibleName(expect.stringContaining(gone))
  },
}

/** Codes of the host's own in the menu. */
export const OwnReasons: Story = {
  args: { dismissReasons: ['notRelevant', { code: 'competitor', label: 'Buys it from a competitor' }], limit: 3 },
  play: async ({ canvasElement, args }) => {
    const [first] = await cardsOf(within(canvasElement))
    await userEvent.click(first!.querySelector('[data-control="dismiss"]')!)
    await userEvent.click(await within(first!).findByRole('menuitem', { name: 'Buys it from a competitor' }))
    await expect(args.onDismiss).toHaveBeenCalledWith(expect.objectContaining({ reason: 'competitor' }), expect.anything())
  },
}

/** Item, header and layout of the host's own; the logic stays. */
export const Slots: Story = {
  args: {
    limit: 3,
    slots: {
      header: () => <h3>For you</h3>,
      item: (offer) => (
        <>
          <strong>{offer.name}</strong> — {offer.reason}
        </>
      ),
      layout: (children) => <ul data-testid="own">{children}</ul>,
    },
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await expect(within(await canvas.findByTestId('own')).getAllByRole('listitem')).toHaveLength(3)
  },
}

/** The skeleton has the shape of what comes; after 300 ms it says what is being done, and how far that is. */
export const Loading: Story = {
  parameters: { client: () => createClient(waitingShop()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByRole('progressbar')
  },
}

/** The shop has sold nothing yet. */
export const Empty: Story = {
  args: { preferences: { from: 'transactions', asOf: demoShopTruth.from } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('[data-kind="empty"]')).toBeVisible())
  },
}

/** The rules leave nothing: what each of them took. */
export const NoMatch: Story = {
  args: { filters: { price: { max: 1 } } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('[data-kind="noMatch"]')).toBeVisible())
  },
}

/** The data source fails; the button brings the offers. */
export const ErrorWithRetry: Story = {
  name: 'Error',
  parameters: { client: () => createClient(recoveringShop('UNAVAILABLE')) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const alert = await canvas.findByRole('alert')
    await expect(alert).toHaveTextContent('UNAVAILABLE')
    await userEvent.click(within(alert).getByRole('button'))
    await cardsOf(canvas)
  },
}

/** This user may not see the figures. */
export const Forbidden: Story = {
  parameters: { client: () => createClient(failingShop('FORBIDDEN')) },
  play: async ({ canvasElement }) => {
    const alert = await within(canvasElement).findByRole('alert')
    await expect(within(alert).queryByRole('button')).toBeNull()
  },
}

export const Dark: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } }, args: { layout: 'grid', limit: 6 } }

/** Mirrored: arrows to the left go on along a card. */
export const RightToLeft: Story = {
  name: 'RTL',
  globals: { direction: 'rtl' },
  args: { layout: 'carousel', limit: 8 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const [first] = await cardsOf(canvas)
    first!.querySelector<HTMLElement>('[data-control="reason"]')!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(first!.querySelector('[data-control="accept"]')).toHaveFocus()
    await userEvent.click(canvasElement.querySelector('[data-onward="1"]')!)
    await waitFor(() => expect(listOf(canvasElement).scrollLeft).toBeLessThan(-200))
  },
}

export const Compact: Story = { globals: { density: 'compact' } }

/** 358 pixels, as on a telephone. */
export const Narrow: Story = {
  args: { limit: 3 },
  render: (args) => (
    <div data-testid="phone">
      <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
      <RecommendationList {...(args as unknown as RecommendationListProps)} />
    </div>
  ),
}

/** Simplified Chinese, over products with Chinese names. */
export const Chinese: Story = {
  globals: { language: 'zh-Hans' },
  parameters: { client: () => createClient(chineseShop()) },
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByRole('heading', { name: '下一步推荐' })).toBeVisible()
    await cardsOf(within(canvasElement))
  },
}
