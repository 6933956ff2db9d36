import { InvalidInputError } from '@crm/core/errors'
import { freezeRfmCuts, rfmBorders } from '@crm/core/rfm'
import type { RfmBorders, RfmCuts, RfmField, RfmSpecOptions, RfmSpread } from '@crm/core/rfm'
import type { BarScale } from './barScale.ts'
import { scaleOfSpread } from './rfmDistributionModel.ts'

/** Bars wanted in one histogram. */
const BARS = 40

export interface Spreads {
  readonly r: RfmSpread
  readonly f: RfmSpread
  readonly m: RfmSpread
}

/** What three histograms are drawn on. */
export interface DistributionBars {
  readonly scales: { readonly r: BarScale; readonly f: BarScale; readonly m: BarScale }
  /** Cut points of the spec, in the units of the fields. */
  readonly specCuts: RfmCuts
  /** Edges of the bars and cut points of the spec: the borders of the cube. */
  readonly known: RfmBorders
}

/** The bars of the customers, of whom there must be some. */
export function distributionBars(spreads: Spreads): DistributionBars {
  const borders = mapAxes((axis) => barsOfSpread(spreads[axis]))
  const specCuts = mapAxes((axis) => wholeCuts(spreads[axis], spreads[axis].cuts))
  const own = bordersOfCuts(spreads, specCuts)
  return { scales: mapAxes((axis) => scaleOfSpread(spreads[axis], borders[axis])), specCuts, known: mapAxes((axis) => ascending([...borders[axis], ...own[axis]])) }
}

/** The measures that a spec cuts. */
export function fieldsOfSpec({ monetary }: RfmSpecOptions): { readonly r: RfmField; readonly f: RfmField; readonly m: RfmField } {
  return { r: 'recencyDays', f: 'orders', m: monetary === 'mean' ? 'meanOrderValue' : 'revenue' }
}

export function mapAxes<Value>(make: (axis: keyof RfmCuts) => Value): { readonly r: Value; readonly f: Value; readonly m: Value } {
  return { r: make('r'), f: make('f'), m: make('m') }
}

/** Between two whole days, orders or cents a cut means the same wherever it lies. */
export function wholeCuts({ field }: RfmSpread, cuts: readonly number[]): readonly number[] {
  return field === 'meanOrderValue' ? cuts : cuts.map(Math.floor)
}

/** @throws InvalidInputError `CUTS_NOT_ASCENDING` for cut points of a host that are no rule; equal ones are */
export function checkCuts(cuts: RfmCuts): void {
  for (const axis of ['r', 'f', 'm'] as const) {
    const index = cuts[axis].findIndex((cut, i) => !(Number.isFinite(cut) && (i === 0 || cut >= cuts[axis][i - 1]!)))
    if (index >= 0) throw new InvalidInputError('CUTS_NOT_ASCENDING', `The cut points \`${axis}\` do not ascend at index ${index}. The scores would have no order. Pass finite numbers, ascending.`, { axis, index })
  }
}

/** The thresholds that cut points become, in the units of the fields: equal ones are told apart as `freezeRfmCuts` does. */
export function bordersOfCuts(spreads: Spreads, cuts: RfmCuts): RfmCuts {
  const { scoring, frequency } = freezeRfmCuts(spreads.r.spec, cuts)
  if (scoring.method !== 'thresholds') return cuts
  const frozen = { r: scoring.recencyDays, f: frequency === 'repeat' ? scoring.frequency.map((cut) => cut + 1) : scoring.frequency, m: scoring.monetary }
  return mapAxes((axis) => wholeCuts(spreads[axis], frozen[axis]))
}

/** Round bars without the cuts of the spec, so that all are equally wide. Long tails are drawn at growing distances. */
function barsOfSpread(spread: RfmSpread): readonly number[] {
  const { percentiles } = spread
  const [low, eighty, high] = [percentiles[1]!, percentiles[80]!, percentiles[99]!]
  const isSkewed = spread.field !== 'recencyDays' && (eighty - low) * 3 < high - low
  return rfmBorders({ ...spread, cuts: [] }, { count: BARS, spacing: isSkewed ? 'growing' : 'even' })
}

export function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}
