import { expect, test } from 'vitest'
import { kitData } from '../data/kitData.ts'
import { createRandom } from '../random.ts'
import type { Request } from '../subject.ts'
import { generateRequest } from './generate.ts'
import { shrinkRequest } from './shrink.ts'

const DATA = kitData('main')
const KINDS = ['scan', 'totals', 'bins', 'members', 'pairs'] as const

test('the same seed generates the same request, another seed another one', () => {
  const of = (seed: number): string => JSON.stringify(KINDS.map((kind) => generateRequest(createRandom(seed), DATA, kind)))
  expect(of(5)).toBe(of(5))
  expect(new Set(Array.from({ length: 30 }, (_, seed) => of(seed))).size).toBe(30)
})

test('two hundred requests use every operator, cut and order', () => {
  const json = Array.from({ length: 200 }, (_, seed) => JSON.stringify(generateRequest(createRandom(seed), DATA, KINDS[seed % 5] ?? 'scan'))).join('\n')
  for (const word of ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'isNull', 'startsWith', 'contains', 'and', 'or', 'not', 'ascii', 'ranks', 'at', 'values', 'ascending', 'descending', 'first', 'last', 'net', 'drop', 'day', 'line', 'orderId', 'from', 'limit', 'above', 'upTo', 'customers', 'products', 'one', 'count', 'rating']) {
    expect(json, word).toContain(`"${word}"`)
  }
})

test('a failing request shrinks to what makes it fail', async () => {
  const request: Request = {
    kind: 'members',
    totals: { asOf: 1, from: 0, zone: [{ since: 0, offsetMinutes: 60 }], order: 'day', returns: 'drop' },
    where: { op: 'and', of: [{ op: 'isNull', field: 'name' }, { op: 'not', of: { op: 'in', field: 'level', values: [1, 2, 3, 4, 5] } }] },
    select: ['customerId', 'name', 'revenue'],
    ranges: [{ field: 'orders', above: 1 }],
    order: [{ field: 'name', direction: 'ascending', nulls: 'last' }],
    limit: 3,
  }
  const smallest = await shrinkRequest(request, async (smaller) => /"values":\[[^\]]*4/.test(JSON.stringify(smaller)))
  expect(smallest).toEqual({
    kind: 'members',
    totals: { asOf: 1, zone: [{ since: 0, offsetMinutes: 0 }], order: 'line', returns: 'net' },
    where: { op: 'in', field: 'level', values: [4] },
    select: [expect.any(String)],
    ranges: [],
    order: [],
    limit: 3,
  })
})
