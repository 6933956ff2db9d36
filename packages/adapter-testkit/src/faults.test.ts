import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { describeDataAdapter } from './index.ts'
import { memoryAdapterOf } from './memoryAdapterOf.ts'
import { catchFault, faultRow } from './testing/catchFaults.ts'
import { FAULTS } from './testing/faults.ts'

const README = new URL('../README.md', import.meta.url)
const rows: string[] = []

describe('the kit catches every planted fault', () => {
  for (const fault of FAULTS) {
    test(`an adapter that ${fault.name}`, { timeout: 60_000 }, async () => {
      const caught = await catchFault(fault)
      rows.push(faultRow(fault, caught))
      expect(caught).not.toEqual([])
    })
  }

  afterAll(() => {
    if (process.env['UPDATE_README'] === '1') {
      const suite = describeDataAdapter({ name: 'list', create: memoryAdapterOf })
      writeBlock('faults', ['| An adapter that ... | is caught by |', '|---|---|', ...rows])
      writeBlock('checks', suite.checks.map(({ name }) => `- ${name}`))
    }
  })

  test.skipIf(process.env['UPDATE_README'] === '1')('the README lists them with the checks that catch them', () => {
    expect(readBlock('faults').slice(2)).toEqual(rows)
  })
})

test.skipIf(process.env['UPDATE_README'] === '1')('the README lists every check by its name', () => {
  const names = describeDataAdapter({ name: 'list', create: memoryAdapterOf }).checks.map(({ name }) => name)
  expect(readBlock('checks')).toEqual(names.map((name) => `- ${name}`))
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(60)
})

/** The lines between two markers. Written anew by `UPDATE_README=1 npx vitest run packages/adapter-testkit/src/faults.test.ts`. */
function readBlock(name: string): string[] {
  const [, block = ''] = readFileSync(README, 'utf8').split(new RegExp(`<!-- ${name}:start -->\n|\n<!-- ${name}:end -->`))
  return block.split('\n')
}

function writeBlock(name: string, lines: readonly string[]): void {
  const text = readFileSync(README, 'utf8')
  const [before = '', , after = ''] = text.split(new RegExp(`(?<=<!-- ${name}:start -->\n)|(?=\n<!-- ${name}:end -->)`))
  writeFileSync(README, before + lines.join('\n') + after)
}
