import { describeDataAdapter } from '../describeDataAdapter.ts'
import { memoryAdapterOf } from '../memoryAdapterOf.ts'
import type { DataAdapterSuite } from '../testkit.types.ts'
import type { Fault } from './faults.ts'

/** A fault that hangs fails nearly everything; so many checks are enough to choose from. */
const ENOUGH = 40

/** Every check that fails over an adapter with the fault, in the order of the suite. */
export async function catchingChecks(fault: Fault): Promise<readonly string[]> {
  const caught: string[] = []
  const suite = plantedSuite(fault)
  for (const { name, run } of suite.checks) {
    if (fault.patienceMs !== undefined && caught.length === ENOUGH) break
    if (await fails(run)) caught.push(name)
  }
  await closeAnyway(suite)
  return caught
}

/**
 * The three checks that say most about each fault: those that the fewest other faults fail. Only checks that catch the
 * fault when they run alone count; in the whole suite an earlier check may have done the harm.
 */
export async function tellingChecks(catching: ReadonlyMap<Fault, readonly string[]>): Promise<ReadonlyMap<string, readonly string[]>> {
  const faultsOf = new Map<string, number>()
  for (const names of catching.values()) for (const name of names) faultsOf.set(name, (faultsOf.get(name) ?? 0) + 1)
  const telling = new Map<string, readonly string[]>()
  for (const [fault, names] of catching) {
    const chosen: string[] = []
    for (const name of names.toSorted((a, b) => (faultsOf.get(a) ?? 0) - (faultsOf.get(b) ?? 0))) {
      if (chosen.length < 3 && (await doesCatch(fault, name))) chosen.push(name)
    }
    telling.set(fault.name, chosen)
  }
  return telling
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
