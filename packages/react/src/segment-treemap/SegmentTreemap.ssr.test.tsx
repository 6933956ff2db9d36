import { createClient } from '@crm/core/client'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CrmProvider } from '../provider/index.ts'
import { rfmGridQueryOptions } from '../rfm-grid/rfmGridQueryOptions.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { SegmentTreemap } from './SegmentTreemap.tsx'

const REQUEST = { spec: STORY_SPEC }

test("the server's HTML holds every tile in both shapes, with every figure in its name, and no style attribute", async () => {
  const client = createClient(storyAdapter())
  const queryClient = new QueryClient()
  await queryClient.prefetchQuery(rfmGridQueryOptions(client, REQUEST))
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <SegmentTreemap request={REQUEST} />
    </CrmProvider>,
  )
  expect(html.match(/role="option"/g)).toHaveLength(22)
  expect(html.match(/aria-label="Champions €147K: 98 customers \(16\.3%\), revenue €147,009\.14 \(30\.1%\)/g)).toHaveLength(2)
  expect(html).not.toMatch(/\sstyle=/)
})

test('without figures the server sends the skeleton, with no style attribute', () => {
  const html = renderToString(
    <CrmProvider client={createClient(storyAdapter())}>
      <SegmentTreemap request={REQUEST} />
    </CrmProvider>,
  )
  expect(html).toContain('data-status="loading"')
  expect(html).toContain('data-shape="narrow"')
  expect(html).not.toMatch(/\sstyle=/)
})
