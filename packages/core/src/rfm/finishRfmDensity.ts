import type { WarningCount } from '../adapter/contract.ts'
import type { CollectedBatches } from '../shared/batches.ts'
import { valueOfParts } from '../shared/exactSum.ts'
import { binColumns, binNumbers, ownBorders, sumOf } from './finishRfmCube.ts'
import type { RfmSpec } from './rfm.types.ts'
import type { RfmDensity, RfmDensityRequest } from './whatIf.types.ts'

/** Puts the bins of an answer into a dense table. @throws DataContractError `PROTOCOL` for bins nobody asked for */
export function finishRfmDensity(answer: CollectedBatches, spec: RfmSpec, { selection, x, y }: RfmDensityRequest, money: { readonly currency: string; readonly scale: number }): RfmDensity {
  const columns = binColumns(answer, 5)
  const width = x.borders.length + 1
  const xOf = binNumbers(columns[0]!, x.borders.length)
  const yOf = binNumbers(columns[1]!, y.borders.length)
  const [counts, high, low] = columns.slice(2) as [Float64Array, Float64Array, Float64Array]
  const customers = new Float64Array(width * (y.borders.length + 1))
  const revenue = new Float64Array(customers.length)
  let rounded = 0
  for (let i = 0; i < answer.rows; i++) {
    const bin = yOf[i]! * width + xOf[i]!
    customers[bin] = counts[i]!
    revenue[bin] = valueOfParts(high[i]!, low[i]!)
    if (Math.abs(revenue[bin]!) > Number.MAX_SAFE_INTEGER) rounded++
  }
  const total = valueOfParts(sumOf(high), sumOf(low))
  if (Math.abs(total) > Number.MAX_SAFE_INTEGER) rounded++
  const warnings: WarningCount[] = [...(answer.end.counts ?? []), ...(rounded > 0 ? [{ code: 'SUM_ROUNDED' as const, count: rounded }] : [])]
  return Object.freeze({
    kind: 'rfm-density',
    version: 1,
    spec,
    selection: selection ?? null,
    ...money,
    x: Object.freeze({ field: x.field, borders: ownBorders(x.borders) }),
    y: Object.freeze({ field: y.field, borders: ownBorders(y.borders) }),
    customers,
    revenue,
    totals: Object.freeze({ customers: sumOf(counts), revenue: total }),
    warnings: Object.freeze(warnings),
  })
}
