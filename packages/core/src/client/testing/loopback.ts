import type { WorkerPort } from '../client.types.ts'
import { serveWorker } from '../workerServer.ts'
import type { NamedOperation } from '../workerServer.ts'
import type { ToWorker } from '../workerProtocol.ts'

export interface Loopback extends WorkerPort {
  /** What the client sent, as it arrived. */
  readonly received: readonly ToWorker[]
  /** What arrived of one kind. */
  heard<Do extends ToWorker['do']>(what: Do): readonly Extract<ToWorker, { do: Do }>[]
  readonly isTerminated: boolean
  /** Ref'd minus unref'd, as Node counts: true keeps a process alive. */
  readonly isRef: boolean
  /** The worker dies now. */
  crash(error: unknown): void
}

/** A worker on the same thread: everything crosses by structured clone and a turn of the event loop, as between threads. */
export function createLoopback(operations: readonly NamedOperation[]): Loopback {
  const received: ToWorker[] = []
  let isTerminated = false
  let isRef = true
  let hear: (message: unknown) => void = () => {}
  const listeners = new Map<string, (value: unknown) => void>()

  const stop = (): void => {
    isTerminated = true
    for (const message of received) if ('id' in message) hear({ do: 'abort', id: message.id } satisfies ToWorker)
  }

  serveWorker(
    {
      post(message, transfer) {
        const copy: unknown = structuredClone(message, { transfer })
        setTimeout(() => isTerminated || listeners.get('message')?.(copy), 0)
      },
      listen(listener) {
        hear = listener
      },
    },
    async (name) => operations.find((operation) => operation.name === name) ?? null,
  )

  return {
    postMessage(message, transfer) {
      const copy = structuredClone(message, { transfer })
      setTimeout(() => {
        if (isTerminated) return
        received.push(copy as ToWorker)
        hear(copy)
      }, 0)
    },
    terminate: stop,
    on(event, listener) {
      listeners.set(event, listener)
    },
    ref() {
      isRef = true
    },
    unref() {
      isRef = false
    },
    received,
    heard: (what) => received.filter((message) => message.do === what) as never,
    get isTerminated() {
      return isTerminated
    },
    get isRef() {
      return isRef
    },
    crash(error) {
      stop()
      listeners.get('error')?.(error)
      listeners.get('exit')?.(1)
    },
  }
}
