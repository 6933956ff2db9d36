import { MONTHS } from './calendar.ts'
import { CATALOGUE_TEXT } from './catalogueText.ts'
import { DRIFT, PAIRS, REFILL_DAYS } from './plan.ts'
import { createRandom } from './random.ts'

/** How the sales of a product go over the years. */
export type Course = 'steady' | 'rising' | 'fading' | 'launched' | 'discontinued' | 'outOfStock'

export interface Product {
  readonly productId: string
  readonly name: string
  readonly nameZh: string
  /** Name without the variant, for effects; null for all but the first variant. */
  readonly key: string | null
  /** Place in `CATALOGUE_TEXT`. */
  readonly category: number
  /** Cents. */
  readonly price: number
  readonly cost: number
  readonly course: Course
  /** First month on sale (`launched`), or first month without (`discontinued`); else 0. */
  readonly month: number
  /** Days between purchases, 0 = no consumable. */
  readonly refillDays: number
  /** Sales beside the others of its category. */
  readonly weight: number
}

/** The same for every seed: first variants of all categories, then second ones, then third ones. */
export const CATALOGUE: readonly Product[] = listProducts()

/** Products in use at least: all first variants, on which the effects are planted. */
export const FEWEST_PRODUCTS: number = CATALOGUE.filter(({ key }) => key !== null).length

export function productIndex(key: string): number {
  return CATALOGUE.findIndex((product) => product.key === key)
}

function listProducts(): Product[] {
  const mains = new Set(PAIRS.map(([main]) => main))
  const addOns = new Set(PAIRS.map(([, addOn]) => addOn))
  const products: Product[] = []
  for (let variant = 0; variant < 3; variant++) {
    CATALOGUE_TEXT.forEach(({ lines }, category) => {
      lines.trim().split('\n').forEach((line, item) => {
        const [name = '', nameZh = '', cents = '', variants = ''] = line.split('|')
        const text = variants.split(';')[variant]
        if (text === undefined) return
        const [label = '', labelZh = ''] = text.split('=')
        const random = createRandom(20_240_501, 1, category * 100 + item * 10 + variant)
        const price = Math.floor((Number(cents) * (100 + 12 * variant)) / 1000) * 10
        const isPlanted = variant === 0 && (mains.has(name) || addOns.has(name) || name in REFILL_DAYS)
        const rank = random.below(24)
        products.push({
          productId: `P-${String(products.length + 1).padStart(3, '0')}`,
          name: `${name}, ${label}`,
          nameZh: `${nameZh}，${labelZh}`,
          key: variant === 0 ? name : null,
          category,
          price,
          cost: Math.floor((price * (52 + random.below(20))) / 100),
          ...(isPlanted ? { course: 'steady', month: 0 } : courseOf(random.unit(), 4 + random.below(MONTHS - 7))),
          refillDays: variant === 0 ? (REFILL_DAYS[name] ?? 0) : 0,
          // Add-ons and consumables are bought for their own reasons, seldom for their own sake.
          weight: isPlanted && mains.has(name) ? 700 : isPlanted ? 60 : Math.floor(6000 / (rank + 6)),
        })
      })
    })
  }
  return products
}

function courseOf(draw: number, month: number): Pick<Product, 'course' | 'month'> {
  let upTo = 0
  for (const course of ['rising', 'fading', 'launched', 'discontinued', 'outOfStock'] as const) {
    upTo += DRIFT[course]
    if (draw < upTo) return { course, month: course === 'launched' || course === 'discontinued' ? month : 0 }
  }
  return { course: 'steady', month: 0 }
}

/** Sales of each product in each month beside its usual ones, 64 = as usual, at most 255: `levels[product * MONTHS + month]`. */
export function salesLevels(hasSeasons: boolean, hasDrift: boolean): Uint8Array {
  const levels = new Uint8Array(CATALOGUE.length * MONTHS)
  CATALOGUE.forEach(({ category, course, month: turn }, product) => {
    const season = CATALOGUE_TEXT[category]?.season
    for (let month = 0; month < MONTHS; month++) {
      const ofSeason = hasSeasons && season !== undefined ? (season[(month + 4) % 12] as number) / 100 : 1
      levels[product * MONTHS + month] = Math.min(255, Math.floor(64 * ofSeason * (hasDrift ? driftOf(course, turn, month) : 1)))
    }
  })
  return levels
}

function driftOf(course: Course, turn: number, month: number): number {
  const way = month / (MONTHS - 1)
  if (course === 'rising') return DRIFT.from + (DRIFT.to - DRIFT.from) * way
  if (course === 'fading') return DRIFT.to + (DRIFT.from - DRIFT.to) * way
  if (course === 'launched') return month < turn ? 0 : 1.4
  if (course === 'discontinued') return month < turn ? 1 : 0
  return 1
}
