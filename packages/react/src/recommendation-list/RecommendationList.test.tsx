import '../styles.css'
import '../recommend/recommend.css'
import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { recommendOperation } from '@crm/core/recommend'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { readCsv, takeFile } from '../export-menu/testing/takeFile.ts'
import { CrmProvider, loadMessages } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import { createMemoryStore, createWebStore } from '../shared/personalStore.ts'
import { numbersDrawn, numbersHeard } from '../testing/axNumbers.ts'
import { SHOP_PREFERENCES, failingShop, recoveringShop, shopAdapter, waitingShop } from '../testing/shopStories.ts'
import { RecommendationList } from './RecommendationList.tsx'
import type { RecommendationListProps } from './RecommendationList.tsx'
import { RecommendationListItem } from './RecommendationListItem.tsx'
import { RecommendationListItems } from './RecommendationListItems.tsx'
import { RecommendationListRoot } from './RecommendationListRoot.tsx'
import type { OfferReaction } from './reactions.ts'
import { useRecommendations } from './useRecommendations.ts'

afterEach(() => {
  vi.useRealTimers()
  cleanup()
  localStorage.clear()
})

const NOW = SHOP_PREFERENCES.asOf
const QUESTION = { customerId: 'C-00008', preferences: SHOP_PREFERENCES, limit: 4 } as const

let client: CrmClient
beforeEach(() => {
  client = createClient(shopAdapter(), { allowMainThread: true, retry: { tries: 1 } })
})

function page(props: Partial<RecommendationListProps> = {}, provider: Partial<CrmProviderProps> = {}): ReactElement {
  return (
    <StrictMode>
      <CrmProvider client={client} theme="light" {...provider}>
        <RecommendationList {...({ ...QUESTION, now: () => NOW, ...props } as RecommendationListProps)} />
      </CrmProvider>
    </StrictMode>
  )
}

const cards = (): HTMLElement[] => screen.getAllByRole('toolbar').map((bar) => bar.closest('li')!)
const nameOf = (card: HTMLElement): string => within(card).getByRole('heading').textContent
const names = (): string[] => cards().map(nameOf)
const control = (card: HTMLElement, name: string): HTMLElement => card.querySelector<HTMLElement>(`[data-control="${name}"]`)!
const said = (): string => [...document.querySelectorAll('.crm-recommendations > [role="status"].crm-visually-hidden')].map((one) => one.textContent).join('')

async function show(props: Partial<RecommendationListProps> = {}, provider: Partial<CrmProviderProps> = {}) {
  const view = render(page(props, provider))
  await screen.findAllByRole('toolbar', {}, { timeout: 10_000 })
  return view
}

async function dismissFirst(reason = 'Too expensive', at = 0): Promise<string> {
  const card = cards()[at]!
  const name = nameOf(card)
  await userEvent.click(control(card, 'dismiss'))
  await userEvent.click(await within(card).findByRole('menuitem', { name: reason }))
  return name
}

describe('the list', () => {
  test('holds what the operation answers, in its order', async () => {
    await show()
    const { data } = await client.run(recommendOperation, { for: { customerId: 'C-00008' }, preferences: SHOP_PREFERENCES, limit: 4 })
    expect(names()).toEqual(data.items.map(({ name }) => name))
  })

  test('is never that of another customer: the earlier one goes at once', async () => {
    const view = await show()
    const before = names()
    view.rerender(page({ customerId: 'C-00019' }))
    expect(document.querySelectorAll('.crm-recommendations .crm-offer-name')).toHaveLength(0)
    await screen.findAllByRole('toolbar')
    expect(names()).not.toEqual(before)
  })

  test('another limit keeps the cards that are there until the next are', async () => {
    const view = await show()
    view.rerender(page({ limit: 6 }))
    expect(cards()).toHaveLength(4)
    await waitFor(() => expect(cards()).toHaveLength(6))
  })

  test('every number drawn is heard, with a reason open too', async () => {
    const { container } = await show({ explain: { privacy: 'anonymous' } })
    await userEvent.click(control(cards()[0]!, 'reason'))
    const heard = new Set(numbersHeard(container))
    const drawn = numbersDrawn(container)
    expect(drawn.length).toBeGreaterThan(15)
    expect(drawn.filter((number) => !heard.has(number))).toEqual([])
  })
})

describe('dismissing', () => {
  test('a store that parses on every read is no endless change', async () => {
    const kept = createMemoryStore()
    const store = { ...kept, get: (key: string) => structuredClone(kept.get(key)) }
    await show({ store })
    const gone = await dismissFirst()
    await waitFor(() => expect(names()).not.toContain(gone))
    expect(cards()).toHaveLength(4)
  })

  test('refills the list to its length, says so, and reports what was dismissed, why, and where it stood', async () => {
    const onDismiss = vi.fn()
    const store = createMemoryStore()
    await show({ onDismiss, store })
    const before = names()
    const { data } = await client.run(recommendOperation, { for: { customerId: 'C-00008' }, preferences: SHOP_PREFERENCES, limit: 4 })
    const gone = await dismissFirst()
    await waitFor(() => expect(cards()).toHaveLength(4))
    expect(names()).not.toContain(gone)
    expect(names().slice(0, 3)).toEqual(before.slice(1))
    await waitFor(() => expect(said()).toBe(`${gone} dismissed. ${names()[3]} takes a place in the list.`))
    const [event, details] = onDismiss.mock.lastCall!
    expect(event).toEqual({ item: data.items[0], listId: data.id, reason: 'tooExpensive', rank: 1 })
    expect(details).toMatchObject({ reason: 'press' })
    expect(store.get('offers/C-00008')).toEqual([{ productId: data.items[0]!.productId, kind: 'dismissed', reason: 'tooExpensive', at: NOW, listId: data.id, rank: 1, name: gone }])
  })

  test('keeps a line in the place of the card, with the focus on the way back, which brings the same card back', async () => {
    const onUndo = vi.fn()
    await show({ onUndo })
    const before = names()
    const gone = await dismissFirst('Not relevant', 1)
    await waitFor(() => expect(cards()).toHaveLength(4))
    const items = [...document.querySelectorAll<HTMLElement>('.crm-offers > li')]
    expect(items.map(({ dataset }) => dataset['kind'])).toEqual([undefined, 'dismissed', undefined, undefined, undefined])
    expect(items[1]!.textContent).toContain(`${gone} dismissed: Not relevant`)
    const undo = screen.getByRole('button', { name: `Undo: ${gone} was dismissed` })
    await waitFor(() => expect(document.activeElement).toBe(undo))
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(names()).toEqual(before))
    expect(said()).toBe(`${gone} is back.`)
    await waitFor(() => expect(document.activeElement).toBe(control(cards()[1]!, 'reason')))
    expect(onUndo.mock.lastCall![0]).toMatchObject({ kind: 'dismissed', reason: 'notRelevant', rank: 2 } satisfies Partial<OfferReaction>)
  })

  test('the line goes by itself after ten seconds, but not from under the focus or the mouse; the offer can be brought back below', async () => {
    await show()
    const gone = await dismissFirst()
    await waitFor(() => expect(document.activeElement?.getAttribute('data-control')).toBe('undo'))
    const line = document.activeElement!.closest('.crm-offer-line')!
    vi.useFakeTimers()
    act(() => vi.advanceTimersByTime(60_000))
    expect(line.isConnected).toBe(true)
    fireEvent.pointerEnter(line)
    act(() => (document.activeElement as HTMLElement).blur())
    act(() => vi.advanceTimersByTime(60_000))
    expect(line.isConnected).toBe(true)
    fireEvent.pointerLeave(line)
    act(() => vi.advanceTimersByTime(9_000))
    expect(line.isConnected).toBe(true)
    act(() => vi.advanceTimersByTime(2_000))
    expect(line.isConnected).toBe(false)
    vi.useRealTimers()
    expect(names()).not.toContain(gone)
    await userEvent.click(screen.getByText('1 dismissed'))
    await userEvent.click(screen.getByRole('button', { name: `Undo: ${gone} was dismissed` }))
    await waitFor(() => expect(names()).toContain(gone))
  })

  test('one after the other until nothing is left: the widget says why, and the last can be brought back', async () => {
    await show({ filters: { allow: ['P-011', 'P-035'] }, limit: 2 })
    const first = await dismissFirst()
    await waitFor(() => expect(said()).toBe(`${first} dismissed. Nothing takes its place: 1 offer is left.`))
    const second = await dismissFirst()
    expect(await screen.findByText('No product passes')).toBeTruthy()
    expect(screen.getByText(/2 dismissed/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: `Undo: ${second} was dismissed` }))
    await waitFor(() => expect(names()).toEqual([second]))
  })

  test('without reasons to choose from a press dismisses', async () => {
    const onDismiss = vi.fn()
    await show({ dismissReasons: [], onDismiss })
    await userEvent.click(control(cards()[0]!, 'dismiss'))
    await waitFor(() => expect(onDismiss).toHaveBeenCalledOnce())
    expect(onDismiss.mock.lastCall![0]).toMatchObject({ reason: null })
    expect(screen.queryByRole('menu')).toBeNull()
  })

  test('is remembered in the storage of the browser, for this customer alone', async () => {
    const view = await show({ store: createWebStore() })
    const gone = await dismissFirst()
    await waitFor(() => expect(cards()).toHaveLength(4))
    view.unmount()
    await show({ store: createWebStore() })
    expect(names()).not.toContain(gone)
    expect(screen.getByText('1 dismissed')).toBeTruthy()
    expect(Object.keys(localStorage)).toEqual(['crm:offers/C-00008'])
  })

  test('for a basket nothing is stored without a key of its own', async () => {
    const store = createMemoryStore()
    const set = vi.spyOn(store, 'set')
    const basket = { customerId: undefined, basket: ['P-001'], store } as Partial<RecommendationListProps>
    const view = await show(basket)
    await dismissFirst()
    expect(set).not.toHaveBeenCalled()
    view.unmount()
    await show({ ...basket, storeKey: 'till 3' } as Partial<RecommendationListProps>)
    await dismissFirst()
    expect(set.mock.lastCall![0]).toBe('till 3')
  })
})

describe('accepting', () => {
  test('keeps the card, marked, with a way back, and reports it', async () => {
    const [onAccept, onUndo] = [vi.fn(), vi.fn()]
    await show({ onAccept, onUndo })
    const name = names()[2]!
    await userEvent.click(control(cards()[2]!, 'accept'))
    expect(onAccept.mock.lastCall![0]).toMatchObject({ rank: 3, reason: null, item: { name } })
    expect(cards()[2]!.dataset['accepted']).toBe('true')
    expect(said()).toBe(`${name} accepted.`)
    const undo = within(cards()[2]!).getByRole('button', { name: `Undo: ${name} was accepted` })
    await waitFor(() => expect(document.activeElement).toBe(undo))
    await userEvent.keyboard('{Enter}')
    expect(said()).toBe(`${name} is no longer accepted.`)
    await waitFor(() => expect(document.activeElement).toBe(control(cards()[2]!, 'accept')))
    expect(onUndo.mock.lastCall![0]).toMatchObject({ kind: 'accepted' })
  })
})

describe('keyboard', () => {
  test.each(['ltr', 'rtl'] as const)('each card is one tab stop; arrows move along it and between cards (%s)', async (direction) => {
    await show({}, { direction })
    const [onward, backward] = direction === 'ltr' ? ['{ArrowRight}', '{ArrowLeft}'] : ['{ArrowLeft}', '{ArrowRight}']
    const focused = (): readonly [number, string | null] => [cards().findIndex((card) => card.contains(document.activeElement)), document.activeElement?.getAttribute('data-control') ?? null]
    control(cards()[0]!, 'reason').focus()
    await userEvent.keyboard(backward)
    expect(focused()).toEqual([0, 'reason'])
    await userEvent.keyboard(onward)
    expect(focused()).toEqual([0, 'accept'])
    await userEvent.keyboard('{ArrowDown}')
    expect(focused()).toEqual([1, 'accept'])
    await userEvent.keyboard('{End}')
    expect(focused()).toEqual([3, 'accept'])
    await userEvent.keyboard('{ArrowDown}{Home}{ArrowUp}')
    expect(focused()).toEqual([0, 'accept'])
    await userEvent.keyboard('{Tab}')
    expect(focused()).toEqual([1, 'accept'])
    await userEvent.keyboard('{Tab}')
    expect(focused()).toEqual([2, 'reason'])
    for (const card of cards()) expect(card.querySelectorAll('[data-control][tabindex="0"]')).toHaveLength(1)
  })

  test('Escape closes what is open, gives the focus back, and does not reach a dialog around', async () => {
    const { baseElement } = await show()
    const onKeyDown = vi.fn()
    baseElement.addEventListener('keydown', onKeyDown)
    for (const name of ['reason', 'dismiss']) {
      const button = control(cards()[1]!, name)
      button.focus()
      await userEvent.keyboard('{Enter}')
      await waitFor(() => expect(button.getAttribute('aria-expanded')).toBe('true'))
      onKeyDown.mockClear()
      await userEvent.keyboard('{Escape}')
      expect(onKeyDown).not.toHaveBeenCalled()
      await waitFor(() => expect(button.getAttribute('aria-expanded')).toBe('false'))
      expect(document.activeElement).toBe(button)
    }
    baseElement.removeEventListener('keydown', onKeyDown)
  })

  test('a press elsewhere closes what is open, and only one thing is open at a time', async () => {
    await show()
    await userEvent.click(control(cards()[0]!, 'reason'))
    await userEvent.click(control(cards()[1]!, 'dismiss'))
    expect(screen.queryByRole('table')).toBeNull()
    await userEvent.click(control(cards()[2]!, 'reason'))
    expect(screen.queryByRole('menu')).toBeNull()
    expect(screen.getAllByRole('table')).toHaveLength(1)
    await userEvent.click(screen.getByRole('heading', { name: 'Next offers' }))
    expect(screen.queryByRole('table')).toBeNull()
  })
})

describe('the carousel', () => {
  test('scrolls inside itself: neither the page nor the widget gets wider, and what a card opens is not clipped', async () => {
    await show({ layout: 'carousel', limit: 8 })
    const list = document.querySelector<HTMLElement>('.crm-offers')!
    expect(list.scrollWidth).toBeGreaterThan(list.clientWidth)
    expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth)
    for (const name of ['reason', 'dismiss']) {
      await userEvent.click(control(cards()[0]!, name))
      const box = cards()[0]!.querySelector('.crm-menu')!.getBoundingClientRect()
      expect(document.elementFromPoint(box.left + 20, box.bottom - 6)?.closest('.crm-menu')).not.toBeNull()
      await userEvent.keyboard('{Escape}')
    }
  })
})

describe('states', () => {
  test('a refusal shows nothing of what was there; an error offers to try again; loading says how far it is', async () => {
    client = createClient(recoveringShop('UNAVAILABLE'), { allowMainThread: true, retry: { tries: 1 } })
    const view = render(page())
    await userEvent.click(within(await screen.findByRole('alert')).getByRole('button', { name: 'Try again' }))
    await screen.findAllByRole('toolbar')
    view.unmount()

    client = createClient(failingShop('FORBIDDEN'), { allowMainThread: true, retry: { tries: 1 } })
    const refused = render(page())
    expect(await screen.findByText('You have no access to these figures')).toBeTruthy()
    expect(screen.queryByRole('list')).toBeNull()
    refused.unmount()

    client = createClient(waitingShop(), { allowMainThread: true })
    render(page())
    expect(await screen.findByText('Reading purchases…')).toBeTruthy()
    await waitFor(() => expect(Number(screen.getByRole('progressbar').getAttribute('value'))).toBeGreaterThan(0))
  })

  test('a verdict of the back-test stands above the offers; a signal needs no words', async () => {
    const view = await show({ verdict: 'noSignal' })
    expect(screen.getByText(/^These data do not tell what this customer will buy next/)).toBeTruthy()
    view.rerender(page({ verdict: 'tooFew' }))
    expect(screen.getByText(/^Nobody knows yet/)).toBeTruthy()
    view.rerender(page({ verdict: 'signal' }))
    expect(document.querySelector('.crm-banner')).toBeNull()
  })

  test('an unknown customer gets what most customers buy, and is told so', async () => {
    await show({ customerId: 'nobody' })
    expect(screen.getByText(/^This customer is not in the data/)).toBeTruthy()
    expect(document.querySelectorAll('[data-source="popularity"]')).toHaveLength(4)
  })

  test('nothing bought at all, and nothing that speaks for a product, are told apart', async () => {
    const view = render(page({ customerId: 'nobody', strategy: { kind: 'buyAgain' }, fill: 'none' }))
    expect(await screen.findByText(/nothing speaks for any product/)).toBeTruthy()
    view.unmount()
    client = createClient(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions: [] } }), { allowMainThread: true })
    render(page())
    expect(await screen.findByText(/^There are no purchases up to/)).toBeTruthy()
  })

  test('what no list can be made of is an error in words, with its code', async () => {
    for (const [props, code] of [
      [{ limit: 0 }, 'LIMIT_RANGE'],
      [{ preferences: { from: 'transactions', asOf: Number.NaN } }, 'SPEC_INVALID'],
      [{ strategy: { kind: 'customers', neighbours: 0 } }, 'OPTION_INVALID'],
    ] as const) {
      const view = render(page(props))
      expect((await screen.findByRole('alert')).textContent).toContain(code)
      expect(view.container.textContent).not.toMatch(/NaN|undefined|Infinity/)
      view.unmount()
    }
  })

  test('the day of the list is that of the shop, wherever the page is', async () => {
    // Ten in the evening in Dublin is the next morning in Auckland.
    await show({ preferences: { ...SHOP_PREFERENCES, asOf: Date.UTC(2026, 9, 30, 21) } }, { format: { timeZone: 'Pacific/Auckland' } })
    await waitFor(() => expect(document.querySelector('.crm-from:not(.crm-offers-dismissed)')!.textContent).toContain('Oct 30, 2026'))
  })
})

describe('products', () => {
  const zh = new Map([['P-001', { name: '浓缩咖啡豆', category: '咖啡' }]])

  test('a list beside a product is called by its name', async () => {
    await show({ customerId: undefined, productId: 'P-001' } as Partial<RecommendationListProps>)
    expect((await screen.findByRole('heading', { level: 3 })).textContent).toBe('Goes with Espresso beans, dark roast 1 kg')
  })

  test('are called what the host calls them: in the title, on cards, in reasons, in what is said and kept', async () => {
    const store = createMemoryStore()
    const called = new Map<string, string>()
    const productText = (id: string): { name: string; category: string } | undefined => {
      if (id === 'P-999') return undefined
      called.set(`产品 ${id}`, id)
      return { name: `产品 ${id}`, category: '类别' }
    }
    const view = await show({ productText, store })
    expect(names().every((name) => called.has(name))).toBe(true)
    expect(document.querySelector('.crm-offer-category')!.textContent).toBe('类别')
    const name = await dismissFirst()
    await waitFor(() => expect(said()).toMatch(new RegExp(`^${name} dismissed. 产品 P-\\d+ takes a place`)))
    expect(store.get('offers/C-00008')).toMatchObject([{ productId: called.get(name), name }])
    // Kept under the name of one language, shown under that of another.
    view.rerender(page({ store, productText: (id) => ({ name: `produit ${id}` }) }))
    await screen.findByText(`produit ${called.get(name)} dismissed: Too expensive`)
    view.unmount()

    await show({ customerId: undefined, basket: ['P-001'], strategy: { kind: 'products' }, productText: (id: string) => zh.get(id) } as Partial<RecommendationListProps>)
    expect(screen.getAllByText(/浓缩咖啡豆/).length).toBeGreaterThan(0)
    expect(names().every((one) => /^[A-Z]/.test(one))).toBe(true)
  })
})

describe('in the layout of a host', () => {
  test('a list made taller than it is keeps its parts together at the top', async () => {
    render(<div style={{ display: 'grid', height: 1600 }}>{page()}</div>)
    await screen.findAllByRole('toolbar')
    const [head, body] = ['.crm-rfm-head', '.crm-rfm-body'].map((part) => document.querySelector(part)!.getBoundingClientRect())
    expect(document.querySelector('.crm-root')!.getBoundingClientRect().height).toBe(1600)
    expect(body!.top - head!.bottom).toBeLessThan(24)
  })

  test.each(['list', 'grid', 'carousel'] as const)('what a slot draws has the whole card (%s)', async (layout) => {
    render(page({ layout, slots: { item: (offer) => <><b>{offer.name}</b> <span>costs {offer.price}</span></> } }))
    const costs = await screen.findAllByText(/^costs/)
    for (const one of costs) {
      const [name, own] = [one.previousElementSibling!.getBoundingClientRect(), one.getBoundingClientRect()]
      expect(own.left >= name.right || own.top >= name.bottom - 1).toBe(true)
      expect(one.closest('li')!.getBoundingClientRect().width).toBeGreaterThan(200)
    }
  })
})

test('an export holds the offers as they are shown, with the id of the list', async () => {
  await show({ filters: { bought: 'include', allow: ['P-017', 'P-038', 'P-109'] }, limit: 3 })
  const [heading, ...rows] = readCsv(await (await takeFile(/^CSV/)).text())
  expect(heading).toEqual(['Rank', 'Product', 'Product ID', 'Category', 'Price (EUR)', 'Suggested quantity', 'Estimated value (EUR)', 'Source', 'Confidence', 'Score', 'Reason'])
  expect(rows.map((row) => row[1])).toEqual(names())
  expect(rows.map((row) => row[10])).toEqual(cards().map((card) => control(card, 'reason').textContent))
  const filter = rows.find((row) => row[2] === 'P-017')!
  expect(filter.slice(4, 7)).toEqual(['21.90', '2', '43.80'])
  const file = JSON.parse(await (await takeFile(/^JSON/)).text()) as { readonly spec: { readonly listId: string; readonly limit: number } }
  expect(file.spec).toMatchObject({ limit: 3, listId: expect.stringMatching(/^\w+$/) as string })
})

test('in Chinese the reasons, the menu and what is said are Chinese', async () => {
  await loadMessages('zh-Hans')
  await show({}, { language: 'zh-Hans' })
  const name = names()[0]!
  await userEvent.click(control(cards()[0]!, 'dismiss'))
  await userEvent.click(await screen.findByRole('menuitem', { name: '价格太高' }))
  await waitFor(() => expect(said()).toMatch(new RegExp(`^已忽略“${name}”，列表中补上了“.+”。$`)))
  expect(screen.getAllByText(/最相似的 \d+ 位客户中有 \d+ 位买过/).length).toBeGreaterThan(0)
})

describe('parts', () => {
  function Own(): ReactElement {
    const model = useRecommendations(QUESTION)
    return (
      <RecommendationListRoot model={model} className={({ status }) => `own-${status}`}>
        <RecommendationListItems layout="grid" renderItem={(offer) => <RecommendationListItem offer={offer} className={({ isAccepted }) => (isAccepted ? 'own on' : 'own')} />} />
        <button type="button" onClick={() => model.accept(model.offers[0]!.item)}>by code</button>
      </RecommendationListRoot>
    )
  }

  test('take markup of your own; the class follows the state', async () => {
    render(
      <CrmProvider client={client} theme="light">
        <Own />
      </CrmProvider>,
    )
    await screen.findAllByRole('toolbar')
    expect(document.querySelector('.crm-root')!.className).toBe('crm-root crm-rfm crm-recommendations own-ready')
    expect(cards()[0]!.className).toBe('crm-offer own')
    await userEvent.click(screen.getByRole('button', { name: 'by code' }))
    expect(cards()[0]!.className).toBe('crm-offer own on')
  })
})
