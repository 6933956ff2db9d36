import type { Operation, ResidentColumns, SummaryRequest, WarningCount } from '../adapter/contract.ts'
import { AdapterError, UnsupportedError, isCrmError } from '../errors/index.ts'
import { createResidentBuilder } from '../shared/resident.ts'
import { runPaced } from '../shared/steps.ts'
import { summariseLocally } from '../shared/summariseLocally.ts'
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
  builder: ReturnType<typeof createResidentBuilder> | null
  columns: ResidentColumns | null
}

/** An abort waits in the queue of the worker: this often, in milliseconds of work, the queue is looked at. */
const SLICE_MS = 25

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

  const perform = async (call: WorkerCall, signal: AbortSignal, moved: ArrayBuffer[]): Promise<unknown> => {
    switch (call.do) {
      case 'knows':
        return (await find(call.name)) !== null
      case 'open': {
        const builder = createResidentBuilder(call.schema)
        loads.set(call.load, { dictionaries: [], builder, columns: null })
        return { customers: builder.customerFields, transactions: builder.lineFields }
      }
      case 'words': {
        const dictionary = (loadOf(call.load).dictionaries[call.dictionary] ??= [])
        for (const word of call.words) dictionary.push(word)
        return null
      }
      case 'add': {
        const { builder, dictionaries } = loadOf(call.load)
        const batch = unpackBatch(call.batch, (number) => dictionaries[number] ?? [])
        if (call.set === 'customers') builder?.addCustomers(batch)
        else builder?.addLines(batch)
        return builder?.bytes() ?? 0
      }
      case 'finish': {
        const load = loadOf(call.load)
        if (load.builder !== null) load.columns = await runPaced(load.builder.finish(), { signal, sliceMs: SLICE_MS })
        load.builder = null
        load.dictionaries.length = 0
        return null
      }
      case 'run': {
        const { columns } = loadOf(call.load)
        const operation = (await find(call.name)) as AnyOperation | null
        if (operation === null || columns === null) throw unknownOperation(call.name)
        const summary = operation.request(call.request, columns.schema) as SummaryRequest
        const sums = await runPaced(summariseLocally(operation, summary, columns), { signal, sliceMs: SLICE_MS })
        return packResult(operation.finish(sums, call.request, columns.schema), moved)
      }
    }
  }

  const answer = async (call: WorkerCall & { readonly id: number }): Promise<void> => {
    const { id } = call
    const controller = new AbortController()
    const moved: ArrayBuffer[] = []
    running.set(id, controller)
    try {
      const value = await perform(call, controller.signal, moved)
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
