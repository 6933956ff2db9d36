import { DAYS, MONTH_OF, MONTHS } from './calendar.ts'
import { CATALOGUE, productIndex, salesLevels } from './catalogue.ts'
import { CATALOGUE_TEXT } from './catalogueText.ts'
import { ADD_ON, FAVOURITES, LINES, PAIRS, TASTES, TASTE_LINES } from './plan.ts'
import { sumsOf, type Profile } from './profiles.ts'
import { createRandom, mix, placeIn, type Random } from './random.ts'
import { PURPOSE, type Settings } from './settings.ts'
import { minuteOf, type Visit } from './visits.ts'

/** Lines in the order in which they were drawn; `order` counts orders in that order. */
export interface Lines {
  readonly order: number[]
  readonly product: number[]
  readonly minute: number[]
  /** Cents, negative for returns. */
  readonly amount: number[]
  readonly quantity: number[]
}

export interface Orders {
  /** Index of the profile, -1 = without a customer. */
  readonly customer: number[]
  readonly minute: number[]
}

const BROWSED = [22, 48, 70, 84, 93, 100]
const BESIDE_REFILL = [50, 80, 100]
const LAST_MINUTE = DAYS * 1440 - 1

export function fillBaskets(settings: Settings, profiles: readonly Profile[], visits: readonly (readonly Visit[])[], guests: number): { orders: Orders; lines: Lines } {
  const { seed, effects, products } = settings
  const orders: Orders = { customer: [], minute: [] }
  const lines: Lines = { order: [], product: [], minute: [], amount: [], quantity: [] }
  const levels = salesLevels(effects.season, effects.drift)
  const tables = tasteTables(products)
  const general = tables[TASTES.length] as Float64Array
  const addOns = addOnLists()
  /** By product: the visitor who has it, and the order it is in. */
  const ownedBy = new Int32Array(products).fill(-1)
  const isIn = new Int32Array(products).fill(-1)
  const habitOf = new Int32Array(products).fill(-1)

  const pick = (random: Random, profile: Profile | null, visitor: number, month: number): number => {
    for (let attempt = 0; attempt < 24; attempt++) {
      const draw = random.unit()
      const table =
        profile === null || !effects.affinities || draw >= TASTE_LINES.first + TASTE_LINES.second
          ? general
          : (tables[draw < TASTE_LINES.first ? profile.first : profile.second] as Float64Array)
      const product = placeIn(table, random.unit() * (table[products - 1] as number))
      if (random.next() >>> 24 >= (levels[product * MONTHS + month] as number)) continue
      if (isIn[product] === orders.minute.length || habitOf[product] === visitor) continue
      // Few things are bought twice.
      if (ownedBy[product] === visitor && !random.chance(0.25)) continue
      return product
    }
    return -1
  }

  const serve = (random: Random, profile: Profile | null, visitor: number, visit: Visit, pending: { product: number; from: number }[]): void => {
    const order = orders.minute.length
    const day = Math.floor(visit.minute / 1440)
    const month = MONTH_OF[day] as number
    const before = lines.order.length
    const isDiscounted = random.chance(LINES.discounted)

    const put = (product: number, quantity: number): void => {
      if (isIn[product] === order) return
      isIn[product] = order
      const { price, refillDays } = CATALOGUE[product] as (typeof CATALOGUE)[number]
      const full = price * quantity
      const amount = isDiscounted ? Math.floor((full * 9 + 5) / 10) : full
      addLine(lines, order, product, visit.minute, amount, quantity)
      const isReturned = random.chance(refillDays > 0 ? LINES.returned / 4 : LINES.returned)
      const back = visit.minute + 5 * 1440 + random.below(20 * 1440)
      if (isReturned && back <= LAST_MINUTE) addLine(lines, order, product, back, -amount, -quantity)
      if (profile === null || ownedBy[product] === visitor) return
      ownedBy[product] = visitor
      if (!effects.affinities) return
      for (const addOn of addOns[product] ?? []) {
        const isNow = random.chance(ADD_ON.sameOrder)
        const isLater = random.chance(ADD_ON.later)
        if (ownedBy[addOn] === visitor || habitOf[addOn] === visitor) continue
        if (isNow) put(addOn, 1)
        else if (isLater) pending.push({ product: addOn, from: day + 3 })
      }
    }

    for (const { product, quantity } of visit.due) put(product, quantity)
    const sizes = visit.due.length > 0 ? BESIDE_REFILL : BROWSED
    const size = placeIn(sizes, random.below(100)) + (visit.due.length > 0 ? 0 : 1)
    for (let i = pending.length - 1; i >= 0; i--) {
      const { product, from } = pending[i] as { product: number; from: number }
      if (from > day) continue
      pending.splice(i, 1)
      put(product, 1)
    }
    for (let i = 0; i < size; i++) {
      const product = pick(random, profile, visitor, month)
      if (product >= 0) put(product, quantityOf(random, profile, product))
    }
    // An order holds something.
    if (lines.order.length === before) put(0, 1)
    orders.customer.push(profile === null ? -1 : profile.index)
    orders.minute.push(visit.minute)
  }

  let visitor = 0
  for (const own of visits) {
    const profile = profiles[visitor] as Profile
    const random = createRandom(seed, PURPOSE.baskets, profile.index)
    for (const { product } of profile.habits) habitOf[product] = visitor
    const pending = effects.affinities ? equipment(profile, random) : []
    for (const visit of own) serve(random, profile, visitor, visit, pending)
    visitor++
  }
  const random = createRandom(seed, PURPOSE.guests)
  for (let i = 0; i < guests; i++) serve(random, null, -2, { minute: minuteOf(random.below(DAYS), random), due: [] }, [])
  return { orders, lines }
}

function addLine(lines: Lines, order: number, product: number, minute: number, amount: number, quantity: number): void {
  lines.order.push(order)
  lines.product.push(product)
  lines.minute.push(minute)
  lines.amount.push(amount)
  lines.quantity.push(quantity)
}

function quantityOf(random: Random, profile: Profile | null, product: number): number {
  const draw = random.below(100)
  if ((CATALOGUE[product] as (typeof CATALOGUE)[number]).price >= 10_000) return profile?.isOrganisation && draw < 30 ? 2 : 1
  if (profile?.isOrganisation) return 1 + Math.floor(draw / 20)
  return draw < 85 ? 1 : draw < 97 ? 2 : 3
}

/** Half of those with a habit buy the machine for it, early on. */
function equipment({ habits, windows }: Profile, random: Random): { product: number; from: number }[] {
  const pending: { product: number; from: number }[] = []
  for (const { product } of habits) {
    const { key } = CATALOGUE[product] as (typeof CATALOGUE)[number]
    const main = PAIRS.find(([, addOn]) => addOn === key)?.[0]
    if (main !== undefined && random.chance(0.5)) pending.push({ product: productIndex(main), from: (windows[0] as readonly [number, number])[0] + random.below(60) })
  }
  return pending
}

function isInPair(product: number): boolean {
  const key = CATALOGUE[product]?.key ?? null
  return PAIRS.some(([main, addOn]) => main === key || addOn === key)
}

function addOnLists(): (readonly number[])[] {
  const lists: number[][] = []
  for (const [main, addOn] of PAIRS) (lists[productIndex(main)] ??= []).push(productIndex(addOn))
  return lists
}

/** Sums of the weights of all products: for each taste, then for everybody. */
function tasteTables(products: number): Float64Array[] {
  const weights = TASTES.map(({ categories }, taste) => {
    const byCategory: Readonly<Record<string, number>> = categories
    const own = CATALOGUE.slice(0, products).map(({ weight }, product) => weight * (isFavourite(taste, product) ? FAVOURITES.times : 1))
    return own.map((weight, product) => {
      const { category } = CATALOGUE[product] as (typeof CATALOGUE)[number]
      const share = byCategory[(CATALOGUE_TEXT[category] as (typeof CATALOGUE_TEXT)[number]).name]
      if (share === undefined) return 0
      let all = 0
      for (let other = 0; other < products; other++) if (CATALOGUE[other]?.category === category) all += own[other] as number
      return Math.floor((weight * share * 1_000_000) / all)
    })
  })
  const general = CATALOGUE.slice(0, products).map((_, product) => TASTES.reduce((sum, { share }, taste) => sum + share * ((weights[taste] as number[])[product] as number), 0))
  return [...weights, general].map((own) => Float64Array.from(sumsOf(own)))
}

/** Fixed for each taste and product, whatever the seed. Main products and add-ons are nobody's favourites beside their pair. */
function isFavourite(taste: number, product: number): boolean {
  if (isInPair(product)) return false
  return (mix(taste * 1009 + product + 77) >>> 8) % 100 < FAVOURITES.share * 100
}
