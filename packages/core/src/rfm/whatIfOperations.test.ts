import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Batch, Selection } from '../adapter/contract.ts'
import { decodeResult, encodeResult } from '../adapter/encodeResult.ts'
import { SHOP_AS_OF, shopCustomersArbitrary, shopLinesArbitrary, shopSchema } from '../shared/testing/residentShop.ts'
import type { ShopLine } from '../shared/testing/residentShop.ts'
import { rfmGridOperation, rfmScoresOperation } from './operations.ts'
import type { CustomerTotals, RfmScoring, RfmSpecOptions } from './rfm.types.ts'
import { ascendingArbitrary, runRfm, windowArbitrary } from './testing/runRfm.ts'
import { rfmCubeOperation, rfmDensityOperation, rfmSpreadOperation } from './whatIfOperations.ts'
import type { RfmField } from './whatIf.types.ts'

const base: RfmSpecOptions = { asOf: SHOP_AS_OF, timeZone: 'Europe/Berlin' }
const fields: readonly RfmField[] = ['recencyDays', 'orders', 'revenue', 'meanOrderValue']
const bins = fc.integer({ min: 2, max: 10 })
const scorings: fc.Arbitrary<RfmScoring> = fc.oneof(
  fc.record({ method: fc.constant('quantile' as const), bins: fc.record({ r: bins, f: bins, m: bins }) }),
  fc.constant({ method: 'thresholds' as const, recencyDays: [3, 20], frequency: [1, 2, 3], monetary: [500, 4000] }),
  fc.constant({ method: 'percentiles' as const, recencyDays: [33.33, 66.67], frequency: [50, 80, 95], monetary: [12.5] }),
)
const lima: Selection = { label: 'Lima', where: { op: 'eq', field: 'city', value: 'Lima' }, ranges: [{ field: 'lines', above: 1 }] }

/** Values of a measure of the customers with a purchase, the slow obvious way. */
function valuesOf({ count, orders, recencyDays, revenue }: CustomerTotals, field: RfmField): number[] {
  return Array.from({ length: count }, (_, row) => row)
    .filter((row) => orders[row]! > 0)
    .map((row) => ({ recencyDays: recencyDays[row]!, orders: orders[row]!, revenue: revenue[row]!, meanOrderValue: revenue[row]! / orders[row]! + 0 })[field])
}

function shopOf(customers: number, amountOf: (customer: number) => number): ShopLine[] {
  return Array.from({ length: customers }, (_, i) => ({ customerId: `c${i}`, orderId: `o${i}`, at: SHOP_AS_OF, amount: amountOf(i) }))
}

describe('rfmSpreadOperation', () => {
  it('gives values that occur at every percent, and the cuts of the grid of the same spec', () => {
    fc.assert(
      fc.property(shopCustomersArbitrary, shopLinesArbitrary, windowArbitrary, scorings, fc.constantFrom(...fields), fc.boolean(), (customers, lines, window, scoring, field, isNarrow) => {
        const spec = { ...window, scoring }
        const request = { spec, ...(isNarrow ? { selection: lima } : {}) }
        const spread = runRfm(rfmSpreadOperation, { ...request, field }, lines, customers)
        const { totals } = runRfm(rfmScoresOperation, request, lines, customers)
        const values = valuesOf(totals, field).sort((a, b) => a - b)
        const n = values.length
        const percent = Array.from({ length: 101 }, (_, i) => values[Math.max(1, Math.ceil((n * i) / 100)) - 1])
        expect(spread.percentiles).toEqual(n === 0 ? [] : percent)
        expect(spread.customers).toBe(n)
        const grid = runRfm(rfmGridOperation, request, lines, customers)
        const axis = Object.values(grid.axes).find((one) => one.field === field)
        expect(spread.cuts).toEqual(axis?.cuts ?? [])
      }),
    )
  })

  it('takes the ends among all but a ten thousandth of many customers', () => {
    const { percentiles } = runRfm(rfmSpreadOperation, { spec: base, field: 'revenue' }, shopOf(30_000, (i) => i + 1))
    expect([percentiles[0], percentiles[1], percentiles[50], percentiles[99], percentiles[100]]).toEqual([3, 300, 15_000, 29_700, 29_997])
  })

  it('knows no cuts of a rule that does not cut the measure alone', () => {
    for (const method of ['r-rfm', 'nested', 'ntile'] as const) {
      expect(runRfm(rfmSpreadOperation, { spec: { ...base, scoring: { method, bins: 5 } }, field: 'orders' }, shopOf(9, () => 100)).cuts).toEqual([])
    }
  })

  it('asks for one axis and no sums', () => {
    const request = rfmSpreadOperation.request({ spec: base, field: 'orders' }, shopSchema)
    expect(request?.kind === 'bins' && [request.axes.length, request.sums]).toEqual([1, []])
  })
})

describe('rfmDensityOperation', () => {
  it('puts every customer with a purchase into the bin of both values', () => {
    const borders = ascendingArbitrary(fc.integer({ min: -2000, max: 9000 }), 0, 8)
    fc.assert(
      fc.property(shopCustomersArbitrary, shopLinesArbitrary, windowArbitrary, fc.constantFrom(...fields), fc.constantFrom(...fields), borders, borders, (customers, lines, spec, xField, yField, xs, ys) => {
        const request = { spec, x: { field: xField, borders: xs }, y: { field: yField, borders: ys } }
        const density = runRfm(rfmDensityOperation, request, lines, customers)
        const { totals } = runRfm(rfmScoresOperation, { spec }, lines, customers)
        const [xOf, yOf, revenueOf] = [valuesOf(totals, xField), valuesOf(totals, yField), valuesOf(totals, 'revenue')]
        const width = xs.length + 1
        const expected = { customers: new Float64Array(width * (ys.length + 1)), revenue: new Float64Array(width * (ys.length + 1)) }
        xOf.forEach((value, i) => {
          const bin = ys.filter((border) => border < yOf[i]!).length * width + xs.filter((border) => border < value).length
          expected.customers[bin]! += 1
          expected.revenue[bin]! += revenueOf[i]!
        })
        expect(density).toMatchObject({ ...expected, x: request.x, y: request.y })
        expect(density.totals).toEqual({ customers: xOf.length, revenue: revenueOf.reduce((sum, value) => sum + value, 0) })
      }),
    )
  })

  it('says how many sums were rounded', () => {
    const lines = shopOf(3, () => Number.MAX_SAFE_INTEGER - 1)
    const density = runRfm(rfmDensityOperation, { spec: base, x: { field: 'orders', borders: [] }, y: { field: 'recencyDays', borders: [5] } }, lines)
    expect(density.warnings).toContainEqual({ code: 'SUM_ROUNDED', count: 2 })
  })
})

describe('requests that came over a wire', () => {
  const borders = { r: [1], f: [1], m: [1] }
  const x = { field: 'orders', borders: [1] }
  it.each([
    [rfmCubeOperation, {}],
    [rfmCubeOperation, { borders: { r: [1], f: [1] } }],
    [rfmCubeOperation, { borders: { ...borders, m: null } }],
    [rfmCubeOperation, { borders: { ...borders, m: '100' } }],
    [rfmCubeOperation, { borders, selection: {} }],
    [rfmDensityOperation, { x }],
    [rfmDensityOperation, { x, y: null }],
    [rfmDensityOperation, { x, y: { field: 'revenue' } }],
    [rfmSpreadOperation, { field: 'orders', selection: { label: 'all' } }],
    [rfmGridOperation, { selection: { label: 'all', ranges: null } }],
  ])('%# are REQUEST_INVALID where a member is missing', (operation, request) => {
    const error = expect.objectContaining({ code: 'REQUEST_INVALID', message: expect.stringMatching(/^[^.]+\. [^.]+\. [^.]+\.$/) as string })
    expect(() => operation.request({ spec: base, ...request } as never, shopSchema)).toThrow(error)
  })

  it('mean nobody in particular by the null that results have for no selection', () => {
    const lines = shopOf(5, (i) => 100 * i)
    const selection = runRfm(rfmGridOperation, { spec: base }, lines).selection as never
    expect(selection).toBeNull()
    expect(runRfm(rfmCubeOperation, { spec: base, borders, selection }, lines)).toEqual(runRfm(rfmCubeOperation, { spec: base, borders }, lines))
    expect(runRfm(rfmGridOperation, { spec: base, selection }, lines)).toEqual(runRfm(rfmGridOperation, { spec: base }, lines))
  })
})

describe('rfmCubeOperation', () => {
  it('refuses borders that do not ascend, and answers that nobody asked for', () => {
    const borders = { r: [3, 9], f: [], m: [] }
    for (const wrong of [{ ...borders, r: [9, 3] }, { ...borders, f: [1, 1] }, { ...borders, m: [NaN] }]) {
      expect(() => rfmCubeOperation.request({ spec: base, borders: wrong }, shopSchema)).toThrow(expect.objectContaining({ code: 'CUTS_NOT_ASCENDING' }))
    }
    const answer = (bin: number): Batch => ({
      rows: 1,
      columns: [bin, 0, 0, 1, 0, 1, 0, 1, 0, 1].map((value) => ({ kind: 'float64' as const, values: Float64Array.of(value) })),
      end: { next: null, provenance: { computedBy: 'backend', engine: 'x', exactness: 'exact', completeness: { kind: 'complete' }, snapshot: null }, cuts: [[], [], []] },
    })
    const finish = (batch: Batch) => rfmCubeOperation.finish(rfmCubeOperation.read([batch]), { spec: base, borders }, shopSchema)
    expect(finish(answer(2)).totals).toEqual({ customers: 1, orders: 1, revenue: 1, recencyDays: 1 })
    for (const bin of [3, -1, 0.5, NaN]) expect(() => finish(answer(bin))).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
    const hole = { ...answer(1), columns: answer(1).columns.map((column, i) => (i === 3 ? { ...column, validity: Uint8Array.of(0) } : column)) }
    for (const broken of [hole, { ...answer(1), columns: answer(1).columns.slice(1) }]) expect(() => finish(broken as Batch)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
  })

  it('survives its JSON form, as spread and density do', () => {
    fc.assert(
      fc.property(shopLinesArbitrary, windowArbitrary, (lines, spec) => {
        const results = [
          runRfm(rfmCubeOperation, { spec, borders: { r: [5, 20], f: [1], m: [0, 1000] } }, lines),
          runRfm(rfmSpreadOperation, { spec, field: 'orders' }, lines),
          runRfm(rfmDensityOperation, { spec, x: { field: 'orders', borders: [1] }, y: { field: 'revenue', borders: [0] } }, lines),
        ]
        for (const result of results) expect(decodeResult(JSON.parse(JSON.stringify(encodeResult(result))))).toEqual(result)
      }),
      { numRuns: 20 },
    )
  })
})
