import { customerValue } from '@crm/core/customers'
import type { CustomersPage } from '@crm/core/customers'
import type { RfmField } from '@crm/core/rfm'
import type { MoneyUnit } from '../provider/format.ts'
import type { CellPlace } from '../shared/rovingFocus.ts'
import { binOf, isWholeNumber, placeOfBin, positionOf } from './scatterAxis.ts'
import type { ScatterAxis } from './scatterAxis.ts'
import type { ScatterWords } from './useRfmScatterWords.ts'

/** One customer in the picture. */
export interface RfmScatterPoint {
  /** Place in the list, in order of the horizontal axis. */
  readonly index: number
  readonly customerId: string
  /** The name, or the id where there is none to show. */
  readonly title: string
  readonly recencyDays: number
  readonly orders: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
  readonly meanOrderValue: number
  /** 0..1 from the worse ends of the axes. */
  readonly x: number
  readonly y: number
  /** The square it stands in. */
  readonly place: CellPlace
  /** Accessible name. */
  readonly name: string
}

export interface RfmScatterPoints {
  /** By the horizontal axis. */
  readonly list: readonly RfmScatterPoint[]
  /** Indexes into `list` by the vertical axis, and the place of each point in that order. */
  readonly upwards: readonly number[]
  readonly rankUpwards: readonly number[]
}

/** Lays single customers out on the axes that they are counted on. */
export function scatterPoints(tools: ScatterWords, page: CustomersPage, x: ScatterAxis, y: ScatterAxis, money: MoneyUnit): RfmScatterPoints {
  const { words, text, format } = tools
  const drawn = Array.from({ length: page.rows }, (_, row) => {
    const number = (field: RfmField): number => Number(customerValue(page, row, field) ?? 0)
    const customerId = String(customerValue(page, row, 'customerId'))
    const name = customerValue(page, row, 'name')
    const title = typeof name === 'string' && name !== '' ? name : customerId
    const values = { recencyDays: number('recencyDays'), orders: number('orders'), revenue: number('revenue'), meanOrderValue: number('meanOrderValue') }
    const [binX, binY] = [binOf(x, values[x.field]), binOf(y, values[y.field])]
    return {
      customerId,
      title,
      ...values,
      x: spreadOut(x, values[x.field], customerId, 1),
      y: spreadOut(y, values[y.field], customerId, 2),
      place: { row: y.bins - 1 - placeOfBin(y, binY), column: placeOfBin(x, binX) },
      name: text(words.point, {
        name: title === customerId ? customerId : text(words.named, { name: title, id: customerId }),
        recency: daysAgo(tools, values.recencyDays),
        orders: text(words.ordersCount, { count: values.orders }),
        revenue: format.money(values.revenue, money),
        mean: format.money(values.meanOrderValue, money),
      }),
    }
  }).sort((a, b) => a.x - b.x || a.y - b.y)
  const list = drawn.map((point, index): RfmScatterPoint => Object.freeze({ index, ...point }))
  const upwards = list.map(({ index }) => index).sort((a, b) => list[a]!.y - list[b]!.y || a - b)
  const rankUpwards: number[] = []
  upwards.forEach((index, rank) => (rankUpwards[index] = rank))
  return { list, upwards, rankUpwards }
}

/**
 * Whole numbers are spread over the step of their number, `value - 1 .. value`, so that customers with equal values do
 * not cover each other. The same customer always stands in the same place, and never in another bin than its own.
 */
function spreadOut(axis: ScatterAxis, value: number, id: string, seed: number): number {
  return positionOf(axis, isWholeNumber(axis.field) ? value - 0.1 - 0.8 * fractionOf(id, seed) : value)
}

/** 0..1 from a text, FNV-1a. */
function fractionOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 15
  return (Math.imul(hash, 0x2c1b3c6d) >>> 8) / 2 ** 24
}

export function daysAgo({ words, text }: ScatterWords, days: number): string {
  return days === 0 ? words.today : text(words.daysAgo, { count: days })
}

/** Point next to `from` by an arrow key, in the direction that the key shows on the screen. */
export function nextPoint({ list, upwards, rankUpwards }: RfmScatterPoints, from: number, key: string, axes: { readonly isMirrored: boolean }): number | null {
  const last = list.length - 1
  const inside = (index: number): number => Math.min(Math.max(index, 0), last)
  const across = axes.isMirrored ? -1 : 1
  switch (key) {
    case 'ArrowRight': return inside(from + across)
    case 'ArrowLeft': return inside(from - across)
    case 'ArrowUp': return upwards[inside(rankUpwards[from]! + 1)]!
    case 'ArrowDown': return upwards[inside(rankUpwards[from]! - 1)]!
    case 'Home': return 0
    case 'End': return last
    default: return null
  }
}

/** The point nearest to a place of the picture, none farther than `reach` px. */
export function pointNear({ list }: RfmScatterPoints, x: number, y: number, width: number, height: number, reach: number): RfmScatterPoint | null {
  let found: RfmScatterPoint | null = null
  let nearest = reach * reach
  for (const point of list) {
    const distance = ((point.x - x) * width) ** 2 + ((point.y - y) * height) ** 2
    if (distance > nearest) continue
    nearest = distance
    found = point
  }
  return found
}
