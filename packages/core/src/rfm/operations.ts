import type { DataSchema, FieldType, Operation } from '../adapter/contract.ts'
import { readBins, readTotals } from '../shared/batches.ts'
import type { BinsAnswer, TotalsAnswer } from '../shared/batches.ts'
import { measureTypes } from '../shared/measures.ts'
import { HAS_PURCHASE, selectionToExprs, whereAll } from '../shared/selection.ts'
import { totalsSpecOf } from '../shared/totalsSpec.ts'
import { binsOf, createRfmSpec } from './createRfmSpec.ts'
import { finishRfmGrid } from './describeRfmGrid.ts'
import { GRID_MEASURES, gridSumsOfBins, gridSumsOfTotals } from './gridSums.ts'
import type { CustomerTotals, RfmGridRequest, RfmGridResult, RfmScoresRequest, RfmScoreTable } from './rfm.types.ts'
import { cutAxes } from './rfmCuts.ts'
import { scoreRfm } from './scoreRfm.ts'
import { segmentRfm } from './segmentRfm.ts'
import { customerTotals } from './summariseCustomers.ts'

/** What was counted: bins, or totals for cut points that are no ranks. */
export type RfmGridSums = BinsAnswer | TotalsAnswer

/**
 * The RFM grid of the customers asked for. Pushed down it costs one statement and at most r * f * m rows; the
 * `r-rfm` cut points need the totals of every customer.
 *
 * @example const { data: grid } = await client.run(rfmGridOperation, { spec })
 */
export const rfmGridOperation: Operation<RfmGridRequest, RfmGridSums, RfmGridResult> = {
  name: 'rfm/grid',
  request({ spec, selection }) {
    const full = createRfmSpec(spec)
    const base = { totals: totalsSpecOf(full), ...whereAll([HAS_PURCHASE, ...selectionToExprs(selection)]) }
    return full.scoring.method === 'r-rfm' ? { kind: 'totals', ...base } : { kind: 'bins', ...base, axes: cutAxes(full, binsOf(full.scoring)), sums: GRID_MEASURES }
  },
  // Totals begin with the customer's id, bins with a number.
  read: (batches) => (batches[0]?.columns[0]?.kind === 'text' ? readTotals(batches) : readBins(batches)),
  finish(sums, { spec, selection = null }, schema) {
    const full = createRfmSpec(spec)
    const money = moneyOf(schema)
    if ('axes' in sums) return finishRfmGrid(gridSumsOfBins(sums, binsOf(full.scoring)), full, selection, money)
    const totals = totalsOfAnswer(sums, money)
    return finishRfmGrid(gridSumsOfTotals(totals, scoreRfm(totals, full)), full, selection, money)
  },
}

/**
 * Totals, scores, segment and tier of every customer asked for, ordered by id: for exports, and where a grid is not
 * enough.
 *
 * @example const { data } = await client.run(rfmScoresOperation, { spec })
 */
export const rfmScoresOperation: Operation<RfmScoresRequest, TotalsAnswer, RfmScoreTable> = {
  name: 'rfm/scores',
  request: ({ spec, selection }) => ({ kind: 'totals', totals: totalsSpecOf(createRfmSpec(spec)), ...whereAll(selectionToExprs(selection)) }),
  read: readTotals,
  finish(sums, { spec }, schema) {
    const full = createRfmSpec(spec)
    const totals = totalsOfAnswer(sums, moneyOf(schema))
    const scores = scoreRfm(totals, full)
    const warnings = Object.freeze([...totals.warnings, ...scores.warnings])
    return Object.freeze({ kind: 'rfm-score-table', version: 1, spec: full, totals, scores, segments: segmentRfm(scores, full), warnings })
  },
}

/** What a worker offers under `rfm/`. */
export const rfmOperations: readonly [typeof rfmGridOperation, typeof rfmScoresOperation] = [rfmGridOperation, rfmScoresOperation]

function totalsOfAnswer(answer: TotalsAnswer, money: { readonly currency: string; readonly scale: number }): CustomerTotals {
  const { codes, dictionary } = answer.customerId
  return customerTotals(answer, Array.from(codes, (code) => dictionary[code]!), money)
}

function moneyOf(schema: DataSchema): { readonly currency: string; readonly scale: number } {
  const type = measureTypes(schema).get('revenue') as FieldType
  return type.kind === 'money' ? type : { currency: '', scale: 0 }
}
