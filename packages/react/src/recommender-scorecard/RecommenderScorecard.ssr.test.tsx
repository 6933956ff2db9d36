import { createClient } from '@crm/core/client'
import { backTestOperation } from '@crm/core/recommend'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import { CrmProvider } from '../provider/index.ts'
import { DEMO_PREFERENCES, demoShopAdapter } from '../testing/demoShop.ts'
import { RecommenderScorecard } from './RecommenderScorecard.tsx'

const REQUEST = { preferences: DEMO_PREFERENCES, samples: 100 } as const

test("the server's HTML holds the verdict, every strategy with dots and lines, and no style attribute", async () => {
  const client = createClient(demoShopAdapter())
  const queryClient = new QueryClient()
  await queryClient.prefetchQuery(operationQueryOptions(client, backTestOperation, REQUEST))
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <RecommenderScorecard request={REQUEST} onChoose={() => {}} />
    </CrmProvider>,
  )
  expect(html).toContain('data-verdict="signal"')
  // The picture and the table.
  expect(html.match(/data-strategy="/g)).toHaveLength(8)
  // Four means, and three gains over popularity.
  expect(html.match(/<circle /g)).toHaveLength(7)
  expect(html).not.toMatch(/NaN|\sstyle=/)
})

test('without figures the server sends the skeleton, with no style attribute', () => {
  const html = renderToString(
    <CrmProvider client={createClient(demoShopAdapter())}>
      <RecommenderScorecard request={REQUEST} />
    </CrmProvider>,
  )
  expect(html).toContain('data-status="loading"')
  // Four strategies, the heading and the axis.
  expect(html.match(/crm-segments-line/g)).toHaveLength(6)
  expect(html).not.toMatch(/\sstyle=/)
})
