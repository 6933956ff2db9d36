const DAY_MS = 86_400_000

/**
 * What is left of a purchase of `at` at `asOf`: halved every `halfLifeDays`. A time that is not known, or lies after
 * `asOf`, counts as `asOf`: nothing decays without a time.
 */
export function decayed(at: number, asOf: number, halfLifeDays: number | null): number {
  return halfLifeDays !== null && at < asOf ? 0.5 ** ((asOf - at) / DAY_MS / halfLifeDays) : 1
}

/** Whole days between a time and `asOf`, null where none is known. */
export function daysBefore(at: number, asOf: number): number | null {
  return Number.isNaN(at) ? null : Math.max(0, Math.floor((asOf - at) / DAY_MS))
}

/** Whether a time lies within so many days before `asOf`. One that is not known does. */
export function isWithin(at: number, asOf: number, days: number): boolean {
  return !(at < asOf - days * DAY_MS)
}
