import { beforeAll, describe, expect, it } from 'vitest'
import { describeRfmGrid } from './describeRfmGrid.ts'
import { pymcCuts } from './pymcCuts.ts'
import type { CustomerTotals, RfmSpecOptions } from './rfm.types.ts'
import { rfmCode } from './rfmCode.ts'
import { scoreRfm } from './scoreRfm.ts'
import { pymcMarketingSegmentMap } from './segmentMaps.ts'
import { segmentRfm } from './segmentRfm.ts'
import { selectRfmCells } from './selectRfmCells.ts'
import { summariseCustomers } from './summariseCustomers.ts'
import { isHere, onlineRetail, skipReason, vectorRows } from './testing/onlineRetail.ts'
import { transactionColumnsFromRows } from './transactionColumnsFromRows.ts'

const spec = { timeZone: 'UTC', order: 'day', monetary: 'mean', scoring: { method: 'pymc-marketing' }, segments: pymcMarketingSegmentMap } satisfies Partial<RfmSpecOptions>

// pymc-marketing `rfm_segments` under pandas 1.5 on UCI Online Retail, observation end 2011-12-09.
const VECTOR = 'pymc-marketing-rules_online-retail.csv'
const canRun = isHere(VECTOR)
describe.skipIf(!canRun)(`pymc-marketing on Online Retail${skipReason(canRun)}`, () => {
  const full = { ...spec, asOf: Date.UTC(2011, 11, 9, 23, 59, 59, 999) }
  let totals: CustomerTotals
  beforeAll(() => {
    totals = summariseCustomers(onlineRetail(), full)
  }, 60_000)

  it('gives every one of the 4,338 customers the measures, the code and the segment of the tool', () => {
    const scores = scoreRfm(totals, full)
    const { segment, segments } = segmentRfm(scores, full)
    const rowOf = new Map(totals.customerIds.map((id, row) => [id, row]))
    const theirs = vectorRows(VECTOR)
    expect([theirs.length, totals.count]).toEqual([4338, 4338])
    const different: unknown[] = []
    for (const [id, recency, frequency, monetaryValue, code, name] of theirs) {
      const row = rowOf.get(id!)!
      const mine = [totals.recencyDays[row], totals.orders[row], rfmCode(scores, row), segments[segment[row]!]!.name]
      // The file adds up in whole pence and has six decimals; four lines cost a tenth of a penny.
      const mean = Math.round(totals.revenue[row]! / 10) / totals.orders[row]! / 100
      if (String(mine) !== String([Number(recency), Number(frequency), code, name]) || Math.abs(mean - Number(monetaryValue)) > 5.1e-7) different.push([id, mine, mean])
    }
    expect(different).toEqual([])
  })

  it('loses the highest frequency score, says so, and counts the segments that were measured', () => {
    const grid = describeRfmGrid(totals, full)
    const { r, f, m } = grid.axes
    expect([r.effectiveBins, f.effectiveBins, m.effectiveBins, f.reason]).toEqual([4, 3, 4, 'ties'])
    expect(grid.warnings).toContainEqual({ code: 'SCORES_NOT_REACHED', count: 1 })
    expect(Object.fromEntries(grid.segments.map(({ id, customers }) => [id, customers]))).toEqual({
      inactiveCustomer: 1369,
      atRiskCustomer: 891,
      topSpender: 715,
      other: 646,
      premiumCustomer: 548,
      repeatCustomer: 169,
    })
  })
})

// `tests/clv/test_utils.py` of pymc-marketing: transactions id, date, value; customer 4's last purchase is 9.
const TOY = `1,2015-01-01,1 1,2015-02-06,2 2,2015-01-01,2 3,2015-01-01,3 3,2015-01-02,1 3,2015-01-05,5 4,2015-01-16,6 4,2015-02-02,3
4,2015-02-05,9 5,2015-01-16,3 5,2015-01-17,1 5,2015-01-18,8 6,2015-02-02,5`

describe('pymc-marketing', () => {
  it('gives the six customers of the package test their measures and segments', () => {
    const rows = TOY.split(/\s/).map((line) => {
      const [customerId, date, value] = line.split(',') as [string, string, string]
      return { customerId, at: Date.parse(date), amount: Number(value) }
    })
    const full = { ...spec, asOf: Date.UTC(2015, 1, 7) }
    const totals = summariseCustomers(transactionColumnsFromRows(rows, { scale: 2 }), full)
    const { segment, segments } = segmentRfm(scoreRfm(totals, full), full)
    expect(totals.customerIds.map((_, row) => [totals.orders[row], totals.recencyDays[row], totals.revenue[row]! / totals.orders[row]! / 100])).toEqual([[2, 1, 1.5], [1, 37, 2], [3, 33, 3], [3, 2, 6], [3, 20, 4], [1, 5, 5]])
    expect(Array.from(segment, (index) => segments[index]!.name)).toEqual(['Other', 'Inactive Customer', 'At Risk Customer', 'Premium Customer', 'Repeat Customer', 'Top Spender'])
  })

  it('cuts between values as pandas does, and drops equal cuts at the top of the scores', () => {
    const cuts = (values: readonly number[], isRecency = false) => pymcCuts(Float64Array.from(values).sort(), isRecency)
    const none = Number.MAX_SAFE_INTEGER
    expect(cuts([1, 2, 3, 4])).toEqual([1.75, 2.5, 3.25])
    expect(cuts([1, 1, 1, 2, 9])).toEqual([2, none, none])
    expect(cuts([1, 1, 1, 2, 9], true)).toEqual([-none, -none, 2])
    expect(cuts([5, 5, 5])).toEqual([none, none, none])
    expect(cuts([5, 5, 5], true)).toEqual([-none, -none, -none])
    expect(cuts([])).toEqual([])
    // numpy 2.4.6, np.percentile(values, [25, 50, 75]): beyond the middle it goes back from the upper neighbour, which is another last bit.
    expect(cuts([35 / 3, 3749 / 7, 7298 / 7, 4364 / 3])).toEqual([404.5952380952381, 789.0714285714287, 1145.595238095238])
  })

  it('scores everybody 1 where one bin is left, at which the tool breaks off', () => {
    const equal = { recencyDays: Float64Array.of(3, 3, 3, 3, 3), orders: Float64Array.of(1, 1, 1, 1, 9), revenue: Float64Array.of(5, 5, 5, 5, 5) }
    const { r, f, m, axes, warnings } = scoreRfm(equal, spec)
    expect([r, f, m].map((scores) => [...new Set(scores)])).toEqual([[1], [1], [1]])
    expect([axes.r.effectiveBins, axes.f.reason, axes.m.reason, warnings]).toEqual([1, 'ties', 'ties', [{ code: 'SCORES_NOT_REACHED', count: 9 }]])
  })

  it('selects a segment by its interpolated cuts', () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ customerId: `c${i % 23}`, at: Date.UTC(2015, 0, 1 + ((i * 7) % 37)), amount: 1 + ((i * 31) % 17) }))
    const full = { ...spec, asOf: Date.UTC(2015, 1, 7) }
    const totals = summariseCustomers(transactionColumnsFromRows(rows), full)
    const grid = describeRfmGrid(totals, full)
    const mean = Array.from(totals.revenue, (revenue, row) => revenue / totals.orders[row]!)
    const columns = { recencyDays: totals.recencyDays, orders: totals.orders, meanOrderValue: mean } as Record<string, ArrayLike<number>>
    let members = 0
    for (let score = 1; score <= 4; score++) {
      const { ranges } = selectRfmCells(grid, { f: score, r: [2, 4] })
      const count = mean.filter((_, row) => ranges.every(({ field, above = -Infinity, upTo = Infinity }) => columns[field]![row]! > above && columns[field]![row]! <= upTo)).length
      expect(count).toBe(grid.cells.customers.reduce((sum, customers, i) => sum + (grid.cells.f[i] === score && grid.cells.r[i]! >= 2 ? customers : 0), 0))
      members += count
    }
    expect(members).toBeGreaterThan(5)
  })
})
