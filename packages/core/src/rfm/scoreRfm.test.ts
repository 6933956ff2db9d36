import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RfmMeasures, RfmScoring } from './rfm.types.ts'
import { rfmCode } from './rfmCode.ts'
import { scoreRfm } from './scoreRfm.ts'

interface Customer {
  readonly recencyDays: number
  readonly orders: number
  readonly revenue: number
}

const customer = fc.record({ recencyDays: fc.integer({ min: 0, max: 25 }), orders: fc.integer({ min: 0, max: 5 }), revenue: fc.integer({ min: -500, max: 3000 }) })
const customers = fc.array(customer, { maxLength: 60 })
const binCount = fc.integer({ min: 2, max: 10 })
const percents = fc.uniqueArray(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 9 }).map((hundredths) => hundredths.sort((a, b) => a - b).map((hundredth) => hundredth / 100))
/** Every method that finds its cut points in the values, unit-free but for `r-rfm`. */
const scoring: fc.Arbitrary<RfmScoring> = fc.oneof(
  fc.record({ method: fc.constantFrom('quantile', 'nested', 'ntile', 'r-rfm'), bins: fc.record({ r: binCount, f: binCount, m: binCount }) }),
  fc.record({ method: fc.constant('percentiles' as const), recencyDays: percents, frequency: percents, monetary: percents }),
  fc.constant({ method: 'pymc-marketing' as const }),
)

function columns(rows: readonly (Customer & { readonly id?: string })[]): RfmMeasures {
  return {
    customerIds: rows.map(({ id }, i) => id ?? `c${i}`),
    recencyDays: Float64Array.from(rows, (row) => row.recencyDays),
    orders: Float64Array.from(rows, (row) => row.orders),
    revenue: Float64Array.from(rows, (row) => row.revenue),
  }
}

const triples = ({ r, f, m }: ReturnType<typeof scoreRfm>) => Array.from(r, (_, i) => [r[i], f[i], m[i]])

describe('scoreRfm', () => {
  it('agrees with ranks looked up one by one', () => {
    fc.assert(
      fc.property(customers, binCount, (rows, bins) => {
        const scores = scoreRfm(columns(rows), { scoring: { method: 'quantile', bins } })
        const buyers = rows.filter((row) => row.orders > 0)
        const bin = (value: number, of: (row: Customer) => number) => {
          const sorted = buyers.map(of).sort((a, b) => a - b)
          let below = 0
          for (let i = 1; i < bins; i++) if (sorted[Math.ceil((sorted.length * i) / bins) - 1]! < value) below++
          return below
        }
        expect(triples(scores)).toEqual(
          rows.map((row) =>
            row.orders === 0
              ? [0, 0, 0]
              : [bins - bin(row.recencyDays, (one) => one.recencyDays), bin(row.orders, (one) => one.orders) + 1, bin(row.revenue, (one) => one.revenue) + 1],
          ),
        )
      }),
    )
  })

  it('gives equal values equal scores, but for ntile, and never scores a better value lower', () => {
    fc.assert(
      fc.property(customers, scoring, fc.constantFrom('sum', 'mean' as const), (rows, rule, monetary) => {
        const scores = scoreRfm(columns(rows), { scoring: rule, monetary })
        const buyers = rows.map((row, i) => ({ ...row, i, money: monetary === 'sum' ? row.revenue : row.revenue / row.orders })).filter((row) => row.orders > 0)
        const [isNested, splits] = [rule.method === 'nested', rule.method === 'ntile']
        const atLeast = (a: number, b: number): boolean => (splits ? a > b : a >= b)
        const wrong = buyers.flatMap((a) =>
          buyers.filter((b) => {
            // Nested scores are about those with the same scores on the axes before.
            const sameR = !isNested || scores.r[a.i] === scores.r[b.i]
            const sameF = !isNested || (sameR && scores.f[a.i] === scores.f[b.i])
            return (
              (atLeast(-a.recencyDays, -b.recencyDays) && scores.r[a.i]! < scores.r[b.i]!) ||
              (sameR && atLeast(a.orders, b.orders) && scores.f[a.i]! < scores.f[b.i]!) ||
              (sameF && atLeast(a.money, b.money) && scores.m[a.i]! < scores.m[b.i]!)
            )
          }),
        )
        expect(wrong).toEqual([])
      }),
    )
  })

  it('does not depend on the unit of money, but for the one that r-rfm adds', () => {
    fc.assert(
      fc.property(customers, scoring.filter(({ method }) => method !== 'r-rfm'), fc.constantFrom('sum', 'mean' as const), (rows, rule, monetary) => {
        const inCents = rows.map((row) => ({ ...row, revenue: row.revenue * 100 }))
        const options = { scoring: rule, monetary } as const
        expect(triples(scoreRfm(columns(inCents), options))).toEqual(triples(scoreRfm(columns(rows), options)))
      }),
    )
  })

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(customers.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }))), scoring, ([rows, order], rule) => {
        const named = rows.map((row, i) => ({ ...row, id: `c${i}` }))
        const plain = triples(scoreRfm(columns(named), { scoring: rule }))
        const shuffled = triples(scoreRfm(columns(order.map((i) => named[i]!)), { scoring: rule }))
        expect(shuffled).toEqual(order.map((i) => plain[i]))
      }),
    )
  })

  it('never leaves a score empty without saying so', () => {
    fc.assert(
      fc.property(customers, scoring, (rows, rule) => {
        const { r, f, m, axes, warnings } = scoreRfm(columns(rows), { scoring: rule })
        let missing = 0
        for (const [axis, scores] of [[axes.r, r], [axes.f, f], [axes.m, m]] as const) {
          const present = new Set(scores).size - (scores.includes(0) ? 1 : 0)
          expect(axis.effectiveBins).toBe(present)
          expect(axis.reason === null).toBe(present === axis.bins)
          missing += axis.bins - present
        }
        const buyers = rows.some((row) => row.orders > 0)
        expect(warnings.filter(({ code }) => code !== 'TIES_SPLIT')).toEqual(missing > 0 && buyers ? [{ code: 'SCORES_NOT_REACHED', count: missing }] : [])
      }),
    )
  })

  it('does not let customers without a purchase move a cut point', () => {
    fc.assert(
      fc.property(customers, scoring, (rows, rule) => {
        const named = rows.map((row, i) => ({ ...row, id: `c${i}` }))
        const buyers = named.filter((row) => row.orders > 0)
        const all = triples(scoreRfm(columns(named), { scoring: rule })).filter((_, i) => rows[i]!.orders > 0)
        expect(all).toEqual(triples(scoreRfm(columns(buyers), { scoring: rule })))
      }),
    )
  })

  it('puts a value on a threshold below it, and recency the other way round', () => {
    const totals = columns([
      { recencyDays: 30, orders: 1, revenue: 1000 },
      { recencyDays: 31, orders: 2, revenue: 1001 },
      { recencyDays: 91, orders: 9, revenue: 999_999 },
    ])
    const { r, f, m, bins, axes } = scoreRfm(totals, { scoring: { method: 'thresholds', recencyDays: [30, 90], frequency: [1], monetary: [1000, 5000, 20_000] } })
    expect([bins, [...r], [...f], [...m]]).toEqual([{ r: 3, f: 2, m: 4 }, [3, 2, 1], [1, 2, 2], [1, 2, 4]])
    expect([axes.r.effectiveBins, axes.m.effectiveBins, axes.m.reason]).toEqual([3, 4, null])
  })

  it('puts a value on a cut of r-rfm above it', () => {
    // Median 1, cut at 1 + 1: the two orders of the last customers are not below it.
    const totals = columns([1, 1, 1, 2, 2].map((orders) => ({ recencyDays: 1, orders, revenue: 1 })))
    expect([...scoreRfm(totals, { scoring: { method: 'r-rfm', bins: 2 } }).f]).toEqual([1, 1, 1, 2, 2])
  })

  it('counts orders after the first under `repeat`', () => {
    const totals = columns([1, 2, 3].map((orders) => ({ recencyDays: 1, orders, revenue: 1 })))
    const thresholds = { method: 'thresholds', recencyDays: [9], frequency: [0, 1], monetary: [9] } as const
    expect([...scoreRfm(totals, { scoring: thresholds, frequency: 'repeat' }).f]).toEqual([1, 2, 3])
    expect([...scoreRfm(totals, { scoring: thresholds }).f]).toEqual([2, 3, 3])
  })

  it('answers for nobody, for one customer and for equal customers', () => {
    const nobody = scoreRfm(columns([]))
    expect([nobody.r.length, nobody.axes.r.cuts, nobody.axes.r.effectiveBins, nobody.warnings]).toEqual([0, [], 0, []])
    const one = { recencyDays: 3, orders: 2, revenue: -7 }
    const single = scoreRfm(columns([one]))
    expect([triples(single), single.axes.f.reason, single.warnings]).toEqual([[[5, 1, 1]], 'fewCustomers', [{ code: 'SCORES_NOT_REACHED', count: 12 }]])
    const equal = scoreRfm(columns(Array.from({ length: 7 }, () => one)))
    expect([new Set(triples(equal).map(String)), equal.axes.f.reason]).toEqual([new Set(['5,1,1']), 'ties'])
  })

  it('refuses values that have no rank, and columns of different length', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      for (const field of ['recencyDays', 'orders', 'revenue'] as const) {
        const rows = [{ recencyDays: 1, orders: 1, revenue: 1 }, { recencyDays: 1, orders: 1, revenue: 1, [field]: bad }]
        expect(() => scoreRfm(columns(rows))).toThrow(expect.objectContaining({ code: 'VALUE_NOT_FINITE', details: { row: 1 } }))
      }
    }
    expect(() => scoreRfm({ ...columns([]), revenue: new Float64Array(1) })).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
    for (const bins of [1, 11, 2.5, NaN]) expect(() => scoreRfm(columns([]), { scoring: { method: 'quantile', bins } })).toThrow(expect.objectContaining({ code: 'BINS_RANGE' }))
  })

  it('ends with sums beyond 2^53 in r-rfm too', () => {
    const huge = columns([1e300, -1e300, 2 ** 53, 5].map((revenue) => ({ recencyDays: 1, orders: 1, revenue })))
    expect(scoreRfm(huge, { scoring: { method: 'r-rfm', bins: 3 } }).m).toHaveLength(4)
  })

  it('agrees with sorting for many customers, among them -0', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => ({ recencyDays: i % 2 ? 0 : -0, orders: 1 + ((i * 7919) % 300), revenue: ((i * 104_729) % 1_000_003) / 7 }))
    const { axes } = scoreRfm(columns(rows), { scoring: { method: 'quantile', bins: 4 } })
    const quartiles = (of: (row: Customer) => number) => [0.25, 0.5, 0.75].map((p) => rows.map(of).sort((a, b) => a - b)[20_000 * p - 1])
    expect([axes.r.cuts, axes.r.effectiveBins]).toEqual([[0, 0, 0], 1])
    expect([axes.f.cuts, axes.m.cuts]).toEqual([quartiles((row) => row.orders), quartiles((row) => row.revenue)])
  })

  it('changes no input', () => {
    const totals = columns([{ recencyDays: 9, orders: 1, revenue: 5 }, { recencyDays: 1, orders: 2, revenue: 3 }])
    const before = structuredClone(totals)
    scoreRfm(totals)
    expect(totals).toEqual(before)
  })
})

describe('rfmCode', () => {
  it('keeps ten scores readable', () => {
    const totals = columns(Array.from({ length: 10 }, (_, i) => ({ recencyDays: 10 - i, orders: i + 1, revenue: i })))
    expect(rfmCode(scoreRfm(totals), 9)).toBe('555')
    expect(rfmCode(scoreRfm(totals, { scoring: { method: 'quantile', bins: 10 } }), 9)).toBe('10-10-10')
    expect(rfmCode(scoreRfm(totals, { scoring: { method: 'quantile', bins: 10 } }), 0)).toBe('1-1-1')
    expect(rfmCode(scoreRfm(columns([{ recencyDays: 0, orders: 0, revenue: 0 }])), 0)).toBe('')
  })
})
