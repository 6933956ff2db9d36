import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { openAsBlob } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { ImportProgress } from '@crm/core/adapter'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCsvImporter } from '../createCsvImporter.ts'
import { fileOf, HEADER, planOf, rowsOf } from '../testing/shop.ts'

let folder = ''
const workers: Worker[] = []
const start = (file = 'workerEntry.mjs'): Worker => {
  const worker = new Worker(pathToFileURL(join(folder, file)))
  workers.push(worker)
  return worker
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-worker-'))
  await writeFile(join(folder, 'deadly.mjs'), 'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(3))')
  await build({
    entryPoints: [fileURLToPath(new URL('../workerEntry.ts', import.meta.url))],
    outfile: join(folder, 'workerEntry.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@crm/source'],
    logLevel: 'error',
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const lines = Array.from({ length: 12_000 }, (_, i) => `customer ${i % 9000},o${i},2024-01-${String((i % 28) + 1).padStart(2, '0')},p${i % 70},${i % 90}.25,City ${i % 40}\n`).join('')
const text = `${HEADER.trim()},city\n${lines}broken\n`

describe('with a worker', () => {
  test('a text, a stream and a Blob give what they give without one', async () => {
    const path = join(folder, 'shop.csv')
    await writeFile(path, text)
    const here = createCsvImporter()
    const there = createCsvImporter({ worker: () => start() })
    const plan = await planOf(text)
    const expected = await here.run(text, plan)
    const sources = { text, stream: fileOf(text, 10_000), blob: new Blob([text]), 'file on disk': await openAsBlob(path) }
    for (const [name, source] of Object.entries(sources)) {
      expect(await there.open(source), name).toEqual(await here.open(source))
      expect(await there.dryRun(source, plan), name).toEqual(await here.dryRun(source, plan))
      const { report, adapter } = await there.run(source, plan)
      expect(report, name).toEqual(expected.report)
      expect(Object.isFrozen(report.findings[0])).toBe(true)
      expect(adapter.manifest).toEqual(expected.adapter.manifest)
      for (const [set, fields] of [['transactions', ['lineId', 'orderId', 'customerId', 'productId', 'at', 'amount']], ['customers', ['customerId', 'city']], ['products', ['productId']]] as const) {
        expect(await rowsOf(adapter, set, fields)).toEqual(await rowsOf(expected.adapter, set, fields))
      }
    }
  }, 60_000)

  test('errors arrive with code and details', async () => {
    const importer = createCsvImporter({ worker: () => start() })
    await expect(importer.run(`${text}"`, await planOf(text))).rejects.toMatchObject({ name: 'DataContractError', code: 'FILE_MALFORMED', details: { line: 12_003 } })
    await expect(importer.run(text, await planOf(text, { roles: {} }))).rejects.toMatchObject({ name: 'InvalidInputError', code: 'MAPPING_INVALID' })
    await expect(importer.open('')).rejects.toMatchObject({ code: 'FILE_MALFORMED' })
  })

  test('an abort ends the worker at once, with its reason', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const before = workers.length
    const run = createCsvImporter({ worker: () => start() }).run(text, await planOf(text), { signal: stop.signal, onProgress: () => stop.abort(reason) })
    const timer = setTimeout(() => stop.abort(reason), 300)
    await expect(run).rejects.toBe(reason)
    clearTimeout(timer)
    const worker = workers[before] as Worker
    await new Promise<void>((resolve) => (worker.threadId === -1 ? resolve() : worker.once('exit', () => resolve())))
    expect(worker.threadId).toBe(-1)
  })

  test('every worker is ended after its call', async () => {
    const importer = createCsvImporter({ worker: () => start() })
    const before = workers.length
    const plan = (await importer.open(text)).plan
    await importer.dryRun(text, plan)
    for (const worker of workers.slice(before)) await new Promise<void>((resolve) => (worker.threadId === -1 ? resolve() : worker.once('exit', () => resolve())))
    expect(workers.slice(before).map(({ threadId }) => threadId)).toEqual([-1, -1])
  })

  test('a worker that dies or cannot be made is INTERNAL', async () => {
    const plan = await planOf(text)
    await expect(createCsvImporter({ worker: () => start('deadly.mjs') }).run(text, plan)).rejects.toMatchObject({ code: 'INTERNAL', details: { where: 'worker' } })
    const broken = createCsvImporter({ worker: () => Promise.reject(new Error('blocked by policy')) })
    await expect(broken.open(text)).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  test('progress comes from the worker and ends at 1', async () => {
    const seen: ImportProgress[] = []
    await createCsvImporter({ worker: () => start() }).run(fileOf(text), await planOf(text), { onProgress: (progress) => seen.push(progress) })
    expect(seen.at(-1)).toEqual({ phase: 'building', rows: 12_001, bytes: text.length, share: 1 })
    expect(seen.some(({ phase }) => phase === 'reading')).toBe(true)
  })
})
