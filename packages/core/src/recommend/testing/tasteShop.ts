import { createRandom } from '../../shared/random.ts'
import type { Purchase } from './purchaseTables.ts'

export const TASTE_AS_OF: number = Date.UTC(2026, 4, 31)

/**
 * A shop of 60 products in six groups. Each customer has one; `taste` is the share of lines that come from it, the others come
 * from anywhere. Without taste nothing but popularity is to be found.
 */
export function tasteShop(seed: number, { customers = 150, lines = 40, taste = 0, days = 360 } = {}): Purchase[] {
  const { below, unit } = createRandom(seed)
  const purchases: Purchase[] = []
  for (let c = 0; c < customers; c++) {
    const group = below(6)
    const count = 1 + below(2 * lines - 1)
    for (let i = 0; i < count; i++) {
      // The lower number of two: the first products of a group sell most.
      const place = Math.min(below(10), below(10))
      const product = (unit() < taste ? group : below(6)) * 10 + place
      const at = TASTE_AS_OF - below(days * 24) * 3_600_000
      purchases.push({ customerId: `c${String(c).padStart(3, '0')}`, productId: `p${String(product).padStart(2, '0')}`, orderId: `o${c}-${i}`, at })
    }
  }
  return purchases
}
