import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { Batch, Provenance } from '../adapter/contract.ts'
import { AdapterError } from '../errors/index.ts'
import type { ClientOptions, RunProgress } from './client.types.ts'
import { createClient } from './createClient.ts'
import { createTestClock, turn, until } from './testing/clock.ts'
import { createScriptedAdapter, hang } from './testing/scriptedAdapter.ts'
import type { Script, ScriptedOptions } from './testing/scriptedAdapter.ts'
import { COMPLETE, LINES, amountsOperation, batch, numbers, revenueOperation, shopSchema, text } from './testing/shop.ts'

/** A client over an adapter that offers no summary, unless told otherwise. */
function setUp({ manifest, ...rest }: ScriptedOptions = {}, options: ClientOptions = {}) {
  const adapter = createScriptedAdapter({ manifest: { summaries: [], ...manifest }, ...rest })
  const clock = createTestClock()
  const client = createClient(adapter, { ...clock, ...options })
  const run = (minimum = 0, signal?: AbortSignal) => client.run(revenueOperation, { minimum }, signal === undefined ? {} : { signal })
  const asked = (kind: string): number => adapter.calls.filter((call) => call.kind === kind).length
  return { adapter, clock, client, run, asked }
}
const on =
  (kind: string, script: Script): Script =>
  (call, nth) =>
    call.kind === kind ? script(call, nth) : undefined

describe('local runs', () => {
  it('load the data and give the answer that a backend would give', async () => {
    const { run, adapter } = setUp()
    const local = await run(2)
    const pushed = await createClient(createScriptedAdapter()).run(revenueOperation, { minimum: 2 })
    expect(local.data).toEqual(pushed.data)
    expect(local.warnings).toEqual(pushed.warnings)
    expect(local.provenance).toEqual({ computedBy: 'local', engine: 'memory', exactness: 'exact', completeness: { kind: 'complete' }, snapshot: null })
    expect(Object.isFrozen(local)).toBe(true)
    expect(adapter.calls.map(({ kind }) => kind)).toEqual(['schema', 'customers', 'transactions'])
    expect(adapter.calls[2]?.request).toEqual({ set: 'transactions', select: ['customerId', 'orderId', 'at', 'amount'] })
  })

  it('load once for all requests, at a time or one after the other', async () => {
    const { run, asked } = setUp()
    await Promise.all([run(1), run(2), run(3)])
    await run(4)
    expect(asked('transactions')).toBe(1)
  })

  it('take over when the adapter answers a summary that it offers with null', async () => {
    const adapter = createScriptedAdapter()
    adapter.summarise = () => null
    await expect(createClient(adapter).run(revenueOperation, {})).resolves.toMatchObject({ data: { revenue: 100 }, provenance: { computedBy: 'local' } })
  })

  it('count by the twin of the request where the operation has none of its own', async () => {
    const { summarise: _, ...rest } = revenueOperation
    const day40 = 40 * 86_400_000
    const operation = { ...rest, request: () => ({ kind: 'bins', axes: [], sums: ['revenue'], totals: { asOf: day40, zone: [{ since: 0, offsetMinutes: 0 }], order: 'orderId', returns: 'net' } }) as const }
    await expect(setUp().client.run(operation, {})).resolves.toMatchObject({ data: { customers: 3, revenue: 100 } })
  })

  it('work without a set of customers', async () => {
    const schema = shopSchema({ customers: null, transactions: 4 })
    const { run, asked } = setUp({ schema: { ...schema, sets: schema.sets.slice(1) } })
    expect((await run()).data).toMatchObject({ customers: 2, revenue: 100 })
    expect(asked('customers')).toBe(0)
  })

  it('load again after a change of the data, and only after one that concerns them', async () => {
    const { run, client, asked } = setUp()
    await run()
    client.invalidate(['products', 'interactions'])
    await run()
    expect(asked('transactions')).toBe(1)
    client.invalidate(['transactions'])
    await run()
    expect(asked('transactions')).toBe(2)
    client.invalidate()
    await run()
    expect(asked('transactions')).toBe(3)
  })

  it('follow the changes of the adapter while columns are held, so that nothing old is answered', async () => {
    let amount = 50
    const lines = (): Batch[] => [batch([text('ada'), text('o1'), numbers(1), numbers(amount)], {})]
    const { run, adapter, client } = setUp({ script: on('transactions', lines) })
    expect((await run()).data.revenue).toBe(50)
    expect(adapter.followers).toBe(1)
    amount = 70
    adapter.announce({ sets: ['transactions'], version: '2' })
    await until(() => client.dataVersion === '1')
    expect(adapter.followers).toBe(0)
    expect((await run()).data.revenue).toBe(70)
    client.close()
    await until(() => adapter.followers === 0)
  })

  it('do not keep columns that were out of date before they were loaded', async () => {
    const { run, client, asked } = setUp({
      script: on('transactions', (_, nth) => {
        if (nth === 1) client.invalidate()
        return undefined
      }),
    })
    await run()
    await run()
    expect(asked('transactions')).toBe(2)
  })
})

describe('whole sets', () => {
  it('are scanned for an operation that reads them, and kept apart from customers and their lines', async () => {
    const { run, client, asked, adapter } = setUp()
    const amounts = (only: number) => client.run(amountsOperation, { only })
    const first = await amounts(1)
    expect(first.data).toMatchObject({ sum: 100, rows: 4 })
    expect(first.provenance).toMatchObject({ computedBy: 'local', engine: 'memory' })
    expect(adapter.calls.at(-1)?.request).toEqual({ set: 'transactions', select: ['customerId', 'orderId', 'at', 'amount'] })
    expect((await amounts(2)).data.tables).toBe(first.data.tables)
    expect(asked('transactions')).toBe(1)
    await run()
    expect(asked('transactions')).toBe(2)
    client.invalidate(['customers'])
    await amounts(3)
    expect(asked('transactions')).toBe(2)
    client.invalidate(['transactions'])
    expect((await amounts(4)).data.tables).not.toBe(first.data.tables)
  })

  it('tell how far reading and computing are, to everybody who waits', async () => {
    const { client } = setUp()
    const told: RunProgress[][] = [[], []]
    await Promise.all(told.map((list) => client.run(amountsOperation, { only: 1, slow: true }, { onProgress: (progress) => list.push(progress) })))
    expect(told[0]).toEqual(told[1])
    expect(told[0]?.filter(({ phase }) => phase === 'reading').at(-1)).toEqual({ phase: 'reading', fraction: 1 })
    const computing = told[0]?.filter(({ phase }) => phase === 'computing').map(({ fraction }) => fraction)
    expect(computing?.length).toBeGreaterThan(0)
    expect(computing).toEqual([...(computing ?? [])].sort((a, b) => (a ?? 0) - (b ?? 0)))
  })

  it('are refused beyond what this thread or the memory takes', async () => {
    const large = setUp({ schema: shopSchema({ customers: 3, transactions: 300_000 }) })
    await expect(large.client.run(amountsOperation, { only: 1 })).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { limitRows: 200_000 } })
    const small = setUp({}, { memoryLimitBytes: 60 })
    await expect(small.client.run(amountsOperation, { only: 1 })).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { limitBytes: 60 } })
  })
})

describe('loading', () => {
  it('is shared, and aborted when nobody waits for it any more', async () => {
    const { run, adapter, asked } = setUp({ script: on('transactions', hang) })
    const controllers = [new AbortController(), new AbortController()]
    const both = controllers.map(({ signal }, i) => run(i, signal).catch((reason: unknown) => reason))
    await until(() => asked('transactions') === 1)
    controllers[0]?.abort('first')
    expect(await both[0]).toBe('first')
    expect(adapter.open).toBe(1)
    controllers[1]?.abort('second')
    expect(await both[1]).toBe('second')
    await until(() => adapter.open === 0 && adapter.followers === 0)
    for (const { context } of adapter.calls) expect(getEventListeners(context.signal, 'abort')).toHaveLength(0)
  })

  it('starts from the beginning after a failure that can pass, and counts no line twice', async () => {
    async function* breaking() {
      yield LINES[0] as Batch
      throw new AdapterError('UNAVAILABLE')
    }
    const { run, clock, asked } = setUp({ script: on('transactions', (_, nth) => (nth <= 2 ? breaking() : undefined)) })
    const answer = run()
    await until(() => clock.sleeping === 1)
    await clock.advance(10_000)
    await until(() => clock.waits.length === 2)
    await clock.advance(10_000)
    expect((await answer).data).toMatchObject({ customers: 3, revenue: 100 })
    expect([asked('customers'), asked('transactions')]).toEqual([3, 3])
  })

  it('gives up after three tries and keeps no failure', async () => {
    let isDown = true
    const { run, clock, asked } = setUp({
      script: on('transactions', () => {
        if (isDown) throw new AdapterError('UNAVAILABLE')
        return undefined
      }),
    })
    const answer = run().catch((error: unknown) => error)
    for (const waits of [1, 2]) {
      await until(() => clock.waits.length === waits)
      await clock.advance(10_000)
    }
    expect(await answer).toMatchObject({ code: 'UNAVAILABLE' })
    expect(asked('transactions')).toBe(3)
    isDown = false
    expect((await run()).data.revenue).toBe(100)
  })

  it.each<[string, Script]>([
    ['without an end', () => LINES.slice(0, 1)],
    ['with rows after its end', () => [...LINES, ...LINES]],
    ['with a column missing', () => [batch([text('ada'), text('o1'), numbers(1)], {})]],
    ['with a column too short', () => [{ ...(LINES[1] as Batch), rows: 3 }]],
  ])('refuses a scan %s', async (_, script) => {
    const { run, asked } = setUp({ script: on('transactions', script) })
    await expect(run()).rejects.toMatchObject({ code: 'PROTOCOL' })
    expect(asked('transactions')).toBe(1)
  })

  it('is partial when any scan was, names what is missing once, and is as exact as the least exact', async () => {
    const end = (completeness: Provenance['completeness'], exactness: Provenance['exactness']) => ({ provenance: { ...COMPLETE, completeness, exactness, snapshot: 's1' } })
    const { run } = setUp({
      script: ({ kind }) => {
        if (kind === 'customers') return [batch([text('ada')], end({ kind: 'partial', missing: ['shard 2', 'shard 3'] }, 'exact'))]
        if (kind === 'transactions') return [batch([text('ada'), text('o1'), numbers(1), numbers(5)], end({ kind: 'partial', missing: ['shard 2'] }, 'approximate'))]
        return undefined
      },
    })
    expect((await run()).provenance).toEqual({
      computedBy: 'local',
      engine: 'memory',
      exactness: 'approximate',
      completeness: { kind: 'partial', missing: ['shard 2', 'shard 3'] },
      snapshot: 's1',
    })
  })

  it('reads both sets of one snapshot where the adapter can, and asks for none elsewhere', async () => {
    const customers: Script = () => [batch([text('ada', 'bob', 'cyd')], { provenance: { ...COMPLETE, snapshot: 's1' } })]
    for (const [snapshot, expected] of [['snapshot', 's1'], ['monotonic', undefined]] as const) {
      const { run, adapter } = setUp({ manifest: { snapshot }, script: on('customers', customers) })
      await run()
      expect(adapter.calls.find(({ kind }) => kind === 'transactions')?.request?.snapshot).toBe(expected)
    }
  })

  it('begins again with a fresh snapshot when the first one is gone', async () => {
    const customers: Script = (_, nth) => [batch([text('ada', 'bob', 'cyd')], { provenance: { ...COMPLETE, snapshot: `s${nth}` } })]
    const { run, adapter, clock } = setUp({
      manifest: { snapshot: 'snapshot' },
      script: (call, nth) => {
        if (call.kind === 'transactions' && nth === 1) throw new AdapterError('SNAPSHOT_GONE')
        return on('customers', customers)(call, nth)
      },
    })
    const answer = run()
    await until(() => clock.sleeping === 1)
    await clock.advance(10_000)
    expect((await answer).data.revenue).toBe(100)
    expect(adapter.calls.filter(({ kind }) => kind === 'transactions').map(({ request }) => request?.snapshot)).toEqual(['s1', 's2'])
  })
})

describe('limits', () => {
  const large = shopSchema({ customers: 3, transactions: 200_001 })

  it('refuse more than 200,000 transactions on the calling thread before anything is read, with the estimate', async () => {
    const { run, asked } = setUp({ schema: large })
    await expect(run()).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { estimatedRows: 200_001, limitRows: 200_000 } })
    expect(asked('transactions')).toBe(0)
  })

  it('allow exactly 200,000, and any number when told so', async () => {
    expect((await setUp({ schema: shopSchema({ customers: 3, transactions: 200_000 }) }).run()).data.revenue).toBe(100)
    expect((await setUp({ schema: large }, { allowMainThread: true }).run()).data.revenue).toBe(100)
  })

  it('hold for an adapter that would count on this thread too', async () => {
    const here = { manifest: { summaries: ['bins'], runs: 'here' } } as const
    const { run, asked } = setUp({ ...here, schema: large })
    await expect(run()).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED' })
    expect(asked('summarise')).toBe(0)
    const small = setUp(here)
    await expect(small.run()).resolves.toMatchObject({ data: { revenue: 100 }, provenance: { engine: 'Scripted' } })
    expect(small.asked('transactions')).toBe(0)
  })

  it('do not hold for a backend that counts elsewhere', async () => {
    await expect(setUp({ manifest: { summaries: ['bins'] }, schema: large }).run()).resolves.toMatchObject({ data: { revenue: 100 } })
  })

  it('stop the reading when the schema did not know how much there is', async () => {
    const rows = 65_536
    let sent = 0
    async function* endless() {
      const values = new Float64Array(rows).fill(1)
      const codes = new Int32Array(rows)
      const ids = { kind: 'text', codes, dictionary: ['ada'] } as const
      for (;;) {
        sent++
        yield { rows, columns: [ids, ids, { kind: 'float64', values }, { kind: 'float64', values }] } as Batch
      }
    }
    const { run, adapter } = setUp({ schema: shopSchema({ customers: null, transactions: null }), script: on('transactions', endless) })
    await expect(run()).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { estimatedRows: 4 * rows, limitRows: 200_000 } })
    expect([sent, adapter.open]).toEqual([4, 0])

    sent = 0
    const roomy = setUp({ schema: shopSchema({ customers: null, transactions: null }), script: on('transactions', endless) }, { allowMainThread: true, memoryLimitBytes: 2 ** 24 })
    const error: unknown = await roomy.run().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { limitBytes: 2 ** 24 } })
    expect((error as AdapterError).details['estimatedBytes']).toBeGreaterThan(2 ** 24)
    expect(sent).toBeLessThan(20)
  })

  it('refuse what would not fit into memory before anything is read', async () => {
    const { run, asked } = setUp({ schema: shopSchema({ customers: 1e6, transactions: 5e6 }) }, { allowMainThread: true, memoryLimitBytes: 1e8 })
    await expect(run()).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { limitBytes: 1e8, estimatedBytes: expect.any(Number) } })
    expect(asked('transactions')).toBe(0)
  })
})

describe('work on the calling thread', () => {
  it('lets timers run meanwhile, and stops soon after an abort', async () => {
    let steps = 0
    const endless = {
      ...revenueOperation,
      *summarise() {
        for (;;) {
          steps++
          yield
        }
      },
    }
    const { client } = setUp()
    const controller = new AbortController()
    let ticks = 0
    const timer = setInterval(() => ++ticks === 3 && controller.abort('enough'), 0)
    await expect(client.run(endless, {}, { signal: controller.signal })).rejects.toBe('enough')
    clearInterval(timer)
    await turn()
    await turn()
    const before = steps
    await turn()
    expect(steps).toBe(before)
  })
})
