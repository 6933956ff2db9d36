import type { Answer, DataAdapter, DataSchema, DataSetName, Operation, WarningCount } from '../adapter/contract.ts'

/** Either a browser's `Worker` or one of `node:worker_threads`. Only what the client uses of them. */
export interface WorkerPort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void
  terminate(): unknown
  /** Browsers. */
  addEventListener?(type: 'message' | 'messageerror' | 'error', listener: (event: { readonly data?: unknown }) => void): void
  /** Node. */
  on?(event: 'message' | 'messageerror' | 'error' | 'exit', listener: (value: unknown) => void): unknown
  /** Node: an idle worker does not keep the process alive. */
  ref?(): void
  unref?(): void
}

export interface RetryOptions {
  /** How often a call is made at most, the first time included. Default 3. */
  readonly tries?: number
  /** Upper bound of the first wait, ms; doubles with every try. The wait itself is random below it. Default 250. */
  readonly baseMs?: number
  /** Upper bound of any wait, ms. Default 4,000. What a source asks for by `retryAfterMs` is waited for in full, up to a minute. */
  readonly maxMs?: number
}

export interface ClientOptions {
  /** First part of every cache key. Default `manifest.name + ':' + manifest.scopeKey`. Never a counter: server and browser must agree. */
  readonly id?: string
  /**
   * Makes the worker, on first need: `() => new Worker(new URL('@crm/core/worker-entry', import.meta.url), { type: 'module' })`.
   * Without it, local work runs on the calling thread in slices, up to 200,000 transactions.
   */
  readonly worker?: () => WorkerPort | Promise<WorkerPort>
  /** Lift the limit of 200,000 transactions for work on the calling thread: scripts, servers, tests. Default false. */
  readonly allowMainThread?: boolean
  /** Resident columns may take this many bytes. Default 2^30 (1 GiB). */
  readonly memoryLimitBytes?: number
  /** Time allowed for one `run`, ms, waiting and retries included. Default none. */
  readonly deadlineMs?: number
  readonly retry?: RetryOptions
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number
  /** 0 <= x < 1, for the jitter of waits. Default `Math.random`. */
  readonly random?: () => number
  /** Resolves after `ms`, rejects with `signal.reason` at once when aborted. Default a timer. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** How far a run is that is not computed by the backend. */
export interface RunProgress {
  /** `reading` the data from their source, `computing` on them. */
  readonly phase: 'reading' | 'computing'
  /** 0..1, null where nobody can tell. */
  readonly fraction: number | null
}

export interface RunOptions {
  readonly signal?: AbortSignal
  /** Time allowed, ms. Default that of the client. */
  readonly deadlineMs?: number
  /** Called now and then while data are read or a model is fitted; never after the run has settled. */
  readonly onProgress?: (progress: RunProgress) => void
}

/** Runs operations over one adapter: in the backend where it can, else in a worker, else in slices. */
export interface CrmClient {
  /** First part of every cache key. */
  readonly id: string
  /** `'0'`, then counted up whenever the data changed. Part of every cache key. */
  readonly dataVersion: string
  readonly adapter: DataAdapter
  /**
   * Answers a request. Equal requests that overlap in time share one execution, which is aborted when its last caller
   * has left.
   *
   * @param request plain JSON; see {@link canonicalRequest}
   * @returns frozen: the result, where it was computed, what was left out
   * @throws what the adapter and the operation throw; `DEADLINE_EXCEEDED`, `RESOURCE_EXHAUSTED` (too large for this thread or
   *   for the memory allowed, with the estimate in `details`), `PROTOCOL`, `ADAPTER_CLOSED`; on abort `signal.reason`
   */
  run<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
    operation: Operation<Request, Sums, Result>,
    request: Request,
    options?: RunOptions,
  ): Promise<Answer<Result>>
  /** The schema of the adapter, asked once per data version. */
  schema(options?: RunOptions): Promise<DataSchema>
  /** The data changed: counts `dataVersion` up, frees what was loaded of these sets (default all), tells subscribers. */
  invalidate(sets?: readonly DataSetName[]): void
  /**
   * Calls `listener` after every change of `dataVersion`. While anyone listens, the client follows `adapter.changes`.
   *
   * @returns ends the subscription
   */
  subscribe(listener: () => void): () => void
  /** Rejects what is running with `ADAPTER_CLOSED` and ends the worker. The adapter stays open: who made it closes it. */
  close(): void
}
