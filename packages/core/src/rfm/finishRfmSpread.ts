import type { Rank } from '../adapter/contract.ts'
import type { BinsAnswer } from '../shared/readBins.ts'
import { binsOf } from './createRfmSpec.ts'
import { axisRanks, givenCuts } from './cutAxes.ts'
import { axisOfField } from './measureBins.ts'
import type { RfmSpec } from './rfm.types.ts'
import type { RfmField, RfmSpread } from './whatIf.types.ts'

/** Least, 1 .. 99 %, greatest: a rank lies above 0 and below 1, so the ends are those of all but a ten thousandth. */
const PERCENTILE_RANKS: readonly Rank[] = [{ of: 1, in: 10_000 }, ...Array.from({ length: 99 }, (_, i) => ({ of: i + 1, in: 100 })), { of: 9_999, in: 10_000 }]

/** Ranks of the percentiles and of the spec's own cuts, ascending. */
export function spreadRanks(spec: RfmSpec, field: RfmField): readonly Rank[] {
  // Equal shares are equal positions, so their order does not matter.
  return [...PERCENTILE_RANKS, ...ownRanks(spec, field)].sort((a, b) => a.of / a.in - b.of / b.in)
}

/** The percentiles and cuts out of the cuts of the answer. */
export function finishRfmSpread({ rows, cuts: [values = []], counts }: BinsAnswer, spec: RfmSpec, field: RfmField, money: { readonly currency: string; readonly scale: number }): RfmSpread {
  const ranks = spreadRanks(spec, field)
  const valueAt = ({ of, in: parts }: Rank): number => values[ranks.findIndex((rank) => rank.of * parts === of * rank.in)]!
  const isEmpty = values.length === 0
  const given = givenCuts(spec)?.[axisOfField(spec, field)]
  return Object.freeze({
    kind: 'rfm-spread',
    version: 1,
    spec,
    field,
    ...money,
    customers: rows.reduce((sum, [, customers]) => sum + customers!, 0),
    percentiles: Object.freeze(isEmpty ? [] : PERCENTILE_RANKS.map(valueAt)),
    cuts: Object.freeze(given ? [...given] : isEmpty ? [] : ownRanks(spec, field).map(valueAt)),
    warnings: Object.freeze([...counts]),
  })
}

/** Where the spec cuts the measure at ranks of all customers. */
function ownRanks(spec: RfmSpec, field: RfmField): readonly Rank[] {
  const { method } = spec.scoring
  return method === 'quantile' || method === 'percentiles' ? (axisRanks(spec, binsOf(spec.scoring))[axisOfField(spec, field)] ?? []) : []
}
