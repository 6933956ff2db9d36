import type { ImportAttribute, ImportPlan } from '@crm/core/adapter'
import { createDecimalReader } from '../values/readDecimal.ts'
import { createMomentReader } from '../values/readMoment.ts'

/** A suggestion and whether the values leave it open. */
export interface Guess<Value> {
  readonly value: Value
  readonly isOpen: boolean
}

const MARKS = /^\D*\d[\d.,\s'\u2019]*\D*$/

const DATE_LIKE = /^\s*(?:\d{1,2}([-/.])\d{1,2}\1\d{2,4}|\d{4}([-/.])\d{1,2}\2\d{1,2})(?!\d)/

/** Which of point and comma is the decimal mark of these numbers. */
export function sniffDecimal(texts: readonly string[], delimiter: string): Guess<'.' | ','> {
  let point = 0
  let comma = 0
  let open = 0
  for (const text of texts) {
    if (!MARKS.test(text)) continue
    const core = text.replace(/^[^\d.,]*|[^\d]*$/g, '')
    const [points, commas] = [core.split('.').length - 1, core.split(',').length - 1]
    if (points === 0 && commas === 0) continue
    if (points > 0 && commas > 0) {
      if (core.lastIndexOf('.') > core.lastIndexOf(',')) point++
      else comma++
    } else if (points + commas > 1) {
      // Repeated, so it groups digits, and the other one is the mark.
      if (commas > 1) point++
      else comma++
    } else if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(core)) open++
    else if (points === 1) point++
    else comma++
  }
  if (point > 0 || comma > 0) return { value: point >= comma ? '.' : ',', isOpen: point > 0 && comma > 0 }
  return { value: open > 0 && delimiter === ';' ? ',' : '.', isOpen: open > 0 }
}

/**
 * The order of day and month: a part above 12 is a day. Where all parts could be months, the order in which the dates
 * ascend more often, then lie closer together, and a doubt.
 */
export function sniffDates(texts: readonly string[]): Guess<ImportPlan['dates']> {
  let dayFirst = 0
  let monthFirst = 0
  let open = 0
  for (const text of texts) {
    const parts = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d\d)(?!\d)/.exec(text)
    if (parts === null) continue
    const [first, second] = [Number(parts[1]), Number(parts[2])]
    if (first > 12 && second <= 12) dayFirst++
    else if (second > 12 && first <= 12) monthFirst++
    else if (first !== second) open++
  }
  if (dayFirst > 0 || monthFirst > 0) return { value: dayFirst >= monthFirst ? 'dayFirst' : 'monthFirst', isOpen: dayFirst > 0 && monthFirst > 0 }
  if (open === 0 && !texts.some((text) => /^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d/.test(text))) return { value: 'iso', isOpen: false }
  const [byDay, byMonth] = [spread(texts, 'dayFirst'), spread(texts, 'monthFirst')]
  const isMonthFirst = byMonth.descents < byDay.descents || (byMonth.descents === byDay.descents && byMonth.span < byDay.span)
  return { value: isMonthFirst ? 'monthFirst' : 'dayFirst', isOpen: true }
}

function spread(texts: readonly string[], dates: ImportPlan['dates']): { readonly descents: number; readonly span: number } {
  const reader = createMomentReader(dates)
  let [last, first, latest, descents] = [-Infinity, Infinity, -Infinity, 0]
  for (const text of texts) {
    if (!reader.read(text)) continue
    if (reader.ms < last) descents++
    last = reader.ms
    first = Math.min(first, last)
    latest = Math.max(latest, last)
  }
  return { descents, span: latest - first }
}

/** Share of the texts that are dates or times in any order; 0 without a text. */
export function shareOfMoments(texts: readonly string[]): number {
  const readers = [createMomentReader('dayFirst'), createMomentReader('monthFirst')]
  return shareOf(texts, (text) => /\d/.test(text) && !/^\d{1,4}$/.test(text) && readers.some((reader) => reader.read(text)))
}

/** Share of the texts that are numbers with either mark, a currency allowed; 0 without a text. */
export function shareOfNumbers(texts: readonly string[]): number {
  return shareOf(texts, (text) => MARKS.test(text) && !DATE_LIKE.test(text))
}

/** Do any of the texts have a time without an offset? Then the zone matters. */
export function hasLocalTimes(texts: readonly string[]): boolean {
  const reader = createMomentReader('dayFirst')
  const other = createMomentReader('monthFirst')
  return texts.some((text) => (reader.read(text) && reader.kind === 'local') || (other.read(text) && other.kind === 'local'))
}

/** The kind of an attribute. Text unless every value is of another kind and stays what it is: no leading zero is lost. */
export function sniffKind(texts: readonly string[], decimal: '.' | ',', dates: ImportPlan['dates'], isCode: boolean): ImportAttribute['kind'] {
  if (texts.length === 0) return 'text'
  if (texts.every((text) => /^(true|false)$/i.test(text))) return 'boolean'
  const moment = createMomentReader(dates)
  if (texts.every((text) => /[-/.年]/.test(text) && moment.read(text) && moment.kind === 'date')) return 'date'
  const number = createDecimalReader(decimal, null)
  if (isCode || !texts.every((text) => !/^[-+]?0\d/.test(text) && number.read(text))) return 'text'
  return texts.every((text) => number.read(text) && number.decimals === 0) ? 'integer' : 'number'
}

function shareOf(texts: readonly string[], test: (text: string) => boolean): number {
  return texts.length === 0 ? 0 : texts.filter(test).length / texts.length
}
