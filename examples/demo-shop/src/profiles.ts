import { DAYS, dayOf } from './calendar.ts'
import { CATALOGUE } from './catalogue.ts'
import { CATALOGUE_TEXT } from './catalogueText.ts'
import { CAMPAIGN, CHURN, INTEREST, LIFE, REFILL, TASTES } from './plan.ts'
import { drawCity, drawName } from './names.ts'
import { createRandom, placeIn } from './random.ts'
import { PURPOSE, type Settings } from './settings.ts'

/** A service case: satisfaction in twentieths. */
export interface ServiceCase {
  readonly day: number
  readonly satisfaction: number
}

export interface Habit {
  readonly product: number
  readonly quantity: number
  /** Days from the beginning of a time as a customer to the first purchase. */
  readonly after: number
}

/** What the shop's owner does not see: who somebody is and how they mean to live. */
export interface Profile {
  readonly index: number
  readonly isProspect: boolean
  readonly name: string
  readonly city: string
  readonly isOrganisation: boolean
  readonly isSubscribed: boolean
  /** May lie before the books. */
  readonly createdDay: number
  /** Came before the books began: the first order is not in them. */
  readonly isOld: boolean
  /** Times as a customer, from day to day, the last not included. None of a prospect. */
  readonly windows: readonly (readonly [from: number, to: number])[]
  readonly leftAngry: boolean
  readonly cases: readonly ServiceCase[]
  readonly first: number
  readonly second: number
  /** Taste they told the shop, or -1. */
  readonly interest: number
  /** How often they shop beside others. */
  readonly activity: number
  readonly habits: readonly Habit[]
  readonly mailing: 'mailed' | 'control' | null
}

const ACTIVITY = [1, 1, 2, 2, 2, 3, 3, 4, 5, 8]
const TASTE_SUMS = sumsOf(TASTES.map(({ share }) => share))
/** Organisations buy for the office, the kitchen and the workshop. */
const ORGANISATION_TASTES = ['office', 'coffee', 'tools', 'office'].map((key) => TASTES.findIndex((taste) => taste.key === key))

export function drawProfiles(settings: Settings): Profile[] {
  const profiles: Profile[] = []
  const habitSums = TASTES.map((_, taste) => consumableSums(taste))
  const anySums = sumsOf(CATALOGUE.map(({ refillDays }) => (refillDays > 0 ? 1 : 0)))
  for (let index = 0; index < settings.customers + settings.prospects; index++) {
    profiles.push(drawProfile(settings, index, (taste) => (settings.effects.affinities ? (habitSums[taste] as number[]) : anySums)))
  }
  return profiles
}

function drawProfile(settings: Settings, index: number, consumablesOf: (taste: number) => readonly number[]): Profile {
  const random = createRandom(settings.seed, PURPOSE.person, index)
  const isProspect = index >= settings.customers
  const isChinese = random.chance(0.35)
  const isOrganisation = random.chance(LIFE.organisations)
  const name = drawName(random, isChinese, isOrganisation)
  const city = drawCity(random, isChinese)
  const isSubscribed = random.chance(isProspect ? 0.7 : 0.35)
  const first = isOrganisation && random.chance(0.6) ? (ORGANISATION_TASTES[random.below(4)] as number) : placeIn(TASTE_SUMS, random.below(100))
  const second = placeIn(TASTE_SUMS, random.below(100))
  const interest = !random.chance(INTEREST.told) ? -1 : random.chance(INTEREST.right) ? first : placeIn(TASTE_SUMS, random.below(100))
  const activity = ACTIVITY[random.below(10)] as number
  const isOld = !isProspect && random.chance(LIFE.before)
  const joined = isOld ? 0 : random.below(DAYS - 2)
  const createdDay = isOld ? -1 - random.below(1460) : Math.max(-30, joined - (random.chance(0.5) ? 0 : random.below(30)))
  const life = isProspect ? { windows: [], leftAngry: false, cases: [] } : drawLife(settings, index, joined)
  return {
    index,
    isProspect,
    name,
    city,
    isOrganisation,
    isSubscribed,
    createdDay: isProspect ? joined : createdDay,
    isOld,
    ...life,
    first,
    second,
    interest,
    activity,
    habits: isProspect ? [] : drawHabits(settings, index, first, consumablesOf),
    mailing: isProspect || joined >= dayOf(...CAMPAIGN.date) ? null : createRandom(settings.seed, PURPOSE.lots, index).chance(CAMPAIGN.control) ? 'control' : 'mailed',
  }
}

function drawLife({ seed, effects }: Settings, index: number, joined: number): Pick<Profile, 'windows' | 'leftAngry' | 'cases'> {
  const random = createRandom(seed, PURPOSE.life, index)
  const [shortest, longest] = LIFE.longDays
  const longLife = (): number => shortest + random.below(longest - shortest)
  const left = Math.min(DAYS, joined + (random.chance(LIFE.shortLived) ? 1 + random.below(LIFE.shortDays) : longLife()))
  const windows: [number, number][] = [[joined, left]]
  const [briefest, broadest] = LIFE.pauseDays
  const back = left + briefest + random.below(broadest - briefest)
  if (random.chance(LIFE.reactivated) && back < DAYS - 5) windows.push([back, Math.min(DAYS, back + longLife())])

  const cases: ServiceCase[] = []
  for (let i = 0; i < windows.length; i++) {
    const [from, to] = windows[i] as [number, number]
    for (let day = from + 5 + random.below(CHURN.daysBetweenCases); day < to; day += 10 + random.below(2 * CHURN.daysBetweenCases)) {
      const kind = random.unit()
      const isBad = kind < CHURN.bad
      const satisfaction = isBad ? random.below(7) : kind < CHURN.bad + CHURN.soSo ? 7 + random.below(6) : 13 + random.below(8)
      cases.push({ day, satisfaction })
      const leaves = random.chance(CHURN.leavesAfterBad)
      if (isBad && leaves && effects.churn) {
        windows.length = i + 1
        windows[i] = [from, day + 1]
        return { windows, leftAngry: true, cases }
      }
    }
  }
  return { windows, leftAngry: false, cases }
}

function drawHabits({ seed, products }: Settings, index: number, taste: number, consumablesOf: (taste: number) => readonly number[]): Habit[] {
  const random = createRandom(seed, PURPOSE.habits, index)
  const habits: Habit[] = []
  const sums = consumablesOf(taste)
  const total = sums[Math.min(products, sums.length) - 1] as number
  const wanted = random.chance(REFILL.customers) ? (random.chance(REFILL.second) ? 2 : 1) : 0
  for (let i = 0; i < wanted; i++) {
    const product = placeIn(sums, random.below(total))
    const habit = { product, quantity: random.chance(0.3) ? 2 : 1, after: random.below(60) }
    if (habits.every((other) => other.product !== product)) habits.push(habit)
  }
  return habits
}

/** Consumables of the categories of a taste, by its interest in them; a few of all others. */
function consumableSums(taste: number): number[] {
  const categories: Readonly<Record<string, number>> = (TASTES[taste] as (typeof TASTES)[number]).categories
  return sumsOf(CATALOGUE.map(({ category, refillDays }) => (refillDays === 0 ? 0 : 1 + 3 * (categories[CATALOGUE_TEXT[category]?.name ?? ''] ?? 0))))
}

export function sumsOf(values: readonly number[]): number[] {
  let sum = 0
  return values.map((value) => (sum += value))
}
