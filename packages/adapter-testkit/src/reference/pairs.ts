import type { PairsRequest } from '@crm/core/adapter'
import type { Cell, KitData } from '../testkit.types.ts'
import { purchasesInWindow } from './totals.ts'

/**
 * Every target with every other id, whether they share anything or not, partner by partner; those that share nothing fall
 * away. Rows in no order, in the columns of the contract.
 */
export function pairRows(data: KitData, request: PairsRequest, takesPart: (customerId: string) => boolean): { rows: readonly (readonly Cell[])[]; withoutProduct: number } {
  const { over, targets, weight } = request
  const { weights, withoutProduct } = weight === 'rating' ? ratingWeights(data) : purchaseWeights(data, request)
  const partnersOf = new Map<string, Map<string, number>>()
  for (const [customerId, productId, value] of weights) {
    if (!takesPart(customerId)) continue
    const [own, partner] = over === 'customers' ? [customerId, productId] : [productId, customerId]
    if (!partnersOf.has(own)) partnersOf.set(own, new Map())
    partnersOf.get(own)?.set(partner, value)
  }
  const rows: Cell[][] = []
  for (const target of targets) {
    const mine = partnersOf.get(target)
    for (const [other, theirs] of mine === undefined ? [] : partnersOf) {
      if (other === target || mine === undefined) continue
      const both = [...mine.keys()].filter((partner) => theirs.has(partner))
      if (both.length === 0) continue
      const x = both.map((partner) => mine.get(partner) as number)
      const y = both.map((partner) => theirs.get(partner) as number)
      rows.push([target, other, both.length, sum(x), sum(y), sum(x.map((value, i) => value * (y[i] as number))), squares(x), squares(y), ...whole(mine), ...whole(theirs)])
    }
  }
  return { rows, withoutProduct }
}

type Weight = readonly [customerId: string, productId: string, value: number]

const whole = (partners: ReadonlyMap<string, number>): readonly number[] => [partners.size, sum([...partners.values()]), squares([...partners.values()])]
const squares = (values: readonly number[]): number => sum(values.map((value) => value * value))
// From +0 on: a sum of -0 alone is read as 0.
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function ratingWeights({ sets }: KitData): { weights: readonly Weight[]; withoutProduct: number } {
  const ratings = sets.find(({ name }) => name === 'ratings')
  if (ratings === undefined) throw new Error('These data of the kit hold no ratings.')
  const [customer, product, rating] = ['customerId', 'productId', 'rating'].map((field) => ratings.fields.findIndex(({ name }) => name === field)) as [number, number, number]
  return { weights: ratings.rows.map((row): Weight => [row[customer] as string, row[product] as string, row[rating] as number]), withoutProduct: 0 }
}

function purchaseWeights(data: KitData, { weight, totals }: PairsRequest): { weights: readonly Weight[]; withoutProduct: number } {
  const ordersOf = new Map<string, Map<string, Set<string | number>>>()
  let withoutProduct = 0
  for (const { customerId, productId, orderKey } of purchasesInWindow(data, totals)) {
    if (productId === null) {
      withoutProduct++
      continue
    }
    if (!ordersOf.has(customerId)) ordersOf.set(customerId, new Map())
    const products = ordersOf.get(customerId) as Map<string, Set<string | number>>
    products.set(productId, (products.get(productId) ?? new Set()).add(orderKey))
  }
  const weights = [...ordersOf].flatMap(([customerId, products]) => [...products].map(([productId, orders]): Weight => [customerId, productId, weight === 'one' ? 1 : orders.size]))
  return { weights, withoutProduct }
}
