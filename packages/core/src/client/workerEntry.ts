/**
 * The worker of the analytics client, for browsers and for `node:worker_threads` alike.
 *
 * @example
 * createClient(adapter, { worker: () => new Worker(new URL('@crm/core/worker-entry', import.meta.url), { type: 'module' }) })
 */
import { serveWorker } from './workerServer.ts'
import type { NamedOperation, ServerPort } from './workerServer.ts'

export type { NamedOperation }

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

const own = new Map<string, NamedOperation>()

/**
 * Adds operations of your own, so that they run in the worker too. Call it in a worker file of your own, at its top level,
 * and make the worker from that file.
 *
 * @param operations names `topic/name`; the kit's own topics (`rfm`, `customers`, `recommend`) are taken
 */
export function serveOperations(operations: readonly NamedOperation[]): void {
  for (const operation of operations) own.set(operation.name, operation)
}

async function find(name: string): Promise<NamedOperation | null> {
  const operations = await loadTopic(name.slice(0, Math.max(0, name.indexOf('/'))))
  return operations.find((operation) => operation.name === name) ?? own.get(name) ?? null
}

async function loadTopic(topic: string): Promise<readonly NamedOperation[]> {
  switch (topic) {
    case 'rfm':
      return (await import('../rfm/operations.ts')).rfmOperations
    case 'customers':
      return (await import('../customers/operations.ts')).customersOperations
    case 'recommend':
      return (await import('../recommend/operations.ts')).recommendOperations
    default:
      return []
  }
}

function findPort(host: Host): ServerPort | null {
  const parent = host.process?.getBuiltinModule?.('node:worker_threads')?.parentPort
  if (parent) return { post: (message, moved) => parent.postMessage(message, moved), listen: (hear) => parent.on('message', hear) }
  if (host.WorkerGlobalScope === undefined) return null // a page or a server: nobody to talk to
  return {
    post: (message, moved) => host.postMessage?.(message, moved),
    listen: (hear) => host.addEventListener?.('message', ({ data }) => hear(data)),
  }
}

const port = findPort(globalThis as Host)
if (port !== null) serveWorker(port, find)
