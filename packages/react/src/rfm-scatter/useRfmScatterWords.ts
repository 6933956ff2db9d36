'use client'
import type { RfmField } from '@crm/core/rfm'
import { useMemo } from 'react'
import type { CrmMessages } from '../messages/index.ts'
import { rfmScatterMessages } from '../messages/rfmScatter.ts'
import type { MoneyUnit } from '../provider/format.ts'
import { useWords } from '../provider/useWords.ts'
import type { Wording } from '../provider/useWords.ts'
import { rangeText } from '../rfm-grid/rfmGridWords.ts'
import type { ScoreBounds } from '../rfm-grid/scoreRanges.ts'
import { useRfmGridWords } from '../rfm-grid/useRfmGridWords.ts'
import type { WordTools } from '../rfm-grid/useRfmGridWords.ts'

/** What the words of the picture are made with: its own, and those of ranges and scores, which it shares with the grid. */
export interface ScatterWords extends Wording<CrmMessages['rfmScatter']> {
  readonly grid: WordTools
}

export function useRfmScatterWords(): ScatterWords {
  const own = useWords('rfmScatter', rfmScatterMessages)
  const grid = useRfmGridWords()
  return useMemo(() => ({ ...own, grid }), [own, grid])
}

/** A range with its unit: 31–60 days since the last purchase. */
export function valueOfRange({ grid }: ScatterWords, field: RfmField, bounds: ScoreBounds, money: MoneyUnit): string {
  const { words, format, text } = grid
  const range = rangeText(grid, { field }, money.scale, bounds)
  const message = { recencyDays: words.valueR, orders: words.valueF, revenue: words.valueM, meanOrderValue: words.valueMeanM }[field]
  return text(message, field === 'recencyDays' || field === 'orders' ? { range } : { range, currency: format.currencySign(money.currency) })
}

/** A border without its unit, as ranges write it. */
export function borderText({ format }: Pick<ScatterWords, 'format'>, field: RfmField, value: number, { scale }: MoneyUnit): string {
  return field === 'recencyDays' || field === 'orders' ? format.number(value) : format.compact(value / 10 ** scale)
}

/** Title of an axis, with its unit. */
export function axisTitleOf({ grid: { words, format, text } }: ScatterWords, field: RfmField, { currency }: MoneyUnit): string {
  const sign = { currency: format.currencySign(currency) }
  switch (field) {
    case 'recencyDays': return words.axisTitleR
    case 'orders': return words.axisTitleF
    case 'revenue': return text(words.axisTitleM, sign)
    case 'meanOrderValue': return text(words.axisTitleMeanM, sign)
  }
}

/** R 5, F 3 or M 1. */
export function scoreTextOf({ grid: { words, text } }: ScatterWords, field: RfmField, score: number): string {
  return text(field === 'recencyDays' ? words.scoreR : field === 'orders' ? words.scoreF : words.scoreM, { score })
}
