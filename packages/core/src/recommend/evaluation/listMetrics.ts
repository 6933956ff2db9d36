import type { Steps } from '../../adapter/contract.ts'
import { STEP_ROWS } from '../../shared/radix.ts'
import type { Preferences, SparseRows } from '../recommend.types.ts'

/** Lists of one length side by side: list `i` stands at `products[i * k] .. products[i * k + k - 1]`; -1 = no product. */
export interface RecommendedLists {
  readonly k: number
  /** Product codes. A list that is short ends in -1. */
  readonly products: Int32Array
}

/** Whom popularity is a share of: all customers, or all pairs of a customer and a product (recommenders). */
export type NoveltyConvention = 'customers' | 'preferences'

/** Share of the catalogue that stands in any list, 0..1. */
export function catalogueCoverage({ products: listed }: RecommendedLists, products: number): number {
  if (products === 0) return 0
  const isListed = new Uint8Array(products)
  let count = 0
  for (let i = 0; i < listed.length; i++) {
    const product = listed[i] as number
    if (product < 0 || isListed[product] === 1) continue
    isListed[product] = 1
    count++
  }
  return count / products
}

/**
 * Mean of -log2 of the popularity of all products listed: how many bits of news a recommendation is. A product that half of
 * the customers have is worth 1, one that every sixteenth has 4. 0 without any product.
 */
export function meanNovelty({ products: listed }: RecommendedLists, preferences: Preferences, convention: NoveltyConvention = 'customers'): number {
  const { offsets, codes } = preferences.byProduct
  const all = convention === 'customers' ? preferences.customers.length : codes.length
  let sum = 0
  let count = 0
  for (let i = 0; i < listed.length; i++) {
    const product = listed[i] as number
    if (product < 0) continue
    sum -= Math.log2(((offsets[product + 1] as number) - (offsets[product] as number)) / all)
    count++
  }
  return count > 0 ? sum / count : 0
}

/**
 * Mean over the lists of 1 - the mean cosine of their pairs (intra-list diversity, Ziegler et al. 2005), by who has the
 * products: 1 = nobody has two of a list, 0 = the same customers have all. Lists of less than two products have none and
 * are left out; 0 without any list.
 */
export function* meanDiversity(lists: RecommendedLists, preferences: Preferences): Steps<number> {
  const { k, products: listed } = lists
  const work = { rows: preferences.byProduct, shares: new Float64Array(preferences.customers.length) }
  let sum = 0
  let count = 0
  let done = 0
  for (let start = 0; start < listed.length; start += k) {
    let size = 0
    while (size < k && (listed[start + size] as number) >= 0) done += sizeOf(work.rows, listed[start + size++] as number)
    if (size >= 2) {
      sum += diversityOf(listed, start, size, work)
      count++
    }
    if (done >= STEP_ROWS) {
      done = 0
      yield
    }
  }
  return count > 0 ? sum / count : 0
}

interface DiversityWork {
  readonly rows: SparseRows
  /** By customer, 0 between two lists. */
  readonly shares: Float64Array
}

/**
 * Unit vectors added up have the squared length `size + 2 * (sum of the cosines of all pairs)`: one look at the buyers of
 * each product instead of one at each pair.
 */
function diversityOf(listed: Int32Array, start: number, size: number, { rows, shares }: DiversityWork): number {
  const { offsets, codes } = rows
  for (let i = start; i < start + size; i++) {
    const product = listed[i] as number
    const unit = 1 / Math.sqrt(sizeOf(rows, product))
    const end = offsets[product + 1] as number
    for (let j = offsets[product] as number; j < end; j++) shares[codes[j] as number]! += unit
  }
  let squares = 0
  for (let i = start; i < start + size; i++) {
    const product = listed[i] as number
    const end = offsets[product + 1] as number
    for (let j = offsets[product] as number; j < end; j++) {
      const customer = codes[j] as number
      squares += (shares[customer] as number) ** 2
      shares[customer] = 0
    }
  }
  return 1 - (squares - size) / (size * (size - 1))
}

function sizeOf({ offsets }: SparseRows, product: number): number {
  return (offsets[product + 1] as number) - (offsets[product] as number)
}
