import { describe, expect, test } from 'vitest'
import type { BackTestResult, RecommendStrategy } from '@crm/core/recommend'
import { englishMessages, fillMessage } from '../messages/index.ts'
import type { Message, MessageValues } from '../messages/index.ts'
import { createFormatters } from '../provider/format.ts'
import { scorecardExport } from './scorecardExport.ts'
import { gainWriter } from './scorecardFigures.ts'
import { scorecardRows } from './scorecardRows.ts'
import { strategyDetails } from './strategyText.ts'
import { backTestResult, HYBRID, POPULARITY } from './testing/backTestResult.ts'
import type { ScorecardWords } from './useRecommenderScorecardWords.ts'
import { verdictText } from './verdictText.ts'

const format = createFormatters('en')
const tools: ScorecardWords = {
  words: englishMessages.recommenderScorecard,
  format,
  text: (message: Message, values: MessageValues = {}) => fillMessage(message, 'en', typeof values['count'] === 'number' ? { countText: format.number(values['count']), ...values } : values),
}
const details = (strategy: RecommendStrategy): string => strategyDetails(tools, strategy, ', ')
const rowsOf = (result: BackTestResult) => scorecardRows(tools, result, 'ndcg', null, ', ')

describe('rows', () => {
  test('carry figures with their intervals in words, in the order of the answer', () => {
    expect(rowsOf(backTestResult()).map(({ name, figure, gain }) => [name, figure.value, figure.interval, gain?.value, gain?.interval])).toEqual([
      ['Similar customers + similar products', '0.111', '0.105 to 0.117', '+0.067', '+0.061 to +0.073'],
      ['Similar products', '0.044', '0.038 to 0.050', '0.000', '\u22120.004 to +0.004'],
      ['Popularity', '0.044', '0.038 to 0.050', undefined, undefined],
    ])
    expect(scorecardRows(tools, backTestResult(), 'hitRate', null, ', ')[0]!.figure).toEqual({ value: '47.8%', interval: '45.8% to 49.8%' })
  })

  test('mark what is chosen, what is in use, what all are set against, and what surely beats it', () => {
    const marks = scorecardRows(tools, backTestResult(), 'ndcg', { neighbours: 50, kind: 'products' }, ', ').map(({ isChosen, isInUse, isReference, isSurelyBetter }) => [isChosen, isInUse, isReference, isSurelyBetter])
    expect(marks).toEqual([
      [true, false, false, true],
      [false, true, false, false],
      [false, false, true, false],
    ])
    expect(rowsOf(backTestResult({ verdict: 'tooFew' })).some(({ isChosen }) => isChosen)).toBe(false)
  })

  test('a difference has a sign unless it rounds to nothing', () => {
    expect([0.0667, 0.0004, 0, -0.0004, -0.0667].map(gainWriter(format))).toEqual(['+0.067', '0.000', '0.000', '0.000', '\u22120.067'])
  })
})

describe('strategies in words', () => {
  test('a hybrid says its weights as shares, and a half-life once where its parts have the same', () => {
    expect(details(HYBRID)).toBe('75% similar customers, 25% similar products, half-life 60 days')
    expect(details({ kind: 'hybrid', parts: [{ weight: 1, strategy: { kind: 'customers', halfLifeDays: 1 } }, { weight: 1, strategy: { kind: 'buyAgain' } }] })).toBe('50% similar customers (half-life 1 day), 50% buy again')
  })

  test('the others say their neighbours, window and half-life', () => {
    expect(details({ kind: 'customers' })).toBe('20 neighbours')
    expect(details({ kind: 'products', neighbours: 1, halfLifeDays: 30 })).toBe('1 neighbour, half-life 30 days')
    expect(details({ kind: 'popularity', windowDays: 90 })).toBe('last 90 days')
    expect([details(POPULARITY), details({ kind: 'buyAgain' })]).toEqual(['', ''])
  })
})

describe('verdict', () => {
  const verdict = (changes: Partial<BackTestResult> = {}, task?: 'novel' | 'any') => {
    const result = backTestResult(changes)
    const rows = rowsOf(result)
    const request = { preferences: { from: 'transactions', asOf: 0 }, ...(task === undefined ? {} : { task }) } as const
    return verdictText(tools, { result, rows, request, reference: rows.find(({ isReference }) => isReference) ?? null, chosen: rows.find(({ isChosen }) => isChosen) ?? null })!
  }
  const [hybrid, products, popularity] = backTestResult().rows as readonly [BackTestResult['rows'][number], BackTestResult['rows'][number], BackTestResult['rows'][number]]

  test('says how many customers would have been offered what they bought, beside popularity', () => {
    expect(verdict()).toEqual({
      kind: 'signal',
      heading: 'It would have worked.',
      sentence: 'Similar customers + similar products would have put a new product that was bought later into the top 10 for 47.8% of customers, popularity for 28.9%.',
    })
    expect(verdict({}, 'any').sentence).toContain('would have put a product that was bought later')
  })

  test('speaks of places where the hits are no more, and of one strategy where popularity was not tested', () => {
    const figures = { ...hybrid.figures, hitRate: popularity.figures.hitRate }
    expect(verdict({ rows: [{ ...hybrid, figures }, popularity] }).sentence).toBe('Similar customers + similar products would have put what was bought later higher in the top 10 than popularity does: NDCG 0.111 against 0.044.')
    expect(verdict({ rows: [{ ...hybrid, gain: null }] }).sentence).toBe('Similar customers + similar products would have put a product that was bought later into the top 10 for 47.8% of customers.')
  })

  test('names the best try, with its interval, where there is no signal', () => {
    expect(verdict({ verdict: 'noSignal', rows: [products, popularity], chosen: POPULARITY }).sentence).toBe(
      'Nothing beats popularity by more than chance. The best try, Similar products, changes NDCG by 0.000 (\u22120.004 to +0.004). Recommend what is popular.',
    )
    expect(verdict({ verdict: 'noSignal', rows: [popularity], chosen: POPULARITY }).sentence).toBe('Nothing beats popularity by more than chance. Recommend what is popular.')
  })

  test('counts the customers where they are too few', () => {
    expect(verdict({ verdict: 'tooFew', customers: 1 }).sentence).toMatch(/^Only 1 customer bought something/)
    expect(verdict({ verdict: 'tooFew', customers: 12 }).heading).toBe('Too few customers to tell.')
  })
})

describe('export', () => {
  test('the table gives all figures with both ends of their intervals, exactly; what has none stays empty', () => {
    const result = backTestResult()
    const { columns, rows } = scorecardExport(tools, rowsOf(result), 10)
    expect(columns).toHaveLength(1 + 7 * 3 + 3)
    expect(columns.slice(0, 5).map(({ name }) => name)).toEqual(['Strategy', 'NDCG, top\u00a010', 'NDCG, top\u00a010, low', 'NDCG, top\u00a010, high', 'Hit rate, top\u00a010'])
    const lines = [...(rows as Iterable<readonly unknown[]>)]
    const { ndcg } = result.rows[0]!.figures
    expect(lines[0]!.slice(0, 4)).toEqual(['Similar customers + similar products', ndcg.value, ndcg.low, ndcg.high])
    expect(lines[2]!.slice(-6)).toEqual([null, null, null, 0.218, 4.25, 0.7])
  })

  test('the picture gives the metric it shows, and the gain', () => {
    const { columns, rowCount } = scorecardExport(tools, rowsOf(backTestResult()), 10, ['mrr'])
    expect([columns.length, columns[1]!.name, rowCount]).toEqual([7, 'MRR, top\u00a010', 3])
  })
})
