import { DAYS, daySums, dayOf } from './calendar.ts'
import { CATALOGUE } from './catalogue.ts'
import { CAMPAIGN, LINES, REFILL } from './plan.ts'
import type { Habit, Profile } from './profiles.ts'
import { createRandom, placeIn, type Random } from './random.ts'
import { PURPOSE, type Settings } from './settings.ts'

/** An order to come: when, and which consumables are due. */
export interface Visit {
  /** Minutes since the books began. */
  readonly minute: number
  readonly due: readonly Habit[]
}

/** Orders are placed between 7:00 and 22:00 UTC, so that in Dublin they are of the same day, summer and winter. */
export function minuteOf(day: number, random: Random): number {
  return day * 1440 + 420 + random.below(900)
}

/**
 * The orders of each customer by time, and the number of orders without a customer: together exactly as many as asked.
 * Refills and answers to the mailing come as they must; the other orders fill what is left.
 */
export function planVisits(settings: Settings, profiles: readonly Profile[]): { readonly visits: readonly (readonly Visit[])[]; readonly guests: number } {
  const { seed, orders, effects } = settings
  const buyers = profiles.filter(({ isProspect }) => !isProspect)
  const visits = buyers.map((profile) => [...refillVisits(settings, profile), ...campaignVisits(settings, profile)])
  const guests = Math.floor(orders * LINES.guests)
  const counts = shareOut(seed, buyers, orders - guests - visits.reduce((sum, own) => sum + own.length, 0))
  const sums = daySums(effects.season)
  buyers.forEach((profile, i) => {
    const own = visits[i] as Visit[]
    const random = createRandom(seed, PURPOSE.visits, profile.index)
    for (const day of visitDays(profile, counts[i] as number, sums, random)) own.push({ minute: minuteOf(day, random), due: [] })
    own.sort((a, b) => a.minute - b.minute)
  })
  return { visits, guests }
}

function refillVisits({ seed, effects }: Settings, { index, habits, windows }: Profile): Visit[] {
  const visits: Visit[] = []
  if (habits.length === 0) return visits
  const random = createRandom(seed, PURPOSE.refills, index)
  for (const [from, to] of windows) {
    const next = habits.map(({ after }) => from + after)
    for (;;) {
      const day = Math.min(...next)
      if (day >= to) break
      // What is due within two days comes along.
      const due = habits.filter((_, i) => (next[i] as number) <= day + 2)
      for (const habit of due) next[habits.indexOf(habit)] = day + gapAfter(habit, effects.refill, random)
      visits.push({ minute: minuteOf(day, random), due })
    }
  }
  return visits
}

function gapAfter({ product }: Habit, hasRhythm: boolean, random: Random): number {
  const { refillDays } = CATALOGUE[product] as (typeof CATALOGUE)[number]
  if (!hasRhythm) {
    // The same mean without memory: each day has the same chance.
    let days = 1
    while (!random.chance(1 / refillDays)) days++
    return days
  }
  const wide = 2 * REFILL.spread * refillDays
  const gap = Math.max(3, Math.floor(refillDays - wide / 2 + ((random.unit() + random.unit()) / 2) * wide + 0.5))
  return random.chance(REFILL.missed) ? 2 * gap : gap
}

function campaignVisits({ seed, effects }: Settings, { index, mailing, windows, leftAngry }: Profile): Visit[] {
  if (!effects.campaign || mailing !== 'mailed' || leftAngry) return []
  const random = createRandom(seed, PURPOSE.campaign, index)
  const sent = dayOf(...CAMPAIGN.date)
  const isActive = windows.some(([from, to]) => from <= sent && sent < to)
  if (!random.chance(isActive ? CAMPAIGN.extraOrdersActive : CAMPAIGN.extraOrdersLapsed)) return []
  // The lesser of two draws: sooner is likelier.
  return [{ minute: minuteOf(sent + 2 + Math.min(random.below(50), random.below(50)), random), due: [] }]
}

/** How many of the `total` orders are whose: by activity and days as a customer, one at least. */
function shareOut(seed: number, buyers: readonly Profile[], total: number): Int32Array {
  if (total < buyers.length) throw new RangeError('makeDemoShop: refills alone are more than the orders asked for. There would be customers without an order. Pass more orders.')
  const wishes = buyers.map(({ activity, windows }) => activity * windows.reduce((days, [from, to]) => days + to - from, 0))
  const rounding = buyers.map(({ index }) => createRandom(seed, PURPOSE.visits, -1 - index).unit())
  const counts = new Int32Array(buyers.length)
  const fill = (rate: number): number => {
    let sum = 0
    for (let i = 0; i < counts.length; i++) sum += counts[i] = Math.max(1, Math.floor((wishes[i] as number) * rate + (rounding[i] as number)))
    return sum
  }
  let low = 0
  let high = 1
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (fill(middle) > total) high = middle
    else low = middle
  }
  let missing = total - fill(low)
  for (let i = 0; missing > 0; i = (i + 1) % counts.length, missing--) counts[i] = (counts[i] as number) + 1
  return counts
}

/** Days of orders spread over the times as a customer, by season; whoever is new orders on the first day. */
function visitDays({ windows, isOld }: Profile, count: number, sums: Float64Array, random: Random): number[] {
  const before = (day: number): number => (day === 0 ? 0 : (sums[day - 1] as number))
  const total = windows.reduce((weight, [from, to]) => weight + before(to) - before(from), 0)
  const days: number[] = []
  if (!isOld) days.push((windows[0] as readonly [number, number])[0])
  const rest = count - days.length
  for (let i = 0; i < rest; i++) {
    let target = ((i + random.unit()) / rest) * total
    for (const [from, to] of windows) {
      const weight = before(to) - before(from)
      if (target < weight) {
        days.push(Math.min(DAYS - 1, placeIn(sums, before(from) + target, from, to)))
        break
      }
      target -= weight
    }
  }
  // Rounding at the very end of the last window.
  while (days.length < count) days.push((windows.at(-1) as readonly [number, number])[1] - 1)
  return days
}
