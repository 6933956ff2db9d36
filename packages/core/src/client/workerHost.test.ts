import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import type { Batch } from '../adapter/contract.ts'
import type { AdapterError } from '../errors/index.ts'
import { InvalidInputError } from '../errors/index.ts'
import type { ClientOptions, RunProgress } from './client.types.ts'
import { createClient } from './createClient.ts'
import { createTestClock, turn, until } from './testing/clock.ts'
import { createLoopback } from './testing/loopback.ts'
import type { Loopback } from './testing/loopback.ts'
import { createScriptedAdapter, hang } from './testing/scriptedAdapter.ts'
import type { ScriptedOptions } from './testing/scriptedAdapter.ts'
import { LINES, amountsOperation, batch, numbers, revenueOperation, shopSchema } from './testing/shop.ts'
import type { NamedOperation } from './workerServer.ts'

/** Never ends by itself. */
const endlessOperation = {
  ...revenueOperation,
  name: 'test/endless',
  *summarise() {
    for (;;) yield
  },
}
const failingOperation = (name: string, error: unknown) => ({
  ...revenueOperation,
  name,
  finish: () => {
    throw error
  },
})
const refusal = new InvalidInputError('BINS_RANGE', 'bins is 11. Scores need 2 to 10 bins. Choose fewer.', { bins: 11 })

function setUp(adapterOptions: ScriptedOptions = {}, options: ClientOptions = {}, operations: readonly NamedOperation[] = [revenueOperation, endlessOperation]) {
  const adapter = createScriptedAdapter({ ...adapterOptions, manifest: { summaries: [], ...adapterOptions.manifest } })
  const workers: Loopback[] = []
  const worker = vi.fn<() => Loopback>(() => {
    const made = createLoopback(operations)
    workers.push(made)
    return made
  })
  const clock = createTestClock()
  const client = createClient(adapter, { ...clock, worker, ...options })
  const run = (minimum = 0, signal?: AbortSignal) => client.run(revenueOperation, { minimum }, signal === undefined ? {} : { signal })
  const last = (): Loopback => workers.at(-1) as Loopback
  return { adapter, client, clock, run, workers, worker, last }
}

describe('a client with a worker', () => {
  it('gives the answer that it gives without one', async () => {
    const { run, adapter } = setUp()
    const away = await run(3)
    const here = await createClient(createScriptedAdapter({ manifest: { summaries: [] } })).run(revenueOperation, { minimum: 3 })
    expect(away).toEqual(here)
    expect(adapter.calls.map(({ kind }) => kind)).toEqual(['schema', 'customers', 'transactions'])
  })

  it('makes the worker on first need, and only one', async () => {
    const pushing = setUp({ manifest: { summaries: ['bins'] } })
    await pushing.run()
    expect(pushing.worker).not.toHaveBeenCalled()
    const { run, worker } = setUp()
    expect(worker).not.toHaveBeenCalled()
    await Promise.all([run(1), run(2)])
    await run(3)
    expect(worker).toHaveBeenCalledTimes(1)
  })

  it('freezes the result again, which thaws on its way', async () => {
    const { data } = await setUp().run()
    expect([data, data.groups, data.groups[0], data.warnings[0]].map((record) => Object.isFrozen(record))).toEqual([true, true, true, true])
    expect(data.perCustomer).toHaveLength(10_000)
  })

  it('keeps whole sets too, answers as without a worker, and tells how far it is', async () => {
    const { client, last } = setUp({}, {}, [revenueOperation, amountsOperation])
    const told: RunProgress[] = []
    const away = await client.run(amountsOperation, { only: 1, slow: true }, { onProgress: (progress) => told.push(progress) })
    expect(away.data).toMatchObject({ sum: 100, rows: 4 })
    expect(told.filter(({ phase }) => phase === 'computing').length).toBeGreaterThan(0)
    await client.run(amountsOperation, { only: 2 })
    await client.run(revenueOperation, {})
    expect(last().heard('open').map(({ reads }) => reads?.map(({ set }) => set) ?? null)).toEqual([['transactions'], null])
  })

  it('loads once, and runs on the loaded columns', async () => {
    const { run, last } = setUp()
    await Promise.all([run(1), run(2)])
    await run(3)
    expect(last().heard('finish')).toHaveLength(1)
    expect(last().heard('run').map(({ request }) => request)).toEqual([{ minimum: 1 }, { minimum: 2 }, { minimum: 3 }])
  })

  it('spares the page what an adapter would count on its thread, and asks a backend all the same', async () => {
    const here = setUp({ manifest: { summaries: ['bins'], runs: 'here' } })
    await here.run()
    expect(here.adapter.calls.map(({ kind }) => kind)).toEqual(['schema', 'customers', 'transactions'])
  })

  it('takes more than 200,000 transactions', async () => {
    await expect(setUp({ schema: shopSchema({ customers: 3, transactions: 3e6 }) }).run()).resolves.toMatchObject({ data: { revenue: 100 } })
  })

  it('runs an operation that the worker does not know on the calling thread, under its limit', async () => {
    const own = { ...revenueOperation, name: 'mine/revenue' }
    const { client, last } = setUp()
    await expect(client.run(own, {})).resolves.toMatchObject({ data: { revenue: 100 } })
    expect(last().heard('open')).toHaveLength(0)
    const large = setUp({ schema: shopSchema({ customers: 3, transactions: 3e6 }) })
    await expect(large.client.run(own, {})).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { limitRows: 200_000 } })
    const pushing = setUp({ manifest: { summaries: ['bins'], runs: 'here' } })
    await expect(pushing.client.run(own, {})).resolves.toMatchObject({ provenance: { engine: 'Scripted' } })
  })

  it('leaves the arrays of the adapter whole, and sends only the part that a view shows', async () => {
    const backing = new Float64Array([50, 30, 999, 999])
    const lines: Batch[] = [{ ...(LINES[0] as Batch), columns: [...(LINES[0] as Batch).columns.slice(0, 3), { kind: 'float64', values: backing.subarray(0, 2) }], ...(LINES[1]?.end === undefined ? {} : { end: LINES[1].end }) }]
    const { run, last } = setUp({ script: ({ kind }) => (kind === 'transactions' ? lines : undefined) })
    expect((await run()).data.revenue).toBe(80)
    expect(backing).toHaveLength(4)
    const sent = last().heard('add').at(-1)?.batch.columns[3]
    expect(sent?.kind === 'float64' && sent.values.buffer.byteLength).toBe(16)
  })

  it('sends a dictionary once, in pieces, however many batches share it', async () => {
    const dictionary = Array.from({ length: 5_000 }, (_, i) => `order ${i}`)
    const ids = { kind: 'text', codes: Int32Array.of(4_999, 7, -1), dictionary } as const
    const orders = { kind: 'text', codes: Int32Array.of(1, 2, 3), dictionary } as const
    const lines = [1, 2, 3].map((i) => batch([ids, orders, numbers(1, 2, 3), numbers(5, 5, 5)], i === 3 ? {} : undefined))
    const { run, last } = setUp({ script: ({ kind }) => (kind === 'transactions' ? lines : undefined) })
    expect((await run()).data).toMatchObject({ customers: 5, revenue: 30 })
    const words = last().heard('words').filter(({ words }) => words.length > 3)
    expect(words.map(({ words }) => words.length)).toEqual([4_096, 904])
  })

  it('stops reading when the worker holds more than is allowed, and frees it', async () => {
    const { run, last } = setUp({ schema: shopSchema({ customers: null, transactions: null }) }, { memoryLimitBytes: 300 })
    await expect(run()).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { limitBytes: 300 } })
    await until(() => last().heard('drop').length === 1)
  })

  it('frees columns that are out of date, when nobody works on them any more', async () => {
    const { run, client, last } = setUp()
    await run()
    const controller = new AbortController()
    const busy = client.run(endlessOperation, {}, { signal: controller.signal }).catch((reason: unknown) => reason)
    await until(() => last().heard('run').length === 2)
    client.invalidate()
    await run()
    expect(last().heard('drop')).toHaveLength(0)
    controller.abort('enough')
    expect(await busy).toBe('enough')
    await until(() => last().heard('drop').length === 1)
    expect(last().heard('drop')[0]?.load).toBe(last().heard('open')[0]?.load)
    client.invalidate()
    await until(() => last().heard('drop').length === 2)
  })

  it('lets Node end while the worker is idle, and not while it works', async () => {
    const { run, client, last } = setUp()
    await run()
    expect(last().isRef).toBe(false)
    const controller = new AbortController()
    const busy = client.run(endlessOperation, {}, { signal: controller.signal }).catch(() => {})
    await until(() => last().heard('run').length === 2)
    expect(last().isRef).toBe(true)
    controller.abort()
    await busy
    expect(last().isRef).toBe(false)
  })

  it('serves a browser worker, which has events instead of values', async () => {
    const node = createLoopback([revenueOperation])
    const { on, ref: _, unref: __, ...rest } = node
    const browser = {
      ...rest,
      addEventListener: (type: 'message' | 'messageerror' | 'error', listener: (event: { data?: unknown }) => void) =>
        on?.(type, (value) => listener(type === 'message' ? { data: value } : {})),
    }
    const { run, client } = setUp({}, { worker: () => browser })
    expect((await run()).data.revenue).toBe(100)
    client.close()
    await turn()
    expect(node.isTerminated).toBe(true)
  })

  it('ends the worker on close', async () => {
    const { run, client, last } = setUp()
    await run()
    client.close()
    await turn()
    expect(last().isTerminated).toBe(true)
  })
})

describe('abort of a worker run', () => {
  it('rejects at once and stops the work in the worker', async () => {
    const { client, run, last } = setUp()
    const controller = new AbortController()
    const busy = client.run(endlessOperation, {}, { signal: controller.signal })
    await until(() => last()?.heard('run').length === 1)
    controller.abort('enough')
    await expect(busy).rejects.toBe('enough')
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    await until(() => last().heard('abort').length === 1)
    expect(last().heard('abort')[0]?.id).toBe(last().heard('run')[0]?.id)
    await expect(run()).resolves.toMatchObject({ data: { revenue: 100 } }) // it is free for other work, columns and all
    expect(last().heard('open')).toHaveLength(1)
  })

  it('stops a load that nobody waits for, and frees what had arrived', async () => {
    const { run, adapter, last } = setUp({ script: (call) => (call.kind === 'transactions' ? hang(call) : undefined) })
    const controller = new AbortController()
    const answer = run(0, controller.signal)
    await until(() => adapter.calls.some(({ kind }) => kind === 'transactions'))
    controller.abort('left')
    await expect(answer).rejects.toBe('left')
    await until(() => last().heard('drop').length === 1)
  })

  it('frees the room that the worker makes for a load aborted before its reply', async () => {
    const controller = new AbortController()
    const port = createLoopback([revenueOperation])
    const postMessage: Loopback['postMessage'] = (message, moved) => {
      port.postMessage(message, moved)
      if ((message as { do: string }).do === 'open') queueMicrotask(() => controller.abort('left'))
    }
    const { client } = setUp({}, { worker: () => Object.assign(Object.create(port) as Loopback, { postMessage }) })
    await expect(client.run(revenueOperation, {}, { signal: controller.signal })).rejects.toBe('left')
    await until(() => port.heard('drop').length === 1)
    expect(port.heard('drop')[0]?.load).toBe(port.heard('open')[0]?.load)
  })
})

describe('errors of a worker', () => {
  it('say that a worker of another version does not know the operation', async () => {
    const port = createLoopback([revenueOperation])
    const replies: unknown[] = []
    port.on?.('message', (reply) => replies.push(reply))
    port.postMessage({ do: 'open', id: 1, load: 1, schema: shopSchema({ customers: 0, transactions: 0 }), reads: null }, [])
    port.postMessage({ do: 'finish', id: 2, load: 1 }, [])
    await until(() => replies.length === 2)
    port.postMessage({ do: 'run', id: 3, load: 1, name: 'later/invention', request: {} }, [])
    await until(() => replies.length === 3)
    expect(replies[2]).toMatchObject({ id: 3, error: { name: 'UnsupportedError', code: 'OPERATION_UNKNOWN', details: { name: 'later/invention' } } })
  })

  it('cross with code, message and details', async () => {
    const { client } = setUp({}, {}, [failingOperation('test/refusing', refusal)])
    const error: unknown = await client.run(failingOperation('test/refusing', null), {}).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(InvalidInputError)
    expect(error).toMatchObject({ code: 'BINS_RANGE', message: refusal.message, details: { bins: 11 } })
  })

  it('that are bugs become INTERNAL, and the stack stays behind debug()', async () => {
    const { client } = setUp({}, {}, [failingOperation('test/buggy', new TypeError('x is not a function'))])
    const error: unknown = await client.run(failingOperation('test/buggy', null), {}).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'INTERNAL', details: { where: 'worker' } })
    expect((error as AdapterError).message).not.toContain('function')
    expect((error as AdapterError).debug()).toContain('x is not a function')
  })

  it('are told when the worker cannot be made, and the next need tries again', async () => {
    const cause = new Error('blocked by the content security policy')
    const worker = vi.fn<NonNullable<ClientOptions['worker']>>(() => createLoopback([revenueOperation]))
    worker.mockImplementationOnce(() => {
      throw cause
    })
    worker.mockImplementationOnce(() => Promise.reject(cause))
    const { run } = setUp({}, { worker })
    for (const _ of ['thrown', 'rejected']) {
      const error: unknown = await run().catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'INTERNAL', details: { where: 'worker' } })
      expect((error as AdapterError).debug()).toBe(cause)
    }
    await expect(run()).resolves.toMatchObject({ data: { revenue: 100 } })
  })
})

describe('a worker that dies', () => {
  it('rejects everything pending, without a retry, and is made anew on next need', async () => {
    const { client, run, last, workers } = setUp()
    const pending = [client.run(endlessOperation, {}), client.run(endlessOperation, { minimum: 1 })].map((each) => each.catch((error: unknown) => error))
    await until(() => last()?.heard('run').length === 2)
    last().crash(new Error('gone'))
    for (const error of await Promise.all(pending)) expect(error).toMatchObject({ code: 'INTERNAL', details: { where: 'worker' }, retryable: false })
    expect(workers).toHaveLength(1)
    expect((await run()).data.revenue).toBe(100)
    expect(workers).toHaveLength(2)
    expect(last().heard('open')).toHaveLength(1) // its columns died with the first
  })

  it('while it is idle costs nothing but a new load', async () => {
    const { run, last, workers, adapter } = setUp()
    await run()
    last().crash(new Error('gone'))
    await run()
    expect(workers).toHaveLength(2)
    expect(adapter.calls.filter(({ kind }) => kind === 'transactions')).toHaveLength(2)
  })

  it('of hunger says so', async () => {
    const { client, last } = setUp()
    const pending = client.run(endlessOperation, {}).catch((error: unknown) => error)
    await until(() => last()?.heard('run').length === 1)
    last().crash(Object.assign(new Error('heap'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }))
    expect(await pending).toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { where: 'worker' } })
  })

  it('during a load rejects it, and stops the reading', async () => {
    const { run, adapter, last } = setUp({ script: (call) => (call.kind === 'transactions' ? hang(call) : undefined) })
    const controller = new AbortController()
    const answer = run(0, controller.signal).catch((error: unknown) => error)
    await until(() => adapter.calls.some(({ kind }) => kind === 'transactions'))
    last().crash(new Error('gone'))
    expect(await answer).toMatchObject({ code: 'INTERNAL', details: { where: 'worker' } })
    await until(() => adapter.open === 0)
  })
})
