import { createClient } from '@crm/core/client'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CrmProvider } from '../provider/index.ts'
import { DEMO_PREFERENCES, demoShopAdapter } from '../testing/demoShop.ts'
import { NeighbourList } from './NeighbourList.tsx'
import { prefetchNeighbours } from './neighboursRequest.ts'

const CUSTOMER = { over: 'customers', id: 'C-00012', preferences: DEMO_PREFERENCES, limit: 10 } as const
const PRODUCT = { ...CUSTOMER, over: 'products', id: 'P-001' } as const

test.each([
  ['customers', CUSTOMER],
  ['products', PRODUCT],
] as const)("the server's HTML holds every neighbour with name, figures and bar, and no style attribute (%s)", async (_, request) => {
  const client = createClient(demoShopAdapter())
  const queryClient = new QueryClient()
  await prefetchNeighbours(queryClient, client, { request, showsPersonalNames: true })
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <NeighbourList request={request} showsPersonalNames />
    </CrmProvider>,
  )
  expect(html.match(/data-neighbour="/g)).toHaveLength(10)
  expect(html.match(/crm-neighbours-id/g)).toHaveLength(10)
  expect(html.match(/data-of="alike"/g)).toHaveLength(10)
  expect(html).not.toMatch(/\sstyle=/)
})

test('names that are personal data are not in the HTML unless the host says so', async () => {
  const client = createClient(demoShopAdapter())
  const queryClient = new QueryClient()
  await prefetchNeighbours(queryClient, client, { request: CUSTOMER })
  const html = renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <NeighbourList request={CUSTOMER} />
    </CrmProvider>,
  )
  expect(html.match(/data-neighbour="/g)).toHaveLength(10)
  expect(html).not.toContain('crm-neighbours-id')
})

test('without figures the server sends the skeleton, with no style attribute', () => {
  const html = renderToString(
    <CrmProvider client={createClient(demoShopAdapter())}>
      <NeighbourList request={CUSTOMER} />
    </CrmProvider>,
  )
  expect(html).toContain('data-status="loading"')
  // Ten neighbours and the heading.
  expect(html.match(/crm-segments-line/g)).toHaveLength(11)
  expect(html).not.toMatch(/\sstyle=/)
})
