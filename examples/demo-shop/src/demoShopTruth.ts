import { AS_OF, dayOf, DAY_MS, MONTHS, START } from './calendar.ts'
import { CATALOGUE, productIndex, type Course } from './catalogue.ts'
import { ADD_ON, CAMPAIGN, CHURN, DRIFT, FAVOURITES, INTEREST, LIFE, LINES, PAIRS, REFILL, REFILL_DAYS, SEASON_PERCENT, TASTES, TASTE_LINES } from './plan.ts'

const idOf = (key: string): string => (CATALOGUE[productIndex(key)] as (typeof CATALOGUE)[number]).productId
const monthStart = (month: number): number => Date.UTC(2024, 4 + month, 1)

/** What was planted, with the numbers that the shop is made by. The same for every seed and size. */
export const demoShopTruth = {
  /** Epoch milliseconds. */
  from: START,
  asOf: AS_OF,
  affinities: {
    /** Hidden tastes: share of customers and of the purchases by category, both in percent. */
    tastes: TASTES,
    lines: TASTE_LINES,
    favourites: FAVOURITES,
    /** The attribute `interest` of customers. */
    interest: INTEREST,
    addOn: ADD_ON,
    pairs: PAIRS.map(([main, addOn]) => ({ main: idOf(main), addOn: idOf(addOn) })),
  },
  refill: { ...REFILL, products: Object.entries(REFILL_DAYS).map(([key, days]) => ({ productId: idOf(key), days })) },
  churn: CHURN,
  campaign: { ...CAMPAIGN, at: START + dayOf(...CAMPAIGN.date) * DAY_MS },
  life: LIFE,
  season: { ordersPercent: SEASON_PERCENT },
  lines: LINES,
  drift: {
    ...DRIFT,
    months: MONTHS,
    /** Launched and discontinued: since when. */
    products: CATALOGUE.filter(({ course }) => course !== 'steady').map(({ productId, course, month }) => ({
      productId,
      course: course as Exclude<Course, 'steady'>,
      since: course === 'launched' || course === 'discontinued' ? monthStart(month) : null,
    })),
  },
} as const
