import { AdapterError, errorFromJSON } from '../errors/index.ts'
import type { WorkerPort } from './client.types.ts'
import type { Loading, Place, Resident } from './residentLoader.ts'
import { deepFreeze, packBatch } from './workerProtocol.ts'
import type { FromWorker, ToWorker, WorkerCall } from './workerProtocol.ts'

/** A worker as a place for columns. Made on first need, and anew after it died. */
export interface WorkerPlace extends Place {
  /** Can the worker run the operation of this name? */
  knows(name: string, signal: AbortSignal): Promise<boolean>
  close(): void
}

/** Words of a dictionary in one message. Strings that were glued together are flattened first: up to 3 microseconds each. */
const WORDS_PER_MESSAGE = 4_096

/**
 * @param factory makes the worker
 * @param onDeath told why, when a worker died and everything pending in it was rejected
 */
export function createWorkerPlace(factory: () => WorkerPort | Promise<WorkerPort>, onDeath: (reason: unknown) => void): WorkerPlace {
  let connecting: Promise<Connection> | null = null
  let loads = 0

  const connect = (signal: AbortSignal): Promise<Connection> => {
    signal.throwIfAborted()
    if (connecting !== null) return connecting
    const lost = (reason: AdapterError): AdapterError => {
      if (connecting === mine) {
        connecting = null
        onDeath(reason)
      }
      return reason
    }
    const mine: Promise<Connection> = Promise.resolve()
      .then(factory)
      .then(
        (port) => openConnection(port, lost),
        (cause) => {
          throw lost(workerError(cause))
        },
      )
    connecting = mine
    return mine
  }

  return {
    name: 'worker',
    maxRows: Infinity,

    async knows(name, signal) {
      return (await (await connect(signal)).call({ do: 'knows', name }, signal)) as boolean
    },

    async open(schema, reads, signal) {
      const connection = await connect(signal)
      const load = ++loads
      const drop = (): void => connection.post({ do: 'drop', load })
      const opened = connection.call({ do: 'open', load, schema, reads }, signal).catch((error: unknown) => {
        drop() // aborted before the reply: the worker has made room all the same
        throw error
      })
      const asked = (await opened) as Loading['reads']
      const dictionaries = new Map<readonly string[], number>()

      const sendWords = async (dictionary: readonly string[]): Promise<void> => {
        if (dictionaries.has(dictionary)) return
        const number = dictionaries.size
        dictionaries.set(dictionary, number)
        for (let from = 0; from < dictionary.length; from += WORDS_PER_MESSAGE) {
          const words = dictionary.slice(from, from + WORDS_PER_MESSAGE)
          await connection.call({ do: 'words', load, dictionary: number, words }, signal)
        }
      }

      return {
        reads: asked,
        async add(read, batch) {
          for (const column of batch.columns) if (column.kind === 'text') await sendWords(column.dictionary)
          const packed = packBatch(batch, (dictionary) => dictionaries.get(dictionary) ?? 0)
          // Awaiting the worker is the back-pressure, and gives the page's event loop its turn.
          return (await connection.call({ do: 'add', load, read, batch: packed.batch }, signal, packed.moved)) as number
        },
        async finish(): Promise<Resident> {
          await connection.call({ do: 'finish', load }, signal)
          return {
            run: async (operation, request, { signal, onProgress }) => {
              const value = await connection.call({ do: 'run', load, name: operation.name, request }, signal, [], onProgress)
              return deepFreeze(value as ReturnType<typeof operation.finish>)
            },
            drop,
          }
        },
        drop,
      }
    },

    close() {
      const open = connecting
      connecting = null
      open?.then(
        (connection) => connection.close(),
        () => {},
      )
    },
  }
}

interface Connection {
  /** Rejects at once with `signal.reason` on abort, and tells the worker. */
  call(call: WorkerCall, signal: AbortSignal, moved?: ArrayBuffer[], onProgress?: (fraction: number) => void): Promise<unknown>
  post(message: ToWorker): void
  close(): void
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  readonly onProgress: ((fraction: number) => void) | undefined
}

function openConnection(port: WorkerPort, onLost: (reason: AdapterError) => void): Connection {
  const pending = new Map<number, Pending>()
  let death: AdapterError | null = null
  let calls = 0

  const settle = (id: number): Pending | undefined => {
    const waiting = pending.get(id)
    // An idle worker does not keep a Node process alive.
    if (pending.delete(id) && pending.size === 0) port.unref?.()
    return waiting
  }

  const hear = (message: unknown): void => {
    const reply = message as FromWorker
    if ('progress' in reply) return pending.get(reply.id)?.onProgress?.(reply.progress)
    const waiting = settle(reply.id)
    if ('error' in reply) waiting?.reject(reply.cause === undefined ? errorFromJSON(reply.error) : workerError(reply.cause))
    else waiting?.resolve(reply.value)
  }

  const die = (cause: unknown): void => {
    if (death !== null) return
    death = workerError(cause)
    port.terminate()
    for (const [id] of [...pending]) settle(id)?.reject(death)
    onLost(death)
  }

  if (port.addEventListener === undefined) {
    port.on?.('message', hear)
    for (const event of ['messageerror', 'error', 'exit'] as const) port.on?.(event, die)
  } else {
    port.addEventListener('message', ({ data }) => hear(data))
    for (const event of ['messageerror', 'error'] as const) port.addEventListener(event, die)
  }
  port.unref?.()

  const post = (message: ToWorker): void => {
    if (death === null) port.postMessage(message, [])
  }

  return {
    post,
    call: (call, signal, moved = [], onProgress) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        if (death !== null) throw death
        const id = ++calls
        const onAbort = (): void => {
          settle(id)
          post({ do: 'abort', id })
          reject(signal.reason)
        }
        const end = (): void => signal.removeEventListener('abort', onAbort)
        port.postMessage({ ...call, id }, moved) // throws before anything is pending when a request cannot be cloned
        pending.set(id, {
          resolve: (value) => (end(), resolve(value)),
          reject: (reason) => (end(), reject(reason)),
          onProgress,
        })
        port.ref?.()
        signal.addEventListener('abort', onAbort, { once: true })
      }),
    close() {
      die('closed')
    },
  }
}

/** A worker that ran out of memory is told apart: that one the user can do something about. */
function workerError(cause: unknown): AdapterError {
  const isMemory = typeof cause === 'object' && cause !== null && (cause as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY'
  return new AdapterError(isMemory ? 'RESOURCE_EXHAUSTED' : 'INTERNAL', { cause, details: { where: 'worker' } })
}
