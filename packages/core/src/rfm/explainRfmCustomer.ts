import { InvalidInputError, UnsupportedError } from '../errors/index.ts'
import { binOf } from '../shared/ranks.ts'
import { firstRule, segmentNames } from './assignSegments.ts'
import { rescaleScore } from './cells.ts'
import type { RfmAxisReason, RfmCustomer, RfmExplanation, RfmSegmentChange, RfmStep } from './explain.types.ts'
import { fmOf } from './pivotRfmGrid.ts'
import type { RfmAxes, RfmGridResult, SegmentRule } from './rfm.types.ts'
import { compositeOf, tierOf } from './valueTiers.ts'

type AxisName = 'r' | 'f' | 'm'
const AXES = ['r', 'f', 'm'] as const
type Values = Readonly<Record<AxisName, number>>
type Scores = Readonly<Record<AxisName, number>>

/**
 * Says why a customer is in a segment: the scores and their borders, the rule that matched, how far the next score is
 * on each axis, and which single steps would lead to another segment.
 *
 * The cut points of the grid stay where they are. Steps move one measure alone: one more order leaves the revenue, or
 * the mean order value, as it is. Recency grows by a day a day and falls to 0 by a purchase. Under `nested` a step
 * moves the customer among others, so that the scores of the axes after it can change too; `changes` counts that in.
 *
 * @param grid whose cut points count; the customer need not be in it
 * @param customer `revenue` in 10^-scale currency units; at least one order
 * @returns frozen; a mean order value is in money units per order
 * @throws InvalidInputError `OPTION_INVALID` for a customer without an order and for a grid without customers,
 *   `VALUE_NOT_FINITE`
 * @throws UnsupportedError `SCORING_UNSUPPORTED` for a grid of `ntile`, whose scores have no borders
 * @example
 * const { segment, axes } = explainRfmCustomer(grid, { recencyDays: 40, orders: 3, revenue: 81_200 })
 * axes.r.better // { score: 4, value: 30, distance: 10 }: ten days ago would have been R 4
 */
export function explainRfmCustomer(grid: RfmGridResult, customer: RfmCustomer): RfmExplanation {
  const { axes, spec, currency, scale } = grid
  const values = valuesOf(grid, customer)
  const scores = scoresOf(axes, values)
  const bins = Object.freeze({ r: axes.r.bins, f: axes.f.bins, m: axes.m.bins })
  const rule = ruleOf(grid, scores)
  const composite = compositeOf(spec.composite, scores.r, scores.f, scores.m)
  const { id, name = id } = spec.tiers[tierOf(spec.tiers, composite)]!
  const reason = (axis: AxisName): RfmAxisReason => {
    const { field, bins: count } = axes[axis]
    const cuts = cutsOf(axes, axis, scores)
    const bin = binOf(values[axis], cuts)
    const [above, upTo] = [border(cuts[bin - 1], axis), border(cuts[bin], axis)]
    const [better = null, worse = null] = (['better', 'worse'] as const).map((direction) => stepsFrom(axes, axis, values[axis], scores, direction).next().value ?? null)
    return Object.freeze({ field, value: values[axis], score: scores[axis], bins: count, above, upTo, better, worse })
  }
  return Object.freeze({
    kind: 'rfm-explanation',
    version: 1,
    currency,
    scale,
    scores: Object.freeze({ ...scores, fm: fmOf(bins, scores.f, scores.m) }),
    bins,
    segment: segmentOf(grid, scores),
    tier: Object.freeze({ id, name }),
    composite,
    rule,
    decisive: Object.freeze((['r', 'f', 'm', 'fm'] as const).filter((axis) => rule !== null && looksAt(rule, axis, spec.segments.bins))),
    axes: Object.freeze({ r: reason('r'), f: reason('f'), m: reason('m') }),
    changes: Object.freeze([...changesOf(grid, values, scores, 'better'), ...changesOf(grid, values, scores, 'worse')]),
  })
}

function valuesOf({ axes, spec }: RfmGridResult, { recencyDays, orders, revenue }: RfmCustomer): Values {
  if (spec.scoring.method === 'ntile') {
    throw new UnsupportedError('SCORING_UNSUPPORTED', 'Scores of `ntile` have no borders. Nothing says what would give another score. Score by `quantile` to explain customers.')
  }
  if (![recencyDays, orders, revenue].every(Number.isFinite)) {
    throw new InvalidInputError('VALUE_NOT_FINITE', 'A measure of the customer is not finite. It has no score. Pass the totals of a customer.')
  }
  if (!(orders > 0)) {
    throw new InvalidInputError('OPTION_INVALID', 'The customer has no order. Such customers are not scored and are in no segment. Explain customers with a purchase.')
  }
  if (axes.r.cuts.length < axes.r.bins - 1) {
    throw new InvalidInputError('OPTION_INVALID', 'The grid has no customers. There are no cut points to score by. Explain by a grid of somebody.')
  }
  // + 0: no -0.
  return { r: recencyDays + 0, f: orders, m: (axes.m.field === 'meanOrderValue' ? revenue / orders : revenue) + 0 }
}

/** Cut points that hold for a customer with these scores on the axes before. Where nobody has those, none. */
function cutsOf(axes: RfmAxes, axis: AxisName, { r, f }: Omit<Scores, 'm'>): readonly number[] {
  const { cuts, within } = axes[axis]
  return within?.[axis === 'f' ? r - 1 : (r - 1) * axes.f.bins + f - 1] ?? cuts
}

function scoresOf(axes: RfmAxes, values: Values): Scores {
  const scores = { r: 0, f: 0, m: 0 }
  for (const axis of AXES) scores[axis] = scoreOfBin(axes, axis, binOf(values[axis], cutsOf(axes, axis, scores)))
  return scores
}

function scoreOfBin(axes: RfmAxes, axis: AxisName, bin: number): number {
  return axis === 'r' ? axes.r.bins - bin : bin + 1
}

/** Index of the segment, on the scale of the map. */
function segmentIndex({ spec: { segments: map }, axes }: RfmGridResult, scores: Scores): number {
  const [r, f, m] = AXES.map((axis) => rescaleScore(scores[axis], axes[axis].bins, map.bins)) as [number, number, number]
  return firstRule(map, r, f, m)
}

function ruleOf(grid: RfmGridResult, scores: Scores): SegmentRule | null {
  return grid.spec.segments.segments[segmentIndex(grid, scores)] ?? null
}

function segmentOf(grid: RfmGridResult, scores: Scores): RfmExplanation['segment'] {
  return Object.freeze(segmentNames(grid.spec.segments).at(segmentIndex(grid, scores))!)
}

/** A range over the whole scale looks at nothing. */
function looksAt(rule: SegmentRule, axis: AxisName | 'fm', bins: number): boolean {
  const range = rule[axis]
  return (range !== undefined && (range[0] > 1 || range[1] < bins)) || (rule.codes !== undefined && axis !== 'fm')
}

/** The first value of every score that some value has, from the next one outward. */
function* stepsFrom(axes: RfmAxes, axis: AxisName, value: number, scores: Scores, direction: 'better' | 'worse'): Generator<RfmStep, undefined> {
  const cuts = cutsOf(axes, axis, scores)
  const isUp = (axis === 'r') === (direction === 'worse')
  for (let bin = binOf(value, cuts) + (isUp ? 1 : -1); bin >= 0 && bin <= cuts.length; bin += isUp ? 1 : -1) {
    const [above, upTo] = [cuts[bin - 1] ?? -Infinity, cuts[bin] ?? Infinity]
    const first = isUp ? Math.floor(above) + 1 : Math.floor(upTo)
    // Equal cuts, or a mean between two money units, leave no whole value; some cut points no value passes.
    if (first > above && first <= upTo && first >= LEAST[axis] && Number.isSafeInteger(first)) {
      yield Object.freeze({ score: scoreOfBin(axes, axis, bin), value: first, distance: Math.abs(first - value) })
    }
  }
}

/** Nobody bought in the future or never. */
const LEAST: Values = { r: 0, f: 1, m: -Infinity }

/** Fewest scores away first, then recency before frequency before money. */
function changesOf(grid: RfmGridResult, values: Values, scores: Scores, direction: 'better' | 'worse'): RfmSegmentChange[] {
  const own = segmentIndex(grid, scores)
  const changes = AXES.flatMap((axis): RfmSegmentChange[] => {
    for (const step of stepsFrom(grid.axes, axis, values[axis], scores, direction)) {
      const next = scoresOf(grid.axes, { ...values, [axis]: step.value })
      if (segmentIndex(grid, next) !== own) return [Object.freeze({ axis, direction, to: segmentOf(grid, next), step })]
    }
    return []
  })
  const away = ({ axis, step }: RfmSegmentChange): number => Math.abs(step.score - scores[axis])
  return changes.sort((a, b) => away(a) - away(b))
}

/** A cut point that some value passes, and some does not. */
function border(cut: number | undefined, axis: AxisName): number | null {
  return cut === undefined || Math.abs(cut) >= Number.MAX_SAFE_INTEGER || cut < LEAST[axis] ? null : cut
}
