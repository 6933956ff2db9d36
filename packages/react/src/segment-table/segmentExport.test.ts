import { createClient } from '@crm/core/client'
import { rfmGridOperation } from '@crm/core/rfm'
import { expect, test } from 'vitest'
import { fillMessage, englishMessages } from '../messages/index.ts'
import { createFormatters } from '../provider/format.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { segmentColumns } from './segmentColumns.ts'
import { segmentExport } from './segmentExport.ts'
import { segmentRows, segmentTotal } from './segmentRows.ts'
import { sortSegments } from './sortSegments.ts'

test('the file has the columns, rows and order of the view, with the figures behind the rounded ones, and the totals last', async () => {
  const { data } = await createClient(storyAdapter()).run(rfmGridOperation, { spec: STORY_SPEC })
  const format = createFormatters('en')
  const tools = { words: englishMessages.segmentTable, format, text: (message: Parameters<typeof fillMessage>[0], values?: Parameters<typeof fillMessage>[2]) => fillMessage(message, 'en', values) }
  const rows = sortSegments(segmentRows(data, 'segments', ({ name }) => name.toUpperCase()), { column: 'revenue', direction: 'descending' }, 'en')
  const columns = segmentColumns(tools, ['revenue', 'shareOfCustomers', 'meanRevenue'], 'segments', rows, data)
  const table = segmentExport(data, columns, rows, { name: 'All', figures: segmentTotal(data) })
  const money = { kind: 'money', currency: 'EUR', scale: 2 }
  expect(table.columns).toEqual([
    { name: 'Segment', type: { kind: 'text' } },
    { name: 'Revenue', type: money },
    { name: 'Share of customers', type: { kind: 'number' } },
    { name: 'Revenue per customer', type: money },
  ])
  const expected = data.segments
    .toSorted((a, b) => b.revenue - a.revenue)
    .map(({ name, revenue, customers }) => [name.toUpperCase(), revenue, customers / data.totals.customers, revenue / customers])
  expect([...(table.rows as Iterable<unknown>)]).toEqual([...expected, ['All', data.totals.revenue, 1, data.totals.revenue / data.totals.customers]])
  expect(table.rowCount).toBe(12)
})
