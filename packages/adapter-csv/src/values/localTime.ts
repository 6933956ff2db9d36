import { resolveZone, type ZoneOffsets } from '@crm/core/adapter'

export const DAY_MS = 86_400_000

export interface LocalTime {
  /**
   * The instant at which clocks of the zone show a local time, given as if it were UTC.
   *
   * A time that clocks skip (02:30 when they go from 02:00 to 03:00) is taken by the offset before: 03:30. A time that
   * they show twice is the first of the two.
   *
   * @see RFC 5545, 3.3.5; `disambiguation: 'compatible'` of Temporal
   */
  toInstant(localMs: number): number
}

/** Rules of the time-zone data repeat after 28 years, and probing up to the year 9999 would take seconds. */
const LAST_YEAR = 2099
/** Before it, zones keep the offset they had then. */
const FIRST_YEAR = 1900

/** @throws InvalidInputError `TIME_ZONE_UNKNOWN` */
export function createLocalTime(timeZone: string): LocalTime {
  resolveZone(timeZone, 0, 0)
  const years = new Map<number, ZoneOffsets>()

  function offsetsOf(year: number): ZoneOffsets {
    let offsets = years.get(year)
    if (offsets === undefined) years.set(year, (offsets = resolveZone(timeZone, Date.UTC(year, 0, 1) - 3 * DAY_MS, Date.UTC(year + 1, 0, 1) + 3 * DAY_MS)))
    return offsets
  }

  return {
    toInstant(localMs) {
      const year = new Date(localMs).getUTCFullYear()
      const known = Math.max(FIRST_YEAR, year > LAST_YEAR ? LAST_YEAR - 27 + ((year - LAST_YEAR + 27) % 28) : year)
      // The same local time in a year with the same calendar, and back.
      const moved = known === year ? 0 : yearStart(known) - yearStart(year)
      const offsets = offsetsOf(known)
      const local = localMs + moved
      const before = offsetMsAt(offsets, local - DAY_MS)
      const after = offsetMsAt(offsets, local + DAY_MS)
      const early = local - before
      if (before === after || offsetMsAt(offsets, early) === before) return early - moved
      const late = local - after
      return (offsetMsAt(offsets, late) === after ? late : early) - moved
    },
  }
}

/** 1 January as if UTC; `Date.UTC` takes years below 100 for others. */
function yearStart(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1)
}

function offsetMsAt(offsets: ZoneOffsets, at: number): number {
  let offset = offsets[0] as ZoneOffsets[number]
  for (const entry of offsets) if (entry.since <= at) offset = entry
  return Math.round(offset.offsetMinutes * 60_000)
}
