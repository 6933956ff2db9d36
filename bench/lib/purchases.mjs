// Who has what, seeded: people and products in columns of codes, popular products by Zipf's law.
import { existsSync, readFileSync } from 'node:fs'
import { randomFrom } from './transactions.mjs'

/**
 * Distinct pairs of a customer and a product.
 *
 * @param {{ customers: number, products: number, pairs: number, exponent: number, seed: number }} options
 * @returns {{ customerIds: string[], productIds: string[], customer: Int32Array, product: Int32Array }}
 */
export function makePairs({ customers, products, pairs, exponent, seed }) {
  const random = randomFrom(seed)
  const drawProduct = zipf(products, exponent, random)
  const customer = new Int32Array(pairs)
  const product = new Int32Array(pairs)
  const seen = new Set()
  for (let pair = 0; pair < pairs; ) {
    const c = Math.floor(customers * random() ** 1.5)
    const p = drawProduct()
    const key = c * products + p
    if (seen.has(key)) continue
    seen.add(key)
    customer[pair] = c
    product[pair++] = p
  }
  return { ...idsOf(customers, products), customer, product }
}

/** Purchases that may repeat: what a shop's lines look like before anything is made distinct. */
export function makePurchases({ customers, products, lines, exponent, seed }) {
  const random = randomFrom(seed)
  const drawProduct = zipf(products, exponent, random)
  const customer = new Int32Array(lines)
  const product = new Int32Array(lines)
  for (let line = 0; line < lines; line++) {
    customer[line] = Math.floor(customers * random())
    product[line] = drawProduct()
  }
  return { ...idsOf(customers, products), customer, product }
}

/** The ratings of MovieLens' small set, or null where the folder with real data is not there. */
export function readMovieLens() {
  const file = `${process.env.CRM_SHARED ?? new URL('../../../shared', import.meta.url).pathname}/data/ml-latest-small/ratings.csv`
  if (!existsSync(file)) return null
  const customer = []
  const product = []
  const weight = []
  const customerIds = []
  const productIds = []
  const code = (ids, known, id) => known.get(id) ?? (known.set(id, ids.length), ids.push(id) - 1)
  const knownCustomers = new Map()
  const knownProducts = new Map()
  for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
    const [user, movie, rating] = line.split(',')
    customer.push(code(customerIds, knownCustomers, user))
    product.push(code(productIds, knownProducts, movie))
    weight.push(Number(rating))
  }
  return { customerIds, productIds, customer: Int32Array.from(customer), product: Int32Array.from(product), weight: Float64Array.from(weight) }
}

function idsOf(customers, products) {
  const width = String(Math.max(customers, products)).length
  const ids = (prefix, count) => Array.from({ length: count }, (_, code) => prefix + String(code).padStart(width, '0'))
  return { customerIds: ids('C', customers), productIds: ids('P', products) }
}

function zipf(count, exponent, random) {
  const upTo = new Float64Array(count)
  let sum = 0
  for (let rank = 0; rank < count; rank++) upTo[rank] = sum += 1 / (rank + 1) ** exponent
  return () => {
    const x = random() * sum
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (upTo[middle] < x) low = middle + 1
      else high = middle
    }
    return low
  }
}
