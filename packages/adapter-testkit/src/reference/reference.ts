/**
 * The contract, slowly: row by row, as ARCHITECTURE.md says it, sharing no code with any adapter. Every answer is the
 * whole answer; pages are the caller's business.
 */
import { PAIRS_COLUMNS } from '@crm/core/adapter'
import type { Axis, BinsRequest, Expr, FieldType, MembersRequest, Order, PairsRequest, Rank, ScanRequest, TotalsRequest, TotalsSpec, WarningCount } from '@crm/core/adapter'
import { columnKind } from '../data/columns.ts'
import type { Cell, KitData, KitSet } from '../testkit.types.ts'
import { compareCells, compareValues } from './compare.ts'
import { evaluate } from './evaluate.ts'
import type { RowView } from './evaluate.ts'
import { pairRows } from './pairs.ts'
import type { Table } from './table.ts'
import { customerTotals } from './totals.ts'
import type { CustomerRow } from './totals.ts'

export interface Reference {
  scan(request: ScanRequest): Table
  totals(request: TotalsRequest): Table
  bins(request: BinsRequest): Table
  members(request: MembersRequest): Table
  pairs(request: PairsRequest): Table
}

const INTEGER: FieldType = { kind: 'integer' }
const KEYS: Readonly<Record<string, readonly string[]>> = {
  customers: ['customerId'],
  transactions: ['lineId'],
  products: ['productId'],
  interactions: ['interactionId'],
  ratings: ['customerId', 'productId'],
}
const ASCENDING = { direction: 'ascending', nulls: 'last' } as const

/** What a reader gets for a stored value: -0 is 0. */
const asRead = (cell: Cell): Cell => (cell === 0 ? 0 : cell)

export function createReference(data: KitData): Reference {
  const setNamed = (name: string): KitSet => data.sets.find((set) => set.name === name) as KitSet
  const customersSet = data.sets.find((set) => set.name === 'customers')
  const lines = setNamed('transactions')
  const money = lines.fields.find(({ name }) => name === 'amount')?.type as FieldType
  const idType = (customersSet ?? lines).fields.find(({ name }) => name === 'customerId')?.type as FieldType
  const attributes = customersSet?.fields ?? [{ name: 'customerId', type: idType, nullable: false }]
  const types = new Map<string, FieldType>(attributes.map(({ name, type }) => [name, type]))
  for (const name of ['firstDay', 'lastDay']) types.set(name, { kind: 'date' })
  for (const name of ['recencyDays', 'orders', 'lines']) types.set(name, INTEGER)
  for (const name of ['revenue', 'returnedRevenue']) types.set(name, money)
  types.set('meanOrderValue', { kind: 'number' })
  const typeOf = (field: string): FieldType => types.get(field) as FieldType

  const remembered = new Map<string, { rows: readonly CustomerRow[]; counts: readonly WarningCount[] }>()
  const totalsFor = (spec: TotalsSpec): { rows: readonly CustomerRow[]; counts: readonly WarningCount[] } => {
    const key = JSON.stringify(spec)
    const known = remembered.get(key) ?? customerTotals(data, spec)
    remembered.set(key, known)
    return known
  }
  const cell = (row: CustomerRow, field: string): Cell => asRead(row.get(field) ?? null)
  const passes = (row: CustomerRow, where: Expr | undefined): boolean =>
    where === undefined || evaluate(where, { cell: (field) => cell(row, field), type: typeOf }) === true
  const inOrder = (rows: readonly CustomerRow[], order: readonly Order[]): CustomerRow[] =>
    [...rows].sort((a, b) => {
      for (const by of [...order, { field: 'customerId', ...ASCENDING }]) {
        const difference = compareCells(typeOf(by.field), cell(a, by.field), cell(b, by.field), by)
        if (difference !== 0) return difference
      }
      return 0
    })
  const tableOf = (rows: readonly CustomerRow[], select: readonly string[], counts: readonly WarningCount[]): Table => ({
    names: select,
    kinds: select.map((field) => columnKind(typeOf(field))),
    rows: rows.map((row) => select.map((field) => cell(row, field))),
    counts,
  })

  return {
    scan(request) {
      const set = setNamed(request.set)
      const place = new Map(set.fields.map(({ name }, f) => [name, f]))
      const typeIn = (field: string): FieldType => set.fields[place.get(field) as number]?.type as FieldType
      const cellIn = (row: readonly Cell[], field: string): Cell => asRead(row[place.get(field) as number] as Cell)
      const view = (row: readonly Cell[]): RowView => ({ cell: (field) => cellIn(row, field), type: typeIn })
      const where = request.where
      const kept = set.rows.filter((row) => where === undefined || evaluate(where, view(row)) === true)
      const order = [...(request.order ?? []), ...(KEYS[request.set] as readonly string[]).map((field) => ({ field, ...ASCENDING }))]
      kept.sort((a, b) => {
        for (const by of order) {
          const difference = compareCells(typeIn(by.field), cellIn(a, by.field), cellIn(b, by.field), by)
          if (difference !== 0) return difference
        }
        return 0
      })
      return {
        names: request.select,
        kinds: request.select.map((field) => columnKind(typeIn(field))),
        rows: kept.map((row) => request.select.map((field) => cellIn(row, field))),
      }
    },

    totals(request) {
      const { rows, counts } = totalsFor(request.totals)
      const kept = rows.filter((row) => passes(row, request.where))
      return tableOf(inOrder(kept, []), ['customerId', 'firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines'], counts)
    },

    pairs(request) {
      const { rows, counts } = totalsFor(request.totals)
      const rowOf = new Map(rows.map((row) => [row.get('customerId'), row]))
      // Whom only ratings know has no attributes and no orders.
      const stranger = (id: string): CustomerRow => new Map<string, Cell>([['customerId', id], ['orders', 0], ['revenue', 0], ['returnedRevenue', 0], ['lines', 0]])
      const found = pairRows(data, request, (id) => passes(rowOf.get(id) ?? stranger(id), request.where))
      const idOf = (request.weight === 'rating' ? setNamed('ratings') : lines).fields.find(({ name }) => name === (request.over === 'customers' ? 'customerId' : 'productId'))?.type as FieldType
      const byIds = (a: readonly Cell[], b: readonly Cell[]): number => compareCells(idOf, a[0] as Cell, b[0] as Cell, ASCENDING) || compareCells(idOf, a[1] as Cell, b[1] as Cell, ASCENDING)
      const more: readonly WarningCount[] = found.withoutProduct === 0 ? [] : [{ code: 'LINES_WITHOUT_PRODUCT', count: found.withoutProduct }]
      return {
        names: PAIRS_COLUMNS,
        kinds: PAIRS_COLUMNS.map((_, c) => (c < 2 ? 'text' : 'float64')),
        rows: [...found.rows].sort(byIds),
        counts: request.weight === 'rating' ? [] : [...counts, ...more].sort((a, b) => (a.code < b.code ? -1 : 1)),
      }
    },

    members(request) {
      const { rows, counts } = totalsFor(request.totals)
      const isInRanges = (row: CustomerRow): boolean =>
        request.ranges.every(({ field, above, upTo }) => {
          const value = cell(row, field) as number | null
          return value !== null && (above === undefined || value > above) && (upTo === undefined || value <= upTo)
        })
      return tableOf(inOrder(rows.filter((row) => passes(row, request.where) && isInRanges(row)), request.order), request.select, counts)
    },

    bins(request) {
      const { rows, counts } = totalsFor(request.totals)
      const kept = rows.filter((row) => passes(row, request.where))
      const cuts = request.axes.map((axis) => cutsOf(axis, kept.map((row) => cell(row, axis.field))))
      const bins = new Map<string, { place: readonly Cell[]; rows: CustomerRow[] }>()
      if (request.axes.length === 0) bins.set('[]', { place: [], rows: [] })
      for (const row of kept) {
        const place = request.axes.map((axis, a): Cell => {
          const value = cell(row, axis.field)
          if (value === null || axis.cut === 'values') return value
          return (cuts[a] as readonly number[]).filter((cut) => cut < (value as number)).length
        })
        const key = JSON.stringify(place)
        const bin = bins.get(key) ?? { place, rows: [] }
        bin.rows.push(row)
        bins.set(key, bin)
      }
      const placeTypes = request.axes.map((axis) => (axis.cut === 'values' ? typeOf(axis.field) : INTEGER))
      const sorted = [...bins.values()].sort((a, b) => {
        for (let i = 0; i < placeTypes.length; i++) {
          const difference = compareCells(placeTypes[i] as FieldType, a.place[i] as Cell, b.place[i] as Cell, ASCENDING)
          if (difference !== 0) return difference
        }
        return 0
      })
      const sums = request.sums.flatMap((field) => [`${field} high`, `${field} low`])
      return {
        names: [...request.axes.map(({ field }) => field), 'customers', ...sums],
        kinds: [...placeTypes.map(columnKind), 'float64', ...sums.map(() => 'float64' as const)],
        rows: sorted.map((bin) => [...bin.place, bin.rows.length, ...request.sums.flatMap((field) => exactParts(bin.rows.map((row) => cell(row, field) as number | null)))]),
        cuts,
        counts,
      }
    },
  }
}

/** The cut of a rank: position `(n * of + in - 1) div in`, 1-based, of the values ascending. */
function cutsOf(axis: Axis, cells: readonly Cell[]): readonly number[] {
  if (axis.cut === 'values') return []
  if ('at' in axis.cut) return axis.cut.at
  const values = cells.filter((cell) => cell !== null) as number[]
  if (values.length === 0) return []
  values.sort((a, b) => compareValues(INTEGER, a, b))
  return axis.cut.ranks.map((rank: Rank) => values[Math.floor((values.length * rank.of + rank.in - 1) / rank.in) - 1] as number)
}

/** `high * 2^26 + low` of a sum without rounding; NULL is skipped. */
function exactParts(cells: readonly (number | null)[]): readonly [high: number, low: number] {
  let sum = 0n
  for (const cell of cells) if (cell !== null) sum += BigInt(cell)
  const low = ((sum % 67_108_864n) + 67_108_864n) % 67_108_864n
  return [Number((sum - low) / 67_108_864n), Number(low)]
}
