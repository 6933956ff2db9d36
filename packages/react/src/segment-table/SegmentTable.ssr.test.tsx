import { createClient } from '@crm/core/client'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CrmProvider } from '../provider/index.ts'
import { rfmGridQueryOptions } from '../rfm-grid/rfmGridQueryOptions.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { SegmentTable } from './SegmentTable.tsx'

const REQUEST = { spec: STORY_SPEC }

test("the server's HTML holds every segment with its figures and bars and no style attribute; the query is the grid's", async () => {
  const client = createClient(storyAdapter())
  const queryClient = new QueryClient()
  await queryClient.prefetchQuery(rfmGridQueryOptions(client, REQUEST))
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <SegmentTable request={REQUEST} />
    </CrmProvider>,
  )
  expect(html.match(/data-segment="/g)).toHaveLength(11)
  expect(html.match(/<rect /g)).toHaveLength(22)
  expect(html).toContain('>100%<')
  expect(html).not.toMatch(/\sstyle=/)
})

test('without figures the server sends the skeleton, with no style attribute', () => {
  const html = renderToString(
    <CrmProvider client={createClient(storyAdapter())}>
      <SegmentTable request={REQUEST} defaultGroup="tiers" />
    </CrmProvider>,
  )
  expect(html).toContain('data-status="loading"')
  // Four tiers, the heading and the totals.
  expect(html.match(/crm-segments-line/g)).toHaveLength(6)
  expect(html).not.toMatch(/\sstyle=/)
})
