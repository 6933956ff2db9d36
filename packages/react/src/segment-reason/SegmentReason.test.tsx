import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement } from 'react'
import { afterEach, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CrmProvider, loadMessages } from '../provider/index.ts'
import type { CrmProviderProps } from '../provider/index.ts'
import '../styles.css'
import { STORY_SPEC, recoveringAdapter, storyAdapter, waitingAdapter } from '../testing/storyData.ts'
import { SegmentReason } from './SegmentReason.tsx'
import type { SegmentReasonProps } from './SegmentReason.tsx'

afterEach(cleanup)

function page(client: CrmClient, props: Partial<SegmentReasonProps>, provider: Partial<CrmProviderProps> = {}): ReactElement {
  return (
    <StrictMode>
      <CrmProvider client={client} theme="light" {...provider}>
        <SegmentReason request={{ spec: STORY_SPEC }} {...props} />
      </CrmProvider>
    </StrictMode>
  )
}

test('another customer is never shown under the name of the one before', async () => {
  const client = createClient(storyAdapter())
  const view = render(page(client, { customerId: 'C-10023' }))
  expect(await screen.findByRole('heading', { name: /C-10023/ })).toBeTruthy()
  view.rerender(page(client, { customerId: 'C-10024' }))
  expect(screen.queryByRole('heading', { name: /C-10023/ })).toBeNull()
  expect(await screen.findByRole('heading', { name: /C-10024/ })).toBeTruthy()
})

test('every number drawn on a scale stands in its name', async () => {
  render(page(createClient(storyAdapter()), { customerId: 'C-10023' }))
  const scales = await screen.findAllByRole('img')
  expect(scales).toHaveLength(3)
  for (const scale of scales) {
    const drawn = [...scale.querySelectorAll('text')].map(({ textContent }) => textContent)
    expect(drawn.length).toBeGreaterThanOrEqual(9)
    for (const number of drawn) expect(scale.getAttribute('aria-label')).toContain(number)
  }
})

test('the region is named by its heading', async () => {
  render(page(createClient(storyAdapter()), { customer: { name: 'Mei Huang', recencyDays: 12, orders: 9, revenue: 124_000 } }))
  const region = await screen.findByRole('region', { name: /^Mei Huang: / })
  expect(within(region).getByRole('heading', { level: 4 })).toBeTruthy()
})

test('a customer of the page without a purchase has no score, and one that is no customer breaks nothing', async () => {
  const client = createClient(storyAdapter())
  const view = render(page(client, { customer: { recencyDays: 0, orders: 0, revenue: 0 } }))
  expect(await screen.findByText('No score yet')).toBeTruthy()
  view.rerender(page(client, { customer: { recencyDays: Number.NaN, orders: 2, revenue: 0 } }))
  expect(await screen.findByRole('alert')).toBeTruthy()
})

test('the explanation stays while the data change, and follows them', async () => {
  const client = createClient(storyAdapter())
  const { container } = render(page(client, { customer: { name: 'Mei', recencyDays: 12, orders: 9, revenue: 124_000 } }))
  expect(await screen.findByRole('heading', { name: /^Mei: / })).toBeTruthy()
  client.invalidate()
  expect(screen.getByRole('heading', { name: /^Mei: / })).toBeTruthy()
  await waitFor(() => expect(container.querySelector('[data-status=ready]')).not.toBeNull())
})

test('all that failed is asked again at once', async () => {
  render(page(createClient(recoveringAdapter('UNAVAILABLE', 2)), { customerId: 'C-10023' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: /C-10023/ })).toBeTruthy()
})

test('a host that waits is told what is being done', async () => {
  render(page(createClient(waitingAdapter()), { customerId: 'C-10023' }))
  expect(await screen.findByText('Reading the customer and scoring…')).toBeTruthy()
})

test('in Chinese the names of segments and the plural forms are Chinese', async () => {
  await loadMessages('zh-Hans')
  render(page(createClient(storyAdapter()), { customerId: 'C-10023' }, { language: 'zh-Hans' }))
  expect(await screen.findByText('忠诚客户：114 天前购买过（R 4），12 笔订单，€1,092.18（FM 5）。')).toBeTruthy()
})
