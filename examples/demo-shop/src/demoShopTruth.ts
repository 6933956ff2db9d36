import { AS_OF, dayOf, DAY_MS, MONTHS, START } from './calendar.ts'
import { CATALOGUE, productIndex, type Course } from './catalogue.ts'
import { CATALOGUE_TEXT } from './catalogueText.ts'
import { ADD_ON, CAMPAIGN, CHURN, DRIFT, FAVOURITES, INTEREST, LIFE, LINES, PAIRS, REFILL, REFILL_DAYS, SEASON_PERCENT, TASTE_LINES, TASTES } from './plan.ts'

/** What is planted in the shop. Shares and chances are 0..1 unless they say percent; times are epoch milliseconds. */
export interface DemoShopTruth {
  /** The first and the last millisecond of the books. */
  readonly from: number
  readonly asOf: number
  readonly affinities: {
    /** Hidden tastes: percent of the customers, and percent of the purchases by category. */
    readonly tastes: readonly { readonly key: string; readonly share: number; readonly categories: Readonly<Record<string, number>> }[]
    /** Of what a customer browses: by the first taste, by the second; the rest is what everybody buys. */
    readonly lines: { readonly first: number; readonly second: number }
    /** Within a category: the share of products that a taste prefers, and how many times as often it buys them. */
    readonly favourites: { readonly share: number; readonly times: number }
    /** The attribute `interest` of customers: who have one, and for how many of them it is the first taste. */
    readonly interest: { readonly told: number; readonly right: number }
    /** Chance that an add-on comes with its main product; else, that it comes in a later order. */
    readonly addOn: { readonly sameOrder: number; readonly later: number }
    readonly pairs: readonly { readonly main: string; readonly addOn: string }[]
  }
  readonly refill: {
    /** Customers who buy at least one consumable by its rhythm, and of these a second one. */
    readonly customers: number
    readonly second: number
    /** Widest distance of a gap from the rhythm, as a share of it. */
    readonly spread: number
    /** Gaps that are twice as long. */
    readonly missed: number
    readonly products: readonly { readonly productId: string; readonly days: number }[]
  }
  readonly churn: {
    readonly daysBetweenCases: number
    /** Cases that end badly (satisfaction up to `badUpTo`), and so-so. */
    readonly bad: number
    readonly soSo: number
    readonly badUpTo: number
    /** Chance that a customer never orders again after a bad one. */
    readonly leavesAfterBad: number
  }
  readonly campaign: {
    readonly at: number
    readonly subject: string
    /** Share drawn by lot that gets no mailing: `springMailing` is `control`. */
    readonly control: number
    readonly windowDays: number
    /** Orders more of one mailed customer within the window. */
    readonly extraOrdersActive: number
    readonly extraOrdersLapsed: number
  }
  readonly life: {
    /** Customers since before the books. */
    readonly before: number
    readonly shortLived: number
    readonly shortDays: number
    readonly longDays: readonly [number, number]
    /** Of those who left early enough, without anger. */
    readonly reactivated: number
    readonly pauseDays: readonly [number, number]
    readonly organisations: number
  }
  /** Percent of the usual by calendar month, January first; of orders, and of the products of some categories. */
  readonly season: { readonly ordersPercent: readonly number[]; readonly categoriesPercent: Readonly<Record<string, readonly number[]>> }
  readonly lines: {
    /** Of orders: without a customer. */
    readonly guests: number
    /** Of purchase lines; of consumables a quarter of it. */
    readonly returned: number
    /** Of orders: with a tenth off. */
    readonly discounted: number
  }
  readonly drift: {
    /** Sales of a rising product at the beginning and at the end, times the usual; fading: the other way round. */
    readonly from: number
    readonly to: number
    readonly months: number
    /** Launched and discontinued: since when. A shop with fewer products has the first ones. */
    readonly products: readonly { readonly productId: string; readonly course: Exclude<Course, 'steady'>; readonly since: number | null }[]
  }
}

const idOf = (key: string): string => (CATALOGUE[productIndex(key)] as (typeof CATALOGUE)[number]).productId

/** What was planted, with the numbers that the shop is made by: the same for every seed and size. */
export const demoShopTruth: DemoShopTruth = {
  from: START,
  asOf: AS_OF,
  affinities: {
    tastes: TASTES,
    lines: TASTE_LINES,
    favourites: FAVOURITES,
    interest: INTEREST,
    addOn: ADD_ON,
    pairs: PAIRS.map(([main, addOn]) => ({ main: idOf(main), addOn: idOf(addOn) })),
  },
  refill: { ...REFILL, products: Object.entries(REFILL_DAYS).map(([key, days]) => ({ productId: idOf(key), days })) },
  churn: CHURN,
  campaign: { ...CAMPAIGN, at: START + dayOf(...CAMPAIGN.date) * DAY_MS },
  life: LIFE,
  season: {
    ordersPercent: SEASON_PERCENT,
    categoriesPercent: Object.fromEntries(CATALOGUE_TEXT.flatMap(({ name, season }) => (season === undefined ? [] : [[name, season]]))),
  },
  lines: LINES,
  drift: {
    from: DRIFT.from,
    to: DRIFT.to,
    months: MONTHS,
    products: CATALOGUE.flatMap(({ productId, course, month }) =>
      course === 'steady' ? [] : [{ productId, course, since: course === 'launched' || course === 'discontinued' ? Date.UTC(2024, 4 + month, 1) : null }],
    ),
  },
}
