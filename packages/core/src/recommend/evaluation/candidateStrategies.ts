import { checkStrategy } from '../checkStrategy.ts'
import type { CustomersStrategy, HybridStrategy, ProductsStrategy, RecommendStrategy } from '../recommend.types.ts'
import { partsOf } from './strategyPool.ts'

/** A row of a back-test, and what may stand in it: the first candidate is taken where nothing can be chosen. */
export interface StrategyChoice {
  readonly name: string
  readonly candidates: readonly RecommendStrategy[]
}

/** Measures and mixtures that did best on Online Retail up to 30 September 2011; the first of each is that of `defaultStrategy`. */
const CUSTOMERS: readonly CustomersStrategy[] = [60, 30, 120, null].map((halfLifeDays) => ({ kind: 'customers', similarity: { measure: 'jaccard' }, nearest: 'product', halfLifeDays }))
const PRODUCTS: readonly ProductsStrategy[] = [60, null].map((halfLifeDays) => ({ kind: 'products', similarity: { measure: 'cosine', weighting: 'tfIdf', significance: 10 }, halfLifeDays }))
const SHARES = [1 / 2, 2 / 3, 1 / 3]

/**
 * The strategies of a back-test that names none: popularity as it is; similar customers and similar products with and
 * without half-life; and hybrids of the two in three mixtures.
 */
export function defaultChoices(): readonly StrategyChoice[] {
  const hybrids = SHARES.flatMap((share) => CUSTOMERS.flatMap((customers) => PRODUCTS.map((products) => hybridOf([customers, products], [share, 1 - share]))))
  return [
    { name: 'popularity', candidates: [{ kind: 'popularity' }] },
    { name: 'customers', candidates: CUSTOMERS },
    { name: 'products', candidates: PRODUCTS },
    { name: 'hybrid', candidates: hybrids },
  ]
}

/**
 * The mixtures of a hybrid as given: its own, equal weights, and all shares in steps of a quarter (two parts), a third (three)
 * or each part alone (more).
 */
export function mixturesOf(strategy: RecommendStrategy): readonly RecommendStrategy[] {
  checkStrategy(strategy)
  const parts = partsOf(strategy)
  if (strategy.kind !== 'hybrid' || parts.length < 2) return [strategy]
  const steps = parts.length === 2 ? 4 : parts.length === 3 ? 3 : 1
  const weights = [parts.map(() => 1 / parts.length), ...compositions(steps, parts.length).map((counts) => counts.map((count) => count / steps))]
  return [strategy, ...weights.map((shares) => hybridOf(parts.map((part) => part.strategy), shares))]
}

function hybridOf(strategies: readonly HybridStrategy['parts'][number]['strategy'][], weights: readonly number[]): HybridStrategy {
  return { kind: 'hybrid', parts: strategies.map((strategy, i) => ({ weight: weights[i] as number, strategy })) }
}

/** All ways to deal `total` out to `places`. */
function compositions(total: number, places: number): readonly (readonly number[])[] {
  if (places === 1) return [[total]]
  return Array.from({ length: total + 1 }, (_, first) => compositions(total - first, places - 1).map((rest) => [first, ...rest])).flat()
}
