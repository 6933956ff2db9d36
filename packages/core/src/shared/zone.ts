import type { ZoneOffsets } from '../adapter/contract.ts'

export const DAY_MS = 86_400_000

/** Calendar day of an instant, as days since 1970-01-01. */
export function dayOf(at: number, zone: ZoneOffsets): number {
  return Math.floor((at + offsetMsOf(zone[entryIndex(zone, at)] as ZoneOffsets[number])) / DAY_MS)
}

/** Milliseconds to add to an instant; whole even where `offsetMinutes` has a fraction. */
export function offsetMsOf(entry: ZoneOffsets[number]): number {
  return Math.round(entry.offsetMinutes * 60_000)
}

/** Index of the entry with the greatest `since <= at`, or 0 before all. */
export function entryIndex(zone: ZoneOffsets, at: number): number {
  let low = 0
  let high = zone.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((zone[middle] as ZoneOffsets[number]).since <= at) low = middle
    else high = middle
  }
  return low
}

/**
 * Whether a later instant never has an earlier day. False for a clock set back over midnight (St. John's went from
 * 00:01 to 23:01 until 2011): there the days of the first and last instant are not the first and last day.
 */
export function daysAscend(zone: ZoneOffsets): boolean {
  for (let i = 1; i < zone.length; i++) {
    const { since } = zone[i] as ZoneOffsets[number]
    const before = Math.floor((since - 1 + offsetMsOf(zone[i - 1] as ZoneOffsets[number])) / DAY_MS)
    const after = Math.floor((since + offsetMsOf(zone[i] as ZoneOffsets[number])) / DAY_MS)
    if (before > after) return false
  }
  return true
}
