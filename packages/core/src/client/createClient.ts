import type { Answer, DataAdapter, DataSchema, DataSetName, Operation, WarningCount } from '../adapter/contract.ts'
import { AdapterError } from '../errors/index.ts'
import { asCrmError, createAdapterCalls } from './adapterCalls.ts'
import { askOperation } from './askOperation.ts'
import { canonicalRequest } from './canonicalRequest.ts'
import type { ClientOptions, CrmClient, RunOptions } from './client.types.ts'
import { followChanges } from './followChanges.ts'
import { CALLING_THREAD_ROWS, checkSchemaRows } from './limits.ts'
import type { LocalRuns } from './localRuns.ts'
import { sleep } from './retry.ts'
import type { RetryRule } from './retry.ts'
import { createFlights } from './singleFlight.ts'
import type { Waiter } from './singleFlight.ts'

/**
 * Makes the client that runs analyses over one adapter.
 *
 * Push-down where the manifest offers it; else the data are scanned once, stay resident in a worker (or, up to 200,000
 * transactions, here), and the local twin of the operation gives the same answer.
 *
 * @example
 * const client = createClient(adapter, { worker: () => new Worker(new URL('@crm/core/worker-entry', import.meta.url), { type: 'module' }) })
 * const { data, provenance, warnings } = await client.run(rfmGridOperation, { spec }, { signal })
 */
export function createClient(adapter: DataAdapter, options: ClientOptions = {}): CrmClient {
  const { manifest } = adapter
  const { worker, retry = {}, memoryLimitBytes: limitBytes = 2 ** 30 } = options
  const limitRows = options.allowMainThread === true ? Infinity : CALLING_THREAD_ROWS
  const rule: RetryRule = {
    tries: retry.tries ?? 3,
    baseMs: retry.baseMs ?? 250,
    maxMs: retry.maxMs ?? 4_000,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleep,
  }
  const flights = createFlights()
  const calls = createAdapterCalls(adapter, rule)
  const changes = followChanges(adapter, rule, (sets) => invalidate(sets))
  const listeners = new Set<() => void>()
  let version = 0
  let known: { readonly version: number; readonly schema: DataSchema } | null = null
  let local: LocalRuns | null = null
  let isHolding = false
  let isClosed = false

  /** While somebody would see, or the client would use, what is out of date. */
  const follow = (): void => changes.follow(!isClosed && (isHolding || listeners.size > 0))

  const onHold = (holds: boolean): void => {
    isHolding = holds
    follow()
  }

  const localRuns = async (): Promise<LocalRuns> => {
    const { createLocalRuns } = await import('./localRuns.ts')
    return (local ??= createLocalRuns({ calls, flights, rule, worker, limitBytes, limitRows, onHold }))
  }

  function invalidate(sets?: readonly DataSetName[]): void {
    version++
    known = null
    local?.drop(sets)
    for (const listener of [...listeners]) {
      try {
        listener()
      } catch (error) {
        void Promise.reject(error) // the host hears of it as an unhandled rejection, and the next listener is told all the same
      }
    }
  }

  async function schemaFor(waiter: Waiter): Promise<DataSchema> {
    if (known?.version === version) return known.schema
    const asked = version
    const schema = await flights.join(`schema ${asked}`, (flight) => calls.schema(flight), waiter)
    if (asked === version) known = { version, schema }
    return schema
  }

  async function execute<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
    operation: Operation<Request, Sums, Result>,
    request: Request,
    flight: Waiter,
  ): Promise<Answer<Result>> {
    const schema = await schemaFor(flight)
    const summary = askOperation(operation, (asked) => asked.request(request, schema))
    const isOffered = summary !== null && adapter.summarise !== undefined && manifest.summaries.includes(summary.kind)
    const runsHere = manifest.runs === 'here'
    const goesAway = isOffered && runsHere && worker !== undefined && (await (await localRuns()).workerKnows(operation.name, flight.signal))
    if (isOffered && !goesAway) {
      if (runsHere) checkSchemaRows(schema, limitRows)
      const batches = await calls.summarise(summary, flight)
      const provenance = batches?.at(-1)?.end?.provenance
      if (batches && provenance) {
        const data = operation.finish(operation.read(batches), request, schema)
        return Object.freeze({ data, provenance, warnings: data.warnings })
      }
    }
    return (await localRuns()).run(operation, request, schema, flight)
  }

  /** Gives `work` a waiter that ends with the caller's signal or deadline, and leaves no timer and no listener. */
  async function wait<Result>({ signal, deadlineMs = options.deadlineMs, onProgress }: RunOptions, work: (waiter: Waiter) => Promise<Result>): Promise<Result> {
    signal?.throwIfAborted()
    if (isClosed) throw new AdapterError('ADAPTER_CLOSED')
    const own = new AbortController()
    const settled = new AbortController()
    const onAbort = (): void => own.abort(signal?.reason)
    const deadlineAt = deadlineMs === undefined ? Infinity : rule.now() + deadlineMs
    if (deadlineMs !== undefined) {
      rule.sleep(deadlineMs, settled.signal).then(
        () => own.abort(new AdapterError('DEADLINE_EXCEEDED', { details: { deadlineMs } })),
        () => {},
      )
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      return await work({ signal: own.signal, deadlineAt: () => deadlineAt, onProgress })
    } finally {
      signal?.removeEventListener('abort', onAbort)
      settled.abort()
    }
  }

  return {
    id: options.id ?? `${manifest.name}:${manifest.scopeKey}`,
    get dataVersion() {
      return String(version)
    },
    adapter,

    run: (operation, request, runOptions = {}) =>
      wait(runOptions, (waiter) =>
        flights.join(
          `run ${version} ${operation.name} ${canonicalRequest(request)}`,
          (flight) =>
            execute(operation, request, flight).catch((error: unknown) => {
              flight.signal.throwIfAborted()
              throw asCrmError(error)
            }),
          waiter,
        ),
      ),

    schema: (schemaOptions = {}) => wait(schemaOptions, schemaFor),
    invalidate,

    subscribe(listener) {
      const own = (): void => listener() // of its own, so that the same function may subscribe twice
      listeners.add(own)
      follow()
      return () => {
        listeners.delete(own)
        follow()
      }
    },

    close() {
      if (isClosed) return
      isClosed = true
      listeners.clear()
      follow()
      flights.abort(new AdapterError('ADAPTER_CLOSED'))
      local?.close()
    },
  }
}
