import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { AdapterError, DataContractError, InvalidInputError } from '../errors/index.ts'
import { canonicalRequest } from './canonicalRequest.ts'
import { createClient } from './createClient.ts'
import { createTestClock, turn, until } from './testing/clock.ts'
import { createScriptedAdapter, hang } from './testing/scriptedAdapter.ts'
import type { Script } from './testing/scriptedAdapter.ts'
import { COMPLETE, REVENUE, batch, numbers, revenueOperation } from './testing/shop.ts'

/** A scripted adapter that pushes down, a client over it, and the calls of the summary. */
function setUp(script: Script = () => undefined, manifest: Parameters<typeof createScriptedAdapter>[0] = {}) {
  const adapter = createScriptedAdapter({ script: (call, nth) => (call.kind === 'summarise' ? script(call, nth) : undefined), ...manifest })
  const clock = createTestClock()
  const client = createClient(adapter, { ...clock, retry: { baseMs: 100, maxMs: 1_000 } })
  const run = (options: { signal?: AbortSignal; deadlineMs?: number } = {}, minimum = 0) => client.run(revenueOperation, { minimum }, options)
  return { adapter, clock, client, run, summaries: () => adapter.calls.filter(({ kind }) => kind === 'summarise') }
}
const failing =
  (times: number, error: () => unknown): Script =>
  (_, nth) => {
    if (nth <= times) throw error()
    return undefined
  }
const unavailable = (): AdapterError => new AdapterError('UNAVAILABLE')

describe('createClient', () => {
  it('names itself after the adapter and what may be seen, so that server and browser agree', () => {
    const { client, adapter } = setUp()
    expect(client.id).toBe('Scripted:tenant-1')
    expect(createClient(adapter, { id: 'mine' }).id).toBe('mine')
    expect(client.dataVersion).toBe('0')
    expect(client.adapter).toBe(adapter)
  })

  it('asks the backend where it offers the summary, and finishes the answer', async () => {
    const { run, adapter } = setUp()
    const answer = await run({}, 5)
    expect(answer.data).toMatchObject({ customers: 3, revenue: 100, minimum: 5 })
    expect(answer.provenance).toEqual(COMPLETE)
    expect(answer.warnings).toEqual([{ code: 'LINES_WITHOUT_CUSTOMER', count: 7 }])
    expect(Object.isFrozen(answer)).toBe(true)
    expect(adapter.calls.map(({ kind }) => kind)).toEqual(['schema', 'summarise'])
  })

  it('asks for the schema once per data version', async () => {
    const { run, client, adapter } = setUp()
    await run()
    await run({}, 1)
    expect(await client.schema()).toBe(await client.schema())
    const asked = (): number => adapter.calls.filter(({ kind }) => kind === 'schema').length
    expect(asked()).toBe(1)
    client.invalidate()
    await Promise.all([client.schema(), run()])
    expect(asked()).toBe(2)
  })

  it('does not keep a schema that was out of date when it came', async () => {
    const adapter = createScriptedAdapter({ script: ({ kind }) => (kind === 'schema' ? turn() : undefined) })
    const client = createClient(adapter)
    const old = client.schema()
    client.invalidate()
    await old
    await client.schema()
    expect(adapter.calls).toHaveLength(2)
  })

  it('says what the backend says of a partial answer', async () => {
    const completeness = { kind: 'partial', missing: ['shard 2'] } as const
    const { run } = setUp(() => [batch([numbers(3), numbers(0), numbers(60)], { provenance: { ...COMPLETE, completeness } })])
    expect((await run()).provenance.completeness).toEqual(completeness)
  })

  it('rejects a request that is no plain JSON before anything is asked', async () => {
    const { client, adapter } = setUp()
    await expect(client.run(revenueOperation, { minimum: new Date() } as never)).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
    expect(adapter.calls).toEqual([])
  })

  it('refuses a request that has not the shape that an operation takes, before the backend is asked', async () => {
    const { client, adapter } = setUp()
    const stumbling = { ...revenueOperation, request: (request: object) => ({ kind: 'bins', asOf: (request as { spec: { asOf: number } }).spec.asOf }) as never }
    const error: unknown = await client.run(stumbling, {}).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'InvalidInputError', code: 'REQUEST_INVALID', details: { operation: revenueOperation.name }, cause: expect.any(TypeError) })
    expect(adapter.calls.map(({ kind }) => kind)).toEqual(['schema'])
  })

  it('passes an error of the operation on as it is, and anything unknown as INTERNAL with the cause behind debug()', async () => {
    const { client } = setUp()
    const refuse = new InvalidInputError('BINS_RANGE', 'No.')
    const throwing = (error: unknown) => ({
      ...revenueOperation,
      name: `test/${String(error)}`,
      finish: () => {
        throw error
      },
    })
    await expect(client.run(throwing(refuse), {})).rejects.toBe(refuse)
    const bug = new TypeError('a bug')
    const error: unknown = await client.run(throwing(bug), {}).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'INTERNAL' })
    expect((error as AdapterError).debug()).toBe(bug)
    expect((error as AdapterError).message).not.toContain('bug')
  })
})

describe('retries of the client', () => {
  it('answers after two failures that can pass', async () => {
    const { run, clock, summaries } = setUp(failing(2, unavailable))
    const answer = run()
    await clock.advance(5_000)
    expect((await answer).data.revenue).toBe(100)
    expect(summaries()).toHaveLength(3)
    expect(clock.waits).toEqual([50, 100])
  })

  it('makes three calls at most, each under an id of its own', async () => {
    const { run, clock, summaries } = setUp(failing(99, unavailable))
    const answer = run().catch((error: unknown) => error)
    await clock.advance(60_000)
    expect(await answer).toMatchObject({ code: 'UNAVAILABLE' })
    expect(summaries()).toHaveLength(3)
    expect(new Set(summaries().map(({ context }) => context.requestId)).size).toBe(3)
  })

  it('starts a stream that broke from the beginning, and counts nothing twice', async () => {
    async function* breaking() {
      yield batch([numbers(3), numbers(0), numbers(100)])
      throw unavailable()
    }
    const { run, clock, summaries } = setUp((_, nth) => (nth === 1 ? breaking() : undefined))
    const answer = run()
    await clock.advance(5_000)
    expect((await answer).data.revenue).toBe(100)
    expect(summaries()).toHaveLength(2)
  })

  it('does not repeat what cannot help: a refusal, a broken answer, a bug', async () => {
    const scripts: [string, Script][] = [
      ['FORBIDDEN', failing(9, () => new AdapterError('FORBIDDEN'))],
      ['MONEY_RANGE', failing(9, () => new DataContractError('MONEY_RANGE', 'Too much.'))],
      ['PROTOCOL', () => [batch([numbers(3), numbers(0), numbers(100)])]],
      ['PROTOCOL', () => [...REVENUE, ...REVENUE]],
      ['PROTOCOL', () => [batch([numbers(3)], {})]],
      ['INTERNAL', failing(9, () => new TypeError('SELECT secret FROM t'))],
    ]
    for (const [code, script] of scripts) {
      const { run, summaries } = setUp(script)
      await expect(run()).rejects.toMatchObject({ code, message: expect.not.stringContaining('secret') })
      expect(summaries()).toHaveLength(1)
    }
  })

  it('keeps no rejection: the next call asks again', async () => {
    const { run, summaries } = setUp(failing(1, () => new AdapterError('FORBIDDEN')))
    await expect(run()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(run()).resolves.toMatchObject({ data: { revenue: 100 } })
    expect(summaries()).toHaveLength(2)
  })

  it('turns no failing backend into a storm: 84 callers cost three calls', async () => {
    const { run, clock, summaries } = setUp(failing(Infinity, unavailable))
    const answers = Array.from({ length: 84 }, () => run().catch((error: unknown) => error))
    await clock.advance(3_600_000)
    expect(new Set(await Promise.all(answers)).size).toBe(1)
    expect(summaries()).toHaveLength(3)
  })

  it('retries the schema too', async () => {
    const adapter = createScriptedAdapter({ script: ({ kind }, nth) => (kind === 'schema' ? failing(1, unavailable)({} as never, nth) : undefined) })
    const clock = createTestClock()
    const schema = createClient(adapter, clock).schema()
    await clock.advance(5_000)
    await expect(schema).resolves.toMatchObject({ timeZone: 'UTC' })
  })
})

describe('deadlines', () => {
  it('rejects with DEADLINE_EXCEEDED when the time is over, and stops the adapter', async () => {
    const { run, clock, summaries } = setUp(hang)
    const answer = run({ deadlineMs: 300 }).catch((error: unknown) => error)
    await clock.advance(299)
    expect(summaries()[0]?.context).toMatchObject({ deadlineAt: clock.now() + 1, signal: { aborted: false } })
    await clock.advance(1)
    expect(await answer).toMatchObject({ code: 'DEADLINE_EXCEEDED', details: { deadlineMs: 300 } })
    expect(summaries()[0]?.context.signal.aborted).toBe(true)
    expect(clock.sleeping).toBe(0)
  })

  it('begins no wait that would end after it', async () => {
    const { run, clock, summaries } = setUp(failing(9, () => new AdapterError('RATE_LIMITED', { retryAfterMs: 400 })))
    await expect(run({ deadlineMs: 300 })).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 400 })
    expect(summaries()).toHaveLength(1)
    expect(clock.sleeping).toBe(0)
  })

  it('takes the deadline of the client unless the call has one', async () => {
    const adapter = createScriptedAdapter({ script: hang })
    const clock = createTestClock()
    const client = createClient(adapter, { ...clock, deadlineMs: 100 })
    const outcomes: string[] = []
    const usual = client.schema().catch(() => outcomes.push('usual'))
    const patient = client.schema({ deadlineMs: 200 }).catch(() => outcomes.push('patient'))
    await clock.advance(100)
    expect(outcomes).toEqual(['usual'])
    await clock.advance(100)
    await Promise.all([usual, patient])
    expect(outcomes).toEqual(['usual', 'patient'])
  })

  it('asks again for whoever has more time when the adapter kept the deadline of the first', async () => {
    const { run, clock, summaries } = setUp(async ({ context }, nth) => {
      if (nth > 1) return undefined
      await clock.sleep((context.deadlineAt ?? 0) - clock.now(), context.signal)
      throw new AdapterError('DEADLINE_EXCEEDED')
    })
    const hurried = run({ deadlineMs: 100 }).catch((error: unknown) => error)
    await turn()
    const patient = run({ deadlineMs: 900 })
    await clock.advance(100)
    expect(await hurried).toMatchObject({ code: 'DEADLINE_EXCEEDED' })
    expect((await patient).data.revenue).toBe(100)
    expect(summaries().map(({ context }) => context.deadlineAt)).toEqual([clock.now(), clock.now() + 800])
  })

  it('does not repeat a call whose adapter had a shorter limit of its own', async () => {
    const { run, summaries } = setUp(failing(9, () => new AdapterError('DEADLINE_EXCEEDED')))
    await expect(run({ deadlineMs: 10_000 })).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' })
    expect(summaries()).toHaveLength(1)
  })
})

describe('single flight and abort', () => {
  it('asks once for equal requests, whatever the order of their keys', async () => {
    const { client, summaries } = setUp()
    const a = client.run(revenueOperation, { minimum: 1, other: 2 } as { minimum: number })
    const b = client.run(revenueOperation, { other: 2, minimum: 1 } as { minimum: number })
    expect((await a).data).toBe((await b).data)
    expect(summaries()).toHaveLength(1)
    await client.run(revenueOperation, { minimum: 1 })
    expect(summaries()).toHaveLength(2)
  })

  it('does not join work of an older data version', async () => {
    const { client, run, summaries } = setUp()
    const [old] = [run(), client.invalidate()]
    const fresh = run()
    expect((await old).data).not.toBe((await fresh).data)
    expect(summaries()).toHaveLength(2)
  })

  it('lets one of two leave at once and aborts when both have left', async () => {
    const { run, adapter, summaries } = setUp(hang)
    const [first, second] = [new AbortController(), new AbortController()]
    const both = [first, second].map(({ signal }) => run({ signal }).catch((reason: unknown) => reason))
    await until(() => summaries().length === 1)
    first.abort('first')
    expect(await both[0]).toBe('first')
    expect(summaries()[0]?.context.signal.aborted).toBe(false)
    second.abort('second')
    expect(await both[1]).toBe('second')
    expect(summaries()[0]?.context.signal.reason).toBe('second')
    await until(() => adapter.open === 0)
  })

  it('rejects at once although the adapter is deaf', async () => {
    const { run, summaries } = setUp(() => new Promise(() => {}))
    const controller = new AbortController()
    const answer = run({ signal: controller.signal })
    await until(() => summaries().length === 1)
    controller.abort('enough')
    await expect(answer).rejects.toBe('enough')
  })

  it('asks nothing when aborted before', async () => {
    const { run, adapter } = setUp()
    await expect(run({ signal: AbortSignal.abort('before') })).rejects.toBe('before')
    expect(adapter.calls).toEqual([])
  })

  it('leaves no listener on any signal and no timer, answered or aborted, failed or late', async () => {
    const scripts: Script[] = [() => undefined, hang, failing(9, () => new AdapterError('FORBIDDEN')), failing(9, unavailable)]
    for (const script of scripts) {
      const { run, clock, adapter } = setUp(script)
      const controller = new AbortController()
      const outcome = run({ signal: controller.signal, deadlineMs: 60_000 }).catch((reason: unknown) => reason)
      await clock.advance(10_000)
      if (script === hang) controller.abort()
      await outcome
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
      for (const { context } of adapter.calls) expect(getEventListeners(context.signal, 'abort')).toHaveLength(0)
      expect(clock.sleeping).toBe(0)
    }
  })

  it('leaves no timer of its own clock either', async () => {
    vi.useFakeTimers()
    try {
      for (const script of [() => undefined, failing(9, unavailable), failing(9, () => new AdapterError('FORBIDDEN')), hang] as Script[]) {
        const client = createClient(createScriptedAdapter({ script: (call, nth) => (call.kind === 'summarise' ? script(call, nth) : undefined) }))
        const outcome = client.run(revenueOperation, {}, { deadlineMs: 60_000 }).catch((reason: unknown) => reason)
        await vi.advanceTimersByTimeAsync(script === hang ? 60_000 : 20_000)
        expect(await outcome).toBeDefined()
        expect(vi.getTimerCount()).toBe(0)
      }
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('concurrency', () => {
  it('has no more calls open than the adapter can take', async () => {
    const { run, adapter } = setUp(undefined, { manifest: { maxConcurrency: 2 }, script: async ({ kind }) => (kind === 'summarise' ? turn().then(turn).then(() => undefined) : undefined) })
    await Promise.all(Array.from({ length: 20 }, (_, i) => run({}, i)))
    expect(adapter.mostOpen).toBe(2)
    expect(adapter.calls).toHaveLength(21)
  })

  it('drops an aborted call from the queue without asking the adapter', async () => {
    const { run, summaries } = setUp(undefined, { manifest: { maxConcurrency: 1 }, script: (call) => (call.kind === 'summarise' ? hang(call) : undefined) })
    const [running, queued] = [new AbortController(), new AbortController()]
    const first = run({ signal: running.signal }, 1).catch((reason: unknown) => reason)
    await until(() => summaries().length === 1)
    const second = run({ signal: queued.signal }, 2).catch((reason: unknown) => reason)
    await turn()
    queued.abort('queued')
    expect(await second).toBe('queued')
    running.abort('running')
    expect(await first).toBe('running')
    await turn()
    expect(summaries()).toHaveLength(1)
  })

  it('frees the place of a call while it waits to try again', async () => {
    const { run, clock } = setUp(undefined, {
      manifest: { maxConcurrency: 1 },
      script: ({ kind }, nth) => (kind === 'summarise' ? failing(1, () => new AdapterError('OVERLOADED', { retryAfterMs: 5_000 }))({} as never, nth) : undefined),
    })
    const waiting = run({}, 1)
    await turn()
    expect((await run({}, 2)).data.minimum).toBe(2)
    await clock.advance(5_000)
    expect((await waiting).data.minimum).toBe(1)
  })
})

describe('data versions', () => {
  it('count up from 0, tell every subscriber, and are part of the key', () => {
    const { client } = setUp()
    const heard: string[] = []
    const listener = (): number => heard.push(client.dataVersion)
    const [end, endAgain] = [client.subscribe(listener), client.subscribe(listener)]
    client.invalidate()
    expect(heard).toEqual(['1', '1'])
    end()
    end()
    client.invalidate(['products'])
    expect(heard).toEqual(['1', '1', '2'])
    endAgain()
    client.invalidate()
    expect(heard).toHaveLength(3)
    expect(['crm', client.id, client.dataVersion, revenueOperation.name, canonicalRequest({})]).toEqual(['crm', 'Scripted:tenant-1', '3', 'test/revenue', '{}'])
  })

  it('follow the changes of the adapter while somebody listens, and only then', async () => {
    const { client, adapter } = setUp()
    expect(adapter.followers).toBe(0)
    const [end, endOther] = [client.subscribe(() => {}), client.subscribe(() => {})]
    expect(adapter.followers).toBe(1)
    adapter.announce({ sets: ['customers'], version: 'x' })
    await until(() => client.dataVersion === '1')
    end()
    expect(adapter.followers).toBe(1)
    endOther()
    await until(() => adapter.followers === 0)
    adapter.announce({ sets: ['customers'], version: 'y' })
    await turn()
    expect(client.dataVersion).toBe('1')
  })

  it('count up when a broken line of changes is mended, because what was missed is unknown', async () => {
    const { client, adapter, clock } = setUp()
    const end = client.subscribe(() => {})
    adapter.breakChanges(unavailable())
    await until(() => adapter.followers === 0)
    expect(client.dataVersion).toBe('0')
    await clock.advance(1_000)
    await until(() => adapter.followers === 1)
    expect(client.dataVersion).toBe('1')
    adapter.breakChanges(unavailable())
    await turn()
    end()
    await clock.advance(60_000)
    expect(adapter.followers).toBe(0)
    expect(clock.sleeping).toBe(0)
  })

  it('are no longer followed when the adapter refuses for good', async () => {
    const { client, adapter, clock } = setUp()
    client.subscribe(() => {})
    adapter.breakChanges(new AdapterError('FORBIDDEN'))
    await clock.advance(60_000)
    expect(adapter.followers).toBe(0)
    expect(client.dataVersion).toBe('0')
  })
})

describe('close', () => {
  it('rejects what runs and what comes with ADAPTER_CLOSED, stops listening, and twice is once', async () => {
    const { client, run, adapter, clock } = setUp(hang)
    client.subscribe(() => {})
    const answer = run({ deadlineMs: 1_000 }).catch((error: unknown) => error)
    await until(() => adapter.open === 1)
    client.close()
    client.close()
    expect(await answer).toMatchObject({ code: 'ADAPTER_CLOSED' })
    await expect(run()).rejects.toMatchObject({ code: 'ADAPTER_CLOSED' })
    await expect(client.schema()).rejects.toMatchObject({ code: 'ADAPTER_CLOSED' })
    await until(() => adapter.open === 0 && adapter.followers === 0)
    expect(clock.sleeping).toBe(0)
  })
})
