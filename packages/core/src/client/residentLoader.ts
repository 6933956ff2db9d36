import type { Batch, DataSchema, DataSetName, Operation, Provenance, StreamEnd, TableRead, WarningCount } from '../adapter/contract.ts'
import { AdapterError, isCrmError } from '../errors/index.ts'
import { estimateResidentBytes, estimateTableBytes } from '../shared/residentBytes.ts'
import type { AdapterCalls } from './adapterCalls.ts'
import { checkBytes, checkRows, checkSchemaRows } from './limits.ts'
import { retrying } from './retry.ts'
import type { RetryRule } from './retry.ts'
import type { Flights, Waiter } from './singleFlight.ts'

/** Where columns can live: the calling thread or a worker. */
export interface Place {
  readonly name: string
  /** More transactions than this are refused. */
  readonly maxRows: number
  /** @param reads whole sets; null for customers and their lines */
  open(schema: DataSchema, reads: readonly TableRead[] | null, signal: AbortSignal): Promise<Loading>
}

/** Columns on their way. `drop` frees them at any time. */
export interface Loading {
  /** What to scan, in this order. */
  readonly reads: readonly TableRead[]
  /** Resolves with the bytes held so far when the next batch may come. `read` is a place in `reads`. */
  add(read: number, batch: Batch): Promise<number>
  finish(): Promise<Resident>
  drop(): void
}

/** Loaded columns that answer operations. */
export interface Resident {
  run<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
    operation: Operation<Request, Sums, Result>,
    request: Request,
    pace: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
  ): Promise<Result>
  drop(): void
}

interface Loaded {
  readonly resident: Resident
  readonly provenance: Provenance
}

/** Loaded once per place, kind and state of the data; freed when that state is gone and its last user has finished. */
export interface ResidentStore {
  use<Result>(place: Place, schema: DataSchema, reads: readonly TableRead[] | null, waiter: Waiter, work: (loaded: Loaded) => Promise<Result>): Promise<Result>
  /** The data of these sets changed, or of all. */
  drop(sets?: readonly DataSetName[]): void
  /** The place died, and what lived there with it. */
  forget(place: Place, reason: unknown): void
}

interface Shelf {
  readonly place: Place
  readonly sets: readonly DataSetName[]
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
  const shelves = new Map<string, Shelf>()
  let count = 0

  const retire = (name: string, shelf: Shelf): void => {
    shelf.isStale = true
    shelves.delete(name)
    if (shelf.users === 0) shelf.loaded?.resident.drop()
    if (shelves.size === 0) onHold(false)
  }

  return {
    async use(place, schema, reads, waiter, work) {
      const name = `${place.name} ${JSON.stringify(reads)}`
      const sets: readonly DataSetName[] = reads?.map(({ set }) => set) ?? ['customers', 'transactions']
      const shelf: Shelf = shelves.get(name) ?? { place, sets, key: `load ${++count} ${name}`, users: 0, isStale: false, loaded: null }
      shelves.set(name, shelf)
      shelf.users++
      onHold(true)
      try {
        const start = async (flight: Waiter): Promise<Loaded> => (shelf.loaded = await load(place, schema, reads, flight, calls, rule, limitBytes))
        return await work(shelf.loaded ?? (await flights.join(shelf.key, start, waiter)))
      } finally {
        shelf.users--
        if (shelf.users === 0) {
          if (shelf.isStale) shelf.loaded?.resident.drop()
          else if (shelf.loaded === null) retire(name, shelf)
        }
      }
    },
    drop(changed) {
      for (const [name, shelf] of [...shelves]) if (changed === undefined || changed.some((set) => shelf.sets.includes(set))) retire(name, shelf)
    },
    forget(place, reason) {
      for (const [name, shelf] of [...shelves]) {
        if (shelf.place !== place) continue
        retire(name, shelf)
        flights.abort(reason, shelf.key)
      }
    },
  }
}

async function load(
  place: Place,
  schema: DataSchema,
  reads: readonly TableRead[] | null,
  flight: Waiter,
  calls: AdapterCalls,
  rule: RetryRule,
  limitBytes: number,
): Promise<Loaded> {
  checkSchemaRows(schema, place.maxRows)
  const estimatedBytes = reads === null ? estimateResidentBytes(schema) : estimateTableBytes(schema, reads)
  if (estimatedBytes !== null) checkBytes(estimatedBytes, limitBytes)

  const attempt = async (): Promise<Loaded> => {
    const { signal } = flight
    const loading = await place.open(schema, reads, signal)
    try {
      const ends: StreamEnd[] = []
      const expected = expectedRows(schema, loading.reads)
      let done = 0
      for (const [read, { set, select }] of loading.reads.entries()) {
        const snapshot = calls.pinsSnapshots ? ends[0]?.provenance.snapshot : null // all sets of one moment
        let rows = 0
        const take = async (batch: Batch): Promise<void> => {
          rows += batch.rows
          if (set === 'transactions') checkRows(rows, place.maxRows) // the schema may not have known
          checkBytes(await loading.add(read, batch), limitBytes)
          done += batch.rows
          flight.onProgress?.({ phase: 'reading', fraction: expected === null ? null : Math.min(1, done / expected) })
        }
        ends.push(await calls.scan({ set, select, ...(typeof snapshot === 'string' ? { snapshot } : {}) }, signal, take))
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

/** Rows of all sets that are read, null when the schema does not know. */
function expectedRows(schema: DataSchema, reads: readonly TableRead[]): number | null {
  let sum = 0
  for (const { set } of reads) {
    const rows = schema.sets.find(({ name }) => name === set)?.estimatedRows ?? null
    if (rows === null) return null
    sum += rows
  }
  return sum
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
