import type { ZoneOffsets } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'

const DAY_MS = 86_400_000

/**
 * Two changes of one zone since 1970 are never closer than 7 days (America/Recife in October 2000; tz database 2025c,
 * all zones of `Intl.supportedValuesOf('timeZone')` looked through in steps of 8 hours): a probe every 4 days meets each.
 */
const PROBE_MS = 4 * DAY_MS

interface Known {
  readonly from: number
  readonly to: number
  readonly changes: ZoneOffsets
}

const known = new Map<string, Known>()

/**
 * The offsets of an IANA zone over a range of instants, from the time-zone data of the host.
 *
 * @param fromMs epoch milliseconds; the first entry starts here
 * @param toMs epoch milliseconds, inclusive
 * @returns ascending; `offsetMinutes` has a fraction where the zone had seconds (before 1972)
 * @throws InvalidInputError `TIME_ZONE_UNKNOWN`; `DATE_INVALID` for a range outside of what a `Date` holds
 */
export function resolveZone(timeZone: string, fromMs: number, toMs: number): ZoneOffsets {
  if (!(Math.abs(fromMs) <= 8.64e15 && Math.abs(toMs) <= 8.64e15)) {
    throw new InvalidInputError('DATE_INVALID', 'The range of a time zone is no range of instants. Days cannot be counted in it. Pass epoch milliseconds.')
  }
  const from = Math.floor(fromMs)
  const to = Math.max(from, Math.floor(toMs))
  let entry = known.get(timeZone)
  if (entry === undefined || entry.from > from || entry.to < to) {
    const offsetAt = offsetReader(timeZone)
    const wideFrom = Math.min(from, entry?.from ?? from)
    // Half a year more than asked: the next `asOf` is a little later, and this stays known.
    const wideTo = Math.min(8.64e15, Math.max(to, entry?.to ?? to) + 183 * DAY_MS)
    const changes = entry === undefined ? findChanges(offsetAt, wideFrom, wideTo) : widened(entry, offsetAt, wideFrom, wideTo)
    entry = { from: wideFrom, to: wideTo, changes }
    if (known.size >= 64) known.clear()
    known.set(timeZone, entry)
  }
  const offsets = entry.changes.filter(({ since }) => since <= to).map((change) => ({ ...change, since: Math.max(change.since, from) }))
  return offsets.slice(offsets.findLastIndex(({ since }) => since === from))
}

/** Only what is new is probed: who asks year by year pays for each once. */
function widened({ from, to, changes }: Known, offsetAt: (at: number) => number, wideFrom: number, wideTo: number): ZoneOffsets {
  const parts = [wideFrom < from ? findChanges(offsetAt, wideFrom, from) : [], changes, to < wideTo ? findChanges(offsetAt, to, wideTo) : []]
  return parts.flat().filter(({ offsetMinutes }, i, all) => i === 0 || offsetMinutes !== all[i - 1]?.offsetMinutes)
}

function findChanges(offsetAt: (at: number) => number, from: number, to: number): ZoneOffsets {
  const changes = [{ since: from, offsetMinutes: offsetAt(from) }]
  let offset = offsetAt(from)
  for (let low = from, high: number; low < to; low = high) {
    high = Math.min(to, low + PROBE_MS)
    if (offsetAt(high) === offset) continue
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (offsetAt(middle) === offset) low = middle
      else high = middle
    }
    offset = offsetAt(high)
    changes.push({ since: high, offsetMinutes: offset })
  }
  return changes
}

function offsetReader(timeZone: string): (at: number) => number {
  let format: Intl.DateTimeFormat
  try {
    // `undefined` would silently mean the zone of the machine.
    if (typeof timeZone !== 'string') throw new RangeError()
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    throw new InvalidInputError(
      'TIME_ZONE_UNKNOWN',
      `The time zone ${JSON.stringify(timeZone)} is not known here. Days cannot be counted without it. Pass an IANA name such as "Europe/London".`,
    )
  }
  return (at) => {
    // "1/1/1971, GMT-00:44:30"; seconds only where there are some, nothing at all for none.
    const [, sign, hours = 0, minutes = 0, seconds = 0] = /GMT(.)(\d+):(\d+):?(\d*)$/.exec(format.format(at)) ?? []
    return (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes) + Number(seconds) / 60) + 0
  }
}
