import type { AdapterErrorCode, CrmErrorCode, DataContractCode, InvalidInputCode, UnsupportedCode } from './codes.ts'

/** Facts about an error, safe to log: counts, limits, names of fields. Never a value from the data. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>

/** What crosses a worker or a wire. */
export interface CrmErrorJSON {
  readonly name: string
  readonly code: CrmErrorCode
  readonly message: string
  readonly details: ErrorDetails
  readonly retryable?: boolean
  readonly retryAfterMs?: number
}

/**
 * Every error the kit throws. `code` is stable and documented; `message` is three short sentences: what happened,
 * why it matters, what to do.
 */
export class CrmError<Code extends CrmErrorCode = CrmErrorCode> extends Error {
  override readonly name: string = 'CrmError'
  readonly code: Code
  readonly details: ErrorDetails

  constructor(code: Code, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message)
    this.code = code
    this.details = details
    // Not enumerable: engine text never leaks through JSON.stringify or a log of own properties.
    if (cause !== undefined) Object.defineProperty(this, 'cause', { value: cause, enumerable: false })
  }

  toJSON(): CrmErrorJSON {
    return { name: this.name, code: this.code, message: this.message, details: this.details }
  }
}

/** The caller's argument is wrong; the message names it. */
export class InvalidInputError extends CrmError<InvalidInputCode> {
  override readonly name: string = 'InvalidInputError'
}

/** A right request that this adapter, engine or build cannot answer. */
export class UnsupportedError extends CrmError<UnsupportedCode> {
  override readonly name: string = 'UnsupportedError'
}

/** The data, or the answer of an adapter, breaks the contract. */
export class DataContractError extends CrmError<DataContractCode> {
  override readonly name: string = 'DataContractError'
}

const SENTENCES: Readonly<Record<AdapterErrorCode, readonly [message: string, retryable: boolean]>> = {
  ADAPTER_CLOSED: ['The data adapter was closed. It answers no more requests. Create a new adapter and a new client.', false],
  DEADLINE_EXCEEDED: ['The data source did not answer before the deadline. The request was stopped. Try again, allow more time, or narrow the selection.', false],
  FORBIDDEN: ['The data source refused access. This user may not see these data. Ask for access, or show this part only to those who have it.', false],
  INTERNAL: ['The data source failed. No part of its answer was used. Look at the server log under this request id.', false],
  OVERLOADED: ['The data source is overloaded. It accepts no further work for now. Try again in a moment.', true],
  RATE_LIMITED: ['The data source limits how often it may be asked. The limit is reached. Try again later.', true],
  RESOURCE_EXHAUSTED: ['The request needs more memory or time than is allowed here. It was refused before it could harm the page. Push the work down to a database, pass a worker, or raise the limit.', false],
  SNAPSHOT_GONE: ['The snapshot asked for no longer exists. Its pages cannot be continued. Start again from the first page.', false],
  UNAUTHENTICATED: ['The data source does not know this user. The session may have ended. Sign in again.', false],
  UNAVAILABLE: ['The data source cannot be reached. No answer came. Check the connection and try again.', true],
}

/**
 * Retrieval failed. The message is a fixed sentence for the code, without data and without SQL; what the engine said
 * is behind {@link AdapterError.debug} and never travels.
 */
export class AdapterError extends CrmError<AdapterErrorCode> {
  override readonly name: string = 'AdapterError'
  readonly retryable: boolean
  readonly retryAfterMs: number | undefined

  constructor(
    code: AdapterErrorCode,
    options: { readonly cause?: unknown; readonly details?: ErrorDetails; readonly retryable?: boolean; readonly retryAfterMs?: number } = {},
  ) {
    const [message, retryable] = SENTENCES[code]
    super(code, message, options.details, options.cause)
    this.retryable = options.retryable ?? retryable
    this.retryAfterMs = options.retryAfterMs
  }

  /** What the engine or the transport said. For a developer's eyes: it may hold data or SQL. */
  debug(): unknown {
    return this.cause
  }

  override toJSON(): CrmErrorJSON {
    return {
      ...super.toJSON(),
      retryable: this.retryable,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    }
  }
}

/** Is this one of the kit's errors? Works across two copies of the package, where `instanceof` does not. */
export function isCrmError(error: unknown): error is CrmError {
  return error instanceof CrmError || (error instanceof Error && 'code' in error && 'details' in error && 'toJSON' in error)
}

/**
 * Restores an error that crossed a worker or a wire. An unknown shape becomes `INTERNAL`: what a stranger sent is
 * never shown.
 */
export function errorFromJSON(json: unknown): CrmError {
  const { name, code, message, details, retryable, retryAfterMs } = (typeof json === 'object' && json !== null ? json : {}) as Partial<CrmErrorJSON>
  if (typeof code !== 'string' || typeof message !== 'string') return new AdapterError('INTERNAL', { cause: json })
  const facts = typeof details === 'object' && details !== null ? details : {}
  if (name === 'AdapterError' && Object.hasOwn(SENTENCES, code)) {
    return new AdapterError(code as AdapterErrorCode, {
      details: facts,
      ...(typeof retryable === 'boolean' ? { retryable } : {}),
      ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    })
  }
  if (name === 'InvalidInputError') return new InvalidInputError(code as InvalidInputCode, message, facts)
  if (name === 'UnsupportedError') return new UnsupportedError(code as UnsupportedCode, message, facts)
  if (name === 'DataContractError') return new DataContractError(code as DataContractCode, message, facts)
  return new AdapterError('INTERNAL', { cause: json })
}
