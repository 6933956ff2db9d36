import { describeDataAdapter } from '../describeDataAdapter.ts'
import { memoryAdapterOf } from '../memoryAdapterOf.ts'
import type { Fault } from './faults.ts'

/** So many catching checks are proof enough. */
export const ENOUGH = 8

/** Names of the checks that fail over an adapter with the fault, at most {@link ENOUGH}. */
export async function catchFault({ plant, patienceMs }: Fault): Promise<readonly string[]> {
  const wrap = plant()
  const suite = describeDataAdapter({ name: 'planted', create: (data) => wrap(memoryAdapterOf(data), data), seed: 1, requests: 40, ...(patienceMs === undefined ? {} : { patienceMs }) })
  const caught: string[] = []
  for (const { name, run } of suite.checks) {
    if (caught.length === ENOUGH) break
    try {
      await run()
    } catch {
      caught.push(name)
    }
  }
  // A fault may break close itself.
  await suite.close().catch(() => undefined)
  return caught
}

/** The row of the README for a fault. */
export function faultRow({ name }: Fault, caught: readonly string[]): string {
  const shown = caught.slice(0, 3).map((check) => `\`${check}\``)
  const more = caught.length > 3 ? [caught.length === ENOUGH ? `and ${ENOUGH - 3} or more others` : `and ${caught.length - 3} more`] : []
  return `| ${name} | ${[...shown, ...more].join(', ')} |`
}
