import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Batch, Operation, Selection } from '../adapter/contract.ts'
import { decodeResult, encodeResult } from '../adapter/encodeResult.ts'
import { checkSummaryRequest } from '../shared/checkRequest.ts'
import { membersBatches } from '../shared/membersBatches.ts'
import { runToEnd } from '../shared/steps.ts'
import { runLocally } from '../shared/collector.ts'
import { residentShop, SHOP_AS_OF, shopCustomersArbitrary, shopLinesArbitrary, shopSchema } from '../shared/testing/residentShop.ts'
import type { ShopCustomer, ShopLine } from '../shared/testing/residentShop.ts'
import { totalsSpecOf } from '../shared/totalsSpec.ts'
import { createRfmSpec } from './createRfmSpec.ts'
import { describeRfmGrid } from './describeRfmGrid.ts'
import { describeRfmRatios } from './describeRfmRatios.ts'
import { rfmGridFromTotalsOperation, rfmGridOperation, rfmOperations, rfmScoresOperation } from './operations.ts'
import { fmOf, pivotRfmGrid } from './pivotRfmGrid.ts'
import type { RfmGridRequest, RfmGridResult, RfmPick, RfmSpecOptions } from './rfm.types.ts'
import { scoreRfm } from './scoreRfm.ts'
import { rRfmSegmentMap } from './segmentMaps.ts'
import { segmentRfm } from './segmentRfm.ts'
import { selectRfmCells } from './selectRfmCells.ts'
import { summariseCustomers } from './summariseCustomers.ts'
import { transactionColumnsFromRows } from './transactionColumnsFromRows.ts'

const base = { asOf: SHOP_AS_OF, timeZone: 'Europe/Berlin' }
const bins = fc.integer({ min: 2, max: 6 })
const specArbitrary: fc.Arbitrary<RfmSpecOptions> = fc.oneof(
  fc.record({
    asOf: fc.constant(base.asOf),
    timeZone: fc.constantFrom('Europe/Berlin', 'Asia/Tokyo', 'UTC'),
    order: fc.constantFrom('orderId', 'day', 'line'),
    returns: fc.constantFrom('net', 'drop'),
    frequency: fc.constantFrom('all', 'repeat'),
    monetary: fc.constantFrom('sum', 'mean'),
    scoring: fc.oneof(
      fc.record({ method: fc.constantFrom('quantile', 'nested', 'ntile'), bins: fc.record({ r: bins, f: bins, m: bins }) }),
      fc.constant({ method: 'thresholds' as const, recencyDays: [3, 20], frequency: [1, 2, 3], monetary: [500, 4000] }),
      fc.constant({ method: 'percentiles' as const, recencyDays: [12.5, 50], frequency: [33.33, 66.67, 99], monetary: [0.01, 99.99] }),
      fc.constant({ method: 'pymc-marketing' as const }),
    ),
  }) as fc.Arbitrary<RfmSpecOptions>,
  fc.constant({ ...base, scoring: { method: 'r-rfm' as const, bins: 4 }, segments: rRfmSegmentMap }),
)
const lima: Selection = { label: 'Lima', where: { op: 'eq', field: 'city', value: 'Lima' }, ranges: [{ field: 'lines', above: 1 }] }

const isCounted = ({ scoring }: RfmSpecOptions): boolean => ['quantile', 'percentiles', 'thresholds'].includes(scoring?.method ?? 'quantile')

function runGrid(customers: readonly ShopCustomer[], lines: readonly ShopLine[], request: RfmGridRequest): RfmGridResult {
  return isCounted(request.spec) ? run(rfmGridOperation, customers, lines, request) : run(rfmGridFromTotalsOperation, customers, lines, request)
}

function run<Sums>(operation: Operation<RfmGridRequest, Sums, RfmGridResult>, customers: readonly ShopCustomer[], lines: readonly ShopLine[], request: RfmGridRequest): RfmGridResult {
  return runToEnd(runLocally(operation, request, residentShop(customers, lines)))
}

function runScores(customers: readonly ShopCustomer[], lines: readonly ShopLine[], request: RfmGridRequest) {
  return runToEnd(runLocally(rfmScoresOperation, request, residentShop(customers, lines)))
}

/** Ids that `members` gives for a selection. */
function membersOf(customers: readonly ShopCustomer[], lines: readonly ShopLine[], spec: RfmSpecOptions, { where, ranges }: Selection): string[] {
  const request = { kind: 'members', totals: totalsSpecOf(createRfmSpec(spec)), ...(where ? { where } : {}), ranges, select: ['customerId'], order: [], limit: 1000 } as const
  checkSummaryRequest(request!, shopSchema)
  return runToEnd(membersBatches(request, residentShop(customers, lines))).flatMap(({ columns: [ids] }) => (ids?.kind === 'text' ? Array.from(ids.codes, (code) => ids.dictionary[code]!) : [])).sort()
}

describe('rfmGridOperation', () => {
  it('gives the figures of describeRfmGrid over totals in hand', () => {
    fc.assert(
      fc.property(shopLinesArbitrary, specArbitrary, (lines, spec) => {
        const rows = lines.map((line) => ({ ...line, amount: line.amount / 100 }))
        const direct = describeRfmGrid(summariseCustomers(transactionColumnsFromRows(rows, { currency: 'EUR' }), spec), spec)
        expect(runGrid([], lines, { spec })).toEqual(direct)
      }),
    )
  })

  it('asks for at most one row per cell, and not at all where cut points are no ranks', () => {
    const request = rfmGridOperation.request({ spec: { ...base, scoring: { method: 'quantile', bins: { r: 3, f: 5, m: 10 } } } }, shopSchema)
    expect(request).toMatchObject({ kind: 'bins', where: { op: 'not', of: { op: 'isNull', field: 'lastDay' } }, sums: ['revenue', 'orders', 'recencyDays'] })
    expect(request?.kind === 'bins' && request.axes.map(({ field, cut }) => [field, typeof cut === 'object' && 'ranks' in cut && cut.ranks.length])).toEqual([['recencyDays', 2], ['orders', 4], ['revenue', 9]])
    for (const scoring of [{ method: 'r-rfm', bins: 5 }, { method: 'nested', bins: 5 }, { method: 'ntile', bins: 5 }, { method: 'pymc-marketing' }] as const) {
      expect(() => rfmGridOperation.request({ spec: { ...base, scoring } }, shopSchema)).toThrow(expect.objectContaining({ code: 'SCORING_UNSUPPORTED' }))
      expect(rfmGridFromTotalsOperation.request({ spec: { ...base, scoring } }, shopSchema)).toMatchObject({ kind: 'totals', where: { op: 'not', of: { op: 'isNull', field: 'lastDay' } } })
    }
  })

  it('asks for percentiles as ranks in ten thousandths', () => {
    const scoring = { method: 'percentiles', recencyDays: [33.33], frequency: [0.07, 50], monetary: [99.99] } as const
    const request = rfmGridOperation.request({ spec: { ...base, scoring } }, shopSchema)
    checkSummaryRequest(request!, shopSchema)
    expect(request?.kind === 'bins' && request.axes.map(({ cut }) => cut)).toEqual([
      { ranks: [{ of: 3333, in: 10_000 }] },
      { ranks: [{ of: 7, in: 10_000 }, { of: 5000, in: 10_000 }] },
      { ranks: [{ of: 9999, in: 10_000 }] },
    ])
  })

  it('answers what rfmGridFromTotalsOperation answers', () => {
    fc.assert(
      fc.property(shopCustomersArbitrary, shopLinesArbitrary, specArbitrary.filter(isCounted), fc.boolean(), (customers, lines, spec, isNarrow) => {
        const request = { spec, ...(isNarrow ? { selection: lima } : {}) }
        expect(run(rfmGridFromTotalsOperation, customers, lines, request)).toEqual(run(rfmGridOperation, customers, lines, request))
      }),
    )
  })

  it('narrows by a selection before cutting', () => {
    fc.assert(
      fc.property(shopCustomersArbitrary, shopLinesArbitrary, specArbitrary, (customers, lines, spec) => {
        const grid = runGrid(customers, lines, { spec, selection: lima })
        const inLima = new Set(customers.filter(({ city }) => city === 'Lima').map(({ customerId }) => customerId))
        const { totals, scores } = runScores(customers, lines, { spec, selection: lima })
        expect(totals.customerIds.every((id, row) => inLima.has(id) && totals.lines[row]! > 1)).toBe(true)
        expect(grid.axes).toEqual(scores.axes)
        expect(grid.totals.customers).toBe(scores.r.filter((r) => r > 0).length)
        expect(grid.selection).toEqual(lima)
      }),
    )
  })

  it('refuses bins that nobody asked for', () => {
    const request = { spec: base }
    const grid = (bin: number): Batch => ({
      rows: 1,
      columns: [bin, 0, 0, 1, 0, 1, 0, 1, 0, 1].map((value) => ({ kind: 'float64' as const, values: Float64Array.of(value) })),
      end: { next: null, provenance: { computedBy: 'backend', engine: 'x', exactness: 'exact', completeness: { kind: 'complete' }, snapshot: null }, cuts: [[1], [1], [1]] },
    })
    expect(rfmGridOperation.finish(rfmGridOperation.read([grid(4)]), request, shopSchema).totals.customers).toBe(1)
    const whole = grid(4)
    for (const broken of [{ ...whole, columns: whole.columns.slice(1) }, { rows: 1, columns: whole.columns }, { ...whole, end: { ...whole.end!, cuts: [[1]] } }]) {
      expect(() => rfmGridOperation.read([broken])).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
    }
    for (const bin of [5, -1, 0.5, NaN]) expect(() => rfmGridOperation.finish(rfmGridOperation.read([grid(bin)]), request, shopSchema)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
  })

  it('refuses an unknown zone and an unknown field before any work', () => {
    expect(() => rfmGridOperation.request({ spec: { ...base, timeZone: 'Nowhere/Land' } }, shopSchema)).toThrow(expect.objectContaining({ code: 'TIME_ZONE_UNKNOWN' }))
    const selection: Selection = { label: '', where: { op: 'isNull', field: 'shoeSize' }, ranges: [] }
    expect(() => runGrid([], [], { spec: base, selection })).toThrow(expect.objectContaining({ code: 'FIELD_UNKNOWN' }))
  })

  it('counts lines after asOf, strangers and returns in its warnings', () => {
    const line = { customerId: 'a', orderId: '1', at: SHOP_AS_OF, amount: 100 }
    const lines = [line, { ...line, at: SHOP_AS_OF + 1 }, { ...line, customerId: null }, { ...line, amount: -40 }]
    const grid = runGrid([{ customerId: 'p', city: null }], lines, { spec: { ...base, returns: 'drop' } })
    expect(grid.warnings).toEqual([
      { code: 'CUSTOMERS_WITHOUT_PURCHASE', count: 1 },
      { code: 'LINES_AFTER_AS_OF', count: 1 },
      { code: 'LINES_WITHOUT_CUSTOMER', count: 1 },
      { code: 'RETURNS_DROPPED', count: 1 },
      { code: 'SCORES_NOT_REACHED', count: 12 },
    ])
    expect([grid.totals, grid.currency, grid.scale]).toEqual([{ customers: 1, orders: 1, revenue: 100, recencyDays: 0 }, 'EUR', 2])
  })
})

describe('rfmScoresOperation', () => {
  it('gives every customer the scores of scoreRfm, in order of id', () => {
    fc.assert(
      fc.property(shopCustomersArbitrary, shopLinesArbitrary, specArbitrary, (customers, lines, spec) => {
        const table = runScores(customers, lines, { spec })
        expect(table.scores).toEqual(scoreRfm(table.totals, spec))
        expect(table.segments).toEqual(segmentRfm(table.scores, spec))
        expect(new Set(table.totals.customerIds)).toEqual(new Set([...customers, ...lines].flatMap(({ customerId }) => (customerId === null ? [] : [customerId]))))
      }),
    )
  })

  it('is offered to the worker under its name', () => {
    expect(rfmOperations.map(({ name }) => name)).toEqual(['rfm/grid', 'rfm/gridFromTotals', 'rfm/scores', 'rfm/spread', 'rfm/cube', 'rfm/density'])
  })
})

it('every result survives its JSON form', () => {
  fc.assert(
    fc.property(shopCustomersArbitrary, shopLinesArbitrary, specArbitrary, (customers, lines, spec) => {
      const grid = runGrid(customers, lines, { spec, selection: lima })
      const table = runScores(customers, lines, { spec })
      const results = [grid, pivotRfmGrid(grid, { y: 'fm' }), table, describeRfmRatios(table.totals, { observationDays: 30 }), ...(isBordered(spec) ? [selectRfmCells(grid, { r: 1 })] : [])]
      for (const result of results) expect(decodeResult(JSON.parse(JSON.stringify(encodeResult(result))))).toEqual(result)
    }),
    { numRuns: 30 },
  )
})

/** Has scores that conditions can tell apart. */
const isBordered = ({ scoring }: RfmSpecOptions): boolean => scoring?.method !== 'ntile'

describe('selectRfmCells', () => {
  it('selects exactly the customers counted in a cell, a row of cells, a segment or a tier', () => {
    fc.assert(
      fc.property(shopCustomersArbitrary, shopLinesArbitrary, specArbitrary.filter(isBordered), fc.boolean(), fc.nat(), (customers, lines, spec, isNarrow, pickNumber) => {
        const request = { spec, ...(isNarrow ? { selection: lima } : {}) }
        const grid = runGrid(customers, lines, request)
        const { totals, scores, segments } = runScores(customers, lines, request)
        const size = { r: grid.axes.r.bins, f: grid.axes.f.bins, m: grid.axes.m.bins }
        const r = 1 + (pickNumber % size.r)
        const f = 1 + (pickNumber % size.f)
        const m = 1 + (pickNumber % size.m)
        const fm = Math.min(3, Math.max(size.f, size.m))
        const picks: [RfmPick, (row: number) => boolean][] = [
          [{ r, f, m }, (row) => scores.r[row] === r && scores.f[row] === f && scores.m[row] === m],
          [{ r: [r, size.r], f }, (row) => scores.r[row]! >= r && scores.f[row] === f],
          [{ r, fm }, (row) => scores.r[row] === r && fmOf(size, scores.f[row]!, scores.m[row]!) === fm],
          [{ cells: [{ r, f }, { m }] }, (row) => (scores.r[row] === r && scores.f[row] === f) || scores.m[row] === m],
          [{ cells: [] }, () => false],
          [{}, () => true],
          ...segments.segments.map(({ id }, index): [RfmPick, (row: number) => boolean] => [{ segment: id }, (row) => segments.segment[row] === index]),
          ...segments.tiers.map(({ id }, index): [RfmPick, (row: number) => boolean] => [{ tier: id }, (row) => segments.tier[row] === index]),
        ]
        for (const [pick, isMember] of picks) {
          const selection = JSON.parse(JSON.stringify(selectRfmCells(grid, pick))) as Selection
          expect(membersOf(customers, lines, spec, selection)).toEqual(totals.customerIds.filter((_, row) => scores.r[row]! > 0 && isMember(row)).sort())
        }
      }),
      { numRuns: 60 },
    )
  })

  it('shares the buyers out over the cells of a pivot: each to one', () => {
    fc.assert(
      fc.property(shopCustomersArbitrary, shopLinesArbitrary, specArbitrary.filter(isBordered), fc.constantFrom('f' as const, 'm' as const, 'fm' as const), (customers, lines, spec, y) => {
        const grid = runGrid(customers, lines, { spec })
        const { totals } = runScores(customers, lines, { spec })
        const found = pivotRfmGrid(grid, { y }).cells.flatMap((cell) => {
          const members = membersOf(customers, lines, spec, selectRfmCells(grid, { r: cell.r, [y]: cell.y }))
          expect(members).toHaveLength(cell.customers)
          return members
        })
        expect(found.sort()).toEqual(totals.customerIds.filter((_, row) => totals.orders[row]! > 0).sort())
      }),
      { numRuns: 40 },
    )
  })

  it('keeps one box as ranges and says its scores', () => {
    const lines = Array.from({ length: 30 }, (_, i) => ({ customerId: `c${i}`, orderId: `${i}`, at: SHOP_AS_OF - i * 86_400_000, amount: 100 + i }))
    const grid = runGrid([], lines, { spec: base })
    expect(selectRfmCells(grid, { r: 5, m: [4, 5] })).toEqual({
      label: 'R 5 M 4-5',
      where: { op: 'not', of: { op: 'isNull', field: 'lastDay' } },
      ranges: [{ field: 'recencyDays', upTo: 5 }, { field: 'revenue', above: 117 }],
    })
    expect(selectRfmCells(grid, { segment: 'champions' }, 'Our best').label).toBe('Our best')
    expect(selectRfmCells(grid, { tier: 'gold' }).label).toBe('Gold')
  })

  it('joins the cells of a segment into few boxes', () => {
    const lines = Array.from({ length: 200 }, (_, i) => ({ customerId: `c${i % 50}`, orderId: `${i}`, at: SHOP_AS_OF - ((i * 37) % 90) * 86_400_000, amount: 100 + ((i * 61) % 400) }))
    const grid = runGrid([], lines, { spec: base })
    const { where } = selectRfmCells(grid, { segment: 'champions' })
    const or = where?.op === 'and' && where.of[1]
    expect(or && or.op === 'or' && or.of.length).toBe(4)
  })

  it('joins nested cells only where their cuts are the same', () => {
    const lines = Array.from({ length: 200 }, (_, i) => ({ customerId: `c${i % 50}`, orderId: `${i}`, at: SHOP_AS_OF - ((i * 37) % 90) * 86_400_000, amount: 100 + ((i * 61) % 400) }))
    const grid = runGrid([], lines, { spec: { ...base, scoring: { method: 'nested', bins: 3 } } })
    const { where, ranges } = selectRfmCells(grid, { r: [2, 3] })
    expect([where?.op, ranges.map(({ field }) => field)]).toEqual(['not', ['recencyDays']])
    expect(selectRfmCells(grid, { f: 2 }).where).toMatchObject({ op: 'and', of: [{}, { op: 'or', of: [{}, {}, {}] }] })
    const or = selectRfmCells(grid, { r: 3, m: 3 }).where
    expect(or?.op === 'and' && or.of[1]?.op === 'or' && or.of[1].of).toHaveLength(3)
  })

  it('refuses scores without borders, in three sentences', () => {
    const grid = run(rfmGridFromTotalsOperation, [], [], { spec: { ...base, scoring: { method: 'ntile', bins: 5 } } })
    const refused = expect.objectContaining({ name: 'UnsupportedError', code: 'SCORING_UNSUPPORTED', message: expect.stringMatching(/^[^.]+\. [^.]+\. [^.]+\.$/) as string })
    expect(() => selectRfmCells(grid, { r: 5 })).toThrow(refused)
  })

  it('selects nobody in a grid of nobody, where no cut point says where a cell ends', () => {
    const { where, ranges } = selectRfmCells(runGrid([], [], { spec: base }), { r: 5, f: 1 })
    expect([where, ranges]).toEqual([{ op: 'and', of: [{ op: 'not', of: { op: 'isNull', field: 'lastDay' } }, { op: 'or', of: [] }] }, []])
  })

  it('refuses a group that the grid does not have', () => {
    const grid = runGrid([], [], { spec: base })
    for (const pick of [{ segment: 'soulmates' }, { tier: 'diamond' }]) expect(() => selectRfmCells(grid, pick)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
