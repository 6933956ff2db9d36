import type { ExportColumn, ExportTable } from '@crm/core/export'
import { SCORECARD_METRICS } from './scorecardFigures.ts'
import type { ScorecardMetric } from './scorecardFigures.ts'
import type { ScorecardRow } from './scorecardRows.ts'
import type { ScorecardWords } from './useRecommenderScorecardWords.ts'

/**
 * Strategies in the order of the view: each figure, then the two ends of its interval.
 *
 * @param metrics those shown; the picture shows one, the table all, with what has no interval
 */
export function scorecardExport({ words, text }: ScorecardWords, rows: readonly ScorecardRow[], k: number, metrics?: readonly ScorecardMetric[]): ExportTable {
  const isTable = metrics === undefined
  const shown = metrics ?? SCORECARD_METRICS
  const number = (name: string): ExportColumn => ({ name, type: { kind: 'number' } })
  const withEnds = (name: string): ExportColumn[] => [name, text(words.fieldLow, { field: name }), text(words.fieldHigh, { field: name })].map(number)
  const columns: ExportColumn[] = [
    { name: words.fieldStrategy, type: { kind: 'text' } },
    ...shown.flatMap((metric) => withEnds(text(words.metricOf, { metric: words.metrics[metric], k }))),
    ...withEnds(words.fieldGainOf),
    ...(isTable ? [words.fieldCoverage, words.fieldNovelty, words.fieldDiversity].map(number) : []),
  ]
  const lines = rows.map(({ name, row: { figures, gain } }) => [
    name,
    ...[...shown.map((metric) => figures[metric]), gain].flatMap((estimate) => (estimate === null ? [null, null, null] : [estimate.value, estimate.low, estimate.high])),
    ...(isTable ? [figures.coverage, figures.novelty, figures.diversity] : []),
  ])
  return { columns, rows: lines, rowCount: lines.length }
}
