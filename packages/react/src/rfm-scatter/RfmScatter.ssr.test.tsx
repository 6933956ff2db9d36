import { createClient } from '@crm/core/client'
import { rfmGridOperation } from '@crm/core/rfm'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CrmProvider, dehydrateCrm, hydrateCrm } from '../provider/index.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { RfmScatter } from './RfmScatter.tsx'
import { prefetchRfmScatter } from './scatterRequests.ts'

const REQUEST = { spec: STORY_SPEC }

async function serverHtml(pointLimit: number): Promise<string> {
  const client = createClient(storyAdapter())
  const loader = new QueryClient()
  await prefetchRfmScatter(loader, client, { request: REQUEST, pointLimit })
  // Through JSON, as a page carries it.
  const queryClient = new QueryClient()
  hydrateCrm(queryClient, JSON.parse(JSON.stringify(dehydrateCrm(loader))) as ReturnType<typeof dehydrateCrm>)
  return renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <RfmScatter request={REQUEST} pointLimit={pointLimit} />
    </CrmProvider>,
  )
}

test("the server's HTML holds every square with its numbers, and no style attribute", async () => {
  const html = await serverHtml(0)
  const { data } = await createClient(storyAdapter()).run(rfmGridOperation, REQUEST)
  const counted = [...html.matchAll(/role="gridcell"[^>]*aria-label="[^"]*: ([\d,]+) customers?, revenue/g)].map(([, count]) => Number(count!.replaceAll(',', '')))
  expect(counted.length).toBeGreaterThan(100)
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(data.totals.customers)
  expect(html).not.toMatch(/\sstyle=|<style/)
})

test('few customers are in the HTML one by one, with their names', async () => {
  const html = await serverHtml(2000)
  const { data } = await createClient(storyAdapter()).run(rfmGridOperation, REQUEST)
  expect(html.match(/role="option"/g)).toHaveLength(data.totals.customers)
  expect(html).toMatch(/aria-label="Omar Kowalski \(C-10023\): last bought 114 days ago, 12 orders, revenue €1,092\.18/)
  expect(html).not.toMatch(/\sstyle=|<style/)
})

test('without figures the server sends the skeleton', () => {
  const html = renderToString(
    <CrmProvider client={createClient(storyAdapter())}>
      <RfmScatter request={REQUEST} />
    </CrmProvider>,
  )
  expect(html).toContain('data-status="loading"')
  expect(html).not.toMatch(/\sstyle=/)
})
