import type { Steps } from '../adapter/contract.ts'
import { STEP_ROWS } from '../shared/radix.ts'
import { decayed, isWithin } from './decay.ts'
import { clearSheet } from './scoreSheet.ts'
import type { PopularityStrategy, Preferences } from './recommend.types.ts'
import type { Scorer } from './scorer.types.ts'

/** Among whom a product is popular. */
export interface PopularityContext {
  /** Epoch milliseconds: the present from which half-life and window count. */
  readonly asOf: number
  /** By customer code, 1 = counts: those of one segment. Default all. */
  readonly among?: Uint8Array
}

/**
 * How many customers have a product, each counted once: those of the last `windowDays`, the recent ones more under a
 * half-life. The same for everybody.
 */
export function* popularityScorer(preferences: Preferences, strategy: PopularityStrategy, { asOf, among }: PopularityContext): Steps<Scorer> {
  const { windowDays = null, halfLifeDays = null } = strategy
  const { offsets, codes, at } = preferences.byProduct
  const products = preferences.products.length
  const popularity = new Float64Array(products)
  const buyers = new Int32Array(products)
  const ranked = new Int32Array(products)
  const isBuyer = new Uint8Array(preferences.customers.length)
  let count = 0
  let sinceYield = 0
  for (let product = 0; product < products; product++) {
    const end = offsets[product + 1] as number
    for (let i = offsets[product] as number; i < end; i++) {
      const customer = codes[i] as number
      if (among !== undefined && among[customer] === 0) continue
      const time = at === null ? NaN : (at[i] as number)
      if (windowDays !== null && !isWithin(time, asOf, windowDays)) continue
      popularity[product]! += decayed(time, asOf, halfLifeDays)
      buyers[product]!++
      isBuyer[customer] = 1
    }
    if (buyers[product] !== 0) ranked[count++] = product
    sinceYield += end - (offsets[product] as number) + 1
    if (sinceYield >= STEP_ROWS) {
      sinceYield = 0
      yield
    }
  }
  let of = 0
  for (let customer = 0; customer < isBuyer.length; customer++) of += isBuyer[customer] as number
  const kind = among === undefined ? 'popularity' : 'segment'

  return {
    source: kind,
    score(_row, sheet) {
      clearSheet(sheet)
      sheet.scores.set(popularity)
      sheet.support.set(buyers)
      sheet.touched.set(ranked.subarray(0, count))
      sheet.count = count
    },
    explain(_row, product) {
      const common = buyers[product] as number
      return { parts: common === 0 ? [] : [{ kind, code: -1, value: popularity[product] as number, similarity: null, common }], of }
    },
  }
}
