import { describe, expect, test } from 'vitest'
import { demoShopTruth as truth } from '../src/index.ts'
import { DAY_MS, countDistinct, fullShop, linesOf, mean, median, noEffects, purchasesByCustomer, rowsOf, valueOf, type Line } from './readShop.ts'
import type { DemoShop, DemoShopEffects } from '../src/index.ts'

// Everything here is measured from the tables, as anybody could who was given them: once with the effect, once without.

const effects = Object.keys(noEffects) as (keyof DemoShopEffects)[]
const categories = (shop: DemoShop): Map<string, string> =>
  new Map(Array.from({ length: rowsOf(shop.data.products) }, (_, row) => [valueOf(shop.data.products, 'productId', row) as string, valueOf(shop.data.products, 'category', row) as string]))

describe('product affinities', () => {
  const pairs = (shop: DemoShop): { share: number; lift: number }[] => {
    const owned = purchasesByCustomer(shop).filter((own) => own.length > 0).map((own) => new Set(own.map(({ product }) => product)))
    return truth.affinities.pairs.map(({ main, addOn }) => {
      const buyers = owned.filter((own) => own.has(main))
      const share = buyers.filter((own) => own.has(addOn)).length / buyers.length
      return { share, lift: share / (owned.filter((own) => own.has(addOn)).length / owned.length) }
    })
  }

  test('more than half of the buyers of a main product have its add-on, six times as many as of all customers', () => {
    for (const { share, lift } of pairs(fullShop())) {
      expect(share).toBeGreaterThan(0.55)
      expect(lift).toBeGreaterThan(6)
    }
  })

  test('without the effect, fewer than a tenth have it', () => {
    for (const { share } of pairs(fullShop(['affinities']))) expect(share).toBeLessThan(0.1)
  })

  /** Of customers with 20 lines and more: the share of their two commonest categories. */
  const focus = (shop: DemoShop): number => {
    const categoryOf = categories(shop)
    return mean(
      purchasesByCustomer(shop).filter((own) => own.length >= 20).map((own) => {
        const counts = new Map<string, number>()
        for (const { product } of own) counts.set(categoryOf.get(product) as string, (counts.get(categoryOf.get(product) as string) ?? 0) + 1)
        const [first = 0, second = 0] = [...counts.values()].toSorted((a, b) => b - a)
        return (first + second) / own.length
      }),
    )
  }

  test('customers keep to a few categories, and do not without the effect', () => {
    expect(focus(fullShop())).toBeGreaterThan(0.55)
    expect(focus(fullShop(['affinities', 'refill']))).toBeLessThan(0.45)
  })

  /** Of customers who named an interest: the share of lines in the categories of that taste. */
  const interestShare = (shop: DemoShop): number => {
    const categoryOf = categories(shop)
    return mean(
      purchasesByCustomer(shop).flatMap((own, row) => {
        const taste = truth.affinities.tastes.find(({ key }) => key === valueOf(shop.data.customers, 'interest', row))
        return taste === undefined || own.length === 0 ? [] : [own.filter(({ product }) => Object.hasOwn(taste.categories, categoryOf.get(product) as string)).length / own.length]
      }),
    )
  }

  test('the interest that a customer names tells what they buy, and nothing without the effect', () => {
    expect(interestShare(fullShop())).toBeGreaterThan(0.5)
    expect(interestShare(fullShop(['affinities']))).toBeLessThan(0.25)
  })
})

describe('refill rhythm', () => {
  /** Days between purchases of the same consumable, by customers with at least four. */
  const gaps = (shop: DemoShop): { days: number; gaps: number[] }[] => {
    const customers = purchasesByCustomer(shop)
    return truth.refill.products.map(({ productId, days }) => ({
      days,
      gaps: customers.flatMap((own) => {
        const at = own.filter(({ product }) => product === productId).map(({ at }) => Math.floor(at / DAY_MS))
        return at.length < 4 ? [] : at.slice(1).map((day, i) => day - (at[i] as number))
      }),
    }))
  }
  const nearRhythm = (shop: DemoShop): number[] => gaps(shop).map(({ days, gaps }) => gaps.filter((gap) => Math.abs(gap - days) <= 0.25 * days).length / gaps.length)

  test('the median gap of each consumable is its rhythm within 5 %', () => {
    for (const { days, gaps: found } of gaps(fullShop())) {
      expect(found.length).toBeGreaterThan(100)
      expect(Math.abs(median(found) - days) / days).toBeLessThanOrEqual(0.05)
    }
  })

  test('nine gaps of ten lie within a quarter of the rhythm; without the effect, three of ten at most', () => {
    for (const share of nearRhythm(fullShop())) expect(share).toBeGreaterThan(0.9)
    for (const share of nearRhythm(fullShop(['refill']))) expect(share).toBeLessThan(0.3)
  })
})

describe('churn after bad service', () => {
  /** Odds to buy nothing from day 8 to day 127 after a case, of customers who bought in the 90 days before it. */
  const oddsRatio = (shop: DemoShop): number => {
    const { interactions } = shop.data
    const customers = purchasesByCustomer(shop)
    const cells = { badStopped: 0, badStayed: 0, otherStopped: 0, otherStayed: 0 }
    for (let row = 0; row < rowsOf(interactions); row++) {
      const satisfaction = valueOf(interactions, 'satisfaction', row) as number | null
      const at = valueOf(interactions, 'at', row) as number
      if (valueOf(interactions, 'lane', row) !== 'service' || satisfaction === null || at > shop.asOf - 127 * DAY_MS) continue
      const own = customers[Number((valueOf(interactions, 'customerId', row) as string).slice(2)) - 1] as Line[]
      if (!own.some((line) => line.at <= at && line.at > at - 90 * DAY_MS)) continue
      const stayed = own.some((line) => line.at > at + 7 * DAY_MS && line.at <= at + 127 * DAY_MS)
      cells[`${satisfaction <= truth.churn.badUpTo ? 'bad' : 'other'}${stayed ? 'Stayed' : 'Stopped'}`]++
    }
    return (cells.badStopped * cells.otherStayed) / (cells.badStayed * cells.otherStopped)
  }

  test('the odds to stop are ten times as high after a case that ended badly', () => expect(oddsRatio(fullShop())).toBeGreaterThan(10))

  test('without the effect, they are alike', () => {
    const ratio = oddsRatio(fullShop(['churn']))
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.6)
  })
})

describe('campaign with a control group', () => {
  const groups = (shop: DemoShop, from: number, days: number): Record<string, number[]> => {
    const customers = purchasesByCustomer(shop)
    const counts: Record<string, number[]> = { mailed: [], control: [] }
    customers.forEach((own, row) => {
      const group = valueOf(shop.data.customers, 'springMailing', row) as string | null
      if (group !== null) counts[group]?.push(countDistinct(own.filter(({ at }) => at >= from && at < from + days * DAY_MS).map(({ order }) => order)))
    })
    return counts
  }
  /** Mean of the mailed less mean of the control, and its standard errors from 0. */
  const uplift = (counts: Record<string, number[]>): { orders: number; z: number } => {
    const [mailed, control] = [counts['mailed'] as number[], counts['control'] as number[]]
    const spread = (values: readonly number[]): number => mean(values.map((value) => (value - mean(values)) ** 2)) / values.length
    const orders = mean(mailed) - mean(control)
    return { orders, z: orders / Math.sqrt(spread(mailed) + spread(control)) }
  }
  const { at, windowDays, control } = truth.campaign

  test('the mailing brings 0.2 to 0.4 orders a head within 60 days, far beyond chance', () => {
    const { orders, z } = uplift(groups(fullShop(), at, windowDays))
    expect(orders).toBeGreaterThan(0.2)
    expect(orders).toBeLessThan(0.4)
    expect(z).toBeGreaterThan(4)
  })

  test('without the effect, mailed and control buy alike', () => expect(Math.abs(uplift(groups(fullShop(['campaign']), at, windowDays)).z)).toBeLessThan(2))

  test('before the mailing, mailed and control bought alike: the lot was fair', () => {
    const counts = groups(fullShop(), at - 120 * DAY_MS, 120)
    expect(Math.abs(uplift(counts).z)).toBeLessThan(2)
    expect((counts['control'] as number[]).length / (counts['control'] as number[]).concat(counts['mailed'] as number[]).length).toBeCloseTo(control, 1)
  })

  test('whoever was mailed has a letter on that day, and nobody else', () => {
    const { interactions, customers } = fullShop().data
    const written = new Set<string>()
    for (let row = 0; row < rowsOf(interactions); row++) {
      if (valueOf(interactions, 'subject', row) !== truth.campaign.subject) continue
      written.add(valueOf(interactions, 'customerId', row) as string)
      expect(Math.floor((valueOf(interactions, 'at', row) as number) / DAY_MS)).toBe(at / DAY_MS)
    }
    for (let row = 0; row < rowsOf(customers); row++) {
      expect(written.has(valueOf(customers, 'customerId', row) as string)).toBe(valueOf(customers, 'springMailing', row) === 'mailed')
    }
  })
})

describe('life cycle', () => {
  const shop = fullShop()
  const buyers = purchasesByCustomer(shop).filter((own) => own.length > 0)
  const daysBefore = (at: number): number => (shop.asOf - at) / DAY_MS

  test('newcomers, customers who buy, who are overdue and who are lost are all there in numbers', () => {
    const newcomers = buyers.filter((own) => daysBefore((own[0] as Line).at) < 60).length
    const idle = buyers.map((own) => daysBefore((own.at(-1) as Line).at))
    expect(newcomers).toBeGreaterThan(150)
    expect(idle.filter((days) => days < 60).length).toBeGreaterThan(2000)
    expect(idle.filter((days) => days >= 60 && days < 180).length).toBeGreaterThan(500)
    expect(idle.filter((days) => days >= 180).length).toBeGreaterThan(1200)
    expect(buyers.filter((own) => countDistinct(own.map(({ order }) => order)) === 1).length).toBeGreaterThan(500)
  })

  test('some came back after 200 days and more', () => {
    const back = buyers.filter((own) => own.some(({ at }, i) => i > 0 && at - (own[i - 1] as Line).at >= truth.life.pauseDays[0] * DAY_MS && countDistinct(own.slice(i).map(({ order }) => order)) > 1))
    expect(back.length).toBeGreaterThan(200)
  })

  test('a prospect has a row and no purchase', () => expect(purchasesByCustomer(shop).filter((own) => own.length === 0)).toHaveLength(600))
})

describe('season', () => {
  /** Orders a day in November and December by those from May to August, over the whole years of the books. */
  const winterShare = (shop: DemoShop, category?: string): number => {
    const categoryOf = categories(shop)
    const lines = linesOf(shop).filter(({ product, amount, at }) => amount > 0 && at < truth.from + 730 * DAY_MS && (category === undefined || categoryOf.get(product) === category))
    const within = (from: number, to: number): number => lines.filter(({ at }) => new Date(at).getUTCMonth() >= from && new Date(at).getUTCMonth() <= to).length
    return within(10, 11) / 61 / (within(4, 7) / 123)
  }

  test('the end of the year is busy, toys most of all, camping not', () => {
    expect(winterShare(fullShop())).toBeGreaterThan(1.2)
    expect(winterShare(fullShop(), 'Toys & games')).toBeGreaterThan(2.5)
    expect(winterShare(fullShop(), 'Camping')).toBeLessThan(0.75)
  })

  test('without the effect, the months differ no more than the shop grows', () => {
    const shop = fullShop(['season'])
    for (const category of [undefined, 'Toys & games', 'Camping']) {
      expect(winterShare(shop, category)).toBeGreaterThan(0.8)
      expect(winterShare(shop, category)).toBeLessThan(1.3)
    }
  })
})

describe('drift', () => {
  const { products } = truth.drift
  const of = (course: string): typeof products => products.filter((product) => product.course === course)
  /** Lines of the last ten months by lines of the first ten, beside those of all products. */
  const growth = (shop: DemoShop, course: string): number => {
    const ids = new Set(of(course).map(({ productId }) => productId))
    const lines = linesOf(shop).filter(({ amount }) => amount > 0)
    const early = lines.filter(({ at }) => at < truth.from + 304 * DAY_MS)
    const late = lines.filter(({ at }) => at >= shop.asOf - 304 * DAY_MS)
    const share = (part: readonly Line[]): number => part.filter(({ product }) => ids.has(product)).length / part.length
    return share(late) / share(early)
  }

  test('rising products gain and fading ones lose', () => {
    expect(growth(fullShop(), 'rising')).toBeGreaterThan(2.5)
    expect(growth(fullShop(), 'fading')).toBeLessThan(0.4)
  })

  test('without the effect, they do neither', () => {
    for (const course of ['rising', 'fading']) {
      expect(growth(fullShop(['drift']), course)).toBeGreaterThan(0.8)
      expect(growth(fullShop(['drift']), course)).toBeLessThan(1.25)
    }
  })

  test('nothing is sold before it is launched or after it is discontinued, as it would be without the effect', () => {
    const outside = (shop: DemoShop): number => {
      const turn = new Map(products.map((product) => [product.productId, product]))
      return linesOf(shop).filter(({ product, at, amount }) => {
        const { course, since } = turn.get(product) ?? { course: null, since: null }
        return amount > 0 && since !== null && (course === 'launched' ? at < since : at >= since)
      }).length
    }
    expect(of('launched').length).toBeGreaterThan(20)
    expect(of('discontinued').length).toBeGreaterThan(20)
    expect(outside(fullShop())).toBe(0)
    expect(outside(fullShop(['drift']))).toBeGreaterThan(1000)
  })

  test('what is discontinued or out of stock is not available, and nothing else', () => {
    const gone = new Set(products.filter(({ course }) => course === 'discontinued' || course === 'outOfStock').map(({ productId }) => productId))
    const shop = fullShop()
    for (let row = 0; row < 400; row++) expect(valueOf(shop.data.products, 'available', row)).toBe(gone.has(valueOf(shop.data.products, 'productId', row) as string) ? 0 : 1)
    const lately = new Set(linesOf(shop).filter(({ at }) => at > shop.asOf - 90 * DAY_MS).map(({ product }) => product))
    for (const { productId } of of('outOfStock')) expect(lately).toContain(productId)
  })
})

describe('lines', () => {
  const lines = linesOf(fullShop())

  test('three orders of a hundred have no customer', () => {
    expect(countDistinct(lines.filter(({ customer }) => customer < 0).map(({ order }) => order)) / 60_000).toBeCloseTo(truth.lines.guests, 10)
  })

  test('some lines come back: of the same order and product, later, for what they had cost', () => {
    const bought = new Map(lines.filter(({ amount }) => amount > 0).map((line) => [`${line.order} ${line.product}`, line]))
    const returns = lines.filter(({ amount }) => amount < 0)
    expect(returns.length / bought.size).toBeGreaterThan(0.03)
    expect(returns.length / bought.size).toBeLessThan(truth.lines.returned)
    for (const line of returns) {
      const purchase = bought.get(`${line.order} ${line.product}`) as Line
      expect(purchase.amount).toBe(-line.amount)
      expect(purchase.customer).toBe(line.customer)
      expect(purchase.at).toBeLessThan(line.at)
    }
  })

  test('a shop without any effect still has all its orders', () => expect(countDistinct(linesOf(fullShop(effects)).map(({ order }) => order))).toBe(60_000))
})
