/** The numbers by which the shop is made. `demoShopTruth` shows them with the ids of the products. */

/** Hidden tastes: share of customers (percent), and percent of the purchases of that taste by category. */
export const TASTES = [
  { key: 'coffee', share: 14, categories: { 'Coffee & tea': 45, 'Coffee machines': 45, 'Baking & pantry': 10 } },
  { key: 'cooking', share: 13, categories: { Cookware: 50, 'Baking & pantry': 40, 'Coffee & tea': 10 } },
  { key: 'pets', share: 13, categories: { 'Pet food': 50, 'Pet supplies': 45, 'Home & textiles': 5 } },
  { key: 'camping', share: 11, categories: { Camping: 55, 'Hiking & cycling': 45 } },
  { key: 'garden', share: 10, categories: { Garden: 70, 'Tools & DIY': 20, 'Pet food': 10 } },
  { key: 'office', share: 10, categories: { 'Home office': 80, 'Coffee & tea': 20 } },
  { key: 'craft', share: 8, categories: { 'Craft & sewing': 75, 'Home & textiles': 25 } },
  { key: 'tools', share: 8, categories: { 'Tools & DIY': 75, Garden: 25 } },
  { key: 'wellness', share: 8, categories: { 'Vitamins & health': 55, 'Personal care': 35, 'Hiking & cycling': 10 } },
  { key: 'family', share: 5, categories: { 'Toys & games': 65, 'Personal care': 15, 'Baking & pantry': 20 } },
] as const

/** Of the purchases that are no refills and no add-ons: by the first taste, by the second; the rest is what everybody buys. */
export const TASTE_LINES = { first: 0.62, second: 0.18 } as const
/** Within a category a taste has favourites: this share of the products, each bought so many times as often. */
export const FAVOURITES = { share: 0.4, times: 3 } as const
/** Customers who say what they are interested in, and how many of them name their first taste. */
export const INTEREST = { told: 0.55, right: 0.8 } as const

/** Whoever buys the first often buys the second: in the same order, or in a later one. */
export const PAIRS: readonly (readonly [main: string, addOn: string])[] = [
  ['Espresso machine', 'Milk jug'],
  ['Espresso machine', 'Descaler'],
  ['Coffee grinder', 'Espresso beans'],
  ['Filter coffee maker', 'Paper filters'],
  ['Water filter jug', 'Water filter cartridges'],
  ['Cast-iron pan', 'Chain-mail scrubber'],
  ["Chef's knife", 'Sharpening stone'],
  ['Wok', 'Bamboo steamer'],
  ['Stand mixer', 'Pasta attachment'],
  ['Bread flour', 'Proving basket'],
  ['Dog bed', 'Dog blanket'],
  ['Cat tree', 'Catnip toys'],
  ['Aquarium', 'Fish food'],
  ['Dog lead', 'Poo bags'],
  ['Tent', 'Sleeping mat'],
  ['Sleeping bag', 'Inflatable pillow'],
  ['Camping stove', 'Gas cartridge'],
  ['Hiking boots', 'Wool socks'],
  ['Rucksack', 'Rain cover'],
  ['Bicycle pump', 'Puncture repair kit'],
  ['Raised bed', 'Potting soil'],
  ['Tomato seeds', 'Tomato feed'],
  ['Garden hose', 'Hose reel'],
  ['Printer', 'Ink cartridges'],
  ['Monitor arm', 'Cable tray'],
  ['Fountain pen', 'Bottled ink'],
  ['Sewing machine', 'Thread set'],
  ['Knitting needles', 'Merino wool'],
  ['Watercolour set', 'Watercolour paper'],
  ['Cordless drill', 'Drill bits'],
  ['Paint roller', 'Masking tape'],
  ['Sander', 'Sanding discs'],
  ['Yoga mat', 'Yoga blocks'],
  ['Electric toothbrush', 'Toothbrush heads'],
  ['Safety razor', 'Razor blades'],
  ['Board game', 'Card sleeves'],
  ['Wooden railway', 'Railway bridge'],
  ['Duvet', 'Duvet cover'],
]
/** Chance that the add-on is bought with the main product; else, that it comes within the next orders. */
export const ADD_ON = { sameOrder: 0.35, later: 0.6 } as const

/** Consumables that are bought again after about so many days. */
export const REFILL_DAYS: Readonly<Record<string, number>> = {
  'Espresso beans': 30,
  'Filter coffee': 28,
  'Green tea': 45,
  Descaler: 90,
  'Paper filters': 60,
  'Water filter cartridges': 35,
  'Bread flour': 40,
  'Olive oil': 50,
  'Dry dog food': 28,
  'Wet cat food': 21,
  'Cat litter': 24,
  'Fish food': 50,
  'Ink cartridges': 75,
  'Printer paper': 60,
  Multivitamin: 60,
  'Omega-3': 45,
  'Vitamin D': 90,
  'Protein powder': 32,
  'Toothbrush heads': 80,
  'Razor blades': 50,
  'Dishwasher tablets': 55,
  'Laundry detergent': 42,
}
export const REFILL = {
  /** Customers who buy at least one consumable by its rhythm, and of these a second one. */
  customers: 0.42,
  second: 0.35,
  /** Widest distance of a gap from its rhythm, as a share; near ones are likelier (triangle). */
  spread: 0.2,
  /** A refill bought elsewhere: the gap doubles. */
  missed: 0.05,
} as const

export const CHURN = {
  /** Mean days between service cases of a customer. */
  daysBetweenCases: 600,
  /** A case ends badly (satisfaction at most 0.3), so-so (0.35 to 0.6) or well (0.65 and more). */
  bad: 0.25,
  soSo: 0.2,
  badUpTo: 0.3,
  /** Chance to stop for good within days of a case that ended badly. */
  leavesAfterBad: 0.6,
} as const

export const CAMPAIGN = {
  /** The day of the mailing: year, month, date. */
  date: [2026, 3, 2] as const,
  subject: 'Spring mailing 2026',
  subjectZh: '2026 年春季邮寄',
  /** Customers who had bought by then, drawn by lot: no mailing. */
  control: 0.3,
  windowDays: 60,
  /** Orders more of one mailed customer within the window, still buying or lapsed. */
  extraOrdersActive: 0.5,
  extraOrdersLapsed: 0.12,
} as const

export const LIFE = {
  /** Customers of the years before the books begin. */
  before: 0.3,
  /** Who stay for at most 120 days. */
  shortLived: 0.22,
  shortDays: 120,
  /** The others stay for 200 to 2,600 days, evenly. */
  longDays: [200, 2600] as const,
  /** Of those who left of their own accord early enough: back after 200 to 300 days. */
  reactivated: 0.25,
  pauseDays: [200, 300] as const,
  organisations: 0.15,
} as const

/** Percent of usual orders by calendar month, January first. */
export const SEASON_PERCENT: readonly number[] = [85, 80, 95, 100, 105, 100, 90, 85, 100, 105, 135, 150]

export const LINES = {
  /** Of orders. */
  guests: 0.03,
  /** Of purchase lines: returned 5 to 25 days later. Consumables a quarter of it. */
  returned: 0.05,
  /** Of orders with a tenth off. */
  discounted: 0.1,
} as const

/** Shares of the products without another effect, and how their sales go. */
export const DRIFT = {
  rising: 0.12,
  fading: 0.12,
  launched: 0.12,
  discontinued: 0.1,
  outOfStock: 0.04,
  /** Sales of rising products at the beginning and at the end, times the usual; fading ones the other way round. */
  from: 0.2,
  to: 1.8,
} as const
