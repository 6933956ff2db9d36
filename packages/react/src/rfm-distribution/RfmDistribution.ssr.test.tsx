import { createClient } from '@crm/core/client'
import { rfmSpreadOperation } from '@crm/core/rfm'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { operationQueryOptions } from '../hooks/operationQueryOptions.ts'
import { CrmProvider } from '../provider/index.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { RfmDistribution } from './RfmDistribution.tsx'
import { prefetchRfmDistribution } from './prefetchRfmDistribution.ts'

const REQUEST = { spec: STORY_SPEC }

test("the server's HTML holds all bars, cut points and segments, and no style attribute", async () => {
  const client = createClient(storyAdapter())
  const queryClient = new QueryClient()
  await prefetchRfmDistribution(queryClient, client, REQUEST)
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <RfmDistribution request={REQUEST} />
    </CrmProvider>,
  )
  expect(html.match(/role="slider"/g)).toHaveLength(12)
  expect(html.match(/role="listitem"/g)!.length).toBeGreaterThan(60)
  expect(html).toContain('Champions')
  expect(html).not.toMatch(/\sstyle=/)
  const spread = await client.run(rfmSpreadOperation, { ...REQUEST, field: 'recencyDays' })
  for (const cut of spread.data.cuts) expect(html).toContain(`aria-valuenow="${cut}"`)
})

test('a server that has the spreads only sends the skeleton, with no style attribute', async () => {
  const client = createClient(storyAdapter())
  const queryClient = new QueryClient()
  await queryClient.prefetchQuery(operationQueryOptions(client, rfmSpreadOperation, { ...REQUEST, field: 'orders' }))
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <RfmDistribution request={REQUEST} />
    </CrmProvider>,
  )
  expect(html).toContain('data-status="loading"')
  expect(html).not.toMatch(/\sstyle=/)
})
