import { createClient } from '@crm/core/client'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CrmProvider } from '../provider/index.ts'
import { createMemoryStore, createWebStore } from '../shared/personalStore.ts'
import { SHOP_PREFERENCES, shopAdapter } from '../testing/shopStories.ts'
import { RecommendationList } from './RecommendationList.tsx'
import type { RecommendationListLayout } from './RecommendationListItems.tsx'
import { prefetchRecommendations } from './recommendationsQueryOptions.ts'

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

test('what the server knows to be dismissed is neither in its list nor in its HTML', async () => {
  const client = createClient(shopAdapter())
  const queryClient = new QueryClient()
  await prefetchRecommendations(queryClient, client, QUESTION)
  const first = queryClient.getQueryCache().getAll()[0]!.state.data as { readonly data: { readonly id: string; readonly items: readonly { readonly productId: string; readonly name: string; readonly rank: number }[] } }
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
