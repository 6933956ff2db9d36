import { describeDataAdapter } from '../describeDataAdapter.ts'
import { memoryAdapterOf } from '../memoryAdapterOf.ts'
import type { DataAdapterSuite } from '../testkit.types.ts'
import type { Fault } from './faults.ts'

/** So many catching checks are named. */
const NAMED = 3

/** The first three checks, each run alone, that fail over an adapter with the fault. */
export async function catchFault(fault: Fault): Promise<readonly string[]> {
  const caught: string[] = []
  const suite = plantedSuite(fault)
  for (const { name, run } of suite.checks) {
    if (caught.length === NAMED) break
    // In the whole suite an earlier check may have done the harm; only what catches alone counts.
    if ((await fails(run)) && (await doesCatch(fault, name))) caught.push(name)
  }
  await closeAnyway(suite)
  return caught
}

/** Does one check, run alone, fail over an adapter with the fault? */
export async function doesCatch(fault: Fault, name: string): Promise<boolean> {
  const suite = plantedSuite(fault)
  const check = suite.checks.find((one) => one.name === name)
  const hasFailed = check !== undefined && (await fails(check.run))
  await closeAnyway(suite)
  return hasFailed
}

function plantedSuite({ plant, patienceMs }: Fault): DataAdapterSuite {
  const wrap = plant()
  return describeDataAdapter({ name: 'planted', create: (data) => wrap(memoryAdapterOf(data), data), seed: 1, requests: 40, ...(patienceMs === undefined ? {} : { patienceMs }) })
}

async function fails(run: () => Promise<void>): Promise<boolean> {
  try {
    await run()
    return false
  } catch {
    return true
  }
}

/** A fault may break close itself. */
async function closeAnyway(suite: DataAdapterSuite): Promise<void> {
  await suite.close().catch(() => undefined)
}
