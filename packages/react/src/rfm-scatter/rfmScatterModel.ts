import type { RfmDensity } from '@crm/core/rfm'
import { rangeText } from '../rfm-grid/rfmGridWords.ts'
import type { CellPlace } from '../shared/rovingFocus.ts'
import { bandsOf, boundsOfBins, placeOfBin, positionOf, scoreOfBin } from './scatterAxis.ts'
import type { ScatterAxis } from './scatterAxis.ts'
import { scatterSteps, stepOf } from './scatterSteps.ts'
import type { ScatterStep } from './scatterSteps.ts'
import { ticksOf } from './scatterTicks.ts'
import { borderText, scoreTextOf, valueOfRange } from './useRfmScatterWords.ts'
import type { ScatterWords } from './useRfmScatterWords.ts'

/** Share of the squares that the first step takes in, however little is in them. */
const THIN_SQUARES = 0.05

/** What the ground of a square stands for. */
export type RfmScatterMeasure = 'customers' | 'revenue'

/** Customers counted, and the two axes they are drawn on. */
export interface ScatterData {
  readonly density: RfmDensity
  readonly x: ScatterAxis
  readonly y: ScatterAxis
}

/** A column or a row of bins, with everybody in it. */
export interface RfmScatterLine {
  /** From 0 in order of the values. */
  readonly bin: number
  readonly customers: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
  /** 31–60 */
  readonly rangeText: string
  /** 31–60 days since the last purchase */
  readonly valueText: string
  /** Accessible name: score, range, customers, revenue. */
  readonly name: string
  /** Length of its bar, 0..1 of the longest. */
  readonly length: number
}

/** One square. */
export interface RfmScatterBin {
  /** Place in reading order: row 0 is the best of the vertical axis, column 0 the worst of the horizontal one. */
  readonly place: CellPlace
  readonly customers: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
  /** Number of the ramp token; null without customers. */
  readonly step: number | null
  /** Accessible name: ranges, customers, revenue. */
  readonly name: string
}

export interface RfmScatterMark {
  /** 0..1 from the worse end of the axis. */
  readonly position: number
  readonly text: string
  readonly isCut: boolean
  /** Has no room in a narrow picture. */
  readonly isMinor: boolean
}

export interface RfmScatterBand {
  readonly from: number
  readonly to: number
  /** R 5 */
  readonly text: string
  /** Has no room in a narrow picture. */
  readonly isMinor: boolean
}

/** The picture in words and numbers. */
export interface RfmScatterView extends ScatterData {
  readonly columns: readonly RfmScatterLine[]
  /** From the top. */
  readonly rows: readonly RfmScatterLine[]
  /** By rows. */
  readonly bins: readonly (readonly RfmScatterBin[])[]
  readonly steps: readonly ScatterStep[]
  readonly ticks: { readonly x: readonly RfmScatterMark[]; readonly y: readonly RfmScatterMark[] }
  readonly bands: { readonly x: readonly RfmScatterBand[]; readonly y: readonly RfmScatterBand[] }
  /** Where the cut points lie, 0..1 from the worse ends. */
  readonly lines: { readonly x: readonly number[]; readonly y: readonly number[] }
  /** The bin with the most of the measure; null without customers. */
  readonly densest: RfmScatterBin | null
}

/** Room for a label, 0..1 of the axis: 70 px of 780, 40 px of 200; 22 px upwards. */
const TICK_SPACE = { x: { wide: 0.09, narrow: 0.2 }, y: { wide: 0.06, narrow: 0.06 } } as const
/** Room for the name of a score. */
const BAND_SPACE = { wide: 0.045, narrow: 0.13 } as const

/** Lays customers counted in bins out as the picture. */
export function rfmScatterView(tools: ScatterWords, data: ScatterData, measure: RfmScatterMeasure): RfmScatterView {
  const { density, x, y } = data
  const amountOf = (line: { readonly customers: number; readonly revenue: number }): number => (measure === 'customers' ? line.customers : line.revenue)
  const columns = linesOf(tools, data, x, (column) => Array.from({ length: y.bins }, (_, row) => row * x.bins + column), amountOf)
  const rows = linesOf(tools, data, y, (row) => Array.from({ length: x.bins }, (_, column) => row * x.bins + column), amountOf).reverse()

  const amounts: number[] = []
  let most = 0
  for (let i = 0; i < density.customers.length; i++) {
    const amount = measure === 'customers' ? density.customers[i]! : density.revenue[i]!
    most = Math.max(most, amount)
    if (amount > 0) amounts.push(amount)
  }
  // A few thin squares, as at the end of a tail, share the first step: the others are where differences are looked for.
  const least = amounts.sort((a, b) => a - b)[Math.floor(amounts.length * THIN_SQUARES)] ?? 1
  // Four steps of ten below the top are enough for a difference to be seen.
  const steps = scatterSteps(Math.max(least, most / 1e4, 1), Math.max(most, 1))

  let densest: RfmScatterBin | null = null
  const bins = rows.map((rowLine, row) =>
    columns.map((columnLine, column): RfmScatterBin => {
      const at = rowLine.bin * x.bins + columnLine.bin
      const [customers, revenue] = [density.customers[at]!, density.revenue[at]!]
      const values = { x: columnLine.valueText, y: rowLine.valueText }
      const bin = Object.freeze({
        place: { row, column },
        customers,
        revenue,
        step: customers === 0 ? null : stepOf(steps, measure === 'customers' ? customers : revenue).token,
        name: tools.text(tools.words.bin, { ...values, ...figuresOf(tools, density, { customers, revenue }) }),
      })
      if (customers > 0 && (densest === null || amountOf(bin) > amountOf(densest))) densest = bin
      return bin
    }),
  )
  const ticks = (axis: ScatterAxis, space: { readonly wide: number; readonly narrow: number }): RfmScatterMark[] =>
    ticksOf(axis, space, density.scale).map(({ value, ...tick }) => ({ ...tick, text: borderText(tools, axis.field, value, density) }))
  const bands = (axis: ScatterAxis): RfmScatterBand[] =>
    bandsOf(axis).flatMap(({ from, to, score }) =>
      to - from < BAND_SPACE.wide ? [] : [{ from, to, text: scoreTextOf(tools, axis.field, score), isMinor: to - from < BAND_SPACE.narrow }],
    )
  return Object.freeze({
    ...data,
    columns,
    rows,
    bins,
    steps,
    ticks: { x: ticks(x, TICK_SPACE.x), y: ticks(y, TICK_SPACE.y) },
    bands: { x: bands(x), y: bands(y) },
    lines: { x: x.cuts.map((cut) => positionOf(x, cut)), y: y.cuts.map((cut) => positionOf(y, cut)) },
    densest,
  })
}

/** The words of customers and their revenue. */
export function figuresOf({ words, text, format }: ScatterWords, money: RfmDensity, { customers, revenue }: { readonly customers: number; readonly revenue: number }): {
  readonly customers: string
  readonly revenue: string
} {
  return { customers: text(words.customers, { count: customers }), revenue: format.money(revenue, money) }
}

function linesOf(
  tools: ScatterWords,
  { density }: ScatterData,
  axis: ScatterAxis,
  cellsOf: (bin: number) => readonly number[],
  amountOf: (line: { readonly customers: number; readonly revenue: number }) => number,
): RfmScatterLine[] {
  const sums = Array.from({ length: axis.bins }, (_, place) => {
    const bin = placeOfBin(axis, place)
    let [customers, revenue] = [0, 0]
    for (const cell of cellsOf(bin)) {
      customers += density.customers[cell]!
      revenue += density.revenue[cell]!
    }
    return { bin, customers, revenue }
  })
  const longest = Math.max(1, ...sums.map(amountOf))
  return sums.map((sum) => {
    const bounds = boundsOfBins(axis, sum.bin, sum.bin)
    const valueText = valueOfRange(tools, axis.field, bounds, density)
    const score = scoreOfBin(axis, sum.bin)
    const figures = { value: valueText, ...figuresOf(tools, density, sum) }
    const name = score === null ? tools.text(tools.words.line, figures) : tools.text(tools.words.lineScore, { ...figures, score: scoreTextOf(tools, axis.field, score) })
    return Object.freeze({ ...sum, rangeText: rangeText(tools.grid, axis, density.scale, bounds), valueText, name, length: Math.max(0, amountOf(sum)) / longest })
  })
}
