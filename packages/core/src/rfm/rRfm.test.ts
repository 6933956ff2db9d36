import { beforeAll, describe, expect, it } from 'vitest'
import { describeRfmGrid } from './describeRfmGrid.ts'
import { rRfmQuantiles } from './rRfmCuts.ts'
import type { CustomerTotals, RfmSpecOptions } from './rfm.types.ts'
import { scoreRfm } from './scoreRfm.ts'
import { rRfmSegmentMap } from './segmentMaps.ts'
import { segmentRfm } from './segmentRfm.ts'
import { selectRfmCells } from './selectRfmCells.ts'
import { summariseCustomers } from './summariseCustomers.ts'
import { isHere, onlineRetail, skipReason, vectorRows } from './testing/onlineRetail.ts'

// R's `rfm` 0.3.0 on UCI Online Retail: rows with quantity > 0, price > 0 and a customer, an invoice is an order,
// analysis date 2011-12-10, 5 bins. The data are not part of the repository.
const VECTOR = 'r-rfm-0.3.0_online-retail.csv'
const canRun = isHere(VECTOR)

const spec = {
  asOf: Date.UTC(2011, 11, 10),
  timeZone: 'UTC',
  scoring: { method: 'r-rfm', bins: 5 },
  segments: rRfmSegmentMap,
} satisfies RfmSpecOptions

describe.skipIf(!canRun)(`r-rfm on Online Retail${skipReason(canRun)}`, () => {
  let totals: CustomerTotals
  beforeAll(() => {
    totals = summariseCustomers(onlineRetail(), spec)
  }, 60_000)

  it('gives every one of the 4,338 customers the scores and the segment of the tool', () => {
    const scores = scoreRfm(totals, spec)
    const { segment, segments } = segmentRfm(scores, spec)
    const rowOf = new Map(totals.customerIds.map((id, row) => [id, row]))
    const theirs = vectorRows(VECTOR)
    expect(theirs).toHaveLength(4338)
    expect(totals.count).toBe(4338)
    const different: unknown[] = []
    for (const [id, recencyDays, orders, amount, r, f, m, , name] of theirs) {
      const row = rowOf.get(id!)!
      const mine = [totals.recencyDays[row], totals.orders[row], scores.r[row], scores.f[row], scores.m[row], segments[segment[row]!]!.name]
      const their = [Number(recencyDays), Number(orders), Number(r), Number(f), Number(m), name]
      if (String(mine) !== String(their) || Math.abs(totals.revenue[row]! / 1000 - Number(amount)) > 0.005001) different.push([id, mine, their])
    }
    expect(different).toEqual([])
  })

  it('cuts where the tool cuts', () => {
    const cuts = (values: ArrayLike<number>, scale: number) => rRfmQuantiles(Float64Array.from(values).sort(), 5, scale).map((cut) => Math.round(cut * 1000) / 1000)
    expect(cuts(totals.recencyDays, 0)).toEqual([14.8, 34, 73, 181])
    expect(cuts(totals.orders, 0)).toEqual([2, 3, 4, 7])
    expect(cuts(totals.revenue, 3)).toEqual([251.194, 491.096, 943.276, 2059.426])
  })

  it('counts the segments of the tool in its grid, and a selection holds just the customers of a segment', () => {
    const grid = describeRfmGrid(totals, spec)
    expect(Object.fromEntries(grid.segments.map(({ name, customers }) => [name, customers]))).toEqual({
      'About To Sleep': 631,
      'At Risk': 63,
      "Can't Lose Them": 81,
      Champions: 324,
      Lost: 772,
      'Loyal Customers': 687,
      'Need Attention': 32,
      'New Customers': 356,
      Others: 14,
      'Potential Loyalist': 1280,
      Promising: 98,
    })
    const champions = grid.segments.find(({ name }) => name === 'Champions')!
    expect([champions.orders, champions.revenue / 1000]).toEqual([6204, 3830794.53])
    const { ranges } = selectRfmCells(grid, { segment: 'champions' })
    let members = 0
    const columns = { recencyDays: totals.recencyDays, orders: totals.orders, revenue: totals.revenue } as Record<string, ArrayLike<number>>
    for (let row = 0; row < totals.count; row++) {
      if (ranges.every(({ field, above = -Infinity, upTo = Infinity }) => columns[field]![row]! > above && columns[field]![row]! <= upTo)) members++
    }
    expect(members).toBe(324)
  })
})

it('rRfmQuantiles adds one to the type-7 quantiles: bins(mtcars$mpg, 5) of the package tests', () => {
  const mpg = [21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4]
  const cuts = rRfmQuantiles(Float64Array.from(mpg, (value) => Math.round(value * 10)).sort(), 5, 1)
  expect(cuts.map((cut) => cut.toFixed(2))).toEqual(['16.20', '18.92', '22.00', '25.08'])
})
