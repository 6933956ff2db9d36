import { createClient } from '@crm/core/client'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CrmProvider } from '../provider/index.ts'
import { rfmGridQueryOptions } from '../rfm-grid/index.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { prefetchSegmentReason } from './customerRequest.ts'
import { SegmentReason } from './SegmentReason.tsx'
import type { SegmentReasonProps } from './SegmentReason.tsx'

const REQUEST = { spec: STORY_SPEC }

async function serverHtml(props: Partial<SegmentReasonProps>, prefetch: boolean): Promise<string> {
  const client = createClient(storyAdapter())
  const queryClient = new QueryClient()
  if (prefetch && props.customerId !== undefined) await prefetchSegmentReason(queryClient, client, { request: REQUEST, customerId: props.customerId })
  else if (prefetch) await queryClient.prefetchQuery(rfmGridQueryOptions(client, REQUEST))
  return renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <SegmentReason request={REQUEST} {...props} />
    </CrmProvider>,
  )
}

test('the server writes the whole explanation of a customer read by id, with no style attribute', async () => {
  const html = await serverHtml({ customerId: 'C-10023' }, true)
  expect(html).toContain('Omar Kowalski (C-10023): Loyal')
  expect(html).toContain('Loyal: bought 114 days ago (R 4), 12 orders and €1,092.18 (FM 5).')
  expect(html).not.toMatch(/\sstyle=|<style/)
})

test('a customer whom the page knows needs no reading', async () => {
  const html = await serverHtml({ customer: { name: 'Mei Huang', recencyDays: 0, orders: 1, revenue: 500 } }, true)
  expect(html).toContain('Mei Huang: ')
  expect(html).toContain('bought today (R 5), 1 order and €5.00')
})

test('without figures the server sends the skeleton', async () => {
  const html = await serverHtml({ customerId: 'C-10023' }, false)
  expect(html).toContain('data-status="loading"')
  expect(html).not.toMatch(/\sstyle=/)
})
