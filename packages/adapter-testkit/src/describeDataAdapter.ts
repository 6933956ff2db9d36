import { CONTRACT_VERSION } from '@crm/core/adapter'
import { ALL_CHECKS } from './checks/index.ts'
import type { CheckDefinition, Kit } from './checks/define.ts'
import { isAwkward } from './data/hostileTexts.ts'
import { kitData } from './data/kitData.ts'
import { memoryAdapterOf } from './memoryAdapterOf.ts'
import { freshSeed } from './random.ts'
import { createSubject, NotOffered } from './subject.ts'
import type { Subject } from './subject.ts'
import type { Certificate, DataAdapterSuite, DescribeDataAdapterOptions, KitVariant } from './testkit.types.ts'

const GAPS_CHECK = 'kit: every known gap names a check'

/**
 * The contract as checks that any test runner can run against an adapter.
 *
 * Nothing happens before the first `run`. Checks are independent of each other and may run in any order or alone, except
 * that the last one closes the adapters.
 *
 * @returns frozen suite; loop over `checks`
 * @example
 * const suite = describeDataAdapter({ name: 'memory', create: (data) => createAdapterOver(data) })
 * describe(`${suite.name}, seed ${suite.seed}`, () => {
 *   for (const check of suite.checks) test(check.name, check.run)
 * })
 */
export function describeDataAdapter(options: DescribeDataAdapterOptions): DataAdapterSuite {
  const seed = (options.seed ?? freshSeed()) >>> 0
  const gaps = new Map(Object.entries(options.knownGaps ?? {}))
  const kit = createKit(options, seed)
  const outcomes = new Map<string, Certificate['checks'][number]['outcome']>()

  const gapsCheck: CheckDefinition = {
    group: 'kit',
    fact: 'every known gap names a check',
    run: async () => {
      const strangers = [...gaps.keys()].filter((name) => !names.has(name))
      if (strangers.length > 0) throw new Error(`These known gaps name no check: ${strangers.join('; ')}. A gap that is never tried is never closed. Correct the name or remove the key.`)
    },
  }
  const definitions = [gapsCheck, ...ALL_CHECKS]
  const names = new Set(definitions.map(nameOf).filter((name) => name !== GAPS_CHECK))

  const checks = definitions.map((definition) => {
    const name = nameOf(definition)
    const reason = name === GAPS_CHECK ? undefined : gaps.get(name)
    outcomes.set(name, 'pending')
    const run = async (): Promise<void> => {
      outcomes.set(name, 'failed')
      let failure: unknown
      try {
        await definition.run(kit)
      } catch (error) {
        failure = error
      }
      const isNotOffered = failure instanceof NotOffered
      if (reason === undefined) {
        if (failure !== undefined && !isNotOffered) throw failure
        outcomes.set(name, isNotOffered ? 'not offered' : 'passed')
        return
      }
      if (failure === undefined || isNotOffered) {
        throw new Error(`The known gap "${name}" is closed: the check passes. A gap that stays listed hides the next fault. Remove its key from knownGaps.`)
      }
      outcomes.set(name, 'known gap')
    }
    return Object.freeze({ name, group: definition.group, run })
  })

  return Object.freeze({
    name: options.name,
    seed,
    checks: Object.freeze(checks),
    close: kit.close,
    certificate: () => {
      const list = checks.map(({ name }) => Object.freeze({ name, outcome: outcomes.get(name) ?? 'pending' }))
      const count = (...which: string[]): number => list.filter(({ outcome }) => which.includes(outcome)).length
      return Object.freeze({
        adapter: options.name,
        contract: CONTRACT_VERSION,
        seed,
        manifest: kit.manifest(),
        passed: count('passed', 'not offered'),
        failed: count('failed'),
        pending: count('pending'),
        gaps: Object.freeze([...gaps].map(([name, reason]) => Object.freeze({ name, reason }))),
        checks: Object.freeze(list),
      })
    },
  })
}

const nameOf = ({ group, fact }: CheckDefinition): string => `${group}: ${fact}`

function createKit(options: DescribeDataAdapterOptions, seed: number): Kit & { readonly manifest: () => Certificate['manifest'] } {
  const patienceMs = options.patienceMs ?? 10_000
  const subjects = new Map<KitVariant, Promise<Subject>>()
  const references = new Map<KitVariant, Promise<Subject>>()
  const open = new Set<Subject>()
  let manifest: Certificate['manifest'] = null
  const storable = (text: string): boolean => !isAwkward(text) || options.storable === undefined || options.storable(text)

  const create = async (variant: KitVariant): Promise<Subject> => {
    const data = kitData(variant, storable)
    const subject = createSubject(await options.create(data), data, patienceMs)
    manifest ??= subject.adapter.manifest
    return subject
  }
  return {
    options,
    seed,
    requests: options.requests ?? 200,
    storable,
    manifest: () => manifest,
    opened: () => [...open],
    subject(variant) {
      const known = subjects.get(variant)
      if (known !== undefined) return known
      const made = create(variant).then((subject) => {
        open.add(subject)
        return subject
      })
      subjects.set(variant, made)
      return made
    },
    memory(variant) {
      const data = kitData(variant, storable)
      const known = references.get(variant) ?? Promise.resolve(createSubject(memoryAdapterOf(data), data, patienceMs))
      references.set(variant, known)
      return known
    },
    async fresh(variant, work) {
      const subject = await create(variant)
      try {
        await work(subject)
      } finally {
        await subject.settle('adapter.close()', subject.adapter.close(), 'close()')
      }
    },
    async close() {
      const closing = [...open]
      open.clear()
      subjects.clear()
      for (const { adapter, settle } of closing) await settle('adapter.close()', adapter.close(), 'close()')
      for (const reference of references.values()) await (await reference).adapter.close()
      references.clear()
    },
  }
}
