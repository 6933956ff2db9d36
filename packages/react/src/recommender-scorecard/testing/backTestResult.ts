import type { BackTestResult, BackTestRow, Estimate, RankingFigures, RecommendStrategy } from '@crm/core/recommend'

const around = (value: number, half: number): Estimate => ({ value, low: value - half, high: value + half })

function figures(ndcg: number, hitRate: number): RankingFigures {
  return {
    ndcg: around(ndcg, 0.006),
    hitRate: around(hitRate, 0.02),
    precision: around(0.1, 0.01),
    recall: around(0.06, 0.01),
    map: around(0.05, 0.01),
    mrr: around(0.3, 0.02),
    coverage: 0.218,
    novelty: 4.25,
    diversity: 0.7,
  }
}

export const HYBRID: RecommendStrategy = {
  kind: 'hybrid',
  parts: [
    { weight: 3, strategy: { kind: 'customers', halfLifeDays: 60 } },
    { weight: 1, strategy: { kind: 'products', halfLifeDays: 60 } },
  ],
}
export const POPULARITY: RecommendStrategy = { kind: 'popularity' }

const ROWS: readonly BackTestRow[] = [
  { name: 'hybrid', strategy: HYBRID, figures: figures(0.111, 0.478), gain: around(0.067, 0.006) },
  { name: 'products', strategy: { kind: 'products', neighbours: 50 }, figures: figures(0.044, 0.29), gain: around(0.0002, 0.004) },
  { name: 'popularity', strategy: POPULARITY, figures: figures(0.0438, 0.289), gain: null },
]

/** An answer as the operation gives it, made by hand: figures of a shop with 1,755 customers tested. */
export function backTestResult(changes: Partial<BackTestResult> = {}): BackTestResult {
  return {
    kind: 'back-test',
    version: 1,
    k: 10,
    cutoff: Date.UTC(2026, 3, 2),
    until: Date.UTC(2026, 6, 1),
    customers: 1755,
    products: 3650,
    rows: ROWS,
    verdict: 'signal',
    chosen: HYBRID,
    choice: null,
    warnings: [],
    ...changes,
  }
}
