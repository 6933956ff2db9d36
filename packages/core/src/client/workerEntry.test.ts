import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { createMemoryAdapter } from '../adapter/index.ts'
import type { MemoryAdapter, MemoryRow } from '../adapter/index.ts'
import { customerCountOperation, customersOperation } from '../customers/index.ts'
import { rfmCubeOperation, rfmDensityOperation, rfmGridOperation, rfmScoresOperation, rfmSpreadOperation } from '../rfm/index.ts'
import type { WorkerPort } from './client.types.ts'
import { createClient } from './createClient.ts'
import { revenueOperation } from './testing/shop.ts'

const here = (file: string): string => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)))

/** A worker of the application, with operations of its own beside those of the kit. */
const OWN_WORKER = `
  import { serveOperations } from ${here('./workerEntry.ts')}
  import { revenueOperation } from ${here('./testing/shop.ts')}
  serveOperations([
    { ...revenueOperation, name: 'mine/revenue' },
    { ...revenueOperation, name: 'mine/endless', *summarise() { for (;;) yield } },
    { ...revenueOperation, name: 'mine/deadly', summarise() { process.exit(1) } },
  ])`

/** A program that asks one question and forgets to close the client. */
const FORGETFUL_PROGRAM = `
  import { Worker } from 'node:worker_threads'
  import { createMemoryAdapter } from ${here('../adapter/index.ts')}
  import { customerCountOperation } from ${here('../customers/index.ts')}
  import { createClient } from ${here('./createClient.ts')}
  const adapter = createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: { transactions: [
    { lineId: 'l1', customerId: 'ada', orderId: 'o1', at: '2026-01-05', amount: 1250 },
  ] } })
  const client = createClient(adapter, { worker: () => new Worker(new URL('workerEntry.mjs', import.meta.url)) })
  const { data } = await client.run(customerCountOperation, { spec: { asOf: Date.UTC(2026, 1, 1), timeZone: 'UTC' } })
  console.log(data.customers, data.revenue)`

let folder = ''
const workerOf =
  (file: string): (() => Worker) =>
  () =>
    new Worker(pathToFileURL(join(folder, file)))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crm-worker-'))
  await writeFile(join(folder, 'ownWorker.ts'), OWN_WORKER)
  await writeFile(join(folder, 'forgetful.ts'), FORGETFUL_PROGRAM)
  await build({
    entryPoints: { workerEntry: fileURLToPath(new URL('workerEntry.ts', import.meta.url)), ownWorker: join(folder, 'ownWorker.ts'), forgetful: join(folder, 'forgetful.ts') },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** 3,000 lines of 400 customers, with returns, lines of nobody, and prospects; the same on every run. */
function createShop(holds: (line: MemoryRow, index: number) => boolean = () => true): MemoryAdapter {
  let state = 7
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const transactions: MemoryRow[] = Array.from({ length: 3_000 }, (_, i) => ({
    lineId: `l${i}`,
    customerId: random(50) === 0 ? null : `c${random(20) * random(21)}`,
    orderId: `o${random(1_500)}`,
    at: Date.UTC(2024, 0, 1) + random(700) * 86_400_000 + random(86_400_000),
    amount: random(20) === 0 ? -random(5_000) : random(90_000),
  }))
  const customers: MemoryRow[] = Array.from({ length: 420 }, (_, i) => ({ customerId: `c${i}`, name: `Customer ${i} 顧客`, city: ['Oslo', 'Zürich', null][i % 3] }))
  return createMemoryAdapter({ timeZone: 'Europe/Zurich', currency: 'CHF', data: { customers, transactions: transactions.filter(holds) } })
}
const spec = { asOf: Date.UTC(2025, 11, 31), timeZone: 'Europe/Zurich', scoring: { method: 'quantile', bins: 5 } } as const

describe('the worker entry in a worker thread', () => {
  it('gives the answers that the adapter gives, for every operation of the kit', async () => {
    const adapter = createShop()
    const pushed = createClient(adapter)
    const away = createClient(adapter, { worker: workerOf('workerEntry.mjs') })
    try {
      const selection = { label: 'Oslo', where: { op: 'eq', field: 'city', value: 'Oslo' }, ranges: [{ field: 'revenue', above: 0 }] } as const
      const grid = await away.run(rfmGridOperation, { spec, selection })
      expect(grid.data).toEqual((await pushed.run(rfmGridOperation, { spec, selection })).data)
      expect(grid.data.totals.customers).toBeGreaterThan(50)
      expect(grid.warnings.map(({ code }) => code)).toContain('LINES_WITHOUT_CUSTOMER')
      expect(grid.provenance).toMatchObject({ computedBy: 'local', engine: 'memory', completeness: { kind: 'complete' } })

      const scores = await away.run(rfmScoresOperation, { spec })
      expect(scores.data).toEqual((await pushed.run(rfmScoresOperation, { spec })).data)
      expect(Object.isFrozen(scores.data.totals)).toBe(true)

      const borders = { r: [7, 30, 90], f: [1, 2, 5], m: [0, 50_000] }
      const density = { spec, selection, x: { field: 'orders', borders: borders.f }, y: { field: 'meanOrderValue', borders: borders.m } } as const
      expect((await away.run(rfmSpreadOperation, { spec, field: 'revenue' })).data).toEqual((await pushed.run(rfmSpreadOperation, { spec, field: 'revenue' })).data)
      expect((await away.run(rfmCubeOperation, { spec, selection, borders })).data).toEqual((await pushed.run(rfmCubeOperation, { spec, selection, borders })).data)
      expect((await away.run(rfmDensityOperation, density)).data).toEqual((await pushed.run(rfmDensityOperation, density)).data)

      const page = { spec, select: ['customerId', 'name', 'revenue'], order: [{ field: 'revenue', direction: 'descending', nulls: 'last' }], limit: 30 } as const
      const first = await away.run(customersOperation, page)
      expect(first.data).toEqual((await pushed.run(customersOperation, page)).data)
      const after = first.data.next as string
      expect((await away.run(customersOperation, { ...page, after })).data).toEqual((await pushed.run(customersOperation, { ...page, after })).data)
      expect((await away.run(customerCountOperation, { spec, selection })).data).toEqual((await pushed.run(customerCountOperation, { spec, selection })).data)
    } finally {
      away.close()
      pushed.close()
    }
  })

  it('answers from the new data after an append', async () => {
    const adapter = createShop()
    const client = createClient(adapter, { worker: workerOf('workerEntry.mjs') })
    try {
      const before = await client.run(customerCountOperation, { spec })
      await adapter.append('transactions', [{ lineId: 'new', customerId: 'somebody new', orderId: 'new', at: Date.UTC(2025, 5, 1), amount: 500 }])
      await expect.poll(() => client.dataVersion).toBe('1')
      const after = await client.run(customerCountOperation, { spec })
      expect(after.data.customers).toBe(before.data.customers + 1)
      expect(after.data.revenue).toBe(before.data.revenue + 500)
    } finally {
      client.close()
    }
  })

  it('gives the grid without the lines that were removed to who listens, as a widget does, worker or not', async () => {
    for (const options of [{}, { worker: workerOf('workerEntry.mjs') }]) {
      const adapter = createShop()
      const client = createClient(adapter, options)
      try {
        const seen = [(await client.run(rfmGridOperation, { spec })).data]
        const unsubscribe = client.subscribe(() => void client.run(rfmGridOperation, { spec }).then(({ data }) => seen.push(data)))
        await adapter.remove('transactions', Array.from({ length: 1_500 }, (_, i) => `l${2 * i}`))
        await expect.poll(() => seen.length).toBe(2)
        const rebuilt = createShop((_, i) => i % 2 === 1)
        expect(seen[1]).toEqual((await createClient(rebuilt).run(rfmGridOperation, { spec })).data)
        expect(seen[1]!.totals.orders).toBeLessThan(seen[0]!.totals.orders)
        unsubscribe()
      } finally {
        client.close()
      }
    }
  })

  it('passes an error of the operation on with its code', async () => {
    const client = createClient(createShop(), { worker: workerOf('workerEntry.mjs') })
    try {
      await expect(client.run(customerCountOperation, { spec, selection: { label: '', ranges: [{ field: 'height', above: 1 }] } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    } finally {
      client.close()
    }
  })

  it('runs operations of the application that its own worker file adds', async () => {
    const mine = { ...revenueOperation, name: 'mine/revenue' }
    const adapter = createShop()
    const client = createClient(adapter, { worker: workerOf('ownWorker.mjs') })
    try {
      const { data } = await client.run(mine, {})
      const { data: count } = await client.run(customerCountOperation, { spec })
      expect(data.customers).toBe(420)
      expect(data.perCustomer[9_999]).toBe(data.revenue / 420)
      expect(data.revenue).toBeGreaterThan(count.revenue * 0.9)
    } finally {
      client.close()
    }
  })

  it('hears an abort in the middle of its work, and is free for the next', async () => {
    const client = createClient(createShop(), { worker: workerOf('ownWorker.mjs') })
    try {
      await client.run({ ...revenueOperation, name: 'mine/revenue' }, {})
      const controller = new AbortController()
      const endless = client.run({ ...revenueOperation, name: 'mine/endless' }, {}, { signal: controller.signal })
      setTimeout(() => controller.abort('enough'), 20)
      await expect(endless).rejects.toBe('enough')
      await expect(client.run({ ...revenueOperation, name: 'mine/revenue' }, { minimum: 1 })).resolves.toMatchObject({ data: { customers: 420 } })
    } finally {
      client.close()
    }
  })

  it('that exits rejects what is pending, and a new one takes over', async () => {
    const client = createClient(createShop(), { worker: workerOf('ownWorker.mjs') })
    try {
      await expect(client.run({ ...revenueOperation, name: 'mine/deadly' }, {})).rejects.toMatchObject({ code: 'INTERNAL', details: { where: 'worker' } })
      await expect(client.run({ ...revenueOperation, name: 'mine/revenue' }, {})).resolves.toMatchObject({ data: { customers: 420 } })
    } finally {
      client.close()
    }
  })

  it('does not keep a program alive that forgot to close its client', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'forgetful.mjs')], { timeout: 15_000 })
    expect(stdout).toBe('1 1250\n')
  })
})

describe('WorkerPort', () => {
  it('is what a worker of Node and a worker of a browser are', () => {
    expectTypeOf<Worker>().toExtend<WorkerPort>()
    expectTypeOf<InstanceType<typeof globalThis.Worker>>().toExtend<WorkerPort>()
  })
})
