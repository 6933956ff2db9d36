import type { ImportSource } from '@crm/core/adapter'
import { AdapterError, isCrmError } from '@crm/core/errors'
import { createBreaks } from '../breaks.ts'
import { readDraft } from '../readDraft.ts'
import { readTable } from '../readTable.ts'
import { sendTable, type FromWorker, type Job, type SentSource, type ToWorker } from './protocol.ts'

/** The worker's end of the line. */
export interface JobPort {
  post(message: FromWorker, moved: ArrayBuffer[]): void
  listen(hear: (message: unknown) => void): void
}

/** Answers the one question that the worker was made for. An abort ends the worker from outside. */
export function serveJob(port: JobPort): void {
  let onPiece = (_piece: Uint8Array | string | null): void => {}
  const nextPiece = (): Promise<Uint8Array | string | null> =>
    new Promise((resolve) => {
      onPiece = resolve
      port.post({ say: 'more' }, [])
    })

  port.listen((data) => {
    const message = data as ToWorker
    if (message.say === 'piece') onPiece(message.piece)
    else answer(message.job, message.source).catch((error: unknown) => port.post({ say: 'error', ...errorReply(error) }, []))
  })

  async function answer(job: Job, sent: SentSource): Promise<void> {
    const source = await sourceOf(sent)
    const { signal } = new AbortController()
    const breaks = createBreaks(signal, 'worker')
    if (job.do === 'open') return port.post({ say: 'draft', draft: await readDraft(source, signal, job.reading, job.hints, breaks) }, [])
    const table = await readTable(source, job.plan, {
      keepsRows: job.keepsRows,
      memoryLimitBytes: job.memoryLimitBytes,
      signal,
      onProgress: (progress) => port.post({ say: 'progress', progress }, []),
      breaks,
    })
    sendTable(table, port.post)
  }

  async function sourceOf(sent: SentSource): Promise<ImportSource> {
    if (sent.kind === 'blob') return sent.blob
    const pieces = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      for (let piece = await nextPiece(); piece !== null; piece = await nextPiece()) yield piece as Uint8Array
    }
    if (sent.kind === 'bytes') {
      return { ...(sent.name === undefined ? {} : { name: sent.name }), ...(sent.size === undefined ? {} : { size: sent.size }), stream: pieces }
    }
    const texts: string[] = []
    for (let piece = await nextPiece(); piece !== null; piece = await nextPiece()) texts.push(piece as string)
    return texts.join('')
  }
}

function errorReply(error: unknown): Omit<Extract<FromWorker, { readonly say: 'error' }>, 'say'> {
  if (isCrmError(error)) return { error: error.toJSON() }
  return { error: new AdapterError('INTERNAL').toJSON(), cause: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
