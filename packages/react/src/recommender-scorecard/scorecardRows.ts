import type { BackTestResult, BackTestRow, RecommendStrategy } from '@crm/core/recommend'
import { estimateText, gainWriter, metricWriter } from './scorecardFigures.ts'
import type { EstimateText, ScorecardMetric } from './scorecardFigures.ts'
import { isSameStrategy, strategyDetails, strategyName } from './strategyText.ts'
import type { ScorecardWords } from './useRecommenderScorecardWords.ts'

/** One strategy as it is drawn. */
export interface ScorecardRow {
  readonly row: BackTestRow
  readonly name: string
  /** Weights, half-life, neighbours in a line; empty where there is nothing to say. */
  readonly details: string
  readonly isReference: boolean
  /** What the verdict says to use. */
  readonly isChosen: boolean
  readonly isInUse: boolean
  /** Its gain over popularity lies above 0 with all its interval, and there are customers enough to tell. */
  readonly isSurelyBetter: boolean
  /** Of the metric shown. */
  readonly figure: EstimateText
  readonly gain: EstimateText | null
}

/**
 * The strategies of a back-test with their figures in words, in its order.
 *
 * @param inUse the strategy that the host uses now
 * @param separator between the details of a strategy
 */
export function scorecardRows(tools: ScorecardWords, result: BackTestResult, metric: ScorecardMetric, inUse: RecommendStrategy | null, separator: string): readonly ScorecardRow[] {
  const [write, writeGain] = [metricWriter(tools.format, metric), gainWriter(tools.format)]
  // From too few customers nothing follows.
  const tooFew = result.verdict === 'tooFew'
  const chosenAt = tooFew ? -1 : result.rows.findIndex(({ strategy }) => isSameStrategy(strategy, result.chosen))
  return result.rows.map((row, at) =>
    Object.freeze({
      row,
      name: strategyName(tools, row.name),
      details: strategyDetails(tools, row.strategy, separator),
      isReference: row.strategy.kind === 'popularity' && row.gain === null,
      isChosen: at === chosenAt,
      isInUse: isSameStrategy(row.strategy, inUse),
      isSurelyBetter: !tooFew && row.gain !== null && row.gain.low > 0,
      figure: estimateText(tools, row.figures[metric], write),
      gain: row.gain === null ? null : estimateText(tools, row.gain, writeGain),
    }),
  )
}
