import type { RfmAxis, RfmGridResult, RfmPivotAxis } from '@crm/core/rfm'
import { hasRanges, isUnreachable } from './scoreRanges.ts'
import type { ScoreBounds } from './scoreRanges.ts'
import type { WordTools } from './useRfmGridWords.ts'

/** A range of days, orders or money without its unit: ≤ 30, 31–90, ≥ 91. */
export function rangeText({ words, format, text }: WordTools, axis: Pick<RfmAxis, 'field'>, scale: number, bounds: ScoreBounds): string {
  if (isUnreachable(bounds)) return words.rangeNobody
  // A cut point that no value passes bounds nothing.
  const [above, upTo] = [bounds.above, bounds.upTo].map((cut) => (cut !== undefined && Math.abs(cut) < Number.MAX_SAFE_INTEGER ? cut : undefined))
  if (axis.field === 'recencyDays' || axis.field === 'orders') {
    // Whole numbers: the first one above a cut is the cut + 1. Nobody scored has fewer than one order.
    const from = above === undefined ? (axis.field === 'orders' ? 1 : null) : Math.floor(above) + 1
    const to = upTo === undefined ? null : Math.floor(upTo)
    if (from === null) return to === null ? words.rangeAll : text(words.rangeUpTo, { to: format.number(to) })
    if (to === null) return text(words.rangeFrom, { from: format.number(from) })
    return from >= to ? format.number(to) : text(words.rangeBetween, { from: format.number(from), to: format.number(to) })
  }
  const money = (value: number): string => format.compact(value / 10 ** scale)
  if (above === undefined) return upTo === undefined ? words.rangeAll : text(words.rangeUpTo, { to: money(upTo) })
  if (upTo === undefined) return text(words.rangeOver, { from: money(above) })
  return text(words.rangeBetween, { from: money(above), to: money(upTo) })
}

/** A score as people who know RFM write it: R 5. */
export function scoreText({ words, text }: WordTools, axis: 'r' | RfmPivotAxis, score: number): string {
  const message = { r: words.scoreR, f: words.scoreF, m: words.scoreM, fm: words.scoreFm }[axis]
  return text(message, { score })
}

/** A range with its unit, for names and tooltips. */
export function valueText(tools: WordTools, result: RfmGridResult, axis: 'r' | RfmPivotAxis, score: number, range: string): string {
  const { words, format, text } = tools
  const currency = format.currencySign(result.currency)
  switch (axis) {
    case 'r': return text(words.valueR, { range })
    case 'f': return text(words.valueF, { range })
    case 'm': return text(result.axes.m.field === 'meanOrderValue' ? words.valueMeanM : words.valueM, { range, currency })
    case 'fm': return text(words.valueFm, { score })
  }
}

/** Title of an axis, with its unit. */
export function axisTitle({ words, format, text }: WordTools, result: RfmGridResult, axis: 'r' | RfmPivotAxis): string {
  const currency = format.currencySign(result.currency)
  if (axis !== 'fm' && !hasRanges(result.axes[axis])) return { r: words.axisScoreR, f: words.axisScoreF, m: words.axisScoreM }[axis]
  switch (axis) {
    case 'r': return words.axisTitleR
    case 'f': return words.axisTitleF
    case 'm': return text(result.axes.m.field === 'meanOrderValue' ? words.axisTitleMeanM : words.axisTitleM, { currency })
    case 'fm': return words.axisTitleFm
  }
}
