import type { RecommenderScorecardModel } from './useRecommenderScorecard.ts'
import { estimateText, gainWriter, metricWriter } from './scorecardFigures.ts'
import type { ScorecardWords } from './useRecommenderScorecardWords.ts'

/** What the back-test says, in a heading and a sentence. */
export interface Verdict {
  readonly kind: 'signal' | 'noSignal' | 'tooFew'
  readonly heading: string
  readonly sentence: string
}

/** The verdict of a back-test in plain words; null until there is one. */
export function verdictText(tools: ScorecardWords, { result, rows, reference, chosen, request }: Pick<RecommenderScorecardModel, 'result' | 'rows' | 'reference' | 'chosen' | 'request'>): Verdict | null {
  if (result === null) return null
  const { words, text, format } = tools
  const { verdict: kind, customers, k } = result
  const said = (sentence: string): Verdict => ({ kind, heading: words[kind], sentence })
  if (kind === 'tooFew') return said(text(words.tooFewText, { count: customers }))
  if (kind === 'noSignal') {
    const best = rows.find(({ row }) => row.gain !== null)
    if (best === undefined || best.row.gain === null) return said(words.noSignalAlone)
    const write = gainWriter(format)
    const { gain } = best.row
    return said(text(words.noSignalText, { strategy: best.name, gain: write(gain.value), low: write(gain.low), high: write(gain.high) }))
  }
  const best = chosen ?? rows[0]
  if (best === undefined) return said('')
  const hit = best.row.figures.hitRate
  const share = metricWriter(format, 'hitRate')
  if (reference === null) return said(text(words.signalAlone, { strategy: best.name, k, share: share(hit.value) }))
  const popular = reference.row.figures
  if (hit.value <= popular.hitRate.value) {
    const write = metricWriter(format, 'ndcg')
    const value = estimateText(tools, best.row.figures.ndcg, write).value
    return said(text(words.signalRank, { strategy: best.name, k, value, popular: write(popular.ndcg.value) }))
  }
  const sentence = request.task === 'any' ? words.signalAny : words.signalNovel
  return said(text(sentence, { strategy: best.name, k, share: share(hit.value), popular: share(popular.hitRate.value) }))
}
