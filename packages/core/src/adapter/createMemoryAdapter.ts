import { AdapterError } from '../errors/index.ts'
import { binsBatches } from '../shared/binsBatches.ts'
import { checkScanRequest, checkSummaryRequest } from '../shared/checkRequest.ts'
import { localProvenance } from '../shared/localProvenance.ts'
import { membersBatches } from '../shared/membersBatches.ts'
import { createResidentBuilder } from '../shared/resident.ts'
import { shareSteps } from '../shared/shareSteps.ts'
import { runPaced, type Pace } from '../shared/steps.ts'
import { totalsBatches } from '../shared/totalsBatches.ts'
import { resolveZone } from '../shared/resolveZone.ts'
import { viewOf } from '../shared/columns.ts'
import type { Batch, CallContext, DataAdapter, DataChange, DataSetName, PairsRequest, ResidentColumns, ScanRequest, Steps, SummaryRequest } from './contract.ts'
import type { MemoryAdapterOptions, MemorySet, RowKey } from './memory.types.ts'
import { summarisePairs } from './memoryPairs.ts'
import { scanSet, type ScanSteps } from './memoryScan.ts'
import { createMemoryStore, type MemoryState } from './memoryStore.ts'

/** An adapter over data in memory that can be changed. */
export interface MemoryAdapter extends DataAdapter {
  /**
   * Adds rows or columns to one set and announces the change. All or nothing: a row that is refused leaves the data as
   * they were. Later answers equal those of an adapter made with all rows at once.
   */
  append(set: DataSetName, added: MemorySet): Promise<void>
  /**
   * Removes rows of one set by their keys and announces the change: a deleted order, by its `lineId`s. All or nothing.
   * Later answers equal those of an adapter made without these rows, save that lines keep ids that were made for them.
   * Rows of other sets stay, and so may texts in memory: a person is removed by {@link MemoryAdapter.forget}.
   *
   * @throws InvalidInputError `KEY_UNKNOWN`, `KEY_DUPLICATE`; UnsupportedError `SET_MISSING`
   */
  remove(set: DataSetName, keys: readonly RowKey[]): Promise<void>
  /** Removes a person's rows from all sets, and their texts from memory. Later answers equal those without them. */
  forget(customerId: string): Promise<void>
}

const SUMMARIES: readonly SummaryRequest['kind'][] = Object.freeze(['totals', 'bins', 'members', 'pairs'] as const)

/** Rows of a set handed to the resident builder at once. */
const LOAD_ROWS = 32_768

/**
 * Answers the whole contract from rows or columns in memory: the reference that other adapters are compared with.
 *
 * Reads and checks everything before it returns: 200,000 rows of five fields take 0.2 s, columns a third of it. A page
 * that must not stand still meanwhile begins with `data: {}` and passes the sets to `append`, which works in slices.
 *
 * @param options `timeZone`, `currency` and the data; see {@link MemoryAdapterOptions}
 * @throws InvalidInputError naming the row and field: `ID_MISSING`, `KEY_DUPLICATE`, `VALUE_NOT_FINITE`, `NOT_INTEGER`,
 * `DATE_INVALID`, `FIELD_TYPE`, `FIELD_RESERVED`, `FIELD_DUPLICATE`, `FIELD_UNKNOWN`, `ID_NOT_NUMERIC`, `LENGTH_MISMATCH`,
 * `SET_UNKNOWN`, `TIME_ZONE_UNKNOWN`, `OPTION_INVALID`
 * @throws DataContractError `CURRENCY_MIXED` with the count
 * @example
 * const adapter = createMemoryAdapter({
 *   timeZone: 'Europe/London',
 *   currency: 'GBP',
 *   data: { transactions: [{ customerId: 'ann', orderId: 'o1', at: '2024-05-01', amount: 1250 }] },
 * })
 */
export function createMemoryAdapter(options: MemoryAdapterOptions): MemoryAdapter {
  const { name = 'memory', scopeKey = 'memory', now = Date.now } = options
  resolveZone(options.timeZone, 0, 0) // an unknown zone fails here, not in the first widget
  const store = createMemoryStore(options)
  const life = new AbortController()
  const listeners = new Set<(change: DataChange) => void>()
  const residents = new WeakMap<MemoryState, () => Steps<ResidentColumns>>()
  let changing: Promise<unknown> = Promise.resolve()

  /** Throws when the call has no right to go on. */
  const check = ({ signal, deadlineAt }: CallContext): void => {
    if (life.signal.aborted) throw new AdapterError('ADAPTER_CLOSED')
    signal.throwIfAborted()
    if (deadlineAt !== undefined && now() >= deadlineAt) throw new AdapterError('DEADLINE_EXCEEDED')
  }
  const paceOf = (context: CallContext): Pace => ({
    signal: context.signal,
    breathe: async () => {
      await new Promise<void>((resolve) => setTimeout(resolve, 0))
      check(context)
    },
  })

  function residentOf(state: MemoryState): Steps<ResidentColumns> {
    let share = residents.get(state)
    if (share === undefined) residents.set(state, (share = shareSteps(() => buildResident(state))))
    return share()
  }

  async function* scan(request: ScanRequest, context: CallContext): AsyncGenerator<Batch, void, undefined> {
    check(context)
    const state = store.state() // the call works on it to its end
    checkScanRequest(request, state.schema)
    checkSnapshot(request.snapshot, state)
    const set = state.sets.get(request.set)
    yield* send(scanSet(request, set as NonNullable<typeof set>, state.version), context)
  }

  /** Each batch is made when it is asked for. */
  async function* send(steps: ScanSteps, context: CallContext): AsyncGenerator<Batch, void, undefined> {
    for (;;) {
      const batch = await runPaced(nextBatch(steps), paceOf(context))
      if (batch === null) return
      check(context)
      yield batch
      check(context)
    }
  }

  async function* summarise(request: SummaryRequest, context: CallContext): AsyncGenerator<Batch, void, undefined> {
    check(context)
    const state = store.state()
    checkSummaryRequest(request, state.schema)
    checkSnapshot(request.snapshot, state)
    if (request.kind === 'pairs') return yield* send(summarisePairs(request, state, () => residentOf(state)), context)
    const batches = await runPaced(summaryOf(request, () => residentOf(state)), paceOf(context))
    for (const batch of batches) {
      check(context)
      yield batch.end === undefined ? batch : { ...batch, end: { ...batch.end, provenance: localProvenance(state.version) } }
    }
  }

  /** Changes wait for each other; a failed one does not hold up the next. */
  function change(steps: () => Steps<readonly DataSetName[]>): Promise<void> {
    const context: CallContext = { signal: life.signal, requestId: 'change' }
    const work = changing.then(async () => {
      check(context)
      const sets = await runPaced(steps(), paceOf(context)).catch((error: unknown) => {
        check(context)
        throw error
      })
      if (sets.length === 0) return
      const news: DataChange = Object.freeze({ sets: Object.freeze([...sets]), version: store.state().version })
      for (const tell of [...listeners]) tell(news)
    })
    changing = work.catch(() => {})
    return work
  }

  return Object.freeze({
    manifest: Object.freeze({
      contract: 1 as const,
      name,
      scopeKey,
      summaries: SUMMARIES,
      snapshot: 'monotonic' as const,
      cancel: 'engine' as const,
      maxConcurrency: 16,
      runs: 'here' as const,
    }),
    async schema(context: CallContext) {
      check(context)
      return store.state().schema
    },
    scan,
    summarise: (request: SummaryRequest, context: CallContext) =>
      SUMMARIES.includes(request?.kind) ? summarise(request, context) : null,
    changes: (signal: AbortSignal) => follow(signal, life.signal, listeners),
    append: (set: DataSetName, added: MemorySet) =>
      change(function* () {
        yield* store.append(set, added)
        return [set]
      }),
    remove: (set: DataSetName, keys: readonly RowKey[]) =>
      change(function* () {
        if (keys.length === 0) return []
        yield* store.remove(set, keys)
        return [set]
      }),
    forget: (customerId: string) => change(() => store.forget(customerId)),
    async close() {
      life.abort()
    },
  })
}

function checkSnapshot(snapshot: string | undefined, { version }: MemoryState): void {
  if (snapshot !== undefined && snapshot !== version) throw new AdapterError('SNAPSHOT_GONE')
}

function* buildResident(state: MemoryState): Steps<ResidentColumns> {
  const builder = createResidentBuilder(state.schema)
  for (const [name, fields, add] of [
    ['customers', builder.customerFields, builder.addCustomers],
    ['transactions', builder.lineFields, builder.addLines],
  ] as const) {
    const set = state.sets.get(name)
    if (set === undefined) continue
    const columns = fields.map((field) => set.column(field))
    for (let start = 0; start < set.rows; start += LOAD_ROWS) {
      const end = Math.min(set.rows, start + LOAD_ROWS)
      add({ rows: end - start, columns: columns.map((column) => viewOf(column, start, end)) })
      yield
    }
  }
  return yield* builder.finish()
}

function* summaryOf(request: Exclude<SummaryRequest, PairsRequest>, columnsOf: () => Steps<ResidentColumns>): Steps<readonly Batch[]> {
  const columns = yield* columnsOf()
  if (request.kind === 'totals') return yield* totalsBatches(request, columns)
  return yield* request.kind === 'bins' ? binsBatches(request, columns) : membersBatches(request, columns)
}

/** The work up to the next batch, or null after the last. */
function* nextBatch(steps: ScanSteps): Steps<Batch | null> {
  for (;;) {
    const step = steps.next()
    if (step.done) return null
    if (step.value !== null) return step.value
    yield
  }
}

/** Changes from now on. A slow reader gets those it missed as one. */
async function* follow(signal: AbortSignal, closed: AbortSignal, listeners: Set<(change: DataChange) => void>): AsyncGenerator<DataChange, void, undefined> {
  let waiting: DataChange | null = null
  let wake = (): void => {}
  const tell = (change: DataChange): void => {
    waiting = waiting === null ? change : { sets: [...new Set([...waiting.sets, ...change.sets])], version: change.version }
    wake()
  }
  const stop = (): void => wake()
  listeners.add(tell)
  signal.addEventListener('abort', stop)
  closed.addEventListener('abort', stop)
  try {
    for (;;) {
      if (closed.aborted) throw new AdapterError('ADAPTER_CLOSED')
      signal.throwIfAborted()
      if (waiting === null) {
        await new Promise<void>((resolve) => (wake = resolve))
        continue
      }
      const change: DataChange = waiting
      waiting = null
      yield change
    }
  } finally {
    listeners.delete(tell)
    signal.removeEventListener('abort', stop)
    closed.removeEventListener('abort', stop)
  }
}
