import type { Column, Selection, WarningCount } from '../adapter/contract.ts'
import type { CollectedBatches } from '../shared/batches.ts'
import { valueOfParts } from '../shared/exactSum.ts'
import { strangeBins } from '../shared/readBins.ts'
import type { RfmSpec } from './rfm.types.ts'
import type { RfmBorders, RfmCube } from './whatIf.types.ts'

/** Puts the bins of an answer into the columns of a cube. @throws DataContractError `PROTOCOL` for bins nobody asked for */
export function finishRfmCube(answer: CollectedBatches, spec: RfmSpec, selection: Selection | null, borders: RfmBorders, money: { readonly currency: string; readonly scale: number }): RfmCube {
  const { rows: count, end } = answer
  const columns = binColumns(answer, 10)
  const [r, f, m] = (['r', 'f', 'm'] as const).map((axis, i) => binNumbers(columns[i]!, borders[axis].length)) as [Uint16Array, Uint16Array, Uint16Array]
  const [customers, revenueHigh, revenueLow, ordersHigh, ordersLow, daysHigh, daysLow] = columns.slice(3) as Sums
  const orders = valuesOfParts(ordersHigh, ordersLow)
  const recencyDays = valuesOfParts(daysHigh, daysLow)
  const revenue = valueOfParts(sumOf(revenueHigh), sumOf(revenueLow))
  const warnings: WarningCount[] = [...(end.counts ?? [])]
  if (Math.abs(revenue) > Number.MAX_SAFE_INTEGER) warnings.push({ code: 'SUM_ROUNDED', count: 1 })
  return Object.freeze({
    kind: 'rfm-cube',
    version: 1,
    spec,
    selection,
    ...money,
    borders: Object.freeze({ r: ownBorders(borders.r), f: ownBorders(borders.f), m: ownBorders(borders.m) }),
    count,
    r,
    f,
    m,
    customers,
    orders,
    recencyDays,
    revenueHigh,
    revenueLow,
    totals: Object.freeze({ customers: sumOf(customers), orders: sumOf(orders), revenue, recencyDays: sumOf(recencyDays) }),
    warnings: Object.freeze(warnings),
  })
}

type Sums = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]

/** All columns of a bins answer, where none may have a hole. */
export function binColumns({ columns }: CollectedBatches, wanted: number): Float64Array[] {
  if (columns.length !== wanted) throw strangeBins()
  return columns.map((column: Column) => {
    if (column.kind !== 'float64' || column.validity?.includes(0) === true) throw strangeBins()
    return column.values
  })
}

/** Numbers of bins, 0 .. `most`. */
export function binNumbers(values: Float64Array, most: number): Uint16Array {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!(value >= 0 && value <= most && Math.floor(value) === value)) throw strangeBins()
  }
  return Uint16Array.from(values)
}

export function ownBorders(borders: readonly number[]): readonly number[] {
  return Object.freeze(borders.map((border) => border + 0)) // no -0
}

export function sumOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}

function valuesOfParts(high: Float64Array, low: Float64Array): Float64Array {
  const values = new Float64Array(high.length)
  for (let i = 0; i < values.length; i++) values[i] = valueOfParts(high[i]!, low[i]!)
  return values
}
