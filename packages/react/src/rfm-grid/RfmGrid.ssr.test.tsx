import { createClient } from '@crm/core/client'
import { rfmGridOperation } from '@crm/core/rfm'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CrmProvider, dehydrateCrm, hydrateCrm } from '../provider/index.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { RfmGrid } from './RfmGrid.tsx'
import { rfmGridQueryOptions } from './rfmGridQueryOptions.ts'

const REQUEST = { spec: STORY_SPEC }

test("the server's HTML holds all cells with their numbers and no style attribute", async () => {
  const client = createClient(storyAdapter())
  const queryClient = new QueryClient()
  await queryClient.prefetchQuery(rfmGridQueryOptions(client, REQUEST))
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <RfmGrid request={REQUEST} />
    </CrmProvider>,
  )
  expect(html.match(/role="gridcell"/g)).toHaveLength(25)
  expect(html.match(/class="crm-cell-value"/g)!.length).toBeGreaterThan(15)
  expect(html).not.toMatch(/\sstyle=/)
  const { data } = await client.run(rfmGridOperation, REQUEST)
  expect(html).toContain(`${data.totals.customers} customers`)
})

test('without figures the server sends the skeleton, with no style attribute', () => {
  const html = renderToString(
    <CrmProvider client={createClient(storyAdapter())}>
      <RfmGrid request={REQUEST} />
    </CrmProvider>,
  )
  expect(html).toContain('data-status="loading"')
  expect(html).not.toMatch(/\sstyle=/)
})

test('answers go through JSON to another cache whole, columns and all; queries of the host stay out', async () => {
  const client = createClient(storyAdapter())
  const queryClient = new QueryClient()
  queryClient.setQueryData(['host', 'user'], { secret: true })
  const options = rfmGridQueryOptions(client, REQUEST)
  await queryClient.prefetchQuery(options)
  const sent = JSON.stringify(dehydrateCrm(queryClient))
  expect(sent).not.toContain('secret')
  const other = new QueryClient()
  hydrateCrm(other, JSON.parse(sent))
  expect(other.getQueryData(options.queryKey)).toEqual(queryClient.getQueryData(options.queryKey))
})
