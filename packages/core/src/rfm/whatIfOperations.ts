import type { Operation } from '../adapter/contract.ts'
import { collectBatches } from '../shared/batches.ts'
import type { CollectedBatches } from '../shared/batches.ts'
import { moneyOf } from '../shared/moneyOf.ts'
import { readBins } from '../shared/readBins.ts'
import type { BinsAnswer } from '../shared/readBins.ts'
import { createRfmSpec } from './createRfmSpec.ts'
import { axisFields } from './cutAxes.ts'
import { finishRfmCube } from './finishRfmCube.ts'
import { finishRfmDensity } from './finishRfmDensity.ts'
import { finishRfmSpread, spreadRanks } from './finishRfmSpread.ts'
import { GRID_MEASURES } from './gridSums.ts'
import { binsOfBuyers, checkBorders } from './measureBins.ts'
import type { RfmCube, RfmCubeRequest, RfmDensity, RfmDensityRequest, RfmSpread, RfmSpreadRequest } from './whatIf.types.ts'

/**
 * How one measure is spread over the customers with a purchase: percentiles, and where the spec cuts it. What
 * {@link rfmBorders} makes the bars of a histogram from. Pushed down it costs one statement and at most 112 rows.
 *
 * @throws InvalidInputError as `createRfmSpec`
 * @example
 * const { data: spread } = await client.run(rfmSpreadOperation, { spec, field: 'revenue' })
 * spread.percentiles[50] // the median
 */
export const rfmSpreadOperation: Operation<RfmSpreadRequest, BinsAnswer, RfmSpread> = {
  name: 'rfm/spread',
  request({ spec, selection, field }) {
    const full = createRfmSpec(spec)
    return binsOfBuyers(full, selection, [{ field, cut: { ranks: spreadRanks(full, field) } }], [])
  },
  read: (batches) => readBins(batches, 1, 0),
  finish: (sums, { spec, field }, schema) => finishRfmSpread(sums, createRfmSpec(spec), field, moneyOf(schema)),
}

/**
 * Counts customers in small bins over recency, frequency and monetary value, so that every choice of cut points among
 * the borders is described without asking again: {@link describeRfmCube}, {@link rfmHistogram},
 * {@link compareRfmSegments}.
 *
 * The spec decides the totals and whether M is a sum or a mean; its scoring does not matter. An axis without borders is
 * one bin.
 *
 * @throws InvalidInputError as `createRfmSpec`; `CUTS_NOT_ASCENDING`, `REQUEST_INVALID`
 * @example const { data: cube } = await client.run(rfmCubeOperation, { spec, borders: { r: [7, 14, 30], f: [1, 2, 3], m: [1000, 5000] } })
 */
export const rfmCubeOperation: Operation<RfmCubeRequest, CollectedBatches, RfmCube> = {
  name: 'rfm/cube',
  request({ spec, selection, borders }) {
    const full = createRfmSpec(spec)
    const axes = axisFields(full).map((field, i) => {
      const at = borders?.[(['r', 'f', 'm'] as const)[i]!]
      checkBorders(field, at)
      return { field, cut: { at } }
    })
    return binsOfBuyers(full, selection, axes, GRID_MEASURES)
  },
  read: collectBatches,
  finish: (sums, { spec, selection = null, borders }, schema) => finishRfmCube(sums, createRfmSpec(spec), selection, borders, moneyOf(schema)),
}

/**
 * Counts customers with a purchase over two measures: a scatter plot that stays exact and small at any number of
 * customers.
 *
 * @throws InvalidInputError as `createRfmSpec`; `CUTS_NOT_ASCENDING`, `REQUEST_INVALID`
 * @example
 * const { data } = await client.run(rfmDensityOperation, { spec, x: { field: 'recencyDays', borders: [30, 60] }, y: { field: 'revenue', borders: [1000] } })
 * data.customers[1 * 3 + 0] // up to 30 days ago, above 10.00
 */
export const rfmDensityOperation: Operation<RfmDensityRequest, CollectedBatches, RfmDensity> = {
  name: 'rfm/density',
  request({ spec, selection, x, y }) {
    const axes = Object.entries({ x, y }).map(([name, axis]) => {
      checkBorders(axis?.field ?? name, axis?.borders)
      return { field: axis.field, cut: { at: axis.borders } }
    })
    return binsOfBuyers(createRfmSpec(spec), selection, axes, ['revenue'])
  },
  read: collectBatches,
  finish: (sums, request, schema) => finishRfmDensity(sums, createRfmSpec(request.spec), request, moneyOf(schema)),
}
