import type { Operation, WarningCount } from '../adapter/contract.ts'
import { AdapterError, UnsupportedError, isCrmError } from '../errors/index.ts'
import { createCollector, loadRun } from '../shared/collector.ts'
import type { Collector, ResidentData } from '../shared/collector.ts'
import { runPaced } from '../shared/steps.ts'
import { packResult, unpackBatch } from './workerProtocol.ts'
import type { FromWorker, ToWorker, WorkerCall } from './workerProtocol.ts'

/** An operation as far as lists of them are concerned: requests and sums differ from one to the next. */
export interface NamedOperation {
  readonly name: string
}

/** The worker's end of the line. */
export interface ServerPort {
  post(message: FromWorker, moved: ArrayBuffer[]): void
  listen(hear: (message: unknown) => void): void
}

type AnyOperation = Operation<unknown, unknown, { readonly warnings: readonly WarningCount[] }>

interface Load {
  readonly dictionaries: string[][]
  collector: Collector | null
  data: ResidentData | null
}

/** An abort waits in the queue of the worker: this often, in milliseconds of work, the queue is looked at. */
const SLICE_MS = 25
/** Progress is told by steps of this size: a page draws no more than that. */
const PROGRESS_STEP = 0.02

/**
 * Keeps columns and runs operations on them by name.
 *
 * @param find the operation of a name, loaded on demand; null when nobody here knows it
 */
export function serveWorker(port: ServerPort, find: (name: string) => Promise<NamedOperation | null>): void {
  const loads = new Map<number, Load>()
  const running = new Map<number, AbortController>()

  const loadOf = (number: number): Load => {
    const load = loads.get(number)
    if (load === undefined) throw new AdapterError('INTERNAL', { details: { where: 'worker', load: number } })
    return load
  }

  const perform = async (call: WorkerCall, signal: AbortSignal, moved: ArrayBuffer[], onProgress: (fraction: number) => void): Promise<unknown> => {
    switch (call.do) {
      case 'knows':
        return (await find(call.name)) !== null
      case 'open': {
        const collector = createCollector(call.schema, call.reads)
        loads.set(call.load, { dictionaries: [], collector, data: null })
        return collector.reads
      }
      case 'words': {
        const dictionary = (loadOf(call.load).dictionaries[call.dictionary] ??= [])
        for (const word of call.words) dictionary.push(word)
        return null
      }
      case 'add': {
        const { collector, dictionaries } = loadOf(call.load)
        collector?.add(
          call.read,
          unpackBatch(call.batch, (number) => dictionaries[number] ?? []),
        )
        return collector?.bytes() ?? 0
      }
      case 'finish': {
        const load = loadOf(call.load)
        if (load.collector !== null) load.data = await runPaced(load.collector.finish(), { signal, sliceMs: SLICE_MS })
        load.collector = null
        load.dictionaries.length = 0
        return null
      }
      case 'run': {
        const { data } = loadOf(call.load)
        const operation = (await find(call.name)) as AnyOperation | null
        if (operation === null || data === null) throw unknownOperation(call.name)
        const run = await loadRun(operation)
        return packResult(await runPaced(run(call.request, data), { signal, sliceMs: SLICE_MS, onProgress }), moved)
      }
    }
  }

  const answer = async (call: WorkerCall & { readonly id: number }): Promise<void> => {
    const { id } = call
    const controller = new AbortController()
    const moved: ArrayBuffer[] = []
    running.set(id, controller)
    try {
      let told = 0
      const value = await perform(call, controller.signal, moved, (progress) => {
        if (progress - told < PROGRESS_STEP) return
        told = progress
        port.post({ id, progress }, [])
      })
      port.post({ id, value }, moved)
    } catch (error) {
      if (!controller.signal.aborted) port.post({ id, ...errorReply(error) }, [])
    } finally {
      running.delete(id)
    }
  }

  port.listen((data) => {
    const message = data as ToWorker
    if (message.do === 'abort') running.get(message.id)?.abort()
    else if (message.do === 'drop') loads.delete(message.load)
    else void answer(message)
  })
}

function errorReply(error: unknown): Omit<Extract<FromWorker, { readonly error: unknown }>, 'id'> {
  if (isCrmError(error)) return { error: error.toJSON() }
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { error: new AdapterError('INTERNAL').toJSON(), cause }
}

function unknownOperation(name: string): UnsupportedError {
  return new UnsupportedError(
    'OPERATION_UNKNOWN',
    `The worker has no operation "${name}", or its columns were not loaded. Nothing was computed. Use the worker entry of the same version as the client.`,
    { name },
  )
}
