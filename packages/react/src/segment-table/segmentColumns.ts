import type { CrmMessages } from '../messages/index.ts'
import type { Formatters, MoneyUnit } from '../provider/format.ts'
import type { Wording } from '../provider/useWords.ts'
import type { SegmentFigures, SegmentGrouping, SegmentRow } from './segmentRows.ts'

export type SegmentTableWords = Wording<CrmMessages['segmentTable']>

/** A column of figures. */
export type SegmentColumnId = keyof SegmentFigures

/** Shown when the host names no columns. */
export const DEFAULT_SEGMENT_COLUMNS: readonly SegmentColumnId[] = [
  'customers', 'shareOfCustomers', 'shareOfRevenue', 'revenue', 'meanRevenue', 'ordersPerCustomer', 'meanRecencyDays',
]

/** What the bars of the picture are drawn from; they stand between the two. */
export const SHARE_COLUMNS: readonly SegmentColumnId[] = ['shareOfCustomers', 'shareOfRevenue']

export interface SegmentColumn {
  /** `name` stands first and names the row. */
  readonly id: 'name' | SegmentColumnId
  readonly header: string
  /** Unit of the figures, once in the heading: €. */
  readonly unit: string | null
  /** null where the row has no value. */
  readonly text: (figures: SegmentFigures) => string | null
}

/**
 * Columns with their words and ways of writing. Figures of a column have equally many decimals, so that they line up.
 *
 * @param rows all rows, whose largest figure decides how many decimals an amount needs
 */
export function segmentColumns(tools: SegmentTableWords, ids: readonly SegmentColumnId[], group: SegmentGrouping, rows: readonly SegmentRow[], unit: MoneyUnit): readonly SegmentColumn[] {
  const { words, format } = tools
  const name: SegmentColumn = { id: 'name', header: group === 'segments' ? words.fieldSegment : words.fieldTier, unit: null, text: () => null }
  const known = ids.filter((id, at) => Object.hasOwn(HEADERS, id) && ids.indexOf(id) === at)
  return [
    name,
    ...known.map((id): SegmentColumn => {
      const write = writerOf(tools, id, rows, unit)
      const isMoney = id === 'revenue' || id === 'meanRevenue'
      return {
        id,
        header: words[HEADERS[id]],
        unit: isMoney ? format.currencySign(unit.currency) : null,
        text: (figures) => (figures[id] === null ? null : write(figures[id])),
      }
    }),
  ]
}

const HEADERS = {
  customers: 'fieldCustomers',
  shareOfCustomers: 'fieldShareOfCustomers',
  revenue: 'fieldRevenue',
  shareOfRevenue: 'fieldShareOfRevenue',
  meanRevenue: 'fieldMeanRevenue',
  timesAverage: 'fieldTimesAverage',
  ordersPerCustomer: 'fieldOrdersPerCustomer',
  meanRecencyDays: 'fieldMeanRecencyDays',
} as const satisfies Readonly<Record<SegmentColumnId, keyof CrmMessages['segmentTable']>>

/** From this amount on, hundredths of a currency unit say nothing in a table. */
const WHOLE_AMOUNTS_FROM = 1000

function writerOf({ words, format, text }: SegmentTableWords, id: SegmentColumnId, rows: readonly SegmentRow[], unit: MoneyUnit): (value: number) => string {
  switch (id) {
    case 'customers': return (value) => format.number(value)
    case 'shareOfCustomers':
    case 'shareOfRevenue': return format.percent
    case 'timesAverage': return (value) => text(words.times, { times: format.number(value, 1, 1) })
    case 'ordersPerCustomer': return (value) => format.number(value, 1, 1)
    case 'meanRecencyDays': return (value) => format.number(value)
    case 'revenue':
    case 'meanRevenue': return amountWriter(format, rows.map((row) => row[id]), unit)
  }
}

function amountWriter(format: Formatters, values: readonly (number | null)[], unit: MoneyUnit): (value: number) => string {
  const largest = Math.max(0, ...values.map((value) => Math.abs(value ?? 0) / 10 ** unit.scale))
  return largest < WHOLE_AMOUNTS_FROM ? (value) => format.amount(value, unit) : (value) => format.number(value / 10 ** unit.scale)
}
