import type { ImportDraft, ImportFile, ImportOptions, ImportSource } from '@crm/core/adapter'
import type { WorkerPort } from '@crm/core/client'
import { AdapterError, errorFromJSON } from '@crm/core/errors'
import { readBytes } from '../read/readBytes.ts'
import type { ReadTable } from '../readTable.ts'
import { receiveTable, type FromWorker, type Job, type SentSource, type ToWorker } from './protocol.ts'

/** Characters of a text sent at once. */
const TEXT_PIECE = 256 * 1024

/**
 * Asks a worker of its own and ends it afterwards: whatever it held is free at once, and so an abort stops at once.
 *
 * @throws AdapterError `INTERNAL` when the worker cannot be made or dies, `RESOURCE_EXHAUSTED` when it ran out of memory
 */
export async function askWorker(factory: () => WorkerPort | Promise<WorkerPort>, job: Job, source: ImportSource, { signal, onProgress }: Required<ImportOptions>): Promise<ImportDraft | ReadTable> {
  signal.throwIfAborted()
  let port: WorkerPort
  try {
    port = await factory()
  } catch (cause) {
    throw workerError(cause)
  }
  const end = new AbortController()
  const pieces = typeof source === 'string' ? textPieces(source) : readBytes(source, AbortSignal.any([signal, end.signal]))
  let onAbort = (): void => {}
  try {
    return await new Promise<ImportDraft | ReadTable>((resolve, reject) => {
      signal.throwIfAborted()
      onAbort = () => reject(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
      const dictionaries: string[][] = []
      const send = async (): Promise<void> => {
        const { done, value } = await pieces.next()
        // A copy of its own: what a source hands out may be part of a pool.
        const piece = done === true ? null : typeof value === 'string' ? value : value.slice()
        post(port, { say: 'piece', piece }, piece instanceof Uint8Array ? [piece.buffer as ArrayBuffer] : [])
      }
      const hear = (data: unknown): void => {
        const message = data as FromWorker
        switch (message.say) {
          case 'more':
            return void send().catch(reject)
          case 'progress':
            return onProgress(message.progress)
          case 'words': {
            const dictionary = (dictionaries[message.dictionary] ??= [])
            for (const word of message.words) dictionary.push(word)
            return
          }
          case 'draft':
            return resolve(frozen(message.draft))
          case 'table':
            return resolve(frozenReport(receiveTable(message.table, dictionaries)))
          case 'error':
            return reject(message.cause === undefined ? errorFromJSON(message.error) : workerError(message.cause))
        }
      }
      const die = (cause: unknown): void => reject(workerError(cause))
      if (port.addEventListener === undefined) {
        port.on?.('message', hear)
        for (const event of ['messageerror', 'error', 'exit'] as const) port.on?.(event, die)
      } else {
        port.addEventListener('message', ({ data }) => hear(data))
        for (const event of ['messageerror', 'error'] as const) port.addEventListener(event, die)
      }
      const sent = sentSource(source)
      try {
        post(port, { say: 'start', job, source: sent }, [])
      } catch (error) {
        // A Blob of Node that stands for a file on disk cannot be cloned: its bytes go over instead.
        if (sent.kind !== 'blob') throw error
        post(port, { say: 'start', job, source: bytesSource(sent.blob) }, [])
      }
    })
  } finally {
    signal.removeEventListener('abort', onAbort)
    end.abort()
    void pieces.return(undefined).catch(() => {})
    port.terminate()
  }
}

function post(port: WorkerPort, message: ToWorker, moved: ArrayBuffer[]): void {
  port.postMessage(message, moved)
}

function* cut(text: string): Generator<string, void, undefined> {
  for (let start = 0; start < text.length; start += TEXT_PIECE) yield text.slice(start, start + TEXT_PIECE)
}

async function* textPieces(text: string): AsyncGenerator<string, void, undefined> {
  yield* cut(text)
}

function sentSource(source: ImportSource): SentSource {
  if (typeof source === 'string') return { kind: 'text' }
  const { Blob: BlobHere } = globalThis as unknown as { Blob?: abstract new () => unknown }
  if (BlobHere !== undefined && source instanceof BlobHere) return { kind: 'blob', blob: source }
  return bytesSource(source)
}

function bytesSource({ name, size }: ImportFile): SentSource {
  return { kind: 'bytes', name, size }
}

/** Structured clone thaws: records and lists are frozen again on arrival. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  for (const item of Object.values(value)) frozen(item)
  return Object.freeze(value)
}

function frozenReport(table: ReadTable): ReadTable {
  frozen(table.report)
  frozen(table.fields)
  frozen(table.preview)
  return table
}

/** A worker that ran out of memory is told apart: that one the user can do something about. */
function workerError(cause: unknown): AdapterError {
  const isMemory = typeof cause === 'object' && cause !== null && (cause as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY'
  return new AdapterError(isMemory ? 'RESOURCE_EXHAUSTED' : 'INTERNAL', { cause, details: { where: 'worker' } })
}
