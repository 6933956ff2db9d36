import { createClient } from '@crm/core/client'
import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { dehydrateCrm, hydrateCrm } from '../hooks/hydration.ts'
import { CrmProvider } from '../provider/CrmProvider.tsx'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { CustomerTable } from './CustomerTable.tsx'
import type { CustomerTableProps } from './CustomerTable.tsx'
import { prefetchCustomers } from './customersQueryOptions.ts'

async function serverHtml(options: Omit<CustomerTableProps, 'spec'> = {}): Promise<string> {
  const client = createClient(storyAdapter(), { allowMainThread: true })
  const loader = new QueryClient()
  await prefetchCustomers(loader, client, { spec: STORY_SPEC, ...(options.columns ? { columns: options.columns } : {}) })
  // Through JSON, as a page carries it.
  const state = JSON.parse(JSON.stringify(dehydrateCrm(loader))) as ReturnType<typeof dehydrateCrm>
  const queryClient = new QueryClient()
  hydrateCrm(queryClient, state)
  return renderToString(
    <CrmProvider client={client} queryClient={queryClient}>
      <CustomerTable spec={STORY_SPEC} {...options} />
    </CrmProvider>,
  )
}

const rowIndexes = (html: string): number[] => [...html.matchAll(/aria-rowindex="(\d+)"/g)].map(([, index]) => Number(index))

describe('CustomerTable on a server', () => {
  it('writes the heading and at least the first 20 customers, highest revenue first', async () => {
    const html = await serverHtml()
    const indexes = rowIndexes(html)
    expect(indexes.slice(0, 21)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1))
    const revenues = [...html.matchAll(/data-column-index="3"[^>]*>(?:<span[^>]*>)?([\d,.]+)</g)].map(([, text]) => Number(text!.replaceAll(',', '')))
    expect(revenues.length).toBeGreaterThanOrEqual(20)
    expect(revenues).toEqual(revenues.toSorted((a, b) => b - a))
    expect(html).toContain('620 customers')
    expect(html).toContain('aria-rowcount="621"')
  })

  it('writes no style attribute and no style element, which a strict content policy would refuse', async () => {
    expect(await serverHtml()).not.toMatch(/\sstyle=|<style/)
  })

  it('writes skeleton rows when nothing was read ahead', () => {
    const client = createClient(storyAdapter(), { allowMainThread: true })
    const html = renderToString(
      <CrmProvider client={client}>
        <CustomerTable spec={STORY_SPEC} />
      </CrmProvider>,
    )
    expect(html).toContain('data-status="loading"')
    expect(rowIndexes(html).length).toBeGreaterThanOrEqual(20)
    expect(html).not.toMatch(/\sstyle=/)
  })

  it('reads ahead for the columns that the table shows', async () => {
    const html = await serverHtml({ columns: ['customer', 'city', 'lines'] })
    expect(html).toContain('data-status="ready"')
    expect(html).toMatch(/Berlin|Hamburg|Wien/)
  })
})
