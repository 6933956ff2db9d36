import {
  checkScanRequest,
  checkSummaryRequest,
  CONTRACT_VERSION,
  decodeCursor,
  encodeCursor,
  fingerprintOf,
  type AdapterManifest,
  type Batch,
  type CallContext,
  type Column,
  type DataAdapter,
  type DataSchema,
  type Provenance,
  type ScanRequest,
  type StreamEnd,
  type SummaryRequest,
} from '@crm/core/adapter'
import { AdapterError, InvalidInputError } from '@crm/core/errors'
import type { SqlMapping, SqlScope } from '../compiler/mapping.ts'
import type { SqlModel, Value } from '../compiler/model.ts'
import { pairsPlan } from '../compiler/pairs.ts'
import { countPlan, scanPlan } from '../compiler/scan.ts'
import { render, sql, type Sql, type Statement } from '../compiler/sql.ts'
import { binsPlan, pagePlan } from '../compiler/summaries.ts'
import { META_COLUMNS } from '../compiler/totals.ts'
import { bindMapping, type CatalogColumn } from './bindMapping.ts'
import { soleValueRow, type ColumnShape } from './columnReader.ts'
import type { DuckdbChunk, DuckdbConnection, DuckdbResult } from './driver.ts'
import { duckdbDialect, duckdbDialectForBomStripping } from './duckdbDialect.ts'
import { Lanes, type Lane } from './lanes.ts'
import { BatchReader, headOf, readCuts, readMeta, valueAt } from './readAnswer.ts'
import { Stop } from './stop.ts'

/** Rows of one batch of a stream: large enough that a batch costs nothing, small enough to stop soon. */
const BATCH_ROWS = 65_536

export interface DuckdbAdapterOptions {
  /**
   * A connection of `@duckdb/node-api`, or several for as many calls at a time. They belong to the adapter while it
   * lives: it interrupts them. It does not close them.
   */
  readonly connection: DuckdbConnection | readonly DuckdbConnection[]
  readonly mapping: SqlMapping
  readonly scope: SqlScope
  /** IANA zone in which the shop counts its days. */
  readonly timeZone: string
  /** Shown in the manifest. Default `duckdb`. */
  readonly name?: string
}

/**
 * A data adapter over DuckDB tables or views, with all summaries pushed down.
 *
 * The mapping is checked against the live catalog once, here. Names in statements come from it and are quoted; values
 * travel as parameters; the scope is part of every statement.
 *
 * @throws InvalidInputError `MAPPING_INVALID`, `FIELD_RESERVED`, `OPTION_INVALID`, `TIME_ZONE_UNKNOWN`
 * @throws AdapterError when the engine cannot be asked
 * @example
 * const instance = await DuckDBInstance.create('shop.duckdb')
 * const adapter = await createDuckdbAdapter({ connection: await instance.connect(), timeZone: 'Europe/London', scope: { key: 'shop' }, mapping })
 */
export async function createDuckdbAdapter(options: DuckdbAdapterOptions): Promise<DataAdapter> {
  const connections = Array.isArray(options.connection) ? (options.connection as readonly DuckdbConnection[]) : [options.connection as DuckdbConnection]
  checkOptions(options, connections)
  const lanes = new Lanes(connections)
  const describe = (table: Sql): Promise<CatalogColumn[] | null> => describeTable(lanes, table)
  const dialect = (await stripsByteOrderMark(lanes)) ? duckdbDialectForBomStripping : duckdbDialect
  const model = await bindMapping(options.mapping, options.scope, options.timeZone, dialect, describe)
  const manifest: AdapterManifest = Object.freeze({
    contract: CONTRACT_VERSION,
    name: options.name ?? 'duckdb',
    scopeKey: options.scope.key,
    summaries: Object.freeze(model.sets.has('transactions') ? (['totals', 'bins', 'members', 'pairs'] as const) : model.sets.has('ratings') ? (['pairs'] as const) : []),
    snapshot: 'none',
    cancel: 'engine',
    maxConcurrency: connections.length,
    runs: 'elsewhere',
  })
  return new DuckdbAdapter(manifest, model, lanes)
}

class DuckdbAdapter implements DataAdapter {
  readonly manifest: AdapterManifest
  readonly #model: SqlModel
  readonly #lanes: Lanes
  readonly #running = new Set<Stop>()
  #isClosed = false

  constructor(manifest: AdapterManifest, model: SqlModel, lanes: Lanes) {
    this.manifest = manifest
    this.#model = model
    this.#lanes = lanes
  }

  async schema(context: CallContext): Promise<DataSchema> {
    const counts = await first(
      this.#call(
        context,
        () => {},
        async function* (lane, model) {
          const result = await lane.run(countPlan(model))
          yield await lane.fetch(result)
        },
      ),
    )
    const { schema } = this.#model
    const sets = schema.sets.map((set, i) => Object.freeze({ ...set, estimatedRows: counts === null ? null : Number(counts.getColumnVector(i).getItem(0)) }))
    return Object.freeze({ ...schema, sets: Object.freeze(sets) })
  }

  scan(request: ScanRequest, context: CallContext): AsyncIterable<Batch> {
    const check = (): void => {
      checkScanRequest(request, this.#model.schema)
      refuseSnapshot(request.snapshot)
    }
    return this.#call(context, check, (lane, model) => scan(request, lane, model))
  }

  summarise(request: SummaryRequest, context: CallContext): AsyncIterable<Batch> | null {
    if (!this.#model.sets.has('transactions') && !this.manifest.summaries.includes(request?.kind)) return null
    const check = (): void => {
      checkSummaryRequest(request, this.#model.schema)
      refuseSnapshot(request.snapshot)
    }
    return this.#call(context, check, (lane, model) => {
      if (request.kind === 'pairs') return pairs(request, lane, model)
      return request.kind === 'bins' ? bins(request, lane, model) : pages(request, lane, model)
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const stop of [...this.#running]) stop.stop(new AdapterError('ADAPTER_CLOSED'))
  }

  /** One call from its start to its end: waits for a connection, and gives it back however it ends. */
  async *#call<T>(context: CallContext, check: () => void, work: (lane: Lane, model: SqlModel) => AsyncGenerator<T>): AsyncGenerator<T, void, undefined> {
    if (this.#isClosed) throw new AdapterError('ADAPTER_CLOSED')
    const stop = new Stop(context)
    this.#running.add(stop)
    try {
      stop.throwIfStopped()
      check()
      const lane = await this.#lanes.acquire(stop)
      try {
        for await (const step of work(lane, this.#model)) {
          stop.throwIfStopped()
          yield step
          stop.throwIfStopped()
        }
      } finally {
        lane.done()
      }
    } finally {
      this.#running.delete(stop)
      stop.end()
    }
  }
}

/** No answer of this adapter names a snapshot, so one that is asked for is none of its own. */
function refuseSnapshot(snapshot: string | undefined): void {
  if (snapshot !== undefined) throw new AdapterError('SNAPSHOT_GONE')
}

const PROVENANCE: Provenance = Object.freeze({
  computedBy: 'backend',
  engine: duckdbDialect.engine,
  exactness: 'exact',
  completeness: Object.freeze({ kind: 'complete' }),
  snapshot: null,
})

async function* scan(request: ScanRequest, lane: Lane, model: SqlModel): AsyncGenerator<Batch> {
  const fingerprint = fingerprintOf(request)
  const plan = scanPlan(model, request, request.after === undefined ? null : decodeCursor(request.after, fingerprint))
  const shapes = [...plan.columns.map(({ name, nullable, value }) => ({ name, nullable, ...value })), ...sortShapes(plan.sorts)]
  const reader = new BatchReader(shapes)
  const result = await (plan.isBulk ? lane.stream(plan.statement) : lane.run(plan.statement))
  if (!plan.isBulk) return yield* page(reader, result, lane, plan.columns.length, request.limit, fingerprint, {})

  let seen = 0
  let total: number | null = null
  for (;;) {
    const chunk = await lane.fetch(result)
    if (chunk === null || chunk.rowCount === 0) break
    // The row with the total may stand in any place: engines may reorder a UNION ALL.
    const marker = soleValueRow(chunk.getColumnVector(shapes.length), chunk.rowCount)
    if (marker >= 0) total = Number(chunk.getColumnVector(shapes.length).getItem(marker))
    reader.append(chunk, 0, marker < 0 ? chunk.rowCount : marker)
    if (marker >= 0) reader.append(chunk, marker + 1, chunk.rowCount)
    seen += chunk.rowCount - (marker < 0 ? 0 : 1)
    if (reader.rows >= BATCH_ROWS) yield reader.take()
  }
  lane.ended()
  // node-api ends a stream that failed in the engine just like one that is exhausted.
  if (total !== seen) throw new AdapterError('INTERNAL', { details: { rowsExpected: total, rowsReceived: seen } })
  lane.done()
  yield { ...reader.take(), end: endOf(null, {}) }
}

async function* pages(request: Extract<SummaryRequest, { kind: 'totals' | 'members' }>, lane: Lane, model: SqlModel): AsyncGenerator<Batch> {
  const fingerprint = fingerprintOf(request)
  const plan = pagePlan(model, request, request.after === undefined ? null : decodeCursor(request.after, fingerprint))
  const shapes = [...plan.columns.map(({ name, value }) => ({ name, nullable: true, ...value })), ...sortShapes(plan.sorts)]
  const reader = new BatchReader(shapes, META_COLUMNS.length + 1)
  const result = await lane.run(plan.statement)
  const chunk = await someChunk(lane, result)
  const counts = readMeta(chunk)
  yield* page(reader, result, lane, plan.columns.length, request.limit, fingerprint, { counts }, chunk)
}

/** Reads a result that no longer needs its connection, in batches; with a limit, one row more than asked was read. */
async function* page(
  reader: BatchReader,
  result: DuckdbResult,
  lane: Lane,
  columns: number,
  limit: number | undefined,
  fingerprint: string,
  more: Pick<StreamEnd, 'counts'>,
  firstChunk?: DuckdbChunk,
): AsyncGenerator<Batch> {
  // A summary always has its row of counts; without customers nothing else stands in it.
  const isEmpty = firstChunk !== undefined && firstChunk.getColumnVector(META_COLUMNS.length).getItem(0) === null
  let chunk: DuckdbChunk | null = firstChunk ?? (await lane.fetch(result))
  while (chunk !== null && chunk.rowCount > 0 && !isEmpty) {
    reader.append(chunk, 0, chunk.rowCount)
    chunk = await lane.fetch(result)
    if (limit === undefined && reader.rows >= BATCH_ROWS && chunk !== null && chunk.rowCount > 0) {
      const { rows, columns: read } = reader.take()
      yield { rows, columns: read.slice(0, columns) }
    }
  }
  lane.done()
  const { rows, columns: read } = reader.take()
  if (limit === undefined || rows <= limit) return yield { rows, columns: read.slice(0, columns), end: endOf(null, more) }
  const next = encodeCursor(
    read.slice(columns).map((column) => valueAt(column, limit - 1)),
    fingerprint,
  )
  yield { rows: limit, columns: headOf({ columns: read.slice(0, columns) }, limit), end: endOf(next, more) }
}

async function* bins(request: Extract<SummaryRequest, { kind: 'bins' }>, lane: Lane, model: SqlModel): AsyncGenerator<Batch> {
  const plan = binsPlan(model, request)
  const result = await lane.run(plan.statement)
  let chunk: DuckdbChunk | null = await someChunk(lane, result)
  const counts = readMeta(chunk)
  const cuts = readCuts(plan, chunk, request.axes)
  const first = META_COLUMNS.length + plan.cuts.reduce((sum, { count }) => sum + count, 0)
  const reader = new BatchReader(
    plan.columns.map(({ name, value }) => ({ name, nullable: true, ...value })),
    first + 1,
  )
  if (chunk.getColumnVector(first).getItem(0) !== null) {
    while (chunk !== null && chunk.rowCount > 0) {
      reader.append(chunk, 0, chunk.rowCount)
      chunk = await lane.fetch(result)
    }
  }
  lane.done()
  const { rows, columns } = reader.take()
  normaliseParts(columns, request.axes.length + 1)
  yield { rows, columns, end: { ...endOf(null, { counts }), cuts } }
}

async function* pairs(request: Extract<SummaryRequest, { kind: 'pairs' }>, lane: Lane, model: SqlModel): AsyncGenerator<Batch> {
  const plan = pairsPlan(model, request)
  const reader = new BatchReader(
    plan.columns.map(({ name, value }) => ({ name, nullable: false, ...value })),
    META_COLUMNS.length + 1,
  )
  const result = await lane.run(plan.statement)
  const chunk = await someChunk(lane, result)
  const counts = readMeta(chunk)
  yield* page(reader, result, lane, plan.columns.length, undefined, '', { counts: request.weight === 'rating' ? [] : counts }, chunk)
}

/** `low` was added up over customers: what it holds above 2^26 belongs to `high`. */
function normaliseParts(columns: readonly Column[], from: number): void {
  for (let i = from; i + 1 < columns.length; i += 2) {
    const high = (columns[i] as Column & { values: Float64Array }).values
    const low = (columns[i + 1] as Column & { values: Float64Array }).values
    for (let row = 0; row < high.length; row++) {
      const carry = Math.floor((low[row] as number) / 67_108_864)
      high[row] = (high[row] as number) + carry
      low[row] = (low[row] as number) - carry * 67_108_864
    }
  }
}

function endOf(next: string | null, more: Pick<StreamEnd, 'counts'>): StreamEnd {
  return { next, provenance: PROVENANCE, ...more }
}

function sortShapes(sorts: readonly Pick<Value, 'type' | 'carrier'>[]): ColumnShape[] {
  return sorts.map((value, i) => ({ name: `order ${i}`, nullable: true, ...value }))
}

async function someChunk(lane: Lane, result: DuckdbResult): Promise<DuckdbChunk> {
  const chunk = await lane.fetch(result)
  if (chunk === null || chunk.rowCount === 0) throw new AdapterError('INTERNAL')
  return chunk
}

async function first<T>(steps: AsyncGenerator<T>): Promise<T> {
  const { value } = await steps.next()
  await steps.return(undefined)
  return value as T
}

/** Statements of the creation, which no caller can stop. */
async function withLane<T>(lanes: Lanes, work: (lane: Lane) => Promise<T>): Promise<T> {
  const stop = new Stop({ signal: new AbortController().signal, requestId: 'mapping' })
  const lane = await lanes.acquire(stop)
  try {
    return await work(lane)
  } finally {
    lane.done()
    stop.end()
  }
}

/** Asked rather than known by version: a driver that is mended later must not be sent two. */
function stripsByteOrderMark(lanes: Lanes): Promise<boolean> {
  return withLane(lanes, async (lane) => {
    const chunk = await someChunk(lane, await lane.run(statement(sql`SELECT chr(65279) || 'a'`)))
    return chunk.getColumnVector(0).getItem(0) === 'a'
  })
}

async function describeTable(lanes: Lanes, table: Sql): Promise<CatalogColumn[] | null> {
  try {
    return await withLane(lanes, async (lane) => {
      const columns: CatalogColumn[] = []
      const result = await lane.run(statement(sql`DESCRIBE ${table}`))
      for (;;) {
        const chunk = await lane.fetch(result)
        if (chunk === null || chunk.rowCount === 0) return columns
        const [name, type, nullable] = [0, 1, 2].map((i) => chunk.getColumnVector(i))
        for (let row = 0; row < chunk.rowCount; row++) columns.push({ name: name!.getItem(row) as string, type: type!.getItem(row) as string, nullable: nullable!.getItem(row) !== 'NO' })
      }
    })
  } catch (error) {
    // A table that is not there is the fault of the mapping; anything else is the engine's.
    if (error instanceof AdapterError && /^(?:Catalog|Binder|Parser) Error/.test(String((error.debug() as Error | undefined)?.message))) return null
    throw error
  }
}

function statement(fragment: Sql): Statement {
  return render(fragment, (position, kind) => duckdbDialect.placeholder(position, kind))
}

function checkOptions({ scope, timeZone, mapping }: DuckdbAdapterOptions, connections: readonly DuckdbConnection[]): void {
  const problem =
    connections.length === 0 || !connections.every((one) => typeof one?.prepare === 'function' && typeof one.interrupt === 'function')
      ? '"connection" is no connection of @duckdb/node-api, and no list of them'
      : typeof scope?.key !== 'string' || scope.key === ''
        ? '"scope" has no key'
        : typeof mapping !== 'object' || mapping === null
          ? '"mapping" is missing'
          : typeof timeZone !== 'string'
            ? '"timeZone" is missing'
            : null
  if (problem !== null) {
    throw new InvalidInputError('OPTION_INVALID', `The DuckDB adapter cannot be created: ${problem}. Nothing could be asked safely. Pass the options as the documentation shows.`)
  }
  try {
    new Intl.DateTimeFormat('en-US', { timeZone })
  } catch {
    throw new InvalidInputError(
      'TIME_ZONE_UNKNOWN',
      `The time zone ${JSON.stringify(timeZone)} is not known here. Days cannot be counted without it. Pass an IANA name such as "Europe/London".`,
    )
  }
}
