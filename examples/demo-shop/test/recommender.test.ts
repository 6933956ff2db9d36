import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient, type CrmClient } from '@crm/core/client'
import { recommendOperation, type RecommendRequest, type RecommendStrategy } from '@crm/core/recommend'
import { describe, expect, test } from 'vitest'
import { demoShopTruth as truth, type DemoShop } from '../src/index.ts'
import { DAY_MS, fullShop, mean, purchasesByCustomer, valueOf, type Line } from './readShop.ts'

// The recommender asked as an application asks it; beside each finding the same question to the shop without the effect.

const clients = new Map<DemoShop, CrmClient>()

function clientOf(shop: DemoShop): CrmClient {
  let client = clients.get(shop)
  if (client === undefined) clients.set(shop, (client = createClient(createMemoryAdapter(shop))))
  return client
}

/** Product ids that the shop recommends, the best first. */
async function recommended(shop: DemoShop, request: Omit<RecommendRequest, 'preferences'> & { readonly asOf?: number; readonly weight?: 'count' }): Promise<string[]> {
  const { asOf = shop.asOf, weight = 'binary', ...rest } = request
  const { data } = await clientOf(shop).run(recommendOperation, { ...rest, preferences: { from: 'transactions', asOf, weight } })
  return data.items.map(({ productId }) => productId)
}

const customerId = (shop: DemoShop, row: number): string => valueOf(shop.data.customers, 'customerId', row) as string
const shareOf = (hits: readonly boolean[]): number => mean(hits.map(Number))

describe('the planted affinities', () => {
  /** Share of the pairs whose add-on is among the first three beside its main product. */
  const beside = async (shop: DemoShop): Promise<number> => {
    const hits: boolean[] = []
    for (const { main, addOn } of truth.affinities.pairs) {
      hits.push((await recommended(shop, { for: { productId: main }, strategy: { kind: 'products' }, limit: 3 })).includes(addOn))
    }
    return shareOf(hits)
  }

  test('the add-on is among the first three beside its main product, for every pair', async () => expect(await beside(fullShop())).toBe(1))
  test('without the effect, for hardly any', async () => expect(await beside(fullShop(['affinities']))).toBeLessThan(0.1))

  /** Of customers who lately bought a main product and lack its add-on: who have it among the first ten. */
  const offered = async (shop: DemoShop): Promise<boolean[]> => {
    const hits: boolean[] = []
    for (const [row, own] of purchasesByCustomer(shop).entries()) {
      const has = new Set(own.map(({ product }) => product))
      const lately = new Set(own.filter(({ at }) => at > shop.asOf - 60 * DAY_MS).map(({ product }) => product))
      const lacking = truth.affinities.pairs.filter(({ main, addOn }) => lately.has(main) && !has.has(addOn))
      if (lacking.length === 0) continue
      const list = await recommended(shop, { for: { customerId: customerId(shop, row) }, limit: 10 })
      for (const { addOn } of lacking) hits.push(list.includes(addOn))
    }
    return hits
  }

  test('most customers who lately bought a main product and lack its add-on are offered it', async () => {
    const hits = await offered(fullShop())
    expect(hits.length).toBeGreaterThan(100)
    expect(shareOf(hits)).toBeGreaterThan(0.7)
  })

  test('without the effect, hardly anybody is', async () => expect(shareOf(await offered(fullShop(['affinities'])))).toBeLessThan(0.05))
})

describe('the planted rhythm', () => {
  /** What is nearly due at some day: of customers who bought a consumable four times and more, the last time 75 to 100 % of its rhythm ago. */
  const nearlyDue = (shop: DemoShop, today: number): { row: number; productId: string; days: number; own: Line[] }[] =>
    purchasesByCustomer(shop).flatMap((own, row) =>
      truth.refill.products.flatMap(({ productId, days }) => {
        const at = own.filter((line) => line.product === productId && line.at <= today).map((line) => line.at)
        const ago = (today - (at.at(-1) ?? 0)) / DAY_MS
        return at.length >= 4 && ago >= 0.75 * days && ago <= days ? [{ row, productId, days, own }] : []
      }),
    )

  /** Shares of what is nearly due: among the first three to buy again, and bought within the next half of the rhythm. */
  const judge = async (shop: DemoShop, strategy: RecommendStrategy): Promise<{ cases: number; ranked: number; bought: number }> => {
    const asOf = shop.asOf - 60 * DAY_MS
    const due = nearlyDue(shop, asOf)
    const ranked: boolean[] = []
    const bought: boolean[] = []
    for (const { row, productId, days, own } of due) {
      const list = await recommended(shop, { for: { customerId: customerId(shop, row) }, asOf, weight: 'count', strategy, filters: { bought: { notWithinDays: Math.floor(0.7 * days) } }, limit: 3, fill: 'none' })
      ranked.push(list.includes(productId))
      if (list.includes(productId)) bought.push(own.some((line) => line.product === productId && line.at > asOf && line.at <= asOf + 0.5 * days * DAY_MS))
    }
    return { cases: due.length, ranked: shareOf(ranked), bought: shareOf(bought) }
  }

  test('what is nearly due is among the first three to buy again, and is bought when its time comes', async () => {
    const { cases, ranked, bought } = await judge(fullShop(), { kind: 'buyAgain' })
    expect(cases).toBeGreaterThan(100)
    expect(ranked).toBeGreaterThan(0.9)
    expect(bought).toBeGreaterThan(0.8)
  })

  test('what everybody buys is no answer to it', async () => {
    const { ranked } = await judge(fullShop(), { kind: 'popularity' })
    expect(ranked).toBeLessThan(0.2)
  })

  test('without the rhythm, it ranks as high and its time says nothing: fewer than half are bought', async () => {
    const { cases, ranked, bought } = await judge(fullShop(['refill']), { kind: 'buyAgain' })
    expect(cases).toBeGreaterThan(50)
    expect(ranked).toBeGreaterThan(0.9)
    expect(bought).toBeLessThan(0.5)
  })
})
