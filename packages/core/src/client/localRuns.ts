import type { Answer, DataSchema, DataSetName, Operation, WarningCount } from '../adapter/contract.ts'
import type { AdapterCalls } from './adapterCalls.ts'
import { askOperation } from './askOperation.ts'
import type { ClientOptions } from './client.types.ts'
import { createResidentStore } from './residentLoader.ts'
import type { Place } from './residentLoader.ts'
import type { RetryRule } from './retry.ts'
import type { Flights, Waiter } from './singleFlight.ts'
import { createWorkerPlace } from './workerHost.ts'

/** What the client does without the backend. Loaded on first need: a page whose backend does everything never pays for it. */
export interface LocalRuns {
  /** Is there a worker, and does it know the operation of this name? */
  workerKnows(name: string, signal: AbortSignal): Promise<boolean>
  /** Loads what is not loaded yet, then runs the local twin: in the worker if it knows the operation, else here. */
  run<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
    operation: Operation<Request, Sums, Result>,
    request: Request,
    schema: DataSchema,
    waiter: Waiter,
  ): Promise<Answer<Result>>
  /** The data of these sets changed, or of all. */
  drop(sets?: readonly DataSetName[]): void
  close(): void
}

export interface LocalParts {
  readonly calls: AdapterCalls
  readonly flights: Flights
  readonly rule: RetryRule
  readonly worker: ClientOptions['worker']
  readonly limitBytes: number
  readonly limitRows: number
  /** Columns are about to be loaded, or were let go. */
  readonly onHold: (isHolding: boolean) => void
}

export function createLocalRuns({ calls, flights, rule, worker, limitBytes, limitRows, onHold }: LocalParts): LocalRuns {
  const store = createResidentStore(calls, flights, rule, limitBytes, onHold)
  // The kernels come with it: a page with a worker never downloads them, its worker does.
  const here: Place = { name: 'here', maxRows: limitRows, open: async (...order) => (await import('./placeHere.ts')).openHere(...order) }
  const away = worker === undefined ? null : createWorkerPlace(worker, (reason) => away !== null && store.forget(away, reason))

  const workerKnows = async (name: string, signal: AbortSignal): Promise<boolean> => away !== null && (await away.knows(name, signal))

  return {
    workerKnows,
    async run(operation, request, schema, waiter) {
      const place = away !== null && (await workerKnows(operation.name, waiter.signal)) ? away : here
      const { signal, onProgress } = waiter
      const reads = askOperation(operation, ({ tables }) => tables?.reads(request, schema)) ?? null
      return store.use(place, schema, reads, waiter, async ({ resident, provenance }) => {
        const data = await resident.run(operation, request, { signal, onProgress: (fraction) => onProgress?.({ phase: 'computing', fraction }) })
        return Object.freeze({ data, provenance, warnings: data.warnings })
      })
    },
    drop: (sets) => store.drop(sets),
    close() {
      store.drop()
      away?.close()
    },
  }
}
