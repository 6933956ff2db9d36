import { createRandom } from '../../shared/random.ts'
import { createPreferences } from '../createPreferences.ts'
import type { PreferenceEntry } from '../createPreferences.ts'
import type { ProductFacts } from '../productFacts.ts'
import type { Preferences } from '../recommend.types.ts'

export const AS_OF: number = Date.UTC(2026, 4, 31)
export const DAY: number = 86_400_000

export interface RandomShop {
  readonly entries: readonly PreferenceEntry[]
  readonly preferences: Preferences
  readonly products: readonly ProductFacts[]
}

/** Customers `c-000`, products `p-000`: the first are bought the most. Some products have no facts, some facts no buyer. */
export function randomShop(seed: number, { customers = 60, products = 40, pairs = 500 } = {}): RandomShop {
  const { below: int } = createRandom(seed)
  const known = new Map<string, PreferenceEntry>()
  for (let i = 0; i < pairs; i++) {
    const customerId = `c-${String(int(customers)).padStart(3, '0')}`
    const productId = `p-${String(Math.min(int(products), int(products))).padStart(3, '0')}`
    known.set(`${customerId} ${productId}`, { customerId, productId, weight: 1 + int(4), at: int(10) === 0 ? null : AS_OF - int(200) * DAY })
  }
  const entries = [...known.values()]
  const facts = Array.from({ length: products + 3 }, (_, i): ProductFacts => ({
    productId: `p-${String(i).padStart(3, '0')}`,
    name: `Product ${i}`,
    category: i % 7 === 0 ? null : 'abcde'[i % 5]!,
    price: i % 11 === 0 ? null : 100 + int(900),
    available: i % 6 === 0 ? false : i % 5 === 0 ? null : true,
    suggestedQuantity: i % 3 === 0 ? null : 1 + int(5),
  })).filter((_, i) => i % 13 !== 12)
  return { entries, preferences: createPreferences(entries), products: facts }
}
