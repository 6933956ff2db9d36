import { createClient } from '@crm/core/client'
import { compareRfmSegments, freezeRfmCuts, rfmCubeOperation, rfmGridOperation, rRfmSegmentMap } from '@crm/core/rfm'
import type { RfmComparison, RfmGridResult, SegmentMap } from '@crm/core/rfm'
import { expect, test } from 'vitest'
import { englishMessages, fillMessage } from '../messages/index.ts'
import { createFormatters } from '../provider/format.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { whatIfExport } from './whatIfExport.ts'

const TOOLS = { words: englishMessages.rfmDistribution, format: createFormatters('en'), text: (message: Parameters<typeof fillMessage>[0]) => fillMessage(message, 'en') }

async function compared(segments?: SegmentMap): Promise<{ grid: RfmGridResult; comparison: RfmComparison }> {
  const client = createClient(storyAdapter())
  const { data: grid } = await client.run(rfmGridOperation, { spec: STORY_SPEC })
  const { r, f, m } = grid.axes
  const { data: cube } = await client.run(rfmCubeOperation, { spec: STORY_SPEC, borders: { r: [...r.cuts, 500], f: f.cuts, m: m.cuts } })
  const after = freezeRfmCuts({ ...grid.spec, ...(segments ? { segments } : {}) }, { r: [...r.cuts.slice(0, 3), 500], f: f.cuts, m: m.cuts })
  return { grid, comparison: compareRfmSegments(cube, freezeRfmCuts(grid.spec, grid.axes), after) }
}

test('under one map a row holds a segment before and after, in the order of the map', async () => {
  const { grid, comparison } = await compared()
  const { columns, rows, rowCount } = whatIfExport(TOOLS, ({ name }) => name, comparison)
  expect(columns.map(({ name }) => name)).toEqual(['Segment', 'Customers before', 'Customers after', 'Revenue before', 'Revenue after'])
  expect(columns[3]!.type).toEqual({ kind: 'money', currency: 'EUR', scale: 2 })
  const list = [...(rows as Iterable<readonly unknown[]>)]
  expect(list.map(([name, customers, , revenue]) => [name, customers, revenue])).toEqual(grid.segments.map(({ name, customers, revenue }) => [name, customers, revenue]))
  expect(list.some(([, before, after]) => before !== after)).toBe(true)
  expect(rowCount).toBe(grid.segments.length)
})

test('under two maps the flows are rows, largest first, and add up to all customers', async () => {
  const { grid, comparison } = await compared(rRfmSegmentMap)
  const { columns, rows } = whatIfExport(TOOLS, ({ name }) => name, comparison)
  expect(columns.map(({ name }) => name)).toEqual(['From', 'To', 'Customers', 'Revenue'])
  const customers = [...(rows as Iterable<readonly unknown[]>)].map((row) => row[2] as number)
  expect(customers).toEqual(customers.toSorted((a, b) => b - a))
  expect(customers.reduce((sum, count) => sum + count, 0)).toBe(grid.totals.customers)
})
