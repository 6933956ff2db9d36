import type { ZoneOffsets } from '@crm/core/adapter'
import type { Dialect } from './dialect.ts'
import { integer, sql, type Sql } from './sql.ts'

export const DAY_MS = 86_400_000

interface Entry {
  readonly since: number
  readonly offsetMs: number
}

/**
 * Calendar day of an instant column. Zones never reach the engine: the offsets are a balanced tree of CASE, seven
 * levels for the 112 changes of a busy zone.
 *
 * @param ticks integer instants, `perMs` to the millisecond; the day of the floored millisecond is the day of the tick,
 * because offsets and days are whole milliseconds
 */
export function daySql(ticks: Sql, perMs: bigint, zone: readonly Entry[], dialect: Dialect): Sql {
  const offset = offsetSql(ticks, perMs, zone, 0, zone.length)
  return dialect.floorDivide(sql`(${ticks} + ${offset})`, integer(BigInt(DAY_MS) * perMs))
}

function offsetSql(ticks: Sql, perMs: bigint, zone: readonly Entry[], low: number, high: number): Sql {
  const { since, offsetMs } = zone[(low + high) >>> 1] as Entry
  if (high - low === 1) return integer(BigInt(offsetMs) * perMs)
  const middle = (low + high) >>> 1
  return sql`CASE WHEN ${ticks} < ${integer(BigInt(since) * perMs)} THEN ${offsetSql(ticks, perMs, zone, low, middle)} ELSE ${offsetSql(ticks, perMs, zone, middle, high)} END`
}

/** The entries that matter between two instants, equal neighbours merged. */
export function entriesBetween(zone: ZoneOffsets, from: number | undefined, to: number): Entry[] {
  const entries: Entry[] = []
  for (let i = 0; i < zone.length; i++) {
    const { since, offsetMinutes } = zone[i] as ZoneOffsets[number]
    if (i > 0 && since > to) break
    const next = zone[i + 1]
    if (from !== undefined && next !== undefined && next.since <= from) continue
    const offsetMs = Math.round(offsetMinutes * 60_000)
    if (entries.at(-1)?.offsetMs !== offsetMs) entries.push({ since, offsetMs })
  }
  return entries
}

/**
 * Whether a later instant never has an earlier day. False where a clock was set back over midnight. Where true, the
 * day is needed once per customer instead of once per line.
 */
export function daysAscend(entries: readonly Entry[]): boolean {
  return entries.every(({ since, offsetMs }, i) => {
    const before = entries[i - 1]
    return before === undefined || Math.floor((since - 1 + before.offsetMs) / DAY_MS) <= Math.floor((since + offsetMs) / DAY_MS)
  })
}

export function dayOf(at: number, zone: ZoneOffsets): number {
  let entry = zone[0] as ZoneOffsets[number]
  for (const next of zone) if (next.since <= at) entry = next
  return Math.floor((at + Math.round(entry.offsetMinutes * 60_000)) / DAY_MS)
}
