import type { Axis, DataField, DataSetName, Expr, FieldType, Order, PairsRequest, Range, Scalar, SummableMeasure, TotalsSpec } from '@crm/core/adapter'
import { HOSTILE_TEXTS, INJECTIONS } from '../data/hostileTexts.ts'
import { AS_OF, FROM } from '../data/mainSets.ts'
import { KIT_ZONES, UTC } from '../data/zones.ts'
import type { Random } from '../random.ts'
import type { Request, RequestKind } from '../subject.ts'
import type { Cell, KitData } from '../testkit.types.ts'

const DAY = 86_400_000
const MEASURES = ['firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines', 'meanOrderValue'] as const
const SUMMABLE = MEASURES.slice(0, 7) as readonly SummableMeasure[]

/** A field with values to filter by: those it holds, and some that it does not. */
interface Source {
  readonly name: string
  readonly type: FieldType
  readonly values: readonly Cell[]
}

/** A request of a kind over the data: any shape the contract allows, with values that hit. */
export function generateRequest(random: Random, data: KitData, kind: RequestKind): Request {
  if (kind === 'scan') {
    const set = random.pick(data.sets)
    const sources = sourcesOf(set.fields, set.rows)
    const select = someOf(random, sources.map(({ name }) => name), 1)
    // A third is a bulk read, a third is in order, a third comes in pages.
    const way = random.below(3)
    return {
      kind,
      set: set.name as DataSetName,
      select,
      ...whereOf(random, sources),
      ...(way === 0 ? {} : { order: orderOf(random, sources) }),
      ...(way === 2 ? { limit: limitOf(random) } : {}),
    }
  }
  const customers = data.sets.find(({ name }) => name === 'customers')
  const lines = data.sets.find(({ name }) => name === 'transactions')
  const ids = lines?.rows.map((row) => row[lines.fields.findIndex(({ name }) => name === 'customerId')] as Cell) ?? []
  const idType = lines?.fields.find(({ name }) => name === 'customerId')?.type ?? { kind: 'id' }
  const sources = [...(customers === undefined ? [{ name: 'customerId', type: idType, values: ids }] : sourcesOf(customers.fields, customers.rows)), ...MEASURES.map((name) => measureSource(random, name))]
  const base = { totals: specOf(random), ...whereOf(random, sources) }
  if (kind === 'totals') return { kind, ...base, ...(random.chance(0.5) ? { limit: limitOf(random) } : {}) }
  if (kind === 'pairs') return { kind, ...base, ...pairOf(random, data) }
  if (kind === 'bins') return { kind, ...base, axes: Array.from({ length: random.below(4) }, () => axisOf(random, random.pick(sources))), sums: someOf(random, SUMMABLE, 0) }
  return {
    kind,
    ...base,
    select: someOf(random, sources.map(({ name }) => name), 1),
    ranges: Array.from({ length: random.below(3) }, () => rangeOf(random, random.pick(sources.filter(({ type }) => isNumeric(type))))),
    order: orderOf(random, sources),
    limit: random.chance(0.5) ? 100_000 : limitOf(random),
  }
}

/** Targets that the set of the weights holds, and some that it does not; few seldom meet, so there are many. */
function pairOf(random: Random, data: KitData): Pick<PairsRequest, 'over' | 'weight' | 'targets'> {
  const over = random.pick(['customers', 'products'] as const)
  const weight = random.pick(['one', 'count', 'rating'] as const)
  const set = data.sets.find(({ name }) => name === (weight === 'rating' ? 'ratings' : 'transactions'))
  const place = set?.fields.findIndex(({ name }) => name === (over === 'customers' ? 'customerId' : 'productId')) ?? -1
  const source: Source = { name: over, type: set?.fields[place]?.type ?? { kind: 'id' }, values: set?.rows.map((row) => row[place] as Cell) ?? [] }
  return { over, weight, targets: [...new Set(Array.from({ length: random.pick([1, 2, 7, 40, 200]) }, () => String(scalarOf(random, source))))] }
}

function sourcesOf(fields: readonly DataField[], rows: readonly (readonly Cell[])[]): Source[] {
  return fields.map(({ name, type }, f) => ({ name, type, values: rows.map((row) => row[f] as Cell) }))
}

function measureSource(random: Random, name: (typeof MEASURES)[number]): Source {
  const numbers: Readonly<Record<string, () => number>> = {
    firstDay: () => Math.floor(FROM / DAY) + random.below(5700),
    lastDay: () => Math.floor(AS_OF / DAY) - random.below(5700),
    recencyDays: () => random.below(3000),
    orders: () => random.below(5),
    revenue: () => random.below(40_000) - 2000,
    returnedRevenue: () => random.below(2000),
    lines: () => random.below(8),
    meanOrderValue: () => random.below(80_000) / 8,
  }
  const type: FieldType = MEASURE_TYPES[name]
  return { name, type, values: Array.from({ length: 12 }, () => (numbers[name] as () => number)()) }
}

const MEASURE_TYPES: Readonly<Record<(typeof MEASURES)[number], FieldType>> = {
  firstDay: { kind: 'date' },
  lastDay: { kind: 'date' },
  recencyDays: { kind: 'integer' },
  orders: { kind: 'integer' },
  revenue: { kind: 'money', currency: 'EUR', scale: 2 },
  returnedRevenue: { kind: 'money', currency: 'EUR', scale: 2 },
  lines: { kind: 'integer' },
  meanOrderValue: { kind: 'number' },
}

const isNumeric = (type: FieldType): boolean => type.kind !== 'text' && type.kind !== 'id' && type.kind !== 'boolean'
const limitOf = (random: Random): number => random.pick([1, 2, 3, 7, 20, 64, 1000, 100_000])

/** At least `least` of them, in any order; seldom all. */
function someOf<Item>(random: Random, items: readonly Item[], least: number): Item[] {
  return random.shuffled(items).slice(0, Math.max(least, random.below(Math.min(items.length, 5) + 1)))
}

function specOf(random: Random): TotalsSpec {
  const zone = random.pick(KIT_ZONES)
  const asOf = random.pick([AS_OF, AS_OF - random.below(5000) * DAY - random.below(DAY), zone.changeAt + random.below(3) - 1, AS_OF + 1])
  return {
    asOf,
    ...(random.chance(0.5) ? { from: Math.min(asOf, random.pick([FROM, FROM + 1, asOf - random.below(2000) * DAY, zone.changeAt - DAY])) } : {}),
    zone: random.chance(0.3) ? UTC : zone.offsets,
    order: random.pick(['orderId', 'orderId', 'day', 'line']),
    returns: random.pick(['net', 'drop']),
  }
}

function whereOf(random: Random, sources: readonly Source[]): { where?: Expr } {
  return random.chance(0.25) ? {} : { where: exprOf(random, sources, 3) }
}

function exprOf(random: Random, sources: readonly Source[], depth: number): Expr {
  const shape = random.below(depth === 0 ? 6 : 10)
  if (shape >= 8) return { op: 'not', of: exprOf(random, sources, depth - 1) }
  if (shape >= 6) return { op: random.pick(['and', 'or']), of: Array.from({ length: random.below(4) }, () => exprOf(random, sources, depth - 1)) }
  const source = random.pick(sources)
  const { name: field, type } = source
  if (shape === 0) return { op: 'isNull', field }
  if (shape === 1) return { op: 'in', field, values: Array.from({ length: random.pick([0, 1, 3, 20]) }, () => scalarOf(random, source)) }
  if ((type.kind === 'text' || type.kind === 'id') && shape < 4) return { op: random.pick(['startsWith', 'contains']), field, value: pieceOf(random, source), fold: random.pick(['none', 'ascii']) }
  if (type.kind === 'boolean') return { op: random.pick(['eq', 'ne']), field, value: scalarOf(random, source) }
  return { op: random.pick(['eq', 'ne', 'lt', 'le', 'gt', 'ge']), field, value: scalarOf(random, source) }
}

/** A value that fits the field: mostly one that it holds. */
function scalarOf(random: Random, { type, values }: Source): Scalar {
  const held = values.length === 0 ? null : random.pick(values)
  if (type.kind === 'boolean') return random.chance(0.5)
  if (type.kind === 'id' && type.numericId === true) return held ?? String(random.below(1000))
  if (type.kind === 'id' || type.kind === 'text') return held !== null && random.chance(0.8) ? held : random.pick([...HOSTILE_TEXTS, ...INJECTIONS])
  if (held !== null && random.chance(0.7)) return held
  return ((held as number | null) ?? random.below(100)) + random.pick([0.5, -0.5, 1, -1, 0])
}

function pieceOf(random: Random, source: Source): string {
  const text = String(source.values.length === 0 ? '' : (random.pick(source.values) ?? ''))
  const start = random.chance(0.5) ? 0 : random.below(text.length + 1)
  // By code point: a piece must not end in half an emoji.
  return [...text].slice(start, start + random.below(4)).join('')
}

function orderOf(random: Random, sources: readonly Source[]): Order[] {
  return random
    .shuffled(sources)
    .slice(0, random.below(4))
    .map(({ name }) => ({ field: name, direction: random.pick(['ascending', 'descending']), nulls: random.pick(['first', 'last']) }))
}

function axisOf(random: Random, source: Source): Axis {
  const { name: field, type } = source
  if (!isNumeric(type)) return { field, cut: 'values' }
  if (type.kind === 'integer' && random.chance(0.2)) return { field, cut: 'values' }
  if (random.chance(0.5)) {
    const k = random.pick([2, 3, 4, 5, 10])
    return { field, cut: { ranks: Array.from({ length: k - 1 }, (_, i) => ({ of: i + 1, in: k })) } }
  }
  return { field, cut: { at: Array.from({ length: random.below(5) }, () => scalarOf(random, source) as number).sort((a, b) => a - b) } }
}

function rangeOf(random: Random, source: Source): Range {
  return { field: source.name, ...(random.chance(0.6) ? { above: scalarOf(random, source) as number } : {}), ...(random.chance(0.6) ? { upTo: scalarOf(random, source) as number } : {}) }
}
