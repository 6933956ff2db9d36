'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ExportFormat, ExportJob, ExportProgress, ExportResult } from './export.types.ts'

/** Why nothing was exported, where it is not the data's fault. */
export type ExportFailure = 'pictureMissing' | 'pictureFailed' | 'copyBlocked'

export type ExportState =
  | { readonly kind: 'idle' }
  | ({ readonly kind: 'working'; readonly format: ExportFormat } & ExportProgress)
  | ({ readonly kind: 'done'; readonly format: ExportFormat } & ExportResult)
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: Error | ExportFailure }

const COPY_BLOCKED = new Error('The browser refused access to the clipboard.')
const IDLE: ExportState = Object.freeze({ kind: 'idle' })

export interface Export {
  readonly state: ExportState
  readonly start: (job: Omit<ExportJob, 'signal' | 'onProgress'>) => void
  readonly cancel: () => void
  readonly dismiss: () => void
}

/** One export at a time: its progress, its end, and the way to stop it. What writes the files is loaded on use. */
export function useExport(onDone: (format: ExportFormat, result: ExportResult) => void, onEnd: () => void): Export {
  const [state, setState] = useState<ExportState>(IDLE)
  const running = useRef<AbortController | null>(null)
  const isThere = useRef(false)
  useEffect(() => {
    isThere.current = true
    return () => {
      isThere.current = false
      // A turn later, because StrictMode takes effects down and sets them up again at once.
      queueMicrotask(() => {
        if (!isThere.current) running.current?.abort()
      })
    }
  }, [])

  const start: Export['start'] = (asked) => {
    if (asked.picture === null && (asked.format === 'png' || asked.format === 'svg')) {
      setState({ kind: 'failed', error: 'pictureMissing' })
      return onEnd()
    }
    const controller = new AbortController()
    running.current = controller
    const { format } = asked
    const tell = (next: ExportState): void => {
      if (running.current === controller) setState(next)
    }
    tell({ kind: 'working', format, rows: 0, total: null })
    const { signal } = controller
    const job: ExportJob = { ...asked, signal, onProgress: (progress) => tell({ kind: 'working', format, ...progress }) }
    // A source that does not listen to the signal must not hold up who cancels.
    const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }))
    void Promise.race([run(job), aborted]).then(
      (result) => {
        tell({ kind: 'done', format, ...result })
        onDone(format, result)
      },
      (error: unknown) => tell(signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error: failureOf(error, format) }),
    ).finally(onEnd)
  }
  const dismiss = useCallback(() => setState(IDLE), [])
  return { state, start, cancel: () => running.current?.abort(), dismiss }
}

function run(job: ExportJob): Promise<ExportResult> {
  if (job.format === 'copy') return copy(job)
  return import('./exportFile.ts').then(({ exportFile }) => exportFile(job))
}

/**
 * Safari lets a page write to the clipboard only while it handles the press itself, so the clipboard is given promises
 * before anything is loaded.
 */
async function copy(job: ExportJob): Promise<ExportResult> {
  const texts = import('./exportFile.ts').then(({ copyTexts }) => copyTexts(job))
  const blob = (type: string, of: 'text' | 'html'): Promise<Blob> => {
    const made = texts.then((both) => new Blob([both[of]], { type }))
    // Whether or not the clipboard looks at it, the failure is told below.
    made.catch(() => {})
    return made
  }
  const { clipboard } = navigator
  const writing = clipboard === undefined
    ? Promise.reject(COPY_BLOCKED)
    : typeof ClipboardItem === 'undefined'
      ? texts.then(({ text }) => clipboard.writeText(text))
      : clipboard.write([new ClipboardItem({ 'text/plain': blob('text/plain', 'text'), 'text/html': blob('text/html', 'html') })])
  // The error of the data says more than that of the clipboard, which follows from it.
  writing.catch(() => {})
  const { rows } = await texts
  await writing.catch(() => Promise.reject(COPY_BLOCKED))
  return { rows, fileName: null }
}

/** Errors of the data keep their own words; the rest is the browser's doing. */
function failureOf(error: unknown, format: ExportFormat): Error | ExportFailure {
  if (error === COPY_BLOCKED) return 'copyBlocked'
  if (format === 'png' || format === 'svg') return 'pictureFailed'
  return error instanceof Error ? error : new Error(String(error))
}
