import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shopLinesArbitrary, SHOP_AS_OF } from '../shared/testing/residentShop.ts'
import { createRfmSpec } from './createRfmSpec.ts'
import { describeRfmGrid } from './describeRfmGrid.ts'
import { explainRfmCustomer } from './explainRfmCustomer.ts'
import { freezeRfmCuts } from './freezeRfmCuts.ts'
import type { CustomerTotals, RfmGridResult, RfmSpecOptions } from './rfm.types.ts'
import { scoreRfm } from './scoreRfm.ts'
import { plainSegmentMap, pymcMarketingSegmentMap, rRfmOldSegmentMap, rRfmSegmentMap, threePointSegmentMap } from './segmentMaps.ts'
import { segmentRfm } from './segmentRfm.ts'
import { summariseCustomers } from './summariseCustomers.ts'
import { transactionColumnsFromRows } from './transactionColumnsFromRows.ts'

type Values = { readonly r: number; readonly f: number; readonly m: number }
type Triple = readonly [r: number, f: number, m: number]

const base = { asOf: SHOP_AS_OF, timeZone: 'UTC' }
const bins = fc.integer({ min: 2, max: 6 })
const specs: fc.Arbitrary<RfmSpecOptions> = fc.oneof(
  fc.record({
    asOf: fc.constant(base.asOf),
    timeZone: fc.constant('UTC'),
    order: fc.constantFrom('orderId', 'day'),
    frequency: fc.constantFrom('all', 'repeat'),
    monetary: fc.constantFrom('sum', 'mean'),
    segments: fc.constantFrom(plainSegmentMap, rRfmOldSegmentMap, pymcMarketingSegmentMap, threePointSegmentMap),
    scoring: fc.oneof(
      fc.record({ method: fc.constantFrom('quantile', 'nested'), bins: fc.record({ r: bins, f: bins, m: bins }) }),
      fc.constant({ method: 'thresholds' as const, recencyDays: [3, 20], frequency: [1, 2, 3], monetary: [-50, 0.5, 400] }),
      fc.constant({ method: 'percentiles' as const, recencyDays: [12.5, 50], frequency: [33.33, 66.67, 99], monetary: [10, 20, 90] }),
      fc.constant({ method: 'pymc-marketing' as const }),
    ),
  }) as fc.Arbitrary<RfmSpecOptions>,
  fc.constant({ ...base, scoring: { method: 'r-rfm' as const, bins: 4 }, segments: rRfmSegmentMap }),
)

function totalsOf(lines: readonly { customerId: string | null; orderId: string; at: number; amount: number }[], spec: RfmSpecOptions): CustomerTotals {
  return summariseCustomers(transactionColumnsFromRows(lines.map((line) => ({ ...line, amount: line.amount / 100 })), { currency: 'EUR' }), spec)
}

/** Scores by scoreRfm under the cut points of the grid, frozen: measures are scored one by one, so one moves alone. */
function scoresOf({ axes, spec }: RfmGridResult, list: readonly Values[]): Triple[] {
  const scored = (axis: 'r' | 'f' | 'm', cuts: readonly number[], values: readonly number[]): Uint8Array => {
    // Nobody was in this group: whoever comes has the score of a single customer, the lowest.
    if (cuts.length === 0) return new Uint8Array(values.length).fill(1)
    const frozen = freezeRfmCuts(spec, { r: [0], f: [1], m: [0], [axis]: cuts })
    const ones = values.map(() => 1)
    const totals = { recencyDays: Float64Array.from(axis === 'r' ? values : ones), orders: Float64Array.from(axis === 'f' ? values : ones), revenue: Float64Array.from(axis === 'm' ? values : ones) }
    return scoreRfm(totals, frozen)[axis]
  }
  /** Each group of places with its own cuts. */
  const grouped = (axis: 'f' | 'm', groupOf: (place: number) => number): Uint8Array => {
    const { within, cuts } = axes[axis]
    if (!within) return scored(axis, cuts, list.map((one) => one[axis]))
    const scores = new Uint8Array(list.length)
    for (const group of new Set(list.map((_, place) => groupOf(place)))) {
      const places = [...list.keys()].filter((place) => groupOf(place) === group)
      scored(axis, within[group]!, places.map((place) => list[place]![axis])).forEach((score, i) => (scores[places[i]!] = score))
    }
    return scores
  }
  const r = scored('r', axes.r.cuts, list.map((one) => one.r))
  const f = grouped('f', (place) => r[place]! - 1)
  const m = grouped('m', (place) => (r[place]! - 1) * axes.f.bins + f[place]! - 1)
  return list.map((_, i) => [r[i]!, f[i]!, m[i]!])
}

function segmentsOf({ axes, spec }: RfmGridResult, triples: readonly Triple[]): string[] {
  const column = (axis: 0 | 1 | 2): Uint8Array => Uint8Array.from(triples, (triple) => triple[axis])
  const { segment, segments } = segmentRfm({ bins: { r: axes.r.bins, f: axes.f.bins, m: axes.m.bins }, r: column(0), f: column(1), m: column(2) }, spec)
  return Array.from(segment, (index) => segments[index]!.id)
}

/** Whole values of an axis on one side of a value, nearest first: all that the data of the test can have, and more. */
function wholeValues(axis: 'r' | 'f' | 'm', value: number, isUp: boolean): number[] {
  const [least, most, stride] = axis === 'r' ? [0, 80, 1] : axis === 'f' ? [1, 40, 1] : [-700, 1300, 1]
  const all = Array.from({ length: (most - least) / stride + 1 }, (_, i) => least + i * stride)
  return isUp ? all.filter((one) => one > value) : all.filter((one) => one < value).reverse()
}

// Few money units, so that every one of them can be tried.
const smallLines = shopLinesArbitrary.map((lines) => lines.map((line) => ({ ...line, amount: Math.round(line.amount / 500) })))
const AXES = ['r', 'f', 'm'] as const

describe('explainRfmCustomer', () => {
  it('finds the scores, segment and tier that scoreRfm and segmentRfm give', () => {
    fc.assert(
      fc.property(shopLinesArbitrary, specs, (lines, spec) => {
        const totals = totalsOf(lines, spec)
        const grid = describeRfmGrid(totals, spec)
        const scores = scoreRfm(totals, spec)
        const named = segmentRfm(scores, { ...createRfmSpec(spec) })
        for (let row = 0; row < totals.count; row++) {
          if (scores.r[row] === 0) continue
          const found = explainRfmCustomer(grid, { recencyDays: totals.recencyDays[row]!, orders: totals.orders[row]!, revenue: totals.revenue[row]! })
          expect([found.scores.r, found.scores.f, found.scores.m, found.composite]).toEqual([scores.r[row], scores.f[row], scores.m[row], named.composite[row]])
          expect([found.segment, found.tier.id]).toEqual([named.segments[named.segment[row]!], named.tiers[named.tier[row]!]!.id])
          for (const axis of AXES) {
            const { value, above, upTo } = found.axes[axis]
            expect([above === null || above < value, upTo === null || value <= upTo]).toEqual([true, true])
          }
        }
      }),
    )
  })

  it('gives steps that really lead to their score, and no smaller one does', () => {
    fc.assert(
      fc.property(smallLines, specs, fc.nat(), (lines, spec, pick) => {
        const totals = totalsOf(lines, spec)
        const rows = [...totals.customerIds.keys()].filter((row) => totals.orders[row]! > 0)
        fc.pre(rows.length > 0)
        const row = rows[pick % rows.length]!
        const grid = describeRfmGrid(totals, spec)
        const found = explainRfmCustomer(grid, { recencyDays: totals.recencyDays[row]!, orders: totals.orders[row]!, revenue: totals.revenue[row]! })
        const own = { r: found.axes.r.value, f: found.axes.f.value, m: found.axes.m.value }
        const moved = (axis: 'r' | 'f' | 'm', value: number): Values => ({ ...own, [axis]: value })
        for (const [index, axis] of AXES.entries()) {
          for (const direction of ['better', 'worse'] as const) {
            const isUp = (axis === 'r') === (direction === 'worse')
            const nearest = wholeValues(axis, own[axis], isUp)
            const triples = scoresOf(grid, nearest.map((value) => moved(axis, value)))
            const step = found.axes[axis][direction]
            const first = triples.findIndex((triple) => triple[index] !== found.scores[axis])
            expect(step === null ? -1 : nearest.indexOf(step.value)).toBe(first)
            expect(step && [step.score, step.distance]).toEqual(step && [triples[first]![index], Math.abs(step.value - own[axis])])
            const segments = segmentsOf(grid, triples)
            const change = found.changes.find((one) => one.axis === axis && one.direction === direction)
            const other = segments.findIndex((id) => id !== found.segment.id)
            expect(change === undefined ? -1 : nearest.indexOf(change.step.value)).toBe(other)
            expect(change && [change.to.id, change.step.score, change.step.distance]).toEqual(change && [segments[other], triples[other]![index], Math.abs(change.step.value - own[axis])])
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  const rows = [
    // 30 customers: i days ago, 1 + i mod 6 orders of 10.00.
    ...Array.from({ length: 30 }, (_, i) => Array.from({ length: 1 + (i % 6) }, (_each, order) => ({ customerId: `c${i}`, orderId: `${i}-${order}`, at: SHOP_AS_OF - i * 86_400_000, amount: 10 }))).flat(),
  ]
  const grid = (over: Partial<RfmSpecOptions> = {}): RfmGridResult => {
    const spec = { ...base, scoring: { method: 'thresholds', recencyDays: [5, 10, 20, 25], frequency: [1, 2, 3, 4], monetary: [1000, 2000, 3000, 4000] }, ...over } as const
    return describeRfmGrid(summariseCustomers(transactionColumnsFromRows(rows, { currency: 'EUR' }), spec), spec)
  }

  it('reads as the worked example in the docs', () => {
    const found = explainRfmCustomer(grid(), { recencyDays: 12, orders: 3, revenue: 2950 })
    expect(found).toMatchObject({
      scores: { r: 3, f: 3, m: 3, fm: 3 },
      segment: { id: 'needAttention', name: 'Need attention' },
      tier: { id: 'silver', name: 'Silver' },
      composite: 9,
      rule: { id: 'needAttention', r: [3, 3], fm: [2, 3] },
      decisive: ['r', 'fm'],
      axes: {
        r: { field: 'recencyDays', value: 12, above: 10, upTo: 20, better: { score: 4, value: 10, distance: 2 }, worse: { score: 2, value: 21, distance: 9 } },
        f: { field: 'orders', value: 3, above: 2, upTo: 3, better: { score: 4, value: 4, distance: 1 }, worse: { score: 2, value: 2, distance: 1 } },
        m: { field: 'revenue', value: 2950, above: 2000, upTo: 3000, better: { score: 4, value: 3001, distance: 51 }, worse: { score: 2, value: 2000, distance: 950 } },
      },
    })
    expect(found.changes).toEqual([
      { axis: 'r', direction: 'better', to: { id: 'potentialLoyalists', name: 'Potential loyalists' }, step: { score: 4, value: 10, distance: 2 } },
      { axis: 'f', direction: 'better', to: { id: 'loyal', name: 'Loyal' }, step: { score: 4, value: 4, distance: 1 } },
      { axis: 'm', direction: 'better', to: { id: 'loyal', name: 'Loyal' }, step: { score: 4, value: 3001, distance: 51 } },
      { axis: 'r', direction: 'worse', to: { id: 'atRisk', name: 'At risk' }, step: { score: 2, value: 21, distance: 9 } },
    ])
  })

  it('stops at today and at one order, and knows no better than the highest score', () => {
    const best = explainRfmCustomer(grid(), { recencyDays: 0, orders: 9, revenue: 99_999 }).axes
    expect([best.r.better, best.f.better, best.m.better, best.m.upTo]).toEqual([null, null, null, null])
    const worst = explainRfmCustomer(grid(), { recencyDays: 99, orders: 1, revenue: -5 }).axes
    expect([worst.r.worse, worst.f.worse, worst.m.worse, worst.f.above, worst.r.upTo]).toEqual([null, null, null, null, null])
  })

  it('measures a mean order value in money units per order', () => {
    const found = explainRfmCustomer(grid({ monetary: 'mean' }), { recencyDays: 12, orders: 3, revenue: 2951 })
    expect(found.axes.m).toMatchObject({ field: 'meanOrderValue', value: 2951 / 3, score: 1, better: { score: 2, value: 1001, distance: 1001 - 2951 / 3 } })
  })

  it('never promises a score that pymc-marketing gives nobody', () => {
    const tied = grid({ scoring: { method: 'pymc-marketing' }, segments: pymcMarketingSegmentMap, monetary: 'mean' })
    const found = explainRfmCustomer(tied, { recencyDays: 0, orders: 6, revenue: 6000 })
    // Every mean is 10.00: one bin, whatever anybody spends.
    expect(found.axes.m).toMatchObject({ score: 1, above: null, upTo: null, better: null, worse: null })
  })

  it('puts a change through one score before one through two, whatever the axis', () => {
    const segments = { id: 'm', bins: 5, segments: [{ id: 'top', r: [5, 5] }, { id: 'often', f: [4, 5] }], otherwise: { id: 'rest' } } as const
    const { changes } = explainRfmCustomer(grid({ segments }), { recencyDays: 12, orders: 3, revenue: 2950 })
    expect(changes.map(({ axis, to, step }) => [axis, to.id, step.score])).toEqual([['f', 'often', 4], ['r', 'top', 5]])
  })

  it('names no border that nobody can be beyond: before today, or below one order', () => {
    const { axes } = explainRfmCustomer(grid({ scoring: { method: 'thresholds', recencyDays: [-5, 10], frequency: [0, 2], monetary: [-100, 5000] } }), { recencyDays: 0, orders: 1, revenue: 0 })
    expect([axes.r, axes.f, axes.m].map(({ above, upTo }) => [above, upTo])).toEqual([[null, 10], [null, 2], [-100, 5000]])
    expect([axes.r.better, axes.f.worse, axes.m.worse]).toEqual([null, null, { score: 1, value: -100, distance: 100 }])
  })

  it('says that no rule matched, and which axes codes look at', () => {
    const other = explainRfmCustomer(grid({ segments: { id: 'm', bins: 5, segments: [{ id: 'some', codes: ['333'], r: [1, 5] }], otherwise: { id: 'rest', name: 'Rest' } } }), { recencyDays: 12, orders: 4, revenue: 2950 })
    expect([other.rule, other.decisive, other.segment]).toEqual([null, [], { id: 'rest', name: 'Rest' }])
    expect(other.changes.map(({ axis, direction, to }) => [axis, direction, to.id])).toEqual([['f', 'worse', 'some']])
    const some = explainRfmCustomer(grid({ segments: { id: 'm', bins: 5, segments: [{ id: 'some', codes: ['333'], fm: [1, 5] }], otherwise: { id: 'rest' } } }), { recencyDays: 12, orders: 3, revenue: 2950 })
    expect([some.rule?.id, some.decisive]).toEqual(['some', ['r', 'f', 'm']])
  })

  it('is frozen, and survives its JSON form', () => {
    const found = explainRfmCustomer(grid(), { recencyDays: 12, orders: 3, revenue: 2950 })
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
    const records = [found, found.scores, found.bins, found.segment, found.tier, found.axes, found.axes.r, found.axes.r.better, found.changes, found.changes[0], found.decisive]
    expect(records.filter((record) => !Object.isFrozen(record))).toEqual([])
  })

  it.each([
    ['SCORING_UNSUPPORTED', { scoring: { method: 'ntile', bins: 5 } }, {}],
    ['OPTION_INVALID', {}, { orders: 0 }],
    ['VALUE_NOT_FINITE', {}, { revenue: NaN }],
    ['VALUE_NOT_FINITE', {}, { recencyDays: Infinity }],
  ] as const)('%s in three sentences for %o %o', (code, over, customer) => {
    const error = expect.objectContaining({ code, message: expect.stringMatching(/^[^.]+\. [^.]+\. [^.]+\.$/) as string })
    expect(() => explainRfmCustomer(grid(over), { recencyDays: 12, orders: 3, revenue: 2950, ...customer })).toThrow(error)
  })

  it('refuses a grid of nobody, which has no cut points', () => {
    const nobody = describeRfmGrid(totalsOf([], base), base)
    expect(() => explainRfmCustomer(nobody, { recencyDays: 1, orders: 1, revenue: 1 })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
