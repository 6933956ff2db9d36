import type { ExportTable } from '@crm/core/export'
import type { SegmentReasonText } from './segmentReasonText.ts'
import type { ReasonWords } from './useSegmentReasonWords.ts'

/** The explanation as it stands: a row for each score, each change, the rule and the tier. */
export function segmentReasonExport({ words, listSeparator }: ReasonWords, { sentence, axes, changes, rule, tier }: SegmentReasonText): ExportTable {
  const rows = [
    [words.title, sentence],
    ...axes.map((axis) => [axis.title, [axis.scoreOfText, axis.valueText, axis.steps.join(words.stepSeparator)].join(listSeparator)]),
    ...changes.map((change) => [words.changes, change.text]),
    [words.rule, rule],
    [words.tier, tier],
  ]
  const columns = [words.exportFact, words.exportText].map((name) => ({ name, type: { kind: 'text' } as const }))
  return { columns, rows, rowCount: rows.length }
}
