import type { Steps } from '../../adapter/contract.ts'
import { canonicalJson } from '../../shared/cursor.ts'
import type { ScorerContext } from '../buyAgainScorer.ts'
import { fitStrategy } from '../fitStrategy.ts'
import { hybridScorer } from '../hybridScorer.ts'
import type { Preferences, RecommendStrategy, SingleStrategy } from '../recommend.types.ts'
import type { Scorer } from '../scorer.types.ts'
import { rememberingScorer } from './evaluateRanking.ts'

/**
 * Scorers of many strategies over the same preferences. What they share is fitted once, and scored once for each customer: a
 * grid of weights costs additions.
 *
 * @returns one scorer per strategy, in their order
 */
export function* fitPool(strategies: readonly RecommendStrategy[], preferences: Preferences, context: ScorerContext): Steps<Scorer[]> {
  const fitted = new Map<string, Scorer>()
  const neighbourhoods: NonNullable<ScorerContext['neighbourhoods']> = new Map()
  const singles = new Map<string, SingleStrategy>()
  for (const strategy of strategies) for (const { strategy: single } of partsOf(strategy)) singles.set(canonicalJson(single), single)
  for (const [key, single] of singles) {
    yield fitted.size / singles.size
    // Steps of a fit tell how far that fit is, not how far all are.
    const steps = fitStrategy(preferences, single, { ...context, neighbourhoods })
    let step = steps.next()
    while (!step.done) {
      yield
      step = steps.next()
    }
    fitted.set(key, rememberingScorer(step.value, preferences.products.length))
  }
  const scorerOf = (single: SingleStrategy): Scorer => fitted.get(canonicalJson(single)) as Scorer
  return strategies.map((strategy) =>
    strategy.kind === 'hybrid'
      ? hybridScorer(
          strategy.parts.map((part) => ({ weight: part.weight, scorer: scorerOf(part.strategy) })),
          preferences,
        )
      : scorerOf(strategy),
  )
}

/** A strategy as the parts of a hybrid; those without weight are left out. */
export function partsOf(strategy: RecommendStrategy): readonly { readonly weight: number; readonly strategy: SingleStrategy }[] {
  return strategy.kind === 'hybrid' ? strategy.parts.filter(({ weight }) => weight > 0) : [{ weight: 1, strategy }]
}
