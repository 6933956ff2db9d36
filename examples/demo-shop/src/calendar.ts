import { SEASON_PERCENT } from './plan.ts'

/** The first day of the shop's books, 1 May 2024. */
export const START: number = Date.UTC(2024, 4, 1)
/** Days of the books: up to 31 October 2026, both included. */
export const DAYS = 914
export const DAY_MS = 86_400_000
/** The last millisecond of 31 October 2026 in Dublin, where clocks show UTC in winter. */
export const AS_OF: number = START + DAYS * DAY_MS - 1

/** Month of each day, 0 = May 2024 .. 29 = October 2026. */
export const MONTH_OF: Uint8Array = new Uint8Array(DAYS)
/** Calendar month of each day, 0 = January. */
const CALENDAR_MONTH = new Uint8Array(DAYS)
export const MONTHS = 30

for (let day = 0; day < DAYS; day++) {
  const date = new Date(START + day * DAY_MS)
  CALENDAR_MONTH[day] = date.getUTCMonth()
  MONTH_OF[day] = (date.getUTCFullYear() - 2024) * 12 + date.getUTCMonth() - 4
}

/** Sums of the weight of days, flat or with the seasons: `sums[day]` holds the days up to and with it. */
export function daySums(hasSeasons: boolean): Float64Array {
  const sums = new Float64Array(DAYS)
  let sum = 0
  for (let day = 0; day < DAYS; day++) {
    sum += hasSeasons ? (SEASON_PERCENT[CALENDAR_MONTH[day] as number] as number) : 100
    sums[day] = sum
  }
  return sums
}

/** The day number of a date of the books. */
export function dayOf(year: number, month: number, date: number): number {
  return (Date.UTC(year, month - 1, date) - START) / DAY_MS
}
