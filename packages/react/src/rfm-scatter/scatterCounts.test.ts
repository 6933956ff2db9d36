import type { DataAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { customerCountOperation, customersOperation } from '@crm/core/customers'
import { rfmDensityOperation, rfmGridOperation, rfmSpreadOperation } from '@crm/core/rfm'
import type { RfmField, RfmGridRequest } from '@crm/core/rfm'
import { describe, expect, test } from 'vitest'
import { rfmGridMessages } from '../messages/rfmGrid.ts'
import { rfmScatterMessages } from '../messages/rfmScatter.ts'
import { fillMessage } from '../messages/index.ts'
import { createFormatters } from '../provider/format.ts'
import { manyCustomers } from '../testing/manyCustomers.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { rfmScatterView } from './rfmScatterModel.ts'
import type { RfmScatterView } from './rfmScatterModel.ts'
import { binOf } from './scatterAxis.ts'
import { MOST_BINS, axisOfSpread } from './scatterBorders.ts'
import { scatterPoints } from './scatterPoints.ts'
import { densityRequest, pointsRequest, spreadRequest, viewSelection } from './scatterRequests.ts'
import type { ScatterZoom } from './scatterRequests.ts'
import { binsInSelection, outlineOf, selectRectangle, zoomOf } from './scatterSelection.ts'
import type { ScatterWords } from './useRfmScatterWords.ts'

const format = createFormatters('en')
const text: ScatterWords['text'] = (message, values) =>
  fillMessage(message, 'en', typeof values?.['count'] === 'number' ? { countText: format.number(values['count']), ...values } : values)
const tools: ScatterWords = { words: rfmScatterMessages, format, text, grid: { words: rfmGridMessages, format, text } }
const REQUEST: RfmGridRequest = { spec: STORY_SPEC }

async function viewOf(adapter: DataAdapter, x: RfmField, y: RfmField, zoom: ScatterZoom | null = null, request = REQUEST) {
  const client = createClient(adapter, { allowMainThread: true })
  const selection = viewSelection(request, x, y, zoom)
  const spread = async (of: typeof selection, field: RfmField) => (await client.run(rfmSpreadOperation, spreadRequest(request, of, field))).data
  const axisX = axisOfSpread(await spread(selection, x), await spread(request.selection, x), MOST_BINS.x, zoom?.x ?? {})
  const axisY = axisOfSpread(await spread(selection, y), await spread(request.selection, y), MOST_BINS.y, zoom?.y ?? {})
  const { data: density } = await client.run(rfmDensityOperation, densityRequest(request, selection, axisX, axisY))
  const view = rfmScatterView(tools, { density, x: axisX, y: axisY }, 'customers')
  const { data: page } = await client.run(customersOperation, pointsRequest(request, selection, await client.schema(), 2000, false))
  return { client, view, page }
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

describe.each([
  ['recencyDays', 'revenue'],
  ['orders', 'meanOrderValue'],
  ['revenue', 'orders'],
  ['meanOrderValue', 'recencyDays'],
] as const)('%s against %s', (x, y) => {
  test('the bins add up to the customers with a purchase, and every customer stands in the bin that counts it', async () => {
    const { client, view, page } = await viewOf(storyAdapter(), x, y)
    const { data: grid } = await client.run(rfmGridOperation, REQUEST)
    expect(sumOf(view.density.customers)).toBe(grid.totals.customers)
    expect(sumOf(view.density.revenue)).toBe(grid.totals.revenue)
    expect(page.rows).toBe(grid.totals.customers)

    const { list } = scatterPoints(tools, page, view.x, view.y, view.density)
    const counted = view.bins.map((row) => row.map(() => 0))
    const byValue = new Float64Array(view.density.customers.length)
    for (const point of list) {
      counted[point.place.row]![point.place.column]! += 1
      byValue[binOf(view.y, point[y]) * view.x.bins + binOf(view.x, point[x])]! += 1
      // Drawn inside of its square, too: columns from the left, rows from the top.
      expect(point.x * view.x.bins).toBeGreaterThanOrEqual(point.place.column - 1e-9)
      expect(point.x * view.x.bins).toBeLessThanOrEqual(point.place.column + 1 + 1e-9)
      expect((1 - point.y) * view.y.bins).toBeGreaterThanOrEqual(point.place.row - 1e-9)
      expect((1 - point.y) * view.y.bins).toBeLessThanOrEqual(point.place.row + 1 + 1e-9)
    }
    expect(byValue).toEqual(view.density.customers)
    expect(counted).toEqual(view.bins.map((row) => row.map(({ customers }) => customers)))
  })

  test('a rectangle is a selection of exactly the customers counted in it, and its bins are found again', async () => {
    const { client, view } = await viewOf(storyAdapter(), x, y)
    for (const rectangle of rectanglesOf(view)) {
      const selection = selectRectangle(tools, view, undefined, rectangle)
      const bins = view.bins.slice(rectangle.top, rectangle.bottom + 1).flatMap((row) => row.slice(rectangle.left, rectangle.right + 1))
      const expected = bins.reduce((sum, bin) => ({ customers: sum.customers + bin.customers, revenue: sum.revenue + bin.revenue }), { customers: 0, revenue: 0 })
      const { data } = await client.run(customerCountOperation, { spec: STORY_SPEC, selection })
      expect({ customers: data.customers, revenue: data.revenue }).toEqual(expected)
      const found = binsInSelection(tools, view, undefined, selection)
      const isAll = selection.ranges.length === 0
      expect(found.bins).toHaveLength(isAll ? 0 : bins.length)
      expect(found).toMatchObject(isAll ? { rectangle: null } : { rectangle, isExact: true })
    }
  })

  test('zooming in counts the same customers anew, and a rectangle there stays inside of it', async () => {
    const { view } = await viewOf(storyAdapter(), x, y)
    const [rectangle] = rectanglesOf(view)
    const zoom = zoomOf(tools, view, rectangle!)
    const expected = view.bins.slice(rectangle!.top, rectangle!.bottom + 1).flatMap((row) => row.slice(rectangle!.left, rectangle!.right + 1)).reduce((sum, { customers }) => sum + customers, 0)
    const inner = await viewOf(storyAdapter(), x, y, zoom)
    expect(sumOf(inner.view.density.customers)).toBe(expected)
    const all = selectRectangle(tools, inner.view, undefined, { top: 0, left: 0, bottom: inner.view.y.bins - 1, right: inner.view.x.bins - 1 })
    const { data } = await inner.client.run(customerCountOperation, { spec: STORY_SPEC, selection: all })
    expect(data.customers).toBe(expected)
  })
})

function rectanglesOf({ x, y }: RfmScatterView) {
  const [right, bottom] = [x.bins - 1, y.bins - 1]
  return [
    { top: 1, bottom: bottom - 1, left: Math.floor(right / 3), right: right - 1 },
    { top: 0, bottom: 0, left: 0, right },
    { top: 0, bottom, left: right, right },
    { top: 2, bottom: 2, left: 2, right: 2 },
    { top: 0, bottom, left: 0, right },
  ]
}

test('100,000 customers are counted in at most 1,000 bins, all of them', async () => {
  const { view } = await viewOf(manyCustomers(100_000), 'recencyDays', 'revenue')
  expect(sumOf(view.density.customers)).toBe(100_000)
  expect(view.x.bins * view.y.bins).toBeLessThanOrEqual(1000)
})

test('a shop without purchases has an empty picture', async () => {
  const { view } = await viewOf(storyAdapter({ customers: [{ customerId: 'C-1', name: 'Ada' }], transactions: [] }, 'nobody'), 'orders', 'revenue')
  expect(view.densest).toBeNull()
  expect(sumOf(view.density.customers)).toBe(0)
})

test("a selection of other fields marks no squares, and the request's own is no choice", async () => {
  const { view } = await viewOf(storyAdapter(), 'recencyDays', 'revenue')
  expect(binsInSelection(tools, view, undefined, { label: '', where: { op: 'eq', field: 'city', value: 'Wien' }, ranges: [] }).bins).toEqual([])
  const given = { label: '', ranges: [{ field: 'revenue', above: 0 }] }
  expect(binsInSelection(tools, view, given, given).bins).toEqual([])
})

test('a selection made by the grid of scores marks the squares inside of it', async () => {
  const { view } = await viewOf(storyAdapter(), 'recencyDays', 'revenue')
  const { bins, rectangle, isExact } = binsInSelection(tools, view, undefined, { label: 'R 5', ranges: [{ field: 'recencyDays', upTo: view.x.cuts[0]! }] })
  expect(bins.length).toBeGreaterThan(0)
  expect(rectangle).toMatchObject({ top: 0, bottom: view.y.bins - 1, right: view.x.bins - 1 })
  // Its figures are those of the squares, but it was not made here.
  expect(isExact).toBe(false)
})

test('the outline of squares runs once around them, mirrored too', async () => {
  const { view } = await viewOf(storyAdapter(), 'recencyDays', 'revenue')
  const selection = selectRectangle(tools, view, undefined, { top: 1, bottom: 2, left: 1, right: 3 })
  const found = binsInSelection(tools, view, undefined, selection)
  // Three edges above, three below, two on either side.
  for (const placeX of [(column: number) => column, (column: number) => view.x.bins - 1 - column]) {
    const edges = outlineOf(found, placeX)
    expect(edges).toHaveLength(10)
    const [left, right] = [Math.min(placeX(1), placeX(3)), Math.max(placeX(1), placeX(3)) + 1]
    expect(edges.filter(({ x1, x2 }) => x1 === x2).map(({ x1 }) => x1).toSorted((a, b) => a - b)).toEqual([left, left, right, right])
  }
})

test('a customer always stands in the same place', async () => {
  const { view, page } = await viewOf(storyAdapter(), 'orders', 'recencyDays')
  const places = () => scatterPoints(tools, page, view.x, view.y, view.density).list.map(({ customerId, x, y }) => [customerId, x, y])
  expect(places()).toEqual(places())
  expect(new Set(places().map(([, x, y]) => `${String(x)} ${String(y)}`)).size).toBe(page.rows)
})
