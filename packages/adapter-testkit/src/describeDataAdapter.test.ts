import { afterAll, describe, expect, test } from 'vitest'
import { describeDataAdapter } from './index.ts'
import { memoryAdapterOf } from './memoryAdapterOf.ts'

const suite = describeDataAdapter({ name: 'memory adapter', create: memoryAdapterOf })

describe(`${suite.name} keeps the contract, seed ${suite.seed}`, () => {
  for (const check of suite.checks) test(check.name, check.run)
  afterAll(suite.close)
})

void expect
