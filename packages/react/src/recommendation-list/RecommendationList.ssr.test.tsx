import { createClient } from '@crm/core/client'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CrmProvider } from '../provider/index.ts'
import { createMemoryStore, createWebStore } from '../shared/personalStore.ts'
import { SHOP_PREFERENCES, shopAdapter } from '../testing/shopStories.ts'
import { RecommendationList } from './RecommendationList.tsx'
import type { RecommendationListLayout } from './RecommendationListItems.tsx'
import { prefetchRecommendations, recommendationsQueryOptions } from './recommendationsQueryOptions.ts'

const QUESTION = { customerId: 'C-00008', preferences: SHOP_PREFERENCES, limit: 4 } as const

test.each<RecommendationListLayout>(['list', 'grid', 'carousel'])("the server's HTML holds every offer with its reason, and no style attribute (%s)", async (layout) => {
  const client = createClient(shopAdapter())
  const queryClient = new QueryClient()
  await prefetchRecommendations(queryClient, client, QUESTION)
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <RecommendationList {...QUESTION} layout={layout} store={createWebStore()} />
    </CrmProvider>,
  )
  expect(html.match(/role="toolbar"/g)).toHaveLength(4)
  expect(html.match(/data-control="reason"/g)).toHaveLength(4)
  expect(html).toContain('most similar customers bought it')
  expect(html).not.toMatch(/\sstyle=|NaN|undefined/)
})

test("the server's HTML knows the zone of the data and the name of the product", async () => {
  const client = createClient(shopAdapter())
  const queryClient = new QueryClient()
  // Ten in the evening in Dublin.
  const question = { productId: 'P-001', preferences: { ...SHOP_PREFERENCES, asOf: Date.UTC(2026, 9, 30, 21) }, limit: 3 } as const
  await prefetchRecommendations(queryClient, client, question)
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient} format={{ timeZone: 'Pacific/Auckland' }}>
      <RecommendationList {...question} />
    </CrmProvider>,
  )
  expect(html).toContain('Goes with Espresso beans, dark roast 1 kg</h3>')
  expect(html).toContain('Oct 30, 2026')
})

test('what the server knows to be dismissed is neither in its list nor in its HTML', async () => {
  const client = createClient(shopAdapter())
  const queryClient = new QueryClient()
  await prefetchRecommendations(queryClient, client, QUESTION)
  const first = queryClient.getQueryData(recommendationsQueryOptions(client, QUESTION).queryKey) as { readonly data: { readonly id: string; readonly items: readonly { readonly productId: string; readonly name: string; readonly rank: number }[] } }
  const { productId, name, rank } = first.data.items[0]!
  const reaction = { productId, kind: 'dismissed', reason: 'other', at: 0, listId: first.data.id, rank, name }
  await prefetchRecommendations(queryClient, client, QUESTION, [productId])
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <RecommendationList {...QUESTION} store={createMemoryStore({ 'offers/C-00008': [reaction] })} />
    </CrmProvider>,
  )
  expect(html.match(/role="toolbar"/g)).toHaveLength(4)
  expect(html).not.toContain(`Actions for ${name}`)
  expect(html).toContain('1 dismissed')
})

test('without figures the server sends the skeleton', () => {
  const html = renderToString(
    <CrmProvider client={createClient(shopAdapter())}>
      <RecommendationList {...QUESTION} />
    </CrmProvider>,
  )
  expect(html).toContain('data-status="loading"')
  expect(html.match(/data-kind="pending"/g)).toHaveLength(4)
  expect(html).not.toMatch(/\sstyle=/)
})
