import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SegmentRow } from './segmentRows.ts'
import { nextSort, sortSegments } from './sortSegments.ts'

const row = (name: string, customers: number, meanRevenue: number | null): SegmentRow => ({
  id: name, name, customers, meanRevenue, revenue: 0, shareOfCustomers: null, shareOfRevenue: null, timesAverage: null, ordersPerCustomer: null, meanRecencyDays: null,
})
const names = (rows: readonly SegmentRow[]): string => rows.map(({ name }) => name).join('')

test('without an order the rows stay in that of the map', () => {
  const rows = [row('b', 1, 1), row('a', 2, 2)]
  expect(sortSegments(rows, null, 'en')).toBe(rows)
})

test('names are sorted as the language does, digits by value', () => {
  const rows = ['Zoë', 'Tier 10', 'Älter', 'Tier 9', 'alt'].map((name) => row(name, 1, 1))
  expect(sortSegments(rows, { column: 'name', direction: 'ascending' }, 'de').map(({ name }) => name)).toEqual(['alt', 'Älter', 'Tier 9', 'Tier 10', 'Zoë'])
})

test('rows without a value come last in both directions', () => {
  const rows = [row('a', 0, null), row('b', 1, 5), row('c', 1, -3), row('d', 0, null)]
  expect(names(sortSegments(rows, { column: 'meanRevenue', direction: 'ascending' }, 'en'))).toBe('cbad')
  expect(names(sortSegments(rows, { column: 'meanRevenue', direction: 'descending' }, 'en'))).toBe('bcad')
})

test('sorting keeps every row, changes none of the input and leaves equals in the order of the map', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.option(fc.integer({ min: -3, max: 3 })))), fc.constantFrom('ascending' as const, 'descending' as const), (values, direction) => {
      const rows = values.map(([customers, mean], at) => row(String(at), customers, mean))
      const before = [...rows]
      const sorted = sortSegments(rows, { column: 'customers', direction }, 'en')
      expect(rows).toEqual(before)
      expect(sorted.toSorted((a, b) => Number(a.id) - Number(b.id))).toEqual(rows)
      for (const [at, one] of sorted.entries()) {
        const next = sorted[at + 1]
        if (next === undefined) continue
        const order = (direction === 'ascending' ? 1 : -1) * (one.customers - next.customers)
        expect(order < 0 || (order === 0 && Number(one.id) < Number(next.id))).toBe(true)
      }
    }),
  )
})

test('a heading sorts largest first, then smallest first, then back to the map; a name from A first', () => {
  const once = nextSort(null, 'revenue')
  const twice = nextSort(once, 'revenue')
  expect([once?.direction, twice?.direction, nextSort(twice, 'revenue')]).toEqual(['descending', 'ascending', null])
  expect(nextSort(once, 'name')).toEqual({ column: 'name', direction: 'ascending' })
})
