import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { backTestOperation } from '@crm/core/recommend'
import type { BackTestResult } from '@crm/core/recommend'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CrmProvider } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import '../styles.css'
import '../recommend/recommend.css'
import { numbersDrawn, numbersHeard } from '../testing/axNumbers.ts'
import { DEMO_PREFERENCES, demoShopAdapter, failingShop, heldShop, partialShop } from '../testing/demoShop.ts'
import { RecommenderScorecard } from './RecommenderScorecard.tsx'
import type { RecommenderScorecardProps } from './RecommenderScorecard.tsx'
import { RecommenderScorecardPlot } from './RecommenderScorecardPlot.tsx'
import { RecommenderScorecardRoot } from './RecommenderScorecardRoot.tsx'
import { useRecommenderScorecard } from './useRecommenderScorecard.ts'

const REQUEST = { preferences: DEMO_PREFERENCES, samples: 100 } as const
const shop = createClient(demoShopAdapter())
let result: BackTestResult

beforeAll(async () => {
  result = (await shop.run(backTestOperation, REQUEST)).data
})
afterEach(cleanup)

function page(client: CrmClient, children: ReactNode, provider: Partial<CrmProviderProps> = {}): ReactElement {
  return (
    <StrictMode>
      <CrmProvider client={client} theme="light" {...provider}>
        {children}
      </CrmProvider>
    </StrictMode>
  )
}

async function renderCard(props: Partial<RecommenderScorecardProps> = {}, provider: Partial<CrmProviderProps> = {}, client = shop) {
  const view = render(page(client, <RecommenderScorecard request={REQUEST} {...props} />, provider))
  const verdict = await waitFor(() => document.querySelector<HTMLElement>('[data-verdict]') ?? Promise.reject(new Error('no verdict')), { timeout: 15_000 })
  return { ...view, verdict }
}

const plotRow = (name: string): HTMLElement => document.querySelector<HTMLElement>(`.crm-score-plot [data-strategy="${name}"]`)!

describe('figures', () => {
  test('the picture and the table say what the operation says', async () => {
    await renderCard()
    expect([...document.querySelectorAll('.crm-score-plot [data-strategy]')].map((row) => row.getAttribute('data-strategy'))).toEqual(result.rows.map(({ name }) => name))
    for (const { name, figures, gain } of result.rows) {
      const three = (value: number): string => value.toFixed(3)
      const text = plotRow(name).textContent.replaceAll('\u2212', '-')
      expect(text).toContain(`${three(figures.ndcg.value)} ${three(figures.ndcg.low)} to ${three(figures.ndcg.high)}`)
      expect(text).toContain(gain === null ? 'no gain over itself' : three(gain.value))
      const cells = [...document.querySelectorAll(`[role="region"] [data-strategy="${name}"] td`)].map((cell) => cell.textContent)
      const percent = (value: number): string => (value === 0 || value === 1 ? `${value * 100}%` : `${(value * 100).toFixed(1)}%`)
      expect(cells[1]).toContain(percent(figures.hitRate.value))
      expect(cells.slice(-3)).toEqual([percent(figures.coverage), figures.novelty.toFixed(1), figures.diversity.toFixed(2)])
    }
  })

  test('the title says the days that were asked for, from whatever time of day they are counted back', async () => {
    await renderCard({ request: { ...REQUEST, preferences: { ...DEMO_PREFERENCES, asOf: DEMO_PREFERENCES.asOf - 86_399_999 }, testDays: 30 } })
    expect(screen.getByRole('heading').textContent).toBe('Would it have worked on the last 30 days?')
  })

  test('the verdict says the share of customers hit, and that of popularity; the window stands under the title', async () => {
    const { verdict } = await renderCard()
    const share = (name: string): string => `${(result.rows.find((row) => row.name === name)!.figures.hitRate.value * 100).toFixed(1)}%`
    const chosen = result.rows.find(({ strategy }) => JSON.stringify(strategy) === JSON.stringify(result.chosen))!
    expect(verdict.textContent).toContain(`into the top 10 for ${share(chosen.name)} of customers, popularity for ${share('popularity')}.`)
    expect(screen.getByRole('heading').textContent).toBe('Would it have worked on the last 90 days?')
    expect(document.querySelector('.crm-subtitle')!.textContent).toBe(`Learned from purchases before Aug 3, 2026, tested on Aug 3, 2026 to Oct 31, 2026: ${result.customers} customers, ${result.products} products.`)
  })

  test('dots and lines stand where the axis says, popularity on the dashed line; all is mirrored under rtl', async () => {
    for (const direction of ['ltr', 'rtl'] as const) {
      const { unmount } = await renderCard({ defaultView: 'picture' }, { direction })
      const ticks = [...document.querySelectorAll('.crm-score-plot tfoot td:not([data-of]) text')]
      const box = (element: Element): DOMRect => element.getBoundingClientRect()
      const middle = (element: Element): number => (box(element).left + box(element).right) / 2
      const [first, last] = [ticks[0]!, ticks.at(-1)!]
      const perUnit = (middle(last) - middle(first)) / (Number(last.textContent) - Number(first.textContent))
      expect(Math.sign(perUnit)).toBe(direction === 'ltr' ? 1 : -1)
      for (const { name, figures } of result.rows) {
        const cell = plotRow(name).querySelector('.crm-score-bars')!
        expect(middle(cell.querySelector('circle')!)).toBeCloseTo(middle(first) + perUnit * figures.ndcg.value, -0.5)
        const line = box(cell.querySelector('svg svg line')!)
        expect(line.width).toBeCloseTo(Math.abs(perUnit) * (figures.ndcg.high - figures.ndcg.low), -0.5)
      }
      const popular = plotRow('popularity')
      expect(middle(popular.querySelector('circle')!)).toBeCloseTo(middle(popular.querySelector('line[data-kind="reference"]')!), 0)
      unmount()
    }
  })

  test('another metric is drawn without asking again; the gain stays that of NDCG', async () => {
    const run = vi.spyOn(shop, 'run')
    await renderCard({ defaultView: 'picture' })
    const asked = run.mock.calls.length
    const gains = [...document.querySelectorAll('.crm-score-plot td[data-of="gain"][data-align]')].map((cell) => cell.textContent)
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Measured by' }), 'mrr')
    expect(plotRow('popularity').textContent).toContain(result.rows.find(({ name }) => name === 'popularity')!.figures.mrr.value.toFixed(3))
    expect([...document.querySelectorAll('.crm-score-plot td[data-of="gain"][data-align]')].map((cell) => cell.textContent)).toEqual(gains)
    expect(screen.getByText(/MRR: 1 divided by the place of the first hit/)).toBeTruthy()
    expect(run.mock.calls.length).toBe(asked)
    run.mockRestore()
  })

  test('the table shows all metrics, so there is none to choose', async () => {
    await renderCard({ defaultView: 'table' })
    expect(screen.queryByRole('combobox')).toBeNull()
    expect(screen.getAllByRole('columnheader').map((one) => one.textContent)).toEqual([
      'Strategy', 'NDCG, top\u00a010', 'Hit rate, top\u00a010', 'Precision, top\u00a010', 'Recall, top\u00a010', 'MAP, top\u00a010', 'MRR, top\u00a010',
      'Gain over popularity, NDCG', 'Coverage', 'Novelty', 'Diversity',
    ])
  })
})

describe('a strategy is taken over', () => {
  test('by the button of the verdict or of its row; the button stays, with the focus, and says so', async () => {
    const onChoose = vi.fn()
    const { verdict } = await renderCard({ onChoose })
    const button = within(verdict).getByRole('button', { name: /^Use this strategy/ })
    await userEvent.click(button)
    expect(onChoose.mock.lastCall).toMatchObject([result.chosen, { reason: 'press', name: expect.any(String) }])
    expect(document.activeElement).toBe(button)
    expect(button.textContent).toMatch(/^In use/)
    await userEvent.click(button, { force: true })
    expect(onChoose).toHaveBeenCalledOnce()
    await userEvent.click(within(plotRow('popularity')).getByRole('button', { name: 'Use Popularity' }))
    expect(onChoose.mock.lastCall).toMatchObject([{ kind: 'popularity' }, { name: 'popularity' }])
    expect(button.textContent).toMatch(/^Use this strategy/)
  })

  test('controlled: the one in use is the host’s, whatever the order of its settings', async () => {
    const { verdict } = await renderCard({ strategy: JSON.parse(JSON.stringify(result.chosen)), onChoose: () => {} })
    expect(within(verdict).getByRole('button').getAttribute('aria-disabled')).toBe('true')
    fireEvent.click(within(plotRow('popularity')).getByRole('button'))
    expect(within(plotRow('popularity')).getByRole('button').textContent).toMatch(/^Use/)
  })

  test('no button where the host does not listen', async () => {
    const { verdict } = await renderCard()
    expect(within(verdict).queryByRole('button')).toBeNull()
    expect(plotRow('popularity').querySelector('button')).toBeNull()
  })
})

describe('verdicts', () => {
  test('a shop without affinities has no signal', async () => {
    const { verdict } = await renderCard({ onChoose: () => {} }, {}, createClient(demoShopAdapter({ customers: 300, effects: { affinities: false } })))
    expect(verdict.textContent).toMatch(/^No signal\. Nothing beats popularity by more than chance\./)
    expect(within(verdict).getByRole('button').textContent).toMatch(/^Use popularity/)
    expect(document.querySelector('[data-better]')).toBeNull()
  })

  test('twenty customers are too few, and nothing is recommended to be used', async () => {
    const { verdict } = await renderCard({ onChoose: () => {} }, {}, createClient(demoShopAdapter({ customers: 20 })))
    expect(verdict.textContent).toMatch(/^Too few customers to tell\./)
    expect(within(verdict).queryByRole('button')).toBeNull()
    expect(document.body.textContent).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('accessibility tree', () => {
  test.each(['table', 'picture', 'both'] as const)('every number drawn is in it (%s)', async (defaultView) => {
    const { container } = await renderCard({ defaultView })
    expect(numbersDrawn(container).length).toBeGreaterThan(20)
    const heard = numbersHeard(container)
    for (const number of new Set(numbersDrawn(container))) expect(heard, number).toContain(number)
  })

  test('on a telephone the cards are still a table', async () => {
    const { container } = render(page(shop, <div id="phone"><style>{'#phone{width:358px}'}</style><RecommenderScorecard request={REQUEST} defaultView="picture" /></div>))
    const table = await screen.findByRole('table', {}, { timeout: 15_000 })
    expect(within(table).getAllByRole('rowheader')).toHaveLength(4)
    const root = container.querySelector('.crm-root')!
    expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth)
    const frame = container.querySelector('.crm-segments-frame')!
    expect(frame.scrollWidth).toBe(frame.clientWidth)
  })

  test('the wide table scrolls inside itself, by keyboard too', async () => {
    render(page(shop, <div id="phone"><style>{'#phone{width:358px}'}</style><RecommenderScorecard request={REQUEST} defaultView="table" /></div>))
    const region = await screen.findByRole('region', { name: /Would it have worked/ }, { timeout: 15_000 })
    expect(region.scrollWidth).toBeGreaterThan(region.clientWidth)
    expect(region.tabIndex).toBe(0)
  })
})

describe('states', () => {
  test('the first 300 ms are quiet, then a bar says how far it is; leaving aborts the work', async () => {
    const onAbort = vi.fn()
    const { unmount } = render(page(createClient(heldShop(true, onAbort)), <RecommenderScorecard request={REQUEST} />))
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(await screen.findByRole('progressbar', { name: 'Progress of the test' })).toBeTruthy()
    expect(screen.getAllByRole('status').some(({ textContent }) => textContent!.startsWith('Learning from what was known'))).toBe(true)
    unmount()
    await waitFor(() => expect(onAbort).toHaveBeenCalled())
  })

  test('the bar moves on with the work, in whole percent', async () => {
    const values: number[] = []
    const said = new Set<string>()
    const watch = new MutationObserver(() => {
      const bar = document.querySelector<HTMLProgressElement>('progress[value]')
      if (bar) values.push(bar.value)
      if (bar) said.add(bar.nextElementSibling!.textContent)
    })
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['value'] })
    await renderCard({}, {}, createClient(demoShopAdapter({ customers: 1200 })))
    watch.disconnect()
    expect(values.length).toBeGreaterThan(2)
    expect(Math.max(...values)).toBeGreaterThan(0.5)
    expect(Math.max(...values)).toBeLessThanOrEqual(1)
    expect([...said].every((words) => / \d{1,3}%$/.test(words))).toBe(true)
  })

  test('nothing to test, refused and partial say so', async () => {
    for (const [adapter, request, words] of [
      [demoShopAdapter(), { ...REQUEST, preferences: { ...DEMO_PREFERENCES, asOf: Date.UTC(2001, 0, 1) } }, /Nothing to test on/],
      [failingShop('FORBIDDEN'), REQUEST, /You have no access to these figures/],
      [partialShop(), REQUEST, /shard 3 of 4 could not be reached/],
    ] as const) {
      const { unmount } = render(page(createClient(adapter), <RecommenderScorecard request={request} />))
      expect(await screen.findByText(words, {}, { timeout: 15_000 })).toBeTruthy()
      unmount()
    }
  })

  test('without a single purchase there is nothing to test on; a spec that means nothing is an error in words', async () => {
    const empty = createClient(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions: [] } }))
    const view = render(page(empty, <RecommenderScorecard request={REQUEST} />))
    expect(await screen.findByText(/Nothing to test on/, {}, { timeout: 15_000 })).toBeTruthy()
    view.unmount()
    const { container } = render(page(empty, <RecommenderScorecard request={{ ...REQUEST, preferences: { ...DEMO_PREFERENCES, asOf: Number.NaN } }} />))
    expect(await screen.findByText(/SPEC_INVALID/)).toBeTruthy()
    expect(container.textContent).not.toMatch(/NaN|undefined/)
  })

  test('a failure keeps its code and can be tried again; a slot replaces a state', async () => {
    const { unmount } = render(page(createClient(failingShop('UNAVAILABLE', 1)), <RecommenderScorecard request={REQUEST} />))
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(document.querySelector('[data-verdict]')).not.toBeNull(), { timeout: 15_000 })
    unmount()
    render(page(createClient(failingShop('INTERNAL')), <RecommenderScorecard request={REQUEST} slots={{ error: () => <p>Later</p> }} />))
    await screen.findByText('Later')
  })
})

describe('parts', () => {
  function Own(): ReactElement {
    const model = useRecommenderScorecard({ request: REQUEST, defaultMetric: 'recall' })
    return (
      <RecommenderScorecardRoot model={model} className={({ status }) => `own-${status}`}>
        <RecommenderScorecardPlot />
      </RecommenderScorecardRoot>
    )
  }

  test('stand in markup of your own; the class follows the state', async () => {
    render(page(shop, <Own />))
    await screen.findByRole('table', {}, { timeout: 15_000 })
    expect(document.querySelector('.crm-root')!.className).toBe('crm-root crm-rfm crm-score own-ready')
  })
})
