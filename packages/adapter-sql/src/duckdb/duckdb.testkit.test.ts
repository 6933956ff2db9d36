import { describeDataAdapter, type KitData } from '@crm/adapter-testkit'
import { afterAll, describe, test } from 'vitest'
import { isWellFormed } from '../compiler/where.ts'
import { duckdbOf, type Storage } from './testing/duckdbOf.ts'

const STORAGES: Readonly<Record<string, Storage>> = {
  'integers of minor units, TIMESTAMP': { money: 'BIGINT', instant: 'TIMESTAMP', numericId: 'BIGINT' },
  'numeric ids as text, BIGINT milliseconds': { money: 'BIGINT', instant: 'BIGINT', numericId: 'VARCHAR' },
}

for (const [how, storage] of Object.entries(STORAGES)) {
  const suite = describeDataAdapter({
    name: `DuckDB, ${how}`,
    create: ({ schema, sets }: KitData) => duckdbOf(sets, { timeZone: schema.timeZone, storage }),
    storable: isWellFormed,
  })
  describe(`DuckDB keeps the contract: ${how} (seed ${suite.seed})`, () => {
    for (const check of suite.checks) test(check.name, check.run)
    afterAll(() => suite.close())
  })
}
