/**
 * Adapters with one planted fault each, over the memory adapter: what goes wrong in real adapters. The kit must catch
 * every one of them.
 */
import type { Axis, Batch, Column, DataAdapter, Expr, PairsRequest, TotalsSpec } from '@crm/core/adapter'
import { AdapterError, InvalidInputError, isCrmError } from '@crm/core/errors'
import { CANARY } from '../data/mainSets.ts'
import type { KitData } from '../testkit.types.ts'
import { allBatches, isScan, onBatches, onColumns, onContext, onLeaves, onNumbers, onRequests, onStreams, onTexts, takeRows, wrap } from './faultTools.ts'
import type { AnyRequest } from './faultTools.ts'

export interface Fault {
  readonly name: string
  /** Called once per suite; what it returns wraps each adapter of the suite. */
  readonly plant: () => (inner: DataAdapter, data: KitData) => DataAdapter
  /** Faults that hang are waited for this long. */
  readonly patienceMs?: number
}

const DAY = 86_400_000
const fault = (name: string, wrapOne: (inner: DataAdapter, data: KitData) => DataAdapter): Fault => ({ name, plant: () => wrapOne })
/** Leaves specs that make no sense as they are: the fault must be caught by what it does to good ones. */
const rewriteSpec = (inner: DataAdapter, rewrite: (spec: TotalsSpec) => TotalsSpec): DataAdapter =>
  onRequests(inner, (request) => ('totals' in request && isSound(request.totals) ? { ...request, totals: rewrite(request.totals) } : request))

export const FAULTS: readonly Fault[] = [
  // Pages and order
  fault('drops the last page', (inner) => onBatches(inner, (batch, request) => ('after' in request && request.after !== undefined && batch.end?.next === null ? takeRows(batch, []) : batch))),
  fault('breaks ties by the key descending', (inner) =>
    onRequests(inner, (request) => {
      if (!isScan(request) || request.set !== 'customers' || !request.order?.length || request.order.some(({ field }) => field === 'customerId')) return request
      return { ...request, order: [...request.order, { field: 'customerId', direction: 'descending', nulls: 'last' }] }
    }),
  ),
  {
    name: 'breaks ties differently from call to call',
    plant: () => {
      let calls = 0
      return (inner) =>
        onBatches(inner, (batch, request) => {
          if (!isScan(request) || request.order === undefined || request.limit !== undefined || ++calls % 2 === 0 || batch.rows < 2) return batch
          return takeRows(batch, [1, 0, ...Array.from({ length: batch.rows - 2 }, (_, i) => i + 2)])
        })
    },
  },
  fault('puts NULLs last under descending', (inner) =>
    onRequests(inner, (request) => ('order' in request && Array.isArray(request.order) ? { ...request, order: request.order.map((one) => (one.direction === 'descending' ? { ...one, nulls: 'last' } : one)) } : request)),
  ),
  fault('orders text by UTF-16 units', (inner) => onBatches(inner, (batch, request) => sortedByUtf16(batch, request, 'name'))),
  fault('orders numeric ids as text', (inner, data) => (data.variant === 'days' ? onBatches(inner, (batch, request) => sortedByUtf16(batch, request, 'referrerId')) : inner)),
  fault('accepts the cursor of another request', (inner) => offsetCursors(inner)),
  {
    name: 'serves the first page again from a cache',
    plant: () => (inner) => {
      const cache = new Map<string, Batch[]>()
      return onStreams(inner, async function* (open, request) {
        const { after, ...rest } = request as AnyRequest & { after?: string }
        const key = JSON.stringify(rest)
        const known = after === undefined ? undefined : cache.get(key)
        const answer = known ?? (await allBatches(open()))
        cache.set(key, answer)
        yield* answer
      })
    },
  },

  // Values
  fault('truncates money that went through a float', (inner) => onColumns(inner, (column, c, request) => (column.kind === 'float64' && isMoney(c, request) ? { ...column, values: column.values.map((value) => Math.trunc((value / 100) * 100)) } : column))),
  fault('keeps integers in 32 bits', (inner) => onColumns(inner, (column, c, request) => (column.kind === 'float64' && isScan(request) && request.select[c] === 'level' ? { ...column, values: column.values.map((value) => value | 0) } : column))),
  fault('gives -0', (inner) => onNumbers(inner, (value, isNull) => (value === 0 && !isNull ? -0 : value))),
  fault('holds NaN at NULL places', (inner) => onNumbers(inner, (value, isNull) => (isNull ? NaN : value))),
  fault('gives NULL as 0', (inner) => onColumns(inner, (column) => (column.kind === 'float64' ? { kind: 'float64', values: column.values } : column))),
  fault('gives NULL as false', (inner) => onColumns(inner, (column) => (column.kind === 'boolean' ? { kind: 'boolean', values: column.values } : column))),
  fault('takes the empty text for NULL', (inner) => onColumns(inner, (column) => (column.kind === 'text' ? { ...column, codes: column.codes.map((code) => (code >= 0 && column.dictionary[code] === '' ? -1 : code)) } : column))),
  fault('normalises text', (inner) => onTexts(inner, (text) => text.normalize('NFC'))),
  fault('cuts blanks off the end of text', (inner) => onTexts(inner, (text) => text.replace(/ +$/, ''))),
  fault('replaces lone surrogates', (inner) => onTexts(inner, (text) => text.replace(/\p{Surrogate}/gu, '\ufffd'))),
  fault('ends text at NUL', (inner) => onTexts(inner, (text) => text.split('\u0000')[0] as string)),
  fault('loses the field __proto__', (inner) =>
    wrap(inner, {
      schema: async (context) => {
        const schema = await inner.schema(context)
        return { ...schema, sets: schema.sets.map((set) => ({ ...set, fields: set.fields.filter(({ name }) => name !== '__proto__') })) }
      },
    }),
  ),
  fault('loses a shard and says complete', (inner) => onBatches(inner, (batch, request) => (isScan(request) && request.order === undefined && batch.rows > 5 ? takeRows(batch, Array.from({ length: batch.rows }, (_, i) => i).filter((i) => i % 5 !== 4)) : batch))),

  // Filters
  fault('lets NULL pass not in', (inner) =>
    onRequests(inner, (request) => (request.where === undefined ? request : { ...request, where: mapNots(request.where, (of) => (of.op === 'in' ? { op: 'or', of: [{ op: 'not', of }, { op: 'isNull', field: of.field }] } : null)) })),
  ),
  fault('knows two truth values only', (inner) =>
    onRequests(inner, (request) =>
      request.where === undefined ? request : { ...request, where: mapNots(request.where, (of) => ('field' in of && of.op !== 'in' && of.op !== 'isNull' ? { op: 'or', of: [{ op: 'not', of }, { op: 'isNull', field: of.field }] } : null)) },
    ),
  ),
  fault('takes an empty list for unknown', (inner) =>
    onLeaves(inner, (leaf) => (leaf.op === 'in' && leaf.values?.length === 0 && ['name', 'level', 'active'].includes(leaf.field) ? { op: 'not', of: unknownForNull(leaf.field) } : leaf)),
  ),
  fault('reads % and _ as wildcards', (inner, data) => onLeaves(inner, (leaf, request) => textMatch(leaf, request, data, (text, value, op) => likePattern(value, op).test(text)))),
  fault('folds more than A-Z', (inner, data) =>
    onLeaves(inner, (leaf, request) =>
      textMatch(leaf, request, data, (text, value, op, fold) => {
        const [a, b] = fold === 'ascii' ? [text.toLowerCase(), value.toLowerCase()] : [text, value]
        return literalPattern(b, op).test(a)
      }),
    ),
  ),
  fault('finds half of an emoji', (inner, data) => onLeaves(inner, (leaf, request) => textMatch(leaf, request, data, (text, value, op) => (op === 'contains' ? text.includes(value) : text.startsWith(value))))),
  fault('ignores case in equality', (inner, data) =>
    onLeaves(inner, (leaf, request) => {
      if (leaf.op !== 'eq' || leaf.field !== 'name' || typeof leaf.value !== 'string' || !isCustomers(request)) return leaf
      const wanted = leaf.value.toLowerCase()
      return { op: 'in', field: 'name', values: namesIn(data).filter((text) => text.toLowerCase() === wanted) }
    }),
  ),
  fault('rounds a fraction to compare it with integers', (inner) => onLeaves(inner, (leaf) => ('value' in leaf && typeof leaf.value === 'number' && leaf.field === 'level' ? ({ ...leaf, value: Math.round(leaf.value) } as Expr) : leaf))),

  // Totals
  fault('counts lines as orders', (inner) => rewriteSpec(inner, (spec) => ({ ...spec, order: 'line' }))),
  fault('counts days in UTC', (inner) => rewriteSpec(inner, (spec) => ({ ...spec, zone: [{ since: 0, offsetMinutes: 0 }] }))),
  fault('counts days by the offset of today', (inner) => rewriteSpec(inner, (spec) => ({ ...spec, zone: spec.zone.slice(-1) }))),
  fault('takes no offset before the first change', (inner) => rewriteSpec(inner, (spec) => ({ ...spec, zone: [{ since: -8e15, offsetMinutes: 0 }, ...spec.zone] }))),
  fault('takes asOf to the end of its day', (inner) => rewriteSpec(inner, (spec) => ({ ...spec, asOf: Math.floor(spec.asOf / DAY) * DAY + DAY - 1 }))),
  fault('leaves out a line at from', (inner) => rewriteSpec(inner, (spec) => (spec.from === undefined || spec.from >= spec.asOf ? spec : { ...spec, from: spec.from + 1 }))),
  fault('nets returns although they are dropped', (inner) => rewriteSpec(inner, (spec) => ({ ...spec, returns: 'net' }))),
  fault('leaves prospects out', (inner) =>
    onRequests(inner, (request) => ('totals' in request ? { ...request, where: { op: 'and', of: [...(request.where === undefined ? [] : [request.where]), { op: 'gt', field: 'lines', value: 0 }] } } : request)),
  ),
  fault('swallows the counts', (inner) => onBatches(inner, ({ end, ...batch }) => (end === undefined ? batch : { ...batch, end: { next: end.next, provenance: end.provenance, ...(end.cuts === undefined ? {} : { cuts: end.cuts }) } }))),
  fault('narrows the counts by the filter', (inner) => onBatches(inner, (batch, request) => (!isScan(request) && request.where !== undefined && batch.end?.counts !== undefined ? { ...batch, end: { ...batch.end, counts: batch.end.counts.slice(1) } } : batch))),

  // Bins and members
  fault('takes the rank above where n times p is whole', (inner) => ranksOneOff(inner)),
  fault('puts a value on the cut into the upper bin', (inner) => onAxes(inner, (axis) => (axis.cut !== 'values' && 'at' in axis.cut ? { ...axis, cut: { at: axis.cut.at.map((cut) => cut - Math.abs(cut) * Number.EPSILON) } } : axis))),
  fault('cuts before it filters', (inner) => cutsBeforeFilter(inner)),
  fault('puts NULL into the first bin', (inner) => onColumns(inner, (column, c, request) => ('axes' in request && c < request.axes.length && column.kind === 'float64' ? { kind: 'float64', values: column.values } : column))),
  fault('adds up in floats', (inner) =>
    onBatches(inner, (batch, request) => {
      if (!('axes' in request)) return batch
      const columns = [...batch.columns]
      for (let c = request.axes.length + 1; c < columns.length; c += 2) {
        const [high, low] = [columns[c], columns[c + 1]]
        if (high?.kind !== 'float64' || low?.kind !== 'float64') continue
        const sums = high.values.map((value, i) => value * 2 ** 26 + (low.values[i] as number))
        columns[c] = { kind: 'float64', values: sums.map((sum) => Math.floor(sum / 2 ** 26)) }
        columns[c + 1] = { kind: 'float64', values: sums.map((sum) => sum - Math.floor(sum / 2 ** 26) * 2 ** 26) }
      }
      return { ...batch, columns }
    }),
  ),
  fault('sends no cuts', (inner) => onBatches(inner, (batch) => (batch.end?.cuts === undefined ? batch : { ...batch, end: { ...batch.end, cuts: [] } }))),
  fault('lets NULL lie in a range', (inner) =>
    onRequests(inner, (request) => {
      if (!('ranges' in request) || !Array.isArray(request.ranges)) return request
      const holds = request.ranges.map(({ field, above, upTo }): Expr => {
        const sides: Expr[] = [...(above === undefined ? [] : [{ op: 'gt', field, value: above } as const]), ...(upTo === undefined ? [] : [{ op: 'le', field, value: upTo } as const])]
        return { op: 'or', of: [{ op: 'isNull', field }, { op: 'and', of: sides }] }
      })
      return { ...request, ranges: [], where: { op: 'and', of: [...(request.where === undefined ? [] : [request.where]), ...holds] } }
    }),
  ),

  // Pairs
  fault('weighs every purchase as one', (inner) => onPairs(inner, (request) => (request.weight === 'count' ? { ...request, weight: 'one' } : request))),
  fault('counts the lines of a product instead of its orders', (inner) => onPairs(inner, (request) => (isSound(request.totals) ? { ...request, totals: { ...request.totals, order: 'line' } } : request))),
  fault('forgets where the window of pairs begins', (inner) =>
    onPairs(inner, (request) => {
      const { from: _from, ...totals } = request.totals
      return isSound(request.totals) ? { ...request, totals } : request
    }),
  ),
  fault('narrows customers as the compared, not as partners', (inner) =>
    onPairs(inner, (request) => {
      const { where, ...all } = request
      return request.over === 'products' && !namesLine(where) ? all : request
    }),
  ),
  fault('leaves out customers that only ratings know', (inner, data) =>
    onPairs(inner, (request) => {
      const known: Expr = { op: 'not', of: { op: 'isNull', field: 'tier' } }
      return request.weight === 'rating' && data.variant === 'main' ? { ...request, where: request.where === undefined ? known : { op: 'and', of: [request.where, known] } } : request
    }),
  ),
  fault('compares a target with itself', (inner) => onPairBatches(inner, (batch) => {
    const [target, other, ...numbers] = takeRows(batch, [0, ...rowsOf(batch)]).columns
    if (batch.rows === 0 || target?.kind !== 'text' || other?.kind !== 'text') return batch
    const text = target.dictionary[target.codes[0] as number] as string
    const known = other.dictionary.indexOf(text)
    const dictionary = known < 0 ? [...other.dictionary, text] : other.dictionary
    return { ...batch, rows: batch.rows + 1, columns: [target, { kind: 'text', codes: other.codes.with(0, known < 0 ? other.dictionary.length : known), dictionary }, ...numbers] }
  })),
  fault('leaves out pairs that share one partner', (inner) => onPairBatches(inner, (batch) => takeRows(batch, rowsOf(batch).filter((row) => numberAt(batch, 2, row) > 1)))),
  fault('takes x for y', (inner) => onPairBatches(inner, (batch) => withColumns(batch, [0, 1, 2, 4, 3, 5, 7, 6, 8, 9, 10, 11, 12, 13]))),
  fault('sums the other side over the partners shared alone', (inner) => onPairBatches(inner, (batch) => withColumns(batch, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2, 4, 7]))),
  fault('puts the most alike first', (inner) => onPairBatches(inner, (batch) => takeRows(batch, rowsOf(batch).sort((a, b) => numberAt(batch, 2, b) - numberAt(batch, 2, a))))),
  fault('orders numeric ids of pairs as text', (inner, data) => (data.variant === 'days' ? onPairBatches(inner, (batch) => takeRows(batch, rowsOf(batch).sort((a, b) => (idsAt(batch, a) < idsAt(batch, b) ? -1 : 1)))) : inner)),
  fault('does not count lines without a product', (inner) => onPairBatches(inner, (batch) => (batch.end?.counts === undefined ? batch : { ...batch, end: { ...batch.end, counts: batch.end.counts.filter(({ code }) => code !== 'LINES_WITHOUT_PRODUCT') } }))),
  fault('takes an unknown target for a mistake', (inner, data) =>
    onPairs(inner, (request) => {
      const known = new Set(data.sets.flatMap(({ rows }) => rows.flat()))
      if (Array.isArray(request.targets) && request.targets.length > 0 && new Set(request.targets).size === request.targets.length && !request.targets.every((target) => known.has(target))) throw new InvalidInputError('KEY_UNKNOWN', 'No such target.')
      return request
    }),
  ),

  // Streams and calls
  fault('ignores abort', (inner) => onContext(inner, (context) => ({ ...context, signal: new AbortController().signal }))),
  fault('hears an abort only before it starts', (inner) => onContext(inner, (context) => (context.signal.aborted ? context : { ...context, signal: new AbortController().signal }))),
  fault('loses the reason of an abort', (inner) =>
    onStreams(inner, async function* (open, _request, context) {
      try {
        yield* open()
      } catch (error) {
        throw context.signal.aborted ? new Error('The operation was aborted') : error
      }
    }),
  ),
  fault('ends quietly on abort', (inner) =>
    onStreams(inner, async function* (open, _request, context) {
      try {
        yield* open()
      } catch (error) {
        if (!context.signal.aborted) throw error
      }
    }),
  ),
  fault('ignores the deadline', (inner) => onContext(inner, ({ deadlineAt: _deadlineAt, ...context }) => context)),
  fault('sends no end', (inner) => onBatches(inner, ({ rows, columns }) => ({ rows, columns }))),
  fault('ends twice', (inner) =>
    onStreams(inner, async function* (open) {
      for await (const batch of open()) {
        yield batch
        if (batch.end !== undefined) yield takeRows(batch, [])
      }
    }),
  ),
  fault('sends rows after the end', (inner) =>
    onStreams(inner, async function* (open) {
      for await (const { end, ...batch } of open()) {
        yield end === undefined ? batch : { ...takeRows(batch, []), end }
        if (end !== undefined) yield batch
      }
    }),
  ),
  fault('sends columns longer than their batch', (inner) => onColumns(inner, (column) => (column.kind === 'float64' ? { kind: 'float64', values: Float64Array.of(...column.values, 0) } : column))),
  { ...fault('never answers when nothing is found', (inner) =>
    onStreams(inner, async function* (open) {
      for await (const batch of open()) {
        if (batch.rows === 0) await new Promise(() => undefined)
        yield batch
      }
    }),
  ), patienceMs: 250 },
  {
    name: 'keeps the place of a stream that was left early',
    patienceMs: 250,
    plant: () => (inner) => {
      let places = 16
      return onStreams(inner, async function* (open) {
        if (places === 0) await new Promise(() => undefined)
        places--
        try {
          yield* open()
        } catch (error) {
          places++
          throw error
        }
        places++
      })
    },
  },
  {
    name: 'mixes up calls that run at once',
    plant: () => (inner) => {
      let current: (() => AsyncIterable<Batch>) | null = null
      return onStreams(inner, async function* (open) {
        current = open
        await Promise.resolve()
        yield* current()
      })
    },
  },
  {
    name: 'uses its buffers again',
    plant: () => (inner) => {
      const buffers = new Map<number, Float64Array>()
      return onColumns(inner, (column) => {
        if (column.kind !== 'float64') return column
        const buffer = buffers.get(column.values.length) ?? new Float64Array(column.values.length)
        buffers.set(column.values.length, buffer)
        buffer.set(column.values)
        return { ...column, values: buffer }
      })
    },
  },
  fault('writes to the request', (inner) =>
    onStreams(inner, (open, request) => {
      if (!Object.isFrozen(request)) Object.assign(request, { snapshot: 'latest' })
      return open()
    }),
  ),

  // Manifest, errors, life
  fault('offers bins and answers null', (inner) => wrap(inner, { summarise: (request, context) => (request.kind === 'bins' ? null : (inner.summarise?.(request, context) ?? null)) })),
  fault('answers what it does not offer', (inner) => wrap(inner, { manifest: Object.freeze({ ...inner.manifest, summaries: Object.freeze([]) }) })),
  fault('leaves its manifest open to writing', (inner) => wrap(inner, { manifest: { ...inner.manifest, summaries: [...inner.manifest.summaries] } })),
  fault('takes any snapshot for the latest', (inner) =>
    onRequests(inner, (request) => {
      const { snapshot: _snapshot, ...rest } = request
      return rest as typeof request
    }),
  ),
  fault('names another type in the schema', (inner) =>
    wrap(inner, {
      schema: async (context) => {
        const schema = await inner.schema(context)
        return { ...schema, sets: schema.sets.map((set) => ({ ...set, fields: set.fields.map((field) => (field.type.kind === 'money' ? { ...field, type: { ...field.type, scale: 2 } } : field)) })) }
      },
    }),
  ),
  fault('throws what the engine says', (inner) =>
    onErrors(inner, (_error, request) => new Error(`Binder Error: SELECT * FROM customers WHERE ${JSON.stringify('where' in request ? request.where : null)}`)),
  ),
  fault('tells values in its messages', (inner) => onErrors(inner, (error, request) => (isCrmError(error) && error.name === 'InvalidInputError' ? new InvalidInputError(error.code as never, `${error.message} The request was ${JSON.stringify(request).slice(0, 500)}.`) : error))),
  fault('tells ids in the details', (inner) => onErrors(inner, (error) => (isCrmError(error) && error.code === 'MONEY_RANGE' ? new InvalidInputError(error.code as never, error.message, { customerId: `${CANARY}-over` }) : error))),
  fault('turns every error into INTERNAL', (inner) => onErrors(inner, (error, _request, aborted) => (aborted ? error : new AdapterError('INTERNAL', { cause: error })))),
  fault('answers after close', (inner) => wrap(inner, { close: () => Promise.resolve() })),
  fault('fails when it is closed twice', (inner) => {
    let closes = 0
    return wrap(inner, { close: () => (++closes > 1 ? Promise.reject(new Error('already closed')) : inner.close()) })
  }),
  {
    name: 'closes the engine of the others',
    plant: () => {
      const all: DataAdapter[] = []
      return (inner, data) => {
        if (data.variant === 'days') all.push(inner)
        return wrap(inner, { close: async () => void (await Promise.all([inner, ...(data.variant === 'days' ? all : [])].map((one) => one.close()))) })
      }
    },
  },
]

/** Rewrites requests for pairs, and leaves those that make no sense as they are. */
function onPairs(inner: DataAdapter, rewrite: (request: PairsRequest) => PairsRequest): DataAdapter {
  return onStreams(inner, async function* (open, request) {
    yield* open('targets' in request ? rewrite(request) : request)
  })
}

function onPairBatches(inner: DataAdapter, map: (batch: Batch) => Batch): DataAdapter {
  return onBatches(inner, (batch, request) => ('targets' in request ? map(batch) : batch))
}

const rowsOf = ({ rows }: Batch): number[] => Array.from({ length: rows }, (_, row) => row)

function withColumns(batch: Batch, order: readonly number[]): Batch {
  return { ...batch, columns: order.map((c) => structuredClone(batch.columns[c] as Column)) }
}

function numberAt({ columns }: Batch, c: number, row: number): number {
  const column = columns[c]
  return column?.kind === 'float64' ? (column.values[row] as number) : NaN
}

/** Target and other as one text. */
function idsAt({ columns }: Batch, row: number): string {
  return columns.slice(0, 2).map((column) => (column.kind === 'text' ? column.dictionary[column.codes[row] as number] : '')).join(' ')
}

/** A filter that must be refused stays. */
function namesLine(where: Expr | undefined): boolean {
  return JSON.stringify(where ?? null).includes('productId') || JSON.stringify(where ?? null).includes('noSuchField')
}

function isSound({ asOf, from, zone, order, returns }: TotalsSpec): boolean {
  const ascends = zone.length > 0 && zone.every(({ since }, i) => i === 0 || since > (zone[i - 1]?.since ?? since))
  return Number.isInteger(asOf) && (from ?? asOf) <= asOf && ascends && ['orderId', 'day', 'line'].includes(order) && ['net', 'drop'].includes(returns)
}

function isMoney(column: number, request: AnyRequest): boolean {
  if (isScan(request)) return ['amount', 'price', 'cost', 'credit'].includes(request.select[column] ?? '')
  return request.kind === 'totals' && (column === 5 || column === 6)
}

const isCustomers = (request: AnyRequest): boolean => !isScan(request) || request.set === 'customers'

function namesIn(data: KitData): string[] {
  const set = data.sets.find(({ name }) => name === 'customers')
  const place = set?.fields.findIndex(({ name }) => name === 'name') ?? -1
  return [...new Set(set?.rows.map((row) => row[place]).filter((cell) => typeof cell === 'string'))]
}

/** Sorts a whole answer by one of its text columns, when that is the first thing asked for. */
function sortedByUtf16(batch: Batch, request: AnyRequest, field: string): Batch {
  if (!isScan(request) || request.limit !== undefined || request.order?.[0]?.field !== field) return batch
  const column = batch.columns[request.select.indexOf(field)]
  if (column?.kind !== 'text') return batch
  const rows = Array.from({ length: batch.rows }, (_, i) => i)
  const sign = request.order[0].direction === 'ascending' ? 1 : -1
  const textAt = (row: number): string => column.dictionary[column.codes[row] as number] as string
  const isNull = (row: number): boolean => column.codes[row] === -1
  rows.sort((a, b) => (isNull(a) || isNull(b) ? 0 : textAt(a) < textAt(b) ? -sign : textAt(a) > textAt(b) ? sign : 0))
  return takeRows(batch, rows)
}

/** Cursors that are offsets: right for the same request, silent for any other. */
function offsetCursors(inner: DataAdapter): DataAdapter {
  return onStreams(inner, async function* (open, request) {
    const { after, limit, ...rest } = request as AnyRequest & { after?: string; limit?: number }
    if (limit === undefined && after === undefined) return yield* open()
    if (limit !== undefined && !(Number.isInteger(limit) && limit > 0 && limit <= 100_000)) return yield* open()
    const [all] = await allBatches(open({ ...rest, limit: 100_000 } as AnyRequest))
    const start = Number(after ?? 0) || 0
    const size = limit ?? Infinity
    const { end, ...batch } = all as Batch
    const rows = Array.from({ length: batch.rows }, (_, i) => i).slice(start, start + size)
    yield { ...takeRows(batch, rows), end: { ...(end as NonNullable<Batch['end']>), next: start + size < batch.rows ? String(start + size) : null } }
  })
}

function mapNots(expr: Expr, map: (of: Expr) => Expr | null): Expr {
  if (typeof expr !== 'object' || expr === null) return expr
  if (expr.op === 'not') return typeof expr.of === 'object' ? (map(expr.of) ?? { op: 'not', of: mapNots(expr.of, map) }) : expr
  if (expr.op === 'and' || expr.op === 'or') return Array.isArray(expr.of) ? { op: expr.op, of: expr.of.map((part) => mapNots(part, map)) } : expr
  return expr
}

/** Unknown for NULL, true for the rest; for the fields that the kit asks with an empty list. */
function unknownForNull(field: string): Expr {
  if (field === 'active') return { op: 'or', of: [{ op: 'eq', field, value: true }, { op: 'ne', field, value: true }] }
  const value = field === 'name' ? '' : 0
  return { op: 'or', of: [{ op: 'le', field, value }, { op: 'gt', field, value }] }
}

function textMatch(leaf: Expr, request: AnyRequest, data: KitData, matches: (text: string, value: string, op: 'startsWith' | 'contains', fold: 'none' | 'ascii') => boolean): Expr {
  if ((leaf.op !== 'contains' && leaf.op !== 'startsWith') || leaf.field !== 'name' || typeof leaf.value !== 'string' || !isCustomers(request)) return leaf
  if (leaf.fold !== 'none' && leaf.fold !== 'ascii') return leaf
  // Never an empty list: it would be false for NULL, which is a fault of its own.
  const fold = (text: string): string => (leaf.fold === 'ascii' ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text)
  return { op: 'in', field: 'name', values: ['no such name', ...namesIn(data).filter((text) => matches(fold(text), fold(leaf.value), leaf.op, leaf.fold))] }
}

function likePattern(value: string, op: 'startsWith' | 'contains'): RegExp {
  return patternOf([...value].map((char) => (char === '%' ? '[^]*' : char === '_' ? '[^]' : literal(char))).join(''), op)
}

function literalPattern(value: string, op: 'startsWith' | 'contains'): RegExp {
  return patternOf([...value].map(literal).join(''), op)
}

/** `u` compares whole code points. */
const patternOf = (pattern: string, op: 'startsWith' | 'contains'): RegExp => new RegExp((op === 'contains' ? '' : '^') + pattern, 'u')
const literal = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')

function onAxes(inner: DataAdapter, map: (axis: Axis) => Axis): DataAdapter {
  return onRequests(inner, (request) => ('axes' in request && Array.isArray(request.axes) ? { ...request, axes: request.axes.map(map) } : request))
}

/** ClickHouse's `quantileExact` against DuckDB's `quantile_disc`: position `floor(n * p) + 1`. */
function ranksOneOff(inner: DataAdapter): DataAdapter {
  return onStreams(inner, async function* (open, request, context) {
    if (!('axes' in request)) return yield* open()
    const axes: Axis[] = []
    for (const axis of request.axes) {
      if (axis.cut === 'values' || !('ranks' in axis.cut) || axis.field === 'name' || axis.field === 'email' || !axis.cut.ranks.every((rank) => Number.isInteger(rank.of) && rank.of > 0 && rank.of < rank.in && rank.in <= 10_000)) {
        axes.push(axis)
        continue
      }
      const { totals, where } = request
      const sorted = inner.summarise?.({ kind: 'members', totals, ...(where === undefined ? {} : { where }), select: [axis.field], ranges: [{ field: axis.field }], order: [{ field: axis.field, direction: 'ascending', nulls: 'last' }], limit: 100_000 }, context)
      const column = (await allBatches(sorted as AsyncIterable<Batch>))[0]?.columns[0]
      const values = column?.kind === 'float64' ? column.values : new Float64Array()
      axes.push({ ...axis, cut: { at: values.length === 0 ? [] : axis.cut.ranks.map((rank) => values[Math.floor((values.length * rank.of) / rank.in)] as number) } })
    }
    yield* open({ ...request, axes })
  })
}

function cutsBeforeFilter(inner: DataAdapter): DataAdapter {
  return onStreams(inner, async function* (open, request) {
    if (!('axes' in request) || request.where === undefined) return yield* open()
    const { where: _where, ...all } = request
    const cuts = (await allBatches(open(all))).at(-1)?.end?.cuts ?? []
    yield* open({ ...request, axes: request.axes.map((axis, a) => (axis.cut === 'values' ? axis : { ...axis, cut: { at: cuts[a] as readonly number[] } })) })
  })
}

function onErrors(inner: DataAdapter, map: (error: unknown, request: AnyRequest, aborted: boolean) => unknown): DataAdapter {
  return onStreams(inner, async function* (open, request, context) {
    try {
      yield* open()
    } catch (error) {
      throw map(error, request, context.signal.aborted)
    }
  })
}
