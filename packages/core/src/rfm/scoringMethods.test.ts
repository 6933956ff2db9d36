import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { compareText } from '../shared/text.ts'
import { describeRfmGrid } from './describeRfmGrid.ts'
import type { CustomerTotals, RfmMeasures, RfmScores } from './rfm.types.ts'
import { scoreRfm } from './scoreRfm.ts'
import { summariseCustomers } from './summariseCustomers.ts'
import { isHere, onlineRetail, skipReason } from './testing/onlineRetail.ts'

interface Customer {
  readonly id: string
  readonly recencyDays: number
  readonly orders: number
  readonly revenue: number
}

const ids = fc.uniqueArray(fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('😀', '\uffff', 'a', 'B', '10', '9', '')), { maxLength: 40 })
const customers = ids.chain((names) =>
  fc.tuple(...names.map((id) => fc.record({ id: fc.constant(id), recencyDays: fc.integer({ min: 0, max: 9 }), orders: fc.integer({ min: 0, max: 4 }), revenue: fc.integer({ min: -3, max: 12 }) }))),
) as fc.Arbitrary<readonly Customer[]>
const bins = fc.integer({ min: 2, max: 10 })

function columns(rows: readonly Customer[]): RfmMeasures & { readonly customerIds: readonly string[] } {
  return {
    customerIds: rows.map(({ id }) => id),
    recencyDays: Float64Array.from(rows, (row) => row.recencyDays),
    orders: Float64Array.from(rows, (row) => row.orders),
    revenue: Float64Array.from(rows, (row) => row.revenue),
  }
}

const AXES = ['r', 'f', 'm'] as const
/** Ascending is worst to best. */
const worth = { r: (row: Customer) => -row.recencyDays, f: (row: Customer) => row.orders, m: (row: Customer) => row.revenue }

describe('ntile', () => {
  it('deals customers out from worst to best, then by id, the first tiles larger by one', () => {
    fc.assert(
      fc.property(customers, bins, (rows, tiles) => {
        const scores = scoreRfm(columns(rows), { scoring: { method: 'ntile', bins: tiles } })
        const buyers = rows.filter(({ orders }) => orders > 0)
        const split = new Set<string>()
        for (const axis of AXES) {
          const sorted = [...buyers].sort((a, b) => worth[axis](a) - worth[axis](b) || compareText(a.id, b.id))
          const tileOf = new Map<string, number>()
          for (let tile = 1, next = 0; tile <= tiles; tile++) {
            const size = Math.floor(sorted.length / tiles) + (tile <= sorted.length % tiles ? 1 : 0)
            for (const { id } of sorted.slice(next, next + size)) tileOf.set(id, tile)
            next += size
          }
          expect([...scores[axis]]).toEqual(rows.map(({ id }) => tileOf.get(id) ?? 0))
          for (const a of buyers) if (buyers.some((b) => worth[axis](a) === worth[axis](b) && tileOf.get(a.id) !== tileOf.get(b.id))) split.add(a.id)
        }
        expect(scores.warnings.find(({ code }) => code === 'TIES_SPLIT')?.count ?? 0).toBe(split.size)
        expect([scores.axes.r.cuts, scores.axes.f.cuts, scores.axes.m.cuts]).toEqual([[], [], []])
      }),
    )
  })

  it('asks for ids, which it splits equal customers by', () => {
    const { customerIds: _, ...nameless } = columns([{ id: 'a', recencyDays: 1, orders: 1, revenue: 1 }])
    const error = expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringMatching(/^[^.]+\. [^.]+\. [^.]+\.$/) as string })
    expect(() => scoreRfm(nameless, { scoring: { method: 'ntile', bins: 2 } })).toThrow(error)
    expect(() => scoreRfm({ ...nameless, customerIds: [] }, { scoring: { method: 'ntile', bins: 2 } })).toThrow(error)
  })

  it('tells a grid how many customers it split', () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({ id: `c${i}`, recencyDays: 1, orders: 1, revenue: i }))
    const column = new Int32Array(10)
    const totals: CustomerTotals = { kind: 'customer-totals', version: 1, count: 10, firstDay: column, lastDay: column, returnedRevenue: new Float64Array(10), lines: column, currency: '', scale: 0, warnings: [], ...columns(rows) }
    expect(describeRfmGrid(totals, { asOf: 0, timeZone: 'UTC', scoring: { method: 'ntile', bins: 5 } }).warnings).toEqual([{ code: 'TIES_SPLIT', count: 10 }])
  })

  const canRun = isHere()
  describe.skipIf(!canRun)(`on Online Retail${skipReason(canRun)}`, () => {
    let totals: CustomerTotals
    let scores: RfmScores
    const spec = { asOf: Date.UTC(2011, 11, 10), timeZone: 'UTC', scoring: { method: 'ntile', bins: 5 } } as const
    beforeAll(() => {
      totals = summariseCustomers(onlineRetail(), spec)
      scores = scoreRfm(totals, spec)
    }, 60_000)

    it('spreads the 1,493 customers of one order over two tiles, and 3,008 of 4,338 share a frequency across tiles', () => {
      const tilesOf = new Map<number, Set<number>>()
      let oneOrder = 0
      for (let row = 0; row < totals.count; row++) {
        const orders = totals.orders[row]!
        if (orders === 1) oneOrder++
        tilesOf.set(orders, (tilesOf.get(orders) ?? new Set()).add(scores.f[row]!))
      }
      const split = Array.from(totals.orders).filter((orders) => tilesOf.get(orders)!.size > 1).length
      expect([oneOrder, tilesOf.get(1)!.size, split]).toEqual([1493, 2, 3008])
    })
  })
})

describe('nested', () => {
  it('cuts F within each R score and M within each R and F score', () => {
    fc.assert(
      fc.property(customers, bins, bins, bins, (rows, r, f, m) => {
        const scores = scoreRfm(columns(rows), { scoring: { method: 'nested', bins: { r, f, m } } })
        const { axes } = scores
        const inside = rows.map((row, i) => ({ ...row, i })).filter(({ orders }) => orders > 0)
        const cutsOf = (values: readonly number[], count: number): number[] => {
          const sorted = [...values].sort((a, b) => a - b)
          return sorted.length === 0 ? [] : Array.from({ length: count - 1 }, (_, k) => sorted[Math.ceil((sorted.length * (k + 1)) / count) - 1]!)
        }
        const above = (value: number, cuts: readonly number[]): number => cuts.filter((cut) => cut < value).length
        const rCuts = cutsOf(inside.map(({ recencyDays }) => recencyDays), r)
        expect([axes.r.cuts, axes.r.within, axes.f.cuts, axes.m.cuts]).toEqual([rCuts, undefined, [], []])
        for (let rScore = 1; rScore <= r; rScore++) {
          const ofR = inside.filter(({ recencyDays }) => r - above(recencyDays, rCuts) === rScore)
          const fCuts = cutsOf(ofR.map(({ orders }) => orders), f)
          expect(axes.f.within![rScore - 1]).toEqual(fCuts)
          for (let fScore = 1; fScore <= f; fScore++) {
            const ofF = ofR.filter(({ orders }) => above(orders, fCuts) + 1 === fScore)
            const mCuts = cutsOf(ofF.map(({ revenue }) => revenue), m)
            expect(axes.m.within![(rScore - 1) * f + fScore - 1]).toEqual(mCuts)
            for (const { i, revenue } of ofF) expect([scores.r[i], scores.f[i], scores.m[i]]).toEqual([rScore, fScore, above(revenue, mCuts) + 1])
          }
        }
        expect([axes.f.within!.length, axes.m.within!.length]).toEqual([r, r * f])
      }),
    )
  })

  it('fills its cells about evenly where values differ', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({ id: `c${i}`, recencyDays: (i * 7919) % 1000, orders: 1 + ((i * 104_729) % 1009), revenue: (i * 611_953) % 10_007 }))
    const { r, f, m } = scoreRfm(columns(rows), { scoring: { method: 'nested', bins: 5 } })
    const counts = new Map<string, number>()
    for (let i = 0; i < rows.length; i++) counts.set(`${r[i]}${f[i]}${m[i]}`, (counts.get(`${r[i]}${f[i]}${m[i]}`) ?? 0) + 1)
    expect([counts.size, new Set(counts.values())]).toEqual([125, new Set([8])])
  })

  it('says why scores are missing: too few customers in the groups, or ties', () => {
    const few = Array.from({ length: 20 }, (_, i) => ({ id: `c${i}`, recencyDays: i, orders: i + 1, revenue: i }))
    const sparse = scoreRfm(columns(few), { scoring: { method: 'nested', bins: 5 } }).axes
    expect([sparse.r.reason, sparse.f.effectiveBins, sparse.f.reason]).toEqual([null, 4, 'fewCustomers'])
    const tied = Array.from({ length: 50 }, (_, i) => ({ id: `c${i}`, recencyDays: i, orders: 1, revenue: i }))
    expect(scoreRfm(columns(tied), { scoring: { method: 'nested', bins: 5 } }).axes.f).toMatchObject({ effectiveBins: 1, reason: 'ties' })
  })
})

describe('percentiles', () => {
  it('cuts at the value that the percent of customers do not pass, counted one by one', () => {
    const percents = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 9 }).map((hundredths) => hundredths.sort((a, b) => a - b).map((hundredth) => hundredth / 100))
    fc.assert(
      fc.property(customers, percents, percents, percents, (rows, recencyDays, frequency, monetary) => {
        const { axes } = scoreRfm(columns(rows), { scoring: { method: 'percentiles', recencyDays, frequency, monetary } })
        const buyers = rows.filter(({ orders }) => orders > 0)
        const valueAt = (values: readonly number[], percent: number): number =>
          // The least value that at least this share of the customers do not pass; whole hundredths, so nothing is rounded.
          Math.min(...values.filter((value) => values.filter((other) => other <= value).length * 10_000 >= values.length * Math.round(percent * 100)))
        const cutsOf = (values: readonly number[], of: readonly number[]): number[] => (values.length === 0 ? [] : of.map((percent) => valueAt(values, percent)))
        expect(axes.r.cuts).toEqual(cutsOf(buyers.map((row) => row.recencyDays), recencyDays))
        expect(axes.f.cuts).toEqual(cutsOf(buyers.map((row) => row.orders), frequency))
        expect(axes.m.cuts).toEqual(cutsOf(buyers.map((row) => row.revenue), monetary))
        expect([axes.r.bins, axes.f.bins, axes.m.bins]).toEqual([recencyDays.length + 1, frequency.length + 1, monetary.length + 1])
      }),
    )
  })

  it('are the quantiles where the shares are equal', () => {
    const rows = Array.from({ length: 37 }, (_, i) => ({ id: `c${i}`, recencyDays: (i * 5) % 23, orders: 1 + (i % 6), revenue: (i * 31) % 101 }))
    const fifths = [20, 40, 60, 80]
    const byPercent = scoreRfm(columns(rows), { scoring: { method: 'percentiles', recencyDays: fifths, frequency: fifths, monetary: fifths } })
    const quintiles = scoreRfm(columns(rows))
    expect([byPercent.r, byPercent.f, byPercent.m, byPercent.axes]).toEqual([quintiles.r, quintiles.f, quintiles.m, quintiles.axes])
  })
})
