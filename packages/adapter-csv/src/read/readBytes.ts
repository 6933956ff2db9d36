import type { ByteStream, ImportFile } from '@crm/core/adapter'
import { InvalidInputError } from '@crm/core/errors'
import { sourceFault } from '../faults.ts'

/**
 * The bytes of a file as they come. Asks for the next only when the last were used: that is the back-pressure. An abort
 * is heard while a read is pending, and lets go of the source.
 *
 * @throws AdapterError `UNAVAILABLE` with the cause behind `debug()`, when the source fails
 */
export async function* readBytes(file: ImportFile, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  signal.throwIfAborted()
  const { next, cancel } = openStream(file)
  let onAbort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  aborted.catch(() => {})
  let isDone = false
  try {
    for (;;) {
      const step = await Promise.race([next(), aborted])
      if (step.done) {
        isDone = true
        return
      }
      if (!(step.value instanceof Uint8Array)) {
        throw new InvalidInputError('OPTION_INVALID', 'The stream of the file gives something else than bytes. Its encoding cannot be told. Pass a stream without an encoding set, or the whole text.')
      }
      if (step.value.length > 0) yield step.value
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : sourceFault(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    if (!isDone) cancel()
  }
}

interface Opened {
  next(): Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>
  /** Never throws and is never waited for: a pending read may not end. */
  cancel(): void
}

function openStream(file: ImportFile): Opened {
  const stream = file.stream()
  if (isByteStream(stream)) {
    const reader = stream.getReader()
    return { next: () => reader.read(), cancel: () => void reader.cancel().catch(() => {}) }
  }
  const iterator = stream[Symbol.asyncIterator]()
  return {
    next: () => iterator.next(),
    cancel() {
      // A generator queues `return` behind the pending `next`; a stream of Node is ended by `destroy`.
      void iterator.return?.().catch(() => {})
      ;(stream as { destroy?(): void }).destroy?.()
    },
  }
}

/** Streams of the browser have both; their reader cancels at once. */
function isByteStream(stream: AsyncIterable<Uint8Array> | ByteStream): stream is ByteStream {
  return 'getReader' in stream
}
