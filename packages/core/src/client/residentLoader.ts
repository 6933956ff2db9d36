import type { Batch, DataSchema, Operation, Provenance, StreamEnd, WarningCount } from '../adapter/contract.ts'
import { AdapterError, isCrmError } from '../errors/index.ts'
import { estimateResidentBytes } from '../shared/residentBytes.ts'
import type { AdapterCalls } from './adapterCalls.ts'
import { checkBytes, checkRows, checkSchemaRows } from './limits.ts'
import { retrying } from './retry.ts'
import type { RetryRule } from './retry.ts'
import type { Flights, Waiter } from './singleFlight.ts'

export type ResidentSet = 'customers' | 'transactions'

/** Where columns can live: the calling thread or a worker. */
export interface Place {
  readonly name: string
  /** More transactions than this are refused. */
  readonly maxRows: number
  open(schema: DataSchema, signal: AbortSignal): Promise<Loading>
}

/** Columns on their way. `drop` frees them at any time. */
export interface Loading {
  readonly select: Readonly<Record<ResidentSet, readonly string[]>>
  /** Resolves with the bytes held so far when the next batch may come. */
  add(set: ResidentSet, batch: Batch): Promise<number>
  finish(): Promise<Resident>
  drop(): void
}

/** Loaded columns that answer operations. */
export interface Resident {
  run<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
    operation: Operation<Request, Sums, Result>,
    request: Request,
    signal: AbortSignal,
  ): Promise<Result>
  drop(): void
}

interface Loaded {
  readonly resident: Resident
  readonly provenance: Provenance
}

/** Loaded once per place and state of the data; freed when that state is gone and its last user has finished. */
export interface ResidentStore {
  use<Result>(place: Place, schema: DataSchema, waiter: Waiter, work: (loaded: Loaded) => Promise<Result>): Promise<Result>
  /** The data changed. */
  drop(): void
  /** The place died, and what lived there with it. */
  forget(place: Place, reason: unknown): void
}

interface Shelf {
  /** Of the flight that loads it. */
  readonly key: string
  users: number
  isStale: boolean
  loaded: Loaded | null
}

/** @param onHold told before columns are loaded, and when none are held any more */
export function createResidentStore(
  calls: AdapterCalls,
  flights: Flights,
  rule: RetryRule,
  limitBytes: number,
  onHold: (isHolding: boolean) => void,
): ResidentStore {
  const shelves = new Map<Place, Shelf>()
  let count = 0

  const retire = (place: Place, shelf: Shelf): void => {
    shelf.isStale = true
    shelves.delete(place)
    if (shelf.users === 0) shelf.loaded?.resident.drop()
    if (shelves.size === 0) onHold(false)
  }

  return {
    async use(place, schema, waiter, work) {
      const shelf: Shelf = shelves.get(place) ?? { key: `load ${place.name} ${++count}`, users: 0, isStale: false, loaded: null }
      shelves.set(place, shelf)
      shelf.users++
      onHold(true)
      try {
        const start = async (flight: Waiter): Promise<Loaded> => (shelf.loaded = await load(place, schema, flight, calls, rule, limitBytes))
        return await work(shelf.loaded ?? (await flights.join(shelf.key, start, waiter)))
      } finally {
        shelf.users--
        if (shelf.users === 0) {
          if (shelf.isStale) shelf.loaded?.resident.drop()
          else if (shelf.loaded === null) retire(place, shelf)
        }
      }
    },
    drop() {
      for (const [place, shelf] of [...shelves]) retire(place, shelf)
    },
    forget(place, reason) {
      const shelf = shelves.get(place)
      if (shelf === undefined) return
      retire(place, shelf)
      flights.abort(reason, shelf.key)
    },
  }
}

async function load(place: Place, schema: DataSchema, flight: Waiter, calls: AdapterCalls, rule: RetryRule, limitBytes: number): Promise<Loaded> {
  checkSchemaRows(schema, place.maxRows)
  const estimatedBytes = estimateResidentBytes(schema)
  if (estimatedBytes !== null) checkBytes(estimatedBytes, limitBytes)

  const attempt = async (): Promise<Loaded> => {
    const { signal } = flight
    const loading = await place.open(schema, signal)
    try {
      const ends: StreamEnd[] = []
      for (const set of ['customers', 'transactions'] as const) {
        if (set === 'customers' && schema.sets.every(({ name }) => name !== set)) continue
        const snapshot = calls.pinsSnapshots ? ends[0]?.provenance.snapshot : null // both sets of one moment
        let rows = 0
        const take = async (batch: Batch): Promise<void> => {
          if (set === 'transactions') checkRows((rows += batch.rows), place.maxRows) // the schema may not have known
          checkBytes(await loading.add(set, batch), limitBytes)
        }
        ends.push(await calls.scan({ set, select: loading.select[set], ...(typeof snapshot === 'string' ? { snapshot } : {}) }, signal, take))
      }
      const resident = await loading.finish()
      signal.throwIfAborted()
      return { resident, provenance: provenanceOf(ends) }
    } catch (error) {
      loading.drop()
      // A load begins with a fresh snapshot, so for a load this can pass.
      throw isCrmError(error) && error.code === 'SNAPSHOT_GONE' ? new AdapterError('SNAPSHOT_GONE', { cause: error, retryable: true }) : error
    }
  }
  return retrying(attempt, flight, rule)
}

/** As sure and as complete as the weakest scan. */
function provenanceOf(ends: readonly StreamEnd[]): Provenance {
  const said = ends.map(({ provenance }) => provenance)
  const missing = said.flatMap(({ completeness }) => (completeness.kind === 'partial' ? completeness.missing : []))
  const isPartial = said.some(({ completeness }) => completeness.kind === 'partial')
  return Object.freeze({
    computedBy: 'local',
    engine: 'memory',
    exactness: said.some(({ exactness }) => exactness === 'approximate') ? 'approximate' : 'exact',
    completeness: Object.freeze(isPartial ? { kind: 'partial', missing: Object.freeze([...new Set(missing)]) } : { kind: 'complete' }),
    snapshot: said.at(-1)?.snapshot ?? null,
  } as const)
}
