import { describeDataAdapter, type KitData } from '@crm/adapter-testkit'
import { afterAll, describe, test } from 'vitest'
import { isWellFormed } from '../compiler/where.ts'
import { activeCalls, duckdbOf } from './testing/duckdbOf.ts'

const suite = describeDataAdapter({
  name: 'DuckDB',
  create: ({ schema, sets }: KitData) => duckdbOf(sets, { timeZone: schema.timeZone }),
  // UTF-8 holds NUL, but no half of a surrogate pair.
  storable: isWellFormed,
  activeCalls,
})

describe(`DuckDB keeps the contract (seed ${suite.seed})`, () => {
  // oxlint-disable-next-line vitest/expect-expect -- the check is the assertion
  for (const check of suite.checks) test(`${check.name}`, check.run)
  afterAll(() => suite.close())
})
