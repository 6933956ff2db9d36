import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { describeDataAdapter } from './index.ts'
import { memoryAdapterOf } from './memoryAdapterOf.ts'
import { catchingChecks, doesCatch, tellingChecks } from './testing/catchFaults.ts'
import { FAULTS } from './testing/faults.ts'
import type { Fault } from './testing/faults.ts'

// The README says which checks catch a fault, and each of these is tried here. To search for them anew, over the whole
// suite: UPDATE_README=1 npx vitest run --project unit packages/adapter-testkit/src/faults.test.ts
const README = new URL('../README.md', import.meta.url)
const isUpdate = process.env['UPDATE_README'] === '1'
const named: ReadonlyMap<string, readonly string[]> = new Map(readBlock('faults').flatMap((row): [string, string[]][] => {
  const [, name, checks] = /^\| ([^`|]+) \| (`.*`) \|$/.exec(row) ?? []
  return name === undefined || checks === undefined ? [] : [[name, checks.slice(1, -1).split('`, `')]]
}))

describe('the kit catches an adapter that', () => {
  const found = new Map<Fault, readonly string[]>()
  for (const fault of FAULTS) {
    test(`${fault.name}`, { timeout: 60_000 }, async () => {
      const checks = isUpdate ? await catchingChecks(fault) : (named.get(fault.name) ?? [])
      expect(checks.length, 'checks that the README names').toBeGreaterThan(0)
      found.set(fault, checks)
      const catching: string[] = []
      for (const check of isUpdate ? [] : checks) if (await doesCatch(fault, check)) catching.push(check)
      expect(catching).toEqual(isUpdate ? [] : checks)
    })
  }
  afterAll(async () => {
    if (!isUpdate) return
    const telling = await tellingChecks(found)
    const rows = FAULTS.map(({ name }) => `| ${name} | ${(telling.get(name) ?? []).map((check) => `\`${check}\``).join(', ')} |`)
    writeBlock('faults', ['| An adapter that ... | is caught, among others, by |', '|---|---|', ...rows])
    writeBlock('checks', checkNames().map((name) => `- ${name}`))
  }, 300_000)
})

test.skipIf(isUpdate)('the README lists the planted faults and every check by its name', () => {
  expect([...named.keys()]).toEqual(FAULTS.map(({ name }) => name))
  expect(readBlock('checks')).toEqual(checkNames().map((name) => `- ${name}`))
})

test('names of checks are unique, and there are more than sixty', () => {
  expect(new Set(checkNames()).size).toBe(checkNames().length)
  expect(checkNames().length).toBeGreaterThan(60)
})

function checkNames(): string[] {
  return describeDataAdapter({ name: 'list', create: memoryAdapterOf }).checks.map(({ name }) => name)
}

/** The lines between two markers. */
function readBlock(name: string): string[] {
  const [, block = ''] = readFileSync(README, 'utf8').split(new RegExp(`<!-- ${name}:start -->\n|\n<!-- ${name}:end -->`))
  return block.split('\n')
}

function writeBlock(name: string, lines: readonly string[]): void {
  const text = readFileSync(README, 'utf8')
  const start = text.indexOf(`<!-- ${name}:start -->\n`) + `<!-- ${name}:start -->\n`.length
  writeFileSync(README, text.slice(0, start) + lines.join('\n') + text.slice(text.indexOf(`\n<!-- ${name}:end -->`)))
}
