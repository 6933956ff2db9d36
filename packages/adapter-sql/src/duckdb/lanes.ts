import type { Param, Statement } from '../compiler/sql.ts'
import type { DuckdbChunk, DuckdbConnection, DuckdbResult, DuckdbStatement } from './driver.ts'
import { engineError } from './engineError.ts'
import type { Stop } from './stop.ts'

/** An interrupt before the engine has taken the statement up is lost, so it is repeated until the statement ends. */
const INTERRUPT_AGAIN_MS = 5

/**
 * The connections of an adapter. A DuckDB connection runs one statement at a time, and starting another silently ends
 * an open stream, so each call has one to itself and the others wait in line.
 */
export class Lanes {
  readonly #free: DuckdbConnection[]
  readonly #waiting: ((connection: DuckdbConnection) => void)[] = []

  constructor(connections: readonly DuckdbConnection[]) {
    this.#free = [...connections]
  }

  async acquire(stop: Stop): Promise<Lane> {
    stop.throwIfStopped()
    const connection = this.#free.pop() ?? (await this.#wait(stop))
    return new Lane(connection, stop, () => this.#release(connection))
  }

  async #wait(stop: Stop): Promise<DuckdbConnection> {
    let take: (connection: DuckdbConnection) => void = () => {}
    const turn = new Promise<DuckdbConnection>((resolve) => (take = resolve))
    this.#waiting.push(take)
    try {
      return await stop.race(turn)
    } catch (reason) {
      const place = this.#waiting.indexOf(take)
      if (place >= 0) this.#waiting.splice(place, 1)
      // The turn came in the same moment as the stop: it goes to the next.
      else void turn.then((connection) => this.#release(connection))
      throw reason
    }
  }

  #release(connection: DuckdbConnection): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free.push(connection)
    else next(connection)
  }
}

/** One connection for the length of one call. */
export class Lane {
  readonly #connection: DuckdbConnection
  readonly #stop: Stop
  readonly #release: () => void
  #forget: () => void = () => {}
  #work: Promise<unknown> = Promise.resolve()
  #isOpen = false
  #isDone = false

  constructor(connection: DuckdbConnection, stop: Stop, release: () => void) {
    this.#connection = connection
    this.#stop = stop
    this.#release = release
    // An abort between two pulls of a stream must free the connection too.
    this.#forget = stop.onStop(() => this.done())
  }

  /** Runs a statement to its end. What it returns no longer needs the connection. */
  run(statement: Statement): Promise<DuckdbResult> {
    return this.#track(() => this.#execute(statement, (prepared) => prepared.run()))
  }

  /** Starts a statement whose rows are made while they are read. */
  stream(statement: Statement): Promise<DuckdbResult> {
    this.#isOpen = true
    return this.#track(() => this.#execute(statement, (prepared) => prepared.stream()))
  }

  fetch(result: DuckdbResult): Promise<DuckdbChunk | null> {
    return this.#track(() => result.fetchChunk())
  }

  /** A stream that was read to its end needs no closing. */
  ended(): void {
    this.#isOpen = false
  }

  /** Gives the connection back once nothing of this call runs on it any more. Idempotent. */
  done(): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#forget()
    void this.#quiet().then(this.#release, this.#release)
  }

  #track<T>(start: () => Promise<T>): Promise<T> {
    const work = (async () => {
      try {
        return await start()
      } catch (cause) {
        throw engineError(cause)
      }
    })()
    this.#work = work.catch(() => {})
    return this.#stop.race(work)
  }

  async #execute(statement: Statement, start: (prepared: DuckdbStatement) => Promise<DuckdbResult>): Promise<DuckdbResult> {
    if (this.#isDone) throw new Error('stopped before it started')
    const prepared = await this.#connection.prepare(statement.text)
    try {
      if (this.#isDone) throw new Error('stopped before it started')
      statement.params.forEach((param, i) => bind(prepared, i + 1, param))
      return await start(prepared)
    } finally {
      prepared.destroySync()
    }
  }

  async #quiet(): Promise<void> {
    let isSettled = false
    const settled = this.#work.then(() => (isSettled = true))
    // Give what is already over the chance to say so: an interrupt must not hit the next statement.
    await Promise.race([settled, Promise.resolve().then(() => {})])
    while (!isSettled) {
      this.#connection.interrupt()
      await Promise.race([settled, new Promise<void>((resolve) => void setTimeout(resolve, INTERRUPT_AGAIN_MS))])
    }
    if (!this.#isOpen) return
    // Another statement closes an open stream and its transaction.
    const prepared = await this.#connection.prepare('SELECT 1')
    try {
      await prepared.run()
    } finally {
      prepared.destroySync()
    }
  }
}

function bind(prepared: DuckdbStatement, position: number, { kind, value }: Param): void {
  if (kind === 'text') prepared.bindVarchar(position, value as string)
  else if (kind === 'integer') prepared.bindBigInt(position, value as bigint)
  else if (kind === 'double') prepared.bindDouble(position, value as number)
  else prepared.bindBoolean(position, value as boolean)
}
