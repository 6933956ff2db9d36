import type { WarningCount } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { createBinner } from '../shared/selectCuts.ts'
import { sortTexts } from '../shared/sortTexts.ts'
import { runToEnd } from '../shared/steps.ts'
import { binsOf } from './createRfmSpec.ts'
import type { ScoringRule } from './cutAxes.ts'
import { describeAxes, unreachedScores } from './describeAxes.ts'
import { nestedBins } from './nestedBins.ts'
import { ntileBins } from './ntileBins.ts'
import type { RfmAxis, RfmBins, RfmMeasures, RfmScores, RfmSpec } from './rfm.types.ts'
import { cutsOfAxis, fillAxis } from './rfmCuts.ts'

/** An `RfmSpec` fits. */
export type ScoreRfmOptions = Partial<Pick<RfmSpec, 'scoring' | 'frequency' | 'monetary'>>

/**
 * Scores customers 1..bins on recency, frequency and monetary value.
 *
 * Equal values get equal scores, save under `ntile`; recency is reversed, so the most recent buyers get the highest
 * score. Customers without a purchase are not scored (0) and move no cut point.
 *
 * @param totals columns of equal length n: `recencyDays` (days), `orders` (count), `revenue` (integer, 10^-scale
 *   currency units; negative after returns). `scale` matters to `r-rfm` only, `customerIds` to `ntile` only
 * @param options default: quintiles of all orders and summed revenue
 * @returns frozen; `r`, `f`, `m`, `sum` have n entries in input order; `axes` tells cut points and scores not reached;
 *   `warnings` count scores not reached and, under `ntile`, customers of whom an equal got another score
 * @throws InvalidInputError `LENGTH_MISMATCH`, `VALUE_NOT_FINITE`, `BINS_RANGE`, `CUTS_NOT_ASCENDING`, `SPEC_INVALID`,
 *   `OPTION_INVALID` for `ntile` without `customerIds`
 * @see Hyndman & Fan (1996), type 1: a cut is a value that occurs
 * @example
 * const f64 = (...values) => Float64Array.from(values)
 * scoreRfm({ recencyDays: f64(3, 90), orders: f64(9, 1), revenue: f64(9e4, 500) }, { scoring: { method: 'quantile', bins: 2 } }).r // [2, 1]
 */
export function scoreRfm(totals: RfmMeasures, options: ScoreRfmOptions = {}): RfmScores {
  const { scoring = { method: 'quantile', bins: 5 }, frequency = 'all', monetary = 'sum' } = options
  const rule = { scoring, frequency, monetary }
  const bins = binsOf(scoring)
  const buyers = findBuyers(totals)

  const n = totals.orders.length
  const sum = new Uint8Array(n)
  // One work space for the three axes: the first touch of fresh memory costs more than the arithmetic.
  const values = new Float64Array(buyers.length)
  const bin = new Int32Array(buyers.length)
  const { writeBins, warnings } = createAxisBinner(totals, rule, bins, buyers)
  const cuts: (readonly number[])[] = []
  const within: RfmAxis['within'][] = []
  const [r, f, m] = [bins.r, bins.f, bins.m].map((count, axis) => {
    const scores = new Uint8Array(n)
    fillAxis(axis, totals, rule, buyers, values)
    const found = writeBins(axis, values, bin)
    cuts[axis] = found.cuts
    within[axis] = found.within
    writeScores(buyers, bin, axis === 0 ? count : 0, scores, sum)
    return scores
  }) as [Uint8Array, Uint8Array, Uint8Array]
  const axes = describeAxes(rule, bins, cuts, [r, f, m], buyers.length, within)
  return Object.freeze({
    kind: 'rfm-scores',
    version: 1,
    bins: Object.freeze(bins),
    r,
    f,
    m,
    sum,
    axes,
    warnings: Object.freeze([...unreachedScores(axes, buyers.length), ...warnings()]),
  })
}

interface AxisBinner {
  /** Bins from 0 in order of the values, one axis after the other. */
  readonly writeBins: (axis: number, values: Float64Array, bin: Int32Array) => Pick<RfmAxis, 'cuts' | 'within'>
  readonly warnings: () => readonly WarningCount[]
}

function createAxisBinner(totals: RfmMeasures, rule: ScoringRule, bins: RfmBins, buyers: Int32Array): AxisBinner {
  const counts = [bins.r, bins.f, bins.m] as const
  const quiet = (): readonly WarningCount[] => []
  switch (rule.scoring.method) {
    case 'ntile': {
      const byId = orderOfIds(totals, buyers)
      const isSplit = new Uint8Array(buyers.length)
      return {
        writeBins(axis, values, bin) {
          ntileBins(values, byId, counts[axis]!, axis === 0, bin, isSplit)
          return { cuts: [] }
        },
        warnings() {
          let count = 0
          for (let i = 0; i < isSplit.length; i++) count += isSplit[i]!
          return count > 0 ? [{ code: 'TIES_SPLIT', count }] : []
        },
      }
    }
    case 'nested': {
      const group = new Int32Array(buyers.length)
      let groups = 1
      return {
        writeBins(axis, values, bin) {
          const count = counts[axis]!
          const within = nestedBins(values, group, groups, count, bin)
          for (let i = 0; i < group.length; i++) group[i] = group[i]! * count + (axis === 0 ? count - 1 - bin[i]! : bin[i]!)
          groups *= count
          return axis === 0 ? { cuts: within[0]! } : { cuts: [], within }
        },
        warnings: quiet,
      }
    }
    default:
      return {
        writeBins(axis, values, bin) {
          const cuts = cutsOfAxis(axis, values, rule, bins, totals.scale ?? 0)
          createBinner(cuts)(values, bin, 0, bin.length)
          return { cuts }
        },
        warnings: quiet,
      }
  }
}

/** Positions among the buyers in order of their ids. */
function orderOfIds({ customerIds, orders }: RfmMeasures, buyers: Int32Array): Int32Array {
  if (customerIds?.length !== orders.length) {
    throw new InvalidInputError('OPTION_INVALID', '`ntile` needs `customerIds`, one for each row. It splits equal customers in the order of their ids. Pass them, or score by `quantile`.')
  }
  return runToEnd(sortTexts(Array.from(buyers, (row) => customerIds[row]!), false))
}

/** Bins from 0 become scores from 1, or from `reversedFrom` downward. A loop of its own, so that the engine compiles it alone. */
function writeScores(buyers: Int32Array, bin: Int32Array, reversedFrom: number, scores: Uint8Array, sum: Uint8Array): void {
  for (let i = 0; i < buyers.length; i++) {
    const row = buyers[i] as number
    const score = reversedFrom > 0 ? reversedFrom - (bin[i] as number) : (bin[i] as number) + 1
    scores[row] = score
    sum[row] = (sum[row] as number) + score
  }
}

/**
 * Rows with a purchase; checks all columns on the way.
 *
 * @throws InvalidInputError `LENGTH_MISMATCH`, `VALUE_NOT_FINITE`
 */
export function findBuyers({ recencyDays, orders, revenue }: RfmMeasures): Int32Array {
  const n = orders.length
  if (recencyDays.length !== n || revenue.length !== n) {
    throw new InvalidInputError('LENGTH_MISMATCH', `Columns differ in length: ${recencyDays.length}, ${n}, ${revenue.length}. Rows cannot be matched. Pass equal lengths.`)
  }
  const buyers = new Int32Array(n)
  let count = 0
  for (let row = 0; row < n; row++) {
    // One test for three columns: an infinity or NaN makes the sum of the differences NaN.
    if (recencyDays[row]! - recencyDays[row]! + (orders[row]! - orders[row]!) + (revenue[row]! - revenue[row]!) !== 0) {
      throw new InvalidInputError('VALUE_NOT_FINITE', `Row ${row} holds a value that is not finite. It has no rank. Leave the customer out.`, { row })
    }
    if (orders[row]! > 0) buyers[count++] = row
  }
  return buyers.subarray(0, count)
}
