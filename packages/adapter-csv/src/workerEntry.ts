/**
 * The worker of the importer, for browsers and for `node:worker_threads` alike.
 *
 * @example
 * createCsvImporter({ worker: () => new Worker(new URL('@crm/adapter-csv/worker-entry', import.meta.url), { type: 'module' }) })
 */
import { serveJob, type JobPort } from './worker/serveJob.ts'

interface NodePort {
  postMessage(message: unknown, moved: ArrayBuffer[]): void
  on(event: 'message', hear: (message: unknown) => void): void
}

/** What this file uses of either host. Node's module is asked for at run time, so that bundlers for browsers see no import of it. */
interface Host {
  readonly process?: { getBuiltinModule?(name: 'node:worker_threads'): { readonly parentPort: NodePort | null } | undefined }
  readonly WorkerGlobalScope?: unknown
  postMessage?(message: unknown, moved: ArrayBuffer[]): void
  addEventListener?(type: 'message', hear: (event: { readonly data: unknown }) => void): void
}

function findPort(host: Host): JobPort | null {
  const parent = host.process?.getBuiltinModule?.('node:worker_threads')?.parentPort
  if (parent) return { post: (message, moved) => parent.postMessage(message, moved), listen: (hear) => parent.on('message', hear) }
  if (host.WorkerGlobalScope === undefined) return null // a page or a server: nobody to talk to
  return {
    post: (message, moved) => host.postMessage?.(message, moved),
    listen: (hear) => host.addEventListener?.('message', ({ data }) => hear(data)),
  }
}

const port = findPort(globalThis as unknown as Host)
if (port !== null) serveJob(port)
