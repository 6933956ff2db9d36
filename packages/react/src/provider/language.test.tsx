import { createClient } from '@crm/core/client'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'
import { rfmGridOperation } from '@crm/core/rfm'
import { QueryClient } from '@tanstack/react-query'
import { RfmGrid, rfmGridQueryOptions } from '../rfm-grid/index.ts'
import '../styles.css'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { CrmProvider, loadMessages } from './index.ts'
import type { CrmProviderProps } from './index.ts'

afterEach(cleanup)

const client = createClient(storyAdapter())
const REQUEST = { spec: STORY_SPEC }

function page(props: Omit<CrmProviderProps, 'client'>): ReactElement {
  return (
    <StrictMode>
      <CrmProvider client={client} {...props}>
        <RfmGrid request={REQUEST} />
      </CrmProvider>
    </StrictMode>
  )
}

const root = (): Element => document.querySelector('.crm-root')!

// The first test of the file: the pack must not have been loaded before.
test('a language is English until its words have come, then all of it, and back again', async () => {
  const view = render(page({ language: 'zh-CN' }))
  expect(root().getAttribute('lang')).toBe('en')
  await waitFor(() => expect(root().getAttribute('lang')).toBe('zh-CN'))
  expect((await screen.findByRole('grid')).getAttribute('aria-label')).toMatch(/^客户数：按最近购买和购买频率，5 行 5 列$/)
  // Names of segments too, although they come from the map of the spec.
  expect(screen.getAllByRole('gridcell', { name: /冠军客户，R 5/ }).length).toBeGreaterThan(0)
  expect(root().textContent).not.toMatch(/customers|Champions|orders/)
  view.rerender(page({ language: 'en' }))
  expect(root().getAttribute('lang')).toBe('en')
  expect(screen.getByRole('grid', { name: /by recency and frequency/ })).toBeTruthy()
  view.rerender(page({ language: 'zh-CN' }))
  // Loaded before: there at once.
  expect(root().getAttribute('lang')).toBe('zh-CN')
})

test("the host's words stand before those of the language", async () => {
  await loadMessages('zh-Hans')
  render(page({ language: 'zh-Hans', messages: { segments: { champions: '最佳客户' }, common: { clearSelection: '取消' }, rfmGrid: { customers: { other: '{countText} 人' } } } }))
  expect((await screen.findAllByRole('gridcell', { name: /最佳客户/ })).length).toBeGreaterThan(0)
  expect(screen.queryAllByRole('gridcell', { name: /冠军客户/ })).toEqual([])
  expect(screen.getAllByRole('gridcell', { name: /\d 人/ }).length).toBeGreaterThan(0)
  expect(screen.getAllByRole('gridcell', { name: /忠诚客户/ }).length).toBeGreaterThan(0)
})

test('a language that the kit does not bring keeps its plural forms and its name', () => {
  render(page({ language: 'pl', messages: { rfmGrid: { loading: 'Ładowanie' } } }))
  expect(root().getAttribute('lang')).toBe('pl')
})

test('a server that has loaded the words sends them in its HTML', async () => {
  await loadMessages('zh-Hans')
  const queryClient = new QueryClient()
  await queryClient.prefetchQuery(rfmGridQueryOptions(client, REQUEST))
  const html = renderToString(page({ language: 'zh-Hans', queryClient, format: { locale: 'zh-CN' } }))
  const { data } = await client.run(rfmGridOperation, REQUEST)
  expect(html).toContain('lang="zh-Hans"')
  expect(html).toContain(`${data.totals.customers} 位客户`)
})
