import type { RfmAxis, RfmCube, RfmCuts, RfmGridResult, RfmHistogramBar, RfmSpread } from '@crm/core/rfm'
import { rangeText, scoreText, valueText } from '../rfm-grid/rfmGridWords.ts'
import { boundsOfScore, isUnreachable } from '../rfm-grid/scoreRanges.ts'
import type { WordTools as GridWordTools } from '../rfm-grid/useRfmGridWords.ts'
import { axisTicks, createBarScale, roundStep } from './barScale.ts'
import type { BarScale } from './barScale.ts'
import { reachOfCut } from './moveCut.ts'
import type { WordTools } from './useRfmDistributionWords.ts'

/** Recency, frequency, monetary value. */
export type RfmDistributionAxis = keyof RfmCuts

export const DISTRIBUTION_AXES: readonly RfmDistributionAxis[] = ['r', 'f', 'm']

/** What the height of a bar is. */
export type RfmDistributionMeasure = 'customers' | 'revenue'

/** A part of a bar that one score colours; shares of the width of the plot. */
export interface RfmDistributionPiece {
  readonly start: number
  readonly end: number
  /** Ground of the ramp, 1..7. */
  readonly step: number
}

export interface RfmDistributionBar {
  readonly index: number
  readonly start: number
  readonly end: number
  readonly customers: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
  /** Share of the height from the bottom, where it starts and where it ends. */
  readonly from: number
  readonly to: number
  readonly pieces: readonly RfmDistributionPiece[]
  /** 31–60 days since the last purchase: 42 customers (7.1%), revenue €1,284.00, R 4 */
  readonly name: string
}

/** The values of one score. */
export interface RfmDistributionBand {
  readonly score: number
  readonly step: number
  readonly start: number
  readonly end: number
  /** R 5 */
  readonly scoreText: string
  readonly customers: number
  /** 118 */
  readonly drawn: string
  /** The same in full, for those who listen: 118 customers (20.0%), ≤ 30 days since the last purchase */
  readonly rest: string
}

/** A cut point, between two bands. */
export interface RfmDistributionCut {
  readonly axis: RfmDistributionAxis
  readonly index: number
  /** In the unit of the field: days, orders, 10^-scale currency units. */
  readonly value: number
  /** In the unit a person reads: days, orders, currency units. */
  readonly shown: number
  readonly lowest: number
  readonly highest: number
  readonly position: number
  /** Which row its grip stands in, so that grips of near cuts do not cover each other. */
  readonly level: number
  /** Recency: cut point between R 5 and R 4 */
  readonly name: string
  /** 30 days */
  readonly text: string
  /** 30 days: scores 5 and 4 meet */
  readonly valueText: string
  readonly fieldName: string
}

export interface RfmDistributionTick {
  readonly position: number
  readonly text: string
}

/** One histogram with its cut points, as drawn. */
export interface RfmDistributionPanel {
  readonly axis: RfmDistributionAxis
  readonly field: RfmAxis['field']
  /** Recency */
  readonly title: string
  /** Days since the last purchase */
  readonly unit: string
  /** Customers by days since the last purchase */
  readonly label: string
  readonly scale: BarScale
  readonly bars: readonly RfmDistributionBar[]
  /** In the order of the values: for recency the highest score first. */
  readonly bands: readonly RfmDistributionBand[]
  readonly cuts: readonly RfmDistributionCut[]
  /** Rows that the grips have: the same while they move, so that nothing jumps. */
  readonly levels: number
  /** Height of zero above the bottom, share; above 0 only where returns exceed purchases. */
  readonly zero: number
  readonly xTicks: readonly RfmDistributionTick[]
  /** What is written under the open bar. */
  readonly openText: string
  readonly yTicks: readonly RfmDistributionTick[]
}

export interface PanelInput {
  readonly axis: RfmDistributionAxis
  readonly measure: RfmDistributionMeasure
  readonly cube: RfmCube
  readonly spread: RfmSpread
  /** Of `rfmHistogram` between `scale.borders`. */
  readonly histogram: readonly RfmHistogramBar[]
  readonly scale: BarScale
  /** The grid under the present cut points. */
  readonly grid: RfmGridResult
  readonly cuts: readonly number[]
  readonly specCuts: readonly number[]
  /** A cut point in the hand keeps its row; the others make way. */
  readonly held: { readonly index: number; readonly level: number } | null
}

/** Currency units, days or orders in one unit of a field. */
export function unitOf(field: RfmAxis['field'], scale: number): number {
  return field === 'recencyDays' || field === 'orders' ? 1 : 10 ** scale
}

/** The axis of bars of one spread: it does not change while cut points move. */
export function scaleOfSpread({ field, percentiles }: RfmSpread, borders: readonly number[]): BarScale {
  const least = percentiles[0] ?? 0
  // Whole numbers fill the space up to them: day 0 is as wide as any other.
  return createBarScale(borders, field === 'recencyDays' || field === 'orders' ? least - 1 : least, percentiles.at(-1) ?? 1)
}

/** Lays one measure out as bars, bands and cut points, with their words. */
export function rfmDistributionPanel(tools: WordTools, gridTools: GridWordTools, input: PanelInput): RfmDistributionPanel {
  const { axis, measure, cube, spread, scale, grid, cuts, specCuts, held } = input
  const { words, format, text } = tools
  const field = grid.axes[axis].field
  const unit = unitOf(field, cube.scale)
  const axisName = { r: words.axisR, f: words.axisF, m: words.axisM }[axis]
  const currency = format.currencySign(cube.currency)
  const unitText = text({ recencyDays: words.unitR, orders: words.unitF, revenue: words.unitM, meanOrderValue: words.unitMeanM }[field], { currency })
  const label = text(measure === 'customers' ? words.plotCustomers : words.plotRevenue, { axis: unitText, currency })
  const bands = bandsOf(tools, gridTools, input)
  const { bars, zero, yTicks } = barsOf(tools, gridTools, input, bands)
  const number = (value: number): string => (field === 'recencyDays' || field === 'orders' ? format.number(value) : format.compact(value / unit))
  const rows = Math.max(2, 1 + Math.max(0, ...levelsOf(specCuts.map(scale.position), null)))
  const levels = levelsOf(cuts.map(scale.position), held).map((level) => Math.min(level, rows - 1))
  const open = { ...(scale.borders.length === 0 ? {} : { above: scale.borders.at(-1)! }) }
  return Object.freeze({
    axis,
    field,
    title: axisName,
    unit: unitText,
    label,
    scale,
    bars,
    bands,
    cuts: cutsOf(tools, gridTools, input, axisName, unitText, spread, levels),
    levels: rows,
    zero,
    xTicks: axisTicks(scale, unit, field).map(({ value, position }) => ({ position, text: number(value) })),
    openText: rangeText(gridTools, grid.axes[axis], cube.scale, open),
    yTicks,
  })
}

/** Steps 1..7 of the ramp, evenly over the scores. */
function stepOfScore(score: number, bins: number): number {
  return bins < 2 ? 4 : 1 + Math.round(((score - 1) / (bins - 1)) * 6)
}

function bandsOf({ words, format, text }: WordTools, gridTools: GridWordTools, { axis, grid, scale, cuts }: PanelInput): readonly RfmDistributionBand[] {
  const { bins } = grid.axes[axis]
  const customers = new Float64Array(bins + 1)
  for (let i = 0; i < grid.cells.count; i++) customers[grid.cells[axis][i]!]! += grid.cells.customers[i]!
  return Array.from({ length: bins }, (_, bin) => {
    const score = axis === 'r' ? bins - bin : bin + 1
    const bounds = boundsOfScore(grid.axes[axis], score)
    const range = isUnreachable(bounds) || cuts[bin] === cuts[bin - 1] ? gridTools.words.rangeNobody : rangeText(gridTools, grid.axes[axis], grid.scale, bounds)
    const count = customers[score]!
    const name = scoreText(gridTools, axis, score)
    return Object.freeze({
      score,
      step: stepOfScore(score, bins),
      start: bin === 0 ? 0 : scale.position(cuts[bin - 1]!),
      end: bin === bins - 1 ? 1 : scale.position(cuts[bin]!),
      scoreText: name,
      customers: count,
      drawn: format.compact(count),
      rest: text(words.bandRest, {
        customers: text(words.customers, { count }),
        share: format.percent(grid.totals.customers === 0 ? 0 : count / grid.totals.customers),
        range: valueText(gridTools, grid, axis, score, range),
      }),
    })
  })
}

function barsOf(
  { words, format, text }: WordTools,
  gridTools: GridWordTools,
  { axis, measure, histogram, scale, grid }: PanelInput,
  bands: readonly RfmDistributionBand[],
): Pick<RfmDistributionPanel, 'bars' | 'zero' | 'yTicks'> {
  const valueOf = (bar: RfmHistogramBar): number => bar[measure]
  const unit = measure === 'revenue' ? 10 ** grid.scale : 1
  const top = Math.max(0, ...histogram.map(valueOf))
  const bottom = Math.min(0, ...histogram.map(valueOf))
  // A little air, so that the tallest bar does not touch the grips.
  const span = (top - bottom) * 1.04 || 1
  const heightOf = (value: number): number => (value - bottom) / span
  const step = Math.max(roundStep(span / unit, 3), measure === 'customers' ? 1 : 0) * unit
  const firstTick = Math.ceil(bottom / step)
  const bars = histogram.map((bar, index) => {
    const [start, end] = scale.edges(index)
    const bounds = { ...(bar.above === null ? {} : { above: bar.above }), ...(bar.upTo === null ? {} : { upTo: bar.upTo }) }
    const pieces = bands.flatMap((band) => {
      const piece = { start: Math.max(start, band.start), end: Math.min(end, band.end), step: band.step, score: band.scoreText }
      return piece.end - piece.start > 1e-9 ? [piece] : []
    })
    const scores = [...new Set(pieces.map(({ score }) => score))]
    const height = heightOf(valueOf(bar))
    return Object.freeze({
      index,
      start,
      end,
      customers: bar.customers,
      revenue: bar.revenue,
      from: Math.min(heightOf(0), height),
      to: Math.max(heightOf(0), height),
      pieces,
      name: text(words.bar, {
        range: valueText(gridTools, grid, axis, 0, rangeText(gridTools, grid.axes[axis], grid.scale, bounds)),
        customers: text(words.customers, { count: bar.customers }),
        share: format.percent(grid.totals.customers === 0 ? 0 : bar.customers / grid.totals.customers),
        revenue: format.money(bar.revenue, grid),
        scores: scores.join(words.scoreSeparator),
      }),
    })
  })
  const yTicks = Array.from({ length: Math.floor((bottom + span) / step) - firstTick + 1 }, (_, i) => {
    const value = (firstTick + i) * step
    return { position: heightOf(value), text: format.compact(value / unit) }
  })
  return { bars, zero: heightOf(0), yTicks }
}

function cutsOf(
  { words, format, text }: WordTools,
  gridTools: GridWordTools,
  { axis, cube, grid, scale, cuts }: PanelInput,
  axisName: string,
  unitText: string,
  { field }: RfmSpread,
  levels: readonly number[],
): readonly RfmDistributionCut[] {
  const unit = unitOf(field, cube.scale)
  return cuts.map((value, index) => {
    const score = (bin: number): number => (axis === 'r' ? grid.axes.r.bins - bin : bin + 1)
    const [lower, upper] = [score(index), score(index + 1)]
    const { lowest, highest } = reachOfCut(cube.borders[axis], cuts, index)
    const place =
      field === 'recencyDays'
        ? text(words.days, { count: value })
        : field === 'orders'
          ? text(words.orders, { count: value })
          : field === 'revenue'
            ? format.money(value, cube)
            : text(words.perOrder, { money: format.money(value, cube) })
    const names = { axis: axisName, lower: scoreText(gridTools, axis, lower), upper: scoreText(gridTools, axis, upper), unit: unitText }
    return Object.freeze({
      axis,
      index,
      value,
      shown: value / unit,
      lowest: lowest / unit,
      highest: highest / unit,
      position: scale.position(value),
      level: levels[index]!,
      name: text(words.cutName, names),
      text: place,
      valueText: text(words.cutValue, { value: place, lower, upper }),
      fieldName: text(words.fieldLabel, names),
    })
  })
}

/** Room of a grip, share of the width: 24 px where a telephone is narrowest. */
const GRIP_ROOM = 0.09

/** Puts grips that would cover each other into different rows. */
function levelsOf(positions: readonly number[], held: PanelInput['held']): readonly number[] {
  const levels: number[] = []
  positions.forEach((position, index) => {
    const isNear = (other: number): boolean => Math.abs(position - positions[other]!) < GRIP_ROOM
    const taken = new Set(levels.filter((_, other) => isNear(other)))
    if (held !== null && held.index !== index && isNear(held.index)) taken.add(held.level)
    let level = 0
    while (taken.has(level)) level += 1
    levels.push(held?.index === index ? held.level : level)
  })
  return levels
}
