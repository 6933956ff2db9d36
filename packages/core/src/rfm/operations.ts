import type { Operation } from '../adapter/contract.ts'
import { readTotals } from '../shared/batches.ts'
import type { TotalsAnswer } from '../shared/batches.ts'
import { moneyOf } from '../shared/moneyOf.ts'
import { readBins } from '../shared/readBins.ts'
import type { BinsAnswer } from '../shared/readBins.ts'
import { HAS_PURCHASE, selectionToExprs, whereAll } from '../shared/selection.ts'
import { totalsSpecOf } from '../shared/totalsSpec.ts'
import { binsOf, createRfmSpec, CUT_METHODS } from './createRfmSpec.ts'
import { cutAxes, unsupported } from './cutAxes.ts'
import { finishRfmGrid } from './finishRfmGrid.ts'
import { GRID_MEASURES, gridSumsOfBins, gridSumsOfTotals } from './gridSums.ts'
import { binsOfBuyers } from './measureBins.ts'
import type { CustomerTotals, RfmGridRequest, RfmGridResult, RfmScoresRequest, RfmScoreTable } from './rfm.types.ts'
import { scoreRfm } from './scoreRfm.ts'
import { segmentRfm } from './segmentRfm.ts'
import { customerTotals } from './summariseCustomers.ts'
import { rfmCubeOperation, rfmDensityOperation, rfmSpreadOperation } from './whatIfOperations.ts'

/**
 * The RFM grid of the customers asked for. Pushed down it costs one statement and at most r * f * m rows.
 *
 * For `quantile`, `percentiles` and `thresholds`; the other methods need every customer:
 * {@link rfmGridFromTotalsOperation}.
 *
 * @throws InvalidInputError as `createRfmSpec`; UnsupportedError `SCORING_UNSUPPORTED` for the other methods
 * @example const { data: grid } = await client.run(rfmGridOperation, { spec })
 */
export const rfmGridOperation: Operation<RfmGridRequest, BinsAnswer, RfmGridResult> = {
  name: 'rfm/grid',
  request({ spec, selection }) {
    const full = createRfmSpec(spec)
    if (!(CUT_METHODS as readonly string[]).includes(full.scoring.method)) throw unsupported(full.scoring.method)
    return binsOfBuyers(full, selection, cutAxes(full, binsOf(full.scoring)), GRID_MEASURES)
  },
  read: (batches) => readBins(batches, 3, GRID_MEASURES.length),
  finish(sums, { spec, selection = null }, schema) {
    const full = createRfmSpec(spec)
    return finishRfmGrid(gridSumsOfBins(sums, binsOf(full.scoring)), full, selection, moneyOf(schema))
  },
}

/**
 * The same grid from the totals of every customer: for every scoring method, at the price of a row per customer. Takes
 * the place of {@link rfmGridOperation} wherever that goes.
 *
 * @throws InvalidInputError as `createRfmSpec`
 * @example const { data: grid } = await client.run(rfmGridFromTotalsOperation, { spec: { ...spec, scoring: { method: 'nested', bins: 5 } } })
 */
export const rfmGridFromTotalsOperation: Operation<RfmGridRequest, TotalsAnswer, RfmGridResult> = {
  name: 'rfm/gridFromTotals',
  request: ({ spec, selection }) => ({ kind: 'totals', totals: totalsSpecOf(createRfmSpec(spec)), ...whereAll([HAS_PURCHASE, ...selectionToExprs(selection)]) }),
  read: readTotals,
  finish(sums, { spec, selection = null }, schema) {
    const full = createRfmSpec(spec)
    const totals = totalsOfAnswer(sums, moneyOf(schema))
    return finishRfmGrid(gridSumsOfTotals(totals, scoreRfm(totals, full)), full, selection, totals)
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
export const rfmOperations: readonly [
  typeof rfmGridOperation,
  typeof rfmGridFromTotalsOperation,
  typeof rfmScoresOperation,
  typeof rfmSpreadOperation,
  typeof rfmCubeOperation,
  typeof rfmDensityOperation,
] = [rfmGridOperation, rfmGridFromTotalsOperation, rfmScoresOperation, rfmSpreadOperation, rfmCubeOperation, rfmDensityOperation]

function totalsOfAnswer(answer: TotalsAnswer, money: { readonly currency: string; readonly scale: number }): CustomerTotals {
  const { codes, dictionary } = answer.customerId
  return customerTotals(answer, Array.from(codes, (code) => dictionary[code]!), money)
}
