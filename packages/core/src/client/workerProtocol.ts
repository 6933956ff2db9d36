import type { Batch, Column, DataSchema, TableRead } from '../adapter/contract.ts'
import type { CrmErrorJSON } from '../errors/index.ts'

/** What the client asks of its worker. `id` names the question; `load` names columns. */
export type WorkerCall =
  /** Can you run the operation of this name? Loads its topic. -> boolean */
  | { readonly do: 'knows'; readonly name: string }
  /** Make room for whole sets, or (null) for customers and their lines. -> which sets and fields to send */
  | { readonly do: 'open'; readonly load: number; readonly schema: DataSchema; readonly reads: readonly TableRead[] | null }
  /** The next words of a dictionary: sent in pieces and once, however many batches share it. -> null */
  | { readonly do: 'words'; readonly load: number; readonly dictionary: number; readonly words: readonly string[] }
  /** -> bytes held so far */
  | { readonly do: 'add'; readonly load: number; readonly read: number; readonly batch: SentBatch }
  /** -> null */
  | { readonly do: 'finish'; readonly load: number }
  /** -> the result */
  | { readonly do: 'run'; readonly load: number; readonly name: string; readonly request: unknown }

export type ToWorker =
  | (WorkerCall & { readonly id: number })
  /** Stop working on this question. No reply. */
  | { readonly do: 'abort'; readonly id: number }
  /** Free these columns; what still works on them may finish. No reply. */
  | { readonly do: 'drop'; readonly load: number }

export type FromWorker =
  | { readonly id: number; readonly value: unknown }
  /** Still at it: how much is done, 0..1. */
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly error: CrmErrorJSON; /** What was thrown, if it was no error of the kit. */ readonly cause?: string }

type SentColumn =
  | Exclude<Column, { readonly kind: 'text' }>
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly dictionary: number }

export interface SentBatch {
  readonly rows: number
  readonly columns: readonly SentColumn[]
}

/**
 * A batch to be moved, not cloned: fresh arrays, so that those of the adapter are not detached, and so that a view into a
 * large buffer does not take the whole buffer along.
 */
export function packBatch({ rows, columns }: Batch, numberOf: (dictionary: readonly string[]) => number): { batch: SentBatch; moved: ArrayBuffer[] } {
  const moved: ArrayBuffer[] = []
  const sent = columns.map((column): SentColumn => {
    if (column.kind === 'text') {
      return { kind: 'text', codes: copyOf(column.codes, moved), dictionary: numberOf(column.dictionary) }
    }
    const { validity } = column
    const copy = { ...column, values: copyOf(column.values, moved) } as SentColumn
    return validity === undefined ? copy : ({ ...copy, validity: copyOf(validity, moved) } as SentColumn)
  })
  return { batch: { rows, columns: sent }, moved }
}

export function unpackBatch({ rows, columns }: SentBatch, dictionaryOf: (dictionary: number) => readonly string[]): Batch {
  return {
    rows,
    columns: columns.map((column) => (column.kind === 'text' ? { ...column, dictionary: dictionaryOf(column.dictionary) } : column)),
  }
}

/** Arrays on buffers from this size on are moved; below it a clone costs less than the bookkeeping. */
const LARGE_BYTES = 65_536

interface View {
  readonly buffer: { readonly byteLength: number }
  slice(): { readonly buffer: unknown }
}

/**
 * A result to be moved: large typed arrays are copied here, in the worker, and handed over. The originals stay: an
 * operation may return arrays that it, or the memory of totals, keeps.
 */
export function packResult(result: unknown, moved: ArrayBuffer[]): unknown {
  if (typeof result !== 'object' || result === null) return result
  if (ArrayBuffer.isView(result)) {
    const view = result as unknown as View
    return 'slice' in view && view.buffer.byteLength >= LARGE_BYTES ? copyOf(view, moved) : result
  }
  if (Array.isArray(result)) {
    const packed = result.map((item: unknown) => packResult(item, moved))
    return packed.some((item, i) => item !== result[i]) ? packed : result
  }
  const entries = Object.entries(result)
  const packed = entries.map(([key, value]) => [key, packResult(value, moved)] as const)
  return packed.some(([, value], i) => value !== entries[i]?.[1]) ? { ...result, ...Object.fromEntries(packed) } : result
}

/** Structured clone thaws: records and lists are frozen again on arrival. Typed arrays cannot be. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  for (const item of Array.isArray(value) ? value : Object.values(value)) deepFreeze(item)
  return Object.freeze(value)
}

function copyOf<Values extends { slice(): { readonly buffer: unknown } }>(values: Values, moved: ArrayBuffer[]): Values {
  const copy = values.slice()
  moved.push(copy.buffer as ArrayBuffer)
  return copy as unknown as Values
}
