import { CATALOGUE, FEWEST_PRODUCTS } from './catalogue.ts'

/** What is planted; each can be switched off, to see that it is then not found. */
export interface DemoShopEffects {
  /** Tastes, and products that complement each other. Off: everybody draws from what the shop sells on the whole. */
  readonly affinities: boolean
  /** Off: consumables are bought as often, at any time. */
  readonly refill: boolean
  /** Off: nobody leaves because of a service case. */
  readonly churn: boolean
  /** Off: the mailing is sent and does nothing. */
  readonly campaign: boolean
  /** Off: every month is alike. */
  readonly season: boolean
  /** Off: no product rises, fades, comes or goes. */
  readonly drift: boolean
}

export interface DemoShopOptions {
  /** Whole number 0..2^32 - 1. Default 1. */
  readonly seed?: number
  /** At least 20. Default 5,000. */
  readonly customers?: number
  /** Customers without a purchase. Default 12 % of the customers. */
  readonly prospects?: number
  /** 8 to 40 for each customer; about two and a half times as many lines. Default 12. */
  readonly orders?: number
  /** 144 to 400. Default 400, or 160 below 1,000 customers. */
  readonly products?: number
  /** Default: all. */
  readonly effects?: Partial<DemoShopEffects>
}

export interface Settings extends Required<Omit<DemoShopOptions, 'effects'>> {
  readonly effects: DemoShopEffects
}

/** Streams of random numbers, one for each matter. */
export const PURPOSE = { person: 11, life: 12, habits: 13, lots: 14, refills: 15, campaign: 16, visits: 17, baskets: 18, guests: 19, contacts: 20 } as const

export const ALL_EFFECTS: DemoShopEffects = { affinities: true, refill: true, churn: true, campaign: true, season: true, drift: true }

export function settingsOf(options: DemoShopOptions): Settings {
  const customers = whole('customers', options.customers ?? 5000, 20, 200_000)
  return {
    seed: whole('seed', options.seed ?? 1, 0, 2 ** 32 - 1),
    customers,
    prospects: whole('prospects', options.prospects ?? Math.floor((customers * 12) / 100), 0, 200_000),
    orders: whole('orders', options.orders ?? customers * 12, customers * 8, customers * 40),
    products: whole('products', options.products ?? (customers < 1000 ? 160 : CATALOGUE.length), FEWEST_PRODUCTS, CATALOGUE.length),
    effects: { ...ALL_EFFECTS, ...options.effects },
  }
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new RangeError(`makeDemoShop: ${name} is ${value}. The shop could not be made with all its effects. Pass a whole number from ${least} to ${most}.`)
}
