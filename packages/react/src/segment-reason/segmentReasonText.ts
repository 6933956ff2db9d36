import type { RfmAxis, RfmAxisReason, RfmExplanation, RfmField, RfmGridResult, RfmSegmentChange, SegmentRule } from '@crm/core/rfm'
import type { MoneyUnit } from '../provider/format.ts'
import { rangeText, scoreText } from '../rfm-grid/rfmGridWords.ts'
import { boundsOfScore, isUnreachable } from '../rfm-grid/scoreRanges.ts'
import type { ReasonWords } from './useSegmentReasonWords.ts'

export type ReasonAxisName = 'r' | 'f' | 'm'

/** One stretch of a scale. */
export interface ReasonBand {
  readonly score: number
  /** ≤ 30 */
  readonly rangeText: string
  /** The value of the customer is here. */
  readonly isOwn: boolean
  /** Equal cut points leave no value for it. */
  readonly isUnreachable: boolean
  /** The border on its better side; null at the end and where nothing lies between. */
  readonly borderText: string | null
}

/** One axis in words and as a scale. */
export interface ReasonAxis {
  readonly axis: ReasonAxisName
  /** Recency */
  readonly title: string
  /** R 5 */
  readonly scoreText: string
  /** R 5 of 5 */
  readonly scoreOfText: string
  /** Last purchase 12 days ago */
  readonly valueText: string
  /** From the lowest score to the highest. */
  readonly bands: readonly ReasonBand[]
  /** Place of the value, 0..1 from the worse end. */
  readonly position: number
  /** Accessible name of the scale: the value, its score, and the range of each score. */
  readonly scaleLabel: string
  /** What lies beyond, one sentence each. */
  readonly steps: readonly string[]
  /** The rule of the segment looks at it. */
  readonly isDecisive: boolean
}

/** An explanation in words. */
export interface SegmentReasonText {
  readonly segment: string
  readonly sentence: string
  readonly axes: readonly ReasonAxis[]
  readonly changes: readonly { readonly key: string; readonly direction: 'better' | 'worse'; readonly text: string }[]
  readonly rule: string
  readonly tier: string
}

/** The words, and what the figures of one result are written with. */
interface Tools extends ReasonWords {
  readonly money: MoneyUnit
}

/** Puts an explanation into sentences. */
export function segmentReasonText(wording: ReasonWords, explanation: RfmExplanation, grid: RfmGridResult): SegmentReasonText {
  const tools: Tools = { ...wording, money: explanation }
  const { words, text, format, segmentName } = tools
  const { axes, composite, bins, tier } = explanation
  const segment = segmentName(explanation.segment)
  return Object.freeze({
    segment,
    sentence: sentenceOf(tools, explanation, segment),
    axes: (['r', 'f', 'm'] as const).map((axis) => axisOf(tools, explanation, grid, axis)),
    changes: explanation.changes.map((change) => ({
      key: `${change.axis} ${change.direction}`,
      direction: change.direction,
      text: changeText(tools, change, axes[change.axis].field),
    })),
    rule: ruleText(tools, explanation.rule, segment, grid.spec.segments.bins, new Set(Object.values(bins)).size === 1 ? bins.r : null),
    tier: text(words.tierText, { tier: segmentName(tier), composite: format.number(composite, 2), most: bins.r + bins.f + bins.m }),
  })
}

function sentenceOf(tools: Tools, { axes, scores, decisive }: RfmExplanation, segment: string): string {
  const { words, text, grid } = tools
  const looksAtBoth = decisive.includes('fm')
  const own = (axis: ReasonAxisName): string => {
    const value = shortValue(tools, axes[axis])
    return axis !== 'r' && looksAtBoth ? value : text(words.scored, { value, score: scoreText(grid, axis, axes[axis].score) })
  }
  const parts = { segment, recency: own('r'), orders: own('f'), money: own('m') }
  return looksAtBoth ? text(words.sentenceFm, { ...parts, score: scoreText(grid, 'fm', scores.fm) }) : text(words.sentence, parts)
}

function axisOf(tools: Tools, explanation: RfmExplanation, grid: RfmGridResult, axis: ReasonAxisName): ReasonAxis {
  const { words, text } = tools
  const reason = explanation.axes[axis]
  const rule = grid.axes[axis]
  const score = scoreText(tools.grid, axis, reason.score)
  const bands = bandsOf(tools, rule, reason, grid.scale)
  const valueText = longValue(tools, reason)
  const titles = { r: words.recency, f: words.frequency, m: reason.field === 'meanOrderValue' ? words.monetaryMean : words.monetary }
  return {
    axis,
    title: titles[axis],
    scoreText: score,
    scoreOfText: text(words.scoreOf, { score, bins: reason.bins }),
    valueText,
    bands,
    position: positionOf(reason),
    scaleLabel: text(words.scaleLabel, {
      value: valueText,
      score,
      bands: bands.filter((band) => !band.isUnreachable).map((band) => text(words.band, { score: scoreText(tools.grid, axis, band.score), range: band.rangeText })).join(tools.listSeparator),
    }),
    steps: stepsOf(tools, axis, reason),
    isDecisive: explanation.decisive.includes(axis) || (axis !== 'r' && explanation.decisive.includes('fm')),
  }
}

function bandsOf(tools: Tools, rule: RfmAxis, reason: RfmAxisReason, scale: number): ReasonBand[] {
  return Array.from({ length: rule.bins }, (_, index): ReasonBand => {
    const score = index + 1
    const bounds = boundsOfScore(rule, score)
    const isReversed = rule.field === 'recencyDays'
    const border = isReversed ? bounds.above : bounds.upTo
    const hasNone = isUnreachable(bounds)
    return {
      score,
      rangeText: rangeText(tools.grid, rule, scale, bounds),
      isOwn: score === reason.score,
      isUnreachable: hasNone,
      borderText: border === undefined || hasNone ? null : isWhole(rule.field) ? tools.format.number(Math.floor(border)) : tools.format.compact(border / 10 ** scale),
    }
  })
}

function isWhole(field: RfmField): boolean {
  return field === 'recencyDays' || field === 'orders'
}

/** Bands are equally wide; inside its band a value stands in proportion, in an open one nearer to the border it is nearer to. */
function positionOf({ field, value, score, bins, above, upTo }: RfmAxisReason): number {
  const low = above ?? 0
  let inside = 0.5
  if (upTo !== null && upTo > low) inside = (value - low) / (upTo - low)
  else if (upTo === null && value > 0) inside = 1 - Math.max(low, 0) / value
  inside = Math.min(Math.max(inside, 0.06), 0.94)
  return (score - 1 + (field === 'recencyDays' ? 1 - inside : inside)) / bins
}

function stepsOf(tools: Tools, axis: ReasonAxisName, { better, worse }: RfmAxisReason): string[] {
  const { words, text } = tools
  const score = (value: number): string => scoreText(tools.grid, axis, value)
  const steps: string[] = []
  if (better === null) steps.push(words.highest)
  else if (axis === 'r') steps.push(text(better.value === 0 ? words.betterRToday : words.betterR, { score: score(better.score), count: better.value }))
  else if (axis === 'f') steps.push(text(words.betterF, { score: score(better.score), count: better.distance }))
  else steps.push(text(words.betterM, { score: score(better.score), amount: moneyOf(tools, better.distance) }))
  // Orders do not grow fewer; days pass, and returns take money back.
  if (worse !== null && axis === 'r') steps.push(text(words.worseR, { score: score(worse.score), count: worse.distance }))
  if (worse !== null && axis === 'm') steps.push(text(words.worseM, { score: score(worse.score), amount: moneyOf(tools, worse.distance) }))
  return steps
}

function changeText(tools: Tools, { axis, direction, to, step }: RfmSegmentChange, field: RfmField): string {
  const { words, text, segmentName } = tools
  const segment = segmentName(to)
  const isBetter = direction === 'better'
  if (axis === 'r') {
    if (!isBetter) return text(words.changeWorseR, { count: step.distance, segment })
    return text(step.value === 0 ? words.changeBetterRToday : words.changeBetterR, { count: step.value, segment })
  }
  if (axis === 'f') return text(isBetter ? words.changeBetterF : words.changeWorseF, { count: step.distance, segment })
  const ofMean = field === 'meanOrderValue'
  const message = isBetter ? (ofMean ? words.changeBetterMean : words.changeBetterM) : ofMean ? words.changeWorseMean : words.changeWorseM
  return text(message, { amount: moneyOf(tools, step.distance), segment })
}

function ruleText(tools: Tools, rule: SegmentRule | null, segment: string, mapBins: number, ownBins: number | null): string {
  const { words, text } = tools
  if (rule === null) return text(words.ruleOtherwise, { segment })
  const conditions = (['r', 'f', 'm', 'fm'] as const).flatMap((axis) => {
    const range = rule[axis]
    if (range === undefined) return []
    const [from, to] = range
    return [text(from === to ? words.conditionOne : words.conditionRange, { axis: axis.toUpperCase(), from, to })]
  })
  if (conditions.length === 0) return text(words.ruleAll, { segment })
  return text(mapBins === ownBins ? words.ruleMatched : words.ruleMatchedScale, { segment, conditions: conditions.join(words.and), bins: mapBins })
}

function shortValue(tools: Tools, { field, value }: RfmAxisReason): string {
  const { words, text } = tools
  switch (field) {
    case 'recencyDays': return value === 0 ? words.boughtToday : text(words.bought, { count: value })
    case 'orders': return text(words.orders, { count: value })
    case 'revenue': return moneyOf(tools, value)
    case 'meanOrderValue': return text(words.perOrder, { money: moneyOf(tools, value) })
  }
}

function longValue(tools: Tools, reason: RfmAxisReason): string {
  const { words, text } = tools
  if (reason.field !== 'recencyDays') return shortValue(tools, reason)
  return reason.value === 0 ? words.sinceToday : text(words.since, { count: reason.value })
}

function moneyOf({ format, money }: Tools, units: number): string {
  return format.money(units, money)
}
