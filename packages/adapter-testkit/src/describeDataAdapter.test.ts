import type { DataAdapter } from '@crm/core/adapter'
import { afterAll, describe, expect, test } from 'vitest'
import { isAwkward } from './data/hostileTexts.ts'
import { CheckFailure, describeDataAdapter } from './index.ts'
import type { DataAdapterSuite, DescribeDataAdapterOptions } from './index.ts'
import { memoryAdapterOf } from './memoryAdapterOf.ts'
import { onNumbers, wrap } from './testing/faultTools.ts'

const suite = describeDataAdapter({ name: 'memory adapter', create: memoryAdapterOf })

describe(`${suite.name} keeps the contract, seed ${suite.seed}`, () => {
  // oxlint-disable-next-line vitest/expect-expect -- the check is the assertion
  for (const check of suite.checks) test(`${check.name}`, check.run)
  afterAll(suite.close)
})

const COUNT = suite.checks.length
const MONEY = 'types: money keeps every unit up to 2^53 - 1'
const LIMITS = 'cursors: limits outside 1..100,000 are LIMIT_RANGE'

/** An adapter that loses the last unit of large amounts. */
const inexact = (inner: DataAdapter): DataAdapter => onNumbers(inner, (value) => (Math.abs(value) > 2 ** 52 ? Math.trunc(value / 2) * 2 : value))

function suiteOf(options: Partial<DescribeDataAdapterOptions> = {}): DataAdapterSuite {
  return describeDataAdapter({ name: 'some adapter', create: memoryAdapterOf, seed: 7, requests: 8, ...options })
}

async function run(of: DataAdapterSuite, name: string): Promise<unknown> {
  const check = of.checks.find((one) => one.name === name)
  if (check === undefined) throw new Error(`no check ${name}`)
  try {
    await check.run()
    return null
  } catch (error) {
    return error
  }
}

test('a failure tells what was asked, what came instead of what, and the rule', async () => {
  const failing = suiteOf({ create: (data) => inexact(memoryAdapterOf(data)) })
  const error = await run(failing, MONEY)
  await failing.close()
  expect(error).toBeInstanceOf(CheckFailure)
  const lines = (error as CheckFailure).message.split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(/^Asked: \{"kind":"scan","set":"products",.*\}\.$/)
  expect(lines[1]).toMatch(/^Row \d+, column 1 "price": expected 9007199254740991, got 9007199254740990; both have 60 rows\.$/)
  expect(lines[2]).toBe('Rule: "Values" in @crm/core/src/adapter/ARCHITECTURE.md#values.')
})

test('a known gap that fails passes', async () => {
  const gap = suiteOf({ create: (data) => inexact(memoryAdapterOf(data)), knownGaps: { [MONEY]: 'the engine keeps 52 bits' } })
  expect(await run(gap, MONEY)).toBeNull()
  await gap.close()
  expect(gap.certificate().checks.find(({ name }) => name === MONEY)?.outcome).toBe('known gap')
  expect(gap.certificate().gaps).toEqual([{ name: MONEY, reason: 'the engine keeps 52 bits' }])
})

test('a known gap that passes fails until its key is removed', async () => {
  const closed = suiteOf({ knownGaps: { [MONEY]: 'was so once' } })
  expect(String(await run(closed, MONEY))).toMatch(/known gap .* is closed/)
  await closed.close()
})

test('a known gap that names no check fails the suite', async () => {
  const misspelt = suiteOf({ knownGaps: { 'types: mony': 'a typo', [MONEY]: 'true' } })
  expect(String(await run(misspelt, 'kit: every known gap names a check'))).toContain('types: mony')
  expect(await run(suiteOf({ knownGaps: { [MONEY]: 'true' } }), 'kit: every known gap names a check')).toBeNull()
})

test('the same seed fails with the same smaller request, and says the seed', async () => {
  const messages: string[] = []
  for (let i = 0; i < 2; i++) {
    const failing = suiteOf({ create: (data) => inexact(memoryAdapterOf(data)), seed: 99, requests: 250 })
    messages.push(String(await run(failing, 'random: scan requests equal the memory adapter')))
    await failing.close()
  }
  expect(messages[0]).toContain('seed 99, request ')
  expect(messages[1]).toBe(messages[0])
})

test('without a seed every suite has its own', () => {
  const seeds = new Set(Array.from({ length: 20 }, () => describeDataAdapter({ name: 'x', create: memoryAdapterOf }).seed))
  expect(seeds.size).toBeGreaterThan(1)
})

test('an adapter of scans alone passes, and its certificate says what it does not offer', async () => {
  const scansOnly = suiteOf({
    create: (data) => {
      const { summarise: _summarise, ...inner } = wrap(memoryAdapterOf(data), {})
      return { ...inner, manifest: Object.freeze({ ...inner.manifest, summaries: Object.freeze([]) }) }
    },
  })
  for (const check of scansOnly.checks) await check.run()
  const certificate = scansOnly.certificate()
  expect(certificate).toMatchObject({ adapter: 'some adapter', contract: 1, seed: 7, passed: COUNT, failed: 0, pending: 0 })
  expect(certificate.manifest?.summaries).toEqual([])
  expect(certificate.checks.filter(({ outcome }) => outcome === 'not offered').length).toBeGreaterThan(40)
  expect(JSON.parse(JSON.stringify(certificate))).toEqual(certificate)
})

test('an engine that cannot store NUL and surrogates passes when it says so', async () => {
  // It would turn them into something else, as engines do, and it does not find what it cannot hold.
  const honest = suiteOf({ storable: () => false })
  for (const check of honest.checks) await check.run()
  expect(honest.certificate()).toMatchObject({ passed: COUNT, failed: 0 })
})

test('storable is asked about NUL and lone surrogates only', async () => {
  const asked: string[] = []
  const curious = suiteOf({
    storable: (text) => {
      asked.push(text)
      return true
    },
  })
  await run(curious, 'types: customers come back as stored')
  await curious.close()
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((text) => !isAwkward(text))).toEqual([])
})

test('nothing is created before the first check runs, and each variant once', async () => {
  const created: string[] = []
  const counting = suiteOf({
    create: (data) => {
      created.push(data.variant)
      return memoryAdapterOf(data)
    },
  })
  expect(created).toEqual([])
  await run(counting, MONEY)
  await run(counting, LIMITS)
  await counting.close()
  await counting.close()
  expect(created).toEqual(['main'])
})

test('checks run alone and in reverse', async () => {
  const reversed = suiteOf({ requests: 4 })
  for (const check of reversed.checks.toReversed()) await check.run()
  await reversed.close()
  expect(reversed.certificate().failed).toBe(0)
})
