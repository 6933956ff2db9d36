import type { Estimate } from '@crm/core/recommend'
import type { Formatters } from '../provider/format.ts'
import type { ScorecardWords } from './useRecommenderScorecardWords.ts'

/** What a strategy is measured by: figures with an interval. */
export type ScorecardMetric = 'ndcg' | 'hitRate' | 'precision' | 'recall' | 'map' | 'mrr'

export const SCORECARD_METRICS: readonly ScorecardMetric[] = ['ndcg', 'hitRate', 'precision', 'recall', 'map', 'mrr']

/** Shares of customers or products read best as percentages; averages of ranks have no such unit. */
const SHARES: readonly string[] = ['hitRate', 'precision', 'recall']

/** Writes a figure of a metric, always with as many decimals, so that a column lines up. */
export function metricWriter(format: Formatters, metric: ScorecardMetric): (value: number) => string {
  return SHARES.includes(metric) ? format.percent : (value) => format.number(value, 3, 3)
}

/** Writes a difference of NDCG with its sign. What rounds to nothing has none. */
export function gainWriter(format: Formatters): (value: number) => string {
  return (value) => `${value >= 0.0005 ? '+' : ''}${format.number(Math.abs(value) < 0.0005 ? 0 : value, 3, 3)}`
}

/**
 * Writes round values, as those of an axis, with no more decimals than tell them apart.
 *
 * @param digits of the value itself: 2 write 0.25 as 0.25, as a share as 25%
 */
export function tickWriter({ locale }: Formatters, metric: ScorecardMetric | 'gain', digits: number): (value: number) => string {
  const isShare = SHARES.includes(metric)
  const shown = isShare ? Math.max(0, digits - 2) : digits
  const format = new Intl.NumberFormat(locale, {
    ...(isShare ? { style: 'percent' } : {}),
    signDisplay: metric === 'gain' ? 'exceptZero' : 'negative',
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  })
  return (value) => format.format(value).replace('-', '\u2212')
}

/** A figure and its interval in words. */
export interface EstimateText {
  readonly value: string
  readonly interval: string
}

export function estimateText({ words, text }: ScorecardWords, { value, low, high }: Estimate, write: (value: number) => string): EstimateText {
  return { value: write(value), interval: text(words.interval, { low: write(low), high: write(high) }) }
}
