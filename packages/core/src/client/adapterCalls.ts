import type { Batch, CallContext, DataAdapter, DataSchema, ScanRequest, StreamEnd, SummaryRequest } from '../adapter/contract.ts'
import { AdapterError, isCrmError } from '../errors/index.ts'
import { columnsOfSummary, readStream } from './readStream.ts'
import { retrying } from './retry.ts'
import type { RetryRule } from './retry.ts'
import type { Waiter } from './singleFlight.ts'
import { createSlots } from './slots.ts'

/** An adapter with the client's manners: never more calls than it can take, tried again where that helps, checked. */
export interface AdapterCalls {
  /** A scan can be told to show the state that an earlier one showed. */
  readonly pinsSnapshots: boolean
  schema(waiter: Waiter): Promise<DataSchema>
  /** The checked batches of the answer, or null when the adapter cannot answer this request. */
  summarise(request: SummaryRequest, waiter: Waiter): Promise<readonly Batch[] | null>
  /** One try: what was taken from a broken stream cannot be given back, so the caller starts again as a whole. */
  scan(request: ScanRequest, signal: AbortSignal, take: (batch: Batch) => unknown): Promise<StreamEnd>
}

export function createAdapterCalls(adapter: DataAdapter, rule: RetryRule): AdapterCalls {
  const withSlot = createSlots(adapter.manifest.maxConcurrency)
  const session = Math.floor(rule.random() * 36 ** 8).toString(36)
  let calls = 0

  const call = async <Result>(signal: AbortSignal, deadlineAt: number, use: (context: CallContext) => Promise<Result>): Promise<Result> => {
    try {
      return await withSlot(signal, () => {
        // One id for each try: an engine refuses two queries under the same id, and a log should tell them apart.
        const requestId = `${session}-${++calls}`
        return use(deadlineAt < Infinity ? { signal, deadlineAt, requestId } : { signal, requestId })
      })
    } catch (error) {
      signal.throwIfAborted()
      throw asCrmError(error)
    }
  }

  return {
    pinsSnapshots: adapter.manifest.snapshot === 'snapshot',

    schema: (waiter) => retrying(() => call(waiter.signal, Infinity, async (context) => adapter.schema(context)), waiter, rule),

    summarise(request, waiter) {
      const ask = async (context: CallContext): Promise<readonly Batch[] | null> => {
        const stream = adapter.summarise?.(request, context) ?? null
        if (stream === null) return null
        const batches: Batch[] = []
        await readStream(stream, columnsOfSummary(request), context.signal, (batch) => batches.push(batch))
        return batches
      }
      const attempt = async (): Promise<readonly Batch[] | null> => {
        for (;;) {
          const deadlineAt = waiter.deadlineAt()
          try {
            return await call(waiter.signal, deadlineAt, ask)
          } catch (error) {
            // The adapter kept the deadline of whoever asked first; someone with more time has joined since.
            const isOver = isCrmError(error) && error.code === 'DEADLINE_EXCEEDED' && deadlineAt <= rule.now()
            if (!isOver || waiter.deadlineAt() <= rule.now()) throw error
          }
        }
      }
      return retrying(attempt, waiter, rule)
    },

    // What is loaded serves all who come later, so no single caller's deadline goes with it: when nobody waits, it is aborted.
    scan: (request, signal, take) =>
      call(signal, Infinity, (context) => readStream(adapter.scan(request, context), request.select.length, signal, take)),
  }
}

/** Errors of the kit as they are; anything else is `INTERNAL`, with what was thrown behind `debug()`. */
export function asCrmError(error: unknown): Error {
  return isCrmError(error) ? error : new AdapterError('INTERNAL', { cause: error })
}
