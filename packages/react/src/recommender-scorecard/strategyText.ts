import { canonicalRequest } from '@crm/core/client'
import type { RecommendStrategy, SingleStrategy } from '@crm/core/recommend'
import { tickWriter } from './scorecardFigures.ts'
import type { ScorecardWords } from './useRecommenderScorecardWords.ts'

/** Neighbours of a strategy that does not say how many. */
const DEFAULT_NEIGHBOURS = 20

/** The name of a strategy in the language of the page, else the one it was asked with. */
export function strategyName({ words: { strategies } }: ScorecardWords, name: string): string {
  return Object.hasOwn(strategies, name) ? strategies[name as keyof typeof strategies] : name
}

/**
 * What a strategy is made of, in a line: the weights of a hybrid, then what its parts share.
 *
 * @returns '60% similar customers, 40% similar products, half-life 60 days'
 */
export function strategyDetails(tools: ScorecardWords, strategy: RecommendStrategy, separator: string): string {
  const { words, text, format } = tools
  const halfLife = (days: number | null | undefined): string[] => (days == null ? [] : [text(words.halfLife, { count: days })])
  if (strategy.kind !== 'hybrid') return [...ownDetails(tools, strategy), ...halfLife(strategy.halfLifeDays)].join(separator)
  const { parts } = strategy
  const whole = tickWriter(format, 'hitRate', 2)
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const shared = new Set(parts.map((part) => part.strategy.halfLifeDays ?? null))
  const common = shared.size === 1 ? parts[0]?.strategy.halfLifeDays : null
  const named = parts.map(({ weight, strategy: part }) => {
    const [own] = shared.size === 1 ? [] : halfLife(part.halfLifeDays)
    const values = { share: whole(weight / total), strategy: words.parts[part.kind] }
    return own === undefined ? text(words.part, values) : text(words.partWith, { ...values, details: own })
  })
  return [...named, ...halfLife(common)].join(separator)
}

function ownDetails({ words, text }: ScorecardWords, strategy: SingleStrategy): string[] {
  switch (strategy.kind) {
    case 'customers':
    case 'products': return [text(words.neighbours, { count: strategy.neighbours ?? DEFAULT_NEIGHBOURS })]
    case 'popularity': return strategy.windowDays == null ? [] : [text(words.windowDays, { count: strategy.windowDays })]
    case 'buyAgain': return []
  }
}

/** Do two strategies rank alike, whatever the order of their settings? */
export function isSameStrategy(a: RecommendStrategy | null | undefined, b: RecommendStrategy | null | undefined): boolean {
  return a != null && b != null && canonicalRequest(a) === canonicalRequest(b)
}
