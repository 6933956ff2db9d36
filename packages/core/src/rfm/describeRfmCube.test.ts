import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Selection } from '../adapter/contract.ts'
import { SHOP_AS_OF, shopCustomersArbitrary, shopLinesArbitrary } from '../shared/testing/residentShop.ts'
import { compareRfmSegments, compareSegmentMaps } from './compareRfmSegments.ts'
import { describeRfmCube } from './describeRfmCube.ts'
import { freezeRfmCuts } from './freezeRfmCuts.ts'
import { rfmGridFromTotalsOperation, rfmGridOperation, rfmScoresOperation } from './operations.ts'
import { rfmHistogram } from './rfmHistogram.ts'
import type { RfmSpecOptions, SegmentMap } from './rfm.types.ts'
import { plainSegmentMap, rRfmSegmentMap } from './segmentMaps.ts'
import { ascendingArbitrary, runRfm, windowArbitrary } from './testing/runRfm.ts'
import { rfmCubeOperation } from './whatIfOperations.ts'

const base: RfmSpecOptions = { asOf: SHOP_AS_OF, timeZone: 'Europe/Berlin' }
const lima: Selection = { label: 'Lima', where: { op: 'eq', field: 'city', value: 'Lima' }, ranges: [] }

/** Borders of a cube, and cuts among them. */
const bordersArbitrary = fc
  .tuple(
    ascendingArbitrary(fc.integer({ min: 0, max: 45 }), 1, 12),
    ascendingArbitrary(fc.integer({ min: 1, max: 7 }), 1, 6),
    ascendingArbitrary(fc.integer({ min: -30, max: 90 }).map((tens) => tens * 100), 1, 14),
  )
  .chain(([r, f, m]) => {
    const cuts = fc.tuple(...[r, f, m].map((borders) => fc.subarray(borders, { minLength: 1, maxLength: Math.min(9, borders.length) })))
    return fc.record({ borders: fc.constant({ r, f, m }), before: cuts, after: cuts })
  })

/** The spec with cuts in the units of the fields as thresholds. */
function cutAt(spec: RfmSpecOptions, [recencyDays, orders, monetary]: readonly number[][], segments: SegmentMap = plainSegmentMap): RfmSpecOptions {
  const frequency = spec.frequency === 'repeat' ? orders!.map((cut) => cut - 1) : orders!
  return { ...spec, segments, scoring: { method: 'thresholds', recencyDays: recencyDays!, frequency, monetary: monetary! } }
}

describe('describeRfmCube', () => {
  it('gives the grid that rfmGridOperation would answer, for any cuts among the borders', () => {
    fc.assert(
      fc.property(shopCustomersArbitrary, shopLinesArbitrary, windowArbitrary, bordersArbitrary, fc.boolean(), (customers, lines, window, { borders, before, after }, isNarrow) => {
        const selection = isNarrow ? { selection: lima } : {}
        const cube = runRfm(rfmCubeOperation, { spec: window, borders, ...selection }, lines, customers)
        for (const spec of [cutAt(window, before), cutAt(window, after, rRfmSegmentMap)]) {
          const grid = runRfm(rfmGridOperation, { spec, ...selection }, lines, customers)
          expect(describeRfmCube(cube, spec)).toEqual(grid)
          expect(cube.totals).toEqual(grid.totals)
        }
      }),
    )
  })

  it('takes a cut between two whole numbers as the lower one, and one bin where there are no borders', () => {
    const lines = [1, 2, 2, 5].flatMap((orders, i) => Array.from({ length: orders }, (_, o) => ({ customerId: `c${i}`, orderId: `${i}-${o}`, at: SHOP_AS_OF - i * 86_400_000, amount: 100 })))
    const cube = runRfm(rfmCubeOperation, { spec: base, borders: { r: [1], f: [1, 2], m: [200] } }, lines)
    const spec = (frequency: number[]): RfmSpecOptions => ({ ...base, scoring: { method: 'thresholds', recencyDays: [1.5], frequency, monetary: [200.99] } })
    expect(describeRfmCube(cube, spec([1.1, 2])).cells).toEqual(describeRfmCube(cube, spec([1, 2.9])).cells)
    expect(describeRfmCube(cube, spec([1, 1.5, 2])).cells.f).toEqual(Uint8Array.of(3, 4, 1, 3))
    expect(rfmHistogram(runRfm(rfmCubeOperation, { spec: base, borders: { r: [], f: [], m: [] } }, lines), 'm')).toEqual([{ above: null, upTo: null, customers: 4, revenue: 1000 }])
  })

  it('refuses cuts that are no borders and specs that count something else', () => {
    const cube = runRfm(rfmCubeOperation, { spec: base, borders: { r: [7, 30], f: [1], m: [1000] } }, [])
    const spec = cutAt(base, [[7], [1], [1000]])
    const wrong: [RfmSpecOptions, object][] = [
      [cutAt(base, [[8], [1], [1000]]), { axis: 'r', cut: 8 }],
      [cutAt(base, [[7], [2], [1000]]), { axis: 'f', cut: 2 }],
      [cutAt(base, [[7], [1], [999]]), { axis: 'm', cut: 999 }],
      [{ ...spec, monetary: 'mean' }, { name: 'monetary' }],
      [{ ...spec, asOf: SHOP_AS_OF - 1 }, { name: 'asOf' }],
      [{ ...spec, timeZone: 'Asia/Tokyo' }, { name: 'timeZone' }],
      [{ ...spec, from: 0 }, { name: 'from' }],
      [{ ...spec, order: 'day' }, { name: 'order' }],
      [{ ...spec, returns: 'drop' }, { name: 'returns' }],
      [base, {}],
    ]
    for (const [one, details] of wrong) expect(() => describeRfmCube(cube, one)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', details: expect.objectContaining(details) }))
    expect(describeRfmCube(cube, spec).totals.customers).toBe(0)
  })

  it('counts sums that were rounded as the grid does', () => {
    const lines = [1, 2, 3].map((i) => ({ customerId: `c${i}`, orderId: `${i}`, at: SHOP_AS_OF - i * 86_400_000, amount: Number.MAX_SAFE_INTEGER - i }))
    const spec = cutAt(base, [[1], [1], [0]])
    const cube = runRfm(rfmCubeOperation, { spec, borders: { r: [1, 2], f: [1], m: [0] } }, lines)
    expect(cube.warnings).toEqual([{ code: 'SUM_ROUNDED', count: 1 }])
    expect(describeRfmCube(cube, spec)).toEqual(runRfm(rfmGridOperation, { spec }, lines))
  })
})

describe('rfmHistogram', () => {
  it('counts each customer with a purchase in one bar, between all borders or fewer', () => {
    fc.assert(
      fc.property(shopLinesArbitrary, windowArbitrary, bordersArbitrary, (lines, spec, { borders, before: [r, f, m] }) => {
        const cube = runRfm(rfmCubeOperation, { spec, borders }, lines)
        const { totals } = runRfm(rfmScoresOperation, { spec }, lines)
        const { orders, revenue, recencyDays } = totals
        const valueOf = { r: (row: number) => recencyDays[row]!, f: (row: number) => orders[row]!, m: (row: number) => (spec.monetary === 'mean' ? revenue[row]! / orders[row]! : revenue[row]!) }
        const rows = Array.from({ length: totals.count }, (_, row) => row).filter((row) => orders[row]! > 0)
        for (const [axis, chosen] of [['r', undefined], ['r', r!], ['f', f!], ['m', m!], ['m', []]] as const) {
          const bars = rfmHistogram(cube, axis, chosen)
          expect(bars.map(({ upTo }) => upTo)).toEqual([...(chosen ?? borders[axis]), null])
          for (const { above, upTo, customers, revenue: sum } of bars) {
            const inside = rows.filter((row) => valueOf[axis](row) > (above ?? -Infinity) && valueOf[axis](row) <= (upTo ?? Infinity))
            expect([customers, sum]).toEqual([inside.length, inside.reduce((all, row) => all + revenue[row]!, 0)])
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a border that the cube does not have', () => {
    const cube = runRfm(rfmCubeOperation, { spec: base, borders: { r: [7, 30], f: [1], m: [1000] } }, [])
    expect(() => rfmHistogram(cube, 'r', [9])).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    expect(() => rfmHistogram(cube, 'r', [30, 7])).toThrow(expect.objectContaining({ code: 'CUTS_NOT_ASCENDING' }))
  })
})

describe('freezeRfmCuts', () => {
  const bins = fc.integer({ min: 2, max: 10 })

  it('keeps every cell of a quantile grid, ties and few customers too', () => {
    fc.assert(
      fc.property(shopLinesArbitrary, windowArbitrary, fc.record({ r: bins, f: bins, m: bins }), (lines, window, counts) => {
        const spec: RfmSpecOptions = { ...window, scoring: { method: 'quantile', bins: counts } }
        const grid = runRfm(rfmGridOperation, { spec }, lines)
        fc.pre(grid.totals.customers > 0)
        const frozen = freezeRfmCuts(spec, grid.axes)
        const after = runRfm(rfmGridOperation, { spec: frozen }, lines)
        expect([after.cells, after.segments, after.tiers, after.totals]).toEqual([grid.cells, grid.segments, grid.tiers, grid.totals])
        expect(freezeRfmCuts(frozen, after.axes)).toEqual(frozen)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps every cell of a grid by the rules of another tool, lost scores too', () => {
    const methods = fc.oneof(fc.record({ method: fc.constant('r-rfm' as const), bins }), fc.constant({ method: 'pymc-marketing' as const }))
    fc.assert(
      fc.property(shopLinesArbitrary, methods, fc.constantFrom('all' as const, 'repeat' as const), (lines, scoring, frequency) => {
        const spec: RfmSpecOptions = { ...base, scoring, ...(scoring.method === 'pymc-marketing' ? { frequency } : {}) }
        const grid = runRfm(rfmGridFromTotalsOperation, { spec }, lines)
        fc.pre(grid.totals.customers > 0)
        const frozen = freezeRfmCuts(spec, grid.axes)
        const after = runRfm(rfmGridOperation, { spec: frozen }, lines)
        expect(after.cells).toEqual(grid.cells)
        // Its cuts are borders that a cube can have.
        const borders = { r: after.axes.r.cuts, f: after.axes.f.cuts, m: after.axes.m.cuts }
        expect(describeRfmCube(runRfm(rfmCubeOperation, { spec: frozen, borders }, lines), frozen)).toEqual(after)
      }),
    )
  })

  it('tells coincident cuts apart by tenths, a mean by one bit', () => {
    const cuts = { r: [0, 0, 0, 12], f: [1, 1, 2, 2], m: [-5, -5, 0, 0] }
    expect(freezeRfmCuts({ ...base, frequency: 'all' }, cuts).scoring).toEqual({ method: 'thresholds', recencyDays: [0, 0.1, 0.2, 12], frequency: [1, 1.1, 2, 2.1], monetary: [-5, -4.9, 0, 0.1] })
    expect(freezeRfmCuts({ ...base, frequency: 'repeat' }, { ...cuts, f: [1, 2] }).scoring).toMatchObject({ frequency: [0, 1] })
    const { scoring } = freezeRfmCuts({ ...base, monetary: 'mean' }, { ...cuts, m: [-1, -1, 0, 0, 12.5, 12.5] })
    expect(scoring).toMatchObject({ monetary: [-1, -1 + 2 ** -53, 0, 5e-324, 12.5, 12.5 + 2 ** -49] })
  })

  it('refuses where nobody was scored, and where no cut point holds for all', () => {
    const line = { customerId: 'a', orderId: '1', at: SHOP_AS_OF, amount: 100 }
    const nested: RfmSpecOptions = { ...base, scoring: { method: 'nested', bins: 2 } }
    for (const [spec, lines] of [[base, []], [nested, [line]]] as const) {
      const grid = runRfm(rfmGridFromTotalsOperation, { spec }, lines)
      expect(() => freezeRfmCuts(spec, grid.axes)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    }
  })
})

describe('compareRfmSegments', () => {
  it('sends every customer from the segment of one spec to that of the other', () => {
    fc.assert(
      fc.property(shopLinesArbitrary, windowArbitrary, bordersArbitrary, (lines, window, { borders, before, after }) => {
        const specs = [cutAt(window, before), cutAt(window, after, rRfmSegmentMap)] as const
        const comparison = compareRfmSegments(runRfm(rfmCubeOperation, { spec: window, borders }, lines), ...specs)
        const [old, young] = specs.map((spec) => runRfm(rfmScoresOperation, { spec }, lines))
        const flows = new Map<string, { from: number; to: number; customers: number; revenue: number }>()
        let moved = 0
        old!.segments.segment.forEach((from, row) => {
          if (from < 0) return
          const to = young!.segments.segment[row]!
          const flow = flows.get(`${from} ${to}`) ?? { from, to, customers: 0, revenue: 0 }
          flows.set(`${from} ${to}`, { ...flow, customers: flow.customers + 1, revenue: flow.revenue + old!.totals.revenue[row]! })
          if (old!.segments.segments[from]!.id !== young!.segments.segments[to]!.id) moved++
        })
        expect(comparison.flows).toEqual([...flows.values()].sort((a, b) => a.from - b.from || a.to - b.to))
        expect(comparison.moved).toBe(moved)
        for (const [side, spec] of [['before', specs[0]], ['after', specs[1]]] as const) expect(comparison[side]).toEqual(runRfm(rfmGridOperation, { spec }, lines).segments)
      }),
    )
  })

  it('moves nobody when nothing changes', () => {
    fc.assert(
      fc.property(shopLinesArbitrary, windowArbitrary, bordersArbitrary, (lines, window, { borders, before }) => {
        const spec = cutAt(window, before)
        const { moved, flows } = compareRfmSegments(runRfm(rfmCubeOperation, { spec, borders }, lines), spec, spec)
        expect([moved, flows.every(({ from, to }) => from === to)]).toEqual([0, true])
      }),
      { numRuns: 20 },
    )
  })
})

describe('compareSegmentMaps', () => {
  it('equals the comparison of a cube with the same cuts', () => {
    fc.assert(
      fc.property(shopLinesArbitrary, windowArbitrary, bordersArbitrary, (lines, window, { borders, before }) => {
        const cube = runRfm(rfmCubeOperation, { spec: window, borders }, lines)
        const grid = runRfm(rfmGridOperation, { spec: cutAt(window, before) }, lines)
        expect(compareSegmentMaps(grid, plainSegmentMap, rRfmSegmentMap)).toEqual(compareRfmSegments(cube, cutAt(window, before), cutAt(window, before, rRfmSegmentMap)))
      }),
    )
  })
})
